//! Sentences and tokens of news text, in bytes per second on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docmill_tokenize::Segmenter;

const PARAGRAPHS: [&str; 5] = [
    "OSH, September 21 — Gen. Asan Bekov, who commands the 4th Border Brigade, told reporters on Wednesday that \
     trade through the Irkeshtam pass had grown by 5.3 percent, to $41.7 million, since the U.S. and Chinese sides \
     reopened it. “We expect more trucks by Oct. 1,” he said. The pass lies at 3,005 meters (Steppe Wire, \
     September 22; RIA-Nord, September 23).",
    "The ministry’s plan has three parts, and it isn't cheap: new roads, a rail spur, and a customs post that works \
     around the clock. Critics, e.g. Sen. R. T. Moss, doubt the figures. Why should a country of six million pay \
     for a road it does not need? Nobody in the capital answered.",
    "Bilateral agreements in this sphere are not controversial in any way, underpinned as they are by the general \
     direction that the organization took at its summit in July; the smaller members can fend off complaints that \
     they are building closer links with their large neighbor by pointing to the spirit of the charter.",
    "Volume: 3 Issue: 41\nBy Mira Sadykova\nThe text was last changed at 5 p.m. Tuesday and can be read at \
     http://www.example.org/news/2005-09-21.html.",
    "Both sides will share what they know about smugglers in the valley. Joint exercises are planned for the spring \
     of next year, and officers from the two armies will train together at the military institute in the north. It \
     is the first time since 1998 that they do so.",
];

fn segment(c: &mut Criterion) {
    let text = PARAGRAPHS.join("\n\n").repeat(400);
    let segmenter = Segmenter::default();
    let mut group = c.benchmark_group("segment");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("sentences", |b| b.iter(|| segmenter.sentences(black_box(&text))));
    let sentences = segmenter.sentences(&text);
    group.bench_function("tokens", |b| b.iter(|| segmenter.tokens(black_box(&text), &sentences)));
    group.bench_function("both", |b| {
        b.iter(|| {
            let sentences = segmenter.sentences(black_box(&text));
            let tokens = segmenter.tokens(&text, &sentences);
            (sentences, tokens)
        });
    });
    group.finish();
}

criterion_group!(benches, segment);
criterion_main!(benches);
