//! Reads a bracket: groups between semicolons, pieces between commas.

use std::ops::Range;

use docmill_dates::{Expression, Written};

use crate::judge::{Judge, Verdict};
use crate::outlets::{Outlet, outlets, quoted};
use crate::pieces::{leading_quote, next_mark, trim};
use crate::words::{AFTER_DATE, ASIDES, BEFORE_DATE, CLOCK, IBIDEM, NUMBER_WORDS};

/// A date in a bracket.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Where it stands, with its year.
    pub range: Range<usize>,
    /// The day, or the first one.
    pub first: Written,
    /// The last one of a range.
    pub last: Option<Written>,
}

/// What stands between two commas.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Days.
    Dates(Vec<Dated>),
    /// Outlets; a place has none.
    Outlets(Vec<Outlet>),
    /// A quotation.
    Title(Range<usize>),
    /// `ibid.`
    Ibidem(Range<usize>),
    /// A number of an issue or page, a time of day, a remark.
    Aside,
}

/// The pieces of a group; `None` if it is prose.
pub fn pieces(text: &str, group: Range<usize>, judge: &Judge) -> Option<Vec<Piece>> {
    let group = after_see(text, group);
    let mut pieces = Vec::new();
    let mut at = group.start;
    loop {
        at += joint(text.get(at..group.end)?, matches!(pieces.last(), Some(Piece::Dates(_))));
        if at >= group.end {
            return Some(pieces);
        }
        if let Some(end) = title_end(text, at..group.end) {
            pieces.push(Piece::Title(at..end));
            at = end;
        } else if let Some(dates) = dates(text, at..group.end) {
            pieces.push(Piece::Dates(dates.items));
            at = dates.end;
        } else {
            let end = next_mark(text, at..group.end, |c| c == ',').unwrap_or(group.end);
            let before = pieces.len();
            match words(text, trim(text, at..end), group.end, judge, &mut pieces) {
                Some(next) => at = next.max(end),
                // What is said behind the date of a sure source is no part of it: `, quoting the minister`.
                None if is_whole(&pieces[..before]) => {
                    pieces.truncate(before);
                    return Some(pieces);
                }
                None => return None,
            }
        }
    }
}

/// Length of what stands between two pieces: white space, commas, a stop; after a date `and` as well.
fn joint(rest: &str, after_date: bool) -> usize {
    let tail = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.'));
    let and = ["and ", "& "].iter().find_map(|and| tail.strip_prefix(and)).filter(|_| after_date);
    rest.len() - and.map_or(tail, str::trim_start).len()
}

/// Whether the pieces end with a date, and an outlet that is one by more than its capital stands before it.
fn is_whole(pieces: &[Piece]) -> bool {
    let sure = |piece: &Piece| matches!(piece, Piece::Outlets(outlets) if outlets.iter().any(|outlet| outlet.verdict >= Verdict::Shaped));
    matches!(pieces.last(), Some(Piece::Dates(_))) && pieces.iter().any(sure)
}

/// Reads a piece that begins with a word; returns where the text goes on.
fn words(
    text: &str,
    piece: Range<usize>,
    end: usize,
    judge: &Judge,
    pieces: &mut Vec<Piece>,
) -> Option<usize> {
    let inside = text.get(piece.clone())?;
    if IBIDEM.contains_folded(inside) {
        pieces.push(Piece::Ibidem(piece.clone()));
    } else if let Some(year) = lone_year(inside) {
        let first = Written { year: Some(year), ..Written::default() };
        pieces.push(Piece::Dates(vec![Dated { range: piece.clone(), first, last: None }]));
    } else if ASIDES.contains_folded(inside) || is_number(inside) || is_time(inside) {
        pieces.push(Piece::Aside);
    } else if let Some((name, dates)) = date_behind(text, &piece, end) {
        let only_date =
            text.get(name.clone()).is_some_and(|name| BEFORE_DATE.contains_folded(name) || is_time(name));
        if !only_date {
            pieces.push(Piece::Outlets(outlets(text, name, judge)?));
        }
        pieces.push(Piece::Dates(dates.items));
        return Some(dates.end);
    } else {
        pieces.push(Piece::Outlets(outlets(text, piece.clone(), judge)?));
    }
    Some(piece.end)
}

