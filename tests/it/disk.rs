//! Disks that fill up, and folders that go.
#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::program::{Bench, plain_run};

fn bench() -> Bench {
    let bench = Bench::new();
    for i in 0..2000 {
        bench.write(&format!("in/{i:04}.txt"), format!("Talks {i} in Osh. ").repeat(1 + i % 40));
    }
    bench
}

#[test]
fn a_full_disk_costs_nothing_but_time() {
    let bench = bench();
    bench.docmill(&plain_run(&["in", "-o", "expected.jsonl"])).expect(0);
    for (name, flags) in [("out.jsonl", &[][..]), ("parts", &["--shards", "2", "--compress", "none"])] {
        let command = [&["in", "-o", name, "--set", "run.commit_seconds=0.02"], flags].concat();
        // The limit of the shell, in blocks of 512 or 1024 bytes, stands for a disk of that size: the signal that
        // comes with it is ignored, and the error is left.
        let limited = |blocks: &str| {
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let mut shell = Command::new("sh");
            shell.current_dir(bench.path("")).args(["-c", &script, env!("CARGO_BIN_EXE_docmill")]);
            shell.args(plain_run(&command)).output().unwrap()
        };
        for blocks in ["600", "1200"] {
            let output = limited(blocks);
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{message}");
            for words in [
                name,
                "File too large",
                "free some space",
                "documents are safe (",
                "repeat the command to resume",
            ] {
                assert!(message.contains(words), "{words}: {message}");
            }
        }
        let answer = bench.docmill(&plain_run(&command)).expect(0);
        assert!(answer.stderr.contains("were finished before"), "{}", answer.stderr);
        bench.docmill(&["merge", name, "-o", "merged.jsonl"]).expect(0);
        assert!(bench.read("merged.jsonl") == bench.read("expected.jsonl"));
    }
}

#[test]
fn an_output_folder_that_goes_is_told_before_all_is_lost() {
    let bench = bench();
    fs::create_dir(bench.path("out")).unwrap();
    let args = ["in", "-o", "out/out.jsonl", "-j", "1", "--set", "run.commit_seconds=0.02"];
    let mut command = bench.command(&plain_run(&args));
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    // All that a run opens before it reads: a folder that goes in between is another error.
    let opened = ["out.jsonl.partial", "out.jsonl.failed.partial", "out.jsonl.journal"];
    while !opened.iter().all(|name| bench.path("out").join(name).exists()) {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before its folder could go");
        thread::sleep(Duration::from_millis(1));
    }
    // As one step: the program would see half of a folder that is emptied first.
    fs::rename(bench.path("out"), bench.path("moved")).unwrap();
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    for words in ["out/out", "disappeared", "removed or moved", "Restore the folder", "to start over"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    fs::rename(bench.path("moved"), bench.path("out")).unwrap();
    bench.docmill(&plain_run(&args)).expect(0);
    bench.docmill(&plain_run(&["in", "-o", "expected.jsonl"])).expect(0);
    assert!(bench.read("out/out.jsonl") == bench.read("expected.jsonl"));
}
