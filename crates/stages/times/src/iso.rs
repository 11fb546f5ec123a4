//! Points of time, and their ISO 8601 and TIMEX3 forms.

use std::fmt;

use docmill_dates::{Date, Weekday};

/// A year, month or day. Years before Christ are negative: 480 BC is -480.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Point {
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// The day, if the point is one.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?)
    }

    /// The point so many months later.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let month = i32::from(self.month?) - 1 + months;
        let year = self.year.checked_add(month.div_euclid(12))?;
        Some(Self { year, month: u8::try_from(month.rem_euclid(12) + 1).ok(), day: None })
    }
}

impl fmt::Display for Point {
    /// `2005-09-13`, `2005-09`, `2005`, `BC0480`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&year(self.year))?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// `2005`, `BC0480`.
pub(crate) fn year(year: i32) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

/// `199`, `BC048`.
pub(crate) fn decade(year: i32) -> String {
    if year < 0 { format!("BC{:03}", -year / 10) } else { format!("{:03}", year / 10) }
}

/// `19`, `BC04`.
pub(crate) fn century(year: i32) -> String {
    if year < 0 { format!("BC{:02}", -year / 100) } else { format!("{:02}", year / 100) }
}

/// Monday is 1.
pub(crate) fn number_of(weekday: Weekday) -> i32 {
    Weekday::ALL.iter().zip(1..).find(|(day, _)| **day == weekday).map_or(1, |(_, number)| number)
}

/// `2005-W37`: weeks begin on Monday, and the first of a year is the one with its first Thursday.
pub(crate) fn week(date: Date) -> Option<String> {
    let thursday = date.plus(4 - number_of(date.weekday()))?;
    let first = Date::new(thursday.year(), 1, 1)?;
    Some(format!("{:04}-W{:02}", thursday.year(), (thursday.days() - first.days()) / 7 + 1))
}
