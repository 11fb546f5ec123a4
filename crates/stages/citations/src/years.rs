//! The years of dates that were written without one.

use docmill_core::Meta;
use docmill_dates::{Date, Written};

use crate::PublicationRule;

/// How far (days) after a document's date a source may be dated: issues are dated ahead of the day they are read.
const AHEAD: i32 = 7;
/// How far after the day that an issue's number points to. Numbers drift by a few weeks over holidays.
const DRIFT: i32 = 45;
/// The longest stretch of days that is taken for the turn of the year, where the year alone is known.
const TURN: i32 = 75;

/// What is known of a document's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its day.
    Day(Date),
    /// Its year, and about which day of it.
    Around(Date),
    /// Its year.
    Year(i32),
}

impl Anchor {
    /// What the metadata tells: its date, the rule for the publication, a year in the volume or issue.
    pub fn of(meta: &Meta, rules: &[PublicationRule]) -> Option<Self> {
        Self::of_date(meta.date.as_deref().unwrap_or_default())
            .or_else(|| Self::of_volume(meta, rules))
            .or_else(|| {
                [&meta.volume, &meta.issue]
                    .into_iter()
                    .flatten()
                    .find_map(|text| year_in(text))
                    .map(Self::Year)
            })
    }

    /// `2005-09-20`, with or without a time; `2005-09`; `2005`.
    fn of_date(text: &str) -> Option<Self> {
        let day = |text: &str| Date::from_iso(text);
        if let Some(date) = text.get(..10).and_then(day) {
            return Some(Self::Day(date));
        }
        let middle = text.get(..7).filter(|_| text.len() == 7).and_then(|month| day(&format!("{month}-15")));
        let year = text.get(..4).filter(|_| text.len() == 4).and_then(year_in);
        middle.map(Self::Around).or(year.map(Self::Year))
    }

    fn of_volume(meta: &Meta, rules: &[PublicationRule]) -> Option<Self> {
        let name = meta.publication.as_deref()?.trim();
        let rule = rules.iter().find(|rule| rule.name.trim().eq_ignore_ascii_case(name))?;
        let volume: i32 =
            meta.volume.as_deref()?.trim().parse().ok().filter(|volume| (1..1000).contains(volume))?;
        let year = rule.first_year + volume - 1;
        let issue: Option<i32> = meta.issue.as_deref().and_then(|issue| issue.trim().parse().ok());
        let around = issue.zip(rule.issues_a_year).filter(|_| volume > 1).and_then(|(issue, yearly)| {
            let day = f64::from(issue.max(1)) * 365.0 / f64::from(yearly);
            Date::new(year, 1, 1)?.plus((day as i32).min(364))
        });
        Some(around.map_or(Self::Year(year), Self::Around))
    }

    /// The day that `date` names, in the year that fits; `written` are the days without a year of the document.
    pub fn resolve(self, date: Written, written: &[(u8, u8)]) -> Option<Date> {
        let Some((month, day)) = date.month.zip(date.day) else {
            // A weekday is that of the week before.
            let Self::Day(today) = self else { return None };
            let back = (0..7).find(|&back| today.plus(-back).map(Date::weekday) == date.weekday)?;
            return today.plus(-back);
        };
        match self {
            Self::Day(today) => latest_until(today.plus(AHEAD)?, month, day),
            Self::Around(middle) => {
                let end = Date::new(middle.year(), 12, 31)?.plus(AHEAD)?;
                latest_until(middle.plus(DRIFT)?.min(end), month, day)
            }
            Self::Year(year) => {
                let before = turn_of_year(written).is_some_and(|first| (month, day) >= first);
                Date::new(year - i32::from(before), month, day)
            }
        }
    }
}

/// The last such day in the year up to `end`; none for a February 29 that this year did not have.
fn latest_until(end: Date, month: u8, day: u8) -> Option<Date> {
    let within = |date: &Date| *date <= end && end.days() - date.days() <= 366;
    (0..2).find_map(|back| Date::new(end.year() - back, month, day).filter(within))
}

/// The first day of a stretch that holds all days `written` and runs over the turn of the year, if there is a short one:
/// its days up to December are of the year before.
fn turn_of_year(written: &[(u8, u8)]) -> Option<(u8, u8)> {
    let mut days: Vec<Date> =
        written.iter().filter_map(|&(month, day)| Date::new(2000, month, day)).collect();
    days.sort_unstable();
    let widest = days.windows(2).max_by_key(|pair| pair[1].days() - pair[0].days())?;
    let (last, first) = (widest[0], widest[1]);
    let length = 366 - (first.days() - last.days());
    (length <= TURN).then_some((first.month(), first.day()))
}

