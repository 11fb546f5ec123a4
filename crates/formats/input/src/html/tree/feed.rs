//! Hands a page to the parser in pieces, without the attributes that are too many.

use dom_query::Document;
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TokenSink, Tokenizer, TokenizerOpts};

use super::attributes::tag;
use super::filter::{Filter, Raw};

/// The tree of a page; nothing if it has too many nodes.
pub(super) fn parsed(page: &str) -> Option<Document> {
    let feed = Feed {
        bytes: page.as_bytes(),
        whole: StrTendril::from_slice(page),
        tokenizer: Tokenizer::new(Filter::default(), TokenizerOpts::default()),
        queue: BufferQueue::default(),
    };
    let mut at = 0;
    while at < page.len() {
        at = feed.piece(at);
        if feed.tokenizer.sink.is_full() {
            return None;
        }
    }
    feed.tokenizer.end();
    let filter = feed.tokenizer.sink;
    if filter.is_full() { None } else { Some(filter.tree()) }
}

struct Feed<'a> {
    bytes: &'a [u8],
    /// The page, which the pieces share.
    whole: StrTendril,
    tokenizer: Tokenizer<Filter>,
    queue: BufferQueue,
}

impl Feed<'_> {
    /// Hands on what begins at a place: text, a tag, a comment. Returns where the next begins.
    fn piece(&self, at: usize) -> usize {
        match self.tokenizer.sink.raw() {
            Raw::All => self.give(at, self.bytes.len()),
            Raw::Until(name) => self.raw(at, name.as_bytes()),
            Raw::Not => {
                let start = self.find(at, b"<");
                if start > at { self.give(at, start) } else { self.markup(at) }
            }
        }
    }

    /// What begins with `<`.
    fn markup(&self, at: usize) -> usize {
        match self.bytes.get(at + 1..).unwrap_or_default() {
            [b'/', letter, ..] if letter.is_ascii_alphabetic() => self.tag(at, at + 2),
            [letter, ..] if letter.is_ascii_alphabetic() => self.tag(at, at + 1),
            [b'!', b'-', b'-', ..] => self.give(at, self.comment(at + 4)),
            [b'!', rest @ ..]
                if rest.starts_with(b"[CDATA[")
                    && self.tokenizer.sink.adjusted_current_node_present_but_not_in_html_namespace() =>
            {
                self.give(at, self.behind(at, b"]]>"))
            }
            [b'!' | b'?' | b'/', ..] => self.give(at, self.behind(at, b">")),
            _ => self.give(at, at + 1),
        }
    }

    /// Text in which one end tag alone counts.
    fn raw(&self, at: usize, name: &[u8]) -> usize {
        let mut end = at;
        loop {
            end = self.find(end, b"</");
            let behind = self.bytes.get(end + 2..).unwrap_or_default();
            let Some((found, rest)) = behind.split_at_checked(name.len()) else {
                return self.give(at, self.bytes.len());
            };
            let ends = rest.first().is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
            if ends && found.eq_ignore_ascii_case(name) {
                break;
            }
            end += 2;
        }
        if end > at { self.give(at, end) } else { self.tag(at, at + 2) }
    }

    fn tag(&self, at: usize, name: usize) -> usize {
        let tag = tag(self.bytes, name);
        match tag.cut {
            Some(cut) => {
                self.give(at, cut);
                self.give(tag.end - 1, tag.end);
            }
            None => {
                self.give(at, tag.end);
            }
        }
        tag.end
    }

    /// The end of a comment, of which the text begins at a place: `<!-->` and `<!--->` are whole.
    fn comment(&self, text: usize) -> usize {
        let rest = self.bytes.get(text..).unwrap_or_default();
        if rest.starts_with(b">") {
            return text + 1;
        }
        if rest.starts_with(b"->") {
            return text + 2;
        }
        let mut at = text;
        loop {
            at = self.find(at, b"--");
            match self.bytes.get(at + 2..).unwrap_or_default() {
                [b'>', ..] => return at + 3,
                [b'!', b'>', ..] => return at + 4,
                [] => return self.bytes.len(),
                _ => at += 1,
            }
        }
    }

    /// Where a mark begins, or the end of the page.
    fn find(&self, at: usize, mark: &[u8]) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memmem::find(rest, mark).map_or(self.bytes.len(), |length| at + length)
    }

    /// Where a mark ends, or the end of the page.
    fn behind(&self, at: usize, mark: &[u8]) -> usize {
        (self.find(at, mark) + mark.len()).min(self.bytes.len())
    }

    /// Hands on the page from one place, which begins a character, to another.
    fn give(&self, from: usize, to: usize) -> usize {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let piece = self.whole.try_subtendril(place(from), place(to.saturating_sub(from)));
        self.queue.push_back(piece.unwrap_or_default());
        // It stops behind scripts and where the page states its encoding.
        while !matches!(self.tokenizer.feed(&self.queue), TokenizerResult::Done) {}
        to
    }
}
