//! The layers that docmill's own stages hand to each other, and what the output shows of them.
//!
//! They are in core because stage crates never import one another. Any crate may provide any of them.

mod citations;
mod cluster_record;
mod clusters;
mod context;
mod countries;
mod encodings;
mod entities;
mod entity_names;
mod events;
mod language;
mod mention_form;
mod mentions;
mod places;
mod quotes;
mod role_record;
mod roles;
mod sentences;
mod sentiment;
mod stances;
mod syntax;
mod times;
mod tokens;

pub use citations::{Citation, CitationRecord, Citations};
pub use cluster_record::{ClusterMentionRecord, ClusterRecord};
pub use clusters::{Belonging, Cluster, ClusterMention, Clusters, CountrySource};
pub use context::{AntecedentHint, Context, Hints, SideHint, TriggerHint};
pub use encodings::{EncodedToken, EncodedWindow, EncodedWord, Encodings};
pub use entities::{Entities, Entity, EntityRecord};
pub use events::{
    Event, EventParty, EventPartyRecord, EventPlaceRecord, EventRecord, EventStatus, EventTimeRecord,
    EventType, Events,
};
pub use language::Language;
pub use mention_form::MentionForm;
pub use mentions::{Mention, Mentions, UnnamedCluster, UnnamedMention};
pub use places::{Place, PlaceFeature, PlaceForm, PlaceRecord, Places};
pub use quotes::{Quote, QuoteAct, QuoteKind, QuoteRecord, Quotes, Speaker, SpeakerRecord};
pub use role_record::{RoleOrganizationRecord, RolePartyRecord, RoleRecord};
pub use roles::{OrganizationSource, Role, RoleState, RoleStatus, Roles};
pub use sentences::{Sentence, SentenceRecord, Sentences};
pub use sentiment::{
    EntitySentimentRecord, Polarity, SentenceSentimentRecord, Sentiment, SentimentRecord, Valence,
    ValenceRecord,
};
pub use stances::{
    Basis, Holder, HolderKind, HolderRecord, Modality, Relation, Stance, StancePolarity, StanceRecord,
    Stances, Target, TargetKind, TargetRecord,
};
pub use syntax::{Syntax, Upos, Word};
pub use times::{Time, TimeAnchor, TimeKind, TimeRecord, Times};
pub use tokens::{TokenRecord, Tokens};

/// Scores are shown with four decimals: more would be noise of the arithmetic.
pub(crate) fn round_score(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}
