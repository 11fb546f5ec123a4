use std::collections::HashMap;
use std::sync::Arc;

use super::MentionForm;
use crate::{Layer, MergeOffsets, Span, View};

/// A pronoun or a noun phrase that refers to a cluster: `he`, `the minister`, `his government`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mention {
    /// From the first word that says more of the noun to the noun itself: `the new defense minister`. What follows the
    /// noun (`of Japan`, `who resigned`) is left out.
    pub span: Span,
    /// The whole phrase, with what follows the noun: `the new defense minister of Japan`.
    pub phrase: Span,
    /// Index into [`crate::layers::Tokens::all`] of the noun or pronoun; the last token of the span.
    pub head: u32,
    /// [`MentionForm::Pronoun`] or [`MentionForm::Nominal`].
    pub form: MentionForm,
    /// Index of the cluster.
    pub cluster: u32,
    /// Index of the sentence.
    pub sentence: u32,
    /// Probability that it refers to this cluster, by the linker's model.
    pub score: f32,
    /// True for `who`, `which` and `that` of a clause that says more of a noun. Records leave them out: they say nothing
    /// that the noun before them does not say.
    pub relative: bool,
}

/// A mention of a thing without a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnnamedMention {
    /// As [`Mention::span`].
    pub span: Span,
    /// As [`Mention::phrase`].
    pub phrase: Span,
    /// [`MentionForm::Pronoun`] or [`MentionForm::Nominal`].
    pub form: MentionForm,
}

/// A thing that the text speaks of without a name: `a widow`, later `she`.
#[derive(Debug, Clone, PartialEq)]
pub struct UnnamedCluster {
    /// The longest of its nouns with the words before it; a pronoun if it has none.
    pub canonical: String,
    /// Type of the thing, as clusters with a name have it.
    pub label: Arc<str>,
    /// In text order, at least one.
    pub mentions: Vec<UnnamedMention>,
    /// Whether records show it among the clusters.
    pub shown: bool,
}

impl UnnamedCluster {
    /// True if a noun says what it is.
    pub fn is_described(&self) -> bool {
        self.mentions.iter().any(|mention| mention.form == MentionForm::Nominal)
    }
}

/// The pronouns and noun phrases that refer to the clusters of a document, besides the names in [`crate::layers::Clusters`], in the order of heads.
///
/// Stages ask [`Mentions::at`], which knows clusters with a name alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions {
    /// In the order of [`Mention::head`]; no two have the same.
    pub items: Vec<Mention>,
    /// For each entity mention, the whole noun phrase around it: `the United Nations` around `United Nations`.
    pub of_names: Vec<Span>,
    /// Things without a name, in text order of the first mention.
    pub unnamed: Vec<UnnamedCluster>,
}

impl Mentions {
    /// The mention whose noun or pronoun is a token. Costs a binary search.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        let found = self.items.binary_search_by_key(&token, |mention| mention.head as usize);
        found.ok().map(|i| &self.items[i])
    }

    /// For each phrase of a thing without a name, short and whole, the index of its cluster.
    pub fn unnamed_phrases(&self) -> HashMap<Span, u32> {
        let mut clusters = HashMap::new();
        for (cluster, i) in self.unnamed.iter().zip(0..) {
            for mention in &cluster.mentions {
                clusters.entry(mention.span).or_insert(i);
                clusters.entry(mention.phrase).or_insert(i);
            }
        }
        clusters
    }

    /// The mention that is a phrase, or that ends where it ends: `minister` finds `the minister`. Costs a binary search.
    pub fn of_span(&self, span: Span) -> Option<&Mention> {
        let i = self.items.partition_point(|mention| mention.span.end < span.end);
        self.items.get(i).filter(|mention| mention.span.end == span.end && mention.span.overlaps(span))
    }
}

impl Layer for Mentions {
    const NAME: &'static str = "mentions";
    /// The record shows them in `clusters`.
    const IN_RECORD: bool = false;
    const JOINS: bool = true;
    type Record = ();

    fn record(&self, _view: &View<'_>) -> Self::Record {}

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for mention in &mut self.items {
            mention.span = offsets.span(mention.span);
            mention.phrase = offsets.span(mention.phrase);
            mention.head += offsets.tokens;
            mention.cluster += offsets.clusters;
            mention.sentence += offsets.sentences;
        }
        for phrase in &mut self.of_names {
            *phrase = offsets.span(*phrase);
        }
        for mention in self.unnamed.iter_mut().flat_map(|cluster| &mut cluster.mentions) {
            mention.span = offsets.span(mention.span);
            mention.phrase = offsets.span(mention.phrase);
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
        self.of_names.extend(next.of_names);
        self.unnamed.extend(next.unnamed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: usize, end: usize, head: u32) -> Mention {
        let form = MentionForm::Nominal;
        let span = Span::new(start, end);
        Mention { span, phrase: span, head, form, cluster: 0, sentence: 0, score: 1.0, relative: false }
    }

    #[test]
    fn mentions_are_found_by_head_and_by_phrase() {
        // his new government
        let mentions = Mentions { items: vec![mention(0, 3, 0), mention(0, 18, 2)], ..Mentions::default() };
        assert_eq!(mentions.at(2).map(|m| m.span), Some(Span::new(0, 18)));
        assert_eq!(mentions.at(1), None);
        assert_eq!(mentions.of_span(Span::new(4, 18)).map(|m| m.head), Some(2));
        assert_eq!(mentions.of_span(Span::new(0, 3)).map(|m| m.head), Some(0));
        assert_eq!(mentions.of_span(Span::new(4, 7)), None);
    }

    #[test]
    fn a_window_s_mentions_move_by_what_stands_before_it() {
        let mut mentions = Mentions { items: vec![mention(0, 3, 0)], ..Mentions::default() };
        mentions.rebase(&MergeOffsets {
            bytes: 10,
            tokens: 4,
            clusters: 2,
            sentences: 1,
            ..MergeOffsets::default()
        });
        let moved = mentions.items[0];
        assert_eq!((moved.span.start, moved.head, moved.cluster, moved.sentence), (10, 4, 2, 1));
    }
}
