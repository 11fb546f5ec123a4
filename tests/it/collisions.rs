//! Several runs on one output at once: one wins, the others say who holds it, and nothing is lost.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{Bench, Files, Random, number, plain_run};
use crate::tally::{Harm, Tally};

/// Rounds; `cargo xtask attack` asks for more of them.
fn rounds() -> u64 {
    number("DOCMILL_COLLISIONS").unwrap_or(30)
}

#[test]
fn runs_that_overlap_on_one_output_lose_nothing() {
    let seed = number("DOCMILL_COLLISION_SEED").unwrap_or(20_261_130);
    let mut random = Random(seed);
    let bench = Bench::new();
    for i in 0..400 {
        let text = format!("Talks {i} in Osh. ").repeat(1 + i % 40);
        bench.write(&format!("in/{:02}/{i:05}.txt", i % 20), text);
    }
    let outputs =
        [&["-o", "out.jsonl"][..], &["-o", "parts", "--shard-size", "60docs", "--compress", "none"]];
    let mut whole = 0;
    let expected = outputs.map(|output| {
        let started = Instant::now();
        bench.docmill(&plain_run(&[&["in"], output].concat())).expect(0);
        whole = u64::try_from(started.elapsed().as_micros()).unwrap();
        let name = output[1];
        let expected = content(&bench, name);
        remove(&bench, name);
        expected
    });
    let mut tally = Tally::new("collisions");
    let (mut won, mut refused) = (0, 0);
    for round in 0.. {
        // A few rounds may all be without an overlap, if each process is slow to start: then more of them.
        if round >= rounds() && (refused > 0 || round >= 40) {
            break;
        }
        let place = format!("round {round}, DOCMILL_COLLISION_SEED={seed}");
        tally.tried();
        let which = (round % 2) as usize;
        let args = [&["in", "-q", "--set", "run.commit_seconds=0.002"], outputs[which]].concat();
        let children: Vec<_> = (0..2 + random.below(4))
            .map(|_| {
                // From "all at once" to "the next begins when the first ends", whatever the machine's speed.
                thread::sleep(Duration::from_micros(random.below(whole)));
                let mut command = bench.command(&plain_run(&args));
                command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let mut winners = 0;
        for child in children {
            let answer = child.wait_with_output().unwrap();
            let message = String::from_utf8(answer.stderr).unwrap();
            let says_who =
                message.contains("writes this output; wait") || message.contains("finished this output");
            match answer.status.code() {
                Some(0) => winners += 1,
                Some(2) if says_who => refused += 1,
                code => {
                    if !tally.panicked(code, &message, &place) {
                        tally.harm(Harm::Other, &format!("{place}: {code:?}: {message}"));
                    }
                }
            }
        }
        if winners == 0 {
            tally.harm(Harm::Loss, &format!("{place}: nobody won"));
        }
        won += winners;
        let name = outputs[which][1];
        if tally.compare(&content(&bench, name), &expected[which], &place) {
            tally.ended(&bench.docmill(&["verify", name]), &[0], &place);
        }
        let left: Vec<_> = fs::read_dir(bench.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
        if left.iter().any(|n| n.to_string_lossy().contains("partial")) {
            tally.harm(Harm::Other, &format!("{place}: left over: {left:?}"));
        }
        remove(&bench, name);
    }
    tally.note(format!("{won} runs wrote the output, {refused} were refused"));
    assert!(refused > 0, "no two runs overlapped");
    tally.end();
}

/// Every file of an output with its bytes.
fn content(bench: &Bench, name: &str) -> Files {
    let path = bench.path(name);
    if path.is_file() {
        return vec![(PathBuf::from(name), fs::read(path).unwrap())];
    }
    let Ok(entries) = fs::read_dir(path) else { return Files::new() };
    let entries = entries.map(Result::unwrap);
    let mut files: Files =
        entries.map(|e| (PathBuf::from(e.file_name()), fs::read(e.path()).unwrap())).collect();
    files.sort();
    files
}

fn remove(bench: &Bench, name: &str) {
    let path = bench.path(name);
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}
