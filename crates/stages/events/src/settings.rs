//! What can be set.

use std::path::PathBuf;

use docmill_core::layers::{
    Citations, Clusters, Entities, Events, Hints, Mentions, Quotes, Roles, Sentences, Syntax, Times, Tokens,
};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::{check_share, open_to_append};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::lexicon::Lexicon;
use crate::nouns::Nouns;
use crate::stage::EventsStage;

/// Settings of the stage `events`. Clusters, mentions, roles, quotations, citations and times are heeded if their stages come before
/// it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EventsSettings {
    /// The least probability of an event in the output, in [0, 1].
    pub threshold: f32,
    /// A file to which the stage appends what it weighs, for training (`models/train/news_en/events.py`).
    pub features: Option<PathBuf>,
}

impl Default for EventsSettings {
    fn default() -> Self {
        Self { threshold: THRESHOLD, features: None }
    }
}

/// Precision and recall on 99 real documents, none of them learned from: see `docs/src/design/events.md`.
const THRESHOLD: f32 = 0.45;

impl StageConfig for EventsSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Sentences>(),
            LayerKey::of::<Tokens>(),
            LayerKey::of::<Entities>(),
            LayerKey::of::<Syntax>(),
        ]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Clusters>(),
            LayerKey::of::<Mentions>(),
            LayerKey::of::<Roles>(),
            LayerKey::of::<Quotes>(),
            LayerKey::of::<Citations>(),
            LayerKey::of::<Times>(),
            LayerKey::of::<Hints>(),
        ]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Events>()]
    }

    /// Parties are indices of clusters, which are made anew for the whole document.
    fn whole_document(&self) -> bool {
        true
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        check_share("threshold", self.threshold, "0.5")
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        self.check(context)?;
        let features = self.features.as_deref().map(|path| open_to_append("features", path)).transpose()?;
        let lexicon = Lexicon::new(&context.words)?;
        let nouns = Nouns::new(&context.words)?;
        Ok(BuiltStage::per_document(EventsStage { threshold: self.threshold, lexicon, nouns, features }))
    }
}
