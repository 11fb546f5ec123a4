//! Outputs on disk: whole or not at all, gone on with, cut into parts.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use docmill_core::Source;
use docmill_jsonl::{
    Compression, FailedDocument, InOrder, JsonlError, Layout, Output, Position, Quarantine, Reader, RunInfo,
    Seal, Shards, discard, publish,
};
use serde_json::json;

fn file(path: &Path) -> Layout {
    Layout::file(path).unwrap()
}

fn finish(mut output: Output, layout: &Layout) {
    let mut info = RunInfo::new("1", json!({}), vec![], &[]).unwrap().of(&output.seal().unwrap());
    info.shards = layout.shards();
    info.write(layout).unwrap();
    publish(layout).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        let path = folder.path().join(name);
        let partial = folder.path().join(format!("{name}.partial"));
        let layout = file(&path);
        let mut output = Output::create(&layout).unwrap();
        output.write(b"{\"a\":1}\n").unwrap();
        assert!(!path.exists() && partial.exists());
        finish(output, &layout);
        assert!(path.exists() && !partial.exists());
        let mut reader = Reader::open(&path).unwrap();
        assert_eq!(reader.next_line().unwrap(), Some((1, &b"{\"a\":1}"[..])));
        assert_eq!(reader.next_line().unwrap(), None);

        let bytes = fs::read(&path).unwrap();
        let mut unfinished = Output::create(&layout).unwrap();
        unfinished.write(b"other\n").unwrap();
        drop(unfinished);
        assert_eq!(fs::read(&path).unwrap(), bytes, "an older output stays until the new one is complete");

        let mut again = Output::create(&layout).unwrap();
        again.write(b"{\"a\":1}\n").unwrap();
        finish(again, &layout);
        assert_eq!(fs::read(&path).unwrap(), bytes, "the same lines give the same bytes");
    }
    let missing = file(Path::new("/nowhere/at/all.jsonl"));
    let missing = Output::create(&missing).err().unwrap().to_string();
    assert!(
        missing.contains("/nowhere/at/all.jsonl.partial: ") && missing.contains("make the folder first"),
        "{missing}"
    );
    assert!(Layout::file(folder.path()).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn devices_and_links_are_not_replaced() {
    use std::os::unix::fs::{FileTypeExt, symlink};

    let layout = file(Path::new("/dev/null"));
    let mut null = Output::create(&layout).unwrap();
    null.write(b"x\n").unwrap();
    assert!(!null.can_commit());
    finish(null, &layout);
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());

    let mut full = Output::create(&file(Path::new("/dev/full"))).unwrap();
    let written = full.write(&vec![b'x'; 1 << 20]).unwrap_err().to_string();
    assert!(written.contains("/dev/full: ") && written.contains("; free some space"), "{written}");

    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.jsonl"), folder.path().join("link.jsonl"));
    fs::write(&real, "old").unwrap();
    symlink(&real, &link).unwrap();
    let layout = file(&link);
    let mut output = Output::create(&layout).unwrap();
    output.write(b"new\n").unwrap();
    finish(output, &layout);
    assert!(link.is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"new\n");
}

/// Lines of different lengths; enough of them for several frames by number and by bytes.
fn lines() -> Vec<Vec<u8>> {
    let line = |i: usize| {
        let length = if i == 700 { 1_200_000 } else { i * 37 % 900 };
        let noise: String = (0..length).map(|j| char::from(b'a' + (i * 31 + j * j) as u8 % 26)).collect();
        format!("{{\"id\":\"{i}\",\"text\":\"{noise}\"}}\n").into_bytes()
    };
    (0..1500).map(line).collect()
}

fn layouts(folder: &Path) -> Vec<Layout> {
    let parts =
        |name: &str, shards, compression| Layout::folder(&folder.join(name), shards, compression).unwrap();
    vec![
        file(&folder.join("x.jsonl")),
        file(&folder.join("x.jsonl.gz")),
        file(&folder.join("x.jsonl.zst")),
        parts("bytes", Shards::Bytes(60_000), Compression::Zstd),
        parts("documents", Shards::Documents(333), Compression::None),
        parts("turns", Shards::Parts(3), Compression::Gzip),
    ]
}

/// Every file of an output with its bytes.
fn content(layout: &Layout) -> Vec<(String, Vec<u8>)> {
    let path = layout.name();
    if path.is_file() {
        return vec![(String::new(), fs::read(path).unwrap())];
    }
    names(path).into_iter().map(|name| (name.clone(), fs::read(path.join(name)).unwrap())).collect()
}

