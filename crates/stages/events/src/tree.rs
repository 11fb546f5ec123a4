//! A sentence as a tree.

use docmill_core::Span;
use docmill_core::layers::Upos;

/// A token of the sentence. Indices count from the sentence's first token.
#[derive(Debug)]
pub(crate) struct Word<'d> {
    pub span: Span,
    pub text: &'d str,
    pub lower: String,
    pub lemma: &'d str,
    pub upos: Upos,
    /// Relation to the head, such as `nsubj:pass`.
    pub relation: &'d str,
    /// None for the root.
    pub head: Option<usize>,
    /// Index of the entity mention that it is part of.
    pub entity: Option<u32>,
    /// Index of the cluster that it stands for though it is no name: `he`, `the minister`.
    pub stands_for: Option<u32>,
    /// Index of the entity mention of the person whose role it names: `the minister`, with the name beside it.
    pub role_of: Option<u32>,
    /// Index of the quotation that it is part of.
    pub quote: Option<u32>,
    /// True for part of an expression of time.
    pub timed: bool,
}

impl Word<'_> {
    /// The relation without its subtype.
    pub fn basic(&self) -> &str {
        self.relation.split(':').next().unwrap_or_default()
    }

    pub fn is_verb(&self) -> bool {
        matches!(self.upos, Upos::Verb | Upos::Aux)
    }
}

/// A sentence with its tree.
#[derive(Debug)]
pub(crate) struct Tree<'d> {
    pub words: Vec<Word<'d>>,
    kids: Vec<Vec<usize>>,
    /// Index of the sentence in the document.
    pub sentence: usize,
    /// Index of its first token in the document.
    pub first: usize,
}

/// A relation to the head counts as `name` with or without its subtype.
fn is_relation(word: &Word<'_>, name: &str) -> bool {
    word.relation == name || word.basic() == name
}

impl<'d> Tree<'d> {
    pub fn new(words: Vec<Word<'d>>, sentence: usize, first: usize) -> Self {
        let mut kids = vec![Vec::new(); words.len()];
        for (i, word) in words.iter().enumerate() {
            if let Some(list) = word.head.and_then(|head| kids.get_mut(head)) {
                list.push(i);
            }
        }
        Self { words, kids, sentence, first }
    }

    /// What depends on a word, in text order.
    pub fn kids(&self, i: usize) -> &[usize] {
        &self.kids[i]
    }

    /// What depends on a word by a relation, with any subtype.
    pub fn by(&self, i: usize, relation: &'static str) -> impl Iterator<Item = usize> + '_ {
        self.kids[i].iter().copied().filter(move |&kid| is_relation(&self.words[kid], relation))
    }

    /// The preposition of a noun; empty if it has none.
    pub fn case(&self, i: usize) -> &str {
        let mut cases = self.by(i, "case").map(|kid| self.words[kid].lower.as_str());
        cases.find(|word| !matches!(*word, "'s" | "’s" | "'" | "’")).unwrap_or_default()
    }

    /// A word and what is coordinated with it behind it.
    pub fn coordinated(&self, i: usize) -> Vec<usize> {
        let mut found = vec![i];
        let mut at = 0;
        while let Some(&word) = found.get(at) {
            found.extend(self.by(word, "conj").filter(|&kid| kid > word));
            at += 1;
            if found.len() > 24 {
                break;
            }
        }
        found
    }

    /// True for an infinitive with `to`.
    pub fn has_to(&self, i: usize) -> bool {
        self.kids[i].iter().any(|&kid| self.words[kid].relation == "mark" && self.words[kid].lower == "to")
    }

    /// True for a verb in the passive.
    pub fn is_passive(&self, i: usize) -> bool {
        self.kids[i].iter().any(|&kid| matches!(self.words[kid].relation, "nsubj:pass" | "aux:pass"))
    }
}
