//! The list `relations`, every word in all its forms.

use std::collections::HashMap;
use std::sync::LazyLock;

use docmill_core::WordFile;
use docmill_lexicon::LexiconError;
use docmill_lexicon::inflect::{Inflector, Verb, plural};
use docmill_lexicon::lists::RELATIONS;

use crate::root::Root;
use crate::vocabulary;
use crate::words::Words;

/// In which form a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Base form or third person of a verb.
    Present,
    /// Past of a verb that has another participle.
    Past,
    /// Participle, or past of a verb where both are the same.
    Participle,
    /// -ing form.
    Ing,
    /// A noun.
    Noun,
    /// Anything else.
    Other,
}

impl Form {
    pub fn is_verb(self) -> bool {
        matches!(self, Self::Present | Self::Past | Self::Participle | Self::Ing)
    }
}

/// A word of the lexicon in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub root: Root,
    pub form: Form,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

/// A way to say something, by its first word.
#[derive(Debug)]
struct Entry {
    root: Root,
    form: Form,
    rest: Vec<Part>,
}

/// A further word of an entry.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    /// Forms that are allowed.
    forms: Vec<String>,
    /// Whether other words may stand before it.
    gap: bool,
}

/// How many words may stand in a gap.
const GAP: usize = 6;

/// All entries by the form of their first word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
}

impl Lexicon {
    /// The shipped list.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[]).unwrap_or_default());
        &SHIPPED
    }

    /// The shipped list with the files of a configuration.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let inflector = Inflector::new(words)?;
        let mut lexicon = Self { entries: HashMap::new() };
        for [words, part, root] in RELATIONS.extended(words)?.fields() {
            if let Some(root) = Root::parse(root) {
                lexicon.add(root, part, words, &inflector);
            }
        }
        Ok(lexicon)
    }

    /// Adds an entry in all its forms; one that is there already takes the new root.
    fn add(&mut self, root: Root, part: &str, words: &str, inflector: &Inflector) {
        let mut parts = split(words).into_iter();
        let Some((_, first)) = parts.next() else { return };
        let rest: Vec<Part> = parts.map(|(gap, word)| Part::new(gap, word)).collect();
        for (head, form) in heads(first, part, rest.is_empty(), inflector) {
            let entries = self.entries.entry(head).or_default();
            match entries.iter_mut().find(|entry| entry.form == form && entry.rest == rest) {
                Some(entry) => entry.root = root,
                None => entries.push(Entry { root, form, rest: rest.clone() }),
            }
            // Long ones first, then those without gaps.
            entries
                .sort_by_key(|e| (usize::MAX - e.rest.len(), e.rest.iter().filter(|part| part.gap).count()));
        }
    }

    /// All words of the lexicon in a sentence, in order. Where several begin at one word, the longest stands.
    pub fn hits(&self, words: &Words<'_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for start in 0..words.len() {
            let Some(entries) = self.entries.get(words.get(start)) else { continue };
            // `March`, `Security Forces`, and what is part of a hit already.
            if words.is_name(start) || hits.last().is_some_and(|hit| start < hit.end) {
                continue;
            }
            let mut best: Option<(Hit, usize, bool)> = None;
            for entry in entries {
                let Some(end) = entry.end(words, start) else { continue };
                let fits = fits(words, start, entry.form);
                let better =
                    best.is_none_or(|(_, length, fitted)| entry.rest.len() == length && fits && !fitted);
                if better {
                    let hit = Hit { root: entry.root, form: entry.form, start, end };
                    best = Some((hit, entry.rest.len(), fits));
                }
            }
            hits.extend(best.map(|(hit, ..)| hit));
        }
        hits
    }
}

impl Part {
    fn new(gap: bool, word: &str) -> Self {
        let mut forms = vec![word.to_owned()];
        if word.len() > 2 {
            forms.push(plural(word));
        }
        Self { forms, gap }
    }
}

/// The forms of the first word of an entry.
fn heads(word: &str, part: &str, alone: bool, inflector: &Inflector) -> Vec<(String, Form)> {
    match part {
        "verb" => {
            let mut heads = Vec::new();
            for Verb { base, third, past, participle, ing } in inflector.verb(word) {
                if past != participle && past != base {
                    heads.push((past, Form::Past));
                }
                if participle != base {
                    heads.push((participle, Form::Participle));
                }
                heads.extend([(base, Form::Present), (third, Form::Present), (ing, Form::Ing)]);
            }
            heads.sort();
            heads.dedup();
            heads
        }
        "noun" if alone => vec![(word.to_owned(), Form::Noun), (plural(word), Form::Noun)],
        "noun" => vec![(word.to_owned(), Form::Noun)],
        _ => vec![(word.to_owned(), Form::Other)],
    }
}

