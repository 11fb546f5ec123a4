//! Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

/// The first Ctrl-C finishes what is in flight, the second ends the program at once.
pub fn on_ctrl_c() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("docmill: finishing the documents in flight; Ctrl-C again ends at once");
    })
    .context("Ctrl-C cannot be watched for")?;
    Ok(stop)
}
