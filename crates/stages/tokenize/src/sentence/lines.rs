//! Line ends: which of them end a stretch of running text.
//!
//! A blank line ends a paragraph. A single line end is either a wrap, to be read as a space, or the end of a
//! heading, a list item, a header field. Lines between blank lines form a block, and three facts decide:
//!
//! - A block with a line of over [`WIDEST`] characters was never wrapped: each of its lines is a paragraph.
//! - A wrapped line is full: the next line's first word did not fit. So a line that had ample room for it, and is
//!   not followed by a lower-case word, ends what it says. A text wrapped at 40 columns or more
//!   is not cut.
//! - Bullets, numbered items, header fields (`Volume: 2`) and indented first lines begin anew.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::SENTENCE_WORDS;

use crate::chars::{char_at, char_before, is_bullet, is_space, is_stop, skip_space, skip_space_back};
use crate::settings::Paragraphs;

/// Nobody wraps at more columns than this.
const WIDEST: usize = 160;
/// Blocks of lines shorter than this are lists or verse, unless a lower-case word goes on.
const NARROW: usize = 40;

/// Words after which more must come.
static OPEN_WORDS: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("open"));

/// Words that join the names of a byline.
static BYLINES: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("byline"));

/// A stretch of running text: no sentence crosses its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub start: usize,
    pub end: usize,
    pub paragraph: u32,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    /// Without surrounding white space.
    start: usize,
    end: usize,
    indent: usize,
}

/// Calls `found` for every stretch of `text`, in order.
pub fn stretches(text: &str, paragraphs: Paragraphs, mut found: impl FnMut(Stretch)) {
    let mut block: Vec<Line> = Vec::new();
    let mut paragraph = 0;
    let mut start = 0;
    loop {
        let (end, next, ends_paragraph) = line_end(text, start);
        let visible = skip_space(text, start, end);
        if visible < end {
            let line =
                Line { start: visible, end: skip_space_back(text, visible, end), indent: visible - start };
            block.push(line);
        }
        let blank = visible >= end;
        if blank || ends_paragraph || next == end {
            emit(text, paragraphs, &block, &mut paragraph, &mut found);
            block.clear();
        }
        if next == end {
            return;
        }
        start = next;
    }
}

/// End of the line that begins at `start`, start of the next (the same at the end of the text), and whether the
/// line end is a paragraph separator.
fn line_end(text: &str, start: usize) -> (usize, usize, bool) {
    let bytes = text.as_bytes();
    let mut i = start;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'\r' if bytes.get(i + 1) == Some(&b'\n') => return (i, i + 2, false),
            b'\n' | b'\r' | 0x0b | 0x0c => return (i, i + 1, false),
            0xc2 if bytes.get(i + 1) == Some(&0x85) => return (i, i + 2, false),
            0xe2 if bytes.get(i + 1) == Some(&0x80) => match bytes.get(i + 2) {
                Some(0xa8) => return (i, i + 3, false),
                Some(0xa9) => return (i, i + 3, true),
                _ => i += 3,
            },
            _ => i += 1,
        }
    }
    (bytes.len(), bytes.len(), false)
}

fn emit(
    text: &str,
    paragraphs: Paragraphs,
    block: &[Line],
    paragraph: &mut u32,
    found: &mut impl FnMut(Stretch),
) {
    let Some(first) = block.first() else { return };
    let widths: usize =
        if block.len() == 1 { 0 } else { block.iter().map(|&line| width(text, line)).max().unwrap_or(0) };
    let line_is_paragraph = paragraphs == Paragraphs::Line || widths > WIDEST;
    // The widest of many lines set in a proportional font, as PDFs have them, stands out by a quarter.
    let room = widths - widths / if block.len() > 3 { 4 } else { 8 };
    let narrow = widths < NARROW && !is_prose(text, block);
    let mut start = first.start;
    for pair in block.windows(2) {
        let goes_on = paragraphs == Paragraphs::BlankLine && goes_on(text, pair[0], pair[1]);
        if (line_is_paragraph && !goes_on) || is_break(text, pair[0], pair[1], (narrow, room), start) {
            found(Stretch { start, end: pair[0].end, paragraph: *paragraph });
            start = pair[1].start;
            *paragraph += u32::from(line_is_paragraph);
        }
    }
    if let Some(last) = block.last() {
        found(Stretch { start, end: last.end, paragraph: *paragraph });
    }
    *paragraph += 1;
}

/// Whether a sentence runs over the line end, by its lower-case word.
fn goes_on(text: &str, line: Line, next: Line) -> bool {
    let ended = char_before(text, line.end).is_some_and(is_stop);
    !ended && char_at(text, next.start).is_some_and(char::is_lowercase) && !begins_item(text, next)
}

