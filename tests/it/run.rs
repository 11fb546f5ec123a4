//! The main job, without a model.

use std::fs;

use crate::program::{Bench, plain_run, root};

#[test]
fn the_seeds_come_out_sentence_by_sentence() {
    let bench = Bench::new();
    let seeds = root().join("seeds").display().to_string();
    let answer = bench.docmill(&plain_run(&[&seeds, "-o", "out.jsonl"])).expect(0);
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.contains(" ok + 0 failed + 0 filtered"), "{}", answer.stderr);
    let lines: Vec<serde_json::Value> =
        bench.read("out.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(lines.len() >= 6);
    for record in &lines {
        assert_eq!(record["status"], "ok");
        assert!(record["sentences"].as_array().unwrap().len() > 5, "{}", record["id"]);
    }
    let verified = bench.docmill(&["verify", "out.jsonl"]).expect(0);
    assert!(verified.stdout.contains("0 problems"), "{}", verified.stdout);
    let info: serde_json::Value = serde_json::from_str(&bench.read("out.run.json")).unwrap();
    assert_eq!(info["run_id"], lines[0]["run_id"]);
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_workers_and_any_chunks() {
    let bench = Bench::new();
    for i in 0..60 {
        let text = format!(
            "Document {i} names Dushanbe.\r\n\r\nIt has “quotes” and 🛰️. {}",
            "More text. ".repeat(i)
        );
        bench.write(&format!("in/{:02}/{i}.txt", i % 7), text);
    }
    let output = |jobs: &str, chunk: &str| {
        let documents = format!("run.chunk_documents={chunk}");
        let args = plain_run(&["in", "-j", jobs, "--set", &documents, "--set", "output.tokens=true"]);
        bench.docmill(&args).expect(0).stdout
    };
    let first = output("1", "1");
    assert_eq!(first.lines().count(), 60);
    for (jobs, chunk) in [("1", "64"), ("2", "3"), ("5", "16")] {
        assert!(output(jobs, chunk) == first, "{jobs} jobs, chunks of {chunk}");
    }
}

#[test]
fn standard_input_is_one_document() {
    let bench = Bench::new();
    let answer =
        bench.docmill_with_stdin(&plain_run(&["-"]), "Kabul waits. So does Herat.".as_bytes()).expect(0);
    let record = &answer.records()[0];
    assert_eq!(record["id"], "-");
    assert_eq!(record["sentences"][1]["text"], "So does Herat.");
}

#[test]
fn files_come_in_the_order_named_and_sorted_inside_folders() {
    let bench = Bench::new();
    for name in ["b/2.txt", "b/1.txt", "b/a/9.TXT", "b/notes.xls", "z.dat", "a/3.txt"] {
        bench.write(name, "Some text.");
    }
    let answer = bench.docmill(&plain_run(&["z.dat", "b", "a"])).expect(0);
    let ids: Vec<String> = answer.records().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["z.dat", "b/1.txt", "b/2.txt", "b/a/9.TXT", "a/3.txt"]);
}

#[test]
fn a_report_reconciles() {
    let bench = Bench::new();
    bench.write("in/good.txt", "A good text.");
    bench.write("in/bad.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl", "--report", "report.json"])).expect(1);
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    assert_eq!(report["totals"]["read"], 2);
    assert_eq!(report["totals"]["ok"], 1);
    assert_eq!(report["totals"]["failed"], 1);
    assert_eq!(report["totals"]["stages"][0]["stage"], "tokenize");
    assert_eq!(report["totals"]["stages"][0]["documents"], 1);
    assert_eq!(report["failures"][0]["id"], "in/bad.txt");
}

#[test]
fn quiet_means_failures_only() {
    let bench = Bench::new();
    bench.write("good.txt", "A good text.");
    let answer = bench.docmill(&plain_run(&["good.txt", "--quiet"])).expect(0);
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_run_leaves_no_partial_file() {
    let bench = Bench::new();
    bench.write("in/good.txt", "A good text.");
    bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(0);
    let mut names: Vec<String> = (fs::read_dir(bench.path("")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["in", "out.jsonl", "out.run.json"]);
}

#[test]
fn a_run_does_not_read_its_own_output() {
    let bench = Bench::new();
    bench.write("good.txt", "A good text.");
    bench.write("empty.txt", "");
    for output in [&["-o", "out.jsonl"][..], &["-o", "./parts", "--shards", "1"]] {
        let run = || bench.docmill(&plain_run(&[&["."], output].concat())).expect(1);
        let first = run();
        assert!(first.stderr.contains("2 read = 1 ok + 1 failed"), "{}", first.stderr);
        let again = run();
        assert!(again.stderr.contains("2 read = 1 ok + 1 failed"), "{}", again.stderr);
        // To another run they are inputs.
        for name in ["out.jsonl", "out.failed.jsonl", "parts.failed.jsonl"] {
            let _ = fs::remove_file(bench.path(name));
        }
    }
}
