//! A system that lets the program open few files costs no document: the program waits until one is free.

use std::fs;
use std::process::Command;

use crate::program::{Bench, PLAIN};

#[test]
fn too_few_open_files_cost_no_document() {
    let bench = Bench::new();
    for i in 0..60 {
        bench.write(&format!("in/a/b/c/d/e/{i}.txt"), format!("Talks {i} in Osh."));
        bench.write(&format!("in/a/{i}.txt"), format!("Talks {i} in Herat."));
    }
    // Nine are what the run itself holds open: its output, its journal and the like.
    for most in [10, 12, 15] {
        let line = format!("ulimit -n {most}; exec \"$@\"");
        let program = bench.command::<&str>(&[]);
        let mut shell = Command::new("sh");
        shell.current_dir(bench.path("")).arg("-c").arg(line).arg("sh").arg(program.get_program());
        shell.args(["run", "in", "-o", "out.jsonl", "-q", "--jobs", "8", "--restart"]).args(PLAIN);
        let output = shell.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{most} files: {told}");
        let lines = bench.read("out.jsonl");
        assert_eq!(lines.lines().filter(|line| line.contains("\"status\":\"ok\"")).count(), 120);
        fs::remove_file(bench.path("out.jsonl")).unwrap();
    }
}