/// The group from `see` on, if prose stands before it: `for background see EDM, May 3`.
fn after_see(text: &str, group: Range<usize>) -> Range<usize> {
    let inside = text.get(group.clone()).unwrap_or_default();
    match inside.find(" see ") {
        Some(at) if inside.starts_with(char::is_lowercase) => group.start + at + 1..group.end,
        _ => group,
    }
}

/// One past the title that the range begins with. A quotation that a name goes on after is none: `“Zvezda” TV`.
fn title_end(text: &str, range: Range<usize>) -> Option<usize> {
    let end = leading_quote(text, &range)?;
    let quotation = text.get(range.start..end)?.trim_end_matches(['”', '"', '»']);
    let after = text.get(end..range.end)?.trim_start();
    (after.is_empty() || after.starts_with(',') || quotation.ends_with([',', '.', '?', '!'])).then_some(end)
}

/// Dates, and where the text goes on.
struct Dates {
    items: Vec<Dated>,
    end: usize,
}

/// The dates that the range begins with, and where they end, if that is the end of a piece.
fn dates(text: &str, range: Range<usize>) -> Option<Dates> {
    let rest = text.get(range.clone())?;
    let expression = Expression::at_start(rest)?;
    let after = rest.get(expression.len..)?.trim_start();
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let after = if AFTER_DATE.contains_folded(word) { after.get(word.len()..)?.trim_start() } else { after };
    let and = ["and ", "& "].iter().any(|and| after.starts_with(and));
    let ends = and || after.is_empty() || after.starts_with([',', '(', '[', '.']);
    let dated = |item: &docmill_dates::Reading| Dated {
        range: range.start + item.start..range.start + item.end,
        first: item.first,
        last: item.last,
    };
    ends.then(|| Dates { items: expression.items.iter().map(dated).collect(), end: range.end - after.len() })
}

/// `Interfax September 14`: what stands before the date, and the date, which may go on after a comma.
fn date_behind(text: &str, piece: &Range<usize>, end: usize) -> Option<(Range<usize>, Dates)> {
    let inside = text.get(piece.clone())?;
    let starts = inside.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    starts.filter(|&at| inside.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric)).find_map(|at| {
        let read = dates(text, piece.start + at..end)?;
        let (first, several) = (read.items.first()?, read.items.len() > 1);
        // `Channel 4, 5 May` names a channel; `Ruby Tuesday` a singer.
        let begins_with_number = inside.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let sure = first.first.month.is_some() && !(several && begins_with_number);
        sure.then(|| (trim(text, piece.start..piece.start + at), read))
    })
}

fn lone_year(text: &str) -> Option<i32> {
    let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|value| year && (1900..2100).contains(value))
}

/// `no. 198`, `issue no. 971`, `p. 14`, `#5`, `Vol. 3`.
fn is_number(text: &str) -> bool {
    let words = text.split([' ', '.', '#', '№', '-', '–', '/']).filter(|word| !word.is_empty());
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    // `Page A1`, but not `B92`.
    let labelled = words.clone().any(|word| NUMBER_WORDS.contains_folded(word));
    let of_section =
        |word: &str| labelled && word.strip_prefix(|c: char| c.is_ascii_uppercase()).is_some_and(digits);
    let known = |word: &str| NUMBER_WORDS.contains_folded(word) || digits(word) || of_section(word);
    text.bytes().any(|b| b.is_ascii_digit())
        && words.clone().count() > 0
        && words.into_iter().all(known)
        && lone_year(text).is_none()
}

/// `1830 GMT`, `9 a.m.`, `10:30`.
fn is_time(text: &str) -> bool {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
    let unit = text.get(digits..).unwrap_or_default().trim_matches(['.', ' ', '\n', '\r']);
    let colon = text.get(..digits).is_some_and(|time| time.contains(':'));
    digits > 0 && (CLOCK.contains_folded(unit) || (unit.is_empty() && colon))
}

/// Whether the date tells a day.
pub fn is_day(date: &Dated) -> bool {
    date.first.day.is_some()
}

/// Whether such an outlet may have such a date: a month, a year or a weekday is less than a day.
pub fn goes_with(outlet: &Outlet, date: &Dated) -> bool {
    outlet.verdict >= if is_day(date) { Verdict::Name } else { Verdict::Shaped }
}

/// The quoted outlet of these pieces, up to the first date, if they have no other.
pub fn outlet_in_quotes(text: &str, pieces: &[Piece], judge: &Judge) -> Option<Outlet> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Title(range) => quoted(text, range.clone(), judge),
        _ => None,
    })
}
