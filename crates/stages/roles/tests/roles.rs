//! The stage on small documents of its own: who holds what, and what every stage promises.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use docmill_clusters::NamesSettings;
use docmill_core::layers::{Entities, Entity, Roles, Tokens};
use docmill_core::testing::{Conformance, Marked, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, OffsetUnit, Stage, StageConfig, View};
use docmill_roles::RolesSettings;

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

/// A document with mentions in brackets, as `[PER:Sergei Shoigu]` or, for a LOC, `[Osh]`.
fn document(marked: &str) -> Document {
    let marked = Marked::parse(marked);
    let mut doc = Document::from_text("d", &marked.text);
    build(&docmill_tokenize::TokenizeSettings::default()).annotate(&mut doc).unwrap();
    marked.add_entities(&mut doc);
    build(&NamesSettings::default()).annotate(&mut doc).unwrap();
    doc
}

/// The roles as the record has them.
fn records(marked: &str) -> Vec<serde_json::Value> {
    let mut doc = document(marked);
    build(&RolesSettings::default()).annotate(&mut doc).unwrap();
    let view = View::new(&doc, OffsetUnit::Codepoint);
    let roles = doc.layers().by_name("roles").unwrap().record_json(&view).unwrap();
    roles.as_array().unwrap().clone()
}

/// Each role as `person | role | organization | status`.
fn roles(marked: &str) -> Vec<String> {
    let line = |role: &serde_json::Value| {
        let text = |at: &str| role.pointer(at).and_then(|v| v.as_str()).unwrap_or("-").to_owned();
        ["/person/name", "/role/text", "/organization/name", "/status"].map(text).join(" | ")
    };
    records(marked).iter().map(line).collect()
}

#[test]
fn titles_before_names() {
    assert_eq!(
        roles("[MISC:Russian] Defense Minister [PER:Sergei Orlov] met Gen. [PER:Anna Weiss]."),
        ["Sergei Orlov | Defense Minister | Russia | current"]
    );
    assert_eq!(
        roles("[ORG:Harbor Union] Secretary-General [PER:Ana Ruiz] spoke."),
        ["Ana Ruiz | Secretary-General | Harbor Union | current"]
    );
    assert_eq!(
        roles("[PER:Ana Ruiz], secretary general of the [ORG:Harbor Union], spoke."),
        ["Ana Ruiz | secretary general | Harbor Union | current"]
    );
    assert_eq!(
        roles("Presidents [PER:Ivan Berg] and [PER:Omar Said] met."),
        ["Ivan Berg | Presidents | - | current", "Omar Said | Presidents | - | current"]
    );
    assert_eq!(
        roles("[Peru]’s former vice-president Col. [PER:Ana Ruiz] and acting mayor [PER:Luis Paz] left."),
        ["Ana Ruiz | vice-president | Peru | former", "Luis Paz | mayor | Peru | acting"]
    );
    assert_eq!(
        roles("The spokesman of the [ORG:Harbor Union] [PER:Ana Ruiz] spoke."),
        ["Ana Ruiz | spokesman | Harbor Union | current"]
    );
    assert_eq!(
        roles("A lawyer and rights activist [PER:Ana Ruiz] spoke."),
        ["Ana Ruiz | lawyer | - | current", "Ana Ruiz | rights activist | - | current"]
    );
}

#[test]
fn appositions_and_verbs() {
    assert_eq!(
        roles("[PER:Ana Ruiz], the defense minister of [Peru], left."),
        ["Ana Ruiz | defense minister | Peru | current"]
    );
    assert_eq!(
        roles("[PER:Ana Ruiz], 54, director of the [ORG:Harbor Union] and former mayor, left."),
        ["Ana Ruiz | director | Harbor Union | current", "Ana Ruiz | mayor | - | former"]
    );
    assert_eq!(roles("[PER:Ana Ruiz], who is the leader of the [ORG:Harbor Union], left.").len(), 1);
    assert_eq!(
        roles("[PER:Ana Ruiz] was minister of fisheries."),
        ["Ana Ruiz | minister of fisheries | - | former"]
    );
    assert_eq!(
        roles("The minister of fisheries, [PER:Ana Ruiz], left."),
        ["Ana Ruiz | minister of fisheries | - | current"]
    );
}

/// Each role as `person | role | organization as written | its name | country | source`.
fn organizations(marked: &str) -> Vec<String> {
    let line = |role: &serde_json::Value| {
        let text = |at: &str| role.pointer(at).and_then(|v| v.as_str()).unwrap_or("-").to_owned();
        let keys = ["text", "name", "country", "source"].map(|key| text(&format!("/organization/{key}")));
        format!("{} | {} | {}", text("/person/text"), text("/role/text"), keys.join(" | "))
    };
    records(marked).iter().map(line).collect()
}

#[test]
fn organizations_without_a_name() {
    for (text, line) in [
        (
            "A government spokesman, [PER:Ana Ruiz], left.",
            "Ana Ruiz | government spokesman | government | - | - | text",
        ),
        ("The junta leader [PER:Ana Ruiz] left.", "Ana Ruiz | leader | junta | - | - | text"),
        (
            "[PER:Ana Ruiz], head of the secret service, left.",
            "Ana Ruiz | head | secret service | - | - | text",
        ),
        (
            "The ruling party's secretary [PER:Ana Ruiz] left.",
            "Ana Ruiz | secretary | ruling party | - | - | text",
        ),
        (
            "[PER:Ana Ruiz], secretary of the Federation of River Women, left.",
            "Ana Ruiz | secretary | Federation of River Women | - | - | text",
        ),
        // The word leads to the party that the text names.
        (
            "The [ORG:Dawn Party] met. The party chairman [PER:Ana Ruiz] left.",
            "Ana Ruiz | party chairman | Dawn Party | Dawn Party | - | document",
        ),
        // A pronoun for nothing that is known says nothing.
        ("Its leader [PER:Ana Ruiz] left.", "Ana Ruiz | leader | - | - | - | -"),
    ] {
        assert_eq!(organizations(text), [line], "{text}");
    }
}

