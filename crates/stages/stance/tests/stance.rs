//! The stage on the tiny BERT of `tests/tiny-bert`, changed so that everybody is against somebody: what it says means
//! nothing; who is asked about, and how it is told, does.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fs;
use std::sync::{Arc, OnceLock};

use docmill_core::layers::{
    Citation, Citations, Cluster, ClusterMention, Clusters, Entities, Entity, HolderKind, MentionForm,
    Modality, Quote, QuoteAct, QuoteKind, Quotes, Relation, Speaker, Stance, StancePolarity, Stances, Syntax,
    Tokens, Upos, Word,
};
use docmill_core::testing::{Conformance, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, Span, Stage, StageConfig};
use docmill_stance::{StanceEngine, StanceSettings};
use tempfile::TempDir;

fn context() -> BuildContext {
    static MODEL: OnceLock<TempDir> = OnceLock::new();
    let folder = MODEL.get_or_init(opinionated);
    BuildContext { model: folder.path().display().to_string(), ..BuildContext::default() }
}

/// Sets value `index` of a tensor of halves to 50.
fn set_to_fifty(bytes: &mut [u8], tensor: &str, index: usize) {
    let length = u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    let header: serde_json::Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    let start = header[tensor]["data_offsets"][0].as_u64().unwrap() as usize + 8 + length + 2 * index;
    let fifty: u16 = 0x5240; // in IEEE half precision
    bytes[start..start + 2].copy_from_slice(&fifty.to_le_bytes());
}

/// The tiny model with biases of its heads for `p against q`, and for `against somebody`, that outweigh everything.
fn opinionated() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tiny = format!("{}/../../../tests/tiny-bert/bert", env!("CARGO_MANIFEST_DIR"));
    for file in ["config.json", "vocab.txt"] {
        fs::copy(format!("{tiny}/{file}"), folder.path().join(file)).unwrap();
    }
    for (file, tensor, index) in
        [("model.safetensors", "stance.out.bias", 3), ("context.safetensors", "context.stance.out.bias", 2)]
    {
        let mut bytes = fs::read(format!("{tiny}/{file}")).unwrap();
        set_to_fifty(&mut bytes, tensor, index);
        fs::write(folder.path().join(file), bytes).unwrap();
    }
    folder
}

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &context()).unwrap()
}

/// Everything that the model holds likelier than neutral.
fn eager() -> StanceSettings {
    StanceSettings { threshold: Some(0.0), rule_weight: 0.0, ..StanceSettings::default() }
}

/// The rules alone.
fn rules() -> StanceSettings {
    StanceSettings { engine: StanceEngine::Rules, ..StanceSettings::default() }
}

/// Sentences, words, a mention for every capitalised word but pronouns, and encodings.
fn prepare(doc: &mut Document) {
    static ENCODE: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    plain_layers(doc);
    let tokens = doc.require::<Tokens>().unwrap();
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence) {
            let word = span.slice(doc.text()).unwrap();
            if word.starts_with(char::is_uppercase) && !["I", "We", "He", "She"].contains(&word) {
                let label = if word.ends_with("ov") { "PER" } else { "ORG" };
                entities.items.push(Entity {
                    span,
                    label: label.into(),
                    score: 0.9,
                    sentence: sentence as u32,
                });
            }
        }
    }
    doc.layers_mut().insert(entities);
    ENCODE.get_or_init(|| build(&docmill_encode::EncodeSettings::default())).annotate(doc).unwrap();
}

fn document(text: &str) -> Document {
    let mut doc = Document::from_text("d", text);
    prepare(&mut doc);
    doc
}

fn stances(doc: &mut Document) -> Vec<Stance> {
    build(&eager()).annotate(doc).unwrap();
    doc.require::<Stances>().unwrap().items.clone()
}

fn at(doc: &Document, needle: &str) -> Span {
    let start = doc.text().find(needle).unwrap();
    Span::new(start, start + needle.len())
}

