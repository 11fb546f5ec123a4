//! The running stage.

use std::ops::Range;
use std::sync::Arc;

use docmill_core::layers::{Entities, Sentences, Tokens};
use docmill_core::{BatchStage, Document, StageError};
use docmill_pretrained::{Input, ModelConfig, ModelDir, Reader};

use crate::batch::{self, Batch};
use crate::decode::Tagger;
use crate::engines::Engine;
use crate::label_consistency::harmonize;

/// A loaded model without its engine: what all instances of the stage share.
#[derive(Clone)]
pub(crate) struct Model {
    reader: Reader,
    tagger: Arc<Tagger>,
    /// Most positions in one batch.
    token_budget: usize,
    /// Whether sure mentions correct unsure ones.
    consistent: bool,
}

impl Model {
    /// Reads the tokenizer. `max_window` counts special pieces.
    pub fn load(
        dir: &ModelDir,
        config: &ModelConfig,
        lower_case: Option<bool>,
        tagger: Tagger,
        max_window: usize,
        token_budget: usize,
        consistent: bool,
    ) -> Result<Self, StageError> {
        let reader = Reader::load(dir, config, lower_case, max_window)?;
        Ok(Self { reader, tagger: Arc::new(tagger), token_budget, consistent })
    }

    /// The stage with this engine.
    pub fn stage(&self, engine: Box<dyn Engine>) -> Ner {
        Ner { model: self.clone(), engine }
    }
}

/// Adds entities to documents, with a model of its own.
pub(crate) struct Ner {
    model: Model,
    engine: Box<dyn Engine>,
}

impl BatchStage for Ner {
    fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        // Document by document: see `batch` for why none shares a batch with another.
        docs.iter_mut().map(|doc| self.annotate(doc)).collect()
    }
}

impl Ner {
    fn annotate(&mut self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?.items.len();
        let tokens = doc.require::<Tokens>()?;
        if tokens.sentences() != sentences {
            let message = format!("{sentences} sentences, but tokens of {}", tokens.sentences());
            return Err(StageError::Document(message));
        }
        let input = self.model.reader.read(doc.text(), tokens)?;
        let scores = self.scores(&input)?;
        let mut entities = Entities::default();
        for sentence in 0..sentences {
            let words = input.words.range_of(sentence);
            let spans = &input.words.all()[words.clone()];
            let guesses = self.model.tagger.guesses(scores.of(words))?;
            self.model.tagger.entities(sentence as u32, spans, &guesses, &mut entities.items);
        }
        if self.model.consistent {
            harmonize(doc.text(), &mut entities.items);
        }
        self.model.tagger.drop_no_names(doc.text(), &mut entities.items);
        doc.layers_mut().insert(entities);
        Ok(())
    }

    /// The model's scores of every word.
    fn scores(&mut self, input: &Input) -> Result<Scores, StageError> {
        let specials = self.model.reader.specials();
        let lengths: Vec<usize> = input.windows.iter().map(|(_, window)| input.len_of(window)).collect();
        let labels = self.model.tagger.labels().len();
        let words = input.words.all().len();
        let mut scores = Scores { labels, values: vec![0.0; words * labels], heard: vec![false; words] };
        for members in batch::plan(&lengths, self.model.token_budget) {
            let rows = members.iter().map(|&row| &input.windows[row].1);
            let batch = Batch::new(rows.clone(), &input.pieces, specials);
            let logits = self.engine.logits(&batch)?;
            if logits.len() != batch.rows * batch.width * labels {
                let message = format!("the model gave {} scores for {labels} labels", logits.len());
                return Err(StageError::Document(message));
            }
            for (row, logits) in rows.zip(logits.chunks_exact(batch.width * labels)) {
                for word in row.keep.clone() {
                    let Some(piece) = input.pieces.first_piece(word, row.words.start) else { continue };
                    // The special piece stands before the first.
                    let at = (piece + 1) * labels;
                    scores.values[word * labels..][..labels].copy_from_slice(&logits[at..at + labels]);
                    scores.heard[word] = true;
                }
            }
        }
        Ok(scores)
    }
}

