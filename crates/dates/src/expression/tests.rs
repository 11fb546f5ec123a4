use proptest::prelude::*;

use super::*;

fn shown(date: Written) -> String {
    let part = |value: Option<i32>| value.map_or("?".to_owned(), |value| format!("{value:02}"));
    let mut text =
        format!("{}-{}-{}", part(date.year), part(date.month.map(i32::from)), part(date.day.map(i32::from)));
    if let Some(weekday) = date.weekday {
        text.push_str(&format!(" {weekday:?}"));
    }
    text
}

/// What is read from the start of `text`, and the rest.
fn read(text: &str) -> (String, &str) {
    let Some(expression) = Expression::at_start(text) else { return ("none".to_owned(), text) };
    let items: Vec<String> = expression
        .items
        .iter()
        .map(|item| match item.last {
            Some(last) => format!("{}..{}", shown(item.first), shown(last)),
            None => shown(item.first),
        })
        .collect();
    (items.join(" "), text.get(expression.len..).unwrap())
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    assert_eq!(read(text), (expected.to_owned(), ""), "{text}");
}

#[test]
fn single_days() {
    for text in [
        "September 13",
        "Sept. 13",
        "Sep 13",
        "Sept 13th",
        "13 September",
        "13 Sept.",
        "13th of September",
        "SEPTEMBER 13",
    ] {
        reads(text, "?-09-13");
    }
    for text in [
        "September 13, 2005",
        "September 13 2005",
        "September 13,2005",
        "Sept. 13th, 2005",
        "13 September 2005",
        "13 September, 2005",
        "13-Sep-2005",
        "13 September '05",
        "Sept. 13, ’05",
        "13.ix.2005",
        "13/IX/2005",
        "20050913",
        "13-Sep-05",
        "2005-09-13",
        "2005/09/13",
        "13.09.2005",
        "13.9.2005",
        "13/09/2005",
        "09/13/2005",
    ] {
        reads(text, "2005-09-13");
    }
    reads("Tuesday, September 13", "?-09-13 Tuesday");
    reads("Tue., 13 Sep 2005", "2005-09-13 Tuesday");
    reads("Tuesday", "?-?-? Tuesday");
    reads("February 29", "?-02-29");
}

#[test]
fn ranges_and_lists() {
    for text in ["September 13-15", "September 13–15", "Sept. 13 - 15", "13-15 September", "13—15 Sept."]
    {
        reads(text, "?-09-13..?-09-15");
    }
    reads("September 13-15, 2005", "2005-09-13..2005-09-15");
    for text in
        ["September 30-October 2", "September 30 – October 2", "30 September-2 October", "30 Sept. – 2 Oct."]
    {
        reads(text, "?-09-30..?-10-02");
    }
    reads("December 30-January 2, 2005", "2004-12-30..2005-01-02");
    reads("30 December – 2 January 2005", "2004-12-30..2005-01-02");
    reads("May 12, 13", "?-05-12 ?-05-13");
    reads("May 12, 13, 2005", "2005-05-12 2005-05-13");
    reads("May 12, 13 and 15-17, 2005", "2005-05-12 2005-05-13 2005-05-15..2005-05-17");
    reads("May 12 & 13", "?-05-12 ?-05-13");
    reads("12, 13 May", "?-05-12 ?-05-13");
    reads("12 and 13 May 2005", "2005-05-12 2005-05-13");
    reads("May 12-14, 16", "?-05-12..?-05-14 ?-05-16");
}

#[test]
fn ranges_of_two_years_and_two_days() {
    reads("December 30, 2004-January 2, 2005", "2004-12-30..2005-01-02");
    reads("9/10 May", "?-05-09..?-05-10");
}

#[test]
fn months() {
    reads("May 2005", "2005-05-?");
    reads("May, 2005", "2005-05-?");
    reads("Sept. 2005", "2005-09-?");
    reads("May/June 2005", "2005-05-?..2005-06-?");
    reads("July–August 2005", "2005-07-?..2005-08-?");
    reads("Spring 2005", "2005-?-?");
    reads("8/9/2005", "2005-?-?");
    reads("5/1/14", "2014-?-?");
    reads("13/4/14", "2014-04-13");
    reads("4/13/98", "1998-04-13");
    assert_eq!(Expression::at_start("1/2/3"), None);
}

#[test]
fn stops_where_the_date_ends() {
    let rest = |text: &'static str| read(text).1;
    assert_eq!(rest("September 13, RIA Novosti"), ", RIA Novosti");
    assert_eq!(rest("May 12, 13 June"), ", 13 June");
    assert_eq!(rest("May 12, 13 dead"), ", 13 dead");
    assert_eq!(rest("May 12, 1,300 men"), ", 1,300 men");
    assert_eq!(rest("May 12 and later"), " and later");
    assert_eq!(rest("September 13; Avesta"), "; Avesta");
    assert_eq!(rest("September 13 — Gen. Cao"), " — Gen. Cao");
    assert_eq!(rest("Tuesday, Kabul"), ", Kabul");
    assert_eq!(rest("2005-09-13T10:00:00Z"), "T10:00:00Z");
    assert_eq!(rest("September 13, 20056"), ", 20056");
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "May",
        "may 12",
        "March on",
        "September",
        "September 31",
        "February 30, 2005",
        "2005",
        "13",
        "13 Marchers",
        "Mayor 5",
        "May 0",
        "May 32",
        "2005-13-01",
        "1.2.3",
        "Sunni",
        "May 5.3",
        "May 5%",
        "May 12:30",
        "September 15-13",
        "Сентябрь 13",
        "5 мая",
    ] {
        assert_eq!(Expression::at_start(text), None, "{text}");
    }
    assert_eq!(full_date("February 29, 2005"), None);
    assert_eq!(full_date("March 1").or(full_date("March 2005")), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "(September|13|Sept\\.|, |-|–| |and|2005|May|Tue|31|/|\\.|é|🛰|\r\n){0,12}|.{0,40}") {
        if let Some(expression) = Expression::at_start(&text) {
            prop_assert!(text.is_char_boundary(expression.len) && expression.len > 0);
            for item in &expression.items {
                prop_assert!(text.get(item.start..item.end).is_some_and(|slice| !slice.is_empty()));
                prop_assert!(item.end <= expression.len);
            }
        }
    }

    #[test]
    fn every_day_is_read_back(days in 0..40_000_i32) {
        let date = Date::new(1950, 1, 1).unwrap().plus(days).unwrap();
        let (year, month, day) = (date.year(), date.month(), date.day());
        let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][usize::from(month) - 1];
        for text in [
            format!("{name} {day}, {year}"),
            format!("{day} {name} {year}"),
            format!("{day}-{}-{year}", name.get(..3).unwrap()),
            format!("{:?}, {name} {day}, {year}", date.weekday()),
            format!("{day:02}.{month:02}.{year}"),
            date.to_string(),
        ] {
            prop_assert_eq!(full_date(&text), Some(date), "{}", text);
        }
    }
}
