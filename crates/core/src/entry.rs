//! What a crate exports for each of its stages.

use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;

use crate::settings::{Node, SettingsError};
use crate::{StageConfig, StageFunction};

type ParseSettings = fn(&Node) -> Result<Box<dyn StageConfig>, SettingsError>;

/// What a crate exports for each of its stages; a program is built from lists of these.
#[derive(Debug, Clone, Copy)]
pub struct StageEntry {
    key: &'static str,
    summary: &'static str,
    family: bool,
    make: Make,
}

/// How an entry makes its settings.
#[derive(Debug, Clone, Copy)]
enum Make {
    Settings { parse: ParseSettings, schema: fn() -> Schema },
    Function(&'static dyn StageFunction),
}

/// The settings of a function, of which there are none.
#[derive(Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct NoSettings {}

impl StageEntry {
    /// An entry for the stage with settings `S`, used in configs as `key`.
    ///
    /// `S` should be `#[serde(default, deny_unknown_fields)]`, so that an empty table is valid and a typo is not.
    pub const fn new<S>(key: &'static str, summary: &'static str) -> Self
    where
        S: StageConfig + DeserializeOwned + JsonSchema + 'static,
    {
        Self { key, summary, family: false, make: Make::Settings { parse: parse::<S>, schema: schema::<S> } }
    }

    /// An entry for any number of stages with settings `S`, used in configs as `key.NAME`, each with its table.
    pub const fn family<S>(key: &'static str, summary: &'static str) -> Self
    where
        S: StageConfig + DeserializeOwned + JsonSchema + 'static,
    {
        Self { key, summary, family: true, make: Make::Settings { parse: parse::<S>, schema: schema::<S> } }
    }

    /// An entry for a function as a stage, which has no settings.
    ///
    /// ```
    /// use docmill_core::layers::Tokens;
    /// use docmill_core::{Document, FunctionOf, Layer, StageEntry, StageError};
    ///
    /// /// Letters in a word, on average.
    /// #[derive(Debug, Layer)]
    /// struct WordLength {
    ///     mean: f64,
    /// }
    ///
    /// fn measure(_doc: &Document, tokens: &Tokens) -> Result<WordLength, StageError> {
    ///     let letters: usize = tokens.all().iter().map(|token| token.len()).sum();
    ///     Ok(WordLength { mean: letters as f64 / tokens.all().len().max(1) as f64 })
    /// }
    ///
    /// const ENTRY: StageEntry =
    ///     StageEntry::function("word-length", "measures words", &FunctionOf(measure));
    /// ```
    pub const fn function(
        key: &'static str,
        summary: &'static str,
        function: &'static dyn StageFunction,
    ) -> Self {
        Self { key, summary, family: false, make: Make::Function(function) }
    }

    /// True if configs use it as `key.NAME`.
    pub fn is_family(&self) -> bool {
        self.family
    }

    /// Name in configs, in `kebab-case`.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// What the stage does, in one line.
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Reads the stage's settings from its table in a config.
    ///
    /// # Errors
    /// With file, line and help, if a key is unknown or a value has the wrong type.
    pub fn parse(&self, table: &Node) -> Result<Box<dyn StageConfig>, SettingsError> {
        match self.make {
            Make::Settings { parse, .. } => parse(table),
            Make::Function(function) => {
                table.parse::<NoSettings>()?;
                Ok(function.config())
            }
        }
    }

    /// JSON Schema of the stage's settings.
    pub fn schema(&self) -> Schema {
        match self.make {
            Make::Settings { schema, .. } => schema(),
            Make::Function(_) => schema::<NoSettings>(),
        }
    }
}

fn parse<S: StageConfig + DeserializeOwned + 'static>(
    table: &Node,
) -> Result<Box<dyn StageConfig>, SettingsError> {
    Ok(Box::new(table.parse::<S>()?))
}

fn schema<S: JsonSchema>() -> Schema {
    schemars::schema_for!(S)
}
