//! Documents that fail: how many may, where they are listed, and how they are done again.

use std::fs;

use serde_json::Value as Json;

use crate::program::{Bench, plain_run};

/// Three files, of which two fail, and a file of records, of which one does.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("in/a.txt", "");
    bench.write("in/b.txt", "Osh waits.");
    bench.write("in/c.txt", "   ");
    bench.write("in/d.jsonl", "{\"id\":\"x\",\"text\":\"Kabul waits.\"}\n{\"id\":\"y\",\"text\":\"\"}\n");
    bench
}

fn listed(bench: &Bench, name: &str) -> Vec<(String, u64)> {
    let document = |line: &str| {
        let failed: Json = serde_json::from_str(line).unwrap();
        (failed["id"].as_str().unwrap().to_owned(), failed["attempt"].as_u64().unwrap())
    };
    bench.read(name).lines().map(document).collect()
}

#[test]
fn failed_documents_are_listed_and_keep_their_places() {
    let bench = bench();
    let answer = bench.docmill(&plain_run(&["in", "-o", "out.jsonl.gz"])).expect(1);
    assert!(
        answer.stderr.contains("out.failed.jsonl; rerun them with `docmill retry out.jsonl.gz`"),
        "{}",
        answer.stderr
    );
    assert_eq!(
        listed(&bench, "out.failed.jsonl"),
        [("in/a.txt".into(), 1), ("in/c.txt".into(), 1), ("y".into(), 1)]
    );
    let first: Json = serde_json::from_str(bench.read("out.failed.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!(first["source"]["path"], "in/a.txt");
    assert_eq!((&first["stage"], &first["message"]), (&Json::Null, &"the file is empty".into()));
    let verified = bench.docmill(&["verify", "out.jsonl.gz"]).expect(0);
    assert!(verified.stdout.contains("5 lines (2 ok, 3 failed)"), "{}", verified.stdout);

    for name in ["in/a.txt", "in/c.txt", "in/d.jsonl"] {
        fs::remove_file(bench.path(name)).unwrap();
    }
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl.gz"])).expect(0);
    assert!(!bench.path("out.failed.jsonl").exists(), "a list of another run stays");
}

#[test]
fn a_retry_puts_mended_documents_in_their_places() {
    for output in [
        &["-o", "out.jsonl"][..],
        &["-o", "out.jsonl.zst"],
        &["-o", "out", "--shards", "2"],
        &["-o", "out", "--shard-size", "2docs", "--compress", "none"],
    ] {
        let bench = bench();
        let retry = [&["retry", output[1]], &crate::program::PLAIN[..]].concat();
        bench.docmill(&plain_run(&[&["in"], output].concat())).expect(1);
        bench.write("in/a.txt", "Herat waits.");
        bench.write(
            "in/d.jsonl",
            "{\"id\":\"x\",\"text\":\"Not read again.\"}\n{\"id\":\"y\",\"text\":\"Balkh.\"}\n",
        );
        if output.len() == 2 {
            // Lost, and found again in the records.
            fs::remove_file(bench.path("out.failed.jsonl")).unwrap();
        }
        let answer = bench.docmill(&retry).expect(1);
        assert!(
            answer.stderr.contains("2 of 3 documents that had failed are done, 1 failed again"),
            "{}",
            answer.stderr
        );
        assert_eq!(listed(&bench, "out.failed.jsonl"), [("in/c.txt".into(), 2)]);
        bench.write("in/c.txt", "Termez waits.");
        bench.docmill(&retry).expect(0);
        assert!(!bench.path("out.failed.jsonl").exists());
        let answer = bench.docmill(&retry).expect(0);
        assert!(answer.stderr.contains("nothing to do"), "{}", answer.stderr);

        // As if nothing had ever failed, byte by byte.
        bench.docmill(&["merge", output[1], "-o", "retried.jsonl"]).expect(0);
        bench.write(
            "in/d.jsonl",
            "{\"id\":\"x\",\"text\":\"Kabul waits.\"}\n{\"id\":\"y\",\"text\":\"Balkh.\"}\n",
        );
        bench.docmill(&plain_run(&["in", "-o", "expected.jsonl"])).expect(0);
        assert_eq!(bench.read("retried.jsonl"), bench.read("expected.jsonl"));
    }
}

#[test]
fn a_retry_elsewhere_loses_no_reason() {
    let bench = bench();
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(1);
    let before = (bench.read("out.jsonl"), bench.read("out.failed.jsonl"));
    fs::create_dir(bench.path("elsewhere")).unwrap();
    let mut command = bench.command(&[&["retry", "../out.jsonl"], &crate::program::PLAIN[..]].concat());
    let answer = command.current_dir(bench.path("elsewhere")).output().unwrap();
    let told = String::from_utf8(answer.stderr).unwrap();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(told.contains("no file with a failed document is there (the first: in/a.txt)"), "{told}");
    assert!((bench.read("out.jsonl"), bench.read("out.failed.jsonl")) == before);

    // One file is gone, the others are tried.
    fs::remove_file(bench.path("in/a.txt")).unwrap();
    bench.write("in/c.txt", "Termez waits.");
    let answer = bench.docmill(&[&["retry", "out.jsonl"], &crate::program::PLAIN[..]].concat()).expect(1);
    assert!(answer.stderr.contains("(the first: in/a.txt); these documents stay"), "{}", answer.stderr);
    assert_eq!(listed(&bench, "out.failed.jsonl"), [("in/a.txt".into(), 1), ("y".into(), 2)]);
    assert!(bench.read("out.failed.jsonl").contains("the file is empty"));
}

#[test]
fn a_retry_by_another_version_is_told() {
    let bench = bench();
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(1);
    let mut info: Json = serde_json::from_str(&bench.read("out.run.json")).unwrap();
    info["docmill_version"] = "0.0.9".into();
    // Which no version before this one wrote.
    info.as_object_mut().unwrap().remove("checksum");
    bench.write("out.run.json", info.to_string());
    bench.write("in/a.txt", "Herat waits.");
    let answer = bench.docmill(&[&["retry", "out.jsonl"], &crate::program::PLAIN[..]].concat()).expect(1);
    assert!(answer.stderr.contains("docmill 0.0.9 wrote out.jsonl, this is version "), "{}", answer.stderr);
    assert!(bench.read("out.jsonl").contains("Herat waits."));
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let info: Json = serde_json::from_str(&bench.read("out.run.json")).unwrap();
    assert_eq!((&info["docmill_version"], &info["totals"]["failed"]), (&"0.0.9".into(), &2.into()));
}

#[test]
fn a_retry_with_other_settings_is_refused() {
    let bench = bench();
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(1);
    let before = bench.read("out.jsonl");
    let args =
        [&["retry", "out.jsonl", "--set", "output.offsets=bytes"], &crate::program::PLAIN[..]].concat();
    let answer = bench.docmill(&args).expect(2);
    assert!(answer.stderr.contains(r#"output.offsets was "codepoint", is now "bytes""#), "{}", answer.stderr);
    assert_eq!(bench.read("out.jsonl"), before);
    let answer = bench.docmill(&["retry", "nowhere.jsonl"]).expect(2);
    assert!(answer.stderr.contains("nowhere.jsonl: does not exist"), "{}", answer.stderr);
}

#[test]
fn a_run_stops_when_too_many_documents_fail() {
    let bench = bench();
    let run = |limit: &str| bench.docmill(&plain_run(&["in", "-o", "out.jsonl", "--max-failures", limit]));
    let answer = run("1").expect(2);
    assert!(answer.stderr.contains("more documents failed than 1; the last: in/c.txt"), "{}", answer.stderr);
    assert!(answer.stderr.contains("stopped after 2 documents"), "{}", answer.stderr);
    // A share is judged at the end, where there are few documents; the output is complete then, and stays aside.
    let answer = run("59%").expect(2);
    assert!(answer.stderr.contains("stopped after 5 documents"), "{}", answer.stderr);
    assert!(!bench.path("out.jsonl").exists());
    let answer = run("60%").expect(1);
    assert!(answer.stderr.contains("5 of them were finished before"), "{}", answer.stderr);
    assert_eq!(bench.read("out.jsonl").lines().count(), 5);
    run("many").expect(2);
}
