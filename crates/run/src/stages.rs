//! The stages that docmill comes with.

use anyhow::Result;
use docmill_core::StageEntry;
use docmill_engine::Registry;

/// The stages that docmill comes with, in the order of the built-in configuration where they are part of it.
pub const STAGES: &[&[StageEntry]] = &[
    docmill_header::STAGES,
    docmill_language::STAGES,
    docmill_tokenize::STAGES,
    docmill_citations::STAGES,
    docmill_times::STAGES,
    docmill_encode::STAGES,
    docmill_context::STAGES,
    docmill_ner::STAGES,
    docmill_clusters::STAGES,
    docmill_places::STAGES,
    docmill_external::STAGES,
    docmill_quotes::STAGES,
    docmill_roles::STAGES,
    docmill_sentiment::STAGES,
    docmill_stance::STAGES,
    docmill_events::STAGES,
    docmill_syntax::STAGES,
];

/// docmill's own stages and `more`.
pub fn registry(more: &[&[StageEntry]]) -> Result<Registry> {
    let lists: Vec<&[StageEntry]> = STAGES.iter().chain(more).copied().collect();
    Ok(Registry::new(&lists)?)
}
