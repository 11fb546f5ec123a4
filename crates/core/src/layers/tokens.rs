use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::Syntax;
use crate::{Layer, MergeOffsets, Span, View};

/// Words and punctuation marks, grouped by sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    spans: Vec<Span>,
    /// `ends[i]`: one past the last token of sentence `i`.
    ends: Vec<u32>,
}

impl Tokens {
    /// Room for about so many tokens.
    pub fn with_capacity(tokens: usize, sentences: usize) -> Self {
        Self { spans: Vec::with_capacity(tokens), ends: Vec::with_capacity(sentences) }
    }

    /// Adds a token to the sentence under way.
    pub fn push(&mut self, span: Span) {
        self.spans.push(span);
    }

    /// Ends the sentence under way. Called once for each sentence, also for one without tokens.
    pub fn end_sentence(&mut self) {
        self.ends.push(self.spans.len() as u32);
    }

    /// All tokens in text order.
    pub fn all(&self) -> &[Span] {
        &self.spans
    }

    /// Number of sentences ended so far.
    pub fn sentences(&self) -> usize {
        self.ends.len()
    }

    /// Indices (into [`Tokens::all`]) of the tokens of sentence `i`.
    pub fn range_of(&self, i: usize) -> Range<usize> {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[i] as usize
    }

    /// The tokens of sentence `i`.
    pub fn of_sentence(&self, i: usize) -> &[Span] {
        &self.spans[self.range_of(i)]
    }
}

/// A token in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokenRecord {
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The token itself.
    pub text: String,
    /// Id of its sentence.
    pub sentence: String,
    /// Its dictionary form; null, as the three keys behind it, if the run had no stage `syntax`. Not in records before
    /// version 1.5.
    #[serde(default)]
    pub lemma: Option<String>,
    /// Its universal part of speech, such as `PROPN`.
    #[serde(default)]
    pub upos: Option<String>,
    /// Where in this record's `tokens` the token stands that it depends on (0: the first); null for the root of the
    /// sentence.
    #[serde(default)]
    pub head: Option<u32>,
    /// Its universal dependency relation to the head, such as `nsubj`; `root` for the root.
    #[serde(default)]
    pub deprel: Option<String>,
}

impl Layer for Tokens {
    const NAME: &'static str = "tokens";
    const JOINS: bool = true;
    type Record = Vec<TokenRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let syntax = view.layer::<Syntax>();
        let mut records = Vec::with_capacity(self.spans.len());
        for i in 0..self.sentences() {
            for &token in self.of_sentence(i) {
                let span = view.span(token);
                let sentence = format!("s{i}");
                let at = records.len();
                let read = syntax.and_then(|syntax| Some((syntax, syntax.words().get(at)?)));
                records.push(TokenRecord {
                    start: span.start,
                    end: span.end,
                    text: span.text,
                    sentence,
                    lemma: read.map(|(_, word)| word.lemma.to_string()),
                    upos: read.map(|(_, word)| word.upos.name().to_owned()),
                    head: read.and_then(|(syntax, _)| syntax.head(at)).map(|head| head as u32),
                    deprel: read.map(|(syntax, _)| syntax.relation(at).to_owned()),
                });
            }
        }
        records
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.spans.iter_mut().for_each(|span| *span = offsets.span(*span));
    }

    fn append(&mut self, next: Self) {
        let before = self.spans.len() as u32;
        self.spans.extend(next.spans);
        self.ends.extend(next.ends.into_iter().map(|end| end + before));
    }
}
