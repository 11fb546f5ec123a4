//! The orders in which day, month and year stand.

use super::parts::{after_comma, dash, day, joint, month_name, roman_month, second_month, short_year, year};
use super::{Reading, Written};
use crate::Date;
use crate::cursor::Cursor;
use crate::names::is_season;

/// The longest list of days: no month has more.
const MOST_DAYS: usize = 31;

/// `2005-09-13`, `2005/09/13`, `20050913`, `13.09.2005`, `13.ix.2005`, and `13/09/2005` where only one of the two can be the month,
/// with the century or without. Of `02/08/2005` the year alone is known.
pub(super) fn numeric(cursor: &mut Cursor<'_>) -> Option<Vec<Reading>> {
    let start = cursor.at;
    if let Some(date) = compact(cursor) {
        return Some(vec![Reading { first: written(date), last: None, start, end: cursor.at }]);
    }
    let first = cursor.digits(1..=4)?;
    let separator = cursor.one_of(&['-', '/', '.'])?;
    if let Some(month) = roman_month(cursor) {
        cursor.one_of(&[separator])?;
        let day = u8::try_from(first).ok()?;
        let date = Date::new(year(cursor)?, month, day)?;
        return Some(vec![Reading { first: written(date), last: None, start, end: cursor.at }]);
    }
    let second = cursor.digits(1..=2)?;
    cursor.one_of(&[separator])?;
    // Two digits behind strokes are a year, as in `5/1/14`: nobody writes a day last without the century.
    let short = separator == '/' && first <= 31;
    let third = if short { slash_year(cursor)? } else { cursor.digits(1..=4)? };
    // `2005-09-13T10:00` is one as well.
    if !cursor.at_boundary() && cursor.peek() != Some('T') {
        return None;
    }
    let (year, month, day) = match (first, third) {
        (1000.., 1..=31) if separator != '.' => (first, second, third),
        (..=31, 1000..) => match separator {
            '.' => (third, second, first),
            '/' if first > 12 || first == second => (third, second, first),
            '/' if second > 12 => (third, first, second),
            '/' if (1..=12).contains(&first) && (1..=12).contains(&second) => {
                let first = Written { year: Some(third), ..Written::default() };
                return Some(vec![Reading { first, last: None, start, end: cursor.at }]);
            }
            _ => return None,
        },
        _ => return None,
    };
    let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(vec![Reading {
        first: Written { weekday: None, ..written(date) },
        last: None,
        start,
        end: cursor.at,
    }])
}

/// A year of two or four digits.
fn slash_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    let before = *cursor;
    short_year(cursor).or_else(|| {
        *cursor = before;
        cursor.digits(1..=4)
    })
}

/// `20050913`.
fn compact(cursor: &mut Cursor<'_>) -> Option<Date> {
    let before = *cursor;
    let date = cursor.digits(8..=8).filter(|_| cursor.at_boundary()).and_then(|digits| {
        let part = |value: i32| u8::try_from(value % 100).ok();
        let year = digits / 10_000;
        Date::new(year, part(digits / 100)?, part(digits)?).filter(|_| (1900..2100).contains(&year))
    });
    if date.is_none() {
        *cursor = before;
    }
    date
}

fn written(date: Date) -> Written {
    Written { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), weekday: None }
}

/// `Spring 2014`, `winter of 2014`, `Q2 2014`: the year alone.
pub(super) fn season(cursor: &mut Cursor<'_>) -> Option<Vec<Reading>> {
    let start = cursor.at;
    if cursor.one_of(&['Q']).is_some() {
        cursor.digits(1..=1).filter(|quarter| (1..=4).contains(quarter))?;
    } else {
        cursor.word().filter(|word| is_season(word))?;
    }
    cursor.space();
    if cursor.this_word("of") {
        cursor.space();
    }
    let first = Written { year: Some(year(cursor)?), ..Written::default() };
    Some(vec![Reading { first, last: None, start, end: cursor.at }])
}

/// `May 12`, `May 12-14, 2005`, `May 30-June 2`, `May 12, 13`, `May 2005`, `May/June 2005`.
pub(super) fn month_first(cursor: &mut Cursor<'_>) -> Option<Vec<Reading>> {
    let start = cursor.at;
    let first = month_name(cursor)?;
    if let Some(last) = second_month(cursor) {
        cursor.space();
        let year = year(cursor)?;
        let part = |month| Written { year: Some(year), month: Some(month), ..Written::default() };
        return Some(vec![Reading { first: part(first), last: Some(part(last)), start, end: cursor.at }]);
    }
    if let Some(year) = after_comma(cursor, year) {
        let first = Written { year: Some(year), month: Some(first), ..Written::default() };
        return Some(vec![Reading { first, last: None, start, end: cursor.at }]);
    }
    cursor.space();
    let mut items = vec![days(cursor, start, Some(first), true)?];
    while items.len() < MOST_DAYS {
        let Some(next) = further_days(cursor, items.last()?.last.and_then(|l| l.month).unwrap_or(first))
        else {
            break;
        };
        items.push(next);
    }
    let before_year = cursor.at;
    if let Some(year) = after_comma(cursor, year) {
        set_year(&mut items, year);
        if let [only] = &mut items[..]
            && only.last.is_none()
        {
            only.last = full_last(cursor);
        }
    } else {
        cursor.at = before_year;
    }
    items.last_mut()?.end = cursor.at;
    Some(items)
}

