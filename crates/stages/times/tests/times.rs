//! Expressions and their values, on short texts written for this test.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use docmill_core::layers::{Citation, Citations, Time, TimeAnchor, TimeKind, Times};
use docmill_core::testing::Conformance;
use docmill_core::{BuildContext, BuiltStage, Document, Span, StageConfig};
use docmill_times::{TextKind, TimesSettings};
use proptest::prelude::*;

fn times(text: &str, date: Option<&str>, kind: TextKind) -> Vec<(String, Time)> {
    let mut doc = Document::from_text("d", text);
    doc.meta.date = date.map(str::to_owned);
    let items = annotate(&mut doc, kind);
    items.into_iter().map(|time| (time.span.slice(text).unwrap().to_owned(), time)).collect()
}

fn annotate(doc: &mut Document, kind: TextKind) -> Vec<Time> {
    let settings = TimesSettings { text: kind };
    let BuiltStage::PerDocument(stage) = settings.build(&BuildContext::default()).unwrap() else {
        panic!("per document");
    };
    stage.annotate(doc).unwrap();
    doc.layers().get::<Times>().unwrap().items.clone()
}

/// Words and values in a news text of Tuesday, September 20, 2005.
fn news(text: &str) -> Vec<(String, String)> {
    let found = times(text, Some("2005-09-20"), TextKind::News);
    found.into_iter().map(|(words, time)| (words, time.value)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(words, value)| ((*words).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn news_counts_from_its_date() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("The envoys met on Tuesday.", &[("Tuesday", "2005-09-20")]),
        ("The envoys met on Friday.", &[("Friday", "2005-09-16")]),
        ("They will meet on Friday.", &[("Friday", "2005-09-23")]),
        ("Talks began on 21 March.", &[("21 March", "2005-03-21")]),
        ("It was signed last October.", &[("last October", "2004-10")]),
        ("It was signed in December.", &[("December", "2004-12")]),
        ("The council will vote in December.", &[("December", "2005-12")]),
        (
            "He left yesterday and returns next week.",
            &[("yesterday", "2005-09-19"), ("next week", "2005-W39")],
        ),
        ("Prices fell last year.", &[("last year", "2004")]),
        ("It closed two weeks ago.", &[("two weeks ago", "2005-W36")]),
        ("Police came on Monday night.", &[("Monday night", "2005-09-19TNI")]),
        ("Shots were heard last night.", &[("last night", "2005-09-19TNI")]),
        ("The ship docked on Sept. 3.", &[("Sept. 3", "2005-09-03")]),
        ("(The Wire, September 3).", &[("September 3", "2005-09-03")]),
        ("She may march in May.", &[("May", "2005-05")]),
    ];
    for (text, expected) in cases {
        assert_eq!(news(text), pairs(expected), "{text}");
    }
}

#[test]
fn values_without_an_anchor_say_all_themselves() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("It opened on May 2, 1999.", &[("May 2, 1999", "1999-05-02")]),
        ("It opened on 2 May 1999.", &[("2 May 1999", "1999-05-02")]),
        ("It opened on Thursday, 9 February 2017.", &[("Thursday, 9 February 2017", "2017-02-09")]),
        ("In the late 1990s the port was idle.", &[("the late 1990s", "199")]),
        ("In early 2003 it was sold.", &[("early 2003", "2003")]),
        ("The fort is of the 18th century.", &[("the 18th century", "17")]),
        ("Athens fell in 404 BC.", &[("404 BC", "BC0404")]),
        ("The strike lasted two weeks.", &[("two weeks", "P2W")]),
        ("A three-day visit followed.", &[("A three-day", "P3D")]),
        ("For several months nothing moved.", &[("several months", "PXM")]),
        ("It took twenty-five years.", &[("twenty-five years", "P25Y")]),
        ("The council sits every Monday.", &[("every Monday", "XXXX-WXX-1")]),
        ("Trains run daily.", &[("daily", "XXXX-XX-XX")]),
        ("In the spring of 1968 he wrote.", &[("the spring of 1968", "1968-SP")]),
    ];
    for (text, expected) in cases {
        assert_eq!(news(text), pairs(expected), "{text}");
        assert_eq!(times(text, None, TextKind::News)[0].1.anchor, None, "{text}");
    }
}

#[test]
fn ranges_and_lists_of_days_keep_each_day() {
    let found = times("Exercises of September 15 and 21-23, 2005.", Some("2005-09-20"), TextKind::News);
    let shown: Vec<_> =
        found.iter().map(|(words, t)| (words.as_str(), t.value.as_str(), t.value_end.as_deref())).collect();
    assert_eq!(
        shown,
        [("September 15", "2005-09-15", None), ("21-23, 2005", "2005-09-21", Some("2005-09-23"))]
    );
    let range = &times("The drill of September 21-23 ended.", Some("2005-09-20"), TextKind::News)[0];
    assert_eq!(range.0, "September 21-23");
    assert_eq!(range.1.value_end.as_deref(), Some("2005-09-23"));
}

