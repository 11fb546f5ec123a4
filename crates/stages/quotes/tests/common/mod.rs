//! A document as the stage gets it, with the names that a test gives.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::sync::{Arc, OnceLock};

use docmill_core::layers::{Entities, Entity, Quote, Quotes, Sentences};
use docmill_core::{BuildContext, BuiltStage, Document, Span, Stage, StageConfig};
use docmill_quotes::QuoteSettings;
use docmill_tokenize::TokenizeSettings;

/// The stage with given settings, ready to run.
pub fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    match config.build(&BuildContext::default()).unwrap() {
        BuiltStage::PerDocument(stage) => stage,
        BuiltStage::Batched { .. } => panic!("one stage for all workers"),
    }
}

/// Sentences, tokens, and a mention wherever one of `names` (type, name) stands; longer names first.
pub fn document(text: &str, names: &[(&str, &str)]) -> Document {
    static TOKENIZE: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    let mut doc = Document::from_text("d", text);
    TOKENIZE.get_or_init(|| build(&TokenizeSettings::default())).annotate(&mut doc).unwrap();
    let mut names = names.to_vec();
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let mut mentions: Vec<(Span, &str)> = Vec::new();
    for (label, name) in names {
        for (start, _) in text.match_indices(name) {
            let span = Span::new(start, start + name.len());
            if mentions.iter().all(|(other, _)| !other.overlaps(span)) {
                mentions.push((span, label));
            }
        }
    }
    mentions.sort();
    let sentences = doc.require::<Sentences>().unwrap();
    let mention = |(span, label): (Span, &str)| Entity {
        span,
        label: label.into(),
        score: 0.9,
        sentence: sentences.index_at(span.start).unwrap() as u32,
    };
    let items = mentions.into_iter().map(mention).collect();
    doc.layers_mut().insert(Entities { items });
    doc
}

/// What the stage finds.
pub fn annotate(doc: &mut Document) -> Vec<Quote> {
    static QUOTES: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    QUOTES
        .get_or_init(|| build(&QuoteSettings { attitudes: true, unattributed: true }))
        .annotate(doc)
        .unwrap();
    doc.require::<Quotes>().unwrap().items.clone()
}