/// Who was paired with whom, in order of their names.
fn stances_of(doc: &mut Document) -> Vec<(String, String)> {
    let stances = stances(doc);
    let text = |span: Span| span.slice(doc.text()).unwrap().to_owned();
    let mut pairs: Vec<(String, String)> = (stances.iter())
        .map(|s| {
            let holder = s.holder.span.map_or_else(|| "the author".to_owned(), text);
            let mut pair = [holder, text(s.target.span)];
            pair.sort();
            let [a, b] = pair;
            (a, b)
        })
        .collect();
    pairs.sort();
    pairs
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&StanceSettings::default()).context(context()).prepare(prepare).check();
    Conformance::of(&eager()).context(context()).prepare(prepare).check();
    Conformance::of(&StanceSettings { threshold: Some(0.0), ..StanceSettings::default() })
        .context(context())
        .prepare(prepare)
        .check();
    Conformance::of(&rules()).prepare(prepare).check();
}

#[test]
fn evidence_covers_holder_and_target() {
    let mut doc = document("Naryn denies that Osh attacked Rasht\nÉmile met Åland");
    let found = stances(&mut doc);
    assert_eq!(found.len(), 4);
    let entities = doc.require::<Entities>().unwrap();
    for stance in found {
        let target = &entities.items[stance.target.entity.unwrap() as usize];
        assert!(
            stance.evidence.contains(target.span) && stance.evidence.contains(stance.holder.span.unwrap())
        );
        assert_eq!(target.sentence, stance.sentence);
        assert_eq!(stance.holder.kind, HolderKind::Entity);
        assert!(stance.score > 0.2 && stance.score <= 1.0);
    }
}

#[test]
fn nobody_is_paired_with_himself_or_with_a_cited_outlet() {
    let mut doc = document("Naryn warned Naryn (Interfax)");
    let citation = Citation {
        span: at(&doc, "Interfax"),
        outlet: "Interfax".into(),
        date: None,
        date_end: None,
        date_text: None,
        date_inferred: false,
    };
    doc.layers_mut().insert(Citations { items: vec![citation] });
    assert_eq!(stances_of(&mut doc), []);

    let mut doc = document("Tashkent warned Uzbekistan");
    let before = stances_of(&mut doc).len();
    let mention = |entity| ClusterMention { entity, form: MentionForm::Name };
    doc.layers_mut().insert(Clusters {
        items: vec![Cluster {
            canonical: "Uzbekistan".into(),
            label: "LOC".into(),
            country: None,
            belongs: None,
            mentions: vec![mention(0), mention(1)],
        }],
    });
    assert_eq!((before, stances_of(&mut doc).len()), (1, 0));
}

#[test]
fn we_is_the_speaker_in_a_quotation_and_the_author_outside() {
    // Which of the two holds the stance is the tiny model's whim, and the author is never a target.
    let said =
        ["we warn Naryn", "Naryn met us", "we saw Osh", "Osh and our talks", "we hit Rasht", "Rasht and us"];
    let mut seen = Vec::new();
    for said in said {
        let mut doc = document(&format!("Rahmonov said: {said}"));
        let outside: Vec<HolderKind> = stances(&mut doc).iter().map(|s| s.holder.kind).collect();
        assert!(!outside.contains(&HolderKind::Speaker));
        let speaker = Speaker { span: at(&doc, "Rahmonov"), entity: Some(0) };
        let quote = Quote {
            kind: QuoteKind::Direct,
            act: QuoteAct::Speech,
            content: at(&doc, said),
            speaker: Some(speaker),
            cue: None,
            continues: None,
        };
        doc.layers_mut().insert(Quotes { items: vec![quote] });
        let inside = stances(&mut doc);
        assert!(inside.iter().all(|s| s.holder.kind != HolderKind::Author));
        let speakers = inside.iter().filter(|s| s.holder.kind == HolderKind::Speaker);
        assert!(speakers.clone().all(|s| s.holder.entity == Some(0)));
        seen.extend(outside);
        seen.extend(speakers.map(|s| s.holder.kind));
    }
    assert!(seen.contains(&HolderKind::Author) && seen.contains(&HolderKind::Speaker), "{seen:?}");
}

#[test]
fn he_is_the_one_person_before_him_or_nobody() {
    assert!(
        stances_of(&mut document("Rahmonov came\nHe warned Naryn")).is_empty(),
        "plain lines are paragraphs"
    );
    // By name and by pronoun; and nobody is paired with himself.
    assert_eq!(stances_of(&mut document("Rahmonov came and he warned Naryn")).len(), 2);
    // Naryn with either; which of them `he` is cannot be told.
    assert_eq!(stances_of(&mut document("Rahmonov saw Karimov and he warned Naryn")).len(), 3);
}

