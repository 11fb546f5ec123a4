//! The windows of a long document go to all workers, and their layers come back in order.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use docmill_core::settings::{Node, Origin};
use docmill_core::{BuildContext, Document, Function, Layer, Source, StageEntry, StageError, View};
use docmill_engine::{
    Finished, Job, Limits, Outcome, Plan, PlannedStage, Registry, Unreadable, WindowDone, run,
};

/// The texts of the windows, in their order.
#[derive(Debug)]
struct Pieces(Vec<String>);

impl Layer for Pieces {
    const NAME: &'static str = "pieces";
    const JOINS: bool = true;
    type Record = Vec<String>;
    fn record(&self, _view: &View<'_>) -> Vec<String> {
        self.0.clone()
    }
    fn append(&mut self, next: Self) {
        self.0.extend(next.0);
    }
}

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// Takes a while, the longer the later the window ends; fails at `fail`.
fn piece(doc: &Document) -> Result<Pieces, StageError> {
    MOST.fetch_max(NOW.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    let late = doc.text().bytes().next().map_or(0, |byte| u64::from(b'z'.saturating_sub(byte)));
    thread::sleep(Duration::from_millis(2 + late));
    NOW.fetch_sub(1, Ordering::SeqCst);
    if doc.text().contains("fail") {
        return Err(StageError::Document(format!("refused {}", doc.text().trim())));
    }
    Ok(Pieces(vec![doc.text().to_owned()]))
}

const STAGES: &[StageEntry] = &[StageEntry::function("pieces", "keeps the windows", &Function(piece))];

/// Counts the bytes of which it hears.
#[derive(Default)]
struct Texts(AtomicU64);

impl Job for Texts {
    type Input = String;
    type Output = Vec<String>;
    type Context = ();

    fn bytes(&self, input: &String) -> usize {
        input.len()
    }
    fn id(&self, _: &String) -> String {
        "a".to_owned()
    }
    fn source(&self, _: &String) -> Source {
        Source::default()
    }
    fn open(&self, input: String) -> Result<(Document, ()), Box<Unreadable>> {
        Ok((Document::from_text("a", &input), ()))
    }
    fn window(&self, window: &WindowDone<'_>) {
        assert!(window.bytes < window.whole && window.id == "a");
        self.0.fetch_add(window.bytes, Ordering::SeqCst);
    }
    fn finish(&self, outcome: &Outcome, _: Option<&()>) -> Result<Option<Vec<String>>, String> {
        let Outcome::Done(doc) = outcome else { return Ok(None) };
        Ok(doc.layers().get::<Pieces>().map(|pieces| pieces.0.clone()))
    }
}

/// What becomes of the text with so many workers, and of how many bytes the job has heard.
fn finished(text: &str, jobs: usize) -> (Finished<Vec<String>>, u64) {
    let registry = Registry::new(&[STAGES]).unwrap();
    let table = Node::empty_table(Origin::default());
    let config = STAGES[0].parse(&table).unwrap();
    let stage = PlannedStage { key: "pieces".into(), origin: Origin::default(), table, config, when: None };
    let jobs = NonZeroUsize::new(jobs).unwrap();
    let context = BuildContext { jobs, ..BuildContext::default() };
    let pipeline = Plan::new(vec![stage], &registry).unwrap().build(&context).unwrap().with_windows(12);
    let job = Texts::default();
    let limits = Limits { jobs, ..Limits::default() };
    let mut all = Vec::new();
    run(&pipeline, &job, [text.to_owned()].into_iter(), &limits, &AtomicBool::new(false), |finished| {
        all.push(finished);
        Ok::<(), io::Error>(())
    })
    .unwrap();
    (all.remove(0), job.0.into_inner())
}

#[test]
fn windows_go_to_all_workers_and_come_back_in_order() {
    let text = (b'a'..=b'z')
        .fold(String::new(), |text, c| text + char::from(c).encode_utf8(&mut [0; 4]) + " words. \n\n");
    let (one, heard) = finished(&text, 1);
    assert_eq!((heard, one.in_windows, one.bytes), (text.len() as u64, text.len() as u64, text.len() as u64));
    assert_eq!(MOST.load(Ordering::SeqCst), 1);
    let pieces = one.output.unwrap();
    assert_eq!((pieces.len(), pieces.concat()), (26, text.clone()));
    for _ in 0..3 {
        let (three, heard) = finished(&text, 3);
        assert_eq!(three.output.as_ref(), Some(&pieces));
        assert_eq!(heard, text.len() as u64);
    }
    assert!(MOST.load(Ordering::SeqCst) > 1, "one window after another");

    // Of two that fail, the first is told, whichever ends first.
    let failing = text.replace("c words", "c fails").replace("y words", "y fails");
    for jobs in [1, 3] {
        let (finished, _) = finished(&failing, jobs);
        let failure = finished.failure.unwrap().to_string();
        assert_eq!(failure, "stage `pieces`: in the window of bytes 22 to 33: refused c fails.");
    }
}
