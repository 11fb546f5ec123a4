//! Exit codes.

use std::io;
use std::process::ExitCode;

use anyhow::Error;
use docmill_run::with_causes;

use crate::say::say;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// 0: everything was done.
    Clean,
    /// 1: everything was done, and some documents failed (or lines did not verify, or two outputs differ).
    SomeFailed,
    /// 130: stopped by Ctrl-C; what was done is kept.
    Stopped,
}

/// The exit code of a command. An error goes to stderr and gives 2; a closed pipe is no error.
pub fn code(result: Result<Ended, Error>) -> ExitCode {
    match result {
        Ok(Ended::Clean) => ExitCode::SUCCESS,
        Ok(Ended::SomeFailed) => ExitCode::from(1),
        Ok(Ended::Stopped) => ExitCode::from(130),
        Err(error) => failed(&error),
    }
}

/// Tells why the program could not run.
pub fn failed(error: &Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    say(&with_causes(error));
    ExitCode::from(2)
}

/// True if the reader of our output has gone.
pub fn is_broken_pipe(error: &Error) -> bool {
    let io_error =
        |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| io_error(cause) == Some(io::ErrorKind::BrokenPipe))
}
