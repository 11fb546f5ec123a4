//! Expressions to values.

use docmill_core::layers::{TimeAnchor, TimeKind};
use docmill_dates::Date;

use crate::anchors::Anchors;
use crate::captured::{Amount, Captured};
use crate::iso::{Point, century, decade, number_of, week, year};
use crate::matcher::Found;
use crate::rules::{From, Length, Operation};

/// A value, and what it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub kind: TimeKind,
    pub value: String,
    pub value_end: Option<String>,
    pub anchor: Option<TimeAnchor>,
}

/// Reads the expressions of a document in order.
#[derive(Debug)]
pub(crate) struct Resolver {
    anchors: Anchors,
    /// The last date that the text named, and what it comes from.
    focus: Option<(Point, TimeAnchor)>,
}

/// So many months before the last date of a story, a month without its year is one of the next year.
const MONTHS_BACK: u8 = 9;

type Anchored<T> = (T, Option<TimeAnchor>);

impl Resolver {
    pub fn new(anchors: Anchors) -> Self {
        Self { anchors, focus: None }
    }

    /// The value of the next expression; none if it turns out to be no expression of time.
    pub fn resolve(&mut self, found: &Found, future: bool) -> Option<Resolved> {
        let captured = &found.captured;
        let mut kind = found.kind;
        let mut value_end = None;
        let (value, anchor) = match found.operation {
            Operation::None | Operation::More => return None,
            Operation::Value(value) => (value.to_owned(), None),
            Operation::Length(length) => (duration(captured, length)?, None),
            Operation::Every => (every(captured)?, None),
            Operation::Century => (century_of(captured)?, None),
            Operation::Old => {
                if !self.anchors.ancient {
                    return None;
                }
                let point = Point { year: -captured.year?, month: None, day: None };
                self.set_focus(point, None);
                (point.to_string(), None)
            }
            Operation::Date => {
                let (value, end, anchor) = self.date(captured, future)?;
                value_end = end;
                (value, anchor)
            }
            Operation::Step(from, steps) => self.step(captured, from, steps)?,
            Operation::Shift(from, sign) => self.shift(captured, from, sign)?,
        };
        if value.contains('T') && !value.ends_with("_REF") && kind == TimeKind::Date {
            kind = TimeKind::Time;
        }
        Some(Resolved { kind, value, value_end, anchor })
    }

    fn set_focus(&mut self, point: Point, anchor: Option<TimeAnchor>) {
        self.focus = Some((point, anchor.unwrap_or(TimeAnchor::Text)));
    }

    fn base(&self, from: From) -> Option<(Point, TimeAnchor)> {
        let now = self.anchors.point();
        match from {
            From::Focus => self.focus.or(now),
            From::Auto | From::Now | From::Year if self.anchors.history => self.focus.or(now),
            _ => now.or(self.focus),
        }
    }

    /// A date from its parts.
    fn date(
        &mut self,
        captured: &Captured,
        future: bool,
    ) -> Option<(String, Option<String>, Option<TimeAnchor>)> {
        if let Some(value) = decade_of(captured) {
            return Some((value, None, None));
        }
        let (year_found, anchor) = self.year(captured, future);
        if let Some(month) = captured.month {
            let point = year_found.map(|year| Point { year, month: Some(month), day: captured.day });
            if captured.day.is_some_and(|day| Date::new(2000, month, day).is_none()) {
                return None;
            }
            let value = match point {
                Some(point) => {
                    self.set_focus(point, anchor);
                    point.to_string()
                }
                None => {
                    captured.day.map_or(format!("XXXX-{month:02}"), |day| format!("XXXX-{month:02}-{day:02}"))
                }
            };
            let end = captured.last_day.map(|day| last_of_range(year_found, month, captured.last_month, day));
            return Some((value + &time_of_day(captured), end, anchor));
        }
        if let Some(day) = captured.day {
            let (focus, anchor) = self.base(From::Auto)?;
            let point = Point { day: Some(day), month: Some(focus.month?), ..focus };
            self.set_focus(point, Some(anchor));
            return Some((point.to_string() + &time_of_day(captured), None, Some(anchor)));
        }
        if let Some(weekday) = captured.weekday {
            let (date, anchor) = match self.weekday(number_of(weekday), future) {
                Some((date, anchor)) => (date, Some(anchor)),
                None => return Some((format!("XXXX-WXX-{}", number_of(weekday)), None, None)),
            };
            self.set_focus(Point::of(date), anchor);
            return Some((date.to_string() + &time_of_day(captured), None, anchor));
        }
        if let Some(season) = captured.season {
            return Some((self.season(season, year_found, anchor), None, anchor));
        }
        let of_day = time_of_day(captured);
        if !of_day.is_empty() {
            let day = self.base(From::Auto).and_then(|(point, anchor)| Some((point.date()?, anchor)));
            return Some(match day {
                Some((date, anchor)) if captured.clock.is_some() => {
                    (format!("{date}{of_day}"), None, Some(anchor))
                }
                _ => (format!("XXXX-XX-XX{of_day}"), None, None),
            });
        }
        let year_found = year_found?;
        if let Some(quarter) = captured.ordinal {
            return Some((format!("{}-Q{quarter}", year(year_found)), None, anchor));
        }
        if let Some(half) = captured.half {
            return Some((format!("{}-{half}", year(year_found)), None, anchor));
        }
        let point = Point { year: year_found, month: None, day: None };
        self.set_focus(point, anchor);
        Some((point.to_string(), None, anchor))
    }

