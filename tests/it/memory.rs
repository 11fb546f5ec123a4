//! `--max-memory` holds: the most memory that the whole process ever had, as the system tells.

use std::fmt::Write;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::program::Bench;

/// Above what the program takes for itself and one text; without a bound it takes some 130 MB.
const BOUND: &str = "100MB";

/// The most memory (bytes) that `docmill ARGS` had.
fn peak(bench: &Bench, args: &[&str]) -> u64 {
    let mut child = bench.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB"));
        peak = peak.max(kilobytes.map_or(0, |kb| kb.trim().parse::<u64>().unwrap() * 1024));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return peak;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn many_long_texts_full_of_citations_stay_within_the_bound() {
    let bench = Bench::new();
    let mut args = vec!["run", "-o", "out.jsonl", "--jobs", "4", "--restart"];
    let names: Vec<String> = (0..10).map(|i| format!("{i}.txt")).collect();
    for (i, name) in names.iter().enumerate() {
        // The densest that is known: short sentences with two citations each.
        let mut text = String::new();
        for n in 0..16_000 {
            writeln!(text, "Osh waits {i}-{n} (RIA, May {}; APA, May 3).", n % 30 + 1).unwrap();
        }
        bench.write(name, text);
        args.push(name);
    }
    args.extend(["--set", r#"stages=["header", "tokenize", "citations"]"#]);
    let bounded = [&args[..], &["--max-memory", BOUND]].concat();
    let peak = peak(&bench, &bounded) / 1_000_000;
    assert!(peak > 10, "{peak} MB: nobody measured");
    assert!(peak < 100, "{peak} MB with --max-memory {BOUND}");
}

/// The line of a text with its tokens is 45 times as long as the text.
#[test]
fn lines_with_all_tokens_stay_within_the_bound() {
    let bench = Bench::new();
    let names: Vec<String> = (0..30).map(|i| format!("{i}.txt")).collect();
    for (i, name) in names.iter().enumerate() {
        let mut text = String::new();
        for n in 0..3000 {
            writeln!(text, "Osh waits {i}-{n} (RIA, May {}; APA, May 3).", n % 30 + 1).unwrap();
        }
        bench.write(name, text);
    }
    let mut args = vec!["run", "-o", "out.jsonl", "--jobs", "4", "--max-memory", BOUND];
    args.extend(["--set", "stages=[\"tokenize\"]", "--set", "output.tokens=true"]);
    args.extend(names.iter().map(String::as_str));
    let peak = peak(&bench, &args) / 1_000_000;
    assert!(peak > 10, "{peak} MB: nobody measured");
    assert!(peak < 100, "{peak} MB with --max-memory {BOUND}");
}
