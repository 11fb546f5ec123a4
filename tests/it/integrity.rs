//! A byte that changes between two runs, in anything that the first has left, is harmless or refused by name.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{Answer, Bench, Random, number, plain_run};
use crate::tally::{Harm, Tally};

/// How many bytes are changed; `cargo xtask attack` asks for more of them.
fn flips() -> u64 {
    number("DOCMILL_FLIPS").unwrap_or(60)
}

const DOCUMENTS: usize = 400;

/// Documents, of which a few are empty and so fail, that some runs end at.
fn bench() -> Bench {
    let bench = Bench::new();
    for i in 0..DOCUMENTS {
        let text =
            if i % 130 == 60 { String::new() } else { format!("Talks {i} in Osh. ").repeat(1 + i % 40) };
        bench.write(&format!("in/{i:05}.txt"), text);
    }
    bench
}

fn run(bench: &Bench, args: &[&str]) -> Answer {
    bench.docmill(&plain_run(&[&["in", "--set", "run.commit_seconds=0.002"], args].concat()))
}

#[test]
fn a_byte_that_changes_between_two_runs_is_harmless_or_refused_by_name() {
    let mut random = Random(number("DOCMILL_FLIP_SEED").unwrap_or(20_261_130));
    let mut tally = Tally::new("changed bytes");
    let (mut harmless, mut refused) = (0, 0);
    let outputs = [
        &["-o", "out.jsonl"][..],
        &["-o", "out.jsonl.zst"],
        &["-o", "parts", "--shard-size", "50docs", "--compress", "none"],
        &["-o", "parts", "--shards", "3"],
    ];
    for output in outputs {
        let bench = bench();
        run(&bench, output).expect(1);
        let expected = bench.left();
        bench.restore(&[]);
        // The third that fails is one too many.
        run(&bench, &[output, &["--max-failures", "2"]].concat()).expect(2);
        let stopped = bench.left();
        let total: usize = stopped.iter().map(|(_, content)| content.len()).sum();
        let mut left = flips().div_ceil(outputs.len() as u64);
        while left > 0 {
            bench.restore(&stopped);
            // Half of them in any file, whatever its length.
            let mut at = random.below(total as u64) as usize;
            let mut file = random.below(stopped.len() as u64) as usize;
            if random.below(2) == 0 {
                file = 0;
                while at >= stopped[file].1.len() {
                    at -= stopped[file].1.len();
                    file += 1;
                }
            }
            let (path, content) = &stopped[file];
            if content.is_empty() {
                continue;
            }
            let mut content = content.clone();
            let at = at % content.len();
            content[at] ^= 1 + random.below(255) as u8;
            left -= 1;
            fs::write(path, content).unwrap();
            let answer = run(&bench, output);
            let name = path.file_name().unwrap().to_str().unwrap();
            let place = format!("{name}, byte {at}, {output:?}: {}", answer.stderr);
            tally.tried();
            if !tally.ended(&answer, &[1, 2], &place) {
                continue;
            }
            if answer.code == 2 {
                if !answer.stderr.contains(name) || !answer.stderr.contains("--restart") {
                    tally.harm(Harm::Other, &place);
                }
                run(&bench, &[output, &["--restart"]].concat()).expect(1);
                refused += 1;
            } else {
                harmless += 1;
            }
            tally.compare(&bench.left(), &expected, &place);
        }
    }
    tally.note(format!("{harmless} harmless, {refused} refused"));
    assert!(refused > 0, "nothing was refused");
    tally.end();
}

/// The run had ended, all but putting its output in place.
#[test]
fn a_byte_that_changes_before_the_output_is_in_place_is_refused() {
    let bench = bench();
    for (output, info) in
        [(&["-o", "out.jsonl"][..], "out.run.json"), (&["-o", "parts", "--shards", "2"], "parts.old")]
    {
        run(&bench, output).expect(1);
        let expected = bench.left();
        bench.restore(&[]);
        if output[1] == "parts" {
            // What cannot be removed stands in the way of the second of two renames.
            run(&bench, output).expect(1);
            fs::create_dir_all(bench.path("parts.old/in-the-way")).unwrap();
        } else {
            fs::create_dir_all(bench.path(info)).unwrap();
        }
        run(&bench, output).expect(2);
        fs::remove_dir_all(bench.path(info)).unwrap();
        let stopped = bench.left();
        assert!(
            stopped
                .iter()
                .any(|(path, _)| path.ends_with("out.jsonl.journal") || path.ends_with("parts.journal"))
        );
        for (path, content) in &stopped {
            let name = path.strip_prefix(bench.path("")).unwrap();
            // Of an earlier output, which is replaced.
            if content.is_empty() || name.starts_with("parts/") || name.starts_with("parts.failed.jsonl") {
                continue;
            }
            bench.restore(&stopped);
            let mut changed = content.clone();
            changed[content.len() / 2] ^= 4;
            fs::write(path, changed).unwrap();
            let answer = run(&bench, output);
            if answer.code == 2 {
                assert!(
                    answer.stderr.contains(name.file_name().unwrap().to_str().unwrap()),
                    "{}",
                    answer.stderr
                );
                run(&bench, &[output, &["--restart"]].concat()).expect(1);
            } else {
                // A line of the journal: what it says is done again.
                assert!(
                    name.to_str().unwrap().ends_with(".journal"),
                    "{}: {}",
                    name.display(),
                    answer.stderr
                );
            }
            assert!(bench.left() == expected, "{}", name.display());
        }
        bench.restore(&stopped);
        run(&bench, output).expect(1);
        assert!(bench.left() == expected);
        bench.restore(&[]);
        let _ = fs::remove_dir_all(bench.path("parts"));
    }
}

