//! Long documents go through the stages in windows; a bound of memory that cannot hold is refused.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::program::{Bench, plain_run, root};

const STAGES: [&str; 2] = ["--set", r#"stages=["header", "tokenize", "citations"]"#];

/// A document with a header, CRLF, emoji, combining marks and Cyrillic; paragraphs of one to three sentences.
fn article(paragraphs: usize) -> String {
    let mut text = "Title: Water and winter\r\nDate: 2005-09-20\r\nAuthor: Mara Lindqvist\r\n\r\n".to_owned();
    for i in 0..paragraphs {
        text += match i % 3 {
            0 => "The minister of Душанбе spoke 🛰️ twice. Naryn agreed (Interfax, September 15).\r\n\r\n",
            1 => "“Cafe\u{301}s stay open,” he said.\r\n\r\n",
            _ => {
                "Title: no header stands here. Osh waits; Khorog does not (RIA, May 12; Asia-Plus, May 20). So it is.\r\n\r\n"
            }
        };
    }
    text
}

/// The record without what tells of the run.
fn record(bench: &Bench, args: &[&str]) -> Json {
    let mut records = bench.docmill(&[&["run"], args].concat()).expect(0).records();
    assert_eq!(records.len(), 1);
    records[0]["run_id"] = Json::Null;
    records.remove(0)
}

#[test]
fn windows_between_paragraphs_change_nothing() {
    let bench = Bench::new();
    bench.write("a.txt", article(300));
    let run = |bytes: &str| {
        let windows = format!("windows.bytes={bytes}");
        record(&bench, &[&["a.txt", "--set", &windows, "--set", "output.tokens=true"], &STAGES[..]].concat())
    };
    let whole = run("0");
    assert_eq!(whole["meta"]["author"], "Mara Lindqvist");
    assert_eq!(whole["citations"].as_array().unwrap().len(), 300);
    for bytes in ["1000", "4096", "10000"] {
        assert!(run(bytes) == whole, "windows of {bytes} bytes");
    }
    for unit in ["codepoint", "bytes", "utf16"] {
        let unit = format!("output.offsets={unit}");
        let args = ["run", "a.txt", "-o", "out.jsonl", "--set", "windows.bytes=700", "--set", &unit];
        let answer = bench.docmill(&[&args, &STAGES[..]].concat()).expect(0);
        // The table counts documents, not windows.
        let row = answer.stderr.lines().find(|line| line.trim_start().starts_with("tokenize")).unwrap();
        assert_eq!(row.split_whitespace().nth(1), Some("1"), "{row}");
        bench.docmill(&["verify", "out.jsonl"]).expect(0);
    }
}

#[test]
fn a_text_without_any_border_is_cut_all_the_same() {
    let bench = Bench::new();
    bench.write("a.txt", "Ж".repeat(5000));
    let record = record(&bench, &[&["a.txt", "--set", "windows.bytes=1001"], &STAGES[..]].concat());
    assert_eq!(record["sentences"].as_array().unwrap().len(), 10);
    bench.write("out.jsonl", format!("{record}\n").replace("\"run_id\":null", "\"run_id\":\"x\""));
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
}

#[test]
fn names_sentiment_and_quotations_are_joined() {
    let bench = Bench::new();
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let folders = entries(&root().join("seeds")).into_iter().filter(|path| path.is_dir());
    let texts = folders.flat_map(|folder| entries(&folder)).map(|path| fs::read_to_string(path).unwrap());
    let text = texts.collect::<Vec<_>>().join("\n\n");
    bench.write("a.txt", &text);
    let whole = record(&bench, &["a.txt", "--set", "windows.bytes=0", "--set", "ner.consistent=false"]);
    let parts = record(&bench, &["a.txt", "--set", "windows.bytes=3000", "--set", "ner.consistent=false"]);
    let count = |record: &Json, key: &str| record[key].as_array().unwrap().len();
    assert!(text.len() > 9000, "several windows");
    assert!(count(&whole, "entities") > 50 && count(&whole, "quotes") > 3 && count(&whole, "clusters") > 10);
    for key in ["text", "meta", "sentences", "entities", "skipped"] {
        assert!(whole[key] == parts[key], "{key}");
    }
    // The names of a thing are put together over the whole document; pronouns near a border may lose what they stand for.
    let mentions = |record: &Json, named: bool| -> Vec<String> {
        let clusters = record["clusters"].as_array().unwrap().iter();
        let of = |cluster: &Json| -> Vec<String> {
            let mentions = cluster["mentions"].as_array().unwrap().iter();
            let chosen = mentions.filter(|mention| (mention["form"] == "name") == named);
            chosen.map(|mention| format!("{} {}", cluster["canonical"], mention["start"])).collect()
        };
        clusters.filter(|cluster| cluster["named"] == true).flat_map(of).collect()
    };
    assert_eq!(mentions(&whole, true), mentions(&parts, true));
    let (all, others) = (mentions(&whole, false), mentions(&parts, false));
    let kept = all.iter().filter(|mention| others.contains(mention)).count();
    assert!(kept * 10 >= all.len() * 7, "{kept} of {}", all.len());
    assert_eq!(whole["sentiment"]["sentences"], parts["sentiment"]["sentences"]);
    assert_eq!(whole["sentiment"]["document"], parts["sentiment"]["document"]);
    // What is said of whom may be lost at a border, with an antecedent; most of it stays.
    for key in ["quotes", "stances"] {
        assert!(count(&parts, key) * 10 >= count(&whole, key) * 8, "{key}");
    }
    bench.write("out.jsonl", format!("{parts}\n").replace("\"run_id\":null", "\"run_id\":\"x\""));
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
}

#[test]
fn memory_that_cannot_suffice_is_refused() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    let answer = bench.docmill(&plain_run(&["a.txt", "--max-memory", "20MB"])).expect(2);
    assert!(
        answer.stderr.contains("20 MB is too little") && answer.stderr.contains("allow at least"),
        "{}",
        answer.stderr
    );
    let answer = bench.docmill(&plain_run(&["a.txt", "--max-memory", "much"])).expect(2);
    assert!(answer.stderr.contains("512MiB"), "{}", answer.stderr);
    let answer = bench.docmill(&plain_run(&["a.txt", "--set", "run.max_memory=\"3 apples\""])).expect(2);
    assert!(answer.stderr.contains("run.max_memory: 3 apples is no size"), "{}", answer.stderr);
}
