//! The stage with rust-bert and the tiny models of `tests/tiny-bert`: every defect that is guarded against, by name.
#![cfg(feature = "rust-bert")]
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::num::NonZeroUsize;

use docmill_core::layers::{Entities, Entity, Tokens};
use docmill_core::testing::{Conformance, corpus, plain_layers};
use docmill_core::{BatchStage, BuildContext, BuiltStage, Document, Replicas, StageConfig};
use docmill_ner::{Device, EngineKind, NerSettings};

fn tiny(family: &str) -> NerSettings {
    let model = format!("{}/../../../tests/tiny-bert/{family}", env!("CARGO_MANIFEST_DIR"));
    NerSettings { model, engine: EngineKind::RustBert, consistent: false, ..NerSettings::default() }
}

fn build(settings: &NerSettings) -> Box<dyn BatchStage> {
    let context = BuildContext::default();
    settings.check(&context).unwrap();
    let BuiltStage::Batched { factory, replicas } = settings.build(&context).unwrap() else {
        panic!("instances are made per worker")
    };
    assert_eq!(replicas, Replicas::PerJob);
    factory().unwrap()
}

/// Entities of a text of one sentence per line.
fn entities(stage: &mut dyn BatchStage, text: &str) -> (Document, Vec<Entity>) {
    let mut doc = Document::from_text("d", text);
    plain_layers(&mut doc);
    stage.annotate_batch(&mut [&mut doc]).remove(0).unwrap();
    let found = doc.require::<Entities>().unwrap().items.clone();
    (doc, found)
}

const NEWS: &str = "\
Gen Cao Gangchuan met Sherali Khayrulloyev in Dushanbe on September 15
The talks were about the treaty
Émile Zola said that Åland and Nguyễn were delayed
Душанбе и Пекин подписали соглашение
China and Russia signed one more treaty after two days of talks in Moscow
NATO
201st division , T 90 tanks";

#[test]
fn keeps_what_every_stage_promises() {
    for family in ["bert", "roberta"] {
        Conformance::of(&tiny(family)).check();
    }
}

#[test]
fn more_than_64_windows_stay_in_order() {
    let mut stage = build(&tiny("bert"));
    let (once, expected) = entities(&mut *stage, NEWS);
    assert!(expected.len() > 5, "the tiny model finds something: {}", expected.len());
    let copies = 30;
    let (_, found) = entities(&mut *stage, &[NEWS; 30].join("\n"));
    assert_eq!(found.len(), expected.len() * copies);
    let length = once.text().len() as u32 + 1;
    for (i, entity) in found.iter().enumerate() {
        let like = &expected[i % expected.len()];
        let shift = (i / expected.len()) as u32;
        assert_eq!(
            (entity.span.start, entity.span.end),
            (like.span.start + shift * length, like.span.end + shift * length)
        );
        assert_eq!(entity.sentence, like.sentence + shift * 7);
        assert_eq!(entity.label, like.label);
        assert!((entity.score - like.score).abs() < 1e-5);
    }
}

#[test]
fn batches_of_one_and_of_many_say_the_same() {
    for family in ["albert", "bert", "distilbert", "electra", "roberta", "xlm-roberta"] {
        let of_size = |token_budget| {
            let token_budget = NonZeroUsize::new(token_budget).unwrap();
            let mut stage = build(&NerSettings { token_budget, ..tiny(family) });
            entities(&mut *stage, NEWS).1
        };
        let (one, many) = (of_size(1), of_size(100_000));
        assert!(!one.is_empty(), "{family} finds something");
        assert_eq!(one.len(), many.len(), "{family}");
        for (a, b) in one.iter().zip(&many) {
            assert_eq!((a.span, &a.label), (b.span, &b.label), "{family}");
            assert!((a.score - b.score).abs() < 1e-5, "{family}: {} and {}", a.score, b.score);
        }
    }
}

#[test]
fn a_document_says_the_same_to_the_last_bit_whatever_stands_beside_it() {
    let settings = tiny("bert");
    let (mut stage, mut other) = (build(&settings), build(&settings));
    let mut docs = corpus();
    docs.iter_mut().for_each(plain_layers);
    for result in stage.annotate_batch(&mut docs.iter_mut().collect::<Vec<_>>()) {
        result.unwrap();
    }
    for (doc, mut alone) in docs.iter().zip(corpus()) {
        plain_layers(&mut alone);
        other.annotate_batch(&mut [&mut alone]).remove(0).unwrap();
        assert_eq!(doc.require::<Entities>().unwrap(), alone.require::<Entities>().unwrap(), "{}", doc.id());
    }
}

