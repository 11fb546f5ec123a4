//! The lines at the head of a text.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::HEADER_WORDS;

/// How much of a text is looked at (bytes).
pub const HEAD: usize = 8192;

/// Nobody sets a headline or a byline at more characters than this; longer lines are prose.
const LONGEST: usize = 160;

/// Words that join names in a byline.
static JOINTS: LazyLock<Words> = LazyLock::new(|| HEADER_WORDS.shipped().of_class("byline"));

/// The head of `text` in blocks of lines: trimmed, none of them blank, blocks divided by blank lines. A line that goes
/// on after [`HEAD`] is left out.
pub fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut rest = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    let whole = rest.len() == text.len();
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    while let Some(end) = rest.find(['\n', '\r']).or((whole && !rest.is_empty()).then_some(rest.len())) {
        let (line, tail) = rest.split_at(end);
        let line = line.trim();
        match (line.is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push(line),
            (true, Some(block)) if !block.is_empty() => blocks.push(Vec::new()),
            _ => {}
        }
        rest = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\n', '\r'])).unwrap_or_default();
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Whether a line without a label is running text, not a heading.
pub fn is_prose(line: &str) -> bool {
    let ends = line.ends_with(['.', ';', ',', '!']);
    line.chars().count() > LONGEST || (ends && line.split_whitespace().count() > 3)
}

/// `By Nino Holt`, `by Ann Lee and Tom Ray in Oslo`: the names. Every word begins with a capital, but for those that
/// join names, and no stop ends it.
pub fn byline(line: &str) -> Option<&str> {
    let names = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by))?.trim();
    let is_name = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let fits = line.chars().count() <= 100
        && !names.ends_with([',', ';', ':', '!', '?'])
        && (!names.ends_with('.') || names.ends_with("Jr."))
        && names.split_whitespace().count() >= 2
        && names.split_whitespace().all(|word| is_name(word) || JOINTS.contains(word));
    fits.then_some(names)
}

/// Notes of an agency's desk on what is new in a piece: `ATTENTION - ADDS details ///`. They are neither headline nor
/// dateline.
pub fn is_desk_note(line: &str) -> bool {
    line.ends_with("///") || line.starts_with("ATTENTION ") || line.starts_with("EDITORS:")
}

/// A headline and the author that ends it: `Mill Shuts in Osh by Ann Lee`. The name is two or three capitalised words.
pub fn title_and_byline(line: &str) -> (&str, Option<&str>) {
    let split = [" by ", " By "].iter().filter_map(|by| line.rfind(by).map(|at| (at, at + by.len()))).max();
    let read = split.and_then(|(at, from)| Some((line.get(..at)?, line.get(from..)?)));
    let name = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
            && word.chars().filter(|c| c.is_lowercase()).count() + usize::from(word.ends_with('.')) > 0
    };
    let is_author = |names: &str| {
        (2..=3).contains(&names.split_whitespace().count()) && names.split_whitespace().all(name)
    };
    // In a headline that capitalises its words a name cannot be told from what was done by whom.
    let plain =
        |title: &str| title.split_whitespace().skip(1).any(|word| word.starts_with(char::is_lowercase));
    match read {
        Some((title, names)) if is_author(names) && plain(title) && title.split_whitespace().count() > 3 => {
            (title.trim(), Some(names))
        }
        _ => (line, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_divide_whatever_ends_a_line() {
        for text in ["A\nB\n\nC", "A\r\nB\r\n\r\nC\r\n", "A\rB\r\rC", "\n\n A \nB\n \t\n\n\nC\n"] {
            assert_eq!(blocks(text), [vec!["A", "B"], vec!["C"]], "{text:?}");
        }
        assert!(blocks(" \r\n ").is_empty());
    }

    #[test]
    fn a_text_of_one_endless_line_has_no_head() {
        assert!(blocks(&"ж".repeat(HEAD)).is_empty());
        assert_eq!(blocks(&format!("Title\n{}", "ж".repeat(HEAD))), [["Title"]]);
    }

    #[test]
    fn a_headline_may_end_with_its_author() {
        assert_eq!(
            title_and_byline("Mill shuts down in Osh by Ann Lee"),
            ("Mill shuts down in Osh", Some("Ann Lee"))
        );
        for line in [
            "Mill shut down by police",
            "Mill Shut Down by Ann Lee",
            "Mill down by Ann Lee",
            "Stand by me in Osh",
        ] {
            assert_eq!(title_and_byline(line), (line, None));
        }
    }

    #[test]
    fn bylines_are_names() {
        assert_eq!(byline("By J. A. Huamán Pfeiffer"), Some("J. A. Huamán Pfeiffer"));
        assert_eq!(byline("by Ibrahim Oumarou-Lacroix"), Some("Ibrahim Oumarou-Lacroix"));
        assert_eq!(byline("By Ann Lee and Tom Ray in Oslo"), Some("Ann Lee and Tom Ray in Oslo"));
        for line in [
            "By Tuesday",
            "By then the road was open",
            "By Moscow and Kyiv it was called a draw",
            "Bye Bye Birdie",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }
}
