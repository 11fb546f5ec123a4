//! `docmill eval syntax`.

use std::path::Path;

use anyhow::{Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Sentence, Sentences, Syntax, Tokens};
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::conllu::{Begins, GoldTree, parse, without_subtype};
use crate::measures::conll18::{Count, Counts, Word, count};
use crate::stages::Stages;
use crate::{Scored, load, read};

/// Sentences in one document where the words are given.
const TOGETHER: usize = 64;

/// Percent: F1, which is accuracy where the words are given.
#[derive(Serialize)]
struct Scores {
    sentences: usize,
    /// The words are the gold's.
    gold_words: Measures,
    /// Sentences and words are docmill's own; null where the gold has no `# text` on some sentence.
    raw_text: Option<Measures>,
}

#[derive(Serialize)]
struct Measures {
    words: f64,
    upos: f64,
    lemma: f64,
    uas: f64,
    las: f64,
    clas: f64,
    /// How many there are of each, and how many are right.
    counts: Counts,
}

impl Measures {
    fn new(counts: Counts) -> Self {
        let Counts { words, upos, lemma, uas, las, clas } = counts;
        let percent = Count::f1;
        Self {
            words: percent(words),
            upos: percent(upos),
            lemma: percent(lemma),
            uas: percent(uas),
            las: percent(las),
            clas: percent(clas),
            counts,
        }
    }
}

/// Scores parts of speech, lemmas and trees.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let trees = parse(&text, &name)?;
    // The layer is in the plan only if it is shown.
    let (config, context) = load(config, &["output.tokens=true"], registry)?;
    let stages = |given: &[&str]| Stages::up_to("syntax", given, &config.plan, &context);
    let mut given = Counts::default();
    let mut ready = stages(&["sentences", "tokens"])?;
    for part in trees.chunks(TOGETHER) {
        let mut doc = with_words(part)?;
        ready.annotate(&mut doc)?;
        given.add(&count(&gold_words(part, Apart::Words, &name)?, &found_words(&doc)?));
    }
    let raw_text = if trees.iter().all(|tree| tree.text.is_some()) {
        let mut ready = stages(&[])?;
        let mut raw = Counts::default();
        for part in documents(&trees) {
            let mut doc = Document::new("gold", Source::default(), Meta::default(), raw_text(part))?;
            ready.annotate(&mut doc)?;
            let wanted = gold_words(part, Apart::Tokens, &name)?;
            check_text(part, &doc, &name)?;
            raw.add(&count(&wanted, &found_words(&doc)?));
        }
        Some(Measures::new(raw))
    } else {
        None
    };
    let scores = Scores { sentences: trees.len(), gold_words: Measures::new(given), raw_text };
    Scored::new(&scores, table(&scores))
}

/// Gold sentences as lines, with the gold's words, multi-word tokens taken apart.
fn with_words(part: &[GoldTree]) -> Result<Document> {
    let mut text = String::new();
    let (mut sentences, mut tokens) = (Sentences::default(), Tokens::default());
    for (i, tree) in part.iter().enumerate() {
        let start = text.len();
        for surface in &tree.surface {
            for word in &tree.words[surface.words.clone()] {
                tokens.push(Span::new(text.len(), text.len() + word.form.len()));
                text.push_str(&word.form);
            }
            if surface.space_after {
                text.push(' ');
            }
        }
        tokens.end_sentence();
        let end = text.trim_end().len();
        sentences.items.push(Sentence { span: Span::new(start, end), paragraph: i as u32 });
        text.push('\n');
    }
    let mut doc = Document::new("gold", Source::default(), Meta::default(), text)?;
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    Ok(doc)
}

/// The sentences of each document of the gold.
fn documents(trees: &[GoldTree]) -> impl Iterator<Item = &[GoldTree]> {
    trees.chunk_by(|_, next| next.begins != Some(Begins::Document))
}