#[test]
fn sentences_over_the_limit_are_read_to_their_end() {
    // The tiny models take 160 and 320 positions.
    let sentence = NEWS.replace('\n', " ");
    for family in ["bert", "roberta", "distilbert"] {
        let mut stage = build(&tiny(family));
        let (doc, found) = entities(&mut *stage, &[sentence.as_str(); 40].join(" "));
        let words = doc.require::<Tokens>().unwrap().all().len();
        assert!(words > 1500);
        let end = found.last().map_or(0, |entity| entity.span.end);
        assert!(end as usize > doc.text().len() - 200, "{family}: the last entity ends at {end}");
        assert!(found.is_sorted_by(|a, b| a.span.end <= b.span.start), "{family}: mentions overlap");
    }
}

#[test]
fn labels_with_hyphens_stay_whole() {
    let mut stage = build(&tiny("bert"));
    let (_, found) = entities(&mut *stage, NEWS);
    assert!(found.iter().any(|entity| &*entity.label == "creative-work"));
    assert!(found.iter().all(|entity| ["PER", "ORG", "creative-work"].contains(&&*entity.label)));
}

#[test]
fn types_are_renamed_joined_and_left_out() {
    let mut settings = tiny("bert");
    settings.rename = [("creative-work", "WORK"), ("PER", "WORK")].map(|(a, b)| (a.into(), b.into())).into();
    settings.only = vec!["WORK".into()];
    let (_, found) = entities(&mut *build(&settings), NEWS);
    assert!(!found.is_empty() && found.iter().all(|entity| &*entity.label == "WORK"));
}

#[test]
fn mentions_cover_whole_words() {
    let mut stage = build(&tiny("bert"));
    let (doc, found) = entities(&mut *stage, NEWS);
    let words = doc.require::<Tokens>().unwrap().all();
    for entity in &found {
        assert!(words.iter().any(|word| word.start == entity.span.start));
        assert!(words.iter().any(|word| word.end == entity.span.end));
        assert!((0.0..=1.0).contains(&entity.score));
    }
}

#[test]
fn what_cannot_work_is_found_before_anything_is_loaded() {
    let error = |settings: NerSettings| settings.check(&BuildContext::default()).unwrap_err().to_string();
    let only = NerSettings { only: vec!["PERS".into()], ..tiny("bert") };
    assert_eq!(error(only), "setting `only`: the model has no type `PERS`; did you mean `PER`?");
    let rename = NerSettings { rename: [("ORGA".into(), "X".into())].into(), ..tiny("bert") };
    assert_eq!(error(rename), "setting `rename`: the model has no type `ORGA`; did you mean `ORG`?");
    let checksum = NerSettings { checksum: [("vocab.txt".into(), "12".into())].into(), ..tiny("bert") };
    assert!(error(checksum).starts_with("setting `checksum.vocab.txt`: `12` is not"));
    let window = NerSettings { max_window: NonZeroUsize::new(2), ..tiny("bert") };
    assert!(error(window).starts_with("setting `max_window`"));
    let device = NerSettings { device: Device::Cuda(99), ..tiny("bert") };
    assert!(error(device).starts_with("setting `device`: cuda:99 is not there"));
    assert!(error(tiny("no-such")).contains("no-such: no such folder"));
}

#[test]
fn weights_that_do_not_fit_the_config_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let whole = tiny("bert").model;
    for file in ["config.json", "vocab.txt", "model.safetensors"] {
        std::fs::copy(format!("{whole}/{file}"), dir.path().join(file)).unwrap();
    }
    let config = dir.path().join("config.json");
    let text = std::fs::read_to_string(&config).unwrap();
    let settings = NerSettings { model: dir.path().display().to_string(), ..tiny("bert") };
    let error = || settings.build(&BuildContext::default()).unwrap_err().to_string();

    std::fs::write(&config, text.replace("\"hidden_size\": 32", "\"hidden_size\": 64")).unwrap();
    assert!(error().contains("has shape"), "{}", error());
    std::fs::write(&config, text.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3")).unwrap();
    assert!(error().contains("no tensor `bert.encoder.layer.2."), "{}", error());
    std::fs::write(&config, text.replace("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"wave\"")).unwrap();
    assert!(error().contains("config.json: unknown variant `wave`"), "{}", error());
    std::fs::write(&config, &text).unwrap();
    std::fs::write(dir.path().join("model.safetensors"), "not weights").unwrap();
    assert!(error().contains("model.safetensors: "), "{}", error());
}

#[test]
fn model_files_are_those_that_decide() {
    let files = tiny("bert").model_files(&BuildContext::default()).unwrap();
    let names: Vec<String> = files.into_iter().map(|file| file.name).collect();
    // A package is one thing: a run's identity has every file of it, also the layers that other stages read.
    assert_eq!(
        names,
        ["bert/config.json", "bert/model.safetensors", "bert/vocab.txt", "bert/context.safetensors"]
    );
}
