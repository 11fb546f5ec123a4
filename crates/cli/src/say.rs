//! What the program says to a person on stderr and stdout.

use std::borrow::Cow;
use std::io::{self, Write as _};

/// Characters of a line that are shown; of a longer one its beginning and its end.
const LONGEST: usize = 1000;
const BEGINNING: usize = 700;
const END: usize = 250;

/// Writes `docmill: MESSAGE` on stderr. Losing a message costs nothing: stderr may be closed, or its disk full.
pub fn say(message: &str) {
    plain(&format!("docmill: {message}"));
}

/// Writes a message as it is on stderr.
pub fn plain(message: &str) {
    let mut text: String = message.split('\n').map(|line| shown(line) + "\n").collect();
    if message.ends_with('\n') {
        text.pop();
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Text for a terminal: what could steer it is shown as U+FFFD, since ids and file names come from anywhere.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(steers) { text.replace(steers, "\u{FFFD}").into() } else { text.into() }
}

/// A line as it is shown.
fn shown(line: &str) -> Cow<'_, str> {
    let line = harmless(line);
    let length = line.chars().count();
    if length <= LONGEST {
        return line;
    }
    let beginning: String = line.chars().take(BEGINNING).collect();
    let end: String = line.chars().skip(length - END).collect();
    format!("{beginning} [{} characters] {end}", length - BEGINNING - END).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_sign() {
        assert_eq!(
            harmless("a\u{1b}]0;x\u{7}b\u{9b}2J\r\n\tc"),
            "a\u{FFFD}]0;x\u{FFFD}b\u{FFFD}2J\u{FFFD}\n\tc"
        );
    }

    #[test]
    fn of_a_long_line_beginning_and_end_are_shown() {
        let line = format!("{}: the file is empty", "ä".repeat(3_000_000));
        let shown = shown(&line);
        assert!(shown.chars().count() < 1100 && shown.ends_with(": the file is empty"), "{shown}");
        assert!(shown.contains("[2999069 characters]"), "{shown}");
    }
}