#[test]
fn an_output_that_was_broken_off_anywhere_ends_with_the_same_bytes() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let lines = lines();
    for (layout, other) in layouts(whole.path()).iter().zip(&layouts(broken.path())) {
        let mut output = Output::create(layout).unwrap();
        for line in &lines {
            output.write(line).unwrap();
        }
        finish(output, layout);

        let mut output = Output::create(other).unwrap();
        let (mut at, mut positions) = (0, vec![output.commit().unwrap()]);
        for (end, commit_every) in [(300, 40), (1000, 30), (1001, 1), (1499, 400)] {
            for (i, line) in lines.iter().enumerate().take(end).skip(at) {
                output.write(line).unwrap();
                if i % commit_every == 0 && output.can_commit() {
                    at = i + 1;
                    positions.push(output.commit().unwrap());
                }
            }
            drop(output);
            let position = Position::joined(&positions);
            assert!(Output::reaches(other, &position));
            output = Output::resume(other, &position).unwrap();
            lines.iter().take(at).for_each(|line| output.pass(line.len() as u64));
            output.check_passed(other, &position).unwrap();
        }
        assert!(at >= 3 * 256, "{at} lines were committed");
        lines.iter().skip(at).for_each(|line| output.write(line).unwrap());
        finish(output, other);
        assert!(content(layout) == content(other), "{}", layout.name().display());

        let mut reader = InOrder::open(other.name()).unwrap();
        for line in &lines {
            assert_eq!(reader.next_line().unwrap(), line.strip_suffix(b"\n"));
        }
        assert_eq!(reader.next_line().unwrap(), None);
    }
}

#[test]
fn an_output_that_is_stopped_ends_with_a_whole_frame() {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines();
    for (name, kept) in [("x.jsonl", 300), ("x.jsonl.zst", 256), ("x.jsonl.gz", 256)] {
        let layout = file(&folder.path().join(name));
        let mut output = Output::create(&layout).unwrap();
        let short = lines.iter().filter(|line| line.len() < 2000);
        short.take(300).for_each(|line| output.write(line).unwrap());
        output.stop().unwrap();
        let stopped = folder.path().join(format!("stopped-{name}"));
        fs::rename(layout.partial(), &stopped).unwrap();
        let mut reader = Reader::open(&stopped).unwrap();
        let mut count = 0;
        while reader.next_line().unwrap().is_some() {
            count += 1;
        }
        assert_eq!(count, kept, "{name}");
    }
}

#[test]
fn a_position_that_the_files_do_not_reach_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let layout = file(&folder.path().join("x.jsonl"));
    let mut output = Output::create(&layout).unwrap();
    output.write(b"{}\n").unwrap();
    let position = output.commit().unwrap();
    assert!(Output::reaches(&layout, &position));
    let longer = |seal: &Seal, by| Seal { bytes: seal.bytes + by, ..seal.clone() };
    let too_far = Position { open: vec![longer(&position.open[0], 1)], ..Position::default() };
    assert!(!Output::reaches(&layout, &too_far));
    let parts =
        Layout::folder(&folder.path().join("parts"), Shards::Documents(1), Compression::None).unwrap();
    let mut output = Output::create(&parts).unwrap();
    (0..3).for_each(|_| output.write(b"{}\n").unwrap());
    let position = output.commit().unwrap();
    assert_eq!((position.closed.len(), position.open.len(), position.open[0].bytes), (2, 1, 3));
    assert_eq!(position.closed[0], position.open[0]);
    assert!(Output::reaches(&parts, &position));
    fs::remove_file(parts.partial().join("part-00001.jsonl")).unwrap();
    assert!(!Output::reaches(&parts, &position));
}

#[test]
fn a_folder_that_is_gone_is_told_at_the_next_commit() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let layout = file(&inner.join("x.jsonl"));
    let mut output = Output::create(&layout).unwrap();
    output.write(b"{}\n").unwrap();
    output.commit().unwrap();
    fs::remove_dir_all(&inner).unwrap();
    output.write(b"{}\n").unwrap();
    assert!(matches!(output.commit(), Err(JsonlError::Gone(_))));
}

#[test]
fn a_new_folder_takes_the_place_of_an_earlier_one_and_of_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("parts");
    let write = |count: usize| {
        // A slash at the end is no part of the name.
        let name = format!("{}/", path.display());
        let layout = Layout::folder(Path::new(&name), Shards::Documents(1), Compression::None).unwrap();
        let mut output = Output::create(&layout).unwrap();
        (0..count).for_each(|_| output.write(b"{}\n").unwrap());
        finish(output, &layout);
        // After a crash in between, once more.
        publish(&layout).unwrap();
    };
    write(3);
    assert_eq!(names(&path), ["part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl", "run.json"]);
    write(1);
    assert_eq!(names(&path), ["part-00000.jsonl", "run.json"]);
    assert_eq!(names(folder.path()), ["parts"]);

    fs::write(path.join("letter.txt"), "dear").unwrap();
    let error = Layout::folder(&path, Shards::Parts(2), Compression::None).unwrap_err().to_string();
    assert!(error.contains("letter.txt"), "{error}");
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(Layout::folder(&file, Shards::Parts(2), Compression::None).is_err());
    assert!(Layout::folder(Path::new(".."), Shards::Parts(2), Compression::None).is_err());
}