#[test]
fn verify_reports_an_output_that_is_not_what_its_run_wrote() {
    let bench = bench();
    run(&bench, &["-o", "out.jsonl"]).expect(1);
    run(&bench, &["-o", "parts", "--shards", "2", "--compress", "none"]).expect(1);
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    bench.docmill(&["verify", "parts"]).expect(0);
    let whole = bench.read("out.jsonl");
    // A line less, and a letter that is another: both are JSON lines that keep their promises.
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    bench.write("out.jsonl", lines[1..].concat());
    let answer = bench.docmill(&["verify", "out.jsonl"]).expect(1);
    for told in
        ["out.jsonl: changed since it was written", "396 records that are ok", "out.run.json says 397"]
    {
        assert!(answer.stdout.contains(told), "{told}: {}", answer.stdout);
    }
    bench.write("out.jsonl", whole.replacen("in/00000.txt", "in/0000O.txt", 1));
    let answer = bench.docmill(&["verify", "out.jsonl"]).expect(1);
    assert!(answer.stdout.contains("have another hash"), "{}", answer.stdout);
    let answer = bench.docmill(&plain_run(&["in", "-o", "new.jsonl", "--reuse", "out.jsonl"])).expect(2);
    assert!(
        answer.stderr.contains("--reuse out.jsonl") && answer.stderr.contains("another hash"),
        "{}",
        answer.stderr
    );
    let plain = ["--set", "stages=[\"tokenize\"]"];
    let answer = bench.docmill(&[&["retry", "out.jsonl"], &plain[..]].concat()).expect(2);
    assert!(answer.stderr.contains("out.jsonl: cannot be retried"), "{}", answer.stderr);
    let part = bench.read("parts/part-00001.jsonl");
    bench.write("parts/part-00001.jsonl", part.replacen("in/00001.txt", "in/0000I.txt", 1));
    let answer = bench.docmill(&["verify", "parts"]).expect(1);
    assert!(answer.stdout.contains("part-00001.jsonl: changed since"), "{}", answer.stdout);
    bench.write("out.run.json", bench.read("out.run.json").replacen("\"ok\": 397", "\"ok\": 396", 1));
    let answer = bench.docmill(&["verify", "out.jsonl"]).expect(1);
    assert!(answer.stdout.contains("out.run.json: changed since"), "{}", answer.stdout);
}

/// `retry` of a folder is killed at any moment: afterwards the folder is there, as it was or as it should be.
#[test]
fn a_retry_that_is_killed_leaves_the_folder() {
    let bench = bench();
    let output = ["-o", "parts", "--shard-size", "20docs", "--compress", "none"];
    run(&bench, &output).expect(1);
    let before = bench.left();
    bench.write("in/00060.txt", "Balkh waits.");
    let retry =
        ["retry", "parts", "-q", "--set", "stages=[\"tokenize\"]", "--set", "run.commit_seconds=0.002"];
    let started = Instant::now();
    bench.docmill(&retry).expect(1);
    let whole = started.elapsed().as_micros() as u64;
    // How often the others were tried depends on whether the first had ended.
    let records = |bench: &Bench| -> Vec<_> {
        bench.left().into_iter().filter(|(path, _)| !path.ends_with("parts.failed.jsonl")).collect()
    };
    let after = records(&bench);
    let mut tally = Tally::new("killed retries");
    let mut random = Random(7);
    for kill in 0..number("DOCMILL_RETRY_KILLS").unwrap_or(15) {
        bench.restore(&before);
        let mut child = bench.command(&retry).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(whole / 2 + random.below(whole * 3 / 4)));
        child.kill().unwrap();
        child.wait().unwrap();
        let answer = bench.docmill(&retry);
        // It may have been done before it was killed.
        let place = format!("kill {kill}: {}", answer.stderr);
        tally.tried();
        if tally.ended(&answer, &[1], &place) {
            tally.compare(&records(&bench), &after, &place);
        }
    }
    tally.end();
}
