use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::round_score;
use crate::{Layer, MergeOffsets, Span, SpanRecord, View};

/// What kind of holder a stance has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HolderKind {
    /// An entity of the text.
    Entity,
    /// The author of the text.
    Author,
    /// Somebody quoted.
    Speaker,
    /// Somebody without a name in the text, by the words that stand for it.
    Group,
}

/// Who holds a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// What kind of holder.
    pub kind: HolderKind,
    /// Index of the entity mention that the holder is.
    pub entity: Option<u32>,
    /// The words that name the holder; none for the author.
    pub span: Option<Span>,
}

/// Which side the holder takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StancePolarity {
    /// For the target.
    Favor,
    /// Against the target.
    Against,
    /// Neither.
    Neutral,
}

/// What passes between holder and target: the quad classes of PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Agree, support, consult.
    VerbalCooperation,
    /// Aid, cooperate, yield.
    MaterialCooperation,
    /// Demand, accuse, threaten.
    VerbalConflict,
    /// Protest, sanction, assault.
    MaterialConflict,
}

/// How the text puts the stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// As a fact.
    Asserted,
    /// As not so.
    Negated,
    /// As depending on something.
    Conditional,
    /// As intended.
    Planned,
    /// As somebody's claim.
    Reported,
}

/// One stance: who is for or against whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stance {
    /// Who holds it.
    pub holder: Holder,
    /// Index of the entity mention it is about.
    pub target: u32,
    /// Which side.
    pub polarity: StancePolarity,
    /// Confidence in [0, 1].
    pub score: f32,
    /// What passes between the two.
    pub relation: Option<Relation>,
    /// How the text puts it.
    pub modality: Modality,
    /// Index of the sentence that expresses it.
    pub sentence: u32,
    /// The words that say so.
    pub evidence: Span,
}

/// The stances of a document, in text order of their evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stances {
    /// In text order.
    pub items: Vec<Stance>,
}

/// A stance in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StanceRecord {
    /// `st0`, `st1`, ...
    pub id: String,
    /// Who holds it.
    pub holder: HolderRecord,
    /// Whom or what it is about.
    pub target: TargetRecord,
    /// Which side.
    pub polarity: StancePolarity,
    /// Confidence in [0, 1].
    pub score: f64,
    /// What passes between the two.
    pub relation: Option<Relation>,
    /// How the text puts it.
    pub modality: Modality,
    /// Id of the sentence that expresses it.
    pub sentence: String,
    /// The words that say so.
    pub evidence: SpanRecord,
}

/// A holder in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HolderRecord {
    /// What kind of holder.
    pub kind: HolderKind,
    /// Id of the entity mention that the holder is.
    pub entity: Option<String>,
    /// The words that name the holder; null for the author.
    pub text: Option<String>,
}

/// A target in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetRecord {
    /// Id of the entity mention.
    pub entity: String,
    /// The mention; null if there is no such entity.
    pub text: Option<String>,
}

impl Layer for Stances {
    const NAME: &'static str = "stances";
    const JOINS: bool = true;
    type Record = Vec<StanceRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let entities = view.layer::<super::Entities>();
        let text_of = |span: Span| view.span(span).text;
        let record = |(i, stance): (usize, &Stance)| StanceRecord {
            id: format!("st{i}"),
            holder: HolderRecord {
                kind: stance.holder.kind,
                entity: stance.holder.entity.map(|e| format!("e{e}")),
                text: stance.holder.span.map(text_of),
            },
            target: TargetRecord {
                entity: format!("e{}", stance.target),
                text: (entities.and_then(|e| e.items.get(stance.target as usize))).map(|e| text_of(e.span)),
            },
            polarity: stance.polarity,
            score: round_score(stance.score),
            relation: stance.relation,
            modality: stance.modality,
            sentence: format!("s{}", stance.sentence),
            evidence: view.span(stance.evidence),
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for stance in &mut self.items {
            stance.holder.entity = stance.holder.entity.map(|entity| entity + offsets.entities);
            stance.holder.span = stance.holder.span.map(|span| offsets.span(span));
            stance.target += offsets.entities;
            stance.sentence += offsets.sentences;
            stance.evidence = offsets.span(stance.evidence);
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
