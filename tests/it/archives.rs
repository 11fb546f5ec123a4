//! Documents out of compressed files, files of many documents, and archives.

use std::io::Write;

use serde_json::{Value as Json, json};

use crate::program::{Bench, plain_run};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// `id: text` of each record, or `id! reason`.
pub fn shown(records: &[Json]) -> Vec<String> {
    let tell = |record: &Json| {
        let id = record["id"].as_str().unwrap();
        match record["error"]["message"].as_str() {
            Some(reason) => format!("{id}! {reason}"),
            None => format!("{id}: {}", record["text"].as_str().unwrap()),
        }
    };
    records.iter().map(tell).collect()
}

#[test]
fn json_lines_keep_their_ids_and_facts() {
    let bench = Bench::new();
    let lines = "{\"id\": \"a-1\", \"text\": \"Osh waits.\", \"title\": \"T\", \"date\": \"20 Sep 2005\", \"desk\": 4}\r\n\n\
                 {\"text\": \"Herat too.\"}\n\
                 {\"text\": \"bad \\ud800 one\", \"id\": \"a-3\"}\n\
                 not json\n\
                 {\"id\": \"a-5\", \"text\": \"Last.\"}";
    bench.write("in/a.jsonl", lines);
    bench.write("in/b.jsonl.gz", gzip(lines.as_bytes()));
    let answer = bench.docmill(&plain_run(&["in/a.jsonl"])).expect(1);
    let records = answer.records();
    assert_eq!(
        shown(&records),
        [
            "a-1: Osh waits.",
            "in/a.jsonl#3: Herat too.",
            "a-3: bad \u{fffd} one",
            "in/a.jsonl#5! not JSON: expected ident at column 2",
            "a-5: Last.",
        ]
    );
    assert_eq!(records[0]["meta"]["title"], "T");
    assert_eq!(records[0]["meta"]["date"], "2005-09-20");
    assert_eq!(records[0]["meta"]["extra"], json!([{ "key": "desk", "value": "4" }]));
    assert_eq!(records[0]["source"]["line"], 1);
    let packed = bench.docmill(&plain_run(&["in/b.jsonl.gz"])).expect(1).records();
    assert_eq!(shown(&packed)[1], "in/b.jsonl.gz#3: Herat too.");
    assert_eq!(shown(&packed)[4], "a-5: Last.");
}

#[test]
fn standard_input_maps_json_lines_to_json_lines() {
    let bench = Bench::new();
    let lines = "{\"key\": 7, \"body\": \"Osh waits.\"}\n{\"key\": 8, \"body\": \"Herat too.\"}\n";
    let fields = ["--set", "input.fields.id=key", "--set", "input.fields.text=body"];
    let args = [&["-", "--input-format", "jsonl"][..], &fields].concat();
    let answer = bench.docmill_with_stdin(&plain_run(&args), lines.as_bytes()).expect(0);
    assert_eq!(shown(&answer.records()), ["7: Osh waits.", "8: Herat too."]);
    let wrong = bench.docmill_with_stdin(&plain_run(&["-", "--input-format", "jsonlines"]), b"").expect(2);
    assert!(wrong.stderr.contains("input.format"), "{}", wrong.stderr);
}

#[test]
fn compression_is_seen_through_by_content() {
    let bench = Bench::new();
    bench.write("in/a.txt.gz", gzip(b"Osh waits."));
    bench.write("in/b.txt", gzip(&gzip(b"Herat too.")));
    bench.write("in/c.txt.gz", "Not packed at all.");
    bench.write("in/d.txt.gz", &gzip(b"Cut off in the middle of things.")[..30]);
    bench.write("in/e", gzip(b"No name."));
    bench.write("in/f.gz", gzip(b"Half a name."));
    let records = bench.docmill(&plain_run(&["in"])).expect(1).records();
    assert_eq!(
        shown(&records),
        [
            "in/a.txt.gz: Osh waits.",
            "in/b.txt: Herat too.",
            "in/c.txt.gz: Not packed at all.",
            "in/d.txt.gz! cannot be read: it ends early (cut off?)",
            "in/f.gz: Half a name.",
        ]
    );
    assert_eq!(shown(&bench.docmill(&plain_run(&["in/e"])).expect(0).records()), ["in/e: No name."]);
}

#[test]
fn a_list_names_inputs() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    bench.write("b/c.txt", "Herat too.");
    bench.write("list", "b\r\n\na.txt\ngone.txt\na.txt\n");
    let answer = bench.docmill(&plain_run(&["--files-from", "list"])).expect(1);
    let records = shown(&answer.records());
    assert_eq!(records[..2], ["b/c.txt: Herat too.", "a.txt: Osh waits."]);
    assert!(records[2].starts_with("gone.txt! "), "{}", records[2]);
    assert_eq!(records.len(), 3);
    let piped = bench.docmill_with_stdin(&plain_run(&["--files-from", "-"]), b"a.txt\n").expect(0);
    assert_eq!(shown(&piped.records()), ["a.txt: Osh waits."]);
}

#[test]
fn globs_choose_files() {
    let bench = Bench::new();
    for name in ["in/a.txt", "in/b.dat", "in/old/c.txt", "in/d.md"] {
        bench.write(name, "Some text.");
    }
    let ids = |sets: &[&str]| {
        let args: Vec<&str> = ["in"].into_iter().chain(sets.iter().flat_map(|set| ["--set", set])).collect();
        let records = bench.docmill(&plain_run(&args)).expect(0).records();
        records.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), ["in/a.txt", "in/d.md", "in/old/c.txt"]);
    assert_eq!(ids(&["input.exclude=[\"old/\", \"*.md\"]"]), ["in/a.txt"]);
    assert_eq!(ids(&["input.include=[\"*.dat\"]"]), ["in/b.dat"]);
    assert_eq!(ids(&["input.formats=[\"markdown\"]"]), ["in/d.md"]);
}

#[test]
fn what_can_be_set_about_inputs_is_told() {
    let bench = Bench::new();
    let shown = bench.docmill(&["stages", "--verbose"]).expect(0).stdout;
    for line in [
        "    input.max_depth (integer, default 8)\n",
        "    input.fields.text (string, default \"text\")\n",
        "\"warc\": A web archive",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
}

/// An archive that was added to may hold two states of a file, of which its directory gives both.
#[test]
fn two_members_of_one_name_both_come_out() {
    let bench = Bench::new();
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("x.txt", "Osh waits."), ("y.txt", "Herat waits."), ("b.txt", "Naryn waits.")] {
            writer.start_file(name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let mut bytes = writer.finish().unwrap().into_inner();
        // No writer gives two members one name.
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, b"y.txt").collect();
        assert_eq!(places.len(), 2, "before the member, and in the directory");
        for at in places {
            bytes[at] = b'x';
        }
        bench.write("a.zip", &bytes);
        let records = bench.docmill(&plain_run(&["a.zip"])).expect(0).records();
        let mut shown = shown(&records);
        shown.sort();
        assert_eq!(
            shown,
            ["a.zip!b.txt: Naryn waits.", "a.zip!x.txt: Herat waits.", "a.zip!x.txt~2: Osh waits."]
        );
    }
}
