//! Marks documents that name terms from a list (sanctioned companies, armed groups, weapons): `watch.toml` is its use.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use aho_corasick::{AhoCorasick, Match, MatchKind};
use docmill_core::{
    BuildContext, BuiltStage, Document, Layer, LayerItem, LayerKey, ModelFile, Span, Stage, StageConfig,
    StageEntry, StageError, settings,
};

/// The stage, for `docmill_cli::main_with`.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<WatchListSettings>("watch-list", "marks listed terms")];

/// Where the terms come from. A term matches whole words, in any case.
#[settings]
#[derive(Default)]
pub struct WatchListSettings {
    /// Terms, written out.
    pub terms: Vec<String>,
    /// Files of terms, one a line; `#` begins a comment.
    pub files: Vec<PathBuf>,
}

/// What the output shows: each hit with its place.
#[derive(Debug, Layer)]
pub struct WatchList {
    /// The listed terms that occur, sorted.
    pub terms: Vec<String>,
    /// Each occurrence, in text order.
    pub hits: Vec<Hit>,
}

/// A listed term in a document.
#[derive(Debug, LayerItem)]
pub struct Hit {
    /// Where.
    pub span: Span,
    /// The term, as listed.
    pub term: String,
}

impl StageConfig for WatchListSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<WatchList>()]
    }

    fn model_files(&self, _context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(self.files.iter().map(|path| ModelFile { name: name(path), path: path.clone() }).collect())
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        let mut terms: BTreeSet<String> = self.terms.iter().cloned().collect();
        for path in &self.files {
            let text = fs::read_to_string(path)
                .map_err(|e| StageError::file(path, e.to_string(), "write one term a line, in UTF-8"))?;
            terms.extend(text.lines().map(str::trim).filter(|l| !l.starts_with('#')).map(str::to_owned));
        }
        terms.remove("");
        if terms.is_empty() {
            return Err(StageError::setting("terms", "the list is empty", "name some in `terms` or `files`"));
        }
        let terms: Vec<String> = terms.into_iter().collect();
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        let matcher =
            builder.build(&terms).map_err(|e| StageError::setting("terms", e.to_string(), "use fewer"))?;
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
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = |found: &Match| {
            !letter(text[..found.start()].chars().next_back()) && !letter(text[found.end()..].chars().next())
        };
        let hit = |found: Match| Hit {
            term: self.terms[found.pattern().as_usize()].clone(),
            span: Span::new(found.start(), found.end()),
        };
        let hits: Vec<Hit> = self.matcher.find_iter(text).filter(whole).map(hit).collect();
        let terms: BTreeSet<String> = hits.iter().map(|hit| hit.term.clone()).collect();
        doc.layers_mut().insert(WatchList { terms: terms.into_iter().collect(), hits });
        Ok(())
    }
}
