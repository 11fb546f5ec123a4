//! A record as it is written: the keys of [`crate::Record`], borrowed from the document where that saves copies.
//!
//! Two definitions of one shape are worth it: with tokens, owned records take three times as long, and the sentences of a
//! long document its length once more in memory. A test holds them together.

use docmill_core::layers::{
    CitationRecord, ClusterRecord, EntityRecord, EventRecord, PlaceRecord, QuoteRecord, RoleRecord,
    Sentences, SentimentRecord, StanceRecord, Syntax, TimeRecord, Tokens,
};
use docmill_core::{Meta, OffsetUnit, Skipped, Source, View};
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
    pub skipped: &'a [Skipped],
    /// Always null here: it is known only when the lines are in order, see [`crate::DuplicateRecord::mark`].
    pub duplicate: (),
    pub source: &'a Source,
    pub meta: &'a Meta,
    pub language: Option<String>,
    pub offset_unit: OffsetUnit,
    pub text: Option<&'a str>,
    pub sentences: SentenceLines<'a>,
    pub tokens: TokenLines<'a>,
    pub entities: Vec<EntityRecord>,
    pub clusters: Vec<ClusterRecord>,
    pub roles: Vec<RoleRecord>,
    pub sentiment: SentimentRecord,
    pub stances: Vec<StanceRecord>,
    pub quotes: Vec<QuoteRecord>,
    pub citations: Vec<CitationRecord>,
    pub times: Vec<TimeRecord>,
    pub places: Vec<PlaceRecord>,
    pub events: Vec<EventRecord>,
}

/// [`crate::RecordError`], borrowed.
#[derive(Serialize)]
pub(crate) struct ErrorLine<'a> {
    pub stage: Option<&'a str>,
    pub message: &'a str,
}

/// The sentences of a document, or none.
pub(crate) struct SentenceLines<'a> {
    pub sentences: Option<(&'a View<'a>, &'a Sentences)>,
    pub unit: OffsetUnit,
}

/// [`docmill_core::layers::SentenceRecord`], borrowed.
#[derive(Serialize)]
struct SentenceLine<'a> {
    id: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
    paragraph: u32,
}

impl Serialize for SentenceLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((view, sentences)) = self.sentences else { return serializer.serialize_seq(Some(0))?.end() };
        let mut seq = serializer.serialize_seq(Some(sentences.items.len()))?;
        let text = view.text();
        let mut cursor = Cursor { view, unit: self.unit, byte: 0, position: 0 };
        for (i, sentence) in sentences.items.iter().enumerate() {
            let (start, end) = (cursor.position(sentence.span.start), cursor.position(sentence.span.end));
            seq.serialize_element(&SentenceLine {
                id: &format!("s{i}"),
                start,
                end,
                text: sentence.span.slice(text).unwrap_or_default(),
                paragraph: sentence.paragraph,
            })?;
        }
        seq.end()
    }
}

/// The tokens of a document, or none.
pub(crate) struct TokenLines<'a> {
    pub tokens: Option<(&'a View<'a>, &'a Tokens)>,
    pub unit: OffsetUnit,
}

/// [`docmill_core::layers::TokenRecord`], borrowed.
#[derive(Serialize)]
struct TokenLine<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    sentence: &'a str,
    lemma: Option<&'a str>,
    upos: Option<&'a str>,
    head: Option<u32>,
    deprel: Option<&'a str>,
}

impl Serialize for TokenLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((view, tokens)) = self.tokens else { return serializer.serialize_seq(Some(0))?.end() };
        let syntax = view.layer::<Syntax>();
        let mut seq = serializer.serialize_seq(Some(tokens.all().len()))?;
        let text = view.text();
        let mut cursor = Cursor { view, unit: self.unit, byte: 0, position: 0 };
        for i in 0..tokens.sentences() {
            let sentence = format!("s{i}");
            for (at, &span) in tokens.range_of(i).zip(tokens.of_sentence(i)) {
                let (start, end) = (cursor.position(span.start), cursor.position(span.end));
                let read = syntax.and_then(|syntax| Some((syntax, syntax.words().get(at)?)));
                seq.serialize_element(&TokenLine {
                    start,
                    end,
                    text: span.slice(text).unwrap_or_default(),
                    sentence: &sentence,
                    lemma: read.map(|(_, word)| word.lemma.as_ref()),
                    upos: read.map(|(_, word)| word.upos.name()),
                    head: read.and_then(|(syntax, _)| syntax.head(at)).map(|head| head as u32),
                    deprel: read.map(|(syntax, _)| syntax.relation(at)),
                })?;
            }
        }
        seq.end()
    }
}

/// Positions of bytes that mostly ascend: counts from one to the next, a few bytes, where [`View::position`] counts
/// up to 128.
struct Cursor<'a> {
    view: &'a View<'a>,
    unit: OffsetUnit,
    byte: u32,
    position: u32,
}

impl Cursor<'_> {
    fn position(&mut self, byte: u32) -> u32 {
        let between = self.view.text().get(self.byte as usize..byte as usize);
        self.position = match (between, self.unit) {
            (_, OffsetUnit::Bytes) => byte,
            (Some(between), OffsetUnit::Codepoint) => self.position + between.chars().count() as u32,
            (Some(between), OffsetUnit::Utf16) => self.position + between.encode_utf16().count() as u32,
            (None, _) => self.view.position(byte),
        };
        self.byte = byte;
        self.position
    }
}
