//! What a person sees while a run goes on.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How often a line is written where stderr is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// A bar on a terminal, a line every few seconds elsewhere, nothing when quiet.
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
    quiet: bool,
    started: Instant,
    last_line: Instant,
    /// Documents that had been done before the run went on.
    before: u64,
    documents: u64,
    failed: u64,
    bytes: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
}

impl Progress {
    /// Progress that knows no total yet, of a run that goes on behind so many documents.
    pub fn new(quiet: bool, before: u64) -> Self {
        let terminal = stderr().is_terminal();
        let bytes = Arc::new(AtomicU64::new(0));
        let bar = if quiet || !terminal { ProgressBar::hidden() } else { bar(&bytes) };
        bar.set_position(before);
        bar.reset_eta();
        let now = Instant::now();
        Self {
            bar,
            lines: !quiet && !terminal,
            quiet,
            started: now,
            last_line: now,
            before,
            documents: 0,
            failed: 0,
            bytes,
            total: Arc::default(),
        }
    }

    /// Where a counting thread puts the number of inputs once it knows.
    pub fn total(&self) -> impl Fn(u64) + Send + use<> {
        let (total, bar) = (self.total.clone(), self.bar.clone());
        move |documents| {
            total.store(documents, Ordering::Relaxed);
            bar.set_length(documents);
        }
    }

    /// Counts a document.
    pub fn advance(&mut self, bytes: u64) {
        self.documents += 1;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.bar.inc(1);
        if self.lines && self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            eprintln!("docmill: {}", self.line());
        }
    }

    /// Tells of a document that failed.
    pub fn failure(&mut self, id: &str, reason: &str) {
        self.failed += 1;
        let tell = || eprintln!("docmill: {id}: {reason}");
        if self.quiet || self.lines { tell() } else { self.bar.suspend(tell) }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn line(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64().max(1e-9);
        let bytes = self.bytes.load(Ordering::Relaxed);
        let rate = self.documents as f64 / seconds;
        let mut line = format!(
            "{} documents, {rate:.1} documents/s, {:.2} MB/s",
            self.documents,
            bytes as f64 / seconds / 1e6
        );
        let total = self.total.load(Ordering::Relaxed);
        let done = self.before + self.documents;
        if total > done && self.documents > 0 {
            let left = Duration::from_secs_f64((total - done) as f64 / rate);
            let share = 100.0 * done as f64 / total as f64;
            line += &format!(", {share:.0}% of {total}, {} left", HumanDuration(left));
        }
        if self.failed > 0 {
            line += &format!(", {} failed", self.failed);
        }
        line
    }
}

fn bar(bytes: &Arc<AtomicU64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let read = bytes.clone();
    let text_rate = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let seconds = state.elapsed().as_secs_f64().max(1e-9);
        let rate = read.load(Ordering::Relaxed) as f64 / seconds;
        let _ = write!(out, "{:.2} MB/s", rate / 1e6);
    };
    let documents_rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.1} documents/s", state.per_sec());
    };
    let template = "{wide_bar} {human_pos}/{human_len} {documents_rate} {text_rate} {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.with_key("text_rate", text_rate).with_key("documents_rate", documents_rate));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