/// The text of a document: an empty line between paragraphs, a space between sentences.
fn raw_text(part: &[GoldTree]) -> String {
    let mut text = String::new();
    for tree in part {
        if !text.is_empty() {
            text.push_str(if tree.begins.is_some() { "\n\n" } else { " " });
        }
        text.push_str(tree.text.as_deref().unwrap_or_default());
    }
    text
}

/// What words of gold have a place of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// Each word.
    Words,
    /// Each token; words that are written as one share a place.
    Tokens,
}

/// Words of gold, their places counted in characters that are no white space.
fn gold_words(part: &[GoldTree], apart: Apart, name: &str) -> Result<Vec<Word>> {
    let mut words = Vec::new();
    let mut at = 0;
    for tree in part {
        let first = words.len();
        for surface in &tree.surface {
            let token = at..at + letters(&surface.form).count();
            for word in &tree.words[surface.words.clone()] {
                let place = if apart == Apart::Tokens {
                    token.clone()
                } else {
                    let start = at;
                    at += letters(&word.form).count();
                    start..at
                };
                if place.is_empty() {
                    bail!("{name}:{}: a token of white space alone", tree.line);
                }
                words.push(Word {
                    form: word.form.clone(),
                    lemma: word.lemma.clone(),
                    upos: word.upos.clone(),
                    head: word.head.map(|head| first + head),
                    deprel: word.deprel.clone(),
                    place,
                    shares: apart == Apart::Tokens && surface.words.len() > 1,
                });
            }
            if apart == Apart::Tokens {
                at = token.end;
            }
        }
    }
    Ok(words)
}

/// What the stage found.
fn found_words(doc: &Document) -> Result<Vec<Word>> {
    let (tokens, syntax) = (doc.require::<Tokens>()?, doc.require::<Syntax>()?);
    let mut words = Vec::with_capacity(tokens.all().len());
    let (mut byte, mut at) = (0, 0);
    for (i, (span, word)) in tokens.all().iter().zip(syntax.words()).enumerate() {
        let between = doc.text().get(byte..span.start as usize).unwrap_or_default();
        let form = span.slice(doc.text()).unwrap_or_default();
        let start = at + letters(between).count();
        at = start + letters(form).count();
        byte = span.end as usize;
        words.push(Word {
            form: form.to_owned(),
            lemma: word.lemma.to_string(),
            upos: word.upos.name().to_owned(),
            head: syntax.head(i),
            deprel: without_subtype(syntax.relation(i)).to_owned(),
            place: start..at,
            shares: false,
        });
    }
    Ok(words)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

/// The words of gold must be what its `# text` has, or no place would fit.
fn check_text(part: &[GoldTree], doc: &Document, name: &str) -> Result<()> {
    let whole = part.iter().flat_map(|tree| &tree.surface).flat_map(|surface| letters(&surface.form));
    if whole.eq(letters(doc.text())) {
        return Ok(());
    }
    let differs = part.iter().find(|tree| {
        let forms = tree.surface.iter().flat_map(|surface| letters(&surface.form));
        !forms.eq(letters(tree.text.as_deref().unwrap_or_default()))
    });
    let line = differs.map_or(1, |tree| tree.line);
    bail!("{name}:{line}: `# text` has other letters than the words of the sentence")
}

fn table(scores: &Scores) -> String {
    let mut table = format!(
        "{} sentences, F1 in percent (CoNLL 2018)\n{:<12} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}\n",
        scores.sentences, "", "words", "UPOS", "lemma", "UAS", "LAS", "CLAS", "gold"
    );
    let lines = [("gold words", Some(&scores.gold_words)), ("raw text", scores.raw_text.as_ref())];
    for (name, measures) in lines.into_iter().filter_map(|(name, measures)| Some((name, measures?))) {
        table += &format!(
            "{name:<12} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>8}\n",
            measures.words,
            measures.upos,
            measures.lemma,
            measures.uas,
            measures.las,
            measures.clas,
            measures.counts.words.gold
        );
    }
    table
}
