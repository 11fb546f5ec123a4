//! What a line holds.

use docmill_core::layers::{
    CitationRecord, ClusterRecord, EntityRecord, EventRecord, PlaceRecord, QuoteRecord, RoleRecord,
    SentenceRecord, SentimentRecord, StanceRecord, TimeRecord, TokenRecord,
};
use docmill_core::{Meta, OffsetUnit, Skipped, Source};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::DuplicateRecord;

/// Version of the record. A key more raises the second number; anything else the first.
pub const SCHEMA_VERSION: &str = "2.1";

/// One document in the output. Every key stands on every line; what is not known is `null` or `[]`.
///
/// Layers of other people's stages follow as further keys, in the order of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of the record's shape.
    pub schema_version: String,
    /// Short id of the run, a hash of what produced it; see `run.json` beside the output.
    pub run_id: String,
    /// Unique name of the document in the run.
    pub id: String,
    /// How the document ended.
    pub status: RecordStatus,
    /// Why it failed.
    pub error: Option<RecordError>,
    /// Stages that did not run on the document, because their condition (`when`) does not hold or because a layer that
    /// they require was not added for that reason. Their layers are empty or null. Not in records before version 1.4.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// The earlier document that says the same, if one does.
    pub duplicate: Option<DuplicateRecord>,
    /// Where it came from.
    pub source: Source,
    /// Bibliographic facts.
    pub meta: Meta,
    /// Language of the text (ISO 639-1).
    pub language: Option<String>,
    /// What positions count.
    pub offset_unit: OffsetUnit,
    /// The text that positions refer to; null if it was left out or could not be read.
    pub text: Option<String>,
    /// Sentences in text order.
    pub sentences: Vec<SentenceRecord>,
    /// Words and punctuation marks, if asked for.
    pub tokens: Vec<TokenRecord>,
    /// Entity mentions in text order.
    pub entities: Vec<EntityRecord>,
    /// What the entity mentions name: each thing with all its mentions.
    pub clusters: Vec<ClusterRecord>,
    /// Who holds which office. Not in records before version 1.5.
    #[serde(default)]
    pub roles: Vec<RoleRecord>,
    /// Sentiment of the document, its sentences, and toward its entities.
    pub sentiment: SentimentRecord,
    /// Who is for or against whom.
    pub stances: Vec<StanceRecord>,
    /// Quotations and their speakers.
    pub quotes: Vec<QuoteRecord>,
    /// Inline sources.
    pub citations: Vec<CitationRecord>,
    /// Expressions of time in text order. Not in records before version 1.5.
    #[serde(default)]
    pub times: Vec<TimeRecord>,
    /// The places that the text names, in text order, with their coordinates. Not in records before version 2.1.
    #[serde(default)]
    pub places: Vec<PlaceRecord>,
    /// Events in text order: who did what to whom. Not in records before version 2.0.
    #[serde(default)]
    pub events: Vec<EventRecord>,
    /// Layers of other people's stages, by name.
    #[serde(flatten)]
    #[schemars(skip)]
    pub layers: Map<String, Value>,
}

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RecordStatus {
    /// Every stage succeeded.
    Ok,
    /// A stage failed, or the input could not be read.
    Failed,
}

/// Why a document failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordError {
    /// Key of the stage at fault; null if the input could not be read or the record not be written.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
}