/// Whether the line end between two lines of a block ends what stands before it. `start` is where that began.
fn is_break(text: &str, line: Line, next: Line, (narrow, room): (bool, usize), start: usize) -> bool {
    let Some(head) = char_at(text, next.start) else { return false };
    if is_bullet(head) {
        return true;
    }
    let tail = char_before(text, line.end).unwrap_or(' ');
    if matches!(tail, ',' | '-' | '(' | '[' | '“' | '&' | '/') || matches!(head, ')' | ']' | '”' | ',' | ';')
    {
        return false;
    }
    if is_stop(head) && text.as_bytes().get(next.start + 1).is_none_or(u8::is_ascii_whitespace) {
        return false;
    }
    if begins_known_field(text, next) || is_byline(text, next) {
        return true;
    }
    let ended = is_stop(tail) || matches!(tail, ':' | ';' | '”' | '"' | ')');
    let roomy = is_roomy(text, line, next, room) && !ends_open(text, line);
    let item = begins_item(text, line);
    if begins_item(text, next) && (ended || roomy || item) {
        return true;
    }
    if head.is_lowercase() {
        // "features / contact manager": a list without capitals.
        return narrow && char_at(text, start).is_some_and(char::is_lowercase) && !ended;
    }
    if begins_field(text, next) && (begins_field(text, line) || roomy) {
        return true;
    }
    if next.indent > line.indent && head.is_uppercase() && !item {
        return true;
    }
    if head == '(' && char_at(text, next.start + 1).is_some_and(is_space) {
        return false;
    }
    roomy || (narrow && !ended)
}

/// Whether narrow lines are running text in a column: a sentence begins inside one of them, or most of those that do not
/// end one are followed by a lower-case word, while some begin with a capital.
fn is_prose(text: &str, block: &[Line]) -> bool {
    let begins_inside = |line: &Line| {
        let words = text.get(line.start..line.end).unwrap_or_default();
        words.match_indices(". ").any(|(at, _)| {
            let before = words.as_bytes()[..at].iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
            before >= 4 && char_at(words, at + 2).is_some_and(char::is_uppercase)
        })
    };
    let (mut open, mut lower) = (0, 0);
    for pair in block.windows(2) {
        if !char_before(text, pair[0].end).is_some_and(is_stop) && !begins_item(text, pair[1]) {
            open += 1;
            lower += usize::from(char_at(text, pair[1].start).is_some_and(char::is_lowercase));
        }
    }
    let capital = block.iter().any(|line| char_at(text, line.start).is_some_and(char::is_uppercase));
    block.len() > 1 && (block.iter().any(begins_inside) || (capital && open >= 3 && 2 * lower > open))
}

/// Whether the next line's first word would have had ample room in the line.
fn is_roomy(text: &str, line: Line, next: Line, room: usize) -> bool {
    width(text, line) + 1 + first_word_width(text, next) < room
}

/// Whether the line ends with a word that none ends with.
fn ends_open(text: &str, line: Line) -> bool {
    let bytes = &text.as_bytes()[line.start..line.end];
    let len = bytes.iter().rev().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = &bytes[bytes.len() - len..];
    OPEN_WORDS.contains_bytes(word)
}

fn width(text: &str, line: Line) -> usize {
    // Continuation bytes do not count.
    text.as_bytes()[line.start..line.end].iter().map(|b| usize::from(b & 0xc0 != 0x80)).sum()
}

fn first_word_width(text: &str, line: Line) -> usize {
    let bytes = &text.as_bytes()[line.start..line.end];
    bytes.iter().take(WIDEST).position(u8::is_ascii_whitespace).unwrap_or(bytes.len().min(WIDEST))
}

/// `- `, `* `, `12. `, `3) `, `(b) `, `iv) `.
fn begins_item(text: &str, line: Line) -> bool {
    let bytes = &text.as_bytes()[line.start..line.end];
    if char_at(text, line.start).is_some_and(is_bullet) {
        return true;
    }
    if let [b'-' | b'*' | b'+' | b'o', b' ', ..] = bytes {
        return true;
    }
    let open = usize::from(bytes.first() == Some(&b'('));
    let body = bytes.iter().skip(open).take(5).take_while(|b| b.is_ascii_alphanumeric()).count();
    let label = &bytes[open..open + body];
    let is_label = match label {
        [] => false,
        _ if label.iter().all(u8::is_ascii_digit) => body <= 3,
        [_] => true,
        _ => label.iter().all(|b| b"ivxIVX".contains(b)),
    };
    let (mark, after) = (bytes.get(open + body), bytes.get(open + body + 1));
    is_label && matches!(mark, Some(b'.' | b')')) && matches!(after, Some(b' ' | b'\t' | b')'))
}

