//! The promises of the executor and the plan, tried with small stages that misbehave on purpose.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use docmill_core::serde::Deserialize;
use docmill_core::settings::{Node, Origin};
use docmill_core::{
    BatchStage, BuildContext, BuiltStage, Document, Layer, LayerKey, Replicas, Source, Stage, StageConfig,
    StageEntry, StageError, View, schemars,
};
use docmill_engine::{
    Finished, Job, Limits, Outcome, Pipeline, Plan, PlannedStage, Registry, RunStats, Status, Unreadable, run,
};

/// Length of the text, from the first stage.
#[derive(Debug)]
struct Length(usize);

impl Layer for Length {
    const NAME: &'static str = "length";
    const IN_RECORD: bool = false;
    type Record = usize;
    fn record(&self, _view: &View<'_>) -> usize {
        self.0
    }
}

/// Twice the length, from the second.
#[derive(Debug)]
struct Double(usize);

impl Layer for Double {
    const NAME: &'static str = "double";
    const JOINS: bool = true;
    type Record = usize;
    fn record(&self, _view: &View<'_>) -> usize {
        self.0
    }
    fn append(&mut self, next: Self) {
        self.0 += next.0;
    }
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(crate = "docmill_core::serde", default, deny_unknown_fields)]
#[schemars(crate = "docmill_core::schemars")]
struct Measure {}

impl StageConfig for Measure {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Length>()]
    }
    fn build(&self, _: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(Measurer))
    }
}

struct Measurer;

impl Stage for Measurer {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        match doc.text() {
            "panic" => panic!("on purpose"),
            "fail" => return Err(StageError::Document("refused".to_owned())),
            "cause" => {
                let outer = StageError::caused("reading", io::Error::other("disk gone"));
                return Err(StageError::caused("looking up", outer));
            }
            "filter" => doc.filter_out("not wanted"),
            "forget" => return Ok(()),
            _ => {}
        }
        let length = Length(doc.text().len());
        doc.layers_mut().insert(length);
        Ok(())
    }
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(crate = "docmill_core::serde", default, deny_unknown_fields)]
#[schemars(crate = "docmill_core::schemars")]
struct DoubleSettings {}

impl StageConfig for DoubleSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Length>()]
    }
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Double>()]
    }
    fn build(&self, _: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::batched(Replicas::Exactly(NonZeroUsize::MIN), || Ok(Doubler { used: false })))
    }
}

struct Doubler {
    used: bool,
}

impl BatchStage for Doubler {
    fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        assert!(!self.used, "an instance that panicked is used again");
        self.used = docs.iter().any(|doc| doc.text() == "batch panic");
        assert!(!self.used, "on purpose");
        if docs.len() > 1 && docs.iter().any(|doc| doc.text() == "miscount") {
            return Vec::new();
        }
        for doc in docs.iter_mut() {
            let length = doc.require::<Length>().expect("the plan promises it").0;
            doc.layers_mut().insert(Double(2 * length));
        }
        docs.iter().map(|_| Ok(())).collect()
    }
}

const STAGES: &[StageEntry] = &[
    StageEntry::new::<Measure>("measure", "measures"),
    StageEntry::new::<DoubleSettings>("double", "doubles"),
];

fn planned(keys: &[&str]) -> Result<Plan, String> {
    let registry = Registry::new(&[STAGES]).unwrap();
    let stage = |(i, key): (usize, &&str)| {
        let origin = Origin { place: "my.toml".into(), line: Some(i + 1) };
        let table = Node::empty_table(origin.clone());
        let config = registry.get(key).unwrap().parse(&table).unwrap();
        PlannedStage { key: (*key).to_owned(), origin, table, config, when: None }
    };
    Plan::new(keys.iter().enumerate().map(stage).collect(), &registry).map_err(|e| e.to_string())
}

fn pipeline(jobs: usize) -> Pipeline {
    let context = BuildContext { jobs: NonZeroUsize::new(jobs).unwrap(), ..BuildContext::default() };
    planned(&["measure", "double"]).unwrap().build(&context).unwrap()
}

struct Texts;

impl Job for Texts {
    type Input = String;
    type Output = String;
    type Context = usize;