    /// The year of a date, and what it is told from if it is not written.
    fn year(&self, captured: &Captured, future: bool) -> Anchored<Option<i32>> {
        if let Some(year) = captured.year {
            return (Some(if captured.before_christ { -year } else { year }), None);
        }
        if let Some(short) = captured.short_year {
            let (base, anchor) = self.base(From::Auto).unzip();
            let century = base.map_or(1900, |base| base.year - base.year.rem_euclid(100));
            return (Some(century + short), anchor);
        }
        match (self.anchors.history, self.focus, self.anchors.now) {
            (true, Some((focus, _)), _) => (Some(following_year(focus, captured)), Some(TimeAnchor::Text)),
            (_, _, Some((now, anchor))) => (nearest_year(now, captured, future), Some(anchor)),
            (_, Some((focus, _)), None) => (Some(focus.year), Some(TimeAnchor::Text)),
            _ => (None, None),
        }
    }

    fn season(&mut self, season: &str, year_found: Option<i32>, anchor: Option<TimeAnchor>) -> String {
        let Some(found) = year_found else { return format!("XXXX-{season}") };
        let focus_year = self.focus.is_none_or(|(focus, _)| focus.year != found);
        if focus_year {
            self.set_focus(Point { year: found, month: None, day: None }, anchor);
        }
        format!("{}-{season}", year(found))
    }

    /// The day that a bare weekday names: the last one, or the next.
    fn weekday(&self, number: i32, future: bool) -> Option<(Date, TimeAnchor)> {
        let (base, anchor) = self.base(From::Auto)?;
        let date = base.date()?;
        let back = (number_of(date.weekday()) - number).rem_euclid(7);
        let days = if future || self.anchors.history { (7 - back) % 7 } else { -back };
        Some((date.plus(days)?, anchor))
    }

    /// So many units from a reference.
    fn step(&mut self, captured: &Captured, from: From, steps: i32) -> Option<Anchored<String>> {
        if self.anchors.history && from == From::Day && steps == 0 {
            return Some(("PRESENT_REF".to_owned(), None));
        }
        if self.anchors.history && from == From::Night {
            return Some(("XXXX-XX-XXTNI".to_owned(), None));
        }
        let Some((base, anchor)) = self.base(from) else { return Some((unknown(captured, from)?, None)) };
        let anchored = |value: String| Some((value, Some(anchor)));
        if let From::Day | From::Night = from {
            let date = base.date()?.plus(steps)?;
            self.set_focus(Point::of(date), Some(anchor));
            let night = if from == From::Night { "TNI".to_owned() } else { time_of_day(captured) };
            return anchored(format!("{date}{night}"));
        }
        if let (None, Some(part)) = (captured.unit, captured.part_of_day) {
            let Some(date) = base.date().and_then(|date| date.plus(steps)) else {
                return anchored(format!("{}T{part}", day_unknown(base)));
            };
            self.set_focus(Point::of(date), Some(anchor));
            return anchored(format!("{date}T{part}"));
        }
        if let Some(month) = captured.month {
            let base_month = base.month.unwrap_or(1);
            let year = match (from, steps) {
                (From::Year, steps) => base.year + steps,
                (_, ..=-1) => base.year - i32::from(month >= base_month),
                (_, 1..) => base.year + i32::from(month <= base_month),
                _ => base.year,
            };
            let point = Point { year, month: Some(month), day: None };
            self.set_focus(point, Some(anchor));
            return anchored(point.to_string());
        }
        if let Some(season) = captured.season {
            let passed = base.month.is_some_and(|month| month > last_month(season));
            let found = match (from, steps) {
                (From::Year, steps) => base.year + steps,
                (_, ..=-1) => base.year - i32::from(!passed),
                (_, 1..) => base.year + i32::from(passed || base.month.is_none()),
                _ => base.year,
            };
            return anchored(format!("{}-{season}", year(found)));
        }
        if let Some(weekday) = captured.weekday {
            let date = base.date()?;
            let back = (number_of(date.weekday()) - number_of(weekday)).rem_euclid(7);
            let days = match steps {
                ..=-1 => -(if back == 0 { 7 } else { back }),
                1.. => 7 - back,
                0 => number_of(weekday) - number_of(date.weekday()),
            };
            return anchored(date.plus(days)?.to_string());
        }
        anchored(self.moved(base, captured.unit?, steps, anchor)?)
    }

