//! Outputs in parts: written, read, merged, counted.

use std::fs;

use serde_json::Value as Json;

use crate::program::{Bench, plain_run, root};

fn bench() -> Bench {
    let bench = Bench::new();
    for i in 0..700 {
        bench.write(&format!("in/{i:03}.txt"), format!("Talks {i} in Osh. ").repeat(1 + i % 30));
    }
    bench.write("in/350.txt", "");
    bench
}

#[test]
fn merged_parts_are_the_output_in_one_file() {
    let bench = bench();
    bench.docmill(&plain_run(&["in", "-o", "one.jsonl.zst"])).expect(1);
    for (flags, parts) in [
        (&["--shard-size", "300docs"][..], 3),
        (&["--shard-size", "200KB", "--compress", "gz"], 0),
        (&["--shards", "4", "--compress", "none"], 4),
    ] {
        bench.docmill(&plain_run(&[&["in", "-o", "parts"], flags].concat())).expect(1);
        let info: Json = serde_json::from_str(&bench.read("parts/run.json")).unwrap();
        let listed = info["parts"].as_array().unwrap();
        assert_eq!(listed.iter().map(|part| part["documents"].as_u64().unwrap()).sum::<u64>(), 700);
        assert!(if parts == 0 { listed.len() > 3 } else { listed.len() == parts }, "{listed:?}");
        for part in listed {
            assert!(bench.path("parts").join(part["name"].as_str().unwrap()).exists());
            let (bytes, documents) = (part["bytes"].as_u64().unwrap(), part["documents"].as_u64().unwrap());
            assert!(parts > 0 || bytes <= 200_000, "{part}");
            assert!(parts != 3 || documents <= 300, "{part}");
        }
        bench.docmill(&["merge", "parts", "-o", "merged.jsonl.zst"]).expect(0);
        assert!(
            fs::read(bench.path("merged.jsonl.zst")).unwrap()
                == fs::read(bench.path("one.jsonl.zst")).unwrap()
        );
        assert_eq!(bench.read("merged.run.json"), bench.read("one.run.json"));
        let verified = bench.docmill(&["verify", "parts"]).expect(0);
        assert!(verified.stdout.contains("700 lines (699 ok, 1 failed)"), "{}", verified.stdout);
    }
    assert_eq!(bench.read("one.failed.jsonl"), bench.read("parts.failed.jsonl"));
}

#[test]
fn a_problem_is_told_with_its_part() {
    let bench = bench();
    let args = ["in", "-o", "parts", "--shard-size", "300docs", "--compress", "none"];
    bench.docmill(&plain_run(&args)).expect(1);
    let part = bench.read("parts/part-00001.jsonl");
    bench.write("parts/part-00001.jsonl", part.replacen("\"start\":0", "\"start\":1", 1));
    let answer = bench.docmill(&["verify", "parts"]).expect(1);
    assert!(answer.stdout.contains("parts/part-00001.jsonl:1: /sentences/0"), "{}", answer.stdout);
    fs::remove_file(bench.path("parts/part-00002.jsonl")).unwrap();
    for command in [&["verify", "parts"][..], &["stats", "parts"], &["merge", "parts", "-o", "merged.jsonl"]]
    {
        let answer = bench.docmill(command).expect(2);
        assert!(answer.stderr.contains("part-00002.jsonl"), "{}", answer.stderr);
    }
    assert!(!bench.path("merged.jsonl").exists() && !bench.path("merged.jsonl.partial").exists());
    let lines: Vec<&str> = part.lines().take(10).collect();
    bench.write("parts/part-00002.jsonl", lines.join("\n") + "\n");
    let answer = bench.docmill(&["merge", "parts", "-o", "merged.jsonl"]).expect(2);
    assert!(answer.stderr.contains("610 records, but parts/run.json says 700"), "{}", answer.stderr);
}

#[test]
fn outputs_of_different_runs_are_merged_only_on_request() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    bench.write("b.txt", "Kabul waits.");
    bench.docmill(&plain_run(&["a.txt", "-o", "a.jsonl"])).expect(0);
    bench.docmill(&plain_run(&["b.txt", "-o", "b.jsonl.gz", "--set", "output.offsets=bytes"])).expect(0);
    let answer = bench.docmill(&["merge", "a.jsonl", "b.jsonl.gz", "-o", "ab.jsonl"]).expect(2);
    assert!(
        answer.stderr.contains("b.jsonl.gz: record 1") && answer.stderr.contains("--mixed"),
        "{}",
        answer.stderr
    );
    bench.docmill(&["merge", "a.jsonl", "b.jsonl.gz", "-o", "ab.jsonl", "--mixed"]).expect(0);
    assert_eq!(bench.read("ab.jsonl").lines().count(), 2);
    bench.docmill(&["merge", "a.jsonl", "-o", "a.jsonl"]).expect(2);
}

#[test]
fn a_folder_with_other_things_is_not_replaced() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    bench.write("papers/thesis.tex", "years of work");
    let answer = bench.docmill(&plain_run(&["a.txt", "-o", "papers", "--shards", "2"])).expect(2);
    assert!(
        answer.stderr.contains("thesis.tex") && answer.stderr.contains("empty folder"),
        "{}",
        answer.stderr
    );
    bench.docmill(&plain_run(&["a.txt", "--shards", "2"])).expect(2);
    bench.docmill(&plain_run(&["a.txt", "-o", "x", "--shard-size", "big"])).expect(2);
    bench.docmill(&plain_run(&["a.txt", "-o", "x.jsonl", "--compress", "gz"])).expect(2);
}

#[test]
fn an_output_is_counted() {
    let bench = Bench::new();
    let seeds = root().join("seeds").display().to_string();
    bench.docmill(&["run", &seeds, "-o", "out.jsonl.zst"]).expect(0);
    let table = bench.docmill(&["stats", "out.jsonl.zst", "--top", "5"]).expect(0).stdout;
    let json = bench.docmill(&["stats", "out.jsonl.zst", "--top", "5", "--json"]).expect(0).stdout;
    let json: Json = serde_json::from_str(&json).unwrap();
    bench.docmill(&["merge", "out.jsonl.zst", "-o", "out.jsonl"]).expect(0);
    let records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let places = |record: &Json| {
        record["entities"].as_array().unwrap().iter().filter(|entity| entity["label"] == "LOC").count() as u64
    };
    let expected: u64 = records.iter().map(places).sum();
    assert!(expected > 20);
    assert_eq!(json["entities"]["LOC"].as_u64(), Some(expected));
    assert_eq!(json["documents"].as_u64(), Some(records.len() as u64));
    assert_eq!(json["record_bytes"].as_u64(), Some(bench.read("out.jsonl").len() as u64));
    let names = json["names"].as_array().unwrap();
    assert_eq!(names.len(), 5);
    assert!(table.contains(&format!("LOC {expected}")), "{table}");
    assert!(names.iter().all(|name| table.contains(name["name"].as_str().unwrap())), "{table}");
}
