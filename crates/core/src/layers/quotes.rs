use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Mentions;
use super::entity_names::EntityNames;
use crate::{Layer, MergeOffsets, Span, SpanRecord, View};

/// How a quotation is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// All of it is between quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Part of it does.
    Mixed,
}

/// What the text says about the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuoteAct {
    /// Somebody says, writes, asks, demands, praises it.
    Speech,
    /// Somebody believes, wants, plans, fears it.
    Thought,
    /// It appears or seems so, without a person who says it.
    Appearance,
}

/// Who is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker.
    pub span: Span,
    /// Index of the entity mention that the speaker is.
    pub entity: Option<u32>,
}

/// One quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// How it is given.
    pub kind: QuoteKind,
    /// Whether it is speech, thought, or an appearance.
    pub act: QuoteAct,
    /// What is said.
    pub content: Span,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The words that mark it as speech ("commented", "according to").
    pub cue: Option<Span>,
    /// Index of the first part of the same quotation, if this is a further part (`"The risk," he said, "is real."`).
    pub continues: Option<u32>,
}

/// The quotations of a document, in text order of their content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotes {
    /// In text order.
    pub items: Vec<Quote>,
}

/// A quotation in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuoteRecord {
    /// `q0`, `q1`, ...
    pub id: String,
    /// How it is given.
    pub kind: QuoteKind,
    /// Whether it is speech, thought, or an appearance.
    pub act: QuoteAct,
    /// What is said.
    pub content: SpanRecord,
    /// Who says it.
    pub speaker: Option<SpeakerRecord>,
    /// The words that mark it as speech.
    pub cue: Option<SpanRecord>,
    /// Id of the first part of the same quotation, if this is a further part of it: a count of quotations leaves it out.
    pub continues: Option<String>,
}

/// A speaker in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpeakerRecord {
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The words that name the speaker.
    pub text: String,
    /// Id of the entity mention that the speaker is; for a pronoun or a noun that stands for a name, the last such mention
    /// before it.
    pub entity: Option<String>,
    /// The name under which all mentions of the speaker go; of a speaker without a name (`entity` is null), the fullest
    /// noun phrase for it: `U.S. prosecutors`. Not in records before version 2.0.
    #[serde(default)]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state that the speaker is. Not in records before version 2.0.
    #[serde(default)]
    pub country: Option<String>,
}

/// The fuller of the noun phrase that the text has used before and the speaker's own: `commerce ministry's estimate` for an
/// estimate. A word alone, such as a pronoun, is no name.
fn fuller(known: Option<String>, own: &str) -> Option<String> {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let (first, rest) = own.split_once(' ').unwrap_or((own, ""));
    let bare = if ARTICLES.contains(&first.to_lowercase().as_str()) { rest } else { own };
    match known {
        Some(known) if bare.len() > known.len() && bare.contains(known.trim_start_matches("the ")) => {
            Some(bare.to_owned())
        }
        None if bare.contains(' ') => Some(bare.to_owned()),
        known => known,
    }
}

impl Layer for Quotes {
    const NAME: &'static str = "quotes";
    const JOINS: bool = true;
    type Record = Vec<QuoteRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let names = EntityNames::new(view);
        // `the prosecutors` are `U.S. prosecutors`, as the text has called them.
        let mentions = view.layer::<Mentions>();
        let unnamed = mentions.map(Mentions::unnamed_phrases).unwrap_or_default();
        let described = |span: Span| {
            let cluster = mentions?.unnamed.get(*unnamed.get(&span)? as usize)?;
            cluster.is_described().then(|| cluster.canonical.clone())
        };
        let speaker = |speaker: Speaker| {
            let span = view.span(speaker.span);
            let name = match speaker.entity {
                Some(_) => names.name(speaker.entity),
                None => fuller(described(speaker.span), &span.text),
            };
            SpeakerRecord {
                start: span.start,
                end: span.end,
                text: span.text,
                entity: speaker.entity.map(|e| format!("e{e}")),
                name,
                country: names.country(speaker.entity),
            }
        };
        let record = |(i, quote): (usize, &Quote)| QuoteRecord {
            id: format!("q{i}"),
            kind: quote.kind,
            act: quote.act,
            content: view.span(quote.content),
            speaker: quote.speaker.map(speaker),
            cue: quote.cue.map(|cue| view.span(cue)),
            continues: quote.continues.map(|first| format!("q{first}")),
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for quote in &mut self.items {
            quote.content = offsets.span(quote.content);
            quote.cue = quote.cue.map(|cue| offsets.span(cue));
            quote.continues = quote.continues.map(|first| first + offsets.quotes);
            if let Some(speaker) = &mut quote.speaker {
                speaker.span = offsets.span(speaker.span);
                speaker.entity = speaker.entity.map(|entity| entity + offsets.entities);
            }
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
