//! A document to a line.

use docmill_core::layers::{
    Citations, Clusters, Entities, Events, Language, Mentions, Places, Quotes, Roles, Sentences, Sentiment,
    SentimentRecord, Stances, Syntax, Times, Tokens,
};
use docmill_core::{Document, Layer, LayerKey, Meta, OffsetUnit, Source, View};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::JsonlError;
use crate::lines::{ErrorLine, RecordLine, SentenceLines, TokenLines};
use crate::record::{RecordStatus, SCHEMA_VERSION};

/// What the output shows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OutputSettings {
    /// Unit of positions: `codepoint` (Python, DuckDB, polars), `bytes` (Rust, Go), `utf16` (JavaScript, Java).
    pub offsets: OffsetUnit,
    /// Whether records contain the text.
    pub text: bool,
    /// Whether records contain the tokens, with their syntax if the run has the stage `syntax`.
    pub tokens: bool,
}

impl OutputSettings {
    /// The layers that reach the output for what is set here, though they are no key of the record.
    pub fn shown(&self) -> Vec<LayerKey> {
        let mut shown = vec![LayerKey::of::<Mentions>()];
        shown.extend(self.tokens.then(LayerKey::of::<Syntax>));
        shown
    }
}

impl Default for OutputSettings {
    fn default() -> Self {
        Self { offsets: OffsetUnit::default(), text: true, tokens: false }
    }
}

/// Layers that the record has keys for.
const OWN: [LayerKeyFn; 13] = [
    LayerKey::of::<Language>,
    LayerKey::of::<Sentences>,
    LayerKey::of::<Tokens>,
    LayerKey::of::<Entities>,
    LayerKey::of::<Clusters>,
    LayerKey::of::<Roles>,
    LayerKey::of::<Sentiment>,
    LayerKey::of::<Stances>,
    LayerKey::of::<Quotes>,
    LayerKey::of::<Citations>,
    LayerKey::of::<Times>,
    LayerKey::of::<Places>,
    LayerKey::of::<Events>,
];

type LayerKeyFn = fn() -> LayerKey;

/// Keys of the record that are not layers.
const RESERVED: [&str; 12] = [
    "schema_version",
    "run_id",
    "id",
    "status",
    "error",
    "skipped",
    "duplicate",
    "source",
    "meta",
    "language",
    "offset_unit",
    "text",
];

/// The layers of the output that are no part of [`crate::Record`], in plan order.
pub(crate) fn further(layers: &[LayerKey]) -> Result<Vec<LayerKey>, JsonlError> {
    let mut further: Vec<LayerKey> = Vec::new();
    for &layer in layers.iter().filter(|layer| layer.in_record()) {
        let own = OWN.iter().map(|own| own()).find(|own| own.name() == layer.name());
        if own == Some(layer) {
            continue;
        }
        let twice = further.iter().any(|other| other.name() == layer.name());
        if own.is_some() || twice || RESERVED.contains(&layer.name()) {
            return Err(JsonlError::ReservedName(layer.name().to_owned()));
        }
        further.push(layer);
    }
    Ok(further)
}

/// Turns documents into lines. Shared by all workers.
#[derive(Debug, Clone)]
pub struct Renderer {
    settings: OutputSettings,
    run_id: String,
    further: Vec<LayerKey>,
}

impl Renderer {
    /// A renderer for a run with these layers in its output.
    ///
    /// # Errors
    /// If a layer takes the name of one of the record's own keys.
    pub fn new(settings: &OutputSettings, run_id: &str, layers: &[LayerKey]) -> Result<Self, JsonlError> {
        Ok(Self { settings: settings.clone(), run_id: run_id.to_owned(), further: further(layers)? })
    }