    fn bytes(&self, input: &String) -> usize {
        input.len()
    }
    fn id(&self, input: &String) -> String {
        self.source(input).id()
    }
    fn source(&self, input: &String) -> Source {
        Source { path: format!("id of {input}"), ..Source::default() }
    }
    fn open(&self, input: String) -> Result<(Document, usize), Box<Unreadable>> {
        let source = self.source(&input);
        match input.as_str() {
            "unreadable" => {
                Err(Box::new(Unreadable { id: source.id(), source, message: "no such text".to_owned() }))
            }
            "open panic" => panic!("on purpose"),
            _ => Ok((Document::from_text(&source.id(), &input), input.len())),
        }
    }
    fn finish(&self, outcome: &Outcome, context: Option<&usize>) -> Result<Option<String>, String> {
        let bytes = match outcome {
            Outcome::Done(doc) | Outcome::Failed(doc, _) | Outcome::Filtered(doc) => Some(doc.text().len()),
            Outcome::Unreadable(_) => None,
        };
        assert_eq!(context.copied(), bytes, "every document comes back with its own context");
        Ok(match outcome {
            Outcome::Done(doc) => {
                let layers: Vec<&str> = doc.layers().names().collect();
                let double = doc.layers().get::<Double>().map(|d| d.0);
                assert!(doc.text() != "render panic", "on purpose");
                Some(format!("{} {double:?} {layers:?}", doc.text()))
            }
            Outcome::Failed(doc, failure) => Some(format!(
                "{} FAILED {failure} {:?}",
                doc.text(),
                doc.layers().names().collect::<Vec<_>>()
            )),
            Outcome::Filtered(_) => None,
            Outcome::Unreadable(u) => Some(format!("{} UNREADABLE {}", u.source.path, u.message)),
        })
    }
}

fn run_texts(texts: &[&str], jobs: usize, chunk: usize) -> (Vec<Finished<String>>, RunStats) {
    let limits = Limits {
        jobs: NonZeroUsize::new(jobs).unwrap(),
        chunk_documents: chunk,
        chunk_bytes: 1 << 20,
        ..Limits::default()
    };
    let mut all = Vec::new();
    let inputs = texts.iter().map(|t| (*t).to_owned());
    let stats = run(&pipeline(jobs), &Texts, inputs, &limits, &AtomicBool::new(false), |finished| {
        all.push(finished);
        Ok::<(), io::Error>(())
    });
    (all, stats.unwrap())
}

#[test]
fn a_long_document_goes_through_in_windows() {
    let annotated = |text: &str| {
        let (doc, failure) = pipeline(1).with_windows(10).annotate(Document::from_text("a", text));
        assert_eq!(doc.text(), text);
        let double = doc.layers().get::<Double>().map(|double| double.0);
        (double, failure.map(|failure| failure.to_string()), doc.filtered().is_some())
    };
    assert_eq!(annotated("short"), (Some(10), None, false));
    assert_eq!(annotated("some more words than ten bytes"), (Some(60), None, false));
    let expected = "stage `measure`: in the window of bytes 10 to 14: refused".to_owned();
    assert_eq!(annotated("something\nfail"), (None, Some(expected), false));
    assert_eq!(annotated("filter something"), (Some(32), None, false));
    let (double, failure, filtered) = {
        let (doc, failure) = pipeline(1).with_windows(6).annotate(Document::from_text("a", "filterfilter"));
        (doc.layers().get::<Double>().is_some(), failure, doc.filtered().is_some())
    };
    assert_eq!((double, failure, filtered), (false, None, true), "as its first window is");
}

/// Counts the bytes of the texts that are opened and not yet handed to the sink; so many are spent from the beginning.
struct Counting(AtomicUsize, u64);

impl Job for Counting {
    type Input = String;
    type Output = ();
    type Context = ();

    fn bytes(&self, input: &String) -> usize {
        input.len()
    }
    fn spent(&self) -> u64 {
        self.1
    }
    fn id(&self, input: &String) -> String {
        input.clone()
    }
    fn source(&self, _: &String) -> Source {
        Source::default()
    }
    fn open(&self, input: String) -> Result<(Document, ()), Box<Unreadable>> {
        self.0.fetch_add(input.len(), Ordering::SeqCst);
        Ok((Document::from_text("a", &input), ()))
    }
    fn finish(&self, _: &Outcome, _: Option<&()>) -> Result<Option<()>, String> {
        Ok(None)
    }
}

