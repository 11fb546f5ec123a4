//! Precision, recall and F1 of spans.

use std::collections::BTreeSet;

use docmill_core::Span;
use docmill_core::layers::Tokens;
use docmill_tokenize::{Segmenter, is_clitic};

use super::conllu::GoldDocument;

/// Counts of spans.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    gold: usize,
    system: usize,
    correct: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        self.correct as f64 / self.system.max(1) as f64
    }

    pub fn recall(self) -> f64 {
        self.correct as f64 / self.gold.max(1) as f64
    }

    pub fn f1(self) -> f64 {
        2.0 * self.correct as f64 / (self.gold + self.system).max(1) as f64
    }

    /// Spans count if both ends are the same. The shared task numbers characters without white space; with spans
    /// trimmed of white space on both sides, positions in the text tell the same.
    fn add(&mut self, gold: &[Span], system: &[Span]) {
        let known: BTreeSet<Span> = gold.iter().copied().collect();
        self.gold += gold.len();
        self.system += system.len();
        self.correct += system.iter().filter(|span| known.contains(span)).count();
    }
}

/// The scores on a treebank, and what went wrong.
#[derive(Debug, Default)]
pub struct Treebank {
    sentences: Score,
    surface: Score,
    words: Score,
    sentence_errors: Vec<String>,
    token_errors: Vec<String>,
}

/// Segments the raw text of every document and scores it.
pub fn treebank(segmenter: &Segmenter, documents: &[GoldDocument]) -> Treebank {
    let mut treebank = Treebank::default();
    for gold in documents {
        let sentences = segmenter.sentences(&gold.text);
        let tokens = segmenter.tokens(&gold.text, &sentences);
        let spans: Vec<Span> = sentences.items.iter().map(|s| s.span).collect();
        let surface = surface_tokens(&gold.text, &tokens);
        treebank.sentences.add(&gold.sentences, &spans);
        treebank.surface.add(&gold.tokens, &surface);
        treebank.words.add(&gold.words, tokens.all());
        note_cuts(&gold.text, &gold.sentences, &spans, &mut treebank.sentence_errors);
        note_tokens(&gold.text, &gold.tokens, &surface, &mut treebank.token_errors);
    }
    treebank
}

/// Joins clitics to the words before them: the treebank's surface tokens.
fn surface_tokens(text: &str, tokens: &Tokens) -> Vec<Span> {
    let mut surface: Vec<Span> = Vec::with_capacity(tokens.all().len());
    for &token in tokens.all() {
        match surface.last_mut() {
            Some(last) if last.end == token.start && is_clitic(token.slice(text).unwrap_or_default()) => {
                last.end = token.end;
            }
            _ => surface.push(token),
        }
    }
    surface
}

fn note_cuts(text: &str, gold: &[Span], system: &[Span], errors: &mut Vec<String>) {
    let ends = |spans: &[Span]| spans.iter().map(|s| s.end).collect::<BTreeSet<_>>();
    let (gold, system) = (ends(gold), ends(system));
    let around = |at: u32| {
        let head = text.get(..at as usize).unwrap_or_default();
        let tail = text.get(at as usize..).unwrap_or_default();
        let head: String = head.chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
        let tail: String = tail.chars().take(40).collect();
        format!("{head:?} | {tail:?}")
    };
    errors.extend(gold.difference(&system).map(|&at| format!("missed   {}", around(at))));
    errors.extend(system.difference(&gold).map(|&at| format!("too many {}", around(at))));
}

fn note_tokens(text: &str, gold: &[Span], system: &[Span], errors: &mut Vec<String>) {
    let known: BTreeSet<Span> = system.iter().copied().collect();
    for missed in gold.iter().filter(|span| !known.contains(span)) {
        let instead: Vec<&str> =
            system.iter().filter(|s| s.overlaps(*missed)).filter_map(|s| s.slice(text)).collect();
        errors.push(format!("{:?} came out as {instead:?}", missed.slice(text).unwrap_or_default()));
    }
}

impl Treebank {
    /// Names and scores.
    pub fn rows(&self) -> [(&'static str, Score); 3] {
        [
            ("sentences", self.sentences),
            ("tokens (clitics joined: CoNLL 2018 \"Tokens\")", self.surface),
            ("tokens as given (don't = do n't)", self.words),
        ]
    }

    pub fn to_json(&self) -> serde_json::Value {
        let show =
            |s: Score| serde_json::json!({ "precision": s.precision(), "recall": s.recall(), "f1": s.f1() });
        serde_json::json!({
            "sentences": show(self.sentences),
            "tokens": show(self.surface),
            "tokens_as_given": show(self.words),
        })
    }

    pub fn print_errors(&self, count: usize) {
        for (name, errors) in [("sentence", &self.sentence_errors), ("token", &self.token_errors)] {
            println!("\n{} {name} errors", errors.len());
            let step = (errors.len() / count).max(1);
            for error in errors.iter().step_by(step).take(count) {
                println!("  {error}");
            }
        }
    }
}
