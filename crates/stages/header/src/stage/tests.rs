use std::collections::BTreeMap;

use docmill_core::testing::Conformance;
use docmill_core::{BuildContext, BuiltStage, Document, StageConfig};
use proptest::prelude::*;

use crate::HeaderSettings;

fn read_with(settings: &HeaderSettings, mut doc: Document) -> Document {
    let BuiltStage::PerDocument(stage) = settings.build(&BuildContext::default()).unwrap() else { panic!() };
    stage.annotate(&mut doc).unwrap();
    doc
}

/// The metadata, as lines of `key=value`.
fn shown(doc: &Document) -> Vec<String> {
    let meta = &doc.meta;
    let known = [
        ("publication", &meta.publication),
        ("volume", &meta.volume),
        ("issue", &meta.issue),
        ("date", &meta.date),
        ("title", &meta.title),
        ("author", &meta.author),
    ];
    let known = known.iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_deref()?)));
    known.chain(meta.extra.iter().map(|e| format!("+{}={}", e.key, e.value))).collect()
}

#[track_caller]
fn reads(text: &str, expected: &[&str]) {
    assert_eq!(
        shown(&read_with(&HeaderSettings::default(), Document::from_text("t", text))),
        expected,
        "{text}"
    );
    let windows = text.replace('\n', "\r\n");
    assert_eq!(
        shown(&read_with(&HeaderSettings::default(), Document::from_text("t", &windows))),
        expected,
        "{text}"
    );
}

const PROSE: &str = "The ministers met in Osh on Tuesday, and they agreed on nothing at all.";

#[test]
fn labelled_lines() {
    reads(
        &format!("Publication: Steppe Review Volume: 2 Issue: 176\n\n{PROSE}"),
        &["publication=Steppe Review", "volume=2", "issue=176"],
    );
    reads(
        &format!("Title: Whose Sea: The Caspian\nBy: Nino Holt\nDate: May 6, 2009\nDesk: Baku\n\n{PROSE}"),
        &["date=2009-05-06", "title=Whose Sea: The Caspian", "author=Nino Holt", "+Desk=Baku"],
    );
    reads(
        &format!(
            "Source: Andean Watch (Lima)\nIssue: 3/2011\nDate: October 31, 2011\n\nRiver Posts\nBy J. A. Pfeiffer\n\n{PROSE}"
        ),
        &[
            "publication=Andean Watch (Lima)",
            "issue=3/2011",
            "date=2011-10-31",
            "title=River Posts",
            "author=J. A. Pfeiffer",
        ],
    );
}

#[test]
fn lines_without_labels() {
    reads(
        &format!(
            "THE LEDGER\nVol. 8, No. 19 (September 24, 2013)\nAuthor: Mirela Novak\n\nOld Powder, New Auditors\n\n{PROSE}"
        ),
        &[
            "publication=THE LEDGER",
            "volume=8",
            "issue=19",
            "date=2013-09-24",
            "title=Old Powder, New Auditors",
            "author=Mirela Novak",
        ],
    );
    reads(
        &format!(
            "Flank Notes | No. 37 | 18 November 2022\nBy Łukasz Wierzbicki and Marju Tammsalu\n\nTALLINN, November 17 — {PROSE}"
        ),
        &[
            "publication=Flank Notes",
            "issue=37",
            "date=2022-11-18",
            "author=Łukasz Wierzbicki and Marju Tammsalu",
            "+dateline=TALLINN, November 17",
        ],
    );
    reads(
        &format!(
            "DISPATCH, Number 112\nThursday, 9 February 2017\nby Ibrahim Lacroix\n\nNiger Closes Markets\n\nNIAMEY, February 8 — {PROSE}"
        ),
        &[
            "publication=DISPATCH",
            "issue=112",
            "date=2017-02-09",
            "title=Niger Closes Markets",
            "author=Ibrahim Lacroix",
            "+dateline=NIAMEY, February 8",
        ],
    );
    reads(
        &format!(
            "Red Sea Monitor\nPublication: Red Sea Monitor Volume: 5\nstray words here\nDate: 2018-07-26\n\n{PROSE}"
        ),
        &["publication=Red Sea Monitor", "volume=5", "date=2018-07-26", "+header=stray words here"],
    );
    reads(
        &format!("A Pier Too Far\n\nBy Dawit Tesfay\n\n{PROSE}"),
        &["title=A Pier Too Far", "author=Dawit Tesfay"],
    );
}

