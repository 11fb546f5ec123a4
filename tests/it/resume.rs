//! A run that ends early goes on with the same command, and ends with the same bytes.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{Answer, Bench, Files, Random, number, plain_run, root};
use crate::tally::Tally;

/// Moments at which a run is killed, and what they are drawn from; `cargo xtask kill` asks for more of them.
fn kills_and_seed() -> (u32, u64) {
    let kills = number("DOCMILL_KILLS").unwrap_or(30);
    (u32::try_from(kills).unwrap(), number("DOCMILL_KILL_SEED").unwrap_or(20_260_301))
}

/// Small documents: files, of which some are empty, and between them records in a compressed file and, if there are
/// records, members of an archive.
fn write_documents(bench: &Bench, files: usize, records: usize) {
    for i in 0..files {
        // Some double the one before.
        let n = if i % 25 == 7 { i - 1 } else { i };
        let text = if i % 89 == 5 { String::new() } else { format!("Talks {n} in Osh. ").repeat(1 + n % 40) };
        bench.write(&format!("in/{:02}/{i:05}.txt", i % 20), text);
    }
    if records == 0 {
        return;
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for i in 0..records {
        let text = format!("Record {i} names Душанбе. ").repeat(1 + i % 30);
        writeln!(gz, "{}", serde_json::json!({"id": format!("r{i}"), "text": text})).unwrap();
    }
    bench.write("in/07-records.jsonl.gz", gz.finish().unwrap());
    let gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut tar = tar::Builder::new(gz);
    for i in 0..records / 2 {
        let text = format!("Member {i} names Khorog. ").repeat(1 + i % 20);
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, format!("old/{i:04}.txt"), text.as_bytes()).unwrap();
    }
    bench.write("in/13-old.tar.gz", tar.into_inner().unwrap().finish().unwrap());
}

