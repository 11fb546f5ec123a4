//! Children that behave, and children that do not. None may cost more than its documents, and none may outlive its
//! stage.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use docmill_core::testing::{Conformance, plain_layers};
use docmill_core::{
    BatchStage, BuildContext, BuiltStage, Document, OffsetUnit, StageConfig, StageError, View,
};
use docmill_external::ProcessSettings;
use serde_json::{Value, json};

fn settings(arguments: &[&str], more: &Value) -> ProcessSettings {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/child.py").display().to_string();
    let command = [&["python3", script.as_str()], arguments].concat();
    let mut table = json!({ "command": command, "timeout_seconds": 10 });
    table.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(table).unwrap()
}

fn stage(settings: &mut ProcessSettings) -> Box<dyn BatchStage> {
    settings.prepare("capitals").unwrap();
    let BuiltStage::Batched { factory, .. } = settings.build(&BuildContext::default()).unwrap() else {
        panic!("a batch stage");
    };
    factory().unwrap()
}

/// What comes of these texts: the text of each span found, or the reason.
fn outcomes(stage: &mut dyn BatchStage, texts: &[&str]) -> Vec<Result<String, String>> {
    let named = texts.iter().enumerate().map(|(i, text)| Document::from_text(&i.to_string(), text));
    let mut docs: Vec<Document> = named.collect();
    docs.iter_mut().for_each(plain_layers);
    let results = stage.annotate_batch(&mut docs.iter_mut().collect::<Vec<_>>());
    assert_eq!(results.len(), texts.len());
    results.into_iter().zip(&docs).map(|(result, doc)| outcome(result, doc)).collect()
}

fn outcome(result: Result<(), StageError>, doc: &Document) -> Result<String, String> {
    result.map_err(|error| error.to_string())?;
    let view = View::new(doc, OffsetUnit::Utf16);
    let layer = doc.layers().by_name("capitals").unwrap().record_json(&view).unwrap();
    Ok(layer.as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect())
}

#[test]
fn a_good_child_keeps_what_every_stage_promises() {
    for arguments in [&[][..], &["backwards"]] {
        let mut settings = settings(arguments, &json!({"batch": 3, "timeout_seconds": 60}));
        settings.prepare("capitals").unwrap();
        Conformance::of(&settings).check();
    }
}

#[test]
fn spans_are_code_points_outside() {
    let mut stage = stage(&mut settings(&[], &json!({})));
    let texts = ["🛰️ Душанбе and E\u{301}va\r\nNATO", "", "Ж"];
    assert_eq!(outcomes(&mut *stage, &texts), ["ДENATO", "", "Ж"].map(|found| Ok(found.to_owned())));
}

/// A document at fault between two others: it alone fails, for this reason, and the stage goes on.
#[track_caller]
fn costs_its_document(fault: &str, reason: &str) {
    let begun = Instant::now();
    let more = json!({"timeout_seconds": 3, "max_answer_bytes": 200_000});
    let mut stage = stage(&mut settings(&[], &more));
    let bad = format!("A {fault} text");
    let found = outcomes(&mut *stage, &["Before", &bad, "After"]);
    assert_eq!(found[0], Ok("B".to_owned()));
    assert_eq!(found[2], Ok("A".to_owned()), "the document after {fault}");
    let error = found[1].as_ref().expect_err(fault);
    assert!(error.contains(reason), "{fault}: {error}");
    assert_eq!(outcomes(&mut *stage, &["Later"]), [Ok("L".to_owned())]);
    drop(stage);
    assert!(begun.elapsed() < Duration::from_mins(1), "{fault}: {:?}", begun.elapsed());
}

#[test]
fn an_error_of_the_child_costs_its_document() {
    costs_its_document("REFUSE", "no such text, please");
}

#[test]
fn a_layer_that_does_not_hold_costs_its_document() {
    costs_its_document(
        "SPAN",
        "layer `capitals`/0: 0..12 is no stretch of the text, which has 11 code points",
    );
    costs_its_document("SCHEMA", "layer `capitals`/0/label: ");
    costs_its_document("NOTHING", "the answer has no layer `capitals`");
    costs_its_document("MORE", "the answer has a layer `more`, which it does not provide");
}

#[test]
fn a_child_that_dies_costs_one_document() {
    costs_its_document("DIE", "the process ended before it answered (exit status: 3)");
}

#[test]
fn a_child_that_hangs_costs_one_document() {
    costs_its_document("HANG", "the process gave no answer within 3 s");
}

#[test]
fn a_child_that_talks_nonsense_costs_one_document() {
    costs_its_document("GARBAGE", "violated the protocol: `}{ \u{fffd}[31m no answer` is no answer");
    costs_its_document("NAN", "is no answer");
}

#[test]
fn a_child_that_answers_for_a_stranger_costs_one_document() {
    costs_its_document("STRANGER", "an answer to a document that waits for none");
}

#[test]
fn a_child_that_writes_without_end_costs_one_document() {
    costs_its_document("ENDLESS", "a line of more than 200000 bytes");
}

