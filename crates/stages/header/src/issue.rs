//! Lines that say which issue it is, without labels: `Vol. 8, No. 19 (September 24, 2013)`.

use docmill_dates::Expression;
use docmill_lexicon::lists::HEADER_WORDS;

use crate::facts::Key;

/// The facts of a line that holds nothing but a name (at its head), a volume, an issue and a date, divided by bars,
/// commas, dashes, bullets or brackets. At least one of the three must be there.
pub fn issue_line(line: &str) -> Option<Vec<(Key, &str)>> {
    let mut facts = Vec::new();
    let mut rest = line;
    let mut name_allowed = true;
    while !rest.is_empty() {
        let (key, value, after) = volume_or_number(rest).or_else(|| date(rest)).or_else(|| {
            let (name, after) = name_allowed.then(|| name(rest))??;
            Some((Key::Publication, name, after))
        })?;
        name_allowed = false;
        facts.push((key, value));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || is_divider(c));
    }
    // `Paris, 5 May 2005` names a place as likely as a paper.
    if let [(key @ Key::Publication, name), (Key::Date, _)] = &mut facts[..]
        && line.get(name.len()..).is_some_and(|rest| rest.starts_with(','))
    {
        *key = Key::Other("header".to_owned());
    }
    facts.iter().any(|(key, _)| *key != Key::Publication).then_some(facts)
}

fn is_divider(c: char) -> bool {
    matches!(c, '|' | ',' | ';' | '(' | ')' | '[' | ']' | '–' | '—' | '-' | '•' | '·' | '/' | ':' | '.')
}

/// `Vol. 8`, `Volume XII`, `No. 19`, `Issue 3/2011`, `#5`: key, value, and what follows.
fn volume_or_number(text: &str) -> Option<(Key, &str, &str)> {
    let words = HEADER_WORDS.shipped().fields().filter_map(|[word, class]| match class {
        "volume" => Some((word, Key::Volume)),
        "issue" => Some((word, Key::Issue)),
        _ => None,
    });
    let signs = ["#", "№"].map(|sign| (sign, Key::Issue));
    words.chain(signs).find_map(|(word, key)| {
        let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        let rest = text.get(head.len()..)?;
        let value = rest.strip_prefix('.').unwrap_or(rest).trim_start();
        // `No. 5`, `No 5`, `#5`, but not `No5` or `Novel`.
        if value.len() == rest.len() && head.ends_with(char::is_alphabetic) {
            return None;
        }
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(value.len());
        let number = value.get(..end)?.trim_end_matches('/');
        let roman = number.bytes().all(|b| b"IVXLC".contains(&b));
        let valid = !number.is_empty() && (roman || number.starts_with(|c: char| c.is_ascii_digit()));
        valid.then(|| (key, number, value.get(number.len()..).unwrap_or_default()))
    })
}

/// A date with its year.
fn date(text: &str) -> Option<(Key, &str, &str)> {
    let read = Expression::at_start(text)?;
    let first = read.items.first()?.first;
    (first.year.is_some() && first.month.is_some()).then(|| {
        let (date, rest) = text.split_at(read.len);
        (Key::Date, date, rest)
    })
}

/// What stands before the first divider, if it looks like a name: up to eight words, the first with a capital.
fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(['|', ',', '(', '–', '—', '•', '·']).or_else(|| text.find(" - "))?;
    let (name, rest) = text.split_at(end);
    let name = name.trim();
    let fits = name.chars().next().is_some_and(char::is_uppercase) && name.split_whitespace().count() <= 8;
    fits.then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let Some(facts) = issue_line(line) else { return "none".to_owned() };
        facts.iter().map(|(key, value)| format!("{key:?}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn issue_lines_of_many_forms() {
        assert_eq!(shown("Vol. 8, No. 19 (September 24, 2013)"), "Volume=8 Issue=19 Date=September 24, 2013");
        assert_eq!(
            shown("Northern Flank Notes | No. 37 | 18 November 2022"),
            "Publication=Northern Flank Notes Issue=37 Date=18 November 2022"
        );
        assert_eq!(shown("SAHEL DISPATCH, Number 112"), "Publication=SAHEL DISPATCH Issue=112");
        assert_eq!(shown("Volume XII, Issue 3/2011"), "Volume=XII Issue=3/2011");
        assert_eq!(shown("Thursday, 9 February 2017"), "Date=Thursday, 9 February 2017");
        assert_eq!(shown("Paris, 5 May 2005"), "Other(\"header\")=Paris Date=5 May 2005");
        assert_eq!(shown("Sea Letter — 2018-07-26"), "Publication=Sea Letter Date=2018-07-26");
    }

    #[test]
    fn headings_and_prose_are_none() {
        for line in [
            "Old Powder, New Auditors",
            "No. 10 Downing Street",
            "Novel Ways, Number 5 and Counting",
            "A Railway, Three Ministries and No Timetable",
            "In May 2009, the ministers met",
            "March 5",
            "",
            "|",
        ] {
            assert_eq!(shown(line), "none", "{line}");
        }
    }
}