/// Every file that a run leaves, by name, without the input.
fn left(bench: &Bench) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(bench.path("")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_file() {
            files.push((name, fs::read(entry.path()).unwrap()));
        } else if name != "in" {
            for part in fs::read_dir(entry.path()).unwrap().map(Result::unwrap) {
                let part_name = format!("{name}/{}", part.file_name().to_str().unwrap());
                files.push((part_name, fs::read(part.path()).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

fn run(bench: &Bench, args: &[&str]) -> Answer {
    bench.docmill(&plain_run(&[&["in"], args].concat()))
}

#[test]
fn a_run_that_is_killed_at_any_moment_ends_with_the_same_bytes() {
    let (wanted, seed) = kills_and_seed();
    let mut random = Random(seed);
    let mut tally = Tally::new("killed runs");
    let (mut kills, mut gone_on) = (0, 0);
    for output in [
        &["-o", "out.jsonl"][..],
        &["-o", "out.jsonl.zst", "--drop-duplicates"],
        &["-o", "parts", "--shard-size", "200KB"],
        &["-o", "parts", "--shards", "2", "--compress", "gz"],
    ] {
        let (bench, reports) = (Bench::new(), Bench::new());
        write_documents(&bench, 500, 250);
        let started = Instant::now();
        run(&bench, output).expect(1);
        let whole = u64::try_from(started.elapsed().as_micros()).unwrap();
        let expected = left(&bench);
        let report = reports.path("report.json").display().to_string();
        let args = [&["in", "-q", "--set", "run.commit_seconds=0.005", "--report", &report], output].concat();
        let mut killed = 0;
        // A few kills may all come before the first commit, on a slow machine: then more of them.
        while killed < wanted.div_ceil(4) || (gone_on == 0 && killed < 40) {
            for name in names(&expected) {
                fs::remove_file(bench.path(name)).unwrap();
            }
            // Later moments with each kill, however slow the machine is just now: the run ends.
            let mut latest = whole / 3;
            let code = loop {
                latest += whole / 4;
                let mut command = bench.command(&plain_run(&args));
                let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                thread::sleep(Duration::from_micros(random.below(latest)));
                child.kill().unwrap();
                if let Some(code) = child.wait().unwrap().code() {
                    break code;
                }
                killed += 1;
                tally.tried();
            };
            assert_eq!(code, 1, "some documents fail");
            let place = format!("{killed} kills, {output:?}, DOCMILL_KILL_SEED={seed}");
            let files = |files: &[(String, Vec<u8>)]| -> Files {
                files.iter().map(|(name, content)| (name.into(), content.clone())).collect()
            };
            tally.compare(&files(&left(&bench)), &files(&expected), &place);
            let report: serde_json::Value = serde_json::from_str(&reports.read("report.json")).unwrap();
            gone_on += u32::from(report["resumed"].as_u64().unwrap() > 0);
        }
        kills += killed;
    }
    tally.note(format!("{gone_on} outputs were resumed"));
    assert!(kills >= wanted && gone_on >= 1, "{kills} kills, {gone_on} runs went on");
    tally.end();
}

/// Stops a run at `in/b.txt`, the second of four documents, which is empty; then the run is `args`.
fn stopped_halfway(args: &[&str]) -> Bench {
    let bench = Bench::new();
    for (name, text) in [("a", "Osh waits."), ("b", ""), ("c", "Kabul waits."), ("d", "Herat waits.")] {
        bench.write(&format!("in/{name}.txt"), text);
    }
    let answer = run(&bench, &[args, &["-o", "out.jsonl", "--fail-fast"]].concat()).expect(2);
    assert!(
        answer.stderr.contains("in/b.txt: the file is empty")
            && answer.stderr.contains("stopped after 1 documents, which are in out.jsonl.partial")
            && answer.stderr.contains("repeat the command to resume"),
        "{}",
        answer.stderr
    );
    assert_eq!(names(&left(&bench)), ["out.jsonl.failed.partial", "out.jsonl.journal", "out.jsonl.partial"]);
    bench
}

#[test]
fn a_run_that_stopped_at_a_failure_goes_on_once_it_is_mended() {
    let bench = stopped_halfway(&[]);
    bench.write("in/b.txt", "Balkh waits.");
    let answer = run(&bench, &["-o", "out.jsonl", "--fail-fast"]).expect(0);
    assert!(answer.stderr.contains("4 read = 4 ok + 0 failed"), "{}", answer.stderr);
    assert!(answer.stderr.contains("1 of them were finished before"), "{}", answer.stderr);
    let gone_on = left(&bench);
    assert_eq!(names(&gone_on), ["out.jsonl", "out.run.json"]);
    run(&bench, &["-o", "out.jsonl"]).expect(0);
    assert!(left(&bench) == gone_on);
}

#[test]
fn a_changed_configuration_is_refused_and_named() {
    let bench = stopped_halfway(&[]);
    let before = left(&bench);
    let answer = run(&bench, &["-o", "out.jsonl", "--set", "output.tokens=true"]).expect(2);
    for message in ["the run of 1 documents", "output.tokens was false, is now true", "--restart"] {
        assert!(answer.stderr.contains(message), "{message}: {}", answer.stderr);
    }
    let answer = bench.docmill(&plain_run(&["in/a.txt", "-o", "out.jsonl"])).expect(2);
    assert!(answer.stderr.contains(r#"named inputs was ["in"], is now ["in/a.txt"]"#), "{}", answer.stderr);
    assert!(left(&bench) == before, "a refusal costs nothing");
    let answer = run(&bench, &["-o", "out.jsonl", "--set", "output.tokens=true", "--restart"]).expect(1);
    assert!(answer.stderr.contains("processing 1 documents of an earlier run again"), "{}", answer.stderr);
    assert_eq!(names(&left(&bench)), ["out.failed.jsonl", "out.jsonl", "out.run.json"]);
}

#[test]
fn a_model_is_known_by_its_bytes_not_by_its_place() {
    let bench = Bench::new();
    for (name, text) in [("a", "Osh waits."), ("b", ""), ("c", "Kabul waits.")] {
        bench.write(&format!("in/{name}.txt"), text);
    }
    let tiny = root().join("tests/tiny-bert/bert");
    fs::create_dir_all(bench.path("here")).unwrap();
    for file in fs::read_dir(tiny).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), bench.path("here").join(file.file_name())).unwrap();
    }
    let run = |model: &str| {
        let model = format!("model={model}");
        let stages = r#"stages=["tokenize", "encode", "ner"]"#;
        bench.docmill(&["run", "in", "-o", "out.jsonl", "--fail-fast", "--set", stages, "--set", &model])
    };
    run("here").expect(2);
    bench.write("in/b.txt", "Balkh waits.");
    fs::rename(bench.path("here"), bench.path("there")).unwrap();
    // One other byte is another model.
    let weights = bench.path("there").join("model.safetensors");
    let bytes = fs::read(&weights).unwrap();
    let mut other = bytes.clone();
    *other.last_mut().unwrap() ^= 1;
    fs::write(&weights, other).unwrap();
    let answer = run("there").expect(2);
    assert!(answer.stderr.contains("--restart"), "{}", answer.stderr);
    fs::write(&weights, bytes).unwrap();
    let answer = run("there").expect(0);
    assert!(answer.stderr.contains("1 of them were finished before"), "{}", answer.stderr);
}

#[test]
fn changed_inputs_are_refused_and_named() {
    let bench = stopped_halfway(&[]);
    // Before the one that is done, so that it would have to stand before it in the output.
    bench.write("in/0-new.txt", "Khorog waits.");
    let refused = |message: &str| {
        let before = left(&bench);
        let answer = run(&bench, &["-o", "out.jsonl"]).expect(2);
        assert!(answer.stderr.contains(message), "{message}: {}", answer.stderr);
        assert!(answer.stderr.contains("--redo-changed (keeps 0)"), "{}", answer.stderr);
        assert!(left(&bench) == before, "a refusal costs nothing");
    };
    refused("1 new: in/0-new.txt");
    fs::remove_file(bench.path("in/0-new.txt")).unwrap();
    bench.write("in/a.txt", "Osh Waits.");
    refused("1 changed: in/a.txt");
    fs::remove_file(bench.path("in/a.txt")).unwrap();
    refused("1 gone: in/a.txt");
    // The same content is no change, whatever the time on the file says.
    bench.write("in/a.txt", "Osh waits.");
    // What comes behind is none either: it was not done yet.
    bench.write("in/e.txt", "Naryn waits.");
    let answer = run(&bench, &["-o", "out.jsonl"]).expect(1);
    assert!(answer.stderr.contains("5 read = 4 ok + 1 failed"), "{}", answer.stderr);
}

#[test]
fn what_follows_a_changed_input_is_done_again_on_request() {
    let bench = stopped_halfway(&[]);
    bench.write("in/a.txt", "Termez waits.");
    let answer = run(&bench, &["-o", "out.jsonl", "--redo-changed"]).expect(1);
    assert!(answer.stderr.contains("1 changed: in/a.txt; processing again everything"), "{}", answer.stderr);
    let gone_on = left(&bench);
    run(&bench, &["-o", "out.jsonl"]).expect(1);
    assert!(left(&bench) == gone_on);
}

#[test]
fn an_output_that_was_complete_is_only_put_in_place() {
    let bench = Bench::new();
    write_documents(&bench, 10, 0);
    run(&bench, &["-o", "expected.jsonl"]).expect(1);
    bench.write("out.run.json/in-the-way", "");
    let answer = run(&bench, &["-o", "out.jsonl"]).expect(2);
    assert!(answer.stderr.contains("out.run.json"), "{}", answer.stderr);
    fs::remove_dir_all(bench.path("out.run.json")).unwrap();
    let answer = run(&bench, &["-o", "out.jsonl"]).expect(1);
    assert!(
        answer.stderr.contains("all 10 documents were finished; published out.jsonl"),
        "{}",
        answer.stderr
    );
    for name in ["jsonl", "run.json", "failed.jsonl"] {
        assert_eq!(bench.read(&format!("out.{name}")), bench.read(&format!("expected.{name}")));
    }
    assert!(!bench.path("out.jsonl.journal").exists());
}

#[test]
fn what_a_power_cut_takes_is_done_again() {
    let bench = Bench::new();
    write_documents(&bench, 300, 0);
    run(&bench, &["-o", "out.jsonl"]).expect(1);
    let expected = left(&bench);
    // The 285th document is the fourth that is empty. A commit after each document, so that there is one to go back to.
    let args = ["-o", "out.jsonl", "--set", "run.commit_seconds=0"];
    let cuts = [("out.jsonl.partial", 5), ("out.jsonl.failed.partial", 5), ("out.jsonl.journal", 700)];
    for (name, bytes) in cuts {
        for (name, _) in &expected {
            fs::remove_file(bench.path(name)).unwrap();
        }
        run(&bench, &[&args[..], &["--max-failures", "2"]].concat()).expect(2);
        let mut content = fs::read(bench.path(name)).unwrap();
        content.truncate(content.len() - bytes);
        // A page of zeros, where the length had reached the disk and the content had not.
        content.extend([0; 3]);
        fs::write(bench.path(name), &content).unwrap();
        let answer = run(&bench, &args).expect(1);
        assert!(answer.stderr.contains("were finished before"), "{name}: {}", answer.stderr);
        let message = answer.stderr.contains("shorter than its journal says");
        assert_eq!(message, name != "out.jsonl.journal", "{name}: {}", answer.stderr);
        assert!(left(&bench) == expected, "{name}");
    }
}
