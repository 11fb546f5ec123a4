//! Reads records again with the stages `names`, `roles`, `mentions` and `quotes`, without a model:
//!
//! ```text
//! docmill run TEXTS -o RECORDS.jsonl --set output.tokens=true --set 'output.offsets="bytes"'
//! cargo run -p docmill-roles --example again -- records RECORDS.jsonl > NEW.jsonl
//! cargo run -p docmill-roles --example again -- rows RECORDS.jsonl [WEIGHTS.tsv] > ROWS.tsv
//! ```
//!
//! `records` writes records with what the four stages find, positions in code points; `rows` writes what the ranking of
//! mentions learns from, after a line `d` with the path of each document.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::sync::Arc;

use docmill_clusters::mentions::rows;
use docmill_clusters::{MentionsSettings, NamesSettings, Unnamed};
use docmill_core::layers::{
    Citation, Citations, Clusters, Entities, Entity, Quotes, Roles, Sentence, Sentences, Syntax, Tokens,
    Upos, Word,
};
use docmill_core::{BuildContext, BuiltStage, Document, Layer, OffsetUnit, Span, Stage, StageConfig, View};
use docmill_quotes::QuoteSettings;
use docmill_roles::RolesSettings;
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [mode, path, others @ ..] = &arguments[..] else {
        return Err(
            "give `records` or `rows`, a file of records, and for rows a file of weights if you like".into(),
        );
    };
    let weights = others.first().map(fs::read_to_string).transpose()?;
    let stages = [
        build(&NamesSettings::default())?,
        build(&RolesSettings::default())?,
        build(&MentionsSettings { unnamed: Unnamed::All, ..MentionsSettings::default() })?,
        build(&QuoteSettings::default())?,
    ];
    let mut out = BufWriter::new(stdout().lock());
    for line in fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        if record["status"] != "ok" {
            continue;
        }
        let mut doc = document(&record)?;
        for stage in &stages[..2] {
            stage.annotate(&mut doc)?;
        }
        if mode == "rows" {
            writeln!(out, "d\t{}", record["source"]["path"].as_str().unwrap_or_default())?;
            out.write_all(rows(&doc, MentionsSettings::default().threshold, weights.as_deref())?.as_bytes())?;
            continue;
        }
        for stage in &stages[2..] {
            stage.annotate(&mut doc)?;
        }
        let view = View::new(&doc, OffsetUnit::Codepoint);
        let shown = json!({
            "source": record["source"], "status": "ok", "text": record["text"],
            "sentences": show::<Sentences>(&view)?, "entities": show::<Entities>(&view)?,
            "clusters": show::<Clusters>(&view)?, "roles": show::<Roles>(&view)?,
            "quotes": show::<Quotes>(&view)?, "stances": [], "sentiment": {"entities": []},
        });
        writeln!(out, "{shown}")?;
    }
    Ok(())
}

fn build(config: &dyn StageConfig) -> Fallible<Arc<dyn Stage>> {
    match config.build(&BuildContext::default())? {
        BuiltStage::PerDocument(stage) => Ok(stage),
        BuiltStage::Batched { .. } => Err("one stage for all workers".into()),
    }
}

fn show<L: Layer>(view: &View<'_>) -> Fallible<Value>
where
    L::Record: serde::Serialize,
{
    let layer = view.layer::<L>().ok_or("a layer is missing")?;
    Ok(serde_json::to_value(layer.record(view))?)
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

fn span(value: &Value) -> Span {
    Span::new(number(&value["start"]), number(&value["end"]))
}

/// The number in an id such as `s12`.
fn index(value: &Value) -> usize {
    let digits = value.as_str().unwrap_or_default().trim_start_matches(char::is_alphabetic);
    digits.parse().unwrap_or_default()
}

fn list<'v>(record: &'v Value, key: &str) -> &'v [Value] {
    record[key].as_array().map_or(&[], Vec::as_slice)
}

/// A record's text with its sentences, words, names and citations.
fn document(record: &Value) -> Fallible<Document> {
    let text = record["text"].as_str().ok_or("a record without a text")?;
    let mut doc = Document::from_text("again", text);
    let sentences = list(record, "sentences")
        .iter()
        .map(|sentence| Sentence { span: span(sentence), paragraph: number(&sentence["paragraph"]) as u32 });
    let sentences = Sentences { items: sentences.collect() };
    let given = list(record, "tokens");
    let mut relations: Vec<&str> = Vec::new();
    let mut known: HashMap<&str, u8> = HashMap::new();
    for token in given {
        let relation = token["deprel"].as_str().ok_or("records without syntax")?;
        known.entry(relation).or_insert_with(|| {
            relations.push(relation);
            (relations.len() - 1) as u8
        });
    }
    let mut syntax = Syntax::new(relations.iter().copied());
    let mut tokens = Tokens::default();
    let mut sentence = 0;
    for (at, token) in given.iter().enumerate() {
        while sentence < index(&token["sentence"]) {
            tokens.end_sentence();
            sentence += 1;
        }
        tokens.push(span(token));
        let head = token["head"].as_u64().map_or(at, |head| head as usize);
        syntax.push(Word {
            lemma: token["lemma"].as_str().unwrap_or_default().into(),
            upos: token["upos"].as_str().and_then(Upos::parse).unwrap_or(Upos::X),
            head: head as u32,
            relation: token["deprel"].as_str().and_then(|name| known.get(name)).copied().unwrap_or_default(),
        });
    }
    while tokens.sentences() < sentences.items.len() {
        tokens.end_sentence();
    }
    let entity = |entity: &Value| Entity {
        span: span(entity),
        label: entity["label"].as_str().unwrap_or_default().into(),
        score: entity["score"].as_f64().unwrap_or_default() as f32,
        sentence: index(&entity["sentence"]) as u32,
    };
    let text_of = |value: &Value| value.as_str().map(str::to_owned);
    let citation = |citation: &Value| Citation {
        span: span(citation),
        outlet: text_of(&citation["outlet"]).unwrap_or_default(),
        date: text_of(&citation["date"]),
        date_end: text_of(&citation["date_end"]),
        date_text: text_of(&citation["date_text"]),
        date_inferred: citation["date_inferred"].as_bool().unwrap_or_default(),
    };
    let entities = list(record, "entities").iter().map(entity).collect();
    let citations = list(record, "citations").iter().map(citation).collect();
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    doc.layers_mut().insert(syntax);
    doc.layers_mut().insert(Entities { items: entities });
    doc.layers_mut().insert(Citations { items: citations });
    Ok(doc)
}
