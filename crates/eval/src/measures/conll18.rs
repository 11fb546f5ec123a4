//! The measures of the CoNLL 2018 shared task (Zeman and others 2018), as its script `conll18_ud_eval.py` has them.

use std::ops::Range;

use serde::Serialize;

/// A word of gold or of a parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word itself.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its universal part of speech.
    pub upos: String,
    /// Index among all words of the word that it depends on; none for a root.
    pub head: Option<usize>,
    /// Its relation to the head, without a subtype.
    pub deprel: String,
    /// Where it stands, in characters that are no white space. Words of one token share the token's place.
    pub place: Range<usize>,
    /// Whether it is one of several words that are written as one token.
    pub shares: bool,
}

/// How many there are, and how many are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In the gold.
    pub gold: u64,
    /// Of the parser.
    pub found: u64,
    /// Right.
    pub right: u64,
}

impl Count {
    /// F1, percent. Where words are given it is the share of words that are right.
    pub fn f1(self) -> f64 {
        let all = self.gold + self.found;
        if all == 0 { 0.0 } else { 200.0 * self.right as f64 / all as f64 }
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

/// The counts of every measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Words that both have.
    pub words: Count,
    /// Parts of speech.
    pub upos: Count,
    /// Lemmas.
    pub lemma: Count,
    /// Heads: the unlabelled attachment score.
    pub uas: Count,
    /// Heads with their relations: the labelled attachment score.
    pub las: Count,
    /// The same over words with content.
    pub clas: Count,
}

impl Counts {
    /// Adds those of another document.
    pub fn add(&mut self, other: &Self) {
        self.words.add(other.words);
        self.upos.add(other.upos);
        self.lemma.add(other.lemma);
        self.uas.add(other.uas);
        self.las.add(other.las);
        self.clas.add(other.clas);
    }
}

/// Relations of words with content: all but `aux`, `cop`, `mark`, `det`, `clf`, `case`, `cc` and `punct`.
const CONTENT: [&str; 29] = [
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
    "reparandum",
    "root",
    "dep",
];

fn has_content(word: &Word) -> bool {
    CONTENT.contains(&word.deprel.as_str())
}

/// Scores a document: all words of gold against all of the parser, both in text order.
pub fn count(gold: &[Word], found: &[Word]) -> Counts {
    let pairs = align(gold, found);
    let mut gold_of = vec![None; found.len()];
    for &(g, f) in &pairs {
        gold_of[f] = Some(g);
    }
    let (mut counts, mut matched) = (Counts::default(), Count::default());
    (matched.gold, matched.found) = (gold.len() as u64, found.len() as u64);
    counts.words = Count { right: pairs.len() as u64, ..matched };
    let content = |words: &[Word]| words.iter().filter(|word| has_content(word)).count() as u64;
    counts.clas = Count { gold: content(gold), found: content(found), right: 0 };
    (counts.upos, counts.lemma, counts.uas, counts.las) = (matched, matched, matched, matched);
    for (g, f) in pairs {
        let (wanted, word) = (&gold[g], &found[f]);
        let head = match (wanted.head, word.head) {
            (None, None) => true,
            (Some(wanted), Some(head)) => gold_of[head] == Some(wanted),
            _ => false,
        };
        let labelled = head && wanted.deprel == word.deprel;
        counts.upos.right += u64::from(wanted.upos == word.upos);
        counts.lemma.right += u64::from(wanted.lemma == "_" || wanted.lemma == word.lemma);
        counts.uas.right += u64::from(head);
        counts.las.right += u64::from(labelled);
        counts.clas.right += u64::from(labelled && has_content(wanted));
    }
    counts
}

/// Which words of gold are which of the parser: those at the same place; where words share a token, those of the same
/// form, as many as there are in one order.
fn align(gold: &[Word], found: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(gold.len());
    let (mut g, mut f) = (0, 0);
    while let (Some(wanted), Some(word)) = (gold.get(g), found.get(f)) {
        if wanted.shares || word.shares {
            let (gs, fs) = shared_stretch(gold, found, (g, f));
            common(&gold[gs.clone()], &found[fs.clone()], |a, b| pairs.push((gs.start + a, fs.start + b)));
            (g, f) = (gs.end, fs.end);
        } else if wanted.place == word.place {
            pairs.push((g, f));
            (g, f) = (g + 1, f + 1);
        } else if wanted.place.start <= word.place.start {
            g += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

/// The shortest stretch from a shared token on that ends where words of both sides end.
fn shared_stretch(
    gold: &[Word],
    found: &[Word],
    (mut g, mut f): (usize, usize),
) -> (Range<usize>, Range<usize>) {
    let mut end = if gold[g].shares {
        if !found[f].shares && found[f].place.start < gold[g].place.start {
            f += 1;
        }
        gold[g].place.end
    } else {
        if !gold[g].shares && gold[g].place.start < found[f].place.start {
            g += 1;
        }
        found[f].place.end
    };
    let start = (g, f);
    let beyond = |words: &[Word], i: usize, end: usize| {
        words
            .get(i)
            .is_none_or(|word| if word.shares { word.place.start >= end } else { word.place.end > end })
    };
    let further = |word: &Word, end: usize| if word.shares { end.max(word.place.end) } else { end };
    while !beyond(gold, g, end) || !beyond(found, f, end) {
        match (gold.get(g), found.get(f)) {
            (Some(wanted), other) if other.is_none_or(|word| wanted.place.start <= word.place.start) => {
                end = further(wanted, end);
                g += 1;
            }
            (_, Some(word)) => {
                end = further(word, end);
                f += 1;
            }
            (_, None) => break,
        }
    }
    (start.0..g, start.1..f)
}

/// The longest common subsequence of forms, in lower case.
fn common(gold: &[Word], found: &[Word], mut pair: impl FnMut(usize, usize)) {
    let forms =
        |words: &[Word]| -> Vec<String> { words.iter().map(|word| word.form.to_lowercase()).collect() };
    let (a, b) = (forms(gold), forms(found));
    let mut lengths = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for g in (0..a.len()).rev() {
        for f in (0..b.len()).rev() {
            let both = if a[g] == b[f] { 1 + lengths[g + 1][f + 1] } else { 0 };
            lengths[g][f] = both.max(lengths[g + 1][f]).max(lengths[g][f + 1]);
        }
    }
    let (mut g, mut f) = (0, 0);
    while g < a.len() && f < b.len() {
        if a[g] == b[f] {
            pair(g, f);
            (g, f) = (g + 1, f + 1);
        } else if lengths[g][f] == lengths[g + 1][f] {
            g += 1;
        } else {
            f += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::gold::conllu::parse;

    use super::*;

    /// All words of a file, shared tokens as the script has them.
    fn words(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut at = 0;
        for tree in parse(text, "case").unwrap() {
            let first = words.len();
            for surface in &tree.surface {
                let place = at..at + surface.form.chars().count();
                at = place.end;
                for word in &tree.words[surface.words.clone()] {
                    words.push(Word {
                        form: word.form.clone(),
                        lemma: word.lemma.clone(),
                        upos: word.upos.clone(),
                        head: word.head.map(|head| first + head),
                        deprel: word.deprel.clone(),
                        place: place.clone(),
                        shares: surface.words.len() > 1,
                    });
                }
            }
        }
        words
    }

    /// What `conll18_ud_eval.py` says of the two files: other sentences and words, multi-word tokens on either side, a
    /// lemma that is left open.
    #[test]
    fn figures_are_the_official_script_s() {
        let gold = words(include_str!("../../testdata/gold.conllu"));
        let found = words(include_str!("../../testdata/found.conllu"));
        let counts = count(&gold, &found);
        let of = |right| Count { gold: 22, found: 19, right };
        assert_eq!((counts.words, counts.upos, counts.lemma), (of(17), of(15), of(15)));
        assert_eq!((counts.uas, counts.las), (of(7), of(6)));
        assert_eq!(counts.clas, Count { gold: 14, found: 13, right: 4 });
        let percent = [counts.words, counts.upos, counts.uas, counts.las, counts.clas].map(Count::f1);
        let expected = [82.926_829, 73.170_732, 34.146_341, 29.268_293, 29.629_630];
        assert!(percent.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{percent:?}");
    }

    #[test]
    fn gold_against_itself_is_right() {
        let gold = words(include_str!("../../testdata/gold.conllu"));
        let counts = count(&gold, &gold);
        assert!([counts.words, counts.lemma, counts.las, counts.clas].iter().all(|c| c.right == c.gold));
        assert_eq!(count(&[], &[]).las.f1().to_bits(), 0.0_f64.to_bits());
        assert_eq!(count(&gold, &[]).words.right, 0);
    }
}
