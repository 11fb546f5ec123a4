//! The stage on small documents of its own: what is one, what is not, and what every stage promises.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use docmill_clusters::NamesSettings;
use docmill_core::layers::{Citation, Citations, Clusters, Entities, Entity, Tokens};
use docmill_core::testing::{Conformance, Marked, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, OffsetUnit, Span, Stage, StageConfig, View};
use proptest::prelude::*;

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

/// A document with `[mentions]` in brackets: `[ORG:NATO]`, `[Osh]` for a LOC.
fn document(marked: &str) -> Document {
    let marked = Marked::parse(marked);
    let mut doc = Document::from_text("d", &marked.text);
    build(&docmill_tokenize::TokenizeSettings::default()).annotate(&mut doc).unwrap();
    marked.add_entities(&mut doc);
    doc
}

fn named(doc: &mut Document, settings: &NamesSettings) -> Vec<String> {
    build(settings).annotate(doc).unwrap();
    let entities = doc.require::<Entities>().unwrap();
    let clusters = doc.require::<Clusters>().unwrap();
    let of = clusters.of_entities(entities.items.len());
    let name = |c: &Option<u32>| c.map_or("-", |c| &clusters.items[c as usize].canonical).to_owned();
    of.iter().map(name).collect()
}

/// The canonical name of each mention; `-` for one that is in no cluster.
fn names(marked: &str) -> Vec<String> {
    named(&mut document(marked), &NamesSettings::default())
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&NamesSettings::default()).prepare(capitalised).check();
    let off = NamesSettings { governments: false, spellings: false, same: Vec::new() };
    Conformance::of(&off).prepare(capitalised).check();
}

/// A mention for every capitalised word, with labels in turn.
fn capitalised(doc: &mut Document) {
    plain_layers(doc);
    let tokens = doc.require::<Tokens>().unwrap();
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence) {
            if span.slice(doc.text()).unwrap().starts_with(char::is_uppercase) {
                let label = ["PER", "ORG", "LOC", "MISC"][entities.items.len() % 4].into();
                entities.items.push(Entity { span, label, score: 0.9, sentence: sentence as u32 });
            }
        }
    }
    doc.layers_mut().insert(entities);
}

#[test]
fn a_capital_is_a_town_or_a_government() {
    for (town, text) in [
        (true, "He spoke in [Dushanbe] on Monday."),
        (true, "[DUSHANBE], May 3 — Nothing new."),
        (true, "She visited [Dushanbe] and left."),
        (true, "They flew to [Moscow] and [Dushanbe]."),
        (true, "The division, based in [Dushanbe], drilled."),
        (true, "It lies 40 kilometers from [Dushanbe]."),
        (true, "The streets of [Dushanbe] were empty."),
        (true, "Flights between [Osh] and [Dushanbe] were stopped."),
        (true, "Flights between [Moscow] and [Dushanbe] were stopped."),
        (true, "[Dushanbe]’s airport was closed."),
        (true, "An official visit to [Dushanbe] ended."),
        (true, "[Dushanbe], the Tajik capital, was calm."),
        (true, "Troops entered northern [Dushanbe] at dawn."),
        (true, "[DUSHANBE]: Troops are in the streets."),
        (true, "[Dushanbe], 19 Mar (ASIA-PLUS) Nothing new."),
        (true, "They imposed a curfew on [Dushanbe]."),
        (true, "Residents of the capital, [Dushanbe], left."),
        (true, "Aid moved from Osh to [Dushanbe]."),
        (false, "He is loyal to [Dushanbe]."),
        (false, "[Dushanbe]’s attacks on the press went on."),
        (false, "[Dushanbe] denied it."),
        (false, "Talks between [Beijing] and [Dushanbe] failed."),
        (false, "Pressure from [Dushanbe] grew."),
        (false, "NATO efforts to assist [Dushanbe] failed."),
        (false, "Ties with [Dushanbe] are good."),
        (false, "[Dushanbe]’s policy is clear."),
        (false, "Both [Dushanbe] and Bishkek apply pressure."),
        (false, "They have no confidence in [Dushanbe]."),
        (false, "The [Dushanbe] government denied it."),
    ] {
        let found = names(text).pop().unwrap();
        assert_eq!(found, if town { "Dushanbe" } else { "Tajikistan" }, "{text}");
    }
    let off = NamesSettings { governments: false, ..NamesSettings::default() };
    assert_eq!(named(&mut document("[Dushanbe] denied it."), &off), ["Dushanbe"]);
}