#[test]
fn a_part_that_is_missing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let layout =
        Layout::folder(&folder.path().join("parts"), Shards::Documents(1), Compression::None).unwrap();
    let mut output = Output::create(&layout).unwrap();
    (0..2).for_each(|_| output.write(b"{}\n").unwrap());
    finish(output, &layout);
    fs::remove_file(layout.name().join("part-00001.jsonl")).unwrap();
    let mut reader = Reader::open(layout.name()).unwrap();
    assert!(reader.next_line().unwrap().is_some());
    let error = reader.next_line().unwrap_err().to_string();
    assert!(error.contains("part-00001.jsonl"), "{error}");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert!(Reader::open(&empty).err().unwrap().to_string().contains("a folder without part-00000.jsonl"));
}

#[test]
fn a_quarantine_comes_and_goes_with_its_output() {
    let folder = tempfile::tempdir().unwrap();
    let layout = file(&folder.path().join("out.jsonl.zst"));
    let failed = FailedDocument {
        id: "in/a.txt".to_owned(),
        source: Source { path: "in/a.txt".to_owned(), ..Source::default() },
        stage: Some("ner".to_owned()),
        message: "broke".to_owned(),
        causes: vec!["because".to_owned()],
        attempt: 1,
    };
    let run = |failures: usize| {
        let output = Output::create(&layout).unwrap();
        let mut quarantine = Quarantine::create(&layout).unwrap();
        (0..failures).for_each(|_| quarantine.write(&failed).unwrap());
        let seal = quarantine.commit().unwrap();
        let longer = Seal { bytes: seal.bytes + 1, ..seal.clone() };
        assert!(Quarantine::reaches(&layout, &seal) && !Quarantine::reaches(&layout, &longer));
        finish(output, &layout);
    };
    run(2);
    assert_eq!(names(folder.path()), ["out.failed.jsonl", "out.jsonl.zst", "out.run.json"]);
    assert_eq!(Quarantine::read(&layout.quarantine()).unwrap(), [failed.clone(), failed.clone()]);
    run(0);
    assert_eq!(names(folder.path()), ["out.jsonl.zst", "out.run.json"]);

    drop((Output::create(&layout).unwrap(), Quarantine::create(&layout).unwrap()));
    discard(&layout).unwrap();
    assert_eq!(names(folder.path()), ["out.jsonl.zst", "out.run.json"]);
}

/// Whichever byte of what was committed changes, resuming is refused, and the file named.
#[test]
fn a_committed_byte_that_changed_is_refused_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines();
    for layout in layouts(folder.path()) {
        let mut output = Output::create(&layout).unwrap();
        let mut positions = Vec::new();
        for line in lines.iter().take(700) {
            output.write(line).unwrap();
            if output.can_commit() {
                positions.push(output.commit().unwrap());
            }
        }
        drop(output);
        let position = Position::joined(&positions);
        let partial = layout.partial();
        let files = if partial.is_dir() { names(&partial) } else { vec![String::new()] };
        for (i, seal) in position.closed.iter().chain(&position.open).enumerate() {
            let path = if files[i].is_empty() { partial.clone() } else { partial.join(&files[i]) };
            let content = fs::read(&path).unwrap();
            for at in [0, seal.bytes / 2, seal.bytes - 1] {
                let mut changed = content.clone();
                changed[at as usize] ^= 1;
                fs::write(&path, &changed).unwrap();
                let error = Output::resume(&layout, &position).err().unwrap().to_string();
                assert!(
                    error.contains(&path.display().to_string()) && error.contains("changed since"),
                    "{error}"
                );
            }
            fs::write(&path, &content).unwrap();
        }
        drop(Output::resume(&layout, &position).unwrap());
    }
}

#[test]
fn a_changed_run_json_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let layout = file(&folder.path().join("x.jsonl"));
    let mut output = Output::create(&layout).unwrap();
    output.write(b"{}\n").unwrap();
    finish(output, &layout);
    let path = layout.run_info();
    let info = RunInfo::read(&path).unwrap();
    assert_eq!(info.file.as_ref().unwrap().bytes, 3);
    let json = fs::read(&path).unwrap();
    for at in 0..json.len() {
        let mut changed = json.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        // Harmless where the meaning is the same: a space, or the name of the checksum itself.
        if let Ok(read) = RunInfo::read(&path) {
            assert_eq!(read, info, "byte {at}");
        }
    }
}
