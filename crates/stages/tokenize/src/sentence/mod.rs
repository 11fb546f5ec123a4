//! Sentences: which stops end one.
//!
//! Every stop is a candidate, and three questions are put to it: what stands before ([`abbrev`], [`items`]), what
//! follows ([`follow`]), and whether a quotation or bracket is open around it ([`enclosure`]).

pub mod abbrev;
mod enclosure;
mod follow;
mod items;
pub mod lines;
mod near;
mod starters;

use abbrev::{Abbreviations, Kind, LONGEST};
use enclosure::Enclosure;
use follow::{Follow, Lead};
use items::Item;

use crate::chars::{
    char_at, char_before, is_bullet, is_closer, is_opening_quote, is_space, is_stop, is_wide_stop, is_word,
    skip_space, skip_space_back,
};

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Stop,
    Enclosing,
    /// First byte of characters among which some matter.
    Lead,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Plain; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'.' | b'!' | b'?' => Class::Stop,
            b'"' | b'\'' | b'`' | b'(' | b')' | b'[' | b']' => Class::Enclosing,
            // « », ։, ؟, ۔, । ॥, “ ” … •, 。「」, ！？．
            0xc2 | 0xd6 | 0xd8 | 0xdb | 0xe0 | 0xe2 | 0xe3 | 0xef => Class::Lead,
            _ => Class::Plain,
        };
        i += 1;
    }
    table
}

/// Calls `found` with start and end of each sentence of the stretch from `start` to `end`, which shows something
/// at both ends.
pub fn split_stretch(
    text: &str,
    abbreviations: &Abbreviations,
    start: usize,
    end: usize,
    mut found: impl FnMut(usize, usize),
) {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        abbreviations,
        end,
        sentence: start,
        body: start,
        item: None,
        enclosure: Enclosure::default(),
    };
    splitter.begin(start);
    let mut i = start;
    while i < end {
        let step = match CLASSES[splitter.bytes[i] as usize] {
            Class::Plain => {
                i += 1;
                continue;
            }
            Class::Stop => splitter.at_stop(i),
            Class::Enclosing => splitter.at_enclosing(i, splitter.bytes[i] as char),
            Class::Lead => splitter.at_lead(i),
        };
        i = step.next;
        if let Some(cut) = step.cut {
            let visible_end = skip_space_back(text, splitter.sentence, cut);
            let next = skip_space(text, cut, end);
            if visible_end > splitter.sentence && next < end {
                found(splitter.sentence, visible_end);
                splitter.begin(next);
                i = i.max(next);
            }
        }
    }
    if splitter.sentence < end {
        found(splitter.sentence, end);
    }
}

/// What a look at one place came to.
struct Step {
    /// Where the sentence ends, if it does.
    cut: Option<usize>,
    /// Where to look on.
    next: usize,
}

impl Step {
    fn on(next: usize) -> Self {
        Self { cut: None, next }
    }

    fn cut(at: usize, next: usize) -> Self {
        Self { cut: Some(at), next }
    }
}

/// Stops that stand together: `.`, `?!`, `...`.
struct Run {
    end: usize,
    dots: usize,
    /// `!` or `?` is among them.
    strong: bool,
    wide: bool,
}

struct Splitter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    abbreviations: &'t Abbreviations,
    end: usize,
    /// Where the sentence under way begins, and where its first word does.
    sentence: usize,
    body: usize,
    /// The list label it begins with.
    item: Option<Item>,
    enclosure: Enclosure,
}

