//! What holds for every text.

use docmill_tokenize::{Paragraphs, Segmenter, TokenizeSettings};
use proptest::prelude::*;

fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Sentences and tokens are in order, do not overlap, lie on char boundaries, and cover what shows; tokens lie in
/// their sentence.
fn check(segmenter: &Segmenter, text: &str) {
    let sentences = segmenter.sentences(text);
    let tokens = segmenter.tokens(text, &sentences);
    assert_eq!(tokens.sentences(), sentences.items.len());
    let mut covered = 0;
    let gap_is_blank = |from: usize, to: usize| {
        let gap = text.get(from..to).expect("spans are ordered and on char boundaries");
        assert!(!gap.contains(is_visible), "not covered: {gap:?}");
    };
    let mut paragraph = 0;
    for (i, sentence) in sentences.items.iter().enumerate() {
        let shown = sentence.span.slice(text).expect("on char boundaries");
        assert_eq!(shown.trim(), shown);
        assert!(!shown.is_empty());
        assert!(sentence.paragraph >= paragraph);
        paragraph = sentence.paragraph;
        for token in tokens.of_sentence(i) {
            assert!(sentence.span.contains(*token) && !token.is_empty());
            gap_is_blank(covered, token.start as usize);
            covered = token.end as usize;
        }
        gap_is_blank(covered, sentence.span.end as usize);
        covered = sentence.span.end as usize;
    }
    gap_is_blank(covered, text.len());
}

fn check_all(text: &str) {
    check(&Segmenter::default(), text);
    let by_line = TokenizeSettings { paragraphs: Paragraphs::Line, ..TokenizeSettings::default() };
    check(&Segmenter::new(&by_line), text);
}

const PIECES: &[&str] = &[
    "The",
    "U.S.",
    "Gen.",
    "No.",
    "p.m.",
    "etc.",
    "J.",
    "a.",
    "1.",
    "2)",
    "(b)",
    "word",
    "don't",
    "China’s",
    "5.3",
    "1,000",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "[3]",
    ".",
    "..",
    "...",
    "…",
    " . . .",
    "!",
    "?",
    "?!",
    "。",
    "．",
    ":",
    ";",
    ",",
    "-",
    "--",
    "—",
    "/",
    "@",
    "#",
    "$",
    "&",
    "•",
    " • ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\0",
    "\u{fffd}",
    "é",
    "e\u{301}",
    "\u{301}",
    "Душанбе",
    "中国",
    "👩‍👩‍👧",
    "🇹🇯",
    "🇹",
    "http://a.b/c?d",
    "www.a.org",
    "jane@a.org",
    ":-)",
    "Then",
    "said",
    "al-Qaeda",
    "Date: ",
    "- ",
    "ℹ\u{fe0f}",
    "\u{600}",
    "’s",
    "n't",
];

proptest! {
    #[test]
    fn holds_for_any_text(text in "\\PC{0,200}|.{0,80}") {
        check_all(&text);
    }

    #[test]
    fn holds_for_awkward_pieces(
        pieces in prop::collection::vec((prop::sample::select(PIECES), prop::bool::weighted(0.5)), 0..60),
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, if *space { " " } else { "" }]).collect();
        check_all(&text);
    }
}

/// Work that grows faster than the text would not come to an end here.
#[test]
fn hostile_texts_come_to_an_end() {
    const SIZE: usize = 2 << 20;
    for piece in [
        "a",
        ".",
        ". ",
        "\"",
        "“",
        "(",
        "[",
        "'",
        "\n",
        "\r\n",
        " ",
        "\u{a0}",
        "1-",
        "a-",
        "a@",
        "a.",
        "A.A ",
        "!a ",
        "“A! ",
        "(A. ",
        "x) ",
        "1. ",
        "‑",
        "\u{301}",
        "🇹",
        "👩\u{200d}",
        "http://",
        "a/",
        "• ",
        "a’",
        ":",
        "\u{0}",
        "x\n",
        "A. (b",
        "[1]",
        "a.1 2 3 ",
        "\u{2028}",
        "\" ' ",
        ") ",
        ".)",
        "1.)",
    ] {
        let text = piece.repeat(SIZE / 8 / piece.len());
        check(&Segmenter::default(), &text);
    }
    for piece in [".", "(", "“A! ", "a", "\n"] {
        check(&Segmenter::default(), &piece.repeat(SIZE / piece.len()));
    }
}
