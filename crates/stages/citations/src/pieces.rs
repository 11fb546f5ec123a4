//! Cuts the inside of a bracket.

use std::ops::Range;

/// Closer of the quotation that `c` opens. An apostrophe opens none.
fn quote_closer(c: char) -> Option<char> {
    match c {
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        '"' => Some('"'),
        _ => None,
    }
}

/// The stretches of `text` in `range` between marks that `is_mark` knows, outside quotations and inner brackets;
/// trimmed. Quotations that are never closed are none.
pub fn split(text: &str, range: Range<usize>, is_mark: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    while let Some(end) = next_mark(text, start..range.end, &is_mark) {
        pieces.push(trim(text, start..end));
        let mark = text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        start = end + mark;
    }
    pieces.push(trim(text, start..range.end));
    pieces
}

/// Where the first such mark stands.
pub fn next_mark(text: &str, range: Range<usize>, is_mark: impl Fn(char) -> bool) -> Option<usize> {
    let inside = text.get(range.clone())?;
    let mut skip_to = 0;
    let mut depth = 0_u32;
    for (at, c) in inside.char_indices() {
        if at < skip_to {
            continue;
        }
        if let Some(end) = quote_end(inside, at, c) {
            skip_to = end;
            continue;
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_mark(c) => return Some(range.start + at),
            _ => {}
        }
    }
    None
}

/// One past the quotation that `c` opens at `at`, if it is closed in `text`.
fn quote_end(text: &str, at: usize, c: char) -> Option<usize> {
    let closer = quote_closer(c)?;
    let from = at + c.len_utf8();
    let len = text.get(from..)?.find(closer)?;
    Some(from + len + closer.len_utf8())
}

/// One past the quotation that the range begins with.
pub fn leading_quote(text: &str, range: &Range<usize>) -> Option<usize> {
    let inside = text.get(range.clone())?;
    Some(range.start + quote_end(inside, 0, inside.chars().next()?)?)
}

/// The range without white space around it.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(inside) = text.get(range.clone()) else { return range };
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        split(text, 0..text.len(), |c| c == ';').into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn quotations_and_brackets_stay_whole() {
        assert_eq!(cut("a; b ;c"), ["a", "b", "c"]);
        assert_eq!(cut("a “b; c” d; e"), ["a “b; c” d", "e"]);
        assert_eq!(cut("a \"b; c\"; «d; e»; f"), ["a \"b; c\"", "«d; e»", "f"]);
        assert_eq!(cut("a (b; c) d; e"), ["a (b; c) d", "e"]);
        assert_eq!(cut("Jane’s; it's; “open; end"), ["Jane’s", "it's", "“open", "end"]);
        assert_eq!(cut(""), [""]);
    }
}