/// Scores before softmax of the words of a document.
struct Scores {
    labels: usize,
    /// `labels` a word.
    values: Vec<f32>,
    /// False for a word that the tokenizer dropped.
    heard: Vec<bool>,
}

impl Scores {
    /// Those of some words.
    fn of(&self, words: Range<usize>) -> impl Iterator<Item = Option<&[f32]>> + Clone {
        words.map(|word| self.heard[word].then(|| &self.values[word * self.labels..][..self.labels]))
    }
}

#[cfg(test)]
mod tests {
    use crate::no_names::NoNames;
    use std::collections::BTreeMap;
    use std::path::Path;

    use docmill_core::Span;
    use docmill_core::layers::{Entity, Sentence};

    use crate::labels::Labels;

    use super::*;

    const O: usize = 0;
    const PER: usize = 1;
    const ORG: usize = 5;

    /// Labels every position by its piece alone, and checks what it is given.
    struct ByPiece<F> {
        label: F,
        max_width: usize,
        budget: usize,
    }

    impl<F: Fn(i64) -> usize + Send> Engine for ByPiece<F> {
        fn logits(&mut self, batch: &Batch) -> Result<Vec<f32>, StageError> {
            assert!(batch.width <= self.max_width, "{} positions", batch.width);
            assert!(batch.rows == 1 || batch.rows * batch.width <= self.budget, "{} rows", batch.rows);
            let mut logits = vec![0.0; batch.ids.len() * 7];
            for (id, scores) in batch.ids.iter().zip(logits.chunks_exact_mut(7)) {
                scores[(self.label)(*id)] = 9.0;
            }
            Ok(logits)
        }
    }

    /// The stage with the tiny BERT's tokenizer and labels.
    fn stage(max_width: usize, budget: usize, label: impl Fn(i64) -> usize + Send + 'static) -> Ner {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/tiny-bert/bert");
        let dir = ModelDir::open(Path::new(root), "bert").unwrap();
        let config = ModelConfig::read(&dir.config()).unwrap();
        let labels = Labels::parse(&config.labels, &BTreeMap::new()).unwrap();
        let tagger = Tagger::new(labels, vec![true; 3], None, NoNames::default());
        let model = Model::load(&dir, &config, None, tagger, max_width, budget, false).unwrap();
        model.stage(Box::new(ByPiece { label, max_width, budget }))
    }

    fn piece(stage: &Ner, word: &str) -> i64 {
        i64::from(stage.model.reader.clone().pieces_of(word).unwrap()[0])
    }

    /// A document of one sentence per line, its words parted by spaces.
    fn document(text: &str) -> Document {
        let mut doc = Document::from_text("d", text);
        let (mut sentences, mut tokens) = (Sentences::default(), Tokens::default());
        let mut at = 0;
        for line in text.split('\n') {
            sentences.items.push(Sentence { span: Span::new(at, at + line.len()), paragraph: 0 });
            for word in line.split(' ') {
                if !word.is_empty() {
                    tokens.push(Span::new(at, at + word.len()));
                }
                at += word.len() + 1;
            }
            tokens.end_sentence();
        }
        doc.layers_mut().insert(sentences);
        doc.layers_mut().insert(tokens);
        doc
    }

    fn entities(stage: &mut Ner, doc: &mut Document) -> Vec<(String, String, u32)> {
        stage.annotate_batch(&mut [doc]).pop().unwrap().unwrap();
        let found = doc.require::<Entities>().unwrap();
        let show =
            |e: &Entity| (e.span.slice(doc.text()).unwrap().to_owned(), e.label.to_string(), e.sentence);
        found.items.iter().map(show).collect()
    }