fn countries(marked: &str) -> Vec<Option<String>> {
    let mut doc = document(marked);
    build(&NamesSettings::default()).annotate(&mut doc).unwrap();
    let clusters = doc.require::<Clusters>().unwrap();
    let of = clusters.of_entities(doc.require::<Entities>().unwrap().items.len());
    let country = |c: Option<u32>| clusters.items[c? as usize].country.as_deref().map(str::to_owned);
    of.into_iter().map(country).collect()
}

#[test]
fn a_town_with_a_region_behind_it_is_in_no_other_country() {
    for text in [
        "[Moscow], Idaho, was calm.",
        "He grew up in [Lebanon], Pa., with her.",
        "[Peru], Indiana, is small.",
        "The plant in [Athens], [Georgia], closed; Atlanta did not care.",
        "[Georgia] voted for a senator and the governor.",
        "[Sana], the agency of Damascus, reported it.",
    ] {
        assert!(countries(text).iter().all(Option::is_none), "{text}");
    }
    for (text, country) in [
        ("[Ukraine], Georgia and Moldova signed it.", "UKR"),
        ("[Georgia] accuses Russia of it; Tbilisi is calm.", "GEO"),
        ("[Moscow], Washington and Beijing met.", "RUS"),
        ("[Congo] is calm, Brazzaville and Sassou say.", "COG"),
        ("[Congo] is calm, Kinshasa and Goma say.", "COD"),
    ] {
        assert_eq!(countries(text), [Some(country.to_owned())], "{text}");
    }
}

#[test]
fn the_north_is_a_korea_where_one_is_named() {
    assert_eq!(
        names("[North Korea] denied it. [The North] has no [South].")[1..],
        ["North Korea", "South Korea"]
    );
    assert_eq!(names("The [North] of [Mali] is calm.")[0], "North");
}

#[test]
fn brussels_is_the_union_in_it() {
    assert_eq!(
        names("[Brussels] rejected it. The [ORG:EU] is firm. He flew to [Brussels]."),
        ["European Union", "European Union", "Brussels"]
    );
    assert_eq!(names("[Brussels] rejected it."), ["European Union"]);
}

#[test]
fn armed_groups_and_parties_go_by_all_their_names() {
    let text = "[ORG:ISIS] and [PER:Daesh] and [ORG:IS] are the [ORG:Islamic State].";
    assert_eq!(names(text), ["Islamic State"; 4]);
    assert_eq!(names("The [ORG:Lib Dems] are the [ORG:Liberal Democrats].")[0], "Liberal Democrats");
}

#[test]
fn a_name_of_a_state_that_is_a_persons_is_not_the_state() {
    assert_eq!(names("[PER:Hamilton Jordan] resigned. Mr. [PER:Jordan] wept."), ["Hamilton Jordan"; 2]);
    assert_eq!(names("[PER:Chad] wept in [Chad]."), ["Chad", "Chad"]);
    assert_eq!(names("[PER:Dushanbe] denied it."), ["Tajikistan"], "a slip of the model");
    assert_eq!(names("The paper is in [MISC:Russian]."), ["Russian"], "a language");
    assert_eq!(names("A [U.S.-led] force and an [MISC:American] one."), ["United States"; 2]);
}

#[test]
fn an_abbreviation_is_what_the_document_says() {
    let csto = "Collective Security Treaty Organization";
    assert_eq!(names(&format!("[ORG:{csto}] ([ORG:CSTO]) met. [ORG:CSTO] left.")), [csto; 3]);
    assert_eq!(
        names("[ORG:SCO] ([ORG:Shanghai Cooperation Organization])"),
        ["Shanghai Cooperation Organization"; 2]
    );
    assert_eq!(
        names(&format!("[ORG:CSTO] troops. The [ORG:{csto}] denied it.")),
        [csto; 2],
        "in either order"
    );
    // What is in brackets is no entity for the model.
    assert_eq!(
        names("The [ORG:National Police Agency] (NPA) came. The [ORG:NPA] left."),
        ["National Police Agency"; 2]
    );
    // The document's explanation goes before a state's code and before what docmill knows.
    assert_eq!(
        names("[ORG:Palestinian Red Crescent] ([ORG:PRC]) said. [ORG:PRC] left."),
        ["Palestinian Red Crescent"; 3]
    );
    assert_eq!(names("The [ORG:PRC] denied it."), ["China"]);
    assert_eq!(names("The [United Arab Emirates] ([UAE]) denied it."), ["United Arab Emirates"; 2]);
    // Letters of another language; but not who reported it.
    assert_eq!(names("[ORG:Malian Armed Forces] ([ORG:FAMa]) came."), ["Malian Armed Forces"; 2]);
    assert_eq!(names("[ORG:Malian Armed Forces] ([ORG:TASS]) came."), ["Malian Armed Forces", "TASS"]);
    assert_eq!(
        names("[ORG:201st Motor Rifle Division] ([ORG:MRD]) and the [ORG:201st MRD]"),
        ["201st Motor Rifle Division"; 3]
    );
}

