//! A record as it is written: the keys of [`crate::Record`], borrowed from the document where that saves copies.
//!
//! Two definitions of one shape are worth it: with tokens, owned records take three times as long. A test holds
//! them together.

use docmill_core::layers::{
    CitationRecord, EntityRecord, QuoteRecord, SentenceRecord, SentimentRecord, StanceRecord, Tokens,
};
use docmill_core::{Meta, OffsetUnit, Source, View};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::record::RecordStatus;

/// [`crate::Record`], borrowed.
#[derive(Serialize)]
pub(crate) struct RecordLine<'a> {
    pub schema_version: &'a str,
    pub run_id: &'a str,
    pub id: &'a str,
    pub status: RecordStatus,
    pub error: Option<ErrorLine<'a>>,
    pub source: &'a Source,
    pub meta: &'a Meta,
    pub language: Option<&'a str>,
    pub offset_unit: OffsetUnit,
    pub text: Option<&'a str>,
    pub sentences: Vec<SentenceRecord>,
    pub tokens: TokenLines<'a>,
    pub entities: Vec<EntityRecord>,
    pub sentiment: SentimentRecord,
    pub stances: Vec<StanceRecord>,
    pub quotes: Vec<QuoteRecord>,
    pub citations: Vec<CitationRecord>,
}

/// [`crate::RecordError`], borrowed.
#[derive(Serialize)]
pub(crate) struct ErrorLine<'a> {
    pub stage: Option<&'a str>,
    pub message: &'a str,
}

/// The tokens of a document, or none.
pub(crate) struct TokenLines<'a>(pub Option<(&'a View<'a>, &'a Tokens)>);

/// [`docmill_core::layers::TokenRecord`], borrowed.
#[derive(Serialize)]
struct TokenLine<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    sentence: &'a str,
}

impl Serialize for TokenLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((view, tokens)) = self.0 else { return serializer.serialize_seq(Some(0))?.end() };
        let mut seq = serializer.serialize_seq(Some(tokens.all().len()))?;
        for i in 0..tokens.sentences() {
            let sentence = format!("s{i}");
            for &span in tokens.of_sentence(i) {
                seq.serialize_element(&TokenLine {
                    start: view.position(span.start),
                    end: view.position(span.end),
                    text: span.slice(view.document().text()).unwrap_or_default(),
                    sentence: &sentence,
                })?;
            }
        }
        seq.end()
    }
}
