//! The stage on news text and on hostile texts, in bytes per second on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docmill_citations::CitationsSettings;
use docmill_core::{BuildContext, BuiltStage, Document, StageConfig};

const PARAGRAPHS: [&str; 4] = [
    "The ministers met in Osh on September 13 and signed four protocols, none of which was published (Asia-Plus, \
     September 13). The General Staff (which has its own plans) said nothing. Two regiments will move in the spring.",
    "Farmers in the valley have asked for a new canal since 1998; the Water Ministry (MWR) put the cost at $41.7 million \
     (Kabar, September 14, 15; Steppe Wire, “Who Pays; and When?”, September 16; see EDM, April 4).",
    "Bilateral agreements in this sphere are not controversial in any way, underpinned as they are by the general \
     direction that the organization took at its summit in July; the smaller members can fend off complaints that they \
     are building closer links with their large neighbor by pointing to the spirit of the charter.",
    "“We expect more trucks by October,” the governor said (RIA-Nord, Radio Naryn, September 13-15). The pass (3,005 \
     meters) is open until the first snow, and it is the only one with a customs post.",
];

fn cite(c: &mut Criterion) {
    let built = CitationsSettings::default().build(&BuildContext::default()).expect("the defaults are valid");
    let BuiltStage::PerDocument(stage) = built else { return };
    let mut group = c.benchmark_group("cite");
    for (name, text) in [
        ("news", PARAGRAPHS.join("\n\n").repeat(400)),
        ("sources only", "(Kabar, Radio Naryn, September 14, 15; see EDM, April 4) ".repeat(6000)),
        ("empty brackets", "()".repeat(200_000)),
        ("open brackets", "(".repeat(400_000)),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut document = Document::from_text("bench", &text);
        document.meta.date = Some("2005-09-22".to_owned());
        group.bench_function(name, |b| b.iter(|| stage.annotate(black_box(&mut document))));
    }
    group.finish();
}

criterion_group!(benches, cite);
criterion_main!(benches);
