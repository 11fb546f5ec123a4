//! Journals on disk.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::PathBuf;

use docmill_journal::{Changes, Ending, Entry, Journal, JournalError, Recovered};
use proptest::prelude::*;
use serde_json::json;

struct Files {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn files() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl.journal");
    Files { _folder: folder, path }
}

fn entry(id: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        sha256: Some(format!("hash of {id}")),
        bytes: 7,
        modified: Some(1),
        ending: Ending::Ok,
        line: 40,
        signature: (id != "a").then(|| format!("signature of {id}")),
    }
}

fn open(files: &Files) -> (Journal<u64>, Option<Recovered<u64>>) {
    let journal = Journal::open(&files.path).unwrap();
    let recovered = journal.recovered().unwrap();
    (journal, recovered)
}

/// Commits after `a b` and after `c`; `d` is not committed.
fn filled(files: &Files) {
    let (mut journal, recovered) = open(files);
    assert_eq!(recovered, None);
    journal.begin(json!({"docmill": "1"})).unwrap();
    for (id, commit) in [("a", None), ("b", Some(20)), ("c", Some(30)), ("d", None)] {
        journal.note(&entry(id)).unwrap();
        if let Some(state) = commit {
            journal.commit(&state).unwrap();
        }
    }
    assert!(journal.pending() > 0);
}

fn ids(journal: &Journal<u64>, recovered: &Recovered<u64>, checkpoint: usize) -> Vec<String> {
    journal.entries(&recovered.checkpoints[checkpoint]).unwrap().map(|e| e.unwrap().id).collect()
}

#[test]
fn what_was_committed_comes_back_and_nothing_else() {
    let files = files();
    filled(&files);
    let (mut journal, recovered) = open(&files);
    let recovered = recovered.unwrap();
    assert_eq!(recovered.facts, json!({"docmill": "1"}));
    assert_eq!(recovered.done, None);
    assert_eq!(
        recovered.checkpoints.iter().map(|m| (m.inputs, m.state)).collect::<Vec<_>>(),
        [(2, 20), (3, 30)]
    );
    assert_eq!(ids(&journal, &recovered, 0), ["a", "b"]);
    assert_eq!(ids(&journal, &recovered, 1), ["a", "b", "c"]);

    journal.resume(&recovered.checkpoints[0]).unwrap();
    journal.note(&entry("x")).unwrap();
    journal.commit(&25).unwrap();
    journal.done(&26).unwrap();
    drop(journal);
    let (journal, recovered) = open(&files);
    let recovered = recovered.unwrap();
    assert_eq!((recovered.done, recovered.checkpoints.len()), (Some(26), 2));
    assert_eq!(ids(&journal, &recovered, 1), ["a", "b", "x"]);
    journal.remove().unwrap();
    assert!(!files.path.exists());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Wherever the file is cut, the commits before the cut count, and nothing behind it, though it may look well.
    #[test]
    fn a_torn_journal_counts_up_to_its_last_whole_commit(cut: proptest::sample::Index, zeros in 1usize..40) {
        let files = files();
        filled(&files);
        let whole = fs::read(&files.path).unwrap();
        let whole = &whole[..cut.index(whole.len() + 1)];
        fs::write(&files.path, [whole, &vec![0; zeros], b"\n{\"commit\":99}\n"].concat()).unwrap();
        // A first line that is damaged is refused.
        let recovered = Journal::<u64>::open(&files.path).unwrap().recovered().unwrap_or_default();
        let states: Vec<u64> = recovered.map_or(vec![], |recovered| recovered.checkpoints.iter().map(|m| m.state).collect());
        let text = String::from_utf8_lossy(whole);
        let mut expected = vec![20, 30];
        expected.retain(|state| {
            let commit = format!("{{\"commit\":{state}}} ");
            text.split_inclusive('\n').any(|line| line.starts_with(&commit) && line.ends_with('\n'))
        });
        prop_assert_eq!(states, expected);
    }
}

#[test]
fn two_cannot_write_one_output() {
    let files = files();
    let (_journal, _) = open(&files);
    let error = Journal::<u64>::open(&files.path).unwrap_err();
    assert!(matches!(error, JournalError::Busy { .. }));
    let message = error.to_string();
    // What runs this test.
    let who = if cfg!(target_os = "linux") {
        format!("process {} (", std::process::id())
    } else {
        "docmill".into()
    };
    assert!(message.contains(&who), "{message}");
}

/// One ends while another waits for its lock, and a third begins.
#[test]
fn a_lock_on_a_journal_that_was_removed_counts_for_nothing() {
    let files = files();
    let (journal, _) = open(&files);
    let path = files.path.clone();
    let waiting = std::thread::spawn(move || Journal::<u64>::open(&path).map(drop));
    std::thread::sleep(std::time::Duration::from_millis(300));
    journal.remove().unwrap();
    let third = Journal::<u64>::open(&files.path).unwrap();
    drop(journal);
    let waited = waiting.join().unwrap();
    assert!(matches!(waited, Err(JournalError::Finished { .. })), "{waited:?}");
    third.check().unwrap();
}

