//! What the program says to a person: losing it costs nothing, and nothing in it steers a terminal.
#![cfg(unix)]

use std::fs::OpenOptions;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::program::{Bench, plain_run};

#[test]
fn a_log_that_cannot_be_written_stops_no_work() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Osh waits.");
    bench.write("in/b.txt", "");
    bench.docmill(&plain_run(&["in", "-o", "expected.jsonl"])).expect(1);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = bench.command(&plain_run(&["in", "-o", "out.jsonl"]));
    assert_eq!(command.stderr(full).status().unwrap().code(), Some(1), "stderr full");
    assert_eq!(bench.read("out.jsonl"), bench.read("expected.jsonl"));
    let program = env!("CARGO_BIN_EXE_docmill");
    let line = format!("'{program}' run in -o closed.jsonl --set 'stages=[\"tokenize\"]' 2>&-");
    let status = Command::new("sh").args(["-c", &line]).current_dir(bench.path("")).status().unwrap();
    assert_eq!(status.code(), Some(1), "stderr closed");
    assert_eq!(bench.read("closed.jsonl"), bench.read("expected.jsonl"));
}

#[test]
fn an_id_steers_no_terminal_and_is_cut() {
    let bench = Bench::new();
    let id = format!("\u{1b}]0;owned\u{7}{}", "x".repeat(3_000_000));
    bench.write("in.jsonl", format!("{}\n", serde_json::json!({"id": id, "text": ""})));
    let answer = bench.docmill(&plain_run(&["in.jsonl", "-o", "out.jsonl"])).expect(1);
    assert!(answer.stderr.contains("owned") && !answer.stderr.contains('\u{1b}'), "{:.3000}", answer.stderr);
    assert!(answer.stderr.len() < 5000, "{} bytes", answer.stderr.len());
    for args in [&["retry", "out.jsonl"][..], &["explain", "in.jsonl", "--config", "rules"]] {
        let answer = bench.docmill(args);
        let said = answer.stderr + &answer.stdout;
        assert!(!said.contains('\u{1b}') && said.len() < 100_000, "{args:?}: {said:.3000}");
    }
}

/// Runs that read from a pipe that stays open, until a signal.
fn hung_up(ignore: bool) -> Option<i32> {
    let bench = Bench::new();
    let program = env!("CARGO_BIN_EXE_docmill");
    let trap = if ignore { "trap '' HUP; " } else { "" };
    let line = format!(
        "{trap}exec '{program}' run - --input-format jsonl -q -o out.jsonl --set 'stages=[\"tokenize\"]'"
    );
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(bench.path("")).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, b"{\"id\":\"a\",\"text\":\"Osh waits.\"}\n").unwrap();
    thread::sleep(Duration::from_millis(1500));
    let process = child.id().to_string();
    assert!(Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    thread::sleep(Duration::from_millis(300));
    drop(input);
    child.wait().unwrap().code()
}

#[test]
fn a_hang_up_that_is_ignored_stays_ignored() {
    assert_eq!(hung_up(true), Some(0));
    assert_eq!(hung_up(false), Some(130));
}

/// What `docmill ARGS` shows on a terminal, which `script` of util-linux makes.
#[cfg(target_os = "linux")]
fn on_a_terminal(bench: &Bench, args: &str) -> String {
    let line = format!("'{}' {args}", env!("CARGO_BIN_EXE_docmill"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(bench.path("")).stdin(Stdio::null());
    let output = command.output().expect("`script` of util-linux is there");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_without_an_output_shows_what_it_found() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Osh waits. \"We stay,\" said Lena Horst.");
    let shown = on_a_terminal(&bench, "run in --config rules");
    for line in
        ["1 read = 1 ok + 0 failed", "no records were written", "docmill run in --config rules -o out.jsonl"]
    {
        assert!(shown.contains(line), "{line} is missing in: {shown}");
    }
    assert!(!shown.contains("\"schema_version\""), "records on a terminal: {shown}");
    // Into a pipe, the records go as before.
    assert_eq!(bench.docmill(&plain_run(&["in"])).expect(0).records().len(), 1);
}
