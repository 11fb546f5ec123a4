//! Date expressions.

mod forms;
mod parts;

use crate::cursor::Cursor;
use crate::names::weekday;
use crate::{Date, Weekday};

use forms::{day_first, month_first, numeric, season};

/// A date as written: what was left out is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Four digits.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// The day of the week.
    pub weekday: Option<Weekday>,
}

/// One day, month or stretch of days in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The day, or the first one.
    pub first: Written,
    /// The last one of a range.
    pub last: Option<Written>,
    /// Bytes of the expression before it.
    pub start: usize,
    /// Bytes of the expression up to its end, with its year.
    pub end: usize,
}

/// A date, a range, or a list of days: `May 12`, `May 12-14, 2005`, `May 12, 13 and 15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// In the order written, at least one.
    pub items: Vec<Reading>,
    /// Length in bytes.
    pub len: usize,
}

/// The day that `text` begins with, if its year, month and day can be told. What follows, such as a time, is ignored.
/// A range stands for its first day.
pub fn full_date(text: &str) -> Option<Date> {
    let read = Expression::at_start(text.trim_start())?;
    let first = read.items.first()?.first;
    Date::new(first.year?, first.month?, first.day?)
}

impl Expression {
    /// The date expression that `text` begins with. Days that no calendar has (`February 30`) are none.
    pub fn at_start(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let weekday = leading_weekday(&mut cursor);
        let after_weekday = cursor;
        let mut items = numeric(&mut cursor)
            .or_else(|| {
                cursor = after_weekday;
                month_first(&mut cursor)
            })
            .or_else(|| {
                cursor = after_weekday;
                day_first(&mut cursor)
            })
            .or_else(|| {
                cursor = after_weekday;
                season(&mut cursor)
            })
            .or_else(|| {
                cursor = after_weekday;
                let first = Written { weekday: Some(weekday?), ..Written::default() };
                Some(vec![Reading { first, last: None, start: 0, end: cursor.at }])
            })?;
        if let [only] = &mut items[..] {
            only.first.weekday = weekday;
            only.start = 0;
        }
        items.iter().all(exists).then_some(Self { items, len: cursor.at })
    }
}

/// Whether some year has these days.
fn exists(reading: &Reading) -> bool {
    let possible = |date: Written| match (date.month, date.day) {
        (Some(month), day) => Date::new(date.year.unwrap_or(2000), month, day.unwrap_or(1)).is_some(),
        (None, _) => true,
    };
    let ordered = reading.last.is_none_or(|last| {
        let key = |date: Written| Some((date.month?, date.day.unwrap_or(1)));
        // A range over the turn of the year has its later month first; 92 days are the most that is one.
        reading.first.year < last.year
            || key(reading.first) < key(last)
            || (reading.first.month > last.month && last.month <= Some(3))
    });
    possible(reading.first) && reading.last.is_none_or(possible) && ordered
}

/// `Tuesday, `, `Tue., `, `Tuesday` before the date.
fn leading_weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let before = *cursor;
    let found = cursor.word().and_then(weekday);
    if found.is_none() {
        *cursor = before;
        return None;
    }
    let end = *cursor;
    cursor.one_of(&['.']);
    cursor.one_of(&[',']);
    if !cursor.space() || !cursor.peek().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        *cursor = end;
        return found;
    }
    // Whether a date follows is told by whoever reads on; if none does, the weekday alone is the date.
    let mut ahead = *cursor;
    let date = numeric(&mut ahead.clone())
        .or_else(|| month_first(&mut ahead.clone()))
        .or_else(|| day_first(&mut ahead));
    if date.is_none() {
        *cursor = end;
    }
    found
}

#[cfg(test)]
mod tests;