    fn shift(&mut self, captured: &Captured, from: From, sign: i32) -> Option<Anchored<String>> {
        let number = match captured.amount {
            Some(Amount::Unknown) => {
                let value = if sign > 0 { "FUTURE_REF" } else { "PAST_REF" };
                return Some((value.to_owned(), None));
            }
            Some(Amount::Number(number)) => i32::try_from(number).ok().filter(|number| *number < 10_000)?,
            None => 1,
        };
        let unit = captured.unit?;
        let Some((base, anchor)) = self.base(from) else { return Some((unknown(captured, from)?, None)) };
        Some((self.moved(base, unit, sign * number, anchor)?, Some(anchor)))
    }

    /// A point moved by so many units, as coarse as they are.
    fn moved(&mut self, base: Point, unit: &str, steps: i32, anchor: TimeAnchor) -> Option<String> {
        let year_only = |year: i32| Point { year, month: None, day: None };
        Some(match unit {
            "D" => match base.date().and_then(|date| date.plus(steps)) {
                Some(date) => {
                    self.set_focus(Point::of(date), Some(anchor));
                    date.to_string()
                }
                None if steps == 0 => day_unknown(base),
                None => format!("{}-XX-XX", year(base.year)),
            },
            "W" | "WE" | "F" => {
                let days = if unit == "F" { 14 } else { 7 };
                let date = base.date().and_then(|date| date.plus(steps.checked_mul(days)?));
                let value = date.and_then(week).unwrap_or_else(|| format!("{}-WXX", year(base.year)));
                if unit == "WE" { value + "-WE" } else { value }
            }
            "M" => match base.plus_months(steps) {
                Some(point) => {
                    self.set_focus(point, Some(anchor));
                    point.to_string()
                }
                None => format!("{}-XX", year(base.year)),
            },
            "Q" => {
                let month = base.plus_months(3 * steps)?;
                format!("{}-Q{}", year(month.year), month.month?.div_ceil(3))
            }
            "Y" => {
                let point = year_only(base.year + steps);
                self.set_focus(point, Some(anchor));
                point.to_string()
            }
            "DE" => decade(base.year + 10 * steps),
            "CE" => century(base.year + 100 * steps),
            _ => format!("{}TXX:XX", day_unknown(base)),
        })
    }
}

/// The year of a date in a story whose last date is `focus`: the same, or the next where the months start anew.
fn following_year(focus: Point, captured: &Captured) -> i32 {
    let passed = focus.month.zip(captured.month).is_some_and(|(last, month)| last >= month + MONTHS_BACK);
    focus.year + i32::from(passed)
}

/// The year that brings a date nearest to the document's, on the side that the words around it say.
fn nearest_year(now: Date, captured: &Captured, future: bool) -> Option<i32> {
    let Some(month) = captured.month else { return Some(now.year()) };
    let day = |year: i32| Date::new(year, month, captured.day.unwrap_or(1));
    if captured.day.is_none() {
        let year = if future {
            now.year() + i32::from(month < now.month())
        } else {
            now.year() - i32::from(month > now.month())
        };
        return Some(year);
    }
    let years = [now.year() - 1, now.year(), now.year() + 1];
    let distance = |year: &i32| {
        let days = day(*year).map_or(i32::MAX / 2, |date| date.days() - now.days());
        // What news tells is past, unless it says otherwise.
        if (days > 0) == future { days.abs() } else { days.abs().saturating_mul(2) }
    };
    years.into_iter().min_by_key(distance)
}

