//! A call that changes files fails, or the process ends there: afterwards the same command gives the same bytes.
//!
//! `tests/faults/faults.c` stands between the program and the C library, so every place is hit that there is, and not
//! only those that a kill at a random moment meets.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::{Bench, Files, PLAIN, number};
use crate::tally::{Harm, Tally};

/// How many calls of each kind, spread over all that there are, fail in each way; `cargo xtask attack` asks for more.
fn places() -> u64 {
    number("DOCMILL_FAULTS").unwrap_or(4)
}

const CALLS: [&str; 8] = ["write", "fsync", "rename", "open", "unlink", "ftruncate", "mkdir", "rmdir"];

/// Killed; an input/output error; the disk is full from here on.
const HOW: [i32; 3] = [0, 5, -28];

/// A library that is loaded before all others.
struct Faults {
    folder: TempDir,
}

impl Faults {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/faults.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(folder.path().join("faults.so")).arg(source);
        assert!(compiler.arg("-ldl").status().expect("a C compiler").success());
        Self { folder }
    }

    /// The command, in which a call fails.
    fn in_way(&self, bench: &Bench, args: &[&str], call: &str, nth: u64, how: i32) -> Command {
        let mut command = bench.command(args);
        command.env("LD_PRELOAD", self.folder.path().join("faults.so"));
        command.env("DOCMILL_FAULT", format!("{call} {nth} {how}"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// How many calls of a kind there are.
    fn count(&self, bench: &Bench, args: &[&str], call: &str) -> u64 {
        let path = self.folder.path().join("count");
        let mut command = self.in_way(bench, args, call, 0, 0);
        command.env("DOCMILL_FAULT_COUNT", &path).output().unwrap();
        fs::read_to_string(path).unwrap().parse().unwrap()
    }
}

/// Documents, of which two are empty and so fail; the more there are, the more commits are hit.
fn bench() -> Bench {
    let bench = Bench::new();
    for i in 0..number("DOCMILL_FAULT_DOCUMENTS").unwrap_or(100) as usize {
        let text = if matches!(i, 40 | 60) {
            String::new()
        } else {
            format!("Talks {i} in Osh. ").repeat(1 + i % 40)
        };
        bench.write(&format!("in/{i:05}.txt"), text);
    }
    bench
}

/// Lets `args` fail in every way at places spread over it, and does it again.
///
/// Whatever happened, the documents are all there and the command that is given again ends with `code` and what it
/// leaves without a fault; `same` says what of the files is compared.
fn attack(
    tally: &mut Tally,
    bench: &Bench,
    before: &Files,
    args: &[&str],
    code: i32,
    same: fn(&Path) -> bool,
) {
    let faults = Faults::new();
    let compared = |files: Files| -> Files { files.into_iter().filter(|(path, _)| same(path)).collect() };
    bench.restore(before);
    bench.docmill(args).expect(code);
    let expected = compared(bench.left());
    for call in CALLS {
        bench.restore(before);
        let calls = faults.count(bench, args, call);
        // The others not by every command.
        assert!(calls > 0 || !matches!(call, "write" | "open"), "{args:?} never calls {call}");
        let step = (calls / places()).max(1) as usize;
        for nth in (1..=calls).step_by(step) {
            for how in HOW {
                bench.restore(before);
                let first = faults.in_way(bench, args, call, nth, how).output().unwrap();
                let told = String::from_utf8_lossy(&first.stderr).into_owned();
                let place = format!("{args:?}: {call} {nth} of {calls}, {how}: {:?} {told}", first.status);
                tally.tried();
                // 2: it says what failed. Its own code: what failed was not needed.
                if !first.status.code().is_none_or(|ended| ended == 2 || ended == code) {
                    if !tally.panicked(first.status.code(), &told, &place) {
                        tally.harm(Harm::Other, &place);
                    }
                    continue;
                }
                let second = bench.docmill(args);
                if tally.ended(&second, &[code], &place) {
                    tally.compare(&compared(bench.left()), &expected, &format!("{place}\n{}", second.stderr));
                }
            }
        }
    }
}

#[test]
fn a_run_in_which_a_call_fails_ends_with_the_same_bytes() {
    let bench = bench();
    let mut tally = Tally::new("failing calls in runs");
    let commit = ["--set", "run.commit_seconds=0.001", "-q"];
    for output in [
        &["-o", "out.jsonl"][..],
        &["-o", "parts", "--shard-size", "20docs", "--compress", "none"],
        &["-o", "out.jsonl.zst", "--drop-duplicates"],
        &["-o", "parts", "--shards", "3", "--compress", "gz"],
    ] {
        let args = [&["run", "in"], output, &PLAIN, &commit].concat();
        attack(&mut tally, &bench, &Files::new(), &args, 1, |_| true);
    }
    tally.end();
}

#[test]
fn a_retry_in_which_a_call_fails_leaves_the_output() {
    let bench = bench();
    let mut tally = Tally::new("failing calls in retries");
    for output in [&["-o", "out.jsonl"][..], &["-o", "parts", "--shard-size", "20docs", "--compress", "none"]]
    {
        bench.restore(&[]);
        bench.write("in/00060.txt", "");
        bench.docmill(&[&["run", "in", "-q"], output, &PLAIN].concat()).expect(1);
        let before = bench.left();
        bench.write("in/00060.txt", "Balkh waits.");
        let args = [&["retry", output[1], "-q"][..], &PLAIN].concat();
        // How often the other one was tried depends on whether the first command had ended.
        attack(&mut tally, &bench, &before, &args, 1, |path| {
            !path.to_string_lossy().ends_with(".failed.jsonl")
        });
    }
    tally.end();
}

/// Commands that read outputs write beside the place and rename: whatever fails, the next try writes the whole.
#[test]
fn a_command_in_which_a_call_fails_leaves_nothing_by_halves() {
    let bench = bench();
    let mut tally = Tally::new("failing calls in other commands");
    for output in ["a.jsonl", "b.jsonl"] {
        bench.docmill(&[&["run", "in", "-q", "-o", output], &PLAIN[..]].concat()).expect(1);
    }
    let before = bench.left();
    for args in [
        &["merge", "a.jsonl", "b.jsonl", "-o", "merged.jsonl"][..],
        &["tables", "a.jsonl", "-d", "tables", "--format", "csv"],
        &["convert", "a.jsonl", "--to", "w3c", "-o", "annotations.jsonl"],
        &["show", "a.jsonl", "-o", "page.html"],
    ] {
        // What a killed command wrote beside the place is replaced by the next.
        attack(&mut tally, &bench, &before, args, 0, |path| !path.to_string_lossy().contains(".partial"));
    }
    tally.end();
}
