//! The stage on small documents of its own: which place is meant, and what every stage promises.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use docmill_core::layers::{Entities, Entity, Place, PlaceFeature, PlaceForm, Places, Tokens};
use docmill_core::testing::{Conformance, Marked, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, Span, Stage, StageConfig};
use docmill_places::PlacesSettings;

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

/// The places of a document with mentions in brackets, as `[ORG:Osh University]` or, for a LOC, `[Osh]`.
fn places(marked: &str) -> (String, Vec<Place>) {
    let marked = Marked::parse(marked);
    let mut doc = Document::from_text("d", &marked.text);
    build(&docmill_tokenize::TokenizeSettings::default()).annotate(&mut doc).unwrap();
    marked.add_entities(&mut doc);
    build(&PlacesSettings::default()).annotate(&mut doc).unwrap();
    (marked.text, doc.layers().get::<Places>().unwrap().items.clone())
}

/// Each place as `text: name, region, country`.
fn told(marked: &str) -> Vec<String> {
    let (text, places) = places(marked);
    let line = |place: &Place| {
        let written = place.span.slice(&text).unwrap();
        let of = |part: &Option<Arc<str>>| part.as_deref().unwrap_or("-").to_owned();
        format!("{written}: {}, {}, {}", place.name, of(&place.admin1), of(&place.country))
    };
    places.iter().map(line).collect()
}

#[test]
fn a_name_alone_means_the_large_place() {
    assert_eq!(told("A ship left [Cairo]."), ["Cairo: Cairo, Cairo, EGY"]);
    assert_eq!(told("Talks in [Paris] ended."), ["Paris: Paris, Île-de-France, FRA"]);
}

#[test]
fn what_a_name_lies_in_decides() {
    let found = told("The river rose in [Cairo], [Illinois], and in [Paris] ([Texas]).");
    assert_eq!(
        found,
        [
            "Cairo: Cairo, Illinois, USA",
            "Illinois: Illinois, Illinois, USA",
            "Paris: Paris, Texas, USA",
            "Texas: Texas, Texas, USA"
        ]
    );
    assert_eq!(
        told("He spoke in [Aurora, Ill.], on Monday."),
        ["Aurora: Aurora, Illinois, USA", "Ill.: Illinois, Illinois, USA"]
    );
}

#[test]
fn neighbours_decide() {
    let found = told("Fire engines of [Abingdon], [Didcot] and [Witney] came to [Oxford].");
    assert!(found.iter().all(|place| place.ends_with("England, GBR")), "{found:?}");
    let found = told("Schools in [Tupelo], [Corinth] and [Pontotoc County] beat [Oxford].");
    assert!(found.iter().all(|place| place.ends_with("Mississippi, USA")), "{found:?}");
}

#[test]
fn adjectives_and_names_inside_names() {
    let (_, found) =
        places("[MISC:Kyrgyz] farmers of the [ORG:University of Osh] and the [MISC:Arab-Israeli] talks.");
    let forms: Vec<(&str, PlaceForm)> = found.iter().map(|place| (&*place.name, place.form)).collect();
    assert_eq!(
        forms,
        [("Kyrgyzstan", PlaceForm::Adjective), ("Osh", PlaceForm::Part), ("Israel", PlaceForm::Part)]
    );
    // A surname in the middle of a name is no town, unless the text knows the town.
    assert_eq!(told("The [ORG:Johns Hopkins Group] won."), Vec::<String>::new());
    // An abbreviation has to look like one.
    assert_eq!(told("The newspaper [ORG:La Tribuna] said so."), Vec::<String>::new());
}

#[test]
fn seas_and_parties() {
    let (_, found) = places("Ships crossed the [Black Sea].");
    assert_eq!((found[0].feature, found[0].geonames), (PlaceFeature::Area, None));
    assert_eq!(
        told("Rep. [PER:Ann Lee], D-Winthrop, and [PER:Bo Ray] (R-Texas) agreed."),
        ["Winthrop: Winthrop, Massachusetts, USA", "Texas: Texas, Texas, USA"]
    );
}

#[test]
fn scores_are_probabilities() {
    let (_, found) = places("Springfield waits: [Springfield]. A man from [Bishkek] saw it.");
    let springfield = &found[0];
    assert!(springfield.candidates > 10 && springfield.score < 0.9, "{springfield:?}");
    assert!(found[1].score > 0.9 && found[1].margin > 0.8, "{:?}", found[1]);
    assert_eq!(found[1].geonames, Some(1_528_675));
    assert!((found[1].latitude - 42.87).abs() < 0.1 && (found[1].longitude - 74.59).abs() < 0.1);
}

#[test]
fn a_threshold_leaves_out_what_is_unsure() {
    let settings = PlacesSettings { threshold: 0.9 };
    let mut doc = Document::from_text("d", "Springfield waits.");
    let entity = Entity { span: Span::new(0, 11), label: "LOC".into(), score: 0.9, sentence: 0 };
    doc.layers_mut().insert(Entities { items: vec![entity] });
    build(&settings).annotate(&mut doc).unwrap();
    assert!(doc.layers().get::<Places>().unwrap().items.is_empty());
    assert!(PlacesSettings { threshold: 1.5 }.check(&BuildContext::default()).is_err());
}

/// A mention for every capitalised word, with labels in turn.
fn mentions(doc: &mut Document) {
    let tokens = doc.require::<Tokens>().unwrap();
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence) {
            if span.slice(doc.text()).unwrap().starts_with(char::is_uppercase) {
                let label = ["LOC", "ORG", "MISC"][entities.items.len() % 3].into();
                entities.items.push(Entity { span, label, score: 0.9, sentence: sentence as u32 });
            }
        }
    }
    doc.layers_mut().insert(entities);
}

#[test]
fn it_keeps_what_stages_promise() {
    let prepare = |doc: &mut Document| {
        plain_layers(doc);
        mentions(doc);
    };
    Conformance::of(&PlacesSettings::default()).prepare(prepare).check();
}
