//! From the pieces of a bracket to its sources.

use std::ops::Range;

use crate::groups::{Dated, Piece, goes_with, outlet_in_quotes, pieces};
use crate::judge::{Judge, Verdict};
use crate::outlets::Outlet;
use crate::pieces::split;
use crate::words::{EVENT_WORDS, THINGS};

/// One outlet with one date.
#[derive(Debug, Clone)]
pub struct Source {
    /// The outlet with its date.
    pub range: Range<usize>,
    /// Its name.
    pub outlet: String,
    /// The date as written.
    pub date: Option<Dated>,
}

/// No bracket has more sources; outlets that share a date share its bytes, so that many would swell the output.
const MOST: usize = 64;

/// The sources in a bracket, sorted. `previous` is the outlet that `ibid.` means.
pub fn sources(text: &str, inside: Range<usize>, judge: &Judge, previous: Option<&str>) -> Vec<Source> {
    let mut reader = Reader {
        judge,
        found: Vec::new(),
        pending: Vec::new(),
        last: Vec::new(),
        sure: true,
        best: Verdict::Never,
        previous,
    };
    let groups = split(text, inside.clone(), |c| c == ';');
    for group in groups {
        if let Some(pieces) = pieces(text, group, judge) {
            reader.read_group(text, &pieces);
        } else {
            // What stood before prose was prose as well.
            reader.pending.clear();
            reader.last.clear();
            reader.sure = false;
        }
        if reader.found.len() + reader.pending.len() > MOST {
            return Vec::new();
        }
    }
    reader.end(text, &inside)
}

struct Reader<'p> {
    judge: &'p Judge,
    found: Vec<Source>,
    /// Outlets that wait for their date.
    pending: Vec<Outlet>,
    /// Outlets that had the last date; further days are theirs.
    last: Vec<Outlet>,
    /// Whether everything so far was an outlet beyond doubt.
    sure: bool,
    /// What is most like an outlet.
    best: Verdict,
    previous: Option<&'p str>,
}

impl Reader<'_> {
    fn read_group(&mut self, text: &str, pieces: &[Piece]) {
        let before_group = self.pending.len();
        let mut date_first: Option<&[Dated]> = None;
        for part in pieces.split_inclusive(|piece| matches!(piece, Piece::Dates(_))) {
            let title = part.iter().rposition(|piece| matches!(piece, Piece::Title(_)));
            let outlets =
                |pieces: &[Piece]| pieces.iter().any(|p| matches!(p, Piece::Outlets(o) if !o.is_empty()));
            // Who stands before a title is its author, if an outlet stands after it.
            let from = title.filter(|&title| outlets(&part[title..])).unwrap_or(0);
            if title.is_some() && !outlets(part) {
                self.pending.extend(outlet_in_quotes(text, part, self.judge));
            }
            for piece in &part[from..] {
                match piece {
                    Piece::Outlets(outlets) => {
                        self.sure &= !outlets.is_empty()
                            && outlets.iter().all(|outlet| self.judge.is_sure(&outlet.name));
                        self.best = outlets.iter().map(|outlet| outlet.verdict).fold(self.best, Verdict::max);
                        self.pending.extend(outlets.iter().cloned());
                    }
                    Piece::Ibidem(range) if self.pending.len() == before_group => self.repeat(range),
                    Piece::Dates(dates) => {
                        if self.pending.is_empty() && self.last.is_empty() {
                            date_first = Some(dates);
                        } else {
                            self.give(dates);
                        }
                    }
                    Piece::Title(_) | Piece::Ibidem(_) | Piece::Aside => {}
                }
            }
        }
        if let Some(dates) = date_first
            && self.pending.iter().all(|outlet| outlet.verdict >= Verdict::Shaped)
        {
            self.give(dates);
        }
    }

    /// `ibid.`: the outlet named last.
    fn repeat(&mut self, range: &Range<usize>) {
        let pending = self.pending.last().map(|outlet| outlet.name.as_str());
        let found = self.found.last().map(|source| source.outlet.as_str());
        let name = pending.or(found).or(self.previous).map(str::to_owned);
        self.pending.extend(name.map(|name| Outlet { range: range.clone(), name, verdict: Verdict::Shaped }));
    }

    /// Gives the dates to the outlets that wait, else to those that had the last ones.
    fn give(&mut self, dates: &[Dated]) {
        if !self.pending.is_empty() {
            self.last = std::mem::take(&mut self.pending);
        }
        for outlet in self.last.iter().take(MOST) {
            for date in dates.iter().filter(|date| goes_with(outlet, date)) {
                let range = outlet.range.start.min(date.range.start)..outlet.range.end.max(date.range.end);
                let name = outlet.name.clone();
                self.found.push(Source { range, outlet: name, date: Some(date.clone()) });
            }
        }
    }

    /// All sources, with those that got no date. They are taken if they stand beside dated ones, or alone in the bracket
    /// and are neither an acronym that the words before it introduce nor part of a dateline.
    fn end(mut self, text: &str, inside: &Range<usize>) -> Vec<Source> {
        if self.best <= Verdict::Name && names_a_thing(text, inside) {
            return Vec::new();
        }
        let introduced = self.pending.len() == 1 && is_introduced(text, inside.start, &self.pending[0]);
        let alone = self.sure && !introduced && !ends_dateline(text, inside.end);
        if !self.found.is_empty() || alone {
            let known = self.pending.iter().filter(|outlet| outlet.verdict == Verdict::Known);
            self.found.extend(known.map(|outlet| Source {
                range: outlet.range.clone(),
                outlet: outlet.name.clone(),
                date: None,
            }));
        }
        self.found.sort_by_key(|source| (source.range.start, source.range.end));
        self.found
    }
}

/// `KABUL (AFP) —`: whose the whole text is, not what it cites.
fn ends_dateline(text: &str, end: usize) -> bool {
    let after = text.get(end + 1..).unwrap_or_default().trim_start_matches([' ', '\u{a0}']);
    after.starts_with(['-', '–', '—'])
}

/// `the ship (Neptune, May 3) sank`: the bracket names what the word before it says. A source stands at the end of its
/// statement, before a stop or comma.
fn names_a_thing(text: &str, inside: &Range<usize>) -> bool {
    let before = text.get(..inside.start.saturating_sub(1)).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let after = text.get(inside.end + 1..).unwrap_or_default().trim_start();
    let runs_on = after.starts_with(|c: char| c.is_lowercase());
    runs_on && (THINGS.contains_folded(word) || EVENT_WORDS.contains_folded(word))
}

/// `the Polish Press Agency (PAP)`: capitals after a word with a capital.
fn is_introduced(text: &str, start: usize, outlet: &Outlet) -> bool {
    let before = text.get(..start.saturating_sub(1)).unwrap_or_default().trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let acronym = !outlet.name.chars().any(char::is_lowercase);
    acronym && word.trim_start_matches(['“', '"', '‘']).starts_with(char::is_uppercase)
}
