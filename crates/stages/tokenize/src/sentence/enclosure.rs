//! Quotations and brackets that are open at a stop.

use crate::chars::{char_at, char_before, is_space};

/// A quotation or bracket that closes no later than this many bytes after it opens is not cut; one that runs on
/// is taken for a mark that was never closed, or for running text.
const SHORT: usize = 320;

/// What is open at the place under view.
#[derive(Debug, Default)]
pub struct Enclosure {
    bracket: Option<Open>,
    quote: Option<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    at: usize,
    mark: char,
    close: Close,
}

/// Where something open closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Unknown,
    At(usize),
    /// Not within [`SHORT`].
    Far,
}

impl Open {
    fn new(at: usize, mark: char) -> Self {
        Self { at, mark, close: Close::Unknown }
    }

    /// Whether it closes at or after `from`, near enough.
    fn closes_after(&mut self, text: &str, from: usize, limit: usize) -> bool {
        match self.close {
            Close::At(close) if close >= from => return true,
            Close::Far => return false,
            _ => {}
        }
        let bytes = text.as_bytes();
        let limit = limit.min(self.at + SHORT);
        let found = (from..limit).find(|&i| closes(bytes, i, self.mark));
        self.close = found.map_or(Close::Far, Close::At);
        found.is_some()
    }
}

/// Whether the byte at `i` begins the mark that closes `mark`.
fn closes(bytes: &[u8], i: usize, mark: char) -> bool {
    let before = || i.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let at_end = || bytes.get(i + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
    match mark {
        '(' => bytes[i] == b')',
        '[' => bytes[i] == b']',
        '"' => bytes[i] == b'"',
        '“' | '„' => bytes[i..].starts_with("”".as_bytes()),
        '«' => bytes[i..].starts_with("»".as_bytes()),
        // An apostrophe looks the same; one behind punctuation closes.
        '\'' | '`' => bytes[i] == b'\'' && matches!(before(), b'.' | b',' | b'!' | b'?') && at_end(),
        '‘' => {
            let stop = matches!(before(), b'.' | b',' | b'!' | b'?');
            stop && bytes[i..].starts_with("’".as_bytes())
        }
        _ => false,
    }
}

impl Enclosure {
    /// A new sentence begins: what was open before it no longer keeps it together.
    pub fn begin_sentence(&mut self) {
        self.bracket = None;
    }

    /// Notes a mark at `at`, in a sentence that begins at `sentence`.
    pub fn note(&mut self, text: &str, sentence: usize, at: usize, mark: char) {
        match mark {
            '(' | '[' if self.bracket.is_none() && at > sentence => self.bracket = Some(Open::new(at, mark)),
            '“' | '„' | '«' if self.quote.is_none_or(|q| at - q.at > SHORT || q.mark == '\'') => {
                self.quote = Some(Open::new(at, mark));
            }
            '"' => {
                let open = self.quote.is_some_and(|q| q.mark == '"');
                let begins = is_apart(char_before(text, at)) && !is_apart(char_at(text, at + 1));
                self.quote = (begins || !open).then(|| Open::new(at, mark));
                if !begins && !is_apart(char_before(text, at)) {
                    self.quote = None;
                }
            }
            '\'' | '`' | '‘' if self.quote.is_none() => {
                let next = char_at(text, at + mark.len_utf8());
                if is_apart(char_before(text, at)) && next.is_some_and(char::is_alphabetic) {
                    self.quote = Some(Open::new(at, mark));
                }
            }
            ')' | ']' | '”' | '»' => self.close(mark),
            _ => {}
        }
    }

    /// A closing mark was passed.
    pub fn close(&mut self, mark: char) {
        match mark {
            ')' => self.bracket = self.bracket.filter(|b| b.mark != '('),
            ']' => self.bracket = self.bracket.filter(|b| b.mark != '['),
            '"' | '”' | '»' => self.quote = self.quote.filter(|q| matches!(q.mark, '\'' | '`' | '‘')),
            '\'' | '’' => self.quote = self.quote.filter(|q| !matches!(q.mark, '\'' | '`' | '‘')),
            _ => {}
        }
    }

    /// True inside a quotation.
    pub fn in_quote(&self) -> bool {
        self.quote.is_some()
    }

    /// Whether the stop at `stop`, with what closes up to `end`, stands within a bracket, or is a `!` or `?`
    /// within a short quotation.
    pub fn holds(&mut self, text: &str, stop: usize, end: usize, limit: usize, strong: bool) -> bool {
        let near = |open: &mut Option<Open>| {
            let Some(inner) = open.as_mut() else { return false };
            if stop - inner.at > SHORT {
                *open = None;
                return false;
            }
            inner.closes_after(text, end, limit)
        };
        near(&mut self.bracket) || (strong && near(&mut self.quote))
    }
}

fn is_apart(c: Option<char>) -> bool {
    c.is_none_or(|c| is_space(c) || matches!(c, '(' | '[' | '-' | '—' | '–'))
}
