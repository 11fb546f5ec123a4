//! A text with overlapping spans as flat pieces: each piece lies inside or outside of every span as a whole.
//!
//! Flat, not nested: a quotation that begins in one evidence span and ends in another has no place in a tree, and the
//! page then needs no splitting rules.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

/// Marks that a piece names: the innermost ones. Only a damaged or hostile record has more in one place; there, a
/// limit keeps the page linear in the record.
const DEPTH: usize = 32;

/// What a mark shows. Of two marks over the same span, the earlier kind lies outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Sentence,
    Quote,
    Stance,
    Citation,
    Layer,
    Speaker,
    Cue,
    Event,
    Entity,
}

/// A span that the page marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub kind: Kind,
    /// Index among the things of its kind; for a speaker or a cue, that of its quotation.
    pub item: u32,
}

impl Serialize for Mark {
    /// Kind and index: where a mark stands is told by the pieces.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.kind, self.item).serialize(serializer)
    }
}

/// A stretch of text and the marks that cover it, outermost first, as indices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Piece(pub String, pub Vec<u32>);

/// Cuts `text` into paragraphs of pieces. Paragraphs end at blank lines and at the bytes in `breaks` (ascending); the
/// white space around them is left out.
pub(crate) fn paragraphs(text: &str, breaks: &[usize], marks: &[Mark]) -> Vec<Vec<Piece>> {
    let mut cuts = Cuts::new(marks);
    let piece_lists = blocks(text, breaks).into_iter().map(|(start, end)| cuts.pieces(text, start, end));
    piece_lists.collect()
}

/// The paragraphs as byte ranges without surrounding white space.
fn blocks(text: &str, breaks: &[usize]) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    let mut breaks = breaks.iter().copied().peekable();
    // Byte range of the paragraph under way, and line feeds since its end.
    let mut block: Option<(usize, usize)> = None;
    let mut line_feeds = 0;
    for (at, c) in text.char_indices() {
        let broken = breaks.next_if(|&next| next <= at).is_some();
        while breaks.next_if(|&next| next <= at).is_some() {}
        if c.is_whitespace() {
            line_feeds += usize::from(c == '\n');
            if broken {
                blocks.extend(block.take());
            }
            continue;
        }
        if broken || line_feeds > 1 {
            blocks.extend(block.take());
        }
        line_feeds = 0;
        let end = at + c.len_utf8();
        block = Some((block.map_or(at, |(start, _)| start), end));
    }
    blocks.extend(block);
    blocks
}

/// The places where marks open and close, passed once from front to back.
struct Cuts<'m> {
    marks: &'m [Mark],
    opens: Vec<u32>,
    closes: Vec<u32>,
    next_open: usize,
    next_close: usize,
    /// Marks around the current place, outermost first.
    around: BTreeSet<(usize, Reverse<usize>, Kind, u32)>,
}

impl<'m> Cuts<'m> {
    fn new(marks: &'m [Mark]) -> Self {
        let mut opens: Vec<u32> =
            (0..marks.len() as u32).filter(|&i| !marks[i as usize].is_empty()).collect();
        let mut closes = opens.clone();
        opens.sort_by_key(|&i| marks[i as usize].start);
        closes.sort_by_key(|&i| marks[i as usize].end);
        Self { marks, opens, closes, next_open: 0, next_close: 0, around: BTreeSet::new() }
    }

    fn pieces(&mut self, text: &str, start: usize, end: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = start;
        while at < end {
            self.pass(at);
            let next = self.next_cut().min(end);
            let around = self.around.iter().rev().take(DEPTH).map(|&(_, _, _, i)| i);
            let mut around: Vec<u32> = around.collect();
            around.reverse();
            pieces.push(Piece(shown(text, at, next), around));
            at = next;
        }
        pieces
    }

    /// Opens and closes all that opens and closes up to `at`.
    fn pass(&mut self, at: usize) {
        while let Some(&i) = self.opens.get(self.next_open).filter(|&&i| self.mark(i).start <= at) {
            self.around.insert(self.mark(i).order(i));
            self.next_open += 1;
        }
        while let Some(&i) = self.closes.get(self.next_close).filter(|&&i| self.mark(i).end <= at) {
            self.around.remove(&self.mark(i).order(i));
            self.next_close += 1;
        }
    }

    /// The next place behind the current one where a mark opens or closes.
    fn next_cut(&self) -> usize {
        let open = self.opens.get(self.next_open).map(|&i| self.mark(i).start);
        let close = self.closes.get(self.next_close).map(|&i| self.mark(i).end);
        open.into_iter().chain(close).min().unwrap_or(usize::MAX)
    }

    fn mark(&self, i: u32) -> Mark {
        self.marks[i as usize]
    }
}

impl Mark {
    fn is_empty(self) -> bool {
        self.end <= self.start
    }

