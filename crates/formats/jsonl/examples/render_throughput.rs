//! How fast documents become lines, and lines are verified, on one core:
//! `cargo run --release -p docmill-jsonl --example render_throughput -- seeds`.
//!
//! Figures are megabytes of document text per second of processor time (of lines, for verification), the best of
//! several rounds.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use docmill_core::layers::{Sentence, Sentences, Tokens};
use docmill_core::{Document, OffsetUnit, Span};
use docmill_jsonl::{OutputSettings, Reader, Renderer, verify};

/// Text to render in one round (bytes).
const ROUND: usize = 16 << 20;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    let mut docs = Vec::new();
    for path in texts(Path::new(&folder))? {
        docs.push(document(&path.display().to_string(), &fs::read_to_string(path)?));
    }
    let bytes: usize = docs.iter().map(|doc| doc.text().len()).sum();
    let repeat = ROUND.div_ceil(bytes.max(1));
    println!("{} documents, {bytes} bytes, {repeat} times a round", docs.len());
    for tokens in [false, true] {
        for offsets in [OffsetUnit::Codepoint, OffsetUnit::Bytes] {
            let settings = OutputSettings { offsets, tokens, ..OutputSettings::default() };
            let renderer = Renderer::new(&settings, "0123456789ab", &[])?;
            let mut lines = Vec::new();
            let render = best(|| {
                lines.clear();
                for i in 0..repeat {
                    for doc in &docs {
                        let line = renderer.render(doc, None)?;
                        if i == 0 {
                            lines.extend_from_slice(&line);
                        }
                    }
                }
                Ok(())
            })?;
            let path = std::env::temp_dir().join(format!("docmill-throughput-{}.jsonl", std::process::id()));
            // A round without the ids' uniqueness: the same lines again are the point here.
            fs::write(&path, lines.repeat(repeat))?;
            let check = best(|| {
                verify(Reader::open(&path)?)?;
                Ok(())
            })?;
            fs::remove_file(&path)?;
            let mb = |bytes: usize, seconds: f64| bytes as f64 * repeat as f64 / 1e6 / seconds;
            println!(
                "tokens {tokens:5}, {offsets:?}: render {:.0} MB/s of text, verify {:.0} MB/s of lines",
                mb(bytes, render),
                mb(lines.len(), check)
            );
        }
    }
    Ok(())
}

fn best(mut round: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let (wall, cpu) = (Instant::now(), cpu_seconds());
        round()?;
        let wall = wall.elapsed().as_secs_f64();
        best = best.min(cpu.and_then(|before| Some(cpu_seconds()? - before)).unwrap_or(wall));
    }
    Ok(best)
}

/// Processor time of this thread, where Linux tells it: other programs do not count.
fn cpu_seconds() -> Option<f64> {
    let status = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(status.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn texts(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut texts(&path)?);
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A document with sentences and tokens of about the number and length that docmill-tokenize finds.
fn document(id: &str, text: &str) -> Document {
    let mut doc = Document::from_text(id, text);
    let (mut sentences, mut tokens) = (Sentences::default(), Tokens::default());
    let mut start = 0;
    for piece in text.split_inclusive(['.', '\n']) {
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let from = start + piece.len() - piece.trim_start().len();
            sentences.items.push(Sentence { span: Span::new(from, from + trimmed.len()), paragraph: 0 });
            let mut at = from;
            for word in trimmed.split_inclusive(' ') {
                let end = at + word.trim_end().len();
                if end > at {
                    tokens.push(Span::new(at, end));
                }
                at += word.len();
            }
            tokens.end_sentence();
        }
        start += piece.len();
    }
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    doc
}
