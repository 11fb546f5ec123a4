//! The words of the list `events`, in all their forms.

use docmill_core::WordFile;
use docmill_core::layers::{EventType, Upos};
use docmill_lexicon::LexiconError;
use docmill_lexicon::inflect::{Inflector, Verb, plural};
use docmill_lexicon::lists::EVENTS;
use rustc_hash::FxHashMap;

use crate::tree::Tree;

/// How far from its verb a word of the same predicate may stand.
const REACH: usize = 8;
/// How deep below it.
const DEPTH: usize = 3;

/// An entry of the list.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub kind: EventType,
    /// The verb or noun itself.
    pub lemma: Box<str>,
    /// What has to depend on it.
    rest: Vec<Box<str>>,
    /// As the list has it: `hold+talk`.
    pub name: Box<str>,
    /// True if the word alone nearly always says so.
    pub sure: bool,
}

impl Entry {
    /// What the language model holds a word to say that is on no list.
    pub fn unlisted(kind: EventType, lemma: &str) -> Self {
        Self { kind, lemma: lemma.into(), rest: Vec::new(), name: lemma.into(), sure: false }
    }

    /// How many words the entry has beside the verb or noun.
    pub fn extra(&self) -> usize {
        self.rest.len()
    }
}

/// A part of speech of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    Verb,
    Noun,
}

impl Sort {
    pub fn letter(self) -> char {
        if self == Self::Verb { 'v' } else { 'n' }
    }
}

/// Entries by part of speech and form.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: FxHashMap<(Sort, String), Vec<Entry>>,
}

impl Lexicon {
    /// The shipped list, and what the files of a configuration add.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let inflector = Inflector::new(words)?;
        let mut lexicon = Self::default();
        for [name, part, kind, sure] in EVENTS.extended(words)?.fields() {
            let Some(kind) = EventType::parse(kind) else { continue };
            let sort = if part == "verb" { Sort::Verb } else { Sort::Noun };
            let mut parts: Vec<Box<str>> = name.split(['+', '_']).map(Into::into).collect();
            let lemma = if sort == Sort::Noun { parts.pop() } else { Some(parts.remove(0)) };
            let lemma = lemma.unwrap_or_default();
            let mut forms = match sort {
                Sort::Verb => inflector.verb(&lemma).into_iter().flat_map(all).collect(),
                Sort::Noun => vec![lemma.to_string(), plural(&lemma)],
            };
            forms.sort();
            forms.dedup();
            let entry = Entry { kind, lemma, rest: parts, name: name.into(), sure: !sure.is_empty() };
            for form in forms {
                lexicon.entries.entry((sort, form)).or_default().push(entry.clone());
            }
        }
        Ok(lexicon)
    }

    /// What a word may say: the longest entry of each type, in the order of types.
    pub fn of(&self, tree: &Tree<'_>, i: usize) -> (Sort, Vec<&Entry>) {
        let word = &tree.words[i];
        let participle = word.lower.ends_with("ed") || word.lower.ends_with("ing");
        let attribute = matches!(word.basic(), "amod" | "compound");
        let sort = match word.upos {
            Upos::Noun => Sort::Noun,
            Upos::Propn if word.entity.is_none() && !attribute => Sort::Noun,
            Upos::Verb if !attribute => Sort::Verb,
            Upos::Adj | Upos::Aux if participle && !attribute => Sort::Verb,
            _ => return (Sort::Verb, Vec::new()),
        };
        // A key to look up has to own its form.
        let Some(entries) = self.entries.get(&(sort, word.lower.clone())) else { return (sort, Vec::new()) };
        let near = below(tree, i);
        let mut found: Vec<&Entry> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.rest.iter().all(|part| near.contains(&&**part))) {
            match found.iter_mut().find(|known| known.kind == entry.kind) {
                Some(known) if entry.extra() > known.extra() => *known = entry,
                Some(_) => {}
                None => found.push(entry),
            }
        }
        found.sort_by_key(|entry| entry.kind);
        (sort, found)
    }
}

/// Words and lemmas that depend on a word.
fn below<'a>(tree: &'a Tree<'_>, i: usize) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, usize)> = tree.kids(i).iter().map(|&kid| (kid, 1)).collect();
    while let Some((word, depth)) = open.pop() {
        if word.abs_diff(i) <= REACH {
            found.push(tree.words[word].lower.as_str());
            found.push(tree.words[word].lemma);
        }
        if depth < DEPTH {
            open.extend(tree.kids(word).iter().map(|&kid| (kid, depth + 1)));
        }
    }
    found
}

fn all(verb: Verb) -> [String; 5] {
    [verb.base, verb.third, verb.past, verb.participle, verb.ing]
}
