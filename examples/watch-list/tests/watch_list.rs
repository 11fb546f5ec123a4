//! What docmill promises of every stage, and what this one does.

use docmill_core::testing::{Conformance, annotate};
use watch_list::{WatchList, WatchListSettings};

fn settings(terms: &[&str]) -> WatchListSettings {
    WatchListSettings { terms: terms.iter().map(|t| (*t).to_owned()).collect(), files: vec![] }
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&settings(&["Dushanbe", "соглашение", "the"])).check();
}

#[test]
fn finds_whole_words_in_any_case() {
    let settings = settings(&["Navoi", "Navoi Free Zone"]);
    let doc = annotate(&settings, "NAVOI’s planners, Navoiyuran, the Navoi free zone.").unwrap();
    let layer = doc.require::<WatchList>().unwrap();
    let found: Vec<&str> = layer.hits.iter().map(|hit| hit.term.as_str()).collect();
    assert_eq!(found, ["Navoi", "Navoi Free Zone"]);
    assert_eq!(layer.terms, ["Navoi", "Navoi Free Zone"]);
}

#[test]
fn an_empty_list_is_refused() {
    assert!(annotate(&settings(&[]), "text").unwrap_err().to_string().contains("the list is empty"));
}