#[test]
fn no_more_bytes_are_in_memory_than_allowed() {
    let texts: Vec<String> = (0..200).map(|i| "x".repeat(if i == 100 { 5000 } else { 100 })).collect();
    let bounds = [(1000, 0, 1000), (250, 0, 200), (1, 0, 100), (1000, 750, 200), (1000, 2000, 100)];
    for (most, spent, expected) in bounds {
        let job = Counting(AtomicUsize::new(0), spent);
        let limits = Limits {
            jobs: NonZeroUsize::new(4).unwrap(),
            chunk_documents: 1,
            bytes_in_flight: most,
            ..Limits::default()
        };
        let mut peaks = Vec::new();
        let stats =
            run(&pipeline(4), &job, texts.iter().cloned(), &limits, &AtomicBool::new(false), |finished| {
                let bytes = usize::try_from(finished.bytes).unwrap();
                peaks.push((job.0.fetch_sub(bytes, Ordering::SeqCst), bytes));
                Ok::<(), io::Error>(())
            });
        assert_eq!(stats.unwrap().totals.read, 200);
        for (peak, bytes) in peaks {
            // The long one is alone.
            assert!(peak <= if bytes == 5000 { 5000 } else { expected }, "{peak} of {most}");
        }
    }
}

#[test]
fn a_bad_document_costs_itself_only() {
    let texts = [
        "one",
        "panic",
        "two",
        "fail",
        "filter",
        "forget",
        "batch panic",
        "unreadable",
        "open panic",
        "miscount",
        "render panic",
        "last",
    ];
    for (jobs, chunk) in [(1, 1), (1, 64), (2, 3), (3, 64)] {
        let (all, stats) = run_texts(&texts, jobs, chunk);
        let lines: Vec<String> = all.iter().map(|f| f.output.clone().unwrap_or_default()).collect();
        assert_eq!(lines[0], "one Some(6) [\"double\"]");
        assert!(
            lines[1].starts_with("panic FAILED stage `measure`: internal error: on purpose"),
            "{}",
            lines[1]
        );
        assert_eq!(lines[2], "two Some(6) [\"double\"]");
        assert_eq!(lines[3], "fail FAILED stage `measure`: refused []");
        assert_eq!(lines[4], "");
        assert!(lines[5].contains("without its layer `length`"), "{}", lines[5]);
        assert!(lines[6].contains("stage `double`: internal error: on purpose"), "{}", lines[6]);
        assert_eq!(lines[7], "id of unreadable UNREADABLE no such text");
        assert!(lines[8].contains("UNREADABLE internal error: on purpose"), "{}", lines[8]);
        assert_eq!(lines[9], "miscount Some(16) [\"double\"]");
        assert!(lines[10].contains("writing the record failed: on purpose"), "{}", lines[10]);
        assert!(lines[10].ends_with("[]"), "{}", lines[10]);
        assert_eq!(lines[11], "last Some(8) [\"double\"]");
        assert_eq!(
            (stats.totals.read, stats.totals.ok, stats.totals.failed, stats.totals.filtered),
            (12, 4, 7, 1)
        );
        assert_eq!(all[4].status, Status::Filtered);
        assert_eq!(stats.stages[0].failed, 3);
        assert_eq!(stats.stages[1].failed, 1);
    }
}

