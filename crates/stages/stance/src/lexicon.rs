//! The lexicon of relations: `data/relations.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::inflect::{plural, verb_forms};
use crate::root::Root;
use crate::words::Words;

/// In which form a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug)]
struct Part {
    /// Forms that are allowed.
    forms: Vec<String>,
    /// Whether other words may stand before it.
    gap: bool,
}

/// How many words may stand in a gap.
const GAP: usize = 6;

/// All entries by the form of their first word.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
}

static SHARED: LazyLock<Lexicon> = LazyLock::new(|| {
    let (lexicon, faults) =
        Lexicon::parse(include_str!("../data/relations.tsv"), include_str!("../data/irregular.tsv"));
    debug_assert!(faults.is_empty(), "{faults:?}");
    lexicon
});

impl Lexicon {
    /// The lexicon that is built in.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// Reads both tables; also gives the lines that say nothing, which a test keeps empty.
    pub fn parse(relations: &str, irregular: &str) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let mut forms: HashMap<&str, Vec<[String; 5]>> = HashMap::new();
        for line in content(irregular) {
            match line.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into() {
                Ok(five) => {
                    forms.entry(line.split('\t').next().unwrap_or_default()).or_default().push(five);
                }
                Err(_) => faults.push(line.to_owned()),
            }
        }
        let mut lexicon = Self { entries: HashMap::new() };
        for line in content(relations) {
            let fields: Vec<&str> = line.split('\t').collect();
            let (Some(root), [_, part_of_speech, words]) =
                (fields.first().and_then(|name| Root::parse(name)), &fields[..])
            else {
                faults.push(line.to_owned());
                continue;
            };
            for word in words.split(' ') {
                if !lexicon.add(root, part_of_speech, word, &forms) {
                    faults.push(word.to_owned());
                }
            }
        }
        (lexicon, faults)
    }

    /// Adds a word in all its forms; false if it is there already, or the part of speech is none.
    fn add(
        &mut self,
        root: Root,
        part_of_speech: &str,
        word: &str,
        irregular: &HashMap<&str, Vec<[String; 5]>>,
    ) -> bool {
        let mut parts = split(word);
        let (first, rest) = parts.split_at_mut(1);
        let first = first[0].1;
        let part = |&(gap, word): &(bool, &str)| {
            let mut forms = vec![word.to_owned()];
            if word.len() > 2 {
                forms.push(plural(word));
            }
            Part { forms, gap }
        };
        let mut heads: Vec<(String, Form)> = Vec::new();
        let rest: Vec<Part> = rest.iter().map(part).collect();
        match part_of_speech {
            "verb" => {
                let spellings = irregular.get(first).cloned().unwrap_or_else(|| vec![verb_forms(first)]);
                for [base, third, past, participle, ing] in spellings {
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
            }
            "noun" => {
                heads.push((first.to_owned(), Form::Noun));
                if rest.is_empty() {
                    heads.push((plural(first), Form::Noun));
                }
            }
            "adverb" => heads.push((first.to_owned(), Form::Other)),
            _ => return false,
        }
        for (head, form) in heads {
            let entries = self.entries.entry(head).or_default();
            let words: Vec<_> = rest.iter().map(|part| (&part.forms, part.gap)).collect();
            let same = |entry: &&Entry| {
                entry.form == form && entry.rest.iter().map(|p| (&p.forms, p.gap)).eq(words.iter().copied())
            };
            if entries.iter().find(same).is_some() {
                return false;
            }
            let rest = rest.iter().map(|part| Part { forms: part.forms.clone(), gap: part.gap }).collect();
            entries.push(Entry { root, form, rest });
            // Long ones first, then those without gaps.
            entries
                .sort_by_key(|e| (usize::MAX - e.rest.len(), e.rest.iter().filter(|part| part.gap).count()));
        }
        true
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
                if matches!(word, "," | ";" | ":" | "." | "that" | "who" | "which" | "and") {
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
    let nominal = matches!(
        before,
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "those"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "'s"
            | "'"
            | "of"
            | "for"
            | "on"
            | "in"
            | "with"
            | "no"
            | "any"
            | "some"
            | "more"
            | "new"
            | "military"
            | "air"
            | "from"
            | "by"
    );
    let verbal = matches!(
        before,
        "to" | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "should"
            | "shall"
            | "not"
            | "n't"
            | "who"
            | "they"
            | "it"
            | "he"
            | "she"
            | "we"
            | "i"
            | "be"
            | "been"
            | "being"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
    );
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

fn content(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Marked, clause_of};

    fn roots(text: &str) -> Vec<Root> {
        clause_of(&Marked::parse(text)).hits.iter().map(|hit| hit.root).collect()
    }

    #[test]
    fn every_line_of_the_tables_says_something_new() {
        let (lexicon, faults) =
            Lexicon::parse(include_str!("../data/relations.tsv"), include_str!("../data/irregular.tsv"));
        assert_eq!(faults, Vec::<String>::new());
        assert!(lexicon.entries.len() > 1500, "{}", lexicon.entries.len());
        let (_, faults) = Lexicon::parse("aid\tverb\thelp help\nhelp\tverb\taid\naid\tpronoun\tit", "");
        assert_eq!(faults, ["help", "help\tverb\taid", "it"]);
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
