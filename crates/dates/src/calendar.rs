//! Days of the Gregorian calendar.

use std::fmt;

/// A day that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// ISO day 1.
    Monday,
    /// ISO day 2.
    Tuesday,
    /// ISO day 3.
    Wednesday,
    /// ISO day 4.
    Thursday,
    /// ISO day 5.
    Friday,
    /// ISO day 6.
    Saturday,
    /// ISO day 7.
    Sunday,
}

impl Weekday {
    /// Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (0..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2005-09-13`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let form =
            |(i, byte): (usize, &u8)| if [4, 7].contains(&i) { *byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.as_bytes().iter().enumerate().all(form) {
            return None;
        }
        let mut parts = text.split('-');
        Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
    }

    /// Year of the common era.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01, negative before it. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// `days_from_civil`: years begin in March, so that the leap day comes last.
    pub fn days(self) -> i32 {
        let year = self.year - i32::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = (i32::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day so many days later, or earlier. `None` off the years 0 to 9999.
    pub fn plus(self, days: i32) -> Option<Self> {
        // `civil_from_days` of the same source.
        let z = self.days().checked_add(days)?.checked_add(719_468)?;
        let (era, day_of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self::new(era * 400 + year_of_era + i32::from(month <= 2), part(month)?, part(day)?)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[usize::from((self.days() + 3).rem_euclid(7).unsigned_abs() as u8)]
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2005-09-13`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn part(value: i32) -> Option<u8> {
    u8::try_from(value).ok()
}

/// 0 for a month that is none.
fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn knows_days_that_history_knows() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        assert_eq!(day(1970, 1, 1).days(), 0);
        assert_eq!(day(1969, 7, 20).weekday(), Weekday::Sunday);
        assert_eq!(day(2000, 2, 29).weekday(), Weekday::Tuesday);
        assert_eq!(day(2005, 9, 13).weekday(), Weekday::Tuesday);
        assert_eq!(day(2004, 12, 31).plus(1), Some(day(2005, 1, 1)));
    }

    #[test]
    fn days_that_are_none_are_refused() {
        for (year, month, day) in
            [(2005, 2, 29), (1900, 2, 29), (2005, 13, 1), (2005, 0, 1), (2005, 4, 31), (2005, 4, 0)]
        {
            assert_eq!(Date::new(year, month, day), None);
        }
        for text in ["2005-9-13", "2005-09-31", "2005-09-13T", "+005-09-13", "二005-09-1"] {
            assert_eq!(Date::from_iso(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn days_follow_each_other(start in 0..3_600_000_i32, step in -400_000..400_000_i32) {
            let origin = Date::new(0, 1, 1).unwrap();
            let date = origin.plus(start).unwrap();
            prop_assert_eq!(date.days() - origin.days(), start);
            prop_assert_eq!(Date::from_iso(&date.to_string()), Some(date));
            if let Some(other) = date.plus(step) {
                prop_assert_eq!(other.days() - date.days(), step);
                prop_assert_eq!(other > date, step > 0);
            }
        }
    }
}