#[test]
fn a_child_that_closes_its_pipes_costs_one_document() {
    costs_its_document("QUIT", "the process ended before it answered (it closed its output)");
    costs_its_document("CLOSE", "the process gave no answer within 3 s");
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_of_the_child_that_keeps_the_pipes_hangs_nobody_and_ends() {
    // In the child's group, and in a session of its own, after its parent has ended.
    for fork in ["FORK", "FORK SETSID"] {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        costs_its_document(&format!("{fork} {}", pid.display()), "the process gave no answer within 3 s");
        let pid = std::fs::read_to_string(pid).unwrap();
        // It may have ended and still be listed.
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_else(|_| ") Z".to_owned());
        assert!(state.contains(") Z"), "{fork}: {state}");
    }
}

#[test]
fn an_answer_too_many_costs_no_document() {
    // The answers of the others stand, or are asked for again.
    let mut stage = stage(&mut settings(&[], &json!({})));
    for text in ["A TWICE text", "A FLOOD text"] {
        let found = outcomes(&mut *stage, &["Before", text, "After"]);
        assert!(found.iter().all(Result::is_ok), "{text}: {found:?}");
        assert_eq!(outcomes(&mut *stage, &["Later"]), [Ok("L".to_owned())], "{text}");
    }
}

#[test]
fn a_child_that_closes_its_input_is_noticed_before_the_timeout() {
    let mut stage = stage(&mut settings(&["no-requires"], &json!({"batch": 1, "timeout_seconds": 100})));
    let begun = Instant::now();
    // It closes its input at the first document, which is answered by nobody; the second one is more than a pipe holds.
    let long = "x ".repeat(1 << 20);
    let found = outcomes(&mut *stage, &["A DEAF text", &long]);
    assert_eq!(found, [Ok("ADEAF".to_owned()), Ok(String::new())]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn noise_on_standard_error_hangs_nobody() {
    let mut stage = stage(&mut settings(&[], &json!({"timeout_seconds": 20})));
    assert!(outcomes(&mut *stage, &["A NOISE text"])[0].is_ok());
}

#[test]
fn a_child_that_does_not_end_is_ended() {
    let mut stage = stage(&mut settings(&["deaf-to-eof"], &json!({})));
    assert!(outcomes(&mut *stage, &["Text"])[0].is_ok());
    let begun = Instant::now();
    drop(stage);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn after_too_many_failed_starts_there_are_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let flag = format!("fails-after={}", folder.path().join("started").display());
    let mut stage = stage(&mut settings(&[&flag], &json!({"restarts": 2})));
    assert!(outcomes(&mut *stage, &["Text"])[0].is_ok());
    let found = outcomes(&mut *stage, &["DIE", "Text", "Text"]);
    assert!(found[0].as_ref().unwrap_err().contains("(exit status: 5)"), "{found:?}");
    let given_up = "(exit status: 5); it is started no more (`restarts`)";
    assert!(found[2].as_ref().unwrap_err().ends_with(given_up), "{found:?}");
    let begun = Instant::now();
    let many = outcomes(&mut *stage, &["Text"; 500]);
    assert!(many.iter().all(Result::is_err) && begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_child_that_has_become_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let count = format!("count-starts={}", folder.path().join("count").display());
    let mut stage = stage(&mut settings(&[&count], &json!({})));
    let found = outcomes(&mut *stage, &["DIE"]);
    let error = found[0].as_ref().unwrap_err();
    assert!(error.contains("identifies itself differently: capitals 2, not capitals 1"), "{error}");
}

#[track_caller]
fn refused(mut settings: ProcessSettings, reason: &str) {
    let error = settings.prepare("capitals").unwrap_err().to_string();
    assert!(error.contains(reason), "{error}");
}

#[test]
fn a_wrong_start_is_told_before_the_run() {
    refused(settings(&["chatty"], &json!({})), "its first line, `Loading the model...`: not JSON");
    refused(
        settings(&["dies-at-start"], &json!({})),
        "the process ended before it answered (exit status: 4)",
    );
    refused(settings(&["protocol-2"], &json!({})), "it speaks protocol 2, this docmill speaks 1");
    refused(settings(&["no-hello"], &json!({"start_seconds": 0.5})), "no answer within 0.5 s");
    refused(
        settings(&[], &json!({"command": []})),
        "setting `command`: there is none; write in [process.capitals]",
    );
    refused(settings(&[], &json!({"command": ["no-such-program"]})), "`no-such-program` cannot be started");
    refused(
        settings(&[], &json!({"timeout_seconds": -1.0})),
        "setting `timeout_seconds`: -1 is no time to wait",
    );
}

#[test]
fn the_identity_is_command_files_and_handshake() {
    let mut one = settings(&[], &json!({"batch": 3}));
    one.prepare("capitals").unwrap();
    let identity = one.identity(json!({}));
    assert_eq!(identity["handshake"]["version"], "1");
    assert_eq!(identity["command"][0], "python3");
    let files = one.model_files(&BuildContext::default()).unwrap();
    assert_eq!(
        files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
        ["process.capitals/child.py"]
    );
    let mut two = settings(&[], &json!({"batch": 1, "workers": 4, "timeout_seconds": 5}));
    two.prepare("capitals").unwrap();
    assert_eq!(two.identity(json!({})), identity);
    let requires: Vec<&str> = one.requires().iter().map(docmill_core::LayerKey::name).collect();
    assert_eq!(requires, ["sentences"]);
}
