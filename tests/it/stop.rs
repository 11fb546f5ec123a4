//! Ctrl-C.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::program::{Bench, plain_run};

#[test]
fn ctrl_c_keeps_what_was_done_and_says_where() {
    let bench = Bench::new();
    for i in 0..3000 {
        bench.write(&format!("in/{i:04}.txt"), "Some text about Bishkek. ".repeat(2000));
    }
    let mut command = bench.command(&plain_run(&["in", "-o", "out.jsonl", "-j", "1"]));
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    while !bench.path("out.jsonl.partial").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it could be stopped");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(150));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let stderr: Vec<String> =
        BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap).collect();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{stderr:?}");
    let message = stderr.last().unwrap();
    assert!(message.contains("stopped after") && message.contains("out.jsonl.partial"), "{message}");
    assert!(!bench.path("out.jsonl").exists());
    let kept = bench.read("out.jsonl.partial");
    let count: usize = message.split_whitespace().nth(3).unwrap().parse().unwrap();
    assert_eq!(kept.lines().count(), count);
    assert!(kept.ends_with('\n') || kept.is_empty());
}
