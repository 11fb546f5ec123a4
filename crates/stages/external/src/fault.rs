//! What a child can do wrong.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

/// Longest excerpt of a child's own words in a message, in characters.
const EXCERPT: usize = 300;

/// Why a child is of no use any more. Nothing in a message depends on what else the child had at hand: it may stand in
/// the output.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It cannot be started.
    #[error("`{program}` cannot be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It said nothing for too long.
    #[error("the process gave no answer within {} s", .0.as_secs_f64())]
    Silent(Duration),
    /// It ended, or closed its output.
    #[error("the process ended before it answered ({})", .0.map_or_else(|| "it closed its output".to_owned(), |s| s.to_string()))]
    Ended(Option<ExitStatus>),
    /// It closed its input.
    #[error("the process closed its input before it had answered")]
    Deaf,
    /// A line has no end.
    #[error("the process wrote a line of more than {0} bytes (`max_answer_bytes`)")]
    Flood(usize),
    /// It said something that is no answer.
    #[error("the process violated the protocol: {0}")]
    Garbage(String),
    /// It said something else of itself than the first time.
    #[error("the restarted process identifies itself differently: {0}")]
    Changed(String),
}

/// The beginning of a child's own words, on one line, without what a terminal would act on.
pub fn excerpt(text: &str) -> String {
    let mut chars = text.trim().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut short: String = chars.by_ref().take(EXCERPT).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_harmless() {
        assert_eq!(excerpt(" a\u{1b}[31mb\n"), "a\u{fffd}[31mb");
        assert_eq!(excerpt(&"ж".repeat(400)).chars().count(), EXCERPT + 1);
    }
}
