//! The running stage.

use std::sync::Arc;

use docmill_core::layers::{Entities, Entity, Sentences, Tokens};
use docmill_core::{BatchStage, Document, StageError};

use crate::align::Pieces;
use crate::batch::{self, Batch, Specials};
use crate::case::CaseTypes;
use crate::decode::{Guess, mentions};
use crate::engines::Engine;
use crate::labels::Labels;
use crate::model_config::ModelConfig;
use crate::model_dir::ModelDir;
use crate::tokenizer::{Tokenizer, WordCache};
use crate::window::{Window, windows};

/// A loaded model without its engine: what all instances of the stage share.
#[derive(Clone)]
pub(crate) struct Model {
    tokenizer: Arc<Tokenizer>,
    case_types: CaseTypes,
    labels: Arc<Labels>,
    /// Which of the labels' types are kept.
    kept: Arc<[bool]>,
    /// Most pieces of words in one window.
    capacity: usize,
    /// Most positions in one batch.
    token_budget: usize,
}

impl Model {
    /// Reads the tokenizer. `max_window` counts special pieces.
    pub fn load(
        dir: &ModelDir,
        config: &ModelConfig,
        lower_case: Option<bool>,
        labels: Labels,
        kept: Vec<bool>,
        max_window: usize,
        token_budget: usize,
    ) -> Result<Self, StageError> {
        Ok(Self {
            tokenizer: Arc::new(Tokenizer::load(dir, config, lower_case)?),
            case_types: config.case_types,
            labels: Arc::new(labels),
            kept: kept.into(),
            capacity: max_window - Specials::COUNT,
            token_budget,
        })
    }

    /// The stage with this engine.
    pub fn stage(&self, engine: Box<dyn Engine>) -> Ner {
        Ner { model: self.clone(), words: WordCache::default(), engine }
    }
}

/// Adds entities to documents.
pub(crate) struct Ner {
    model: Model,
    words: WordCache,
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
        let guesses = self.guess(doc.text(), tokens)?;
        let mut entities = Entities::default();
        for sentence in 0..sentences {
            let words = tokens.range_of(sentence);
            for mention in mentions(&guesses[words.clone()], &self.model.labels) {
                if !self.model.kept[mention.entity_type] {
                    continue;
                }
                let spans = &tokens.all()[words.clone()][mention.words];
                entities.items.push(Entity {
                    span: spans[0].cover(spans[spans.len() - 1]),
                    label: self.model.labels.types()[mention.entity_type].clone(),
                    score: mention.score,
                    sentence: sentence as u32,
                });
            }
        }
        doc.layers_mut().insert(entities);
        Ok(())
    }

    /// What the model says of every word; none for a word that the tokenizer drops.
    fn guess(&mut self, text: &str, tokens: &Tokens) -> Result<Vec<Option<Guess>>, StageError> {
        let pieces = self.pieces(text, tokens)?;
        let capacity = self.model.capacity;
        let mut rows: Vec<Window> = Vec::with_capacity(tokens.sentences());
        for sentence in 0..tokens.sentences() {
            windows(tokens.range_of(sentence), capacity, |word| pieces.len_of(word), &mut rows);
        }
        // A window of dropped words only has nothing to say.
        rows.retain(|row| !pieces.ids_of(row.words.clone()).is_empty());
        let lengths: Vec<usize> =
            rows.iter().map(|row| pieces.ids_of(row.words.clone()).len() + Specials::COUNT).collect();

        let mut guesses = vec![None; tokens.all().len()];
        let labels = self.model.labels.len();
        for members in batch::plan(&lengths, self.model.token_budget) {
            let batch =
                Batch::new(members.iter().map(|&row| &rows[row]), &pieces, self.model.tokenizer.specials());
            let logits = self.engine.logits(&batch)?;
            if logits.len() != batch.rows * batch.width * labels {
                let message = format!("the model gave {} scores for {labels} labels", logits.len());
                return Err(StageError::Document(message));
            }
            for (row, logits) in members.iter().zip(logits.chunks_exact(batch.width * labels)) {
                let row = &rows[*row];
                for word in row.keep.clone() {
                    let Some(piece) = pieces.first_piece(word, row.words.start) else { continue };
                    // The special piece stands before the first.
                    let at = (piece + 1) * labels;
                    let guess = Guess::from_logits(&logits[at..at + labels]).ok_or_else(|| {
                        StageError::Document("the model gave scores that are not numbers".to_owned())
                    })?;
                    guesses[word] = Some(guess);
                }
            }
        }
        Ok(guesses)
    }

    fn pieces(&mut self, text: &str, tokens: &Tokens) -> Result<Pieces, StageError> {
        let mut pieces = Pieces::default();
        for token in tokens.all() {
            let word = token.slice(text).unwrap_or_default();
            let ids = self.words.pieces(&self.model.tokenizer, word)?;
            pieces
                .push(self.model.case_types.of(word), self.model.capacity, |all| all.extend_from_slice(ids));
        }
        Ok(pieces)
    }
}
