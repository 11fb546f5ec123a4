//! Dates as people write them, to ISO 8601.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

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
    let words: Vec<&str> = std::iter::once(first).chain(parts).take(5).collect();
    let at = words.iter().position(|word| month_named(word).is_some())?;
    let month = month_named(words[at])?;
    let before = at.checked_sub(1).and_then(|i| day(words[i]));
    let (day, year) = match before {
        Some(day) => (day, words.get(at + 1)?),
        None => (day(words.get(at + 1)?)?, words.get(at + 2)?),
    };
    date(year, month, day)
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

fn date(year: &str, month: u32, day: u32) -> Option<String> {
    let year: u32 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let known = (1000..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::iso;

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
        ] {
            let expected = (text != "20050920083000").then(|| "2005-09-20".to_owned());
            assert_eq!(iso(text), expected, "{text}");
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
