//! Bad input costs itself, with its reason, and nothing else.

use serde_json::Value as Json;

use crate::program::{Bench, plain_run};

fn by_id(records: &[Json], id: &str) -> Json {
    records.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no record {id}")).clone()
}

#[test]
fn each_bad_file_is_told_with_its_reason() {
    let bench = Bench::new();
    bench.write("in/a-good.txt", "Good text about Osh.");
    bench.write("in/empty.txt", "");
    bench.write("in/blank.txt", " \r\n\t\n");
    bench.write("in/latin.txt", b"first line\nthen \xe9 in Latin-1");
    bench.write("in/damaged.txt", b"\xe2\x80\x9cOsh\xe2\x80\x9d and \xff more.");
    bench.write("in/binary.txt", b"\x7fELF\x02\x01\x01\x00\x00");
    bench.write("in/utf16.txt", b"\xff\xfeO\x00s\x00h\x00");
    bench.write("in/emoji.txt", "👩‍👩‍👧🚀🇹🇯");
    bench.write("in/long-line.txt", "naryn ".repeat(50 * 1024 * 1024 / 6 + 1));
    bench.write("in/z-good.txt", "\u{feff}More good text.\r\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.txt", bench.path("in/link.txt")).unwrap();

    let answer = bench.docmill(&plain_run(&["in", "--set", "input.max_bytes=33554432"])).expect(1);
    let records = answer.records();
    let reason = |id: &str| {
        let record = by_id(&records, id);
        assert_eq!(record["status"], "failed", "{id}");
        let reason = record["error"]["message"].as_str().unwrap().to_owned();
        assert!(answer.stderr.contains(&reason), "{id}: stderr does not tell {reason}");
        reason
    };
    assert!(reason("in/empty.txt").contains("the file is empty"));
    assert!(reason("in/blank.txt").contains("white space only"));
    assert!(reason("in/binary.txt").contains("a program, which is not read"));
    assert!(reason("in/long-line.txt").contains("input.max_bytes"));
    if cfg!(unix) {
        assert!(reason("in/link.txt").contains("No such file"));
    }
    for (id, text) in [
        ("in/a-good.txt", "Good text about Osh."),
        ("in/latin.txt", "first line\nthen é in Latin-1"),
        ("in/damaged.txt", "“Osh” and \u{fffd} more."),
        ("in/utf16.txt", "Osh"),
        ("in/emoji.txt", "👩‍👩‍👧🚀🇹🇯"),
        ("in/z-good.txt", "More good text.\r\n"),
    ] {
        let record = by_id(&records, id);
        assert_eq!((&record["status"], &record["text"]), (&"ok".into(), &text.into()), "{id}");
    }
    // What was done to read a text stands in its record.
    let read = |id: &str| {
        let source = &by_id(&records, id)["source"];
        (source["encoding"].as_str().unwrap_or_default().to_owned(), source["replaced"].as_u64().unwrap())
    };
    assert_eq!(read("in/a-good.txt"), ("UTF-8".to_owned(), 0));
    assert_eq!(read("in/latin.txt"), ("windows-1252".to_owned(), 0));
    assert_eq!(read("in/damaged.txt"), ("UTF-8".to_owned(), 1));
    assert_eq!(read("in/utf16.txt"), ("UTF-16LE".to_owned(), 0));
    assert_eq!(read("in/binary.txt"), (String::new(), 0));
    // Every key stands on every line, whatever became of the document.
    let keys = |r: &Json| r.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for record in &records {
        assert_eq!(keys(record), keys(&records[0]));
    }
}

#[test]
fn a_long_single_line_runs() {
    let bench = Bench::new();
    bench.write("long.txt", "naryn ".repeat(50 * 1024 * 1024 / 6));
    let args = ["long.txt", "-o", "out.jsonl"];
    bench.docmill(&plain_run(&args)).expect(0);
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let bench = Bench::new();
    bench.write("in/good.txt", "Good text.");
    bench.write("in/secret.txt", "Secret text.");
    bench.write("in/closed/inner.txt", "Inner text.");
    let mode = |name: &str, mode: u32| {
        fs::set_permissions(bench.path(name), Permissions::from_mode(mode)).unwrap();
    };
    mode("", 0o755);
    mode("in/secret.txt", 0o000);
    mode("in/closed", 0o000);
    let mut command = bench.command(&plain_run(&["in"]));
    if fs::read(bench.path("in/secret.txt")).is_ok() {
        // Root may read everything, so the program runs as nobody: as a copy, since nobody may be kept out of the
        // build folder.
        let program = bench.path("docmill");
        fs::copy(env!("CARGO_BIN_EXE_docmill"), &program).unwrap();
        let as_nobody = |args: &[&str]| {
            let mut command = std::process::Command::new(&program);
            command.current_dir(bench.path("")).args(args).uid(65534).gid(65534);
            command
        };
        if !as_nobody(&["--version"]).output().is_ok_and(|output| output.status.success()) {
            // With rust-bert it needs libtorch, which may lie in root's own folder. The plain build has no excuse.
            if cfg!(feature = "rust-bert") {
                return;
            }
            panic!("nobody cannot run the program");
        }
        command = as_nobody(&plain_run(&["in"]));
    }
    let output = command.output().unwrap();
    mode("in/closed", 0o755);
    let records: Vec<Json> =
        output.stdout.split(|&b| b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    for id in ["in/secret.txt", "in/closed"] {
        let message = by_id(&records, id)["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.to_lowercase().contains("permission denied"), "{id}: {message}");
    }
    assert_eq!(by_id(&records, "in/good.txt")["status"], "ok");
}

#[cfg(unix)]
#[test]
fn a_pipe_or_device_is_not_waited_for() {
    let bench = Bench::new();
    bench.write("in/good.txt", "Good text.");
    let answer = bench.docmill(&plain_run(&["/dev/zero", "in"])).expect(1);
    assert!(answer.stderr.contains("/dev/zero: not a regular file"), "{}", answer.stderr);
    assert_eq!(by_id(&answer.records(), "in/good.txt")["status"], "ok");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let bench = Bench::new();
    bench.write("in/good.txt", "Good text.");
    std::os::unix::fs::symlink("..", bench.path("in/up")).unwrap();
    let answer = bench.docmill(&plain_run(&["in"])).expect(1);
    assert!(answer.stderr.contains("in/up: a link back to"), "{}", answer.stderr);
    assert_eq!(by_id(&answer.records(), "in/good.txt")["status"], "ok");
}