impl Splitter<'_> {
    fn begin(&mut self, at: usize) {
        self.sentence = at;
        self.body = at;
        // A few marks at most: a line of bullets would be walked again and again.
        for _ in 0..8 {
            let Some(c) = char_at(self.text, self.body).filter(|_| self.body < self.end) else { break };
            if !(is_bullet(c) || is_opening_quote(c) || is_space(c) || c == '(') {
                break;
            }
            self.body += c.len_utf8();
        }
        self.item = Item::at(self.bytes, self.body);
        self.enclosure.begin_sentence();
    }

    fn at_lead(&mut self, at: usize) -> Step {
        let Some(c) = char_at(self.text, at) else { return Step::on(at + 1) };
        if is_stop(c) {
            return self.at_stop(at);
        }
        if is_bullet(c) {
            let begins = at > self.sentence && char_at(self.text, self.sentence).is_some_and(is_bullet);
            let step = Step::on(at + c.len_utf8());
            return if begins { Step { cut: Some(at), next: at } } else { step };
        }
        self.at_enclosing(at, c)
    }

    fn at_enclosing(&mut self, at: usize, mark: char) -> Step {
        let next = at + mark.len_utf8();
        if mark == ')'
            && let Some(start) = self.item.and_then(|item| item.next_before(self.bytes, at))
        {
            return Step::cut(start, next);
        }
        self.enclosure.note(self.text, self.sentence, at, mark);
        Step::on(next)
    }

    fn at_stop(&mut self, at: usize) -> Step {
        let run = self.run(at);
        let before = if at > self.sentence { char_before(self.text, at) } else { None };
        let attached = before.is_some_and(|c| !is_space(c));
        let after = char_at(self.text, run.end).filter(|_| run.end < self.end);
        // `.50`, `!Kung`, `(?)`, `[...]`
        let marks = matches!(before, Some('(' | '[')) && after.is_some_and(is_closer);
        if marks || (!attached && after.is_some_and(is_word)) {
            return Step::on(run.end);
        }
        let single = run.dots == 1 && !run.strong;
        if single && let Some(step) = self.spaced_dots(at, attached).or_else(|| self.next_item(at)) {
            return step;
        }
        let quoted = self.enclosure.in_quote();
        let mut end = self.closing(at, run.end);
        let closed_quote =
            end > run.end && (quoted || char_before(self.text, end).is_some_and(|c| c != ')' && c != ']'));
        if end >= self.end {
            return Step::on(self.end);
        }
        if !char_at(self.text, end).is_some_and(is_space) {
            let glued = run.wide || self.is_missing_space(at, end);
            return if glued { Step::cut(end, end) } else { Step::on(end) };
        }
        end = self.stray_closing(end);
        end = follow::past_emoticon(self.text, end, self.end);
        let next = skip_space(self.text, end, self.end);
        if next >= self.end {
            return Step::on(self.end);
        }
        let follow = Follow::at(self.text, next, self.end);
        // `Co. & Sons`, `Adm. (ret) Moreau`
        let joins = self.bytes[next] == b'&' && self.bytes.get(next + 1).is_none_or(u8::is_ascii_whitespace);
        if single && (joins || near::is_remark(self.bytes, next)) {
            return Step::on(end);
        }
        if follow.bracket && !follow.item {
            let close = follow::bracket_end(self.bytes, next, self.end);
            if let Some(close) = close.filter(|c| closed_quote || !c.has_stop) {
                return self.after_citation(close.end);
            }
        }
        let ends = match follow.lead {
            Lead::Bullet => true,
            Lead::Lower if !follow.item => end == run.end && self.ends_before_lower(at, &run, attached),
            _ if self.enclosure.holds(self.text, at, end, self.end, run.strong) => false,
            _ if closed_quote && run.strong && starters::is_attribution(self.text, follow.word) => false,
            _ if run.strong || run.wide => true,
            _ if run.dots > 1 => attached || starters::is_starter(self.text, follow.word),
            _ if !attached => at > self.sentence,
            _ if end > run.end => !self.is_label(at) && !self.is_behind_remark(at, end, &follow),
            _ => return self.after_word(at, end, &follow),
        };
        if ends { Step::cut(end, end) } else { Step::on(end) }
    }

    fn run(&self, at: usize) -> Run {
        let mut run = Run { end: at, dots: 0, strong: false, wide: false };
        while run.end < self.end {
            match char_at(self.text, run.end) {
                Some('.') => run.dots += 1,
                Some('…') => run.dots += 3,
                Some(c) if is_stop(c) => {
                    run.wide |= is_wide_stop(c);
                    run.strong = true;
                }
                _ => break,
            }
            run.end += char_at(self.text, run.end).map_or(1, char::len_utf8);
        }
        run
    }

    /// The next label of the list that the sentence is an item of, if the stop at `at` is its mark.
    fn next_item(&self, at: usize) -> Option<Step> {
        let item = self.item?;
        if let Some(start) = item.next_before(self.bytes, at) {
            return Some(Step::cut(start, at + 1));
        }
        let paren = self.bytes.get(at + 1).filter(|&&b| b == b')').map(|_| at + 1)?;
        item.next_before(self.bytes, paren).map(|start| Step::cut(start, paren + 1))
    }

    /// `. . .` within a sentence, or `. . . .` at its end.
    fn spaced_dots(&self, at: usize, attached: bool) -> Option<Step> {
        let mut dots = 1;
        let mut end = at + 1;
        while end + 1 < self.end && self.bytes[end] == b' ' && self.bytes[end + 1] == b'.' {
            dots += 1;
            end += 2;
        }
        if dots < 3 {
            return None;
        }
        if !char_at(self.text, end).is_none_or(is_space) {
            return Some(Step::on(end));
        }
        let next = skip_space(self.text, end, self.end);
        if dots == 3 || next >= self.end || Follow::at(self.text, next, self.end).lead == Lead::Lower {
            return Some(Step::on(end));
        }
        // "compounds. . . . The": the first stop is the sentence's own.
        Some(Step::cut(if attached { at + 1 } else { end }, end))
    }

    /// Past what closes directly after a stop: quotation marks, brackets, more stops, note numbers.
    fn closing(&mut self, stop: usize, mut at: usize) -> usize {
        while at < self.end {
            match char_at(self.text, at) {
                Some(c) if is_closer(c) => {
                    self.enclosure.close(c);
                    at += c.len_utf8();
                }
                Some(c) if is_stop(c) => at += c.len_utf8(),
                Some('[') => match follow::note_end(self.bytes, at, self.end) {
                    Some(end) => at = end,
                    None => break,
                },
                Some(c) if c.is_ascii_digit() => {
                    let end = follow::note_number_end(self.bytes, at, self.end);
                    let word = self.word_before(stop);
                    let plain = self.abbreviations.kind(word).is_none()
                        && !word.last().is_some_and(u8::is_ascii_digit)
                        && word.len() != 1;
                    return if plain { end.unwrap_or(at) } else { at };
                }
                _ => break,
            }
        }
        at
    }

    /// Past a quotation mark that closes after a space: `said . " Then`.
    fn stray_closing(&mut self, at: usize) -> usize {
        let next = skip_space(self.text, at, self.end);
        let mark = char_at(self.text, next).filter(|_| next < self.end);
        let Some(mark) = mark.filter(|&c| matches!(c, '"' | '”') && self.enclosure.in_quote()) else {
            return at;
        };
        let end = next + mark.len_utf8();
        if end >= self.end || char_at(self.text, end).is_some_and(is_space) {
            self.enclosure.close(mark);
            return end;
        }
        at
    }

    /// After `(Interfax, September 15)` that names where the sentence before it comes from.
    fn after_citation(&mut self, mut end: usize) -> Step {
        while end < self.end && char_at(self.text, end).is_some_and(is_stop) {
            end += char_at(self.text, end).map_or(1, char::len_utf8);
        }
        let next = skip_space(self.text, end, self.end);
        if next >= self.end || next == end {
            return Step::on(end);
        }
        let follow = Follow::at(self.text, next, self.end);
        if follow.lead == Lead::Lower && !follow.item { Step::on(end) } else { Step::cut(end, end) }
    }

    /// Whether a stop ends a sentence although a lower-case word follows: only where it can be nothing else, as
    /// names may begin small and abbreviations may be unknown.
    fn ends_before_lower(&self, at: usize, run: &Run, attached: bool) -> bool {
        let word = self.word_before(at);
        let plain = run.end == at + 1 && run.dots == 1;
        plain
            && (!attached || (word.len() >= 5 && word.iter().all(u8::is_ascii_lowercase)))
            && self.abbreviations.kind(word).is_none()
    }

    /// Whether the word before the stop at `at` is the label of a list item: `1.)`, `IV.`
    fn is_label(&self, at: usize) -> bool {
        let word = self.word_before(at);
        let label = word.len() == 1
            || items::is_roman(word)
            || (word.len() <= 3 && word.iter().all(u8::is_ascii_digit));
        label && at - word.len() <= self.body
    }

    /// Whether the stop at `at` is that of `(ret.)`, and a name follows.
    fn is_behind_remark(&self, at: usize, end: usize, follow: &Follow) -> bool {
        let open = at.checked_sub(self.word_before(at).len() + 1);
        end == at + 2
            && follow.lead == Lead::Upper
            && !starters::is_starter(self.text, follow.word)
            && open.is_some_and(|open| near::is_remark(self.bytes, open))
    }

    /// "ended.Then": a sentence that begins without a space.
    fn is_missing_space(&self, at: usize, end: usize) -> bool {
        let word = self.word_before(at);
        let lower = word.last().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !lower || word.contains(&b'.') || word.len() < 2 {
            return false;
        }
        let next = starters::letters(self.text, end);
        let follows = self.bytes.get(end + next.len()).copied().unwrap_or(b' ');
        let title = follows == b'.' && self.abbreviations.kind(next) == Some(Kind::Inner);
        let starter =
            next.len() > 1 && starters::is_starter(self.text, end) && matches!(follows, b' ' | b'\'' | b',');
        let head = &self.bytes[at.saturating_sub(40).max(self.sentence)..at];
        let chunk = head.rsplit(u8::is_ascii_whitespace).next().unwrap_or(head);
        (title || starter) && !chunk.iter().any(|b| matches!(b, b'@' | b'/'))
    }

    /// The word that ends before the stop at `at`, with its inner stops; empty if it is too long to be known.
    fn word_before(&self, at: usize) -> &[u8] {
        let mut start = at;
        while start > self.sentence && at - start <= LONGEST {
            match char_before(self.text, start) {
                Some(c) if is_word(c) || matches!(c, '.' | '°') => start -= c.len_utf8(),
                _ => return &self.bytes[start..at],
            }
        }
        if start == self.sentence { &self.bytes[start..at] } else { &[] }
    }

    /// Whether the single stop at `at`, right behind a word, ends the sentence before what follows.
    fn after_word(&self, at: usize, end: usize, follow: &Follow) -> Step {
        let word = self.word_before(at);
        let start = at - word.len();
        let first = start <= self.body && !word.is_empty();
        let label = word.len() <= 3 && word.iter().all(u8::is_ascii_digit);
        let number = !word.is_empty() && word.iter().all(u8::is_ascii_digit);
        let starter = starters::is_starter(self.text, follow.word);
        let known = self.abbreviations.kind(word);
        let one_letter = std::str::from_utf8(word).is_ok_and(|w| w.chars().count() == 1) && !number;
        let ends = if number {
            !(first && label)
        } else if first
            && (one_letter || known.is_some_and(|kind| kind != Kind::Number) || items::is_roman(word))
        {
            false
        } else if one_letter && known.is_none() {
            (starter && follow.lead != Lead::Digit)
                || (follow.lead == Lead::Upper && near::is_lettered(self.text, self.sentence, start, word))
        } else {
            match known {
                None | Some(Kind::Open) => true,
                Some(Kind::Number) => {
                    !(follow.lead == Lead::Digit
                        || items::is_roman(starters::letters(self.text, follow.word)))
                }
                Some(Kind::Time) => match follow.lead {
                    Lead::Digit => false,
                    Lead::Upper if starters::follows_time(self.text, follow.word) => false,
                    // "At 5 a.m. Mr. Smith": only the time has been said yet.
                    _ => starter || at - self.sentence > 12,
                },
                Some(Kind::Either) => match follow.lead {
                    Lead::Upper => {
                        let next = skip_space(self.text, end, self.end);
                        (starter || near::is_typists_gap(self.text, self.sentence, at, end, next))
                            && !follow.dash
                    }
                    Lead::Digit | Lead::Lower => follow.item,
                    Lead::Other | Lead::Bullet => !follow.dash,
                },
                Some(_) => false,
            }
        };
        if ends { Step::cut(end, end) } else { Step::on(end) }
    }
}

#[cfg(test)]
mod tests;
