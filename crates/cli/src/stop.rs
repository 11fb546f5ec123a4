//! Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::say::say;

/// Set by the first Ctrl-C of a run.
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Watches for Ctrl-C, and for what asks a program to end, from now on: while a run is under way, the first one
/// finishes what is in flight; every other one ends the program at once, and with it the children of its stages.
///
/// A signal that whoever started the program has it ignore stays ignored, as `nohup` wants it.
#[cfg(unix)]
pub fn watch() -> Result<()> {
    let ignored = ignored();
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let mut signals = signal_hook::iterator::Signals::new(heeded).context("Ctrl-C cannot be watched for")?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || signals.forever().for_each(|_| end()))
        .map(drop)
        .context("Ctrl-C cannot be watched for")
}

/// As on Unix, of Ctrl-C.
#[cfg(not(unix))]
pub fn watch() -> Result<()> {
    ctrlc::set_handler(end).context("Ctrl-C cannot be watched for")
}

/// The signals that are ignored, a bit each from SIGHUP, the first, on; none where the system does not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

fn end() {
    match STOP.get() {
        Some(stop) if !stop.swap(true, Ordering::Relaxed) => {
            say("finishing the documents in flight; Ctrl-C again ends at once");
        }
        _ => {
            docmill_external::kill_all();
            std::process::exit(130);
        }
    }
}

/// From now on the first Ctrl-C sets `stop`.
pub fn arm(stop: &Arc<AtomicBool>) {
    // A program runs one command.
    let _ = STOP.set(stop.clone());
}
