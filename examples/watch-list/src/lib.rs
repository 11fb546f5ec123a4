//! Marks documents that name terms from a list: sanctioned companies, armed groups, weapons, people.
//!
//! ```toml
//! stages = ["tokenize", "watch-list"]
//!
//! [watch-list]
//! terms = ["Hizb-ut-Tahrir", "dual-use"]
//! files = ["lists/armed-groups.txt"]
//! ```
//!
//! Adds the layer `watch_list`: each hit with its place, and the terms found. A term matches whole words, in any
//! case.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use aho_corasick::{AhoCorasick, MatchKind};
use docmill_core::schemars::JsonSchema;
use docmill_core::serde::{Deserialize, Serialize};
use docmill_core::{
    BuildContext, BuiltStage, Document, Layer, LayerKey, ModelFile, Span, Stage, StageConfig, StageEntry,
    StageError, View,
};

/// The stage, for `docmill_cli::main_with`.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<WatchListSettings>("watch-list", "marks documents that name listed terms")];

/// Where the terms come from.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(crate = "docmill_core::serde", default, deny_unknown_fields)]
#[schemars(crate = "docmill_core::schemars")]
pub struct WatchListSettings {
    /// Terms, written out.
    pub terms: Vec<String>,
    /// Files of terms, one a line; `#` begins a comment.
    pub files: Vec<PathBuf>,
}

impl WatchListSettings {
    fn all_terms(&self) -> Result<Vec<String>, StageError> {
        let mut terms: BTreeSet<String> = self.terms.iter().cloned().collect();
        for path in &self.files {
            let text = fs::read_to_string(path)
                .map_err(|e| StageError::file(path, e.to_string(), "write one term a line, in UTF-8"))?;
            terms.extend(text.lines().map(str::trim).filter(|l| !l.starts_with('#')).map(str::to_owned));
        }
        terms.remove("");
        if terms.is_empty() {
            return Err(StageError::setting(
                "terms",
                "the list is empty",
                "name terms in `terms` or `files`",
            ));
        }
        Ok(terms.into_iter().collect())
    }
}

impl StageConfig for WatchListSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<WatchList>()]
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        self.all_terms().map(drop)
    }

    fn model_files(&self, _context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(self.files.iter().map(|path| ModelFile { name: name(path), path: path.clone() }).collect())
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        let terms = self.all_terms()?;
        let matcher = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&terms)
            .map_err(|e| StageError::setting("terms", e.to_string(), "use fewer terms"))?;
        Ok(BuiltStage::per_document(Watcher { terms, matcher }))
    }
}

struct Watcher {
    terms: Vec<String>,
    matcher: AhoCorasick,
}

impl Stage for Watcher {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let text = doc.text();
        let hits = self
            .matcher
            .find_iter(text)
            .map(|found| Hit {
                span: Span::new(found.start(), found.end()),
                term: self.terms[found.pattern().as_usize()].clone(),
            })
            .filter(|hit| is_whole_word(text, hit.span))
            .collect();
        doc.layers_mut().insert(WatchList { hits });
        Ok(())
    }
}

fn is_whole_word(text: &str, span: Span) -> bool {
    let range = span.range();
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    let after = text.get(range.end..).and_then(|t| t.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// A listed term in a document.
#[derive(Debug)]
pub struct Hit {
    /// Where.
    pub span: Span,
    /// The term, as listed.
    pub term: String,
}

/// The layer `watch_list`.
#[derive(Debug)]
pub struct WatchList {
    /// In text order.
    pub hits: Vec<Hit>,
}

/// What the output shows.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(crate = "docmill_core::serde")]
#[schemars(crate = "docmill_core::schemars")]
pub struct WatchListRecord {
    /// The listed terms that occur, sorted.
    pub terms: Vec<String>,
    /// Each occurrence.
    pub hits: Vec<HitRecord>,
}

/// An occurrence in the output.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(crate = "docmill_core::serde")]
#[schemars(crate = "docmill_core::schemars")]
pub struct HitRecord {
    /// First position, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// As written in the text.
    pub text: String,
    /// As listed.
    pub term: String,
}

impl Layer for WatchList {
    const NAME: &'static str = "watch_list";
    type Record = WatchListRecord;

    fn record(&self, view: &View<'_>) -> WatchListRecord {
        let terms: BTreeSet<&String> = self.hits.iter().map(|hit| &hit.term).collect();
        let record = |hit: &Hit| {
            let span = view.span(hit.span);
            HitRecord { start: span.start, end: span.end, text: span.text, term: hit.term.clone() }
        };
        WatchListRecord {
            terms: terms.into_iter().cloned().collect(),
            hits: self.hits.iter().map(record).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docmill_core::testing::Conformance;

    fn settings(terms: &[&str]) -> WatchListSettings {
        WatchListSettings { terms: terms.iter().map(|t| (*t).to_owned()).collect(), files: vec![] }
    }

    #[test]
    fn keeps_what_every_stage_promises() {
        Conformance::of(&settings(&["Dushanbe", "соглашение", "the"])).check();
    }

    #[test]
    fn finds_whole_words_in_any_case() {
        let BuiltStage::PerDocument(stage) =
            settings(&["Navoi", "Navoi Free Zone"]).build(&BuildContext::default()).unwrap()
        else {
            panic!("a stage for single documents")
        };
        let mut doc = Document::from_text("t", "NAVOI’s planners, Navoiyuran, the Navoi free zone.");
        stage.annotate(&mut doc).unwrap();
        let hits = &doc.layers().get::<WatchList>().unwrap().hits;
        let found: Vec<&str> = hits.iter().map(|hit| hit.term.as_str()).collect();
        assert_eq!(found, ["Navoi", "Navoi Free Zone"]);
    }
}