#[test]
fn a_long_list_of_names_stays_bounded() {
    let text = "Osh and ".repeat(3000);
    let many = (0..1500).map(|i| format!("Osh{i} , ")).collect::<Vec<_>>().concat();
    for text in [text, many] {
        let mut doc = document(&text);
        assert!(stances(&mut doc).len() <= StanceSettings::default().max_pairs);
    }
}

#[test]
fn a_threshold_that_is_none_is_refused() {
    let wrong = StanceSettings { threshold: Some(7.0), ..eager() };
    let error = wrong.check(&context()).unwrap_err().to_string();
    assert!(error.starts_with("setting `threshold`: 7 is not between 0 and 1"), "{error}");
}

/// Stances by the rules: holder, target, side, relation, modality, evidence.
fn read(doc: &mut Document) -> Vec<String> {
    build(&rules()).annotate(doc).unwrap();
    let entities = doc.require::<Entities>().unwrap();
    let text = |span: Span| span.slice(doc.text()).unwrap();
    let stances = &doc.require::<Stances>().unwrap().items;
    (stances.iter())
        .map(|s| {
            // An anaphor by what it stands for.
            let named = s.target.entity.map_or(s.target.span, |e| entities.items[e as usize].span);
            let target = text(named);
            let holder = s.holder.span.map_or("author", text);
            let side = if s.polarity == StancePolarity::Against { "against" } else { "for" };
            format!(
                "{holder} {side} {target}: {:?} {:?} `{}`",
                s.relation.unwrap(),
                s.modality,
                text(s.evidence)
            )
        })
        .collect()
}

#[test]
fn the_rules_tell_holder_target_and_how() {
    let mut doc =
        document("On Monday Naryn banned Jundov\n🛰 Émile signed a treaty with Åland\nÅland will aid Osh");
    assert_eq!(
        read(&mut doc),
        [
            "Naryn against Jundov: MaterialConflict Asserted `Naryn banned Jundov`",
            "Émile for Åland: VerbalCooperation Asserted `Émile signed a treaty with Åland`",
            "Åland for Osh: VerbalCooperation Planned `Åland will aid Osh`",
        ]
    );
    let mut doc = document("Åland supports sanctions against Osh");
    assert_eq!(
        read(&mut doc),
        ["Åland against Osh: VerbalConflict Asserted `Åland supports sanctions against Osh`"]
    );
    let mut doc = document("Cooperation between Rasht and Osh");
    assert_eq!(read(&mut doc).len(), 2, "either way");
}

#[test]
fn the_group_is_the_one_named_before() {
    // Words of one paragraph: here one line.
    let text = "Karimov fears Hizb and Blairov banned the organization";
    let stances_of = ["Blairov against Hizb: MaterialConflict Asserted `Blairov banned the organization`"];
    let found = read(&mut document(text));
    assert!(found.contains(&stances_of[0].to_owned()), "{found:?}");
    for open in [
        "Naryn fears Hizb and Jamaat and Blairov banned the organization of trade",
        "Jamaat met Rasht and Blairov banned the organization and the party congress",
    ] {
        assert_eq!(read(&mut document(open)), Vec::<String>::new(), "{open}");
    }
}

#[test]
fn a_quotation_is_its_speakers() {
    let text = "Rahmonov said : we condemn Osh and Naryn supports Osh";
    let mut doc = document(text);
    assert_eq!(read(&mut doc)[0].split(':').next(), Some("author against Osh"));
    let mut doc = document(text);
    let speaker = Speaker { span: at(&doc, "Rahmonov"), entity: Some(0) };
    let content = at(&doc, "we condemn Osh and Naryn supports Osh");
    let quote = Quote {
        kind: QuoteKind::Direct,
        act: QuoteAct::Speech,
        content,
        speaker: Some(speaker),
        cue: None,
        continues: None,
    };
    doc.layers_mut().insert(Quotes { items: vec![quote] });
    assert_eq!(read(&mut doc)[0].split(':').next(), Some("Rahmonov against Osh"));
    let stances = doc.require::<Stances>().unwrap();
    assert_eq!(stances.items[0].holder.kind, HolderKind::Speaker);
    let other = stances.items.iter().find(|s| s.relation == Some(Relation::VerbalCooperation)).unwrap();
    assert_eq!((other.holder.kind, other.modality), (HolderKind::Entity, Modality::Reported));
}

