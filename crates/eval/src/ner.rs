//! `docmill eval ner`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Entities, Sentence, Sentences, Tokens};
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;

use crate::gold::conll::{GoldSentence, Mention, parse};
use crate::gold::jsonl::{EntitiesRow, rows};
use crate::measures::line::table;
use crate::measures::spans::score;
use crate::stages::Stages;
use crate::{Scored, load, read};

/// Sentences in one document; the given words are the words.
const TOGETHER: usize = 64;

/// A unit of gold: its mentions, and those found.
type Answered = (Vec<Mention>, Vec<Mention>);

/// Scores the entities that the stage `ner` finds.
pub fn run(
    gold: &Path,
    rename: &[String],
    only: &[String],
    config: &ConfigOptions,
    registry: &Registry,
) -> Result<Scored> {
    let rename = renames(rename)?;
    let (text, name) = read(gold)?;
    let (config, context) = load(config, &[], registry)?;
    let stages = |given: &[&str]| Stages::up_to("ner", given, &config.plan, &context);
    // No CoNLL file begins so, unless its first word were a brace.
    let (unit, mut answered) = if text.trim_start().starts_with('{') {
        ("texts", texts(&rows(&text, &name)?, &name, &rename, &mut stages(&[])?)?)
    } else {
        ("sentences", sentences(&parse(&text, &name, &rename)?, &mut stages(&["sentences", "tokens"])?)?)
    };
    if !only.is_empty() {
        for (gold, found) in &mut answered {
            gold.retain(|(_, label)| only.contains(label));
            found.retain(|(_, label)| only.contains(label));
        }
    }
    let scores = score(&answered);
    let lines: Vec<_> = scores.iter().map(|score| (score.label.as_str(), &score.line)).collect();
    Scored::new(&scores, table(&format!("{} {unit}, strict spans", answered.len()), 12, &lines))
}

/// Gold in words.
fn sentences(gold: &[GoldSentence], stages: &mut Stages) -> Result<Vec<Answered>> {
    let mut answered = Vec::with_capacity(gold.len());
    for part in gold.chunks(TOGETHER) {
        let found = answer(stages, part)?;
        answered.extend(part.iter().map(|gold| gold.mentions.clone()).zip(found));
    }
    Ok(answered)
}

/// Gold in texts: sentences and words are docmill's own, mentions are ranges of bytes.
fn texts(
    gold: &[(usize, EntitiesRow)],
    name: &str,
    rename: &BTreeMap<String, String>,
    stages: &mut Stages,
) -> Result<Vec<Answered>> {
    let range = |span: Span| span.start as usize..span.end as usize;
    let mut answered = Vec::with_capacity(gold.len());
    for (line, row) in gold {
        let mut wanted = Vec::new();
        for entity in &row.entities {
            let span = entity.place.bytes(&row.text);
            let span = span.with_context(|| format!("{name}:{line}: an entity does not lie in the text"))?;
            let label = rename.get(&entity.label).unwrap_or(&entity.label);
            if label != "O" {
                wanted.push((range(span), label.clone()));
            }
        }
        let mut doc = Document::new("gold", Source::default(), Meta::default(), row.text.clone())?;
        stages.annotate(&mut doc)?;
        let found = doc.require::<Entities>()?.items.iter();
        answered.push((wanted, found.map(|e| (range(e.span), e.label.to_string())).collect()));
    }
    Ok(answered)
}

fn renames(flags: &[String]) -> Result<BTreeMap<String, String>> {
    let pair = |flag: &String| match flag.split_once('=') {
        Some((from, to)) => Ok((from.to_owned(), to.to_owned())),
        None => bail!("--rename {flag}: there is no `=`; write for instance --rename person=PER"),
    };
    flags.iter().map(pair).collect()
}

/// What the model finds in each sentence, as ranges of its words.
fn answer(stages: &mut Stages, gold: &[GoldSentence]) -> Result<Vec<Vec<Mention>>> {
    let mut doc = document(gold)?;
    stages.annotate(&mut doc)?;
    let tokens = doc.require::<Tokens>()?;
    let mut found = vec![Vec::new(); gold.len()];
    for entity in &doc.require::<Entities>()?.items {
        let words = tokens.of_sentence(entity.sentence as usize);
        let start = words.partition_point(|word| word.end <= entity.span.start);
        let end = words.partition_point(|word| word.start < entity.span.end);
        found[entity.sentence as usize].push((start..end, entity.label.to_string()));
    }
    Ok(found)
}

/// Sentences as lines, words with a space between.
fn document(gold: &[GoldSentence]) -> Result<Document> {
    let mut text = String::new();
    let (mut sentences, mut tokens) = (Sentences::default(), Tokens::default());
    for (i, sentence) in gold.iter().enumerate() {
        let start = text.len();
        for word in &sentence.words {
            if text.len() > start {
                text.push(' ');
            }
            tokens.push(Span::new(text.len(), text.len() + word.len()));
            text.push_str(word);
        }
        tokens.end_sentence();
        sentences.items.push(Sentence { span: Span::new(start, text.len()), paragraph: i as u32 });
        text.push('\n');
    }
    let mut doc = Document::new("gold", Source::default(), Meta::default(), text)?;
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    Ok(doc)
}
