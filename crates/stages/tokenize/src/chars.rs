//! What a character is to the segmenter.

use unicode_segmentation::UnicodeSegmentation;

/// The character that begins at byte `at`.
pub fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at byte `at`.
pub fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// True for what stands between words and shows nothing: white space, controls, zero-width characters.
pub fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ' || c == '\u{7f}';
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// True for characters that words are made of. U+FFFD stands for a letter that was lost.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let pictogram = matches!(c, '\u{2139}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    (c.is_alphanumeric() && !pictogram) || c == '\u{fffd}'
}

/// True for characters that belong to the one before them: combining marks, joiners, soft hyphens.
pub fn extends(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    if matches!(c, '\u{ad}' | '\u{2060}' | '\u{feff}') {
        return true;
    }
    let mut pair = [b'a'; 5];
    let len = 1 + c.encode_utf8(&mut pair[1..]).len();
    std::str::from_utf8(&pair[..len]).is_ok_and(|pair| pair.graphemes(true).nth(1).is_none())
}

/// End of the grapheme cluster that begins at byte `at`, at most `limit`.
pub fn grapheme_end(text: &str, at: usize, limit: usize) -> usize {
    let cluster = text.get(at..limit).and_then(|rest| rest.graphemes(true).next());
    cluster.map_or(limit, |cluster| at + cluster.len())
}

/// First position from `at` on, at most `limit`, where something shows.
pub fn skip_space(text: &str, mut at: usize, limit: usize) -> usize {
    let bytes = text.as_bytes();
    while at < limit {
        if bytes[at].is_ascii() {
            if !is_space(bytes[at] as char) {
                break;
            }
            at += 1;
        } else {
            match char_at(text, at) {
                Some(c) if is_space(c) => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at.min(limit)
}

/// Last position down to `start` before which something shows.
pub fn skip_space_back(text: &str, start: usize, mut at: usize) -> usize {
    while at > start {
        match char_before(text, at) {
            Some(c) if is_space(c) => at -= c.len_utf8(),
            _ => break,
        }
    }
    at.max(start)
}

/// True for marks that close a quotation or a bracket.
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | ')' | ']' | '}' | '”' | '’' | '»' | '›' | '）' | '」' | '』' | '】' | '〉' | '》'
    )
}

/// True for marks that open a quotation.
pub fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '「' | '『' | '《' | '〈')
}

/// True for marks that may end a sentence.
pub fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '‽' | '⁇' | '⁈' | '⁉') || is_wide_stop(c)
}

/// True for stops that need no space after them.
pub fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '։')
}

/// True for dashes, as opposed to hyphens.
pub fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '−')
}

/// True for marks that only ever begin a list item.
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '⁃'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '◦'
            | '‣'
            | '■'
            | '□'
            | '►'
            | '➢'
            | '✓'
            | '✔'
            | '❖'
            | '\u{f0b7}'
    )
}
