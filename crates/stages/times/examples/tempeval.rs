//! Scores the stage by the measure of TempEval-3: `cargo run -p docmill-times --example tempeval FOLDER`.
//!
//! FOLDER holds `TimeML` files (`.tml`). A found expression matches a gold one that it overlaps (lenient); its value is
//! right if it is the gold's. Prints precision, recall and F1 of the spans, and F1 of spans with their values; with
//! `--errors`, every miss.

#![expect(clippy::print_stdout, reason = "the scores are its output")]

use std::error::Error;
use std::path::Path;

use docmill_core::layers::Times;
use docmill_core::{BuildContext, BuiltStage, Document, StageConfig};
use docmill_times::TimesSettings;

/// A gold expression: bytes and value.
struct Gold {
    start: usize,
    end: usize,
    value: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: tempeval FOLDER [--errors]")?;
    let errors = args.next().is_some();
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut total = Counts::default();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ext| ext == "tml")) {
        let counts = score(path, errors)?;
        println!("{:<28} {}", path.file_name().unwrap_or_default().to_string_lossy(), counts.line());
        total.add(&counts);
    }
    println!("{:<28} {}", "all", total.line());
    Ok(())
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    spans: usize,
    values: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.spans += other.spans;
        self.values += other.values;
    }

    fn line(&self) -> String {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let f1 = |right: usize| 200.0 * right as f64 / (self.gold + self.found).max(1) as f64;
        format!(
            "gold {:>5} found {:>5} lenient P {:>5.1} R {:>5.1} F1 {:>5.1}; with value F1 {:>5.1}",
            self.gold,
            self.found,
            share(self.spans, self.found),
            share(self.spans, self.gold),
            f1(self.spans),
            f1(self.values)
        )
    }
}

fn score(path: &Path, errors: bool) -> Result<Counts, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)?;
    let date =
        file.split("<DCT>").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).and_then(|v| v.get(..10));
    let body =
        file.split("<TEXT>").nth(1).and_then(|rest| rest.split("</TEXT>").next()).ok_or("no <TEXT>")?;
    let (text, gold) = parse(body);
    let mut doc = Document::from_text("d", &text);
    doc.meta.date = date.map(str::to_owned);
    let BuiltStage::PerDocument(stage) = TimesSettings::default().build(&BuildContext::default())? else {
        return Err("the stage works on one document at a time".into());
    };
    stage.annotate(&mut doc)?;
    let times = doc.layers().get::<Times>().ok_or("no layer")?;
    let mut counts = Counts { gold: gold.len(), found: times.items.len(), ..Counts::default() };
    let mut used = vec![false; gold.len()];
    for time in &times.items {
        let (start, end) = (time.span.start as usize, time.span.end as usize);
        let overlaps = |(i, g): (usize, &Gold)| (!used[i] && g.start < end && start < g.end).then_some(i);
        let matching = gold.iter().enumerate().find_map(overlaps);
        let Some(at) = matching else {
            if errors {
                println!(
                    "SPURIOUS\t{:?}\t{}\t{}",
                    words(&text, start, end),
                    time.value,
                    context(&text, start, end)
                );
            }
            continue;
        };
        used[at] = true;
        counts.spans += 1;
        if gold[at].value == time.value {
            counts.values += 1;
        } else if errors {
            println!(
                "VALUE\t{:?}\t{}\tgold {:?}\t{}\t{}",
                words(&text, start, end),
                time.value,
                words(&text, gold[at].start, gold[at].end),
                gold[at].value,
                context(&text, start, end)
            );
        }
    }
    for (gold, _) in gold.iter().zip(&used).filter(|(_, used)| !**used && errors) {
        println!(
            "MISSED\t{:?}\t{}\t{}",
            words(&text, gold.start, gold.end),
            gold.value,
            context(&text, gold.start, gold.end)
        );
    }
    Ok(counts)
}

fn words(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

fn context(text: &str, start: usize, end: usize) -> String {
    let from = (start.saturating_sub(40)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let to = (end..=text.len().min(end + 30)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text.get(from..to).unwrap_or_default().replace('\n', " ")
}

/// The text without its tags, and the outermost expressions.
fn parse(body: &str) -> (String, Vec<Gold>) {
    let (mut text, mut gold, mut open) = (String::new(), Vec::new(), Vec::<(usize, String)>::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text += &unescape(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).and_then(|tag| tag.split_inclusive('>').next()).unwrap_or_default();
        if tag.starts_with("<TIMEX3") {
            let value = tag.split("value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or_default();
            open.push((text.len(), value.to_owned()));
        } else if tag.starts_with("</TIMEX3")
            && let Some((start, value)) = open.pop()
        {
            gold.push(Gold { start, end: text.len(), value });
        }
        rest = rest.get(at + tag.len()..).unwrap_or_default();
    }
    text += &unescape(rest);
    gold.sort_by_key(|gold| (gold.start, gold.end));
    (text, gold)
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
