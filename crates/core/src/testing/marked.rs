//! Documents with mentions, written with brackets.

use crate::layers::{Entities, Entity, Sentences};
use crate::{Document, Span};

/// A text with its mentions in brackets: `[ORG:NATO]`, or `[Osh]` for a LOC.
///
/// ```
/// use docmill_core::testing::Marked;
///
/// let marked = Marked::parse("[PER:Petrov] left [Osh].");
/// assert_eq!(marked.text, "Petrov left Osh.");
/// assert_eq!(marked.mentions[0].1, "PER");
/// ```
#[derive(Debug)]
pub struct Marked<'m> {
    /// The text without its brackets.
    pub text: String,
    /// Mentions with their labels, in text order.
    pub mentions: Vec<(Span, &'m str)>,
}

impl<'m> Marked<'m> {
    /// Takes the brackets out.
    pub fn parse(marked: &'m str) -> Self {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for (i, part) in marked.split(['[', ']']).enumerate() {
            let (label, part) = match part.split_once(':') {
                Some((label, name)) if i % 2 == 1 => (label, name),
                _ => ("LOC", part),
            };
            if i % 2 == 1 {
                mentions.push((Span::new(text.len(), text.len() + part.len()), label));
            }
            text.push_str(part);
        }
        Self { text, mentions }
    }

    /// Adds the mentions to a document of this text that has sentences; those outside of any are left out.
    pub fn add_entities(&self, doc: &mut Document) {
        let place = |span: Span| doc.layers().get::<Sentences>()?.index_at(span.start);
        let entity = |&(span, label): &(Span, &str)| {
            Some(Entity { span, label: label.into(), score: 0.9, sentence: place(span)? as u32 })
        };
        let items = self.mentions.iter().filter_map(entity).collect();
        doc.layers_mut().insert(Entities { items });
    }
}
