//! Invented articles with gold: regression of the whole stage, by the numbers. `cargo test -p docmill-quotes --test
//! articles -- --nocapture` shows what is missed and what is too much.
//!
//! An article is followed by `----`, its names with their types, and its quotations, a part of one on each line:
//! kind, speaker and the mention it is, cue, content (`...` stands for anything).
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]
#![expect(clippy::string_slice, reason = "the places come from `find`")]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{annotate, document};
use docmill_core::layers::{Entities, QuoteKind};

/// Kind, speaker, mention, the last word of the cue, content. `-` stands for none.
type Part = [String; 5];

fn gold(line: &str, text: &str) -> Part {
    let fields: Vec<&str> = line.split(" | ").collect();
    let [kind, speaker, cue, content] = fields[..] else { panic!("four fields: {line}") };
    let (speaker, mention) = speaker.split_once(" => ").unwrap();
    let content = match content.split_once(" ... ") {
        None => content.to_owned(),
        Some((start, end)) => {
            let from = text.find(start).unwrap_or_else(|| panic!("{start}"));
            let length = text[from..].find(end).unwrap_or_else(|| panic!("{end}")) + end.len();
            text[from..from + length].to_owned()
        }
    };
    assert!(text.contains(&content), "not in the text: {content}");
    // `According to` is shown by its last word, as found cues are.
    let cue = cue.split(' ').next_back().unwrap();
    [kind, speaker, mention, cue, &content].map(str::to_owned)
}

/// What the stage finds in a text with these names.
fn found(text: &str, names: &[(&str, &str)]) -> BTreeSet<Part> {
    let mut doc = document(text, names);
    let quotes = annotate(&mut doc);
    let entities = &doc.require::<Entities>().unwrap().items;
    let show = |span: docmill_core::Span| span.slice(text).unwrap().to_owned();
    let none = || "-".to_owned();
    let part = |quote: &docmill_core::layers::Quote| {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        };
        let mention = quote.speaker.and_then(|s| s.entity).map(|e| show(entities[e as usize].span));
        let cue = quote.cue.map(show);
        [
            kind.to_owned(),
            quote.speaker.map_or_else(none, |speaker| show(speaker.span)),
            mention.unwrap_or_else(none),
            cue.map_or_else(none, |cue| cue.split(' ').next_back().unwrap().to_owned()),
            show(quote.content),
        ]
    };
    quotes.iter().map(part).collect()
}

/// Precision and recall in percent over the articles whose names begin so, with everything right; prints the rest.
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn measure(prefix: &str, articles: usize) -> (f64, f64) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.file_name().unwrap().to_string_lossy().starts_with(prefix))
        .collect();
    files.sort();
    assert_eq!(files.len(), articles);
    let (mut wanted, mut reported, mut right, mut contents, mut speakers) = (0, 0, 0, 0, 0);
    for file in files {
        let file_text = fs::read_to_string(&file).unwrap();
        let (text, notes) = file_text.split_once("----\n").unwrap();
        let (names, quotes) = notes.split_once("\n\n").unwrap();
        let names: Vec<(&str, &str)> = names.lines().map(|line| line.split_once(' ').unwrap()).collect();
        let gold: BTreeSet<Part> = quotes.lines().map(|line| gold(line, text)).collect();
        let found = found(text, &names);
        (wanted, reported, right) =
            (wanted + gold.len(), reported + found.len(), right + gold.intersection(&found).count());
        let by = |parts: &BTreeSet<Part>, fields: &[usize]| -> BTreeSet<Vec<String>> {
            parts.iter().map(|part| fields.iter().map(|&i| part[i].clone()).collect()).collect()
        };
        contents += by(&gold, &[0, 4]).intersection(&by(&found, &[0, 4])).count();
        speakers += by(&gold, &[1, 2, 4]).intersection(&by(&found, &[1, 2, 4])).count();
        println!("{}", file.file_name().unwrap().to_string_lossy());
        gold.difference(&found).for_each(|part| println!("  missed   {}", part.join(" | ")));
        found.difference(&gold).for_each(|part| println!("  too much {}", part.join(" | ")));
    }
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole as f64;
    println!("{wanted} parts in gold, {reported} found; percent:    precision  recall");
    for (name, right) in
        [("kind and content", contents), ("speaker and content", speakers), ("all of it", right)]
    {
        println!("{name:<40} {:>13.1} {:>7.1}", percent(right, reported), percent(right, wanted));
    }
    (percent(right, reported), percent(right, wanted))
}

/// The rules were mended while looking at these. The first run had a precision of 80.2 and a recall of 81.1.
#[test]
fn ten_articles() {
    let (precision, recall) = measure("dev", 10);
    assert!(precision >= 92.0 && recall >= 95.0, "worse than it was");
}

/// Written when the rules were done. The first run had 82.5 and 75.0; then what was general in it was mended.
#[test]
fn four_later_articles() {
    let (precision, recall) = measure("later", 4);
    assert!(precision >= 92.0 && recall >= 92.0, "worse than it was");
}