#[test]
fn order_and_output_are_the_same_for_any_number_of_workers() {
    let texts: Vec<String> = (0..500).map(|i| "x".repeat(i * 7 % 97)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let outputs = |jobs, chunk| -> Vec<Option<String>> {
        run_texts(&texts, jobs, chunk).0.into_iter().map(|f| f.output).collect()
    };
    let first = outputs(1, 1);
    assert_eq!(first.len(), 500);
    for (jobs, chunk) in [(2, 1), (2, 7), (8, 64), (5, 500)] {
        assert_eq!(outputs(jobs, chunk), first, "{jobs} jobs, chunks of {chunk}");
    }
}

#[test]
fn an_error_of_the_sink_ends_the_run() {
    let read = AtomicUsize::new(0);
    let inputs = (0..100_000).map(|i| {
        read.fetch_add(1, Ordering::Relaxed);
        i.to_string()
    });
    let result = run(&pipeline(2), &Texts, inputs, &Limits::default(), &AtomicBool::new(false), |finished| {
        if finished.id == "id of 10" { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
    });
    assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    assert!(read.load(Ordering::Relaxed) < 2000, "reading went on: {}", read.load(Ordering::Relaxed));
}

#[test]
fn a_stop_finishes_what_is_in_flight() {
    let stop = AtomicBool::new(false);
    let mut written = 0;
    let stats =
        run(&pipeline(2), &Texts, (0..100_000).map(|i| i.to_string()), &Limits::default(), &stop, |f| {
            assert_eq!(f.id, format!("id of {written}"));
            written += 1;
            stop.store(written > 5, Ordering::Relaxed);
            Ok::<(), io::Error>(())
        })
        .unwrap();
    assert!(stats.stopped);
    assert_eq!(stats.totals.read, written);
    assert!(written < 2000, "{written}");
    assert_eq!(stats.last_id, Some(format!("id of {}", written - 1)));
}

#[test]
fn a_plan_that_does_not_fit_says_how_to_mend_it() {
    assert_eq!(
        planned(&["double"]).unwrap_err(),
        "my.toml:1: stage `double`: requires the layer `length`, which no stage before it provides; add `measure` before it in `stages`"
    );
    assert_eq!(
        planned(&["double", "measure"]).unwrap_err(),
        "my.toml:1: stage `double`: requires the layer `length`, which comes only later; move `measure` before it in `stages`"
    );
    assert_eq!(
        planned(&["measure", "measure"]).unwrap_err(),
        "my.toml:2: stage `measure`: provides the layer `length`, which stage `measure` provides already; remove one of the two"
    );
    assert!(Registry::new(&[STAGES, STAGES]).unwrap_err().to_string().contains("two stages are registered"));
}

#[test]
fn a_stage_that_serves_no_later_one_is_left_out() {
    let keys = |plan: &Plan| plan.stages().iter().map(|s| s.key.clone()).collect::<Vec<_>>();
    let both = planned(&["measure", "double"]).unwrap();
    assert_eq!(keys(&both), ["measure", "double"]);
    assert!(both.idle().is_empty());
    let alone = planned(&["measure"]).unwrap();
    assert!(keys(&alone).is_empty());
    assert_eq!(alone.idle()[0].key, "measure");
}

#[test]
fn a_failure_keeps_its_causes() {
    let (_, failure) = pipeline(1).annotate(Document::from_text("d", "cause"));
    let failure = failure.unwrap();
    assert_eq!(failure.message, "looking up: reading: disk gone");
    assert_eq!(failure.causes, ["reading: disk gone", "disk gone"]);
    let (results, _) = run_texts(&["fail"], 1, 1);
    assert_eq!(results[0].failure.as_ref().unwrap().causes, [""; 0]);
    assert_eq!(results[0].source.path, "id of fail");
}

/// Adds one to the length, if that is known.
#[docmill_core::settings]
#[derive(Default)]
struct NextSettings {}

#[derive(Debug, docmill_core::Layer)]
struct Next {
    value: usize,
}

impl StageConfig for NextSettings {
    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Length>()]
    }
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Next>()]
    }
    fn build(&self, _: &BuildContext) -> Result<BuiltStage, StageError> {
        let next = |doc: &Document| Ok(Next { value: doc.layers().get::<Length>().map_or(0, |l| l.0 + 1) });
        Ok(BuiltStage::per_document(docmill_core::Function(next)))
    }
}

#[test]
fn a_layer_that_is_used_is_kept_and_a_wrong_order_warns() {
    let registry = Registry::new(&[&[
        StageEntry::new::<Measure>("measure", "measures"),
        StageEntry::new::<NextSettings>("next", "adds one"),
    ]])
    .unwrap();
    let planned = |key: &str| {
        let origin = Origin { place: "my.toml".into(), line: Some(1) };
        let table = Node::empty_table(origin.clone());
        let config = registry.get(key).unwrap().parse(&table).unwrap();
        PlannedStage { key: key.to_owned(), origin, table, config, when: None }
    };
    let plan = |keys: [&str; 2]| Plan::new(keys.map(planned).into(), &registry).unwrap();
    let good = plan(["measure", "next"]);
    assert_eq!((good.stages().len(), good.idle().len()), (2, 0), "nobody but `next` reads the length");
    assert!(good.warnings().is_empty());
    let wrong = plan(["next", "measure"]);
    assert_eq!(wrong.idle().len(), 1, "what comes too late serves nobody");
    assert_eq!(
        wrong.warnings()[0].to_string(),
        "my.toml:1: stage `next`: uses the layer `length` if it is there, but `measure`, which provides it, comes later; \
         move `measure` before it in `stages`"
    );
}
