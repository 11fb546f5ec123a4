//! What a person sees while a run is under way.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use docmill_run::Observer;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::repeats::Repeats;
use crate::say::{harmless, say};
use crate::stop;

/// Characters of an id in the line of progress.
const MOST_OF_AN_ID: usize = 40;

/// How often a line is written where stderr is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// A bar on a terminal, a line every few seconds elsewhere, messages and failures only when there is no progress.
pub struct Terminal {
    quiet: bool,
    show: Show,
    /// What the first Ctrl-C sets, once documents are read.
    stop: Arc<AtomicBool>,
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    total: AtomicU64,
    counts: Mutex<Counts>,
    /// What was printed, so that nothing is printed a thousand times.
    repeats: Mutex<Repeats>,
}

/// How progress is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Bar,
    Lines,
    Nothing,
}

/// What has been done since the run began or resumed.
struct Counts {
    started: Instant,
    last_line: Instant,
    /// Documents that an earlier run had done.
    before: u64,
    documents: u64,
    failed: u64,
    /// The long documents that are at work, and how many of their bytes are done.
    long: BTreeMap<String, (u64, u64)>,
}

impl Counts {
    fn new(before: u64) -> Self {
        let now = Instant::now();
        Self { started: now, last_line: now, before, documents: 0, failed: 0, long: BTreeMap::new() }
    }

    /// The first long document and how far it is.
    fn of_long(&self) -> Option<String> {
        let (id, (done, whole)) = self.long.first_key_value()?;
        let id: String = harmless(id).chars().take(MOST_OF_AN_ID).collect();
        Some(format!("{id}: {:.1} of {:.1} MB", *done as f64 / 1e6, *whole as f64 / 1e6))
    }

    /// True every few seconds.
    fn is_due(&mut self) -> bool {
        let due = self.last_line.elapsed() >= LINE_EVERY;
        if due {
            self.last_line = Instant::now();
        }
        due
    }
}

impl Terminal {
    /// What `docmill run` shows.
    pub fn of_run(quiet: bool, stop: Arc<AtomicBool>) -> Self {
        let show = match (quiet, stderr().is_terminal()) {
            (true, _) => Show::Nothing,
            (false, true) => Show::Bar,
            (false, false) => Show::Lines,
        };
        Self { show, ..Self::without_progress(quiet, stop) }
    }

    /// Messages and failures only.
    pub fn without_progress(quiet: bool, stop: Arc<AtomicBool>) -> Self {
        Self {
            quiet,
            show: Show::Nothing,
            stop,
            bar: ProgressBar::hidden(),
            bytes: Arc::default(),
            total: AtomicU64::new(0),
            counts: Mutex::new(Counts::new(0)),
            repeats: Mutex::default(),
        }
    }

    fn repeats(&self) -> MutexGuard<'_, Repeats> {
        self.repeats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints a message, unless many of its kind have been printed.
    fn warn_of(&self, kind: &str, message: &str) {
        if self.repeats().tell(kind) {
            self.bar.suspend(|| say(message));
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, counts: &Counts) -> String {
        let seconds = counts.started.elapsed().as_secs_f64().max(1e-9);
        let bytes = self.bytes.load(Ordering::Relaxed);
        let rate = counts.documents as f64 / seconds;
        let mut line = format!(
            "{} documents, {rate:.1} documents/s, {:.2} MB/s",
            counts.documents,
            bytes as f64 / seconds / 1e6
        );
        let total = self.total.load(Ordering::Relaxed);
        let done = counts.before + counts.documents;
        if total > done && counts.documents > 0 {
            let left = Duration::from_secs_f64((total - done) as f64 / rate);
            let share = 100.0 * done as f64 / total as f64;
            line += &format!(", {share:.0}% of {total}, {} left", HumanDuration(left));
        }
        if let Some(long) = counts.of_long() {
            line += &format!(", {long}");
        }
        if counts.failed > 0 {
            line += &format!(", {} failed", counts.failed);
        }
        line
    }
}

impl Observer for Terminal {
    fn note(&self, message: &str) {
        if !self.quiet {
            self.warn(message);
        }
    }

    fn warn(&self, message: &str) {
        self.warn_of(message, message);
    }

    fn begin(&self, before: u64) {
        stop::arm(&self.stop);
        *self.counts() = Counts::new(before);
        if self.show == Show::Bar {
            self.bar.set_style(style(&self.bytes));
            self.bar.set_position(before);
            self.bar.reset_eta();
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn total(&self, documents: u64) {
        self.total.store(documents, Ordering::Relaxed);
        self.bar.set_length(documents);
    }

    fn document(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.bar.inc(1);
        let mut counts = self.counts();
        counts.documents += 1;
        if self.show == Show::Lines && counts.is_due() {
            say(&self.line(&counts));
        }
    }

    fn window(&self, id: &str, bytes: u64, whole: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let mut counts = self.counts();
        let (done, _) = counts.long.entry(id.to_owned()).or_insert((0, whole));
        *done += bytes;
        if *done >= whole {
            counts.long.remove(id);
        }
        self.bar.set_message(counts.of_long().unwrap_or_default());
        if self.show == Show::Lines && counts.is_due() {
            say(&self.line(&counts));
        }
    }

    fn failure(&self, id: &str, reason: &str) {
        self.counts().failed += 1;
        self.warn_of(reason, &format!("{id}: {reason}"));
    }

    fn end(&self) {
        self.bar.finish_and_clear();
        for untold in self.repeats().untold() {
            say(&untold);
        }
    }
}

fn style(bytes: &Arc<AtomicU64>) -> ProgressStyle {
    let read = bytes.clone();
    let text_rate = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let seconds = state.elapsed().as_secs_f64().max(1e-9);
        let rate = read.load(Ordering::Relaxed) as f64 / seconds;
        let _ = write!(out, "{:.2} MB/s", rate / 1e6);
    };
    let documents_rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.1} documents/s", state.per_sec());
    };
    let template = "{wide_bar} {human_pos}/{human_len} {documents_rate} {text_rate} {eta} left {msg}";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("text_rate", text_rate).with_key("documents_rate", documents_rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_before_a_resume_is_no_speed() {
        let terminal = Terminal::without_progress(false, Arc::default());
        terminal.begin(90);
        terminal.total(100);
        for _ in 0..5 {
            terminal.document(2_000_000);
        }
        let Some(earlier) = Instant::now().checked_sub(Duration::from_secs(10)) else { return };
        terminal.counts().started = earlier;
        let line = terminal.line(&terminal.counts());
        assert_eq!(line, "5 documents, 0.5 documents/s, 1.00 MB/s, 95% of 100, 10 seconds left");
    }
}
