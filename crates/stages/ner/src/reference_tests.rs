//! The tiny models of `tests/tiny-bert` against what Hugging Face makes of them.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::batch::Batch;
use docmill_pretrained::ModelDir;
use docmill_pretrained::Pieces;
use docmill_pretrained::Window;
use docmill_pretrained::{ModelConfig, Specials};
use docmill_pretrained::{Tokenizer, WordCache};

/// One sentence as `make.py` stored it.
#[derive(Deserialize)]
struct Expected {
    words: Vec<String>,
    ids: Vec<i64>,
    types: Vec<i64>,
    #[cfg_attr(not(feature = "rust-bert"), expect(dead_code, reason = "what an engine gives"))]
    logits: Vec<Vec<f32>>,
}

const FAMILIES: [&str; 6] = ["albert", "bert", "distilbert", "electra", "roberta", "xlm-roberta"];

struct Tiny {
    dir: ModelDir,
    config: ModelConfig,
    tokenizer: Tokenizer,
    expected: Vec<Expected>,
}

impl Tiny {
    fn open(family: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/tiny-bert").join(family);
        let dir = ModelDir::open(&root, family).unwrap();
        let config = ModelConfig::read(&dir.config()).unwrap();
        let tokenizer = Tokenizer::load(&dir, &config, None).unwrap();
        let expected = serde_json::from_slice(&fs::read(root.join("expected.json")).unwrap()).unwrap();
        Self { dir, config, tokenizer, expected }
    }

    /// All sentences as pieces, and a window for each.
    fn rows(&self) -> (Pieces, Vec<Window>) {
        let (mut pieces, mut rows, mut cache) = (Pieces::default(), Vec::new(), WordCache::default());
        let mut word_count = 0;
        for sentence in &self.expected {
            let words = word_count..word_count + sentence.words.len();
            for word in &sentence.words {
                let ids = cache.pieces(&self.tokenizer, word).unwrap();
                let limit = self.config.max_positions - Specials::COUNT;
                pieces.push(self.config.case_types.of(word), limit, |all| all.extend_from_slice(ids));
            }
            word_count = words.end;
            rows.push(Window { words: words.clone(), keep: words });
        }
        (pieces, rows)
    }

    fn batch(&self, pieces: &Pieces, rows: &[Window]) -> Batch {
        Batch::new(rows.iter(), pieces, self.tokenizer.specials())
    }
}

#[test]
fn ids_and_token_types_are_hugging_face_s() {
    for family in FAMILIES {
        let tiny = Tiny::open(family);
        let (pieces, rows) = tiny.rows();
        for (row, expected) in rows.chunks(1).zip(&tiny.expected) {
            let batch = tiny.batch(&pieces, row);
            assert_eq!(batch.ids, expected.ids, "{family}: {:?}", expected.words);
            assert_eq!(batch.types, expected.types, "{family}: {:?}", expected.words);
        }
    }
}

/// Real words keep their case if told so: no capital is in an uncased vocabulary.
#[test]
fn lower_case_can_be_overruled() {
    let tiny = Tiny::open("bert");
    let cased = Tokenizer::load(&tiny.dir, &tiny.config, Some(false)).unwrap();
    let ids =
        |tokenizer: &Tokenizer, word: &str| WordCache::default().pieces(tokenizer, word).unwrap().to_vec();
    assert_eq!(ids(&tiny.tokenizer, "Beijing"), ids(&tiny.tokenizer, "beijing"));
    assert_eq!(ids(&cased, "Beijing"), [1]);

    // The same from a tokenizer.json.
    let tiny = Tiny::open("electra");
    let cased = Tokenizer::load(&tiny.dir, &tiny.config, Some(false)).unwrap();
    assert_ne!(ids(&cased, "Beijing"), ids(&tiny.tokenizer, "Beijing"));
    assert_eq!(ids(&cased, "beijing"), ids(&tiny.tokenizer, "Beijing"));
}

#[cfg(feature = "rust-bert")]
mod rust_bert {
    use super::*;
    use crate::engines::{self, Engine, Factory};
    use crate::settings::{EngineKind, NerSettings};

    fn factory(tiny: &Tiny) -> Factory {
        let settings = NerSettings { engine: EngineKind::RustBert, ..NerSettings::default() };
        engines::load(&settings, &tiny.dir, &tiny.config).unwrap()
    }

    fn engine(tiny: &Tiny) -> Box<dyn Engine> {
        factory(tiny)().unwrap()
    }

    /// Largest difference, relative to values over 1.
    fn difference(found: &[f32], expected: &[f32]) -> f32 {
        assert_eq!(found.len(), expected.len());
        let pairs = found.iter().zip(expected);
        pairs.map(|(f, e)| (f - e).abs() / e.abs().max(1.0)).fold(0.0, f32::max)
    }

    #[test]
    fn logits_are_hugging_face_s() {
        for family in FAMILIES {
            let tiny = Tiny::open(family);
            let mut engine = engine(&tiny);
            let (pieces, rows) = tiny.rows();
            let mut widest = 0.0_f32;
            for (row, expected) in rows.chunks(1).zip(&tiny.expected) {
                let logits = engine.logits(&tiny.batch(&pieces, row)).unwrap();
                widest = widest.max(difference(&logits, &expected.logits.concat()));
            }
            assert!(widest < 1e-4, "{family}: logits differ by {widest}");
        }
    }

    #[test]
    fn a_sentence_says_the_same_alone_and_in_a_batch() {
        for family in FAMILIES {
            let tiny = Tiny::open(family);
            let mut engine = engine(&tiny);
            let (pieces, rows) = tiny.rows();
            let together = tiny.batch(&pieces, &rows);
            let all = engine.logits(&together).unwrap();
            let labels = tiny.config.labels.len();
            for (row, logits) in rows.chunks(1).zip(all.chunks_exact(together.width * labels)) {
                let alone = engine.logits(&tiny.batch(&pieces, row)).unwrap();
                let difference = difference(&logits[..alone.len()], &alone);
                assert!(difference < 1e-5, "{family}: {difference} beside others");
            }
        }
    }

    #[test]
    fn instances_share_weights_and_agree() {
        let tiny = Tiny::open("bert");
        let factory = factory(&tiny);
        let (pieces, rows) = tiny.rows();
        let batch = tiny.batch(&pieces, &rows);
        let first = factory().unwrap().logits(&batch).unwrap();
        // On threads at once, with the first instance gone.
        std::thread::scope(|scope| {
            let run = || factory().unwrap().logits(&batch).unwrap();
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
            for worker in workers {
                assert_eq!(worker.join().unwrap(), first);
            }
        });
    }
}
