//! The rules of the stage on news text, in bytes per second on one core; sentences, words and mentions are given.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use docmill_core::layers::{Entities, Entity, Tokens};
use docmill_core::testing::plain_layers;
use docmill_core::{BuildContext, BuiltStage, Document, StageConfig};
use docmill_stance::{StanceEngine, StanceSettings};

const LINES: [&str; 6] = [
    "On Tuesday Lithuania banned eleven Belarusian carriers from its roads, citing smuggling on the Asta highway.",
    "The ministry's plan has three parts, and it is not cheap: new roads, a rail spur, and a customs post in the valley.",
    "Officials in Riga said that Latvia supports Lithuania in the dispute, though it has kept its own crossings open.",
    "Trade through the Irkeshtam pass had grown by a tenth, to forty million, since Kyrgyz and Chinese sides reopened it.",
    "He accused Minsk of using migrants as a weapon and called for Belarus to be banned from the tournament in Warsaw.",
    "Nobody in the capital answered, and the villagers went home to wait for another spring without water or news.",
];

/// Sentences, words, and a mention for every capitalised word that does not open its sentence.
fn document() -> Document {
    let mut doc = Document::from_text("bench", &LINES.join("\n").repeat(300));
    plain_layers(&mut doc);
    let tokens = doc.layers().get::<Tokens>().expect("just made");
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence).iter().skip(1) {
            if span.slice(doc.text()).is_some_and(|word| word.starts_with(char::is_uppercase)) {
                entities.items.push(Entity {
                    span,
                    label: "LOC".into(),
                    score: 1.0,
                    sentence: sentence as u32,
                });
            }
        }
    }
    doc.layers_mut().insert(entities);
    doc
}

fn rules(c: &mut Criterion) {
    let settings = StanceSettings { engine: StanceEngine::Rules, ..StanceSettings::default() };
    let Ok(BuiltStage::PerDocument(stage)) = settings.build(&BuildContext::default()) else {
        panic!("the rules need nothing")
    };
    let mut group = c.benchmark_group("stance");
    group.throughput(Throughput::Bytes(document().text().len() as u64));
    group.bench_function("rules", |b| {
        b.iter_batched(document, |mut doc| stage.annotate(black_box(&mut doc)), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