/// `Date: `, `Volume: `, `Place of issue: `.
fn begins_field(text: &str, line: Line) -> bool {
    let bytes = &text.as_bytes()[line.start..line.end];
    let colon = bytes.iter().take(25).position(|&b| b == b':');
    bytes.first().is_some_and(u8::is_ascii_uppercase)
        && colon.is_some_and(|colon| {
            let name = &bytes[..colon];
            name.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-'))
                && name.split(|&b| b == b' ').count() <= 3
                && bytes.get(colon + 1).is_none_or(u8::is_ascii_whitespace)
        })
}

/// Names of header fields that archives use; no sentence has them before a colon at the head of a line.
static FIELDS: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("field"));

fn begins_known_field(text: &str, line: Line) -> bool {
    let bytes = &text.as_bytes()[line.start..line.end];
    FIELDS.iter().any(|field| {
        bytes.strip_prefix(field.as_bytes()).is_some_and(|rest| rest.starts_with(b": ") || rest == b":")
    })
}

/// `By Nino Holt`, `by Ann Lee and Tom Ray in Oslo`: every word of it begins with a capital, but for those that join
/// names, and no stop ends it.
fn is_byline(text: &str, line: Line) -> bool {
    let line = text.get(line.start..line.end).unwrap_or_default();
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")) else { return false };
    let is_name = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    line.len() <= 80
        && !names.ends_with(['.', ',', ';', ':', '!', '?'])
        && names.split_whitespace().count() >= 2
        && names.split_whitespace().all(|word| is_name(word) || BYLINES.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        stretches(text, Paragraphs::BlankLine, |s| found.push(text.get(s.start..s.end).unwrap()));
        found
    }

    #[test]
    fn wrapped_text_is_never_cut() {
        let words = "The ministers of Tajikistan and China met in Dushanbe on Tuesday to sign a protocol on the \
                     training of officers, the Defense Ministry of Tajikistan said in Dushanbe.";
        for width in 24..100 {
            let mut wrapped = String::new();
            let mut column = 0;
            for word in words.split_whitespace() {
                if column + 1 + word.len() > width && column > 0 {
                    wrapped.push('\n');
                    column = 0;
                } else if column > 0 {
                    wrapped.push(' ');
                    column += 1;
                }
                wrapped.push_str(word);
                column += word.len();
            }
            if width >= NARROW + 8 {
                assert_eq!(cut(&wrapped).len(), 1, "{width}: {wrapped}");
            }
        }
    }

    #[test]
    fn header_lines_of_archives_stand_alone() {
        assert_eq!(
            cut("THE LEDGER\r\nVol. 8, No. 19 (September 24, 2013)\r\nAuthor: Mirela Novak\r\n").len(),
            3
        );
        assert_eq!(
            cut("DISPATCH, Number 112\nThursday, 9 February 2017\nby Ibrahim Oumarou-Lacroix").len(),
            3
        );
        assert_eq!(
            cut("Flank Notes | No. 37 | 18 November 2022\nBy Łukasz Wierzbicki and Marju Tammsalu").len(),
            2
        );
        assert_eq!(
            cut("The convoy was stopped on the road\nby Moscow and its allies near the old border post.")
                .len(),
            1
        );
    }

    #[test]
    fn headings_fields_and_items_stand_alone() {
        assert_eq!(
            cut("Border talks\nThe two sides met for the third time this year in Osh.\n\nSecond paragraph"),
            ["Border talks", "The two sides met for the third time this year in Osh.", "Second paragraph"]
        );
        assert_eq!(cut("Publication: Steppe Review\nVolume: 3\nIssue: 41").len(), 3);
        assert_eq!(cut("Agenda:\n- water\n- rail links\n- customs").len(), 4);
        assert_eq!(cut("1. Water for the\nlower valleys\n2. Rail").len(), 2);
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let line = "Word ".repeat(50);
        let mut numbers = Vec::new();
        stretches(&format!("{line}\n{line}\n{line}"), Paragraphs::BlankLine, |s| numbers.push(s.paragraph));
        assert_eq!(numbers, [0, 1, 2]);
    }

    #[test]
    fn every_kind_of_line_end_counts() {
        assert_eq!(cut("One\r\n\r\nTwo\r\rThree\u{2029}Four\u{85}\u{85}Five").len(), 5);
    }
}
