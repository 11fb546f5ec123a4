//! What a sentence is read from: names, quotations, citations.

use docmill_core::layers::{Citations, Entities, Entity, Quote, Quotes, Sentences};
use docmill_core::{Document, Span};

use crate::names::Names;

/// The layers of a document that parties are found in.
pub(crate) struct Scene<'d> {
    pub(crate) text: &'d str,
    pub(crate) sentences: &'d Sentences,
    pub(crate) entities: &'d [Entity],
    pub(crate) quotes: &'d [Quote],
    /// Whether each entity mention is part of a citation: outlets are no parties.
    pub(crate) cited: Vec<bool>,
    pub(crate) names: &'d Names<'d>,
}

impl<'d> Scene<'d> {
    pub fn new(
        doc: &'d Document,
        sentences: &'d Sentences,
        entities: &'d Entities,
        names: &'d Names<'d>,
    ) -> Self {
        let quotes = doc.layers().get::<Quotes>().map_or(&[][..], |quotes| &quotes.items);
        let citations = doc.layers().get::<Citations>().map_or(&[][..], |citations| &citations.items);
        let (mut reach, mut next) = (0, 0);
        let mut is_cited = |entity: &Entity| {
            while let Some(citation) = citations.get(next).filter(|c| c.span.start <= entity.span.start) {
                reach = reach.max(citation.span.end);
                next += 1;
            }
            reach >= entity.span.end
        };
        let cited = entities.items.iter().map(&mut is_cited).collect();
        Self { text: doc.text(), sentences, entities: &entities.items, quotes, cited, names }
    }

    /// The innermost quotation whose content `span` is in.
    pub fn quotation(&self, span: Span) -> Option<&'d Quote> {
        // Quotations nest a few deep at most.
        let begun = self.quotes.partition_point(|quote| quote.content.start <= span.start);
        let near = self.quotes.get(begun.saturating_sub(8)..begun)?;
        near.iter().rev().find(|quote| quote.content.contains(span))
    }
}
