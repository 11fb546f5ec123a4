//! The stage on an article of ordinary length, in bytes per second on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docmill_core::{BuildContext, BuiltStage, Document, Meta, StageConfig};
use docmill_header::HeaderSettings;

fn read(c: &mut Criterion) {
    let built = HeaderSettings::default().build(&BuildContext::default()).expect("the defaults are valid");
    let BuiltStage::PerDocument(stage) = built else { return };
    let header =
        "Publication: Steppe Review Volume: 2 Issue: 176\nBy: Nino Holt\nDate: May 6, 2009\n\nWhose Sea\n\n";
    let prose =
        "OSH, May 5 — The ministers met on Tuesday, and they agreed on nothing at all, as they had feared.\n";
    let text = format!("{header}{}", prose.repeat(60));
    let mut group = c.benchmark_group("header");
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut document = Document::from_text("bench", &text);
    group.bench_function("article", |b| {
        b.iter(|| {
            document.meta = Meta::default();
            stage.annotate(black_box(&mut document))
        });
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