#[test]
fn a_journal_that_was_replaced_is_neither_written_nor_removed() {
    let files = files();
    let (mut journal, _) = open(&files);
    journal.begin(json!({})).unwrap();
    fs::remove_file(&files.path).unwrap();
    let (mut other, _) = open(&files);
    other.begin(json!({"other": true})).unwrap();
    let content = fs::read(&files.path).unwrap();
    assert!(matches!(journal.commit(&1), Err(JournalError::Gone { .. })));
    assert!(matches!(journal.done(&1), Err(JournalError::Gone { .. })));
    assert!(matches!(journal.remove(), Err(JournalError::Gone { .. })));
    assert_eq!(fs::read(&files.path).unwrap(), content);
}

/// Whichever byte changes, what counts is what stood before its line; or the journal is refused.
#[test]
fn a_changed_byte_costs_its_line_and_what_follows() {
    let files = files();
    filled(&files);
    let whole = fs::read(&files.path).unwrap();
    let recovered = open(&files).1.unwrap();
    let header = whole.iter().position(|&byte| byte == b'\n').unwrap();
    let mut refused = 0;
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1 + (at % 255) as u8;
        fs::write(&files.path, &changed).unwrap();
        let journal = Journal::<u64>::open(&files.path).unwrap();
        match journal.recovered() {
            Ok(Some(found)) => {
                assert!(at > header && found.facts == recovered.facts && found.done.is_none());
                assert!(
                    found.checkpoints.len() < 2
                        && found.checkpoints[..] == recovered.checkpoints[..found.checkpoints.len()],
                    "byte {at}"
                );
            }
            Ok(None) => panic!("byte {at}: damage is taken for an empty journal"),
            Err(error) => {
                assert!(at <= header && error.to_string().contains("--restart"), "byte {at}: {error}");
                refused += 1;
            }
        }
    }
    assert!(refused > 10);
}

#[test]
fn a_journal_of_another_form_is_told() {
    let files = files();
    fs::write(&files.path, "{\"journal\":{\"version\":9,\"facts\":{}}}\n").unwrap();
    let error = Journal::<u64>::open(&files.path).unwrap().recovered().unwrap_err().to_string();
    assert!(error.contains("form 9, this program knows 2") && error.contains("--restart"), "{error}");
}

#[test]
fn a_journal_that_is_gone_is_told_at_the_next_commit() {
    let files = files();
    let (mut journal, _) = open(&files);
    journal.begin(json!({})).unwrap();
    fs::remove_file(&files.path).unwrap();
    journal.note(&entry("a")).unwrap();
    assert!(matches!(journal.commit(&1), Err(JournalError::Gone { .. })));
}

/// What is told when `a b c` are done and the inputs are these now.
fn changes(now: &[&str]) -> (Changes, Vec<String>) {
    let files = files();
    filled(&files);
    let (journal, recovered) = open(&files);
    let checkpoint = &recovered.unwrap().checkpoints[1];
    let mut inputs = now.iter();
    let content = |id: &str| format!("hash of {id}");
    let found = Changes::find(
        || journal.entries(checkpoint),
        &mut inputs,
        |input| input.trim_end_matches('*').to_owned(),
        |input, entry| entry.same_content(Some(&content(input)), 7),
    )
    .unwrap();
    (found, inputs.map(|&id| id.to_owned()).collect())
}

#[test]
fn the_walk_goes_on_behind_what_is_done() {
    let (found, rest) = changes(&["a", "b", "c", "d", "e"]);
    assert!(!found.any());
    assert_eq!(found.same, 3);
    assert_eq!(rest, ["d", "e"]);
}

#[test]
fn changed_added_and_removed_inputs_are_named() {
    let (found, _) = changes(&["a", "b*", "c", "d"]);
    assert_eq!((&found.changed.names[..], found.same), (&["b".to_owned()][..], 1));
    assert_eq!(found.added.count + found.removed.count, 0);

    let (found, _) = changes(&["a", "new", "b", "c*", "d"]);
    assert_eq!((&found.added.names[..], &found.changed.names[..]), (&["new".into()][..], &["c".into()][..]));
    assert_eq!(found.same, 1);

    let (found, _) = changes(&["b", "c", "d", "e"]);
    assert_eq!((&found.removed.names[..], found.added.count, found.same), (&["a".into()][..], 0, 0));

    let (found, _) = changes(&["a"]);
    assert_eq!(found.removed.names, ["b", "c"]);
}

#[test]
fn every_change_is_counted_and_ten_are_named() {
    let many: Vec<String> = (0..25).map(|i| format!("new{i:02}")).collect();
    let now: Vec<&str> = many.iter().map(String::as_str).chain(["a", "b", "c"]).collect();
    let (found, _) = changes(&now);
    assert_eq!((found.added.count, found.added.names.len()), (25, 10));
    assert_eq!(found.added.names[0], "new00");
}