#[test]
fn ministries_are_of_states() {
    let tajik = "Tajik Defense Ministry";
    assert_eq!(
        names("The [ORG:Tajik Defense Ministry], the [ORG:Defense Ministry of Tajikistan]."),
        [tajik; 2]
    );
    // As the shipped model has it: the adjective by itself.
    let parted = "The [MISC:Tajik] [ORG:Defense Ministry] came. [Tajikistan]’s [ORG:Ministry of Defence] left. \
                  The [MISC:Chinese] [ORG:Defense Ministry] stayed.";
    let found = names(parted);
    assert_eq!([&*found[1], &*found[3], &*found[5]], [tajik, tajik, "Chinese Defense Ministry"]);
    // One is meant if there is one; with two it cannot be told.
    assert_eq!(
        names("The [ORG:Tajik Defense Ministry] came. The [ORG:Ministry of Defense] left."),
        [tajik; 2]
    );
    let two = "The [ORG:Tajik Defense Ministry], the [ORG:Uzbek Defense Ministry]; the [ORG:Defense Ministry] left.";
    assert_eq!(names(two)[2], "-");
    assert_eq!(names("The [ORG:Tajik Defense Ministry] came. The [ORG:Ministry] left."), [tajik; 2]);
    assert_eq!(names("The [ORG:Ministry] came."), ["Ministry"]);
}

#[test]
fn a_word_for_a_sort_of_organization_is_the_one_of_that_sort() {
    assert_eq!(
        names("[ORG:NATO] met. The [ORG:Alliance] left."),
        ["North Atlantic Treaty Organization", "North Atlantic Treaty Organization"]
    );
    assert_eq!(names("The [ORG:United Nations] met. The [ORG:Organization] left."), ["United Nations"; 2]);
    let two = "The [ORG:United Nations] met the [ORG:World Trade Organization]. The [ORG:Organization] left.";
    assert_eq!(names(two)[2], "-");
    assert_eq!(names("[MISC:French-speaking African]"), ["French-speaking African"]);
}

#[test]
fn names_inside_longer_names_stay_apart() {
    for apart in [
        "[ORG:United Nations] and [ORG:United Nations Security Council]",
        "[ORG:Interfax] and [ORG:Interfax-Kazakhstan]",
        "[ORG:Gazprom] and [ORG:Gazprom Neft]",
        "[ORG:Syrian Army] and [ORG:Free Syrian Army]",
        "[ORG:European Union] and [ORG:European Union Monitoring Mission]",
        "[South Ossetia] and [North Ossetia]",
        "[Niger] and [MISC:Nigerian]",
        "[Guinea] and [Guinea-Bissau]",
    ] {
        let found = names(apart);
        assert_ne!(found[0], found[1], "{apart}");
    }
    assert_eq!(names("The [ORG:Wagner Group] and [ORG:Wagner]."), ["Wagner Group"; 2]);
    assert_eq!(names("The [Inguri] and the [Inguri River]."), ["Inguri River"; 2]);
    assert_eq!(
        names("The [ORG:UN Security Council]; the [ORG:Security Council]."),
        ["UN Security Council"; 2]
    );
}

#[test]
fn a_cited_outlet_is_never_a_state() {
    let mut doc = document(
        "[Tajikistan] met ([ORG:Tajikistan], May 3; [ORG:Interfax], [Moscow], May 4). [Moscow] said.",
    );
    let citation = |from: &str, to: &str| Citation {
        span: Span::new(doc.text().find(from).unwrap(), doc.text().find(to).unwrap() + to.len()),
        outlet: "x".into(),
        date: None,
        date_end: None,
        date_text: None,
        date_inferred: false,
    };
    let items = vec![citation("Tajikistan, May", "May 3"), citation("Interfax", "May 4")];
    doc.layers_mut().insert(Citations { items });
    let found = named(&mut doc, &NamesSettings::default());
    assert_eq!(found, ["Tajikistan", "Tajikistan", "Interfax", "Moscow", "Russia"]);
    let clusters = doc.require::<Clusters>().unwrap();
    let codes: Vec<_> = clusters.items.iter().map(|cluster| cluster.country.as_deref()).collect();
    assert_eq!(codes, [Some("TJK"), None, None, None, Some("RUS")]);
}

