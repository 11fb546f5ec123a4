//! The year that a text is about, from the years it names.

use docmill_dates::is_month;

use crate::words::{AHEAD, SEASONS};

/// The latest year that dates in the text name (`July 2005`, `the summer of 2005`); else the one that it names without
/// a month, if it names no other. Years of plans do not count.
pub fn named_year(text: &str) -> Option<i32> {
    let mut dated: Option<i32> = None;
    let mut bare: Option<i32> = None;
    let mut several = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b'1' | b'2')))
    {
        let start = at + found;
        let digits = bytes[start..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        at = start + digits.max(1);
        if digits == 5 {
            at = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        }
        let alone =
            |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'/'));
        if digits != 4 || !alone(start.checked_sub(1).and_then(|i| bytes.get(i))) || !alone(bytes.get(at)) {
            continue;
        }
        let Some(year) =
            text.get(start..at).and_then(|year| year.parse().ok()).filter(|y| (1900..2100).contains(y))
        else {
            continue;
        };
        match context(text, start) {
            Context::Dated => dated = dated.max(Some(year)),
            Context::Bare => {
                several |= bare.is_some_and(|known| known != year);
                bare = Some(year);
            }
            Context::Other => {}
        }
    }
    dated.or(bare.filter(|_| !several))
}

enum Context {
    /// After a month or a season.
    Dated,
    /// After `in`.
    Bare,
    /// Anything else.
    Other,
}

/// What the words before a number say of it.
fn context(text: &str, start: usize) -> Context {
    let from = text.floor_char_boundary(start.saturating_sub(60));
    let before = text.get(from..start).unwrap_or_default();
    // Of this sentence, as far as can be seen.
    let sentence = before.rsplit([';', '!', '?', '\n']).next().unwrap_or(before);
    let sentence = sentence.rsplit(". ").find(|part| part.split_whitespace().count() > 1).unwrap_or_default();
    if sentence.split_whitespace().any(|word| AHEAD.contains(word)) {
        return Context::Other;
    }
    let mut words =
        before.split_whitespace().rev().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut last = words.next().unwrap_or_default();
    if last == "of" {
        last = words.next().unwrap_or_default();
        if !is_season(last) && !is_month(last) {
            return Context::Other;
        }
    }
    let day = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
    let month = if day(last) { words.next().unwrap_or_default() } else { last };
    if is_month(month) || is_season(last) {
        Context::Dated
    } else if matches!(last, "in" | "In" | "during" | "During") {
        Context::Bare
    } else {
        Context::Other
    }
}

fn is_season(word: &str) -> bool {
    SEASONS.contains_folded(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_tell_the_year() {
        for (text, year) in [
            ("the success of the summer 2005 training", Some(2005)),
            ("In July 2004 and on May 3, 2005, they met. In 1991 they did not.", Some(2005)),
            ("on 3 May 2005", Some(2005)),
            ("in the fall of 2003", Some(2003)),
            ("In 1999, the coup failed; in 1999 it was", Some(1999)),
            ("In 1991 and in 2003", None),
            ("since 1991, 2000 men, No. 2005, Zapad-2009, in 2004-2006, 12005, 20055, in 2005a", None),
            ("will end in May 2010", None),
            ("It was due by June 2010. In April 2008 it ended.", Some(2008)),
            ("", None),
            ("в 2005 году", None),
        ] {
            assert_eq!(named_year(text), year, "{text}");
        }
    }
}
