//! Finds brackets, in one pass.

use std::ops::Range;

/// A longer bracket (bytes) is prose.
pub const LONGEST: usize = 400;
/// No outlet has a shorter name (bytes).
const SHORTEST: usize = 2;

struct Open {
    at: usize,
    closer: u8,
    /// How deep the brackets inside it go.
    depth: u32,
    /// Whether one of them was taken.
    taken: bool,
}

/// Calls `visit` with the inside of every `(...)` and `[...]` of [`SHORTEST`] to [`LONGEST`] bytes and one level of brackets
/// inside, inner ones first. `visit` says whether it takes the bracket; one around it is then left out. No bracket
/// reaches over a blank line.
pub fn brackets(text: &str, mut visit: impl FnMut(Range<usize>) -> bool) {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => open.push(Open { at, closer: b')', depth: 0, taken: false }),
            b'[' => open.push(Open { at, closer: b']', depth: 0, taken: false }),
            b')' | b']' if open.last().is_some_and(|open| open.closer == byte) => {
                let Some(inner) = open.pop() else { continue };
                let inside = inner.at + 1..at;
                let fits = (SHORTEST..=LONGEST).contains(&inside.len()) && inner.depth <= 1 && !inner.taken;
                let taken = (fits && visit(inside)) || inner.taken;
                if let Some(outer) = open.last_mut() {
                    outer.depth = outer.depth.max(inner.depth + 1);
                    outer.taken |= taken;
                }
            }
            b'\n' if !open.is_empty() && is_blank_line(bytes, at) => open.clear(),
            _ => {}
        }
    }
}

/// Whether the line that begins after the line feed at `at` is empty.
fn is_blank_line(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..), Some([b'\n', ..] | [b'\r', b'\n', ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, take: &str) -> Vec<String> {
        let mut found = Vec::new();
        brackets(text, |range| {
            found.push(text.get(range).unwrap().to_owned());
            found.last().is_some_and(|inside| inside == take)
        });
        found
    }

    #[test]
    fn inner_brackets_come_first() {
        assert_eq!(found("a (b [cc] d) (ee)", ""), ["cc", "b [cc] d", "ee"]);
        assert_eq!(found("a (b (cc) d) (ee)", "cc"), ["cc", "ee"]);
        assert_eq!(found("(((xx))) (y)", ""), ["xx", "(xx)"]);
    }

    #[test]
    fn strays_cost_nothing_else() {
        assert_eq!(found(") a] (b] c) (d", ""), ["b] c"]);
        assert_eq!(found("1) (a", ""), [""; 0]);
        assert_eq!(found("(a\r\n\r\nb) (c\nd)", ""), ["c\nd"]);
        assert_eq!(found(&format!("({})", "é".repeat(LONGEST)), ""), [""; 0]);
    }
}