    fn order(self, i: u32) -> (usize, Reverse<usize>, Kind, u32) {
        (self.start, Reverse(self.end), self.kind, i)
    }
}

/// The slice with `\n` for each line end: HTML shows a carriage return as a box, or not at all.
fn shown(text: &str, start: usize, end: usize) -> String {
    let slice = text.get(start..end).unwrap_or_default();
    if !slice.contains('\r') {
        return slice.to_owned();
    }
    let within_pair = slice.ends_with('\r') && text.as_bytes().get(end) == Some(&b'\n');
    let slice = slice.strip_suffix('\r').filter(|_| within_pair).unwrap_or(slice);
    slice.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(start: usize, end: usize, kind: Kind, item: u32) -> Mark {
        Mark { start, end, kind, item }
    }

    /// `text[marks]` pieces of one paragraph, for reading.
    fn shown(text: &str, marks: &[Mark]) -> Vec<String> {
        let pieces = paragraphs(text, &[], marks).concat();
        pieces.into_iter().map(|Piece(text, marks)| format!("{text}{marks:?}")).collect()
    }

    #[test]
    fn nested_marks_are_named_from_outside_in() {
        let marks = [mark(4, 6, Kind::Entity, 0), mark(0, 10, Kind::Sentence, 0), mark(2, 8, Kind::Quote, 0)];
        assert_eq!(shown("0123456789", &marks), ["01[1]", "23[1, 2]", "45[1, 2, 0]", "67[1, 2]", "89[1]"]);
    }

    #[test]
    fn crossing_marks_are_both_kept() {
        let marks = [mark(0, 4, Kind::Quote, 0), mark(2, 6, Kind::Stance, 0)];
        assert_eq!(shown("01234567", &marks), ["01[0]", "23[0, 1]", "45[1]", "67[]"]);
    }

    #[test]
    fn of_equal_spans_the_kind_decides() {
        let marks = [mark(0, 2, Kind::Entity, 0), mark(0, 2, Kind::Speaker, 0), mark(0, 2, Kind::Stance, 0)];
        assert_eq!(shown("01", &marks), ["01[2, 1, 0]"]);
    }

    #[test]
    fn blank_lines_and_breaks_end_paragraphs() {
        let text = "  one\r\nstill one \r\n \r\n two\nthree  ";
        let three = text.find("three").unwrap();
        let found = paragraphs(text, &[three], &[mark(2, text.len(), Kind::Quote, 0)]);
        let texts: Vec<String> =
            found.iter().map(|p| p.iter().map(|piece| piece.0.as_str()).collect()).collect();
        assert_eq!(texts, ["one\nstill one", "two", "three"]);
        assert!(found.iter().flatten().all(|piece| piece.1 == [0]));
    }

    #[test]
    fn a_cut_inside_a_line_end_gives_one_line_feed() {
        let marks = [mark(0, 2, Kind::Quote, 0)];
        assert_eq!(shown("a\r\nb", &marks), ["a[0]", "\nb[]"]);
        assert_eq!(shown("a\rb", &[]), ["a\nb[]"]);
    }

    #[test]
    fn empty_marks_cut_nothing() {
        assert_eq!(shown("ab", &[mark(1, 1, Kind::Entity, 0)]), ["ab[]"]);
    }

    #[test]
    fn a_tower_of_marks_stays_linear() {
        let text = "x".repeat(20_000);
        let marks: Vec<Mark> = (0..20_000).map(|i| mark(i as usize, 20_000, Kind::Stance, i)).collect();
        let pieces = paragraphs(&text, &[], &marks).concat();
        assert_eq!(pieces.len(), 20_000);
        assert_eq!(pieces[19_999].1.len(), DEPTH);
        assert_eq!(pieces[19_999].1.last(), Some(&19_999));
    }

    proptest! {
        #[test]
        fn pieces_are_the_text_and_cover_their_marks(
            text in "[ab é🛰]{1,60}",
            spans in proptest::collection::vec((0usize..60, 0usize..60, 0u32..3), 0..12),
        ) {
            let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let place = |i: usize| bytes[i % bytes.len()];
            let kinds = [Kind::Quote, Kind::Stance, Kind::Entity];
            let marks: Vec<Mark> = spans.iter().enumerate()
                .map(|(i, &(a, b, k))| mark(place(a.min(b)), place(a.max(b)), kinds[k as usize], i as u32))
                .collect();
            let pieces = paragraphs(&text, &[], &marks).concat();
            let joined: String = pieces.iter().map(|p| p.0.as_str()).collect();
            prop_assert_eq!(&joined, text.trim());
            let mut at = text.len() - text.trim_start().len();
            for Piece(piece, around) in &pieces {
                let end = at + piece.len();
                for (i, m) in marks.iter().enumerate() {
                    prop_assert_eq!(around.contains(&(i as u32)), m.start <= at && end <= m.end && at < m.end);
                }
                at = end;
            }
        }
    }
}