/// A year of the twentieth or twenty-first century that stands alone in `text`.
fn year_in(text: &str) -> Option<i32> {
    let number = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let mut years = text.split(|c: char| !c.is_alphanumeric()).filter(number);
    years.next()?.parse().ok().filter(|year| (1900..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<PublicationRule> {
        vec![PublicationRule { name: "Steppe Daily".to_owned(), first_year: 2004, issues_a_year: Some(240) }]
    }

    fn meta(date: Option<&str>, volume: Option<&str>, issue: Option<&str>) -> Meta {
        let text = |value: Option<&str>| value.map(str::to_owned);
        Meta {
            publication: text(Some("STEPPE DAILY")),
            date: text(date),
            volume: text(volume),
            issue: text(issue),
            ..Meta::default()
        }
    }

    fn year(anchor: Anchor, month: u8, day: u8) -> Option<i32> {
        let date = Written { month: Some(month), day: Some(day), ..Written::default() };
        anchor.resolve(date, &[(month, day)]).map(Date::year)
    }

    #[test]
    fn the_date_comes_before_the_rule_and_the_rule_before_the_issue() {
        let of = |date, volume, issue| Anchor::of(&meta(date, volume, issue), &rules());
        let day = Date::new(2005, 9, 20).unwrap();
        assert_eq!(of(Some("2005-09-20T10:00:00Z"), Some("9"), None), Some(Anchor::Day(day)));
        assert_eq!(of(Some("2005-09"), None, None), Some(Anchor::Around(Date::new(2005, 9, 15).unwrap())));
        assert_eq!(of(Some("2005"), Some("9"), None), Some(Anchor::Year(2005)));
        assert_eq!(of(None, Some("2"), None), Some(Anchor::Year(2005)));
        assert_eq!(of(None, Some("1"), Some("140")), Some(Anchor::Year(2004)));
        let Some(Anchor::Around(about)) = of(None, Some("2"), Some("176")) else { panic!() };
        assert_eq!((about.year(), about.month()), (2005, 9));
        assert_eq!(of(None, None, Some("3/2011")), Some(Anchor::Year(2011)));
        assert_eq!(of(None, Some("XII"), Some("30")), None);
        assert_eq!(Anchor::of(&meta(None, Some("2"), None), &[]), None);
    }

    #[test]
    fn sources_are_not_dated_after_the_document() {
        let anchor = Anchor::Day(Date::new(2005, 1, 10).unwrap());
        assert_eq!(year(anchor, 12, 31), Some(2004));
        assert_eq!(year(anchor, 1, 10), Some(2005));
        assert_eq!(year(anchor, 1, 15), Some(2005), "an issue dated ahead");
        assert_eq!(year(anchor, 2, 1), Some(2004));
        assert_eq!(year(anchor, 2, 29), Some(2004));
        assert_eq!(year(Anchor::Day(Date::new(2019, 3, 10).unwrap()), 2, 29), None);
        let anchor = Anchor::Around(Date::new(2005, 1, 5).unwrap());
        assert_eq!(year(anchor, 12, 20), Some(2004));
        assert_eq!(year(anchor, 2, 3), Some(2005));
        let anchor = Anchor::Around(Date::new(2005, 12, 20).unwrap());
        assert_eq!(year(anchor, 12, 28), Some(2005));
        assert_eq!(year(anchor, 1, 20), Some(2005), "no issue of a volume cites the year after it");
    }

    #[test]
    fn a_short_stretch_over_new_year_tells_two_years() {
        let date = |month, day| Written { month: Some(month), day: Some(day), ..Written::default() };
        let year = |written: &[(u8, u8)], month, day| {
            Anchor::Year(2005).resolve(date(month, day), written).map(Date::year)
        };
        assert_eq!(year(&[(12, 28), (1, 4)], 12, 28), Some(2004));
        assert_eq!(year(&[(12, 28), (1, 4)], 1, 4), Some(2005));
        assert_eq!(year(&[(9, 13), (1, 4)], 9, 13), Some(2005));
        assert_eq!(year(&[(9, 13), (9, 20), (4, 4)], 4, 4), Some(2005));
        assert_eq!(year(&[(2, 29)], 2, 29), None, "2005 had none");
    }

    #[test]
    fn a_weekday_is_that_of_the_week_before() {
        let today = Date::new(2005, 9, 22).unwrap();
        let tuesday = Written { weekday: Some(docmill_dates::Weekday::Tuesday), ..Written::default() };
        assert_eq!(Anchor::Day(today).resolve(tuesday, &[]), Date::new(2005, 9, 20));
        assert_eq!(Anchor::Year(2005).resolve(tuesday, &[]), None);
    }
}
