//! The stage with the engine `native`, on the tiny BERT of `tests/tiny-bert`.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::num::NonZeroUsize;

use docmill_core::layers::{Entities, Entity};
use docmill_core::testing::{Conformance, plain_layers};
use docmill_core::{BatchStage, BuildContext, BuiltStage, Document, StageConfig};
use docmill_ner::{Device, EngineKind, NerSettings, Precision};

fn tiny(precision: Precision) -> NerSettings {
    let model = format!("{}/../../../tests/tiny-bert/bert", env!("CARGO_MANIFEST_DIR"));
    NerSettings { engine: EngineKind::Native, model, precision, consistent: false, ..NerSettings::default() }
}

fn build(settings: &NerSettings) -> Box<dyn BatchStage> {
    let BuiltStage::Batched { factory, .. } = settings.build(&BuildContext::default()).unwrap() else {
        panic!("instances are made per worker")
    };
    factory().unwrap()
}

fn entities(stage: &mut dyn BatchStage, text: &str) -> Vec<Entity> {
    let mut doc = Document::from_text("d", text);
    plain_layers(&mut doc);
    stage.annotate_batch(&mut [&mut doc]).remove(0).unwrap();
    doc.require::<Entities>().unwrap().items.clone()
}

const NEWS: &str = "\
Gen Cao Gangchuan met Sherali Khayrulloyev in Dushanbe on September 15
The talks were about the treaty
Émile Zola said that Åland and Nguyễn were delayed
Душанбе и Пекин подписали соглашение
NATO
201st division , T 90 tanks";

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&tiny(Precision::Int8)).check();
    Conformance::of(&tiny(Precision::Fp32)).check();
}

#[test]
fn a_sentence_says_the_same_to_the_last_bit_whatever_stands_beside_it() {
    let mut stage = build(&tiny(Precision::Int8));
    let together = entities(&mut *stage, NEWS);
    assert!(together.len() > 5, "the tiny model finds something: {}", together.len());
    let alone: Vec<Entity> = NEWS.lines().flat_map(|line| entities(&mut *stage, line)).collect();
    let seen = |all: &[Entity]| all.iter().map(|e| (e.label.clone(), e.score.to_bits())).collect::<Vec<_>>();
    assert_eq!(seen(&together), seen(&alone));
    for budget in [1, 40, 100_000] {
        let token_budget = NonZeroUsize::new(budget).unwrap();
        let mut stage = build(&NerSettings { token_budget, ..tiny(Precision::Int8) });
        assert_eq!(entities(&mut *stage, NEWS), together, "token budget {budget}");
    }
}

#[test]
fn more_than_64_windows_stay_in_order() {
    let mut stage = build(&tiny(Precision::Int8));
    let once = entities(&mut *stage, NEWS);
    let many = entities(&mut *stage, &[NEWS; 30].join("\n"));
    let labels = |all: &[Entity]| all.iter().map(|e| e.label.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(labels(&many), vec![labels(&once); 30].join(" "));
}

#[test]
fn what_it_cannot_run_is_refused_with_a_mend() {
    let context = BuildContext::default();
    let gpu = NerSettings { device: Device::Cuda(0), ..tiny(Precision::Int8) };
    assert!(gpu.check(&context).unwrap_err().to_string().contains("rust-bert"));
    let model = format!("{}/../../../tests/tiny-bert/roberta", env!("CARGO_MANIFEST_DIR"));
    let other = NerSettings { model, ..tiny(Precision::Int8) };
    assert!(other.build(&context).unwrap_err().to_string().contains("family `bert` only"));
}

#[cfg(feature = "rust-bert")]
#[test]
fn both_engines_say_the_same() {
    let mut native = build(&tiny(Precision::Fp32));
    let mut rust_bert = build(&NerSettings { engine: EngineKind::RustBert, ..tiny(Precision::Fp32) });
    let (ours, theirs) = (entities(&mut *native, NEWS), entities(&mut *rust_bert, NEWS));
    assert_eq!(ours.len(), theirs.len());
    for (a, b) in ours.iter().zip(&theirs) {
        assert_eq!((a.span, &a.label), (b.span, &b.label));
        assert!((a.score - b.score).abs() < 1e-4, "{} and {}", a.score, b.score);
    }
}
