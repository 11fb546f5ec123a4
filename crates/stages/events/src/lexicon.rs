//! The words of `data/predicates.tsv`, in all their forms.

use std::sync::LazyLock;

use docmill_core::layers::{EventType, Upos};
use rustc_hash::FxHashMap;

use crate::inflect::{plural, verb_forms};
use crate::tree::Tree;

/// How far from its verb a word of the same predicate may stand.
const REACH: usize = 8;
/// How deep below it.
const DEPTH: usize = 3;

/// An entry of the list.
#[derive(Debug)]
pub(crate) struct Entry {
    pub kind: EventType,
    /// The verb or noun itself.
    pub lemma: &'static str,
    /// What has to depend on it.
    rest: Vec<&'static str>,
    /// As the list has it: `hold+talk`.
    pub name: &'static str,
}

impl Entry {
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
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: FxHashMap<(Sort, String), Vec<Entry>>,
}

static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../data/predicates.tsv")));

/// Lines of a list without remarks.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').collect())
}

/// A verb's forms, from `data/irregular.tsv` or by rule.
fn forms(base: &str) -> Vec<String> {
    let known = lines(include_str!("../data/irregular.tsv")).filter(|forms| forms.first() == Some(&base));
    let known: Vec<String> = known.flatten().map(str::to_owned).collect();
    if known.is_empty() { verb_forms(base).to_vec() } else { known }
}

impl Lexicon {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn read(list: &'static str) -> Self {
        let mut entries: FxHashMap<(Sort, String), Vec<Entry>> = FxHashMap::default();
        for line in lines(list) {
            let [kind, sort, words] = line[..] else { continue };
            let Some(kind) = EventType::parse(kind) else { continue };
            let sort = if sort == "verb" { Sort::Verb } else { Sort::Noun };
            for name in words.split(' ') {
                let mut parts: Vec<&str> = name.split(['+', '_']).collect();
                let lemma = if sort == Sort::Noun { parts.pop() } else { Some(parts.remove(0)) };
                let lemma = lemma.unwrap_or_default();
                let mut forms =
                    if sort == Sort::Verb { forms(lemma) } else { vec![lemma.to_owned(), plural(lemma)] };
                forms.sort();
                forms.dedup();
                for form in forms {
                    let entry = Entry { kind, lemma, rest: parts.clone(), name };
                    entries.entry((sort, form)).or_default().push(entry);
                }
            }
        }
        Self { entries }
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
        for entry in entries.iter().filter(|entry| entry.rest.iter().all(|part| near.contains(part))) {
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
