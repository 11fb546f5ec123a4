//! What becomes of text before it is cut: BERT's normalization, and splitting at spaces and punctuation.

use unicode_categories::UnicodeCategories;
use unicode_normalization::UnicodeNormalization;

use super::LONGEST;

/// How text is normalized.
#[derive(Debug, Clone, Copy)]
pub struct Normal {
    /// Lower-case letters.
    pub lower: bool,
    /// Letters without their accents.
    pub strip: bool,
    /// A Chinese character is a word.
    pub split_chinese: bool,
}

impl Normal {
    /// Calls `each` with every run of normalized `text`: a punctuation character, or what stands between
    /// those and spaces.
    pub fn runs(self, text: &str, each: impl FnMut(&[u8])) {
        if text.is_ascii() && text.len() <= LONGEST {
            self.ascii_runs(text, each);
        } else {
            self.any_runs(text, each);
        }
    }

    /// Nothing is allocated for a word of ordinary English.
    fn ascii_runs(self, text: &str, mut each: impl FnMut(&[u8])) {
        let mut run = [0; LONGEST];
        let mut length = 0;
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                run[length] = if self.lower { byte.to_ascii_lowercase() } else { byte };
                length += 1;
            } else if byte.is_ascii_punctuation() {
                if length > 0 {
                    each(&run[..length]);
                }
                each(&[byte]);
                length = 0;
            } else if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') && length > 0 {
                // Other control characters vanish.
                each(&run[..length]);
                length = 0;
            }
        }
        if length > 0 {
            each(&run[..length]);
        }
    }

    fn any_runs(self, text: &str, mut each: impl FnMut(&[u8])) {
        let clean = text.chars().filter(|c| !is_dropped(*c));
        let mut spaced = String::with_capacity(text.len() + 8);
        for c in clean {
            if self.split_chinese && is_chinese(c) {
                spaced.extend([' ', c, ' ']);
            } else {
                spaced.push(c);
            }
        }
        if self.strip {
            spaced = spaced.nfd().filter(|c| !c.is_mark_nonspacing()).collect();
        }
        if self.lower {
            // Letter by letter: no final sigma.
            spaced = spaced.chars().flat_map(char::to_lowercase).collect();
        }
        for part in spaced.split(is_space) {
            for run in part.split_inclusive(is_punctuation) {
                let last = run.char_indices().next_back().filter(|(_, c)| is_punctuation(*c));
                let (word, mark) = run.split_at(last.map_or(run.len(), |(at, _)| at));
                for run in [word, mark] {
                    if !run.is_empty() {
                        each(run.as_bytes());
                    }
                }
            }
        }
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0' | '\u{fffd}' => true,
        _ => c.is_other(),
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

/// Chinese ideographs, which BERT takes one by one.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF
        | 0x3400..=0x4DBF
        | 0x20000..=0x2A6DF
        | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F
        | 0x2B920..=0x2CEAF
        | 0xF900..=0xFAFF
        | 0x2F800..=0x2FA1F)
}
