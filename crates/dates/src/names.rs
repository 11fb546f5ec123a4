//! Names of months and weekdays.

use crate::Weekday;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The month (1 to 12) that `word` names, whole or shortened to three letters (`Sept` too), without its stop. The first
/// letter is a capital: `may` and `march` are other words.
pub fn month(word: &str) -> Option<u8> {
    let at =
        index(&MONTHS, word, |short| short == 3).or_else(|| word.eq_ignore_ascii_case("sept").then_some(8));
    at.filter(|_| begins_with_capital(word)).map(|at| at as u8 + 1)
}

/// Whether `word` names a month, as dates do: `September`, `Sept`, `SEP`.
pub fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// The weekday that `word` names, whole or shortened (`Tue`, `Tues`, `Thurs`), without its stop.
pub fn weekday(word: &str) -> Option<Weekday> {
    let at = index(&WEEKDAYS, word, |short| (3..=5).contains(&short))?;
    begins_with_capital(word).then_some(Weekday::ALL[at])
}

/// The month (1 to 12) of a Roman number, in small or in capital letters.
pub(crate) fn roman(word: &str) -> Option<u8> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let lower = word.to_ascii_lowercase();
    let of_one_case = word == lower || word == word.to_ascii_uppercase();
    let at = ROMAN.iter().position(|roman| *roman == lower)?;
    of_one_case.then_some(at as u8 + 1)
}

/// Whether `word` names a season of the year, as issues are dated: `Spring`.
pub(crate) fn is_season(word: &str) -> bool {
    ["Spring", "Summer", "Autumn", "Fall", "Winter"].contains(&word)
}

fn begins_with_capital(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
}

/// Index of the name that is `word`, or that `word` shortens to a length that `short` allows.
fn index(names: &[&str], word: &str, short: impl Fn(usize) -> bool) -> Option<usize> {
    let word = word.as_bytes();
    names.iter().position(|name| {
        let name = name.as_bytes();
        name.eq_ignore_ascii_case(word)
            || (short(word.len())
                && name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whole_and_short() {
        assert_eq!(month("September"), Some(9));
        assert_eq!(month("Sept"), Some(9));
        assert_eq!(month("DEC"), Some(12));
        for word in ["may", "Ma", "Marc", "Septem", "", "Mayor", "Яна"] {
            assert_eq!(month(word), None, "{word}");
        }
        assert_eq!(weekday("Tues"), Some(Weekday::Tuesday));
        assert_eq!(weekday("sun"), None);
    }
}