/// `-January 2, 2014` after `December 30, 2013`.
fn full_last(cursor: &mut Cursor<'_>) -> Option<Written> {
    let before = *cursor;
    let read = dash(cursor).then(|| {
        let month = month_name(cursor)?;
        cursor.space();
        let day = day(cursor)?;
        let year = after_comma(cursor, year)?;
        Some(Written { year: Some(year), month: Some(month), day: Some(day), ..Written::default() })
    });
    let read = read.flatten();
    if read.is_none() {
        *cursor = before;
    }
    read
}

/// `13 September`, `13th of September 2005`, `13-15 September`, `30 September-2 October`, `12, 13 May`, `13-Sep-2005`,
/// `13-Sep-05`, `9/10 May`.
pub(super) fn day_first(cursor: &mut Cursor<'_>) -> Option<Vec<Reading>> {
    let mut items = vec![two_days(cursor).or_else(|| days(cursor, cursor.at, None, false))?];
    while items.len() < MOST_DAYS {
        let before = *cursor;
        let joined = joint(cursor) && cursor.peek().is_some_and(|c| c.is_ascii_digit());
        let start = cursor.at;
        let Some(next) = joined.then(|| days(cursor, start, None, false)).flatten() else {
            *cursor = before;
            break;
        };
        items.push(next);
    }
    let hyphen = cursor.one_of(&['-']).is_some();
    if !hyphen {
        cursor.space();
        if cursor.this_word("of") {
            cursor.space();
        }
    }
    let month = month_name(cursor)?;
    for item in &mut items {
        item.first.month = Some(month);
        if let Some(last) = &mut item.last {
            last.month = Some(month);
        }
    }
    let end = cursor.at;
    if hyphen {
        cursor.one_of(&['-']);
    } else if let Some(last) = last_of_other_month(cursor) {
        items.last_mut()?.last = Some(last);
    }
    let before_year = cursor.at;
    let year = if hyphen { short_year(cursor) } else { after_comma(cursor, year) };
    match year {
        Some(year) => set_year(&mut items, year),
        None => cursor.at = if hyphen { end } else { before_year },
    }
    items.last_mut()?.end = cursor.at;
    Some(items)
}

/// `9/10` before ` May`: a range.
fn two_days(cursor: &mut Cursor<'_>) -> Option<Reading> {
    let (before, start) = (*cursor, cursor.at);
    let day = |cursor: &mut Cursor<'_>| cursor.digits(1..=2).and_then(|day| u8::try_from(day).ok());
    let read = day(cursor).filter(|_| cursor.one_of(&['/']).is_some()).zip(day(cursor));
    let mut after = *cursor;
    let month = after.space() && month_name(&mut after).is_some();
    let Some((first, last)) = read.filter(|(first, last)| month && first < last) else {
        *cursor = before;
        return None;
    };
    let written = |day| Written { day: Some(day), ..Written::default() };
    Some(Reading { first: written(first), last: Some(written(last)), start, end: cursor.at })
}

/// `-2 October` after `30 September`.
fn last_of_other_month(cursor: &mut Cursor<'_>) -> Option<Written> {
    let before = *cursor;
    let read = dash(cursor).then(|| {
        let day = day(cursor)?;
        cursor.space();
        Some(Written { day: Some(day), month: Some(month_name(cursor)?), ..Written::default() })
    });
    let read = read.flatten();
    if read.is_none() {
        *cursor = before;
    }
    read
}

/// A day or a range of days, in the month that was named before (or none yet). `months`: whether the range's end may
/// name its month first.
fn days(cursor: &mut Cursor<'_>, start: usize, month: Option<u8>, months: bool) -> Option<Reading> {
    let written = |day, month| Written { day: Some(day), month, ..Written::default() };
    let first = written(day(cursor)?, month);
    let before = *cursor;
    let last = if dash(cursor) {
        let named = if months { month_name(cursor) } else { None };
        if named.is_some() {
            cursor.space();
        }
        day(cursor).map(|day| written(day, named.or(month)))
    } else {
        None
    };
    if last.is_none() {
        *cursor = before;
    }
    Some(Reading { first, last, start, end: cursor.at })
}

/// `, 13`, ` and 15`, `, 20-22` after a day. Not the day of the next date (`, 13 June`), nor a figure (`, 13 dead`).
fn further_days(cursor: &mut Cursor<'_>, month: u8) -> Option<Reading> {
    let before = *cursor;
    let found = joint(cursor).then(|| days(cursor, cursor.at, Some(month), false)).flatten();
    let mut ahead = *cursor;
    ahead.space();
    let ends =
        ahead.peek().is_none_or(|c| matches!(c, ',' | ';' | ')' | ']' | '&')) || ahead.this_word("and");
    if found.is_none() || !ends {
        *cursor = before;
        return None;
    }
    found
}

/// A year at the end of a list belongs to all of it; a range over the turn of the year begins in the year before.
fn set_year(items: &mut [Reading], year: i32) {
    let last_month = items.last().and_then(|item| item.last.unwrap_or(item.first).month);
    for item in items {
        let turns = |month: Option<u8>| month > last_month;
        item.first.year = Some(year - i32::from(turns(item.first.month)));
        if let Some(last) = &mut item.last {
            last.year = Some(year - i32::from(turns(last.month)));
        }
    }
}
