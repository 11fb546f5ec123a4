//! Where a long document is cut into windows.

use std::ops::Range;

/// Cuts a text into pieces of at most `most` bytes, or one character: each ends after a blank line if there is one in
/// its second half, otherwise after a sentence that ends a line, a sentence, a line, a word, or a character.
///
/// Every byte is in one piece. Linear: each piece is searched backwards once for each of these.
pub(crate) fn cut(text: &str, most: usize) -> Vec<Range<usize>> {
    let most = most.max(4);
    let mut pieces = Vec::new();
    let mut start = 0;
    while text.len() - start > most {
        let end = text.floor_char_boundary(start + most);
        let half = text.floor_char_boundary(start + most / 2);
        let border =
            text.get(start..end).and_then(|piece| border(piece, half - start)).map_or(end, |at| start + at);
        pieces.push(start..border);
        start = border;
    }
    pieces.push(start..text.len());
    pieces
}

/// The last good place to cut after `half`.
fn border(piece: &str, half: usize) -> Option<usize> {
    let line_ends = || piece.rmatch_indices('\n').map(|(at, _)| at).take_while(|&at| at >= half);
    let words = || {
        let spaces = piece.rmatch_indices(char::is_whitespace);
        spaces.map(|(at, space)| (at, at + space.len())).take_while(|&(at, _)| at >= half)
    };
    let before = |at: usize| piece.get(..at).unwrap_or_default();
    let mut later: Option<usize> = None;
    let blank_line = line_ends().find_map(|at| {
        let next = later.replace(at)?;
        let between = piece.get(at + 1..next)?;
        between.trim().is_empty().then_some(next + 1)
    });
    let sentence_in_line = || {
        words().find_map(|(at, next)| {
            let follows = piece.get(next..)?.chars().next()?;
            let begins = !follows.is_lowercase() && !follows.is_whitespace();
            (begins && ends_sentence(before(at))).then_some(next)
        })
    };
    blank_line
        .or_else(|| line_ends().find(|&at| ends_sentence(before(at))).map(|at| at + 1))
        .or_else(sentence_in_line)
        .or_else(|| line_ends().next().map(|at| at + 1))
        .or_else(|| words().next().map(|(_, next)| next))
}

/// Marks that may stand between a stop and the end of its sentence, and how many of them are looked past: a look back
/// without a bound would take the square of the length.
const CLOSING: [char; 7] = ['\r', '"', '\'', '”', '’', ')', ']'];
const MOST_CLOSING: usize = 3;

/// Whether a sentence seems to end here: a full stop, perhaps with closing marks, after a word of four letters or a
/// closing mark; `Gen.` and `U.S.` end none.
fn ends_sentence(before: &str) -> bool {
    let strip = |text| str::strip_suffix(text, CLOSING).unwrap_or(text);
    let before = (0..MOST_CLOSING).fold(before, |text, _| strip(text));
    let Some(words) = before.strip_suffix(['.', '!', '?', '…']) else { return false };
    let letters = words.chars().rev().take(4).take_while(|c| c.is_alphanumeric()).count();
    letters == 4 || words.ends_with(CLOSING)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(text: &str, most: usize) -> Vec<&str> {
        cut(text, most).into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn the_best_border_is_taken() {
        assert_eq!(pieces("Short.", 100), ["Short."]);
        assert_eq!(
            pieces("Osh waits.\n\nNaryn does.\nKhorog waits too.", 30)[0],
            "Osh waits.\n\nNaryn does.\n"
        );
        assert_eq!(
            pieces("Osh waits. So it is.\r\n \r\nNaryn does. It", 36)[0],
            "Osh waits. So it is.\r\n \r\n"
        );
        assert_eq!(
            pieces("They met Gen. Cao twice. Then Mr. Lee left them", 40)[0],
            "They met Gen. Cao twice. "
        );
        assert_eq!(pieces("a wrapped line\nwithout an end of", 26)[0], "a wrapped line\n");
        assert_eq!(pieces("words and words", 12), ["words and ", "words"]);
        assert_eq!(pieces("ееееее", 5), ["ее", "ее", "ее"]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        for text in [
            "a".repeat(3 << 20),
            "a \n".repeat(1 << 20),
            ". ".repeat(1 << 20),
            "\n".repeat(3 << 20),
            ") ".repeat(1 << 20),
        ] {
            for most in [1000, 1 << 20] {
                assert!(cut(&text, most).len() >= text.len() / most);
            }
        }
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_piece(text in "([a-z]{1,9}[.!?]?[ \n]|Ж|🛰️|\r\n\r\n|e\u{301}){0,60}", most in 1_usize..80) {
            let ranges = cut(&text, most);
            prop_assert_eq!(pieces(&text, most).concat(), text.clone());
            prop_assert!(ranges.iter().all(|range| range.len() <= most.max(4)));
            prop_assert!(ranges.len() == 1 || ranges.iter().all(|range| !range.is_empty()));
        }
    }
}
