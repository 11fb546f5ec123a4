//! The stages a program is built with.

use docmill_core::StageEntry;
use docmill_core::settings::{Node, Origin, suggest};

/// The stages a program is built with, by key.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    entries: Vec<StageEntry>,
}

/// Two crates export a stage under one key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two stages are registered as `{0}`; rename one in its crate's STAGES")]
pub struct DuplicateStage(pub String);

impl Registry {
    /// Joins the lists that the stage crates export.
    ///
    /// ```
    /// # use docmill_core::{Document, Function, Layer, StageEntry, StageError};
    /// #
    /// # /// Lines of a document.
    /// # #[derive(Debug, Layer)]
    /// # struct Lines {
    /// #     count: usize,
    /// # }
    /// #
    /// # fn count(doc: &Document) -> Result<Lines, StageError> {
    /// #     Ok(Lines { count: doc.text().lines().count() })
    /// # }
    /// #
    /// # const STAGES: &[StageEntry] = &[StageEntry::function("line-count", "counts lines", &Function(count))];
    /// use docmill_engine::Registry;
    ///
    /// let registry = Registry::new(&[STAGES]).unwrap();
    /// assert_eq!(registry.entries()[0].key(), "line-count");
    /// // Two stages of one name cannot be told apart in a configuration.
    /// let error = Registry::new(&[STAGES, STAGES]).unwrap_err();
    /// assert!(error.to_string().starts_with("two stages are registered as `line-count`"));
    /// ```
    pub fn new(lists: &[&[StageEntry]]) -> Result<Self, DuplicateStage> {
        let mut entries: Vec<StageEntry> = lists.concat();
        entries.sort_by_key(StageEntry::key);
        match entries.windows(2).find(|pair| pair[0].key() == pair[1].key()) {
            Some(pair) => Err(DuplicateStage(pair[0].key().to_owned())),
            None => Ok(Self { entries }),
        }
    }

    /// All entries, sorted by key.
    pub fn entries(&self) -> &[StageEntry] {
        &self.entries
    }

    /// The entry of this key; that of `process.topics` is the family `process`.
    pub fn get(&self, key: &str) -> Option<&StageEntry> {
        let family = key.split_once('.').map(|(family, _)| family);
        let is_it = |entry: &&StageEntry| {
            entry.key() == key || entry.is_family() && family.is_some_and(|family| entry.key() == family)
        };
        self.entries.iter().find(is_it)
    }

    /// Help text for an unknown `key`.
    ///
    /// ```
    /// # use docmill_core::{Document, Function, Layer, StageEntry, StageError};
    /// #
    /// # /// Lines of a document.
    /// # #[derive(Debug, Layer)]
    /// # struct Lines {
    /// #     count: usize,
    /// # }
    /// #
    /// # fn count(doc: &Document) -> Result<Lines, StageError> {
    /// #     Ok(Lines { count: doc.text().lines().count() })
    /// # }
    /// #
    /// # const STAGES: &[StageEntry] = &[StageEntry::function("line-count", "counts lines", &Function(count))];
    /// # use docmill_engine::Registry;
    /// let registry = Registry::new(&[STAGES]).unwrap();
    /// assert_eq!(registry.suggest("line-counts"), "did you mean `line-count`?");
    /// ```
    pub fn suggest(&self, key: &str) -> String {
        suggest(key, self.entries.iter().map(StageEntry::key), "stage")
    }

    /// Key of a stage that provides layer `layer` under its default settings.
    ///
    /// ```
    /// # use docmill_core::{Document, Function, Layer, StageEntry, StageError};
    /// #
    /// # /// Lines of a document.
    /// # #[derive(Debug, Layer)]
    /// # struct Lines {
    /// #     count: usize,
    /// # }
    /// #
    /// # fn count(doc: &Document) -> Result<Lines, StageError> {
    /// #     Ok(Lines { count: doc.text().lines().count() })
    /// # }
    /// #
    /// # const STAGES: &[StageEntry] = &[StageEntry::function("line-count", "counts lines", &Function(count))];
    /// # use docmill_engine::Registry;
    /// let registry = Registry::new(&[STAGES]).unwrap();
    /// assert_eq!(registry.provider_of("lines"), Some("line-count"));
    /// assert_eq!(registry.provider_of("weather"), None);
    /// ```
    pub fn provider_of(&self, layer: &str) -> Option<&'static str> {
        let provides = |entry: &&StageEntry| {
            let config = entry.parse(&Node::empty_table(Origin::default()));
            config.is_ok_and(|config| config.provides().iter().any(|key| key.name() == layer))
        };
        self.entries.iter().find(provides).map(StageEntry::key)
    }
}