/// A sentence without end costs what its length does. Eight times the text may take 32 times the time, on a machine
/// that is busy with other things; work that grows with the square would take 64 times.
#[test]
fn hostile_sentences_take_linear_time() {
    let stage = build(&rules());
    let time = |unit: &str, times: usize| {
        let text = unit.repeat(times);
        let mut doc = Document::from_text("d", &text);
        plain_layers(&mut doc);
        let tokens = doc.require::<Tokens>().unwrap();
        let names = tokens.all().iter().filter(|t| t.slice(&text).unwrap().starts_with(char::is_uppercase));
        let entity = |&span: &Span| Entity { span, label: "ORG".into(), score: 0.9, sentence: 0 };
        let items = names.map(entity).collect();
        doc.layers_mut().insert(Entities { items });
        let start = std::time::Instant::now();
        stage.annotate(&mut doc).unwrap();
        start.elapsed().as_secs_f64().max(0.005)
    };
    for unit in [
        "Osh attacked Naryn and ",
        "it banned the organization and he met us and ",
        "“ we said that it ",
        "sign the , agreement ",
        "( Osh , who , ",
    ] {
        // The machine may be busy: the best of three.
        let best = |times: usize| (0..3).map(|_| time(unit, times)).fold(f64::INFINITY, f64::min);
        let (short, long) = (best(5_000), best(40_000));
        assert!(long < 32.0 * short, "`{unit}`: {short} s, then {long} s");
    }
}

/// `Osh condemned Naryn.`, parsed.
fn parsed() -> Document {
    let mut doc = document("Osh condemned Naryn.");
    let mut syntax = Syntax::new(["root", "nsubj", "obj", "punct"]);
    let words = [
        ("Osh", Upos::Propn, 1, 1),
        ("condemn", Upos::Verb, 1, 0),
        ("Naryn", Upos::Propn, 1, 2),
        (".", Upos::Punct, 1, 3),
    ];
    for (lemma, upos, head, relation) in words {
        syntax.push(Word { lemma: lemma.into(), upos, head, relation });
    }
    doc.layers_mut().insert(syntax);
    build(&docmill_context::ContextSettings::default()).annotate(&mut doc).unwrap();
    doc
}

#[test]
fn where_the_text_is_parsed_the_head_compares_holder_and_target() {
    let mut doc = parsed();
    let settings = StanceSettings { threshold: Some(0.9), ..StanceSettings::default() };
    build(&settings).annotate(&mut doc).unwrap();
    let stances = &doc.require::<Stances>().unwrap().items;
    let told = stances.iter().find(|s| s.target.span == at(&doc, "Naryn")).unwrap();
    assert_eq!(told.holder.span, Some(at(&doc, "Osh")));
    assert_eq!(told.polarity, StancePolarity::Against);
    assert!(told.score >= 0.9 && told.score <= 1.0, "{}", told.score);
}

#[test]
fn without_the_rows_of_the_context_pairs_of_names_are_judged() {
    let mut doc = parsed();
    let settings = || StanceSettings { threshold: Some(0.0), rule_weight: 0.0, ..StanceSettings::default() };
    build(&settings()).annotate(&mut doc).unwrap();
    let with = doc.require::<Stances>().unwrap().clone();
    assert!(!with.toward.is_empty());
    doc.layers_mut().remove("context");
    build(&settings()).annotate(&mut doc).unwrap();
    let without = doc.require::<Stances>().unwrap();
    assert!(without.toward.is_empty() && !without.items.is_empty());
}

#[test]
fn features_of_every_question_are_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("features.tsv");
    let mut doc = parsed();
    let settings = StanceSettings { features: Some(file.clone()), ..StanceSettings::default() };
    build(&settings).annotate(&mut doc).unwrap();
    let lines = fs::read_to_string(file).unwrap();
    // Document, form, sentence, mentions of holder and target, bytes of both, features.
    assert!(lines.lines().any(|line| line.starts_with("d\tE\t0\t0\t1\t0\t3\t14\t19\t")), "{lines}");
    assert!(lines.contains("\tL0|condemn|obj"), "{lines}");
}
