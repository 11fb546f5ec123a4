//! The pieces of a date.

use crate::cursor::Cursor;
use crate::names::{month, roman};

/// A comma, `and` or `&` between two days, with the space around it.
pub(super) fn joint(cursor: &mut Cursor<'_>) -> bool {
    let comma = cursor.one_of(&[',']).is_some();
    let space = cursor.space();
    let and = (space || comma) && (cursor.this_word("and") || cursor.one_of(&['&']).is_some());
    if and {
        cursor.space();
    }
    comma || and
}

/// A day of the month, 1 to 31, with or without `st`, `nd`, `rd`, `th`.
pub(super) fn day(cursor: &mut Cursor<'_>) -> Option<u8> {
    let before = *cursor;
    let value = cursor.digits(1..=2).filter(|value| (1..=31).contains(value));
    if value.is_some() && !cursor.at_boundary() {
        let suffix = cursor.word().is_some_and(|word| ["st", "nd", "rd", "th"].contains(&word));
        if !suffix {
            *cursor = before;
            return None;
        }
    }
    // `12:30`, `5.3`, `5%` and `1,000` are no days.
    let mut after = *cursor;
    let figure = match after.one_of(&[':', '.', ',', '%', '/']) {
        Some('%') => true,
        Some(',') => after.digits(3..=3).is_some(),
        Some(_) => after.peek().is_some_and(|c| c.is_ascii_digit()),
        None => false,
    };
    if figure || value.is_none() {
        *cursor = before;
        return None;
    }
    value.and_then(|value| u8::try_from(value).ok())
}

/// A hyphen or dash, with or without space around it.
pub(super) fn dash(cursor: &mut Cursor<'_>) -> bool {
    let before = *cursor;
    cursor.space();
    let found = cursor.one_of(&['-', '‐', '‑', '–', '—', '−']).is_some();
    if found {
        cursor.one_of(&['-']);
        cursor.space();
    } else {
        *cursor = before;
    }
    found
}

pub(super) fn month_name(cursor: &mut Cursor<'_>) -> Option<u8> {
    let before = *cursor;
    let found = cursor.word().and_then(month);
    if found.is_some() {
        cursor.one_of(&['.']);
    } else {
        *cursor = before;
    }
    found
}

/// `/June`, `-June` after a month.
pub(super) fn second_month(cursor: &mut Cursor<'_>) -> Option<u8> {
    let before = *cursor;
    let joined = cursor.one_of(&['/']).is_some() || dash(cursor);
    let found = joined.then(|| month_name(cursor)).flatten();
    if found.is_none() {
        *cursor = before;
    }
    found
}

/// What `read` finds after white space, a comma, or both.
pub(super) fn after_comma<T>(
    cursor: &mut Cursor<'_>,
    read: impl Fn(&mut Cursor<'_>) -> Option<T>,
) -> Option<T> {
    let before = *cursor;
    let comma = cursor.one_of(&[',']).is_some();
    let found = if cursor.space() || comma { read(cursor) } else { None };
    if found.is_none() {
        *cursor = before;
    }
    found
}

/// `ix.` in `13.ix.2005`.
pub(super) fn roman_month(cursor: &mut Cursor<'_>) -> Option<u8> {
    let before = *cursor;
    let found = cursor.word().and_then(roman);
    if found.is_none() {
        *cursor = before;
    }
    found
}

/// A year of four digits, or of two behind an apostrophe: `'05`.
pub(super) fn year(cursor: &mut Cursor<'_>) -> Option<i32> {
    let before = *cursor;
    let value = if cursor.one_of(&['\'', '’', '‘']).is_some() {
        two_digits(cursor)
    } else {
        cursor.digits(4..=4).filter(|year| (1000..=2999).contains(year) && cursor.at_boundary())
    };
    if value.is_none() {
        *cursor = before;
    }
    value
}

/// A year of four digits, or of two: from 1951 to 2050.
pub(super) fn short_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    let before = *cursor;
    let found = year(cursor).or_else(|| two_digits(cursor));
    if found.is_none() {
        *cursor = before;
    }
    found
}

fn two_digits(cursor: &mut Cursor<'_>) -> Option<i32> {
    let year = cursor.digits(2..=2).filter(|_| cursor.at_boundary())?;
    Some(if year > 50 { 1900 + year } else { 2000 + year })
}
