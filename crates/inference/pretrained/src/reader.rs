//! A document as a model reads it.

use std::sync::Arc;

use docmill_core::layers::Tokens;
use docmill_core::{StageError, reading};

use crate::align::Pieces;
use crate::case::CaseTypes;
use crate::config::ModelConfig;
use crate::folder::ModelDir;
use crate::specials::Specials;
use crate::tokenizer::{Tokenizer, WordCache};
use crate::window::{Window, windows};
use crate::words::joined;

/// Turns documents into what a model reads. A worker's own; clones share the tokenizer and begin with an empty cache.
pub struct Reader {
    tokenizer: Arc<Tokenizer>,
    case_types: CaseTypes,
    /// Most pieces of words in one window.
    capacity: usize,
    cache: WordCache,
}

impl Clone for Reader {
    fn clone(&self) -> Self {
        let Self { tokenizer, case_types, capacity, .. } = self;
        Self {
            tokenizer: tokenizer.clone(),
            case_types: *case_types,
            capacity: *capacity,
            cache: WordCache::default(),
        }
    }
}

/// One document as a model reads it.
#[derive(Debug)]
pub struct Input {
    /// Words as the model knows them; hyphenated ones whole.
    pub words: Tokens,
    /// Their wordpieces.
    pub pieces: Pieces,
    /// How many of them each token has, so that those of a hyphenated word can be told apart.
    pub of_tokens: Vec<u32>,
    /// What is read at once, in text order, with the sentence it is of. A sentence whose words the tokenizer drops
    /// has none.
    pub windows: Vec<(u32, Window)>,
}

impl Input {
    /// Positions of a window, special ones included.
    pub fn len_of(&self, window: &Window) -> usize {
        self.pieces.ids_of(window.words.clone()).len() + Specials::COUNT
    }
}

impl Reader {
    /// Reads the tokenizer. `max_window` counts special pieces; `lower_case` overrules what the model says.
    pub fn load(
        dir: &ModelDir,
        config: &ModelConfig,
        lower_case: Option<bool>,
        max_window: usize,
    ) -> Result<Self, StageError> {
        Ok(Self {
            tokenizer: Arc::new(Tokenizer::load(dir, config, lower_case)?),
            case_types: config.case_types,
            capacity: max_window - Specials::COUNT,
            cache: WordCache::default(),
        })
    }

    /// The special pieces of every window.
    pub fn specials(&self) -> Specials {
        self.tokenizer.specials()
    }

    /// The pieces of one word.
    pub fn pieces_of(&mut self, word: &str) -> Result<&[u32], StageError> {
        self.cache.pieces(&self.tokenizer, word)
    }

    /// A document's words and windows.
    pub fn read(&mut self, text: &str, tokens: &Tokens) -> Result<Input, StageError> {
        let words = joined(text, tokens);
        let mut pieces = Pieces::default();
        let mut of_tokens = Vec::with_capacity(tokens.all().len());
        let mut tokens = tokens.all().iter().peekable();
        for (i, span) in words.all().iter().enumerate() {
            let word = reading(span.slice(text).unwrap_or_default());
            let ids = self.cache.pieces(&self.tokenizer, &word)?;
            pieces.push(self.case_types.of(&word), self.capacity, |all| all.extend_from_slice(ids));
            let mut left = pieces.len_of(i);
            while let Some(token) = tokens.next_if(|token| token.end <= span.end) {
                let own = if token.start == span.start && token.end == span.end {
                    left
                } else {
                    self.pieces_of(&reading(token.slice(text).unwrap_or_default()))?.len().min(left)
                };
                of_tokens.push(own as u32);
                left -= own;
            }
        }
        let mut found: Vec<Window> = Vec::new();
        let mut all = Vec::with_capacity(words.sentences());
        for sentence in 0..words.sentences() {
            windows(words.range_of(sentence), self.capacity, |word| pieces.len_of(word), &mut found);
            // A window of dropped words only has nothing to say.
            found.retain(|window| !pieces.ids_of(window.words.clone()).is_empty());
            all.extend(found.drain(..).map(|window| (sentence as u32, window)));
        }
        Ok(Input { words, pieces, of_tokens, windows: all })
    }
}
