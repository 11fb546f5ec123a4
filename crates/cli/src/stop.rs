//! Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};

/// Set by the first Ctrl-C of a run.
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Watches for Ctrl-C from now on: while a run is under way, the first one finishes what is in flight; every other one
/// ends the program at once, and with it the children of its stages.
pub fn watch() -> Result<()> {
    ctrlc::set_handler(|| match STOP.get() {
        Some(stop) if !stop.swap(true, Ordering::Relaxed) => {
            eprintln!("docmill: finishing the documents in flight; Ctrl-C again ends at once");
        }
        _ => {
            docmill_external::kill_all();
            std::process::exit(130);
        }
    })
    .context("Ctrl-C cannot be watched for")
}

/// From now on the first Ctrl-C sets `stop`.
pub fn arm(stop: &Arc<AtomicBool>) {
    // A program runs one command.
    let _ = STOP.set(stop.clone());
}
