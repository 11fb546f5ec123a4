use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity_names::EntityNames;
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

/// What kind of target a stance has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    #[default]
    /// Somebody: a person, organization, state or group, with or without a name.
    Entity,
    /// Something: a policy, law, deal, event, act, demand, by the words that name it.
    Issue,
}

/// Whom or what a stance is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// What kind of target.
    pub kind: TargetKind,
    /// Index of the entity mention that the target is.
    pub entity: Option<u32>,
    /// The words that stand for the target.
    pub span: Span,
}

/// How the holder takes the side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    #[default]
    /// By what is said: praise, demands, accusations.
    Words,
    /// By what is done: aid, attacks, sanctions.
    Deeds,
}

/// One stance: who is for or against whom or what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stance {
    /// Who holds it.
    pub holder: Holder,
    /// Whom or what it is about.
    pub target: Target,
    /// Which side.
    pub polarity: StancePolarity,
    /// Confidence in [0, 1].
    pub score: f32,
    /// By words or deeds.
    pub basis: Basis,
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
    /// Where a judge was asked: entity mentions with the likelihood that somebody in their sentence is for them, and that
    /// somebody is against them. Not part of the record; the stage `sentiment` reads it.
    pub toward: Vec<(u32, [f32; 2])>,
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
    /// By words or deeds. Not in records before version 2.0: `words` is assumed.
    #[serde(default)]
    pub basis: Basis,
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
    /// The name under which all mentions of the holder go. Not in records before version 2.1, as `country`.
    #[serde(default)]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state that the holder is.
    #[serde(default)]
    pub country: Option<String>,
}

/// A target in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetRecord {
    /// What kind of target. Not in records before version 2.0, as `start` and `end`: targets were entities.
    #[serde(default)]
    pub kind: TargetKind,
    /// Id of the entity mention that the target is.
    pub entity: Option<String>,
    /// The words that stand for the target.
    #[serde(default, deserialize_with = "or_empty")]
    pub text: String,
    /// First position of these words, 0-based, in the record's offset unit.
    #[serde(default)]
    pub start: u32,
    /// One past their last position.
    #[serde(default)]
    pub end: u32,
    /// The name under which all mentions of the target go. Not in records before version 2.1, as `country`.
    #[serde(default)]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state that the target is.
    #[serde(default)]
    pub country: Option<String>,
}

/// A text that older records may have as null.
fn or_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Layer for Stances {
    const NAME: &'static str = "stances";
    const JOINS: bool = true;
    type Record = Vec<StanceRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let names = EntityNames::new(view);
        let target = |target: Target| {
            let span = view.span(target.span);
            TargetRecord {
                kind: target.kind,
                entity: target.entity.map(|e| format!("e{e}")),
                text: span.text,
                start: span.start,
                end: span.end,
                name: names.name(target.entity),
                country: names.country(target.entity),
            }
        };
        let text_of = |span: Span| view.span(span).text;
        let record = |(i, stance): (usize, &Stance)| StanceRecord {
            id: format!("st{i}"),
            holder: HolderRecord {
                kind: stance.holder.kind,
                entity: stance.holder.entity.map(|e| format!("e{e}")),
                text: stance.holder.span.map(text_of),
                name: names.name(stance.holder.entity),
                country: names.country(stance.holder.entity),
            },
            target: target(stance.target),
            polarity: stance.polarity,
            score: round_score(stance.score),
            basis: stance.basis,
            relation: stance.relation,
            modality: stance.modality,
            sentence: format!("s{}", stance.sentence),
            evidence: view.span(stance.evidence),
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.toward.iter_mut().for_each(|(entity, _)| *entity += offsets.entities);
        for stance in &mut self.items {
            stance.holder.entity = stance.holder.entity.map(|entity| entity + offsets.entities);
            stance.holder.span = stance.holder.span.map(|span| offsets.span(span));
            stance.target.entity = stance.target.entity.map(|entity| entity + offsets.entities);
            stance.target.span = offsets.span(stance.target.span);
            stance.sentence += offsets.sentences;
            stance.evidence = offsets.span(stance.evidence);
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
        self.toward.extend(next.toward);
    }
}