    #[test]
    fn a_word_of_several_pieces_is_one_mention() {
        let probe = stage(160, 512, |_| O);
        let (u, stop) = (piece(&probe, "u"), piece(&probe, "."));
        // The stops inside say something else; the first piece decides.
        let mut stage = stage(160, 512, move |id| {
            if id == u {
                ORG
            } else if id == stop {
                PER
            } else {
                O
            }
        });
        let found = entities(&mut stage, &mut document("the U.S. desk"));
        assert_eq!(found, [("U.S.".to_owned(), "ORG".to_owned(), 0)]);
    }

    #[test]
    fn spans_hold_beyond_ascii() {
        let probe = stage(160, 512, |_| O);
        let (e, he, zh) = (piece(&probe, "e"), piece(&probe, "he"), piece(&probe, "国"));
        let mut stage = stage(160, 512, move |id| if [e, he, zh].contains(&id) { PER } else { O });
        let found = entities(&mut stage, &mut document("“ Émile 🇰🇬 he\n国 🛰️ E\u{301}a"));
        let texts: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(texts, ["Émile", "he", "国", "E\u{301}a"]);
        assert_eq!(found[3].2, 1);
    }

    #[test]
    fn each_word_gets_its_own_label_however_rows_are_cut() {
        // 100 sentences of 0 to 99 words: far more than 64 rows, and with 32 positions many windows.
        let words = ["the", "U.S.", "unaffable", "Dushanbe", "“", "Пекин", "talks"];
        let lines: Vec<String> =
            (0..100).map(|n| (0..n).map(|i| words[(i * i + n) % 7]).collect::<Vec<_>>().join(" ")).collect();
        let text = lines.join("\n");
        let label = |id: i64| usize::try_from(id % 3).unwrap().min(1);
        let tokenizer = stage(160, 512, label);
        let expected: Vec<bool> =
            (text.split_whitespace()).map(|word| label(piece(&tokenizer, word)) == PER).collect();
        assert!(expected.contains(&true) && expected.contains(&false));
        for (max_width, budget) in [(160, 4096), (160, 1), (32, 300), (11, 64)] {
            let mut stage = stage(max_width, budget, label);
            let doc = document(&text);
            let input = stage.model.reader.read(doc.text(), doc.require::<Tokens>().unwrap()).unwrap();
            let scores = stage.scores(&input).unwrap();
            let guesses = stage.model.tagger.guesses(scores.of(0..expected.len())).unwrap();
            let found: Vec<bool> = guesses.iter().map(|guess| guess.unwrap().label == PER).collect();
            assert_eq!(found, expected, "{max_width} positions, budget {budget}");
        }
    }

    #[test]
    fn a_word_longer_than_the_window_is_cut() {
        let mut stage = stage(10, 64, |_| PER);
        // Below the length at which BERT itself gives up.
        let word = "z".repeat(90);
        let found = entities(&mut stage, &mut document(&format!("he {word} he")));
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].0, word);
    }

    #[test]
    fn what_the_tokenizer_drops_has_no_label() {
        let mut stage = stage(160, 512, |_| PER);
        let mut doc = document("\u{200b} he\n\u{1}\n\nhe");
        let texts: Vec<_> = entities(&mut stage, &mut doc).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(texts, ["he", "he"]);
    }

    #[test]
    fn types_that_are_not_wanted_are_left_out() {
        let mut stage = stage(160, 512, |_| ORG);
        let labels = stage.model.tagger.labels().clone();
        stage.model.tagger = Arc::new(Tagger::new(labels, vec![true, true, false], None, NoNames::default()));
        assert!(entities(&mut stage, &mut document("he said")).is_empty());
    }

    #[test]
    fn scores_that_are_not_numbers_cost_the_document() {
        struct Broken;
        impl Engine for Broken {
            fn logits(&mut self, batch: &Batch) -> Result<Vec<f32>, StageError> {
                Ok(vec![f32::NAN; batch.ids.len() * 7])
            }
        }
        let mut stage = stage(160, 512, |_| O).model.stage(Box::new(Broken));
        let error = stage.annotate_batch(&mut [&mut document("he")]).pop().unwrap().unwrap_err().to_string();
        assert_eq!(error, "the model gave scores that are not numbers");
    }
}
