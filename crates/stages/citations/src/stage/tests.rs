use std::time::Instant;

use docmill_core::testing::Conformance;
use docmill_core::{BuildContext, BuiltStage, StageConfig};
use proptest::prelude::*;

use super::*;
use crate::CitationsSettings;

fn read_with(settings: &CitationsSettings, date: Option<&str>, text: &str) -> Vec<Citation> {
    let BuiltStage::PerDocument(stage) = settings.build(&BuildContext::default()).unwrap() else { panic!() };
    let mut doc = Document::from_text("t", text);
    doc.meta.date = date.map(str::to_owned);
    stage.annotate(&mut doc).unwrap();
    doc.layers().get::<Citations>().unwrap().items.clone()
}

fn read(text: &str) -> Vec<Citation> {
    read_with(&CitationsSettings::default(), Some("2005-09-22"), text)
}

/// What each citation covers.
fn covered<'t>(text: &'t str, citations: &[Citation]) -> Vec<&'t str> {
    citations.iter().map(|citation| citation.span.slice(text).unwrap()).collect()
}

#[test]
fn spans_reach_from_the_outlet_to_its_date() {
    let text = "Душанбе 🛰️ denied it (see Asia-Plus,\r\nSeptember 13; Hürriyet, Ta Nea, Sept. 14, 15).";
    let found = read(text);
    assert_eq!(
        covered(text, &found),
        [
            "Asia-Plus,\r\nSeptember 13",
            "Hürriyet, Ta Nea, Sept. 14",
            "Hürriyet, Ta Nea, Sept. 14, 15",
            "Ta Nea, Sept. 14",
            "Ta Nea, Sept. 14, 15",
        ]
    );
    assert_eq!(found[1].outlet, "Hürriyet");
    assert_eq!(found[2].date_text.as_deref(), Some("15"));
}

#[test]
fn things_and_events_in_brackets_are_no_sources() {
    for text in [
        "The ship (Neptune, May 3) and the exercise (Steadfast Shield, June 4) began.",
        "The match (Ajax-Porto, May 1) ended.",
    ] {
        assert!(read(text).is_empty(), "{text}");
    }
    // At the end of a statement, or with a name that is an outlet's, it is one.
    for text in ["They sank the ship (Hatif, May 3).", "The exercise (Interfax, May 3) began, and ended."] {
        assert_eq!(read(text).len(), 1, "{text}");
    }
}

#[test]
fn a_short_year_behind_strokes_is_one() {
    let dates: Vec<_> =
        read("(Reuters, 5/1/14) (Reuters, 13/4/14)").into_iter().map(|found| found.date).collect();
    assert_eq!(dates, [Some("2014".to_owned()), Some("2014-04-13".to_owned())]);
}

#[test]
fn names_stand_on_one_line() {
    let found = read("It was so (Voice of\r\n  America, 13\nSeptember).");
    assert_eq!(found[0].outlet, "Voice of America");
    assert_eq!(found[0].date_text.as_deref(), Some("13 September"));
}

#[test]
fn a_config_knows_more() {
    let outlets = |settings: &CitationsSettings, text: &str| -> Vec<String> {
        read_with(settings, None, text).into_iter().map(|citation| citation.outlet).collect()
    };
    let settings = CitationsSettings {
        outlets: vec!["Steppe Ledger".to_owned()],
        not_outlets: vec!["Kursk".to_owned()],
        years_in_text: false,
        ..CitationsSettings::default()
    };
    assert_eq!(outlets(&settings, "He left (the Steppe Ledger)."), ["Steppe Ledger"]);
    assert_eq!(outlets(&CitationsSettings::default(), "He left (the Steppe Ledger)."), [""; 0]);
    assert_eq!(outlets(&settings, "She sank (Kursk, August 12)."), [""; 0]);
    assert_eq!(read_with(&settings, None, "In May 2003 he left (Hatif, May 12).")[0].date, None);
}

#[test]
fn rules_that_cannot_be_are_refused() {
    let rule = PublicationRule { name: "Steppe Daily".to_owned(), first_year: 4, issues_a_year: None };
    let settings = CitationsSettings { publications: vec![rule], ..CitationsSettings::default() };
    let error = settings.check(&BuildContext::default()).unwrap_err().to_string();
    assert!(error.contains("setting `publications`: `Steppe Daily` with first_year 4"), "{error}");
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&CitationsSettings::default()).prepare(|_| ()).check();
}

/// Four times the text may cost ten times the time, not sixteen.
#[test]
fn time_grows_with_the_text() {
    for piece in [
        "(",
        "[(",
        "()",
        ")",
        "(a",
        "(Interfax, May 12)",
        "(A, B, C, D, E, F, G, H, I, J, K, L, May 1)",
        "“(",
        "(“",
        "(1, 2, 3, 4, 5 May)",
        "(May 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "2005 ",
        "in 1999 ",
        "(;;;;,,,,)",
        "((((((((((a))))))))))",
        "(A and B and C and D and E and F)",
    ] {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let start = Instant::now();
            read(&text);
            start.elapsed().as_secs_f64()
        };
        let (small, large) = (time(40_000), time(160_000));
        assert!(large < 10.0 * small + 0.5, "{piece}: {small} s, then {large} s");
    }
}

#[test]
fn a_million_brackets_are_read() {
    assert_eq!(read(&"()".repeat(500_000)), []);
    assert_eq!(read(&"(".repeat(1_000_000)), []);
    assert_eq!(read(&"(AP, May 1) ".repeat(20_000)).len(), 20_000);
}

const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    ";",
    ", ",
    ",",
    " ",
    "“",
    "”",
    "\"",
    "Interfax",
    "RIA-Novosti",
    "taz",
    "www.mid.ru",
    "see ",
    "ibid.",
    "the ",
    "Kabar TV",
    "May 12",
    "Sept. 13",
    "13-15 September",
    "13",
    " and ",
    "/",
    "2005",
    "no. 5",
    "Moscow",
    "Душанбе",
    "🛰️",
    "e\u{301}",
    "\r\n",
    "\n\n",
    "élan",
    "quoted by ",
    "“Title,” ",
    "Tuesday",
    "December 30-January 2",
    "on ",
    "İ",
];

proptest! {
    #[test]
    fn holds_for_any_text(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        odd in "\\PC{0,60}",
        date in prop::sample::select(&[None, Some("2005-01-03"), Some("2005-09"), Some("2004"), Some("x")][..]),
    ) {
        for text in [pieces.concat(), format!("({})", pieces.concat()), format!("({odd}, May 12)")] {
            let found = read_with(&CitationsSettings::default(), date, &text);
            prop_assert!(found.is_sorted_by_key(|citation| citation.span));
            for citation in &found {
                let covered = citation.span.slice(&text).expect("on char boundaries");
                prop_assert_eq!(covered.trim(), covered);
                prop_assert!(!citation.outlet.is_empty());
                prop_assert!(citation.date.is_some() || !citation.date_inferred);
                prop_assert!(citation.date_end.is_none() || citation.date_end >= citation.date);
            }
        }
    }
}