impl Entry {
    /// One past the last word of the entry, if it stands at `start`.
    fn end(&self, words: &Words<'_>, start: usize) -> Option<usize> {
        let mut at = start + 1;
        for part in &self.rest {
            let reach = if part.gap { GAP } else { 0 };
            let mut i = at;
            loop {
                let word = words.get(i);
                if word.is_empty() || i > at + reach {
                    return None;
                }
                if part.forms.iter().any(|form| form == word) {
                    break;
                }
                if vocabulary::is_gap_end(word) {
                    return None;
                }
                i += 1;
            }
            at = i + 1;
        }
        // The words in a gap are not taken: they may say more.
        let gapped = self.rest.iter().any(|part| part.gap);
        Some(if gapped { start + 1 } else { at })
    }
}

/// Whether a word of that form is likely here: a noun after an article, a verb after `to`.
fn fits(words: &Words<'_>, at: usize, form: Form) -> bool {
    let before = words.before(at);
    let nominal = vocabulary::is_before_noun(before);
    let verbal = vocabulary::is_before_verb(before);
    match form {
        Form::Noun => nominal || !verbal,
        Form::Present => verbal || !nominal,
        _ => true,
    }
}

/// The words of an entry, each with whether a gap may stand before it. Hyphens are words of their own.
fn split(entry: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    for (i, run) in entry.split('+').enumerate() {
        for (j, word) in run.split('_').enumerate() {
            let mut rest = word;
            let mut gap = i > 0 && j == 0;
            // As the stage `tokenize` has it: `co-operate` is one word.
            while let Some((before, after)) = rest.split_once('-').filter(|(b, _)| !["co", "re"].contains(b))
            {
                parts.extend([(gap, before), (false, "-")]);
                (rest, gap) = (after, false);
            }
            parts.push((gap, rest));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Marked, clause_of};
    use crate::words::Words;

    fn roots(text: &str) -> Vec<Root> {
        clause_of(&Marked::parse(text)).hits.iter().map(|hit| hit.root).collect()
    }

    /// A form that two entries share would take the root of the second one silently.
    #[test]
    fn no_two_shipped_entries_share_a_form() {
        let inflector = Inflector::new(&[]).unwrap();
        let mut seen = HashMap::new();
        for [words, part, root] in RELATIONS.shipped().fields() {
            assert!(Root::parse(root).is_some(), "{root}");
            let parts = split(words);
            let rest = || parts[1..].iter().map(|&(gap, word)| (gap, word.to_owned())).collect::<Vec<_>>();
            for (head, form) in heads(parts[0].1, part, parts.len() == 1, &inflector) {
                let before = seen.insert((head, form, rest()), words.to_owned());
                assert_eq!(before, None, "{words}");
            }
        }
        assert!(seen.len() > 1500, "{}", seen.len());
    }

    #[test]
    fn a_configuration_overrides_a_root() {
        let mine = "# list: relations\nwords\tpart\troot\ncall_for\tverb\tsupport\n";
        let lexicon = Lexicon::new(&[WordFile::new("my.tsv", mine)]).unwrap();
        let marked = Marked::parse("They called for talks");
        let hits = lexicon.hits(&Words::new(&marked.text, &marked.words));
        assert_eq!(hits[0].root, Root::Support);
    }

    #[test]
    fn the_longest_entry_stands() {
        assert_eq!(roots("They broke off relations"), [Root::Sanction]);
        assert_eq!(roots("They called off the talks"), [Root::Cancel, Root::Consult]);
        assert_eq!(roots("They called for talks"), [Root::Request, Root::Consult]);
        assert_eq!(roots("They signed, late in May, an agreement"), [Root::Agree], "a mark ends a gap");
        assert_eq!(roots("They signed a new trade agreement"), [Root::Agree, Root::Agree]);
        assert_eq!(roots("Observers of the cease-fire"), [Root::Yield]);
        assert_eq!(roots("The strike on Monday, in March"), [Root::Assault], "a month is no demonstration");
    }
}