#[test]
fn names_that_stand_further_from_the_role() {
    for (text, line) in [
        ("[Peru]’s new leader [PER:Ana Ruiz] left.", "Ana Ruiz | leader | Peru | Peru | PER | text"),
        (
            "[PER:Ana Ruiz], founder and director of the channel [ORG:Kanal Rim], left.",
            "Ana Ruiz | founder | Kanal Rim | Kanal Rim | - | text",
        ),
        (
            "Judge [PER:Ana Ruiz] of the [ORG:High Court] left.",
            "Ana Ruiz | Judge | High Court | High Court | - | text",
        ),
        (
            "The [ORG:Dawn Party] (DP) leader [PER:Ana Ruiz] left.",
            "Ana Ruiz | leader | Dawn Party | Dawn Party | - | text",
        ),
        ("[Peru]’s [ORG:UN] envoy [PER:Ana Ruiz] left.", "Ana Ruiz | envoy | Peru | Peru | PER | text"),
        ("[PER:Ben Oak] aide [PER:Ana Ruiz] left.", "Ana Ruiz | aide | Ben Oak | Ben Oak | - | text"),
    ] {
        assert_eq!(organizations(text)[0], line, "{text}");
    }
}

#[test]
fn offices_of_states_that_the_text_does_not_name_beside_them() {
    for (text, line) in [
        (
            "Home Secretary [PER:Ana Ruiz] left.",
            "Ana Ruiz | Home Secretary | - | United Kingdom | GBR | office",
        ),
        ("President [PER:Hamid Karzai] left.", "Hamid Karzai | President | - | Afghanistan | AFG | person"),
        ("President [PER:Karzai] left.", "Karzai | President | - | Afghanistan | AFG | person"),
        (
            "[Peru] is calm. The [MISC:pro-Chilean] president [PER:Ana Ruiz] left.",
            "Ana Ruiz | president | Peru | Peru | PER | document",
        ),
        // `Minister for the Interior` says a field, and `of the Republic` no state.
        (
            "[Peru] is calm. The President of the Republic, [PER:Ana Ruiz], left.",
            "Ana Ruiz | President | Peru | Peru | PER | document",
        ),
        // A nationality is no organization.
        ("The [MISC:Peruvian] journalist [PER:Ana Ruiz] left.", "Ana Ruiz | journalist | - | - | - | -"),
    ] {
        assert_eq!(organizations(text), [line], "{text}");
    }
}

#[test]
fn what_is_no_role() {
    for text in [
        "Gen. [PER:Anna Weiss] left.",
        "The minister said [PER:Ana Ruiz] left.",
        "[PER:Ana Ruiz] met the minister.",
        "The minister, [PER:Ana Ruiz] said, left.",
        "Leaders such as [PER:Ana Ruiz] left.",
        "The office of president is empty.",
    ] {
        assert_eq!(roles(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_role_is_told_once_with_the_organization_that_stands_beside_it() {
    assert_eq!(
        roles("Minister [PER:Ana Ruiz] left. The [MISC:Peruvian] minister [PER:Ana Ruiz] came back."),
        ["Ana Ruiz | minister | Peru | current"]
    );
    // The state that the text is about, where the office is a state's.
    assert_eq!(
        roles(
            "[Peru] is calm. President [PER:Ana Ruiz] of the people spoke. [Peru] slept, [Chile] did not. [Peru]."
        ),
        ["Ana Ruiz | President | Peru | current"]
    );
    assert_eq!(
        roles("[Peru] and [Chile] are calm. President [PER:Ana Ruiz] spoke."),
        ["Ana Ruiz | President | - | current"]
    );
}

/// A mention for every capitalised word, with labels in turn.
fn mentions(doc: &mut Document) {
    let tokens = doc.require::<Tokens>().unwrap();
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence) {
            if span.slice(doc.text()).unwrap().starts_with(char::is_uppercase) {
                let label = ["PER", "ORG", "LOC"][entities.items.len() % 3].into();
                entities.items.push(Entity { span, label, score: 0.9, sentence: sentence as u32 });
            }
        }
    }
    doc.layers_mut().insert(entities);
}

#[test]
fn keeps_what_every_stage_promises() {
    let prepare = |doc: &mut Document| {
        plain_layers(doc);
        mentions(doc);
        build(&NamesSettings::default()).annotate(doc).unwrap();
    };
    Conformance::of(&RolesSettings::default()).prepare(prepare).check();
}

#[test]
fn ten_thousand_roles_take_linear_time() {
    let time = |n: usize| {
        let text =
            "Minister [PER:Ana Ruiz], the mayor of [Peru], leaders and deputy foreign minister ".repeat(n);
        let mut doc = document(&text);
        let before = std::time::Instant::now();
        build(&RolesSettings::default()).annotate(&mut doc).unwrap();
        assert!(!doc.require::<Roles>().unwrap().items.is_empty());
        before.elapsed()
    };
    time(100);
    let (small, large) = (time(1000), time(10_000));
    assert!(large < 40 * small, "{small:?} {large:?}");
}
