//! Dates as people write them, to ISO 8601.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::HTML_WORDS;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `2005-09-20` of `2005-09-20T08:00Z`, `20050920`, `2005/9/20`, `20 September 2005`, `Sept. 20, 2005`, `Tue, 20 Sep
/// 2005 08:00:00 +0500`. Nothing of what can be read in two ways, such as `09/10/2005`.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = |c: char| c.is_ascii_digit();
    if text.len() >= 8 && text.chars().take(8).all(digits) && !text.chars().nth(8).is_some_and(digits) {
        let (year, rest) = text.split_at_checked(4)?;
        return date(year, number(rest.get(..2)?)?, number(rest.get(2..4)?)?);
    }
    let mut parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let first = parts.next()?;
    if first.len() == 4 && first.chars().all(digits) {
        let (month, day) = (parts.next()?, parts.next()?);
        // What follows the day is the time: `20T08`.
        let day = day.split(|c: char| !c.is_ascii_digit()).next()?;
        return date(first, number(month).or_else(|| month_named(month))?, number(day)?);
    }
    let words: Vec<&str> = std::iter::once(first).chain(parts).take(WORDS).collect();
    let at = words.iter().position(|word| month_named(word).is_some())?;
    let month = month_named(words[at])?;
    let before = at.checked_sub(1).and_then(|i| day(words[i]));
    let day_first = before.and_then(|day| date(words.get(at + 1)?, month, day));
    day_first.or_else(|| date(words.get(at + 2)?, month, day(words.get(at + 1)?)?))
}

/// Words in which a month is looked for: a weekday and a time may stand before it.
const WORDS: usize = 12;

/// The date of a text that is a date and nothing else: `Posted: Fri 6:45 PM, Feb 16, 2018`.
pub(crate) fn whole(text: &str) -> Option<String> {
    let date = iso(text)?;
    let known = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase())
            || month_named(word).is_some()
            || weekday_named(word)
            || AROUND.contains_folded(word)
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(known).then_some(date)
}

/// Words around a date that say nothing else.
static AROUND: LazyLock<Words> = LazyLock::new(|| HTML_WORDS.shipped().of_class("date-word"));

/// The date of a JSON value: a text, seconds, milli-, micro- or nanoseconds since 1970, or one of them in `$date`, as
/// `MongoDB` writes it.
pub(crate) fn of_value(value: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            let text = text.trim();
            let stamp = matches!(text.len(), 10 | 13 | 16 | 19).then(|| text.parse().ok()).flatten();
            iso(text).or_else(|| stamp.and_then(of_stamp))
        }
        Value::Number(number) => iso(&number.to_string()).or_else(|| {
            #[expect(clippy::cast_possible_truncation, reason = "a day is wanted")]
            let whole = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64));
            whole.and_then(of_stamp)
        }),
        Value::Object(fields) => {
            of_value(fields.get("$date").or_else(|| fields.get("$numberLong")).filter(|_| fields.len() == 1)?)
        }
        _ => None,
    }
}

/// The day of a time since 1970, from 1973 on: its size tells its unit.
fn of_stamp(stamp: i64) -> Option<String> {
    let seconds = match stamp {
        100_000_000..10_000_000_000 => stamp,
        100_000_000_000..10_000_000_000_000 => stamp / 1_000,
        100_000_000_000_000..10_000_000_000_000_000 => stamp / 1_000_000,
        100_000_000_000_000_000..9_000_000_000_000_000_000 => stamp / 1_000_000_000,
        _ => return None,
    };
    Some(of_seconds(seconds))
}

/// The day of a time in ticks of 100 nanoseconds since 1601, from 1971 to 2299.
pub(crate) fn of_ticks(ticks: u64) -> Option<String> {
    /// Seconds between the beginnings of 1601 and 1970.
    const BEFORE: i64 = 11_644_473_600;
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - BEFORE;
    (31_536_000..10_413_792_000).contains(&seconds).then(|| of_seconds(seconds))
}

/// The day of a time in seconds since 1970.
fn of_seconds(seconds: i64) -> String {
    // Days to a date of the Gregorian calendar, by eras of 400 years that begin in March.
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten()
}

/// `3`, `3rd`.
fn day(text: &str) -> Option<u32> {
    number(text.trim_end_matches(|c: char| c.is_ascii_alphabetic()))
}

fn month_named(text: &str) -> Option<u32> {
    let start = text.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == start)?;
    text.chars().all(char::is_alphabetic).then_some(month as u32 + 1)
}

fn weekday_named(text: &str) -> bool {
    let start = text.get(..3).unwrap_or_default().to_ascii_lowercase();
    DAYS.contains(&start.as_str()) && text.chars().all(char::is_alphabetic)
}

fn date(year: &str, month: u32, day: u32) -> Option<String> {
    let year: u32 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let known = (1000..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{iso, of_value, whole};

    #[test]
    fn dates_are_read() {
        for text in [
            "2005-09-20",
            "2005-09-20T08:00:00Z",
            "20050920",
            "20050920083000",
            "2005/9/20",
            "20 September 2005",
            "Sept. 20, 2005",
            "September 20th, 2005",
            "Tue, 20 Sep 2005 08:00:00 +0500",
            "20-Sep-2005",
            "08:00:07 PM IST Sep 20, 2005",
            "Tue 6:45 PM, Sept. 20, 2005",
            "8:20 September 20, 2005",
        ] {
            let expected = (text != "20050920083000").then(|| "2005-09-20".to_owned());
            assert_eq!(iso(text), expected, "{text}");
        }
    }

    #[test]
    fn a_date_alone_is_told_from_a_text_with_one() {
        for text in [
            "September 20, 2005",
            "Posted: Tue 6:45 PM, Sep 20, 2005",
            "2005-09-20 17:32",
            "20 SEP 2005 - 11:28 AMT",
        ] {
            assert_eq!(whole(text).as_deref(), Some("2005-09-20"), "{text}");
        }
        for text in ["Osh, September 20, 2005", "The Marches, 2005", "Sept. 20", "Vote of 20 September 2005"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn stamps_are_read() {
        let date = |json: &str| of_value(&serde_json::from_str(json).unwrap());
        for json in [
            "1399190400",
            "1399190400000",
            "1399190400.5",
            "\"1399190400\"",
            "20140504",
            "{\"$date\": \"2014-05-04T10:00:00Z\"}",
            "{\"$date\": {\"$numberLong\": \"1399190400000\"}}",
        ] {
            assert_eq!(date(json).as_deref(), Some("2014-05-04"), "{json}");
        }
        assert_eq!(date("1078012800").as_deref(), Some("2004-02-29"));
        for json in ["2014", "17", "null", "{\"a\": 1}", "1e300"] {
            assert_eq!(date(json), None, "{json}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "09/10/2005", "2005", "20 Septobre", "2005-13-01", "May", "Ünd May 5", "é", "99999999"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