fn last_of_range(year_found: Option<i32>, month: u8, last_month: Option<u8>, day: u8) -> String {
    let last = last_month.unwrap_or(month);
    match year_found {
        Some(found) => {
            Point { year: found + i32::from(last < month), month: Some(last), day: Some(day) }.to_string()
        }
        None => format!("XXXX-{last:02}-{day:02}"),
    }
}

/// The last month that is surely in a season or before it.
fn last_month(season: &str) -> u8 {
    match season {
        "WI" => 2,
        "SP" => 5,
        "SU" => 8,
        _ => 11,
    }
}

/// `1940-06-XX`, `1940-XX-XX`.
fn day_unknown(base: Point) -> String {
    match (base.month, base.day) {
        (Some(_), Some(_)) => base.to_string(),
        (Some(month), None) => format!("{}-{month:02}-XX", year(base.year)),
        _ => format!("{}-XX-XX", year(base.year)),
    }
}

/// The value of an expression that nothing anchors.
fn unknown(captured: &Captured, from: From) -> Option<String> {
    if from == From::Day {
        return Some("XXXX-XX-XX".to_owned());
    }
    if from == From::Night {
        return Some("XXXX-XX-XXTNI".to_owned());
    }
    if let Some(month) = captured.month {
        return Some(format!("XXXX-{month:02}"));
    }
    every(captured)
}

fn decade_of(captured: &Captured) -> Option<String> {
    let first = captured.decade?;
    let first = if first < 100 && !captured.before_christ { 1900 + first } else { first };
    Some(decade(if captured.before_christ { -first } else { first }))
}

fn century_of(captured: &Captured) -> Option<String> {
    let number = captured.ordinal.or(captured.day.map(u32::from))?.checked_sub(1)?;
    Some(if captured.before_christ { format!("BC{number:02}") } else { format!("{number:02}") })
}

/// `TMO`, `T10:30`, or nothing.
fn time_of_day(captured: &Captured) -> String {
    let twelve = |hour: u32| match captured.afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    match (captured.clock, captured.part_of_day) {
        (Some((hour, minute)), _) => format!("T{:02}:{minute:02}", twelve(hour)),
        (None, Some("MID")) => "T12:00".to_owned(),
        (None, Some("MNI")) => "T00:00".to_owned(),
        (None, Some(part)) => format!("T{part}"),
        (None, None) => String::new(),
    }
}

fn duration(captured: &Captured, length: Length) -> Option<String> {
    let number = match (length, captured.amount) {
        (Length::Unknown, _) | (Length::Captured, Some(Amount::Unknown)) => "X".to_owned(),
        (Length::One, _) | (Length::Captured, None) => "1".to_owned(),
        (Length::Captured, Some(Amount::Number(number))) => number.to_string(),
        (Length::AndHalf, Some(Amount::Number(number))) => format!("{number}.5"),
        (Length::AndHalf, _) => "1.5".to_owned(),
        (Length::Half, _) => "0.5".to_owned(),
    };
    Some(match captured.unit? {
        "S" => format!("PT{number}S"),
        "T1M" => format!("PT{number}M"),
        "H" => format!("PT{number}H"),
        "F" => number.parse::<u32>().map_or_else(|_| "PXW".to_owned(), |n| format!("P{}W", 2 * n)),
        unit => format!("P{number}{unit}"),
    })
}

fn every(captured: &Captured) -> Option<String> {
    if let Some(weekday) = captured.weekday {
        return Some(format!("XXXX-WXX-{}", number_of(weekday)));
    }
    if let Some(month) = captured.month {
        return Some(format!("XXXX-{month:02}"));
    }
    if let Some(season) = captured.season {
        return Some(format!("XXXX-{season}"));
    }
    if let Some(part) = captured.part_of_day {
        return Some(format!("XXXX-XX-XXT{part}"));
    }
    let value = match captured.unit? {
        "D" => "XXXX-XX-XX",
        "W" | "F" => "XXXX-WXX",
        "WE" => "XXXX-WXX-WE",
        "M" => "XXXX-XX",
        "Q" => "XXXX-QX",
        "Y" => "XXXX",
        "DE" => "XXX",
        "CE" => "XX",
        _ => "XXXX-XX-XXTXX",
    };
    Some(value.to_owned())
}
