//! The output: schema, units, compression, pipes.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value as Json;

use crate::program::{Bench, plain_run, root};

const TEXT: &str = "Çelik 🛰️ met e\u{301}lan in Душанбе.\r\n\r\nSecond “sentence” here.";

#[test]
fn records_fit_their_schema() {
    let bench = Bench::new();
    bench.write("in/bad.txt", b"\0");
    bench.write("in/good.txt", TEXT);
    let schema = bench.docmill(&["schema", "--set", "stages=[\"tokenize\"]"]).expect(0);
    let schema: Json = serde_json::from_str(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let seeds = root().join("seeds").display().to_string();
    for extra in [&[][..], &["--set", "output.tokens=true"], &["--set", "output.text=false"]] {
        let answer = bench.docmill(&plain_run(&[&["in", &seeds], extra].concat())).expect(1);
        for record in answer.records() {
            let errors: Vec<String> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
        assert!(!validator.is_valid(&serde_json::json!({ "id": "x" })), "the schema takes anything");
    }
}

#[test]
fn positions_fit_the_text_in_every_unit() {
    let bench = Bench::new();
    bench.write("in.txt", TEXT);
    let sentence = |unit: &str| -> (usize, usize) {
        let offsets = format!("output.offsets={unit}");
        let args = ["in.txt", "--set", &offsets, "--set", "output.tokens=true", "-o", "out.jsonl"];
        bench.docmill(&plain_run(&args)).expect(0);
        bench.docmill(&["verify", "out.jsonl"]).expect(0);
        let record: Json = serde_json::from_str(&bench.read("out.jsonl")).unwrap();
        assert_eq!(record["offset_unit"], unit);
        let sentence = &record["sentences"][1];
        assert_eq!(sentence["text"], "Second “sentence” here.");
        let number = |key: &str| usize::try_from(sentence[key].as_u64().unwrap()).unwrap();
        (number("start"), number("end"))
    };
    let (start, end) = sentence("bytes");
    assert_eq!(TEXT.get(start..end), Some("Second “sentence” here."));
    let (start, end) = sentence("codepoint");
    assert_eq!(TEXT.chars().skip(start).take(end - start).collect::<String>(), "Second “sentence” here.");
    let (start, end) = sentence("utf16");
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    assert_eq!(String::from_utf16(&units[start..end]).unwrap(), "Second “sentence” here.");
}

#[test]
fn a_changed_output_does_not_verify() {
    let bench = Bench::new();
    bench.write("in.txt", TEXT);
    let good = bench.docmill(&plain_run(&["in.txt"])).expect(0).stdout;
    bench.write("moved.jsonl", good.replace("\"start\":0", "\"start\":1"));
    let answer = bench.docmill(&["verify", "moved.jsonl"]).expect(1);
    assert!(answer.stdout.contains("moved.jsonl:1"), "{}", answer.stdout);
    bench.write("cut.jsonl", &good.as_bytes()[..good.len() / 2]);
    bench.docmill(&["verify", "cut.jsonl"]).expect(1);
    bench.write("twice.jsonl", format!("{good}{good}"));
    bench.docmill(&["verify", "twice.jsonl"]).expect(1);
}

#[test]
fn the_file_name_chooses_the_compression() {
    let bench = Bench::new();
    bench.write("in.txt", TEXT);
    for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
        bench.docmill(&plain_run(&["in.txt", "-o", name])).expect(0);
        bench.docmill(&["verify", name]).expect(0);
    }
    let plain = bench.read("out.jsonl");
    let mut unpacked = String::new();
    let gz = std::fs::read(bench.path("out.jsonl.gz")).unwrap();
    flate2::read::MultiGzDecoder::new(&gz[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    let zst = std::fs::read(bench.path("out.jsonl.zst")).unwrap();
    assert_eq!(zstd::decode_all(&zst[..]).unwrap(), plain.as_bytes());
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_work() {
    let bench = Bench::new();
    bench.write("in.txt", TEXT);
    let answer = bench.docmill(&plain_run(&["in.txt", "-o", "no/such/folder/out.jsonl"])).expect(2);
    assert!(answer.stderr.contains("no/such/folder"), "{}", answer.stderr);
    assert!(answer.stderr.contains("make the folder first"), "{}", answer.stderr);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let bench = Bench::new();
    for i in 0..300 {
        bench.write(&format!("in/{i}.txt"), TEXT.repeat(50));
    }
    let mut command = bench.command(&plain_run(&["in", "--quiet"]));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