#[test]
fn lists_of_the_settings_go_first() {
    let same = vec![vec!["Hizb ut-Tahrir".into(), "Party of Liberation".into(), "HuT".into()]];
    let settings = NamesSettings { same, ..NamesSettings::default() };
    let mut doc = document("[ORG:Hizb-ut-Tahrir], the [ORG:Party of Liberation], or [ORG:HuT].");
    assert_eq!(named(&mut doc, &settings), ["Hizb-ut-Tahrir"; 3]);
    let settings = NamesSettings { same: vec![vec!["alone".into()]], ..settings };
    let error = settings.check(&BuildContext::default()).unwrap_err().to_string();
    assert!(error.contains("setting `same`") && error.contains("two names or more"), "{error}");
}

#[test]
fn the_record_of_an_entity_shows_its_cluster() {
    let mut doc = document("[PER:Cao Gangchuan] came. [PER:Cao] left, and [Beijing] said so.");
    named(&mut doc, &NamesSettings::default());
    let view = View::new(&doc, OffsetUnit::Codepoint);
    let record = doc.layers().by_name("entities").unwrap().record_json(&view).unwrap();
    assert_eq!((&record[1]["canonical"], &record[1]["cluster"]), (&"Cao Gangchuan".into(), &"c0".into()));
    assert_eq!((&record[2]["canonical"], &record[2]["cluster"]), (&"China".into(), &"c1".into()));
    let clusters = doc.layers().by_name("clusters").unwrap().record_json(&view).unwrap();
    assert_eq!(clusters[1]["country"], "CHN");
    assert_eq!(clusters[1]["mentions"][0]["form"], "capital");
}

/// Mentions of `count` distinct names of each sort, each sort in its own words.
fn many(count: usize) -> Document {
    let line = |i: usize| {
        format!(
            "The [ORG:Bureau{i} Council of Osh{i}] ([ORG:B{i}C]) met [PER:Ivan{i} Petrov] and [PER:Petrov]. \
             [ORG:Council] and [Osh{i} River].\n\n"
        )
    };
    document(&(0..count).map(line).collect::<String>())
}

#[test]
fn ten_thousand_names_take_linear_time() {
    let time = |doc: &mut Document| {
        let stage = build(&NamesSettings::default());
        let start = std::time::Instant::now();
        stage.annotate(doc).unwrap();
        start.elapsed().as_secs_f64()
    };
    let (mut small, mut large) = (many(500), many(10_000));
    let (small, large) = (time(&mut small), time(&mut large));
    println!("{small:.3} s for 500 paragraphs, {large:.3} s for 10,000");
    // Twenty times the names; quadratic time would be four hundred times as long.
    assert!(large < small * 100.0 + 0.5, "{small} s for 500, {large} s for 10,000");
}

proptest! {
    #[test]
    fn each_mention_is_in_one_cluster_at_most_in_text_order(
        picks in prop::collection::vec(0..NAMES.len(), 0..40)
    ) {
        let text: String = picks.iter().flat_map(|&i| ["and [", NAMES[i], "] "]).collect();
        let mut doc = document(&text);
        let found = named(&mut doc, &NamesSettings::default());
        let clusters = doc.require::<Clusters>().unwrap();
        let mut seen: Vec<u32> = clusters.items.iter().flat_map(|c| c.mentions.iter().map(|m| m.entity)).collect();
        let firsts: Vec<u32> = clusters.items.iter().map(|c| c.mentions[0].entity).collect();
        prop_assert!(firsts.is_sorted());
        prop_assert!(clusters.items.iter().all(|c| c.mentions.is_sorted_by_key(|m| m.entity) && !c.canonical.is_empty()));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), all);
        prop_assert_eq!(found, named(&mut doc, &NamesSettings::default()));
    }

    #[test]
    fn any_text_as_a_name_is_survived(names in prop::collection::vec("\\PC{0,12}", 0..6), per in any::<bool>()) {
        let label = if per { "PER" } else { "ORG" };
        let names: Vec<String> = names.iter().map(|name| name.replace(['[', ']'], "")).collect();
        let marked: String = names.iter().flat_map(|name| ["x [", label, ":y", name, "] ("]).collect();
        named(&mut document(&marked), &NamesSettings::default());
    }
}

const NAMES: [&str; 24] = [
    "Tajikistan",
    "MISC:Tajik",
    "Dushanbe",
    "ORG:CSTO",
    "ORG:Collective Security Treaty Organization",
    "PER:Karimov",
    "PER:Islam Karimov",
    "PER:Jamshid Karimov",
    "PER:I. Karimov",
    "ORG:Defense Ministry",
    "ORG:Tajik Defense Ministry",
    "ORG:Ministry",
    "PER:Kim",
    "PER:Kim Jong Un",
    "ORG:Wagner",
    "ORG:Wagner Group",
    "U.S.",
    "ORG:UN Security Council",
    "ORG:Security Council",
    "MISC:Chinese",
    "PER:Dushanbe",
    "ORG:Council",
    "Nguyễn 🛰️",
    "PER:Gen. Đặng",
];
