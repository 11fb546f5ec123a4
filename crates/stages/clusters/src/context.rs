//! The words around a mention.

use docmill_core::layers::{Citations, Entities, Entity, Sentences, Tokens};
use docmill_core::{Document, Span, StageError};

/// A document as this stage looks at it.
pub(crate) struct Context<'d> {
    pub text: &'d str,
    pub entities: &'d [Entity],
    sentences: &'d Sentences,
    tokens: &'d Tokens,
    citations: Option<&'d Citations>,
}

impl<'d> Context<'d> {
    pub fn new(doc: &'d Document) -> Result<Self, StageError> {
        Ok(Self {
            text: doc.text(),
            entities: &doc.require::<Entities>()?.items,
            sentences: doc.require::<Sentences>()?,
            tokens: doc.require::<Tokens>()?,
            citations: doc.layers().get::<Citations>(),
        })
    }

    /// A mention as written.
    pub fn surface(&self, mention: usize) -> &'d str {
        self.entities[mention].span.slice(self.text).unwrap_or_default()
    }

    /// The text between a mention and the next one.
    pub fn gap(&self, mention: usize) -> Option<&'d str> {
        let next = self.entities.get(mention + 1)?;
        Span::new(self.entities[mention].span.end as usize, next.span.start as usize).slice(self.text)
    }

    /// A mention with the next one, if a small word joins the two.
    pub fn with_next(&self, mention: usize) -> Option<&'d str> {
        let joined = matches!(self.gap(mention)?, " in " | " of " | " for " | " and ");
        let whole = self.entities[mention].span.cover(self.entities[mention + 1].span);
        joined.then(|| whole.slice(self.text)).flatten()
    }

    /// True if the mention stands in a citation.
    pub fn cited(&self, mention: usize) -> bool {
        self.citations.is_some_and(|c| c.index_around(self.entities[mention].span).is_some())
    }

    /// The tokens of a mention's sentence.
    pub fn sentence_words(&self, mention: usize) -> impl Iterator<Item = &'d str> + use<'d> {
        let sentence = self.entities[mention].sentence as usize;
        let tokens = if sentence < self.tokens.sentences() { self.tokens.of_sentence(sentence) } else { &[] };
        let text = self.text;
        tokens.iter().filter_map(move |token| token.slice(text))
    }

    /// All tokens of the document.
    pub fn words(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let text = self.text;
        self.tokens.all().iter().filter_map(move |token| token.slice(text))
    }

    /// The words around a mention, as far as its sentence goes.
    pub fn around(&self, mention: usize) -> Around<'d> {
        let entity = &self.entities[mention];
        let all = self.tokens.all();
        let sentence = entity.sentence as usize;
        let range = if sentence < self.tokens.sentences() { self.tokens.range_of(sentence) } else { 0..0 };
        let of_sentence = &all[range];
        let first = of_sentence.partition_point(|token| token.end <= entity.span.start);
        let last = of_sentence.partition_point(|token| token.start < entity.span.end);
        let paragraph = |i: usize| self.sentences.items.get(i).map(|sentence| sentence.paragraph);
        Around {
            text: self.text,
            before: &of_sentence[..first],
            after: &of_sentence[last..],
            opens_paragraph: first == 0
                && sentence.checked_sub(1).is_none_or(|before| paragraph(before) != paragraph(sentence)),
        }
    }
}

/// The tokens of a sentence on both sides of a mention.
pub(crate) struct Around<'d> {
    text: &'d str,
    before: &'d [Span],
    after: &'d [Span],
    /// True if nothing stands before the mention in its paragraph.
    pub opens_paragraph: bool,
}

impl<'d> Around<'d> {
    /// The `n`th token before the mention, from 0; empty where the sentence begins.
    pub fn before(&self, n: usize) -> &'d str {
        self.before_span(n).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    /// Where [`Self::before`] stands.
    pub fn before_span(&self, n: usize) -> Option<Span> {
        self.before.len().checked_sub(n + 1).map(|i| self.before[i])
    }

    /// The `n`th token after the mention, from 0; empty where the sentence ends.
    pub fn after(&self, n: usize) -> &'d str {
        self.after_span(n).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    /// Where [`Self::after`] stands.
    pub fn after_span(&self, n: usize) -> Option<Span> {
        self.after.get(n).copied()
    }
}

/// `'s` by itself.
pub(crate) fn is_possessive(token: &str) -> bool {
    matches!(token, "'s" | "’s" | "'" | "’")
}
