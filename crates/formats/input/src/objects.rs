//! JSON objects one after another: in an array, over several lines, or simply in a row.

use std::io::{self, BufRead};
use std::mem;

/// The objects of a stream, of bounded length. A byte of a string is never taken for one of the structure.
pub(crate) struct Objects<R> {
    input: R,
    limit: u64,
    number: u64,
}

/// An object as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// Its bytes.
    Whole(Vec<u8>),
    /// It was over the limit, and is gone.
    TooLong,
    /// Something else stands there.
    Other(Vec<u8>),
    /// The file ends inside it.
    Cut,
}

impl<R: BufRead> Objects<R> {
    pub fn new(input: R, limit: u64) -> Self {
        Self { input, limit, number: 0 }
    }

    /// Number of the object that was read last.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next object.
    pub fn next(&mut self) -> io::Result<Option<Object>> {
        let mut state = State::default();
        let mut bytes: Vec<u8> = Vec::new();
        let mut length = 0;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                self.number += 1;
                return Ok(Some(if state.depth > 0 { Object::Cut } else { Object::Other(bytes) }));
            }
            let mut used = 0;
            let mut done = false;
            for &byte in buffer {
                // Between objects: the array around them, and what separates them.
                if length == 0 && (byte.is_ascii_whitespace() || b"[],\xEF\xBB\xBF".contains(&byte)) {
                    used += 1;
                    continue;
                }
                if length > 0 && state.depth == 0 && b",\n]".contains(&byte) {
                    done = true;
                    break;
                }
                used += 1;
                length += 1;
                if length <= self.limit {
                    bytes.push(byte);
                } else {
                    drop(mem::take(&mut bytes));
                }
                if state.closes(byte) {
                    done = true;
                    break;
                }
            }
            self.input.consume(used);
            if done {
                self.number += 1;
                let whole = state.closed;
                return Ok(Some(match (length > self.limit, whole) {
                    (true, _) => Object::TooLong,
                    (false, true) => Object::Whole(bytes),
                    (false, false) => Object::Other(bytes),
                }));
            }
        }
    }
}

#[derive(Default)]
struct State {
    depth: u64,
    string: bool,
    escaped: bool,
    closed: bool,
}

impl State {
    /// Whether the byte is the last of an object.
    fn closes(&mut self, byte: u8) -> bool {
        if self.string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' if self.depth > 0 => self.string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.closed = self.depth == 0 && byte == b'}';
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Whether the records are not one a line: an array, or an object that its first line does not close.
pub(crate) fn spread(head: &[u8]) -> bool {
    let head = head.strip_prefix(crate::lines::BOM).unwrap_or(head).trim_ascii_start();
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut state = State::default();
    let closed = line.iter().any(|&byte| state.closes(byte));
    // What follows on the next line is a name: another object begins with its own brace.
    let next = head.get(line.len()..).unwrap_or_default().trim_ascii_start();
    let open = head.starts_with(b"{") && !closed && !state.string && next.starts_with(b"\"");
    head.starts_with(b"[") || open
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn objects(json: &str, limit: u64) -> Vec<String> {
        let mut objects = Objects::new(BufReader::with_capacity(3, json.as_bytes()), limit);
        let mut all = Vec::new();
        while let Some(object) = objects.next().unwrap() {
            all.push(match object {
                Object::Whole(bytes) => String::from_utf8(bytes).unwrap(),
                Object::Other(bytes) => format!("other {}", String::from_utf8(bytes).unwrap()),
                Object::TooLong => "too long".to_owned(),
                Object::Cut => "cut".to_owned(),
            });
        }
        all
    }

    #[test]
    fn objects_are_found_in_arrays_and_over_lines() {
        assert_eq!(
            objects(" [ {\"a\": \"}]\\\"\"},\n{\"b\": {\"c\": []}} ]\n", 99),
            ["{\"a\": \"}]\\\"\"}", "{\"b\": {\"c\": []}}"]
        );
        assert_eq!(objects("{\n \"a\": 1\n}\n{\"b\": 2}", 99), ["{\n \"a\": 1\n}", "{\"b\": 2}"]);
        assert_eq!(objects("[{\"a\": 12345}, {\"b\": 2}]", 10), ["too long", "{\"b\": 2}"]);
        assert_eq!(
            objects("[1, \"x\", {\"b\": 2}, {\"c\": ", 99),
            ["other 1", "other \"x\"", "{\"b\": 2}", "cut"]
        );
        assert_eq!(objects("[]", 99), Vec::<String>::new());
    }

    #[test]
    fn records_a_line_are_told_from_others() {
        assert!(spread(b"[{\"text\": 1}") && spread(b"{\n  \"text\"") && spread(b"\xEF\xBB\xBF[\n"));
        assert!(spread(b"{\"a\": {\n \"b\": 1"));
        assert!(!spread(b"{\"a\": 1}\n{\"b\": 2}") && !spread(b"{\"a\": 1") && !spread(b"{\"a\": \"x\n\"y"));
        assert!(!spread(b"{\n{\"text\": 1}\n") && !spread(b"{"));
    }
}