#[test]
fn text_without_a_header_tells_nothing() {
    for text in [
        PROSE,
        "A heading alone\n\nTwo words\n\nThree",
        "He said:\nthis is not: a field\n\nIssue: 5",
        "The agenda had three points.\n\nDate: May 6, 2009\n",
        "Excellencies,\nThe year behind us was a hard one for all of us.\nDate: May 6, 2009",
        "By Tuesday the road was open\nto all.",
        "We welcome what was said\nby Secretary-General Ann Lee in\nthis hall.",
    ] {
        reads(text, &[]);
    }
}

#[test]
fn a_line_alone_over_the_text_is_its_headline() {
    reads(&format!("Mill Shuts in Osh\n\n{PROSE}"), &["title=Mill Shuts in Osh"]);
    reads(
        &format!("Mill shuts for good in Osh by Ann Lee\n\n{PROSE}"),
        &["title=Mill shuts for good in Osh", "author=Ann Lee"],
    );
    reads(&format!("ATTENTION - ADDS details ///\n\n{PROSE}"), &[]);
}

#[test]
fn the_address_of_a_saved_page_may_tell_its_day() {
    let address = "https://news.example/2022/07/25/mill";
    reads(&format!("{address}\n\n{PROSE}"), &["date=2022-07-25", &format!("+url={address}")]);
    reads(
        &format!("{address}\n\nMill Shuts\n\n{PROSE}"),
        &["date=2022-07-25", "title=Mill Shuts", &format!("+url={address}")],
    );
}

#[test]
fn a_dateline_with_its_year_dates_the_text() {
    reads(&format!("OSH, 3 May 2005 — {PROSE}"), &["date=2005-05-03", "+dateline=OSH, 3 May 2005"]);
    reads(
        &format!("Date: May 5, 2005\n\nOSH, 3 May 2005 — {PROSE}"),
        &["date=2005-05-05", "+dateline=OSH, 3 May 2005"],
    );
}

#[test]
fn what_ingest_knew_stays() {
    let mut doc = Document::from_text("t", "Title: Another\nDate: May 6, 2009\n\nProse.");
    doc.meta.title = Some("From the archive".to_owned());
    doc.meta.date = Some("2009-05-06".to_owned());
    let doc = read_with(&HeaderSettings::default(), doc);
    assert_eq!(shown(&doc), ["date=2009-05-06", "title=From the archive", "+title=Another"]);
}

#[test]
fn a_config_adds_fields_and_turns_guessing_off() {
    let fields =
        BTreeMap::from([("Fecha".to_owned(), "date".to_owned()), ("Desk".to_owned(), "desk".to_owned())]);
    let settings = HeaderSettings { fields, unlabelled: false };
    let text =
        "NOTAS\nFecha: 6 May 2009\nDesk: Lima Section: Security\n\nHeadline\n\nLIMA — Nothing happened.";
    let doc = read_with(&settings, Document::from_text("t", text));
    assert_eq!(shown(&doc), ["date=2009-05-06", "+desk=Lima", "+section=Security", "+header=NOTAS"]);
    let bad =
        HeaderSettings { fields: BTreeMap::from([("a:b".to_owned(), "date".to_owned())]), unlabelled: true };
    let error = bad.check(&BuildContext::default()).unwrap_err().to_string();
    assert!(error.contains("setting `fields`: `a:b`"), "{error}");
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&HeaderSettings::default()).prepare(|_| ()).check();
}

#[test]
fn a_long_text_costs_what_its_head_costs() {
    for piece in ["Date: ", ":", "x: ", "Title: a:", "\n", "A\n", "(", "|", "No. ", "é — ", "By A B\n"] {
        let doc = Document::from_text("t", &piece.repeat((64 << 20) / piece.len()));
        read_with(&HeaderSettings::default(), doc);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        text in "(Title|Date|Vol\\.|No\\. |: |By |Ann Lee|OSH|, |May 6|2009| — |\\(|\\)|\\||\n|\r\n|\n\n|é|Ж|🛰️|e\u{301}| ){0,40}|.{0,80}",
    ) {
        let doc = read_with(&HeaderSettings::default(), Document::from_text("t", &text));
        prop_assert_eq!(doc.text(), text.as_str());
        // What is noted was written there (a date is turned into ISO 8601).
        let meta = &doc.meta;
        for value in [&meta.title, &meta.publication, &meta.volume, &meta.issue, &meta.author].into_iter().flatten() {
            prop_assert!(text.contains(value.as_str()), "{}", value);
        }
        for field in &meta.extra {
            prop_assert!(text.contains(&field.value), "{}", field.value);
        }
    }
}
