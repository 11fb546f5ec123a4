//! What comes out of a child, line by line: answers to docmill, and what it tells people.

use std::io::{self, BufRead, BufReader, Read, Write as _};

/// Longest line for people; the rest of it is left out.
const SHOWN: usize = 4096;
/// Lines for people that one child may write. A flood would bury what matters.
const LINES: u64 = 10_000;

/// A line without its line feed; `None` at the end. What is longer than `most` is an error of kind `FileTooLarge`.
pub fn next_line(from: &mut impl BufRead, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    // One byte for the line feed, one to tell that there is more.
    from.by_ref().take(most as u64 + 2).read_until(b'\n', &mut line)?;
    let ended = line.last() == Some(&b'\n');
    if ended {
        line.pop();
    }
    if line.len() > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok((ended || !line.is_empty()).then_some(line))
}

/// Passes a child's standard error on, each line with the stage's name before it.
pub fn pass_on(stderr: impl Read, stage: &str, mut tell: impl FnMut(&str)) {
    let mut from = BufReader::new(stderr);
    for count in 0.. {
        let Some(line) = shown_line(&mut from) else { return };
        if count == LINES {
            tell(&format!("[{stage}] has written {LINES} lines; further ones are left out"));
        }
        if count < LINES {
            tell(&format!("[{stage}] {line}"));
        }
    }
}

/// The beginning of the next line, harmless to a terminal; nothing at the end.
fn shown_line(from: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    from.by_ref().take(SHOWN as u64).read_until(b'\n', &mut line).ok().filter(|&read| read > 0)?;
    while line.last() != Some(&b'\n') {
        let mut rest = Vec::new();
        if from.by_ref().take(SHOWN as u64).read_until(b'\n', &mut rest).ok()? == 0 {
            break;
        }
        if rest.last() == Some(&b'\n') {
            line.push(b'\n');
        }
    }
    let text = String::from_utf8_lossy(&line);
    Some(text.trim_end().chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect())
}

/// A line on docmill's own standard error, if anybody reads it.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded() {
        let mut from: &[u8] = b"one\n\nthree is long\nfour";
        assert_eq!(next_line(&mut from, 5).unwrap(), Some(b"one".to_vec()));
        assert_eq!(next_line(&mut from, 5).unwrap(), Some(Vec::new()));
        assert_eq!(next_line(&mut from, 5).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        let mut from: &[u8] = b"12345\n12345";
        assert_eq!(next_line(&mut from, 5).unwrap(), Some(b"12345".to_vec()));
        assert_eq!(next_line(&mut from, 5).unwrap(), Some(b"12345".to_vec()));
        assert_eq!(next_line(&mut from, 5).unwrap(), None);
    }

    #[test]
    fn a_flood_for_people_is_cut() {
        let (mut told, mut last) = (0, String::new());
        pass_on("x\n".repeat(20_000).as_bytes(), "t", |line| {
            told += 1;
            line.clone_into(&mut last);
        });
        assert_eq!((told, last.as_str()), (10_001, "[t] has written 10000 lines; further ones are left out"));
    }

    #[test]
    fn what_is_shown_is_cut_and_harmless() {
        let text = format!("a\u{1b}[2Jb\r\n{}\nlast", "x".repeat(3 * SHOWN));
        let mut from = text.as_bytes();
        assert_eq!(shown_line(&mut from).unwrap(), "a\u{fffd}[2Jb");
        assert_eq!(shown_line(&mut from).unwrap().len(), SHOWN);
        assert_eq!(shown_line(&mut from).unwrap(), "last");
        assert_eq!(shown_line(&mut from), None);
    }
}
