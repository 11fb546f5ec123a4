//! Languages of short texts, written for this test.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use docmill_core::layers::Language;
use docmill_core::settings::{Node, Origin};
use docmill_core::testing::Conformance;
use docmill_core::{BuildContext, BuiltStage, Document, ExtraField, StageConfig};
use docmill_language::LanguageSettings;

const ENGLISH: &str = "The ministry said on Tuesday that the two sides would hold joint exercises along the border in \
the spring, and that observers from neighboring states had been invited to follow them.";

fn language(settings: &LanguageSettings, text: &str, meta: &[(&str, &str)]) -> Option<String> {
    let BuiltStage::PerDocument(stage) = settings.build(&BuildContext::default()).unwrap() else {
        panic!("a stage that all workers share")
    };
    let mut doc = Document::from_text("d", text);
    doc.meta.extra = meta
        .iter()
        .map(|(key, value)| ExtraField { key: (*key).to_owned(), value: (*value).to_owned() })
        .collect();
    stage.annotate(&mut doc).unwrap();
    doc.layers().get::<Language>().unwrap().code.clone()
}

fn detected(text: &str) -> Option<String> {
    language(&LanguageSettings::default(), text, &[])
}

#[test]
fn a_paragraph_is_told() {
    assert_eq!(detected(ENGLISH).as_deref(), Some("en"));
    let russian =
        "Министерство обороны сообщило во вторник, что стороны проведут совместные учения у границы весной.";
    assert_eq!(detected(russian).as_deref(), Some("ru"));
    let german = "Das Ministerium teilte am Dienstag mit, dass beide Seiten im Frühjahr gemeinsame Übungen an der \
        Grenze abhalten und Beobachter aus den Nachbarstaaten einladen würden.";
    assert_eq!(detected(german).as_deref(), Some("de"));
    // What prevails in the first bytes.
    assert_eq!(detected(&(ENGLISH.repeat(30) + &russian.repeat(100))).as_deref(), Some("en"));
}

#[test]
fn what_is_not_sure_is_not_told() {
    assert_eq!(detected(""), None);
    assert_eq!(detected("1234 5678"), None);
    assert_eq!(detected("Asia-Plus"), None);
    let guess = LanguageSettings { reliable: false, ..LanguageSettings::default() };
    assert!(language(&guess, "Asia-Plus", &[]).is_some());
}

#[test]
fn metadata_go_first() {
    let all = LanguageSettings::default;
    assert_eq!(language(&all(), ENGLISH, &[("Language", "French")]).as_deref(), Some("fr"));
    assert_eq!(language(&all(), ENGLISH, &[("language", "unknown")]).as_deref(), Some("en"));
    let silent = LanguageSettings { detect: false, ..all() };
    assert_eq!(language(&silent, ENGLISH, &[]), None);
    assert_eq!(language(&silent, ENGLISH, &[("lang", "ky")]).as_deref(), Some("ky"));
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&LanguageSettings::default()).check();
    let nothing = LanguageSettings { max_bytes: 0, ..LanguageSettings::default() };
    assert!(nothing.check(&BuildContext::default()).is_err());
    let empty = Node::empty_table(Origin::default());
    assert_eq!(empty.parse::<LanguageSettings>().unwrap(), LanguageSettings::default());
}
