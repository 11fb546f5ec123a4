use super::MentionForm;
use crate::{Layer, MergeOffsets, Span, View};

/// A pronoun or a noun phrase that stands for a cluster: `he`, `the minister`, `his government`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mention {
    /// From the first word that says more of the noun to the noun itself: `the new defense minister`. What follows the
    /// noun (`of Japan`, `who resigned`) is left out.
    pub span: Span,
    /// Index into [`crate::layers::Tokens::all`] of the noun or pronoun; the last token of the span.
    pub head: u32,
    /// [`MentionForm::Pronoun`] or [`MentionForm::Nominal`].
    pub form: MentionForm,
    /// Index of the cluster.
    pub cluster: u32,
    /// Index of the sentence.
    pub sentence: u32,
    /// Probability that it stands for this cluster, as the linker's model has it.
    pub score: f32,
}

/// What stands for the clusters of a document beside the names in [`crate::layers::Clusters`], in the order of heads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions {
    /// In the order of [`Mention::head`]; no two have the same.
    pub items: Vec<Mention>,
}

impl Mentions {
    /// The mention whose noun or pronoun is a token. Costs a binary search.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        let found = self.items.binary_search_by_key(&token, |mention| mention.head as usize);
        found.ok().map(|i| &self.items[i])
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
            mention.head += offsets.tokens;
            mention.cluster += offsets.clusters;
            mention.sentence += offsets.sentences;
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: usize, end: usize, head: u32) -> Mention {
        let form = MentionForm::Nominal;
        Mention { span: Span::new(start, end), head, form, cluster: 0, sentence: 0, score: 1.0 }
    }

    #[test]
    fn mentions_are_found_by_head_and_by_phrase() {
        // his new government
        let mentions = Mentions { items: vec![mention(0, 3, 0), mention(0, 18, 2)] };
        assert_eq!(mentions.at(2).map(|m| m.span), Some(Span::new(0, 18)));
        assert_eq!(mentions.at(1), None);
        assert_eq!(mentions.of_span(Span::new(4, 18)).map(|m| m.head), Some(2));
        assert_eq!(mentions.of_span(Span::new(0, 3)).map(|m| m.head), Some(0));
        assert_eq!(mentions.of_span(Span::new(4, 7)), None);
    }

    #[test]
    fn a_window_s_mentions_move_by_what_stands_before_it() {
        let mut mentions = Mentions { items: vec![mention(0, 3, 0)] };
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
