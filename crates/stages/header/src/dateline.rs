//! The dateline of a first paragraph.

use std::sync::LazyLock;

use docmill_dates::Expression;
use docmill_lexicon::Words;
use docmill_lexicon::lists::HEADER_WORDS;

/// Labels of articles that stand where a dateline would.
static LABELS: LazyLock<Words> = LazyLock::new(|| HEADER_WORDS.shipped().of_class("label"));

/// No dateline is longer (bytes).
const LONGEST: usize = 90;

/// `DUSHANBE, September 15` of `DUSHANBE, September 15 — The ministers...`: the dateline, and its date as written. The
/// place is in capitals, unless a date follows it.
pub fn dateline(paragraph: &str) -> Option<(&str, Option<&str>)> {
    let head = paragraph.get(..paragraph.floor_char_boundary(LONGEST))?;
    let marks = [" — ", " – ", " -- ", " - ", "—", " —", "– ", " _ ", ")-", ") -"];
    let end =
        marks.iter().filter_map(|mark| Some(head.find(mark)? + usize::from(mark.starts_with(')')))).min()?;
    let line = head.get(..end)?.trim();
    let before =
        line.split_once('(').map_or(line, |(place, agency)| if agency.ends_with(')') { place } else { line });
    let place = before.trim().trim_end_matches([',', ':']);
    let date = place.match_indices([',', ' ']).find_map(|(comma, _)| {
        let rest = place.get(comma + 1..)?;
        let text = rest.trim_start();
        let read = Expression::at_start(text)?;
        (read.len == text.len()).then_some((comma, text))
    });
    let name = date.map_or(place, |(comma, _)| place.get(..comma).unwrap_or_default()).trim_end_matches(',');
    let first = name.split([' ', ',', '/']).next().unwrap_or_default();
    let capitals =
        first.chars().filter(|c| c.is_uppercase()).count() >= 3 && !first.chars().any(char::is_lowercase);
    let label = LABELS.iter().any(|label| name.starts_with(label));
    let named =
        !label && name.chars().next().is_some_and(char::is_uppercase) && name.split_whitespace().count() <= 4;
    let sentence = paragraph.get(end..)?.trim_start_matches([' ', '-', '–', '—', '_']).chars().next();
    let follows = sentence.is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    (named && follows && (capitals || date.is_some())).then_some((line, date.map(|(_, text)| text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let line = |text| dateline(text).map(|(line, date)| (line, date.unwrap_or("-")));
        assert_eq!(
            line("DUSHANBE, September 15 — The ministers met."),
            Some(("DUSHANBE, September 15", "September 15"))
        );
        assert_eq!(line("NUR-SULTAN, March 3 – The fleet"), Some(("NUR-SULTAN, March 3", "March 3")));
        assert_eq!(line("Osh, 3 May 2005 -- A bus"), Some(("Osh, 3 May 2005", "3 May 2005")));
        assert_eq!(line("BEIJING (Reuters) - China said"), Some(("BEIJING (Reuters)", "-")));
        assert_eq!(line("KABUL, Afghanistan — “No,” he said"), Some(("KABUL, Afghanistan", "-")));
        assert_eq!(
            line("WELLINGTON, New Zealand (AP) _ The council met."),
            Some(("WELLINGTON, New Zealand (AP)", "-"))
        );
        assert_eq!(
            line("BEIJING, Nov. 30 (Xinhua) -- The council met."),
            Some(("BEIJING, Nov. 30 (Xinhua)", "Nov. 30"))
        );
        assert_eq!(line("TEHRAN— In the summit"), Some(("TEHRAN", "-")));
        assert_eq!(line("ATTENTION - ADDS details ///"), None);
        assert_eq!(line("Niger closed eleven markets — a year ago"), None);
        assert_eq!(line("The plan — The old one — failed."), None);
        assert_eq!(line("CSTO members — all but one — agreed."), None);
        assert_eq!(line("EXCLUSIVE — What the minister said"), None);
        assert_eq!(line("— What?"), None);
        assert_eq!(line("Душанбе — Город"), None);
    }
}