#[test]
fn a_story_counts_from_the_date_that_it_named_last() {
    let text = "On June 10, 1940, war was declared. Three days later the port fell, and the following day the \
                fleet left. In August a truce held. Later that month it broke.";
    let found = times(text, Some("2009-12-19"), TextKind::History);
    let values: Vec<&str> = found.iter().map(|(_, time)| time.value.as_str()).collect();
    assert_eq!(values, ["1940-06-10", "1940-06-13", "1940-06-14", "1940-08", "1940-08"]);
    assert_eq!(found[0].1.anchor, None);
    assert!(found[1..].iter().all(|(_, time)| time.anchor == Some(TimeAnchor::Text)));
}

#[test]
fn the_kind_of_text_is_told_from_the_years_that_it_names() {
    let history = "In 1861 war came. In 1862 it spread. In 1863 it turned. In 1864 it dragged on. In 1865 it ended. \
                   In May the army went home.";
    let last = |text: &str| times(text, Some("2009-12-19"), TextKind::Auto).pop().unwrap().1.value;
    assert_eq!(last(history), "1865-05");
    assert_eq!(last("The bridge of 1861 was closed. In May it opened again."), "2009-05");
}

#[test]
fn the_anchor_says_what_a_value_comes_from() {
    let anchor = |text: &str, date| times(text, date, TextKind::News).pop().unwrap().1;
    let tuesday = anchor("It rained on Tuesday.", Some("2005-09-20"));
    assert_eq!(tuesday.anchor, Some(TimeAnchor::Document));
    let dateline = anchor("OSH, September 20, 2005 (Wire) — It rained on Tuesday.", None);
    assert_eq!((dateline.value.as_str(), dateline.anchor), ("2005-09-20", Some(TimeAnchor::Dateline)));
    let text = anchor("The pact of September 20, 2005 held. It was renewed on October 1.", None);
    assert_eq!((text.value.as_str(), text.anchor), ("2005-10-01", Some(TimeAnchor::Text)));
    let mut doc = Document::from_text("d", "It rained on September 3 (Wire).");
    let citation = Citation {
        span: Span::new(26, 30),
        outlet: "Wire".to_owned(),
        date: Some("2005-09-05".to_owned()),
        date_end: None,
        date_text: None,
        date_inferred: false,
    };
    doc.layers_mut().insert(Citations { items: vec![citation] });
    let cited = &annotate(&mut doc, TextKind::News)[0];
    assert_eq!((cited.value.as_str(), cited.anchor), ("2005-09-03", Some(TimeAnchor::Citation)));
    let nothing = anchor("It was renewed on October 1.", None);
    assert_eq!((nothing.value.as_str(), nothing.anchor), ("XXXX-10-01", None));
}

#[test]
fn types_are_those_of_timex3() {
    let text = "At 10:30 on Monday they talked for two hours, as they do every week.";
    let kinds: Vec<TimeKind> =
        times(text, Some("2005-09-20"), TextKind::News).into_iter().map(|(_, time)| time.kind).collect();
    assert_eq!(kinds, [TimeKind::Time, TimeKind::Date, TimeKind::Duration, TimeKind::Set]);
    let now = &times("It is closed now.", None, TextKind::News)[0].1;
    assert_eq!((now.kind, now.value.as_str()), (TimeKind::Date, "PRESENT_REF"));
}

#[test]
fn numbers_and_words_that_are_no_time_are_left_alone() {
    for text in [
        "He counted 1500 soldiers.",
        "It costs $1999.",
        "A second attack failed.",
        "They may march.",
        "Resolution of 1,441 pages.",
        "The 38th parallel.",
        "In 300 cases.",
    ] {
        assert_eq!(news(text), [], "{text}");
    }
}

#[test]
fn the_stage_keeps_what_every_stage_keeps() {
    Conformance::of(&TimesSettings::default()).check();
}

proptest! {
    #[test]
    fn any_text_gives_sound_spans(text in "([A-Za-z0-9 .,:'’–-]|May|March|1999|two|weeks|later|\u{130}|é){0,200}") {
        let mut end = 0;
        for (words, time) in times(&text, Some("2005-09-20"), TextKind::Auto) {
            prop_assert!(time.span.start >= end && !words.is_empty());
            end = time.span.end;
        }
    }
}