    /// The line of a document, with its line feed. `failure` is the stage at fault, if it was one, and the reason.
    ///
    /// # Errors
    /// If a layer does not serialize.
    pub fn render(
        &self,
        doc: &Document,
        failure: Option<(Option<&str>, &str)>,
    ) -> Result<Vec<u8>, JsonlError> {
        let view = View::new(doc, self.settings.offsets);
        let tokens = view.layer::<Tokens>().filter(|_| self.settings.tokens);
        let line = RecordLine {
            skipped: doc.skipped(),
            meta: &doc.meta,
            language: shown::<Language>(&view),
            text: self.settings.text.then(|| doc.text()),
            sentences: self.sentences(view.layer().map(|sentences| (&view, sentences))),
            tokens: self.tokens(tokens.map(|tokens| (&view, tokens))),
            entities: shown::<Entities>(&view),
            clusters: shown::<Clusters>(&view),
            roles: shown::<Roles>(&view),
            sentiment: shown::<Sentiment>(&view),
            stances: shown::<Stances>(&view),
            quotes: shown::<Quotes>(&view),
            citations: shown::<Citations>(&view),
            times: shown::<Times>(&view),
            places: shown::<Places>(&view),
            events: shown::<Events>(&view),
            ..self.empty(doc.id(), doc.source(), &doc.meta, failure)
        };
        let layer = |key: &LayerKey| match doc.layers().by_name(key.name()) {
            Some(layer) => layer.record_json(&view),
            None => Ok(Value::Null),
        };
        self.line(&line, layer)
    }

    /// The line of an input that did not become a document.
    ///
    /// # Errors
    /// None in practice; the signature is that of [`Renderer::render`].
    pub fn render_unreadable(&self, id: &str, source: &Source, message: &str) -> Result<Vec<u8>, JsonlError> {
        let meta = Meta::default();
        self.line(&self.empty(id, source, &meta, Some((None, message))), |_| Ok(Value::Null))
    }

    fn sentences<'a>(&self, sentences: Option<(&'a View<'a>, &'a Sentences)>) -> SentenceLines<'a> {
        SentenceLines { sentences, unit: self.settings.offsets }
    }

    fn tokens<'a>(&self, tokens: Option<(&'a View<'a>, &'a Tokens)>) -> TokenLines<'a> {
        TokenLines { tokens, unit: self.settings.offsets }
    }

    fn empty<'a>(
        &'a self,
        id: &'a str,
        source: &'a Source,
        meta: &'a Meta,
        failure: Option<(Option<&'a str>, &'a str)>,
    ) -> RecordLine<'a> {
        RecordLine {
            schema_version: SCHEMA_VERSION,
            run_id: &self.run_id,
            id,
            status: if failure.is_some() { RecordStatus::Failed } else { RecordStatus::Ok },
            error: failure.map(|(stage, message)| ErrorLine { stage, message }),
            skipped: &[],
            duplicate: (),
            source,
            meta,
            language: None,
            offset_unit: self.settings.offsets,
            text: None,
            sentences: self.sentences(None),
            tokens: self.tokens(None),
            entities: Vec::new(),
            clusters: Vec::new(),
            roles: Vec::new(),
            sentiment: SentimentRecord::default(),
            stances: Vec::new(),
            quotes: Vec::new(),
            citations: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
        }
    }

    fn line(
        &self,
        record: &RecordLine<'_>,
        layer: impl Fn(&LayerKey) -> Result<Value, serde_json::Error>,
    ) -> Result<Vec<u8>, JsonlError> {
        // The text once, its sentences again, and about as much for everything else; a token takes some 130 bytes.
        let text = record.text.map_or(0, str::len);
        let tokens = record.tokens.tokens.map_or(0, |(_, tokens)| tokens.all().len());
        let mut line = Vec::with_capacity(3 * text + 135 * tokens + 1024);
        serde_json::to_writer(&mut line, record)?;
        for key in &self.further {
            // Further keys go before the closing brace.
            line.pop();
            line.push(b',');
            serde_json::to_writer(&mut line, key.name())?;
            line.push(b':');
            serde_json::to_writer(&mut line, &layer(key)?)?;
            line.push(b'}');
        }
        line.push(b'\n');
        Ok(line)
    }
}

fn shown<L: Layer<Record: Default>>(view: &View<'_>) -> L::Record {
    view.layer::<L>().map(|layer| layer.record(view)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A layer with a key of its own that stood in none of the lists would be written a second time as somebody else's.
    #[test]
    fn every_key_of_the_record_is_reserved_or_a_layer() {
        let renderer = Renderer::new(&OutputSettings::default(), "r", &[]).unwrap();
        let line = renderer.render(&Document::from_text("d", "Osh."), None).unwrap();
        let record: Value = serde_json::from_slice(&line).unwrap();
        let own: Vec<&str> = OWN.iter().map(|own| own().name()).collect();
        for key in record.as_object().unwrap().keys() {
            assert!(RESERVED.contains(&key.as_str()) || own.contains(&key.as_str()), "{key}");
        }
    }
}
