//! How much memory a run may take, and what that leaves for documents.

use std::fs;
use std::num::NonZeroUsize;

use anyhow::{Result, bail};

/// Bytes that a byte of text takes from when it is taken up until its line is written: the bytes read, the text, words,
/// sentences, names, and the line, which repeats every sentence. More than the densest texts took that were measured: 35,
/// short sentences full of names, with the model; 35 to 44 from run to run, lines of 47 bytes with two citations each,
/// without it (`tests/it/memory.rs`). Others take less: 5.3, one document of 200 MB without a model (`cargo xtask bench
/// memory --megabytes 200 --without-model`).
const PER_BYTE: u64 = 50;

/// Bytes that a byte of text takes besides if every token stands in its line (`output.tokens`): such a line has 45 bytes
/// for each of the text, and up to twice that while it grows (the text of the test).
const PER_BYTE_OF_TOKENS: u64 = 90;

/// Bytes that a byte of text takes from when it is taken up until its line is written.
pub const fn per_byte(tokens: bool) -> u64 {
    if tokens { PER_BYTE + PER_BYTE_OF_TOKENS } else { PER_BYTE }
}

/// Bytes that a byte of text takes while the language model and its heads are at work on it: twice 384 values of 4 bytes
/// for each wordpiece, of some 4 bytes (the last rows and those of the middle), and what the layers need in between.
const PER_BYTE_ENCODED: u64 = 900;

/// What documents may take together if nobody has said how much the run may take (bytes).
const DEFAULT: u64 = 1 << 30;

/// Documents need at least so much together (bytes): the queues between reading, working and writing.
const LEAST: u64 = 32 << 20;

/// What a run takes besides its documents.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// The program with everything that is loaded (bytes).
    pub loaded: u64,
    /// Worker threads.
    pub jobs: NonZeroUsize,
    /// Bytes of text that a worker has before its stages at once: those of a window.
    pub window: u64,
    /// Whether a stage encodes them.
    pub encodes: bool,
    /// Bytes that a byte of text takes; see [`per_byte`].
    pub per_byte: u64,
}

impl Needs {
    /// What is taken whatever is read (bytes).
    pub fn fixed(&self) -> u64 {
        let per_job = if self.encodes { self.window.saturating_mul(PER_BYTE_ENCODED) } else { 0 };
        self.loaded + per_job.saturating_mul(self.jobs.get() as u64)
    }

    /// How many bytes of text may be in memory at once.
    ///
    /// # Errors
    /// If nothing is left for documents.
    pub fn text_in_flight(&self, max_memory: Option<u64>) -> Result<u64> {
        let fixed = self.fixed();
        let for_documents = match max_memory {
            None => DEFAULT,
            Some(max) if max >= fixed + LEAST => max - fixed,
            Some(max) => bail!(
                "max_memory: {} MB is too little: the loaded model needs {} MB, and {} {} up to {} MB; allow at least {} MB, \
                 or reduce --jobs or windows.bytes",
                max / 1_000_000,
                self.loaded / 1_000_000,
                self.jobs,
                if self.jobs.get() == 1 { "job" } else { "jobs" },
                (fixed - self.loaded) / 1_000_000,
                (fixed + LEAST).div_ceil(1_000_000),
            ),
        };
        Ok(for_documents / self.per_byte)
    }
}

/// Bytes of memory that the program takes now, where the system reports it (Linux).
pub fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_to_documents() {
        let jobs = NonZeroUsize::new(2).unwrap();
        let needs =
            Needs { loaded: 100 << 20, jobs, window: 1 << 18, encodes: true, per_byte: per_byte(false) };
        let fixed = needs.fixed();
        assert_eq!(fixed, (100 << 20) + 2 * 900 * (1 << 18));
        assert_eq!(needs.text_in_flight(Some(fixed + (100 << 20))).unwrap(), 2 << 20);
        assert_eq!(needs.text_in_flight(None).unwrap(), (1 << 30) / 50);
        let message = needs.text_in_flight(Some(100_000_000)).unwrap_err().to_string();
        assert!(
            message.contains("100 MB is too little: the loaded model needs 104 MB, and 2 jobs up to 471 MB"),
            "{message}"
        );
        assert!(message.contains("allow at least 611 MB"), "{message}");
        let tokens = Needs { per_byte: per_byte(true), ..needs };
        assert_eq!(tokens.text_in_flight(None).unwrap(), (1 << 30) / 140);
        let plain = Needs { encodes: false, ..needs };
        assert_eq!(plain.fixed(), 100 << 20);
    }

    #[test]
    fn a_program_takes_memory() {
        assert!(resident().is_none_or(|bytes| bytes > 1 << 20));
    }
}
