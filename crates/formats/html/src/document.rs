//! What the page holds of one document.

use std::collections::HashMap;

use docmill_core::ByteMap;
use docmill_core::layers::{EntityRecord, HolderKind, MentionForm, Modality, Polarity, QuoteKind, Relation};
use docmill_core::layers::{EventPartyRecord, EventStatus, EventType, StancePolarity};
use docmill_jsonl::Record;
use serde::Serialize;

use crate::index::unnamed_holder;
use crate::segments::{Kind, Mark, Piece, paragraphs};

/// A document as the page's script reads it. Ids are resolved to indices; names are canonical where a record has them.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentData<'r> {
    pub id: &'r str,
    pub title: Option<&'r str>,
    /// What is known about the document, as label and value.
    pub facts: Vec<(&'r str, String)>,
    /// Why the document failed.
    pub error: Option<String>,
    /// What the reader of the page should know about how this record is shown.
    pub notes: Vec<String>,
    pub sentiment: Option<Valence>,
    pub paragraphs: Vec<Vec<Piece>>,
    pub marks: Vec<Mark>,
    /// Sentiment by sentence.
    pub sentences: Vec<Option<Valence>>,
    pub entities: Vec<EntityData<'r>>,
    pub quotes: Vec<QuoteData<'r>>,
    pub citations: Vec<CitationData<'r>>,
    pub stances: Vec<StanceData<'r>>,
    pub events: Vec<EventData<'r>>,
    /// The items of other people's layers.
    pub layers: Vec<LayerData<'r>>,
}

/// A direction and its strength.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Valence {
    pub label: Polarity,
    pub score: f64,
}

#[derive(Debug, Serialize)]
pub(crate) struct EntityData<'r> {
    pub text: &'r str,
    /// The name under which the mention goes.
    pub name: &'r str,
    pub label: &'r str,
    pub score: f64,
    pub form: Option<MentionForm>,
    pub country: Option<&'r str>,
    pub citation: Option<u32>,
    pub sentiment: Option<Valence>,
}

#[derive(Debug, Serialize)]
pub(crate) struct QuoteData<'r> {
    pub kind: QuoteKind,
    pub content: &'r str,
    pub cue: Option<&'r str>,
    pub speaker: Option<SpeakerData<'r>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SpeakerData<'r> {
    pub text: &'r str,
    pub name: &'r str,
    pub entity: Option<u32>,
}

#[derive(Debug, Serialize)]
pub(crate) struct CitationData<'r> {
    pub outlet: &'r str,
    pub date: Option<&'r str>,
    pub date_text: Option<&'r str>,
    pub date_inferred: bool,
    pub text: &'r str,
}

#[derive(Debug, Serialize)]
pub(crate) struct StanceData<'r> {
    pub kind: HolderKind,
    pub holder: String,
    pub holder_entity: Option<u32>,
    pub target: &'r str,
    pub target_entity: Option<u32>,
    pub polarity: StancePolarity,
    pub score: f64,
    pub relation: Option<Relation>,
    pub modality: Modality,
    pub sentence: Option<u32>,
    pub evidence: &'r str,
}

#[derive(Debug, Serialize)]
pub(crate) struct EventData<'r> {
    #[serde(rename = "type")]
    pub kind: EventType,
    pub status: EventStatus,
    pub trigger: &'r str,
    pub actors: Vec<PartyData<'r>>,
    pub recipients: Vec<PartyData<'r>>,
    /// As written, and its value.
    pub time: Option<(&'r str, &'r str)>,
    pub place: Option<&'r str>,
    pub score: f64,
    pub sentence: Option<u32>,
    pub citation: Option<u32>,
    /// Said in a quotation.
    pub quoted: bool,
}

/// A side of an event.
#[derive(Debug, Serialize)]
pub(crate) struct PartyData<'r> {
    pub name: &'r str,
    pub text: &'r str,
    pub entity: Option<u32>,
    /// True if it only belongs to what is named.
    pub part: bool,
}

/// An item of a layer that the page does not know.
#[derive(Debug, Serialize)]
pub(crate) struct LayerData<'r> {
    pub layer: &'r str,
    pub label: &'r str,
    /// The words that it is about.
    pub text: Option<String>,
    /// Its fields, in words.
    pub facts: Vec<(&'r str, String)>,
}

/// The ids of a record, resolved.
struct Ids<'r> {
    sentences: HashMap<&'r str, u32>,
    entities: HashMap<&'r str, u32>,
    citations: HashMap<&'r str, u32>,
}

impl<'r> Ids<'r> {
    fn new(record: &'r Record) -> Self {
        fn indices<'i>(ids: impl Iterator<Item = &'i String>) -> HashMap<&'i str, u32> {
            ids.enumerate().map(|(i, id)| (id.as_str(), i as u32)).collect()
        }
        Self {
            sentences: indices(record.sentences.iter().map(|s| &s.id)),
            entities: indices(record.entities.iter().map(|e| &e.id)),
            citations: indices(record.citations.iter().map(|c| &c.id)),
        }
    }

    fn entity(&self, id: Option<&String>) -> Option<u32> {
        id.and_then(|id| self.entities.get(id.as_str())).copied()
    }
}

impl<'r> DocumentData<'r> {
    pub fn new(record: &'r Record) -> Self {
        let ids = Ids::new(record);
        let mut notes = Vec::new();
        let rebuilt;
        let text = if let Some(text) = &record.text {
            text.as_str()
        } else {
            rebuilt = from_sentences(record);
            if !rebuilt.is_empty() {
                notes.push("The record holds no text; its sentences are shown.".to_owned());
            }
            rebuilt.as_str()
        };
        if record.source.replaced > 0 {
            notes.push(format!("{} malformed byte sequences are shown as \u{FFFD}.", record.source.replaced));
        }
        let (marks, breaks, unfit) = marks(record, text);
        if unfit > 0 {
            notes.push(format!(
                "{unfit} spans do not fit the text and are not marked; check the file with docmill verify."
            ));
        }
        Self {
            id: &record.id,
            title: record.meta.title.as_deref(),
            facts: facts(record),
            error: record.error.as_ref().map(|error| match &error.stage {
                Some(stage) => format!("{stage}: {}", error.message),
                None => error.message.clone(),
            }),
            notes,
            sentiment: record.sentiment.document.as_ref().map(|v| Valence { label: v.label, score: v.score }),
            paragraphs: paragraphs(text, &breaks, &marks),
            marks,
            sentences: sentences(record, &ids),
            entities: entities(record, &ids),
            quotes: quotes(record, &ids),
            citations: citations(record),
            stances: stances(record, &ids),
            events: events(record, &ids),
            layers: layers(record),
        }
    }
}

/// The name of a mention: canonical, or as written.
fn name(entity: &EntityRecord) -> &str {
    entity.canonical.as_deref().unwrap_or(&entity.text)
}

fn facts(record: &Record) -> Vec<(&str, String)> {
    let (meta, source) = (&record.meta, &record.source);
    let known = [
        ("Publication", &meta.publication),
        ("Volume", &meta.volume),
        ("Issue", &meta.issue),
        ("Date", &meta.date),
        ("Author", &meta.author),
        ("Language", &record.language),
    ];
    let known = known.into_iter().filter_map(|(label, value)| Some((label, value.clone()?)));
    let extra = meta.extra.iter().map(|field| (field.key.as_str(), field.value.clone()));
    let tail = [
        ("Source", format!("{} ({} bytes)", source.id(), source.bytes)),
        ("Encoding", source.encoding.clone().unwrap_or_default()),
        ("SHA-256", source.sha256.clone().unwrap_or_default()),
        ("Run", record.run_id.clone()),
    ];
    known.chain(extra).chain(tail).filter(|(_, value)| !value.is_empty()).collect()
}

/// A record without text still has its sentences: put at their places, with white space between them, they give a text
/// that all positions fit. White space is one unit in every offset unit.
fn from_sentences(record: &Record) -> String {
    /// Positions between two sentences that are believed; more would be a damaged record asking for memory.
    const LARGEST_GAP: u32 = 4096;
    let mut text = String::new();
    let mut at = 0;
    let mut paragraph = 0;
    for sentence in &record.sentences {
        let Some(gap) = sentence.start.checked_sub(at).filter(|&gap| gap <= LARGEST_GAP) else { break };
        let filler = if sentence.paragraph == paragraph { " " } else { "\n" };
        text.extend(std::iter::repeat_n(filler, gap as usize));
        text += &sentence.text;
        at = sentence.start + sentence.text.chars().map(|c| record.offset_unit.width(c)).sum::<u32>();
        paragraph = sentence.paragraph;
    }
    text
}

/// Everything that is marked; the bytes where the tokenizer saw a paragraph begin; the number of spans that do not fit.
fn marks(record: &Record, text: &str) -> (Vec<Mark>, Vec<usize>, usize) {
    let bytes = ByteMap::new(text, record.offset_unit);
    let mut marks = Vec::new();
    let mut unfit = 0;
    let mut add = |kind, item: usize, start, end| match bytes.range(start, end) {
        Some((start, end)) => marks.push(Mark { start, end, kind, item: item as u32 }),
        None => unfit += 1,
    };
    for (i, s) in record.sentences.iter().enumerate() {
        add(Kind::Sentence, i, s.start, s.end);
    }
    for (i, quote) in record.quotes.iter().enumerate() {
        add(Kind::Quote, i, quote.content.start, quote.content.end);
        if let Some(speaker) = &quote.speaker {
            add(Kind::Speaker, i, speaker.start, speaker.end);
        }
        if let Some(cue) = &quote.cue {
            add(Kind::Cue, i, cue.start, cue.end);
        }
    }
    for (i, stance) in record.stances.iter().enumerate() {
        add(Kind::Stance, i, stance.evidence.start, stance.evidence.end);
    }
    for (i, event) in record.events.iter().enumerate() {
        add(Kind::Event, i, event.trigger.start, event.trigger.end);
    }
    for (i, citation) in record.citations.iter().enumerate() {
        add(Kind::Citation, i, citation.start, citation.end);
    }
    for (i, entity) in record.entities.iter().enumerate() {
        add(Kind::Entity, i, entity.start, entity.end);
    }
    for (i, item) in record.layer_items().enumerate() {
        if let Some(span) = item.span() {
            add(Kind::Layer, i, span.start, span.end);
        }
    }
    let new_paragraphs = record.sentences.windows(2).filter(|pair| pair[0].paragraph != pair[1].paragraph);
    let mut breaks: Vec<usize> = new_paragraphs.filter_map(|pair| bytes.byte(pair[1].start)).collect();
    breaks.sort_unstable();
    (marks, breaks, unfit)
}

fn sentences(record: &Record, ids: &Ids<'_>) -> Vec<Option<Valence>> {
    let mut sentences = vec![None; record.sentences.len()];
    for sentiment in &record.sentiment.sentences {
        if let Some(&i) = ids.sentences.get(sentiment.sentence.as_str()) {
            sentences[i as usize] = Some(Valence { label: sentiment.label, score: sentiment.score });
        }
    }
    sentences
}

fn entities<'r>(record: &'r Record, ids: &Ids<'_>) -> Vec<EntityData<'r>> {
    let data = |entity: &'r EntityRecord| EntityData {
        text: &entity.text,
        name: name(entity),
        label: &entity.label,
        score: entity.score,
        form: None,
        country: None,
        citation: entity.citation.as_deref().and_then(|id| ids.citations.get(id)).copied(),
        sentiment: None,
    };
    let mut entities: Vec<EntityData<'r>> = record.entities.iter().map(data).collect();
    for cluster in &record.clusters {
        for mention in &cluster.mentions {
            if let Some(i) = ids.entity(mention.entity.as_ref()) {
                entities[i as usize].form = Some(mention.form);
                entities[i as usize].country = cluster.country.as_deref();
            }
        }
    }
    for sentiment in &record.sentiment.entities {
        if let Some(i) = ids.entity(Some(&sentiment.entity)) {
            entities[i as usize].sentiment = Some(Valence { label: sentiment.label, score: sentiment.score });
        }
    }
    entities
}

fn quotes<'r>(record: &'r Record, ids: &Ids<'_>) -> Vec<QuoteData<'r>> {
    let data = |quote: &'r docmill_core::layers::QuoteRecord| QuoteData {
        kind: quote.kind,
        content: &quote.content.text,
        cue: quote.cue.as_ref().map(|cue| cue.text.as_str()),
        speaker: quote.speaker.as_ref().map(|speaker| {
            let entity = ids.entity(speaker.entity.as_ref());
            let name = entity.map_or(speaker.text.as_str(), |i| name(&record.entities[i as usize]));
            SpeakerData { text: &speaker.text, name, entity }
        }),
    };
    record.quotes.iter().map(data).collect()
}

fn citations(record: &Record) -> Vec<CitationData<'_>> {
    let citations = record.citations.iter().map(|citation| CitationData {
        outlet: &citation.outlet,
        date: citation.date.as_deref(),
        date_text: citation.date_text.as_deref(),
        date_inferred: citation.date_inferred,
        text: &citation.text,
    });
    citations.collect()
}

fn stances<'r>(record: &'r Record, ids: &Ids<'_>) -> Vec<StanceData<'r>> {
    let data = |stance: &'r docmill_core::layers::StanceRecord| {
        let holder_entity = ids.entity(stance.holder.entity.as_ref());
        let target_entity = ids.entity(stance.target.entity.as_ref());
        let of = |i: u32| name(&record.entities[i as usize]);
        StanceData {
            kind: stance.holder.kind,
            holder: holder_entity.map_or_else(
                || unnamed_holder(record, stance.holder.kind, stance.holder.text.as_deref()),
                |i| of(i).to_owned(),
            ),
            holder_entity,
            target: target_entity.map_or(stance.target.text.as_str(), of),
            target_entity,
            polarity: stance.polarity,
            score: stance.score,
            relation: stance.relation,
            modality: stance.modality,
            sentence: ids.sentences.get(stance.sentence.as_str()).copied(),
            evidence: &stance.evidence.text,
        }
    };
    record.stances.iter().map(data).collect()
}

fn events<'r>(record: &'r Record, ids: &Ids<'_>) -> Vec<EventData<'r>> {
    let party = |party: &'r EventPartyRecord| {
        let entity = ids.entity(party.entity.as_ref());
        let known = entity.map(|i| name(&record.entities[i as usize])).or(party.name.as_deref());
        PartyData { name: known.unwrap_or(&party.text), text: &party.text, entity, part: party.part }
    };
    let data = record.events.iter().map(|event| EventData {
        kind: event.kind,
        status: event.status,
        trigger: &event.trigger.text,
        actors: event.actors.iter().map(party).collect(),
        recipients: event.recipients.iter().map(party).collect(),
        time: event.time.as_ref().map(|time| (time.text.as_str(), time.value.as_str())),
        place: event.place.as_ref().map(|place| place.name.as_deref().unwrap_or(&place.text)),
        score: event.score,
        sentence: ids.sentences.get(event.sentence.as_str()).copied(),
        citation: event.citation.as_deref().and_then(|id| ids.citations.get(id)).copied(),
        quoted: event.quote.is_some(),
    });
    data.collect()
}

fn layers(record: &Record) -> Vec<LayerData<'_>> {
    let items = record.layer_items().map(|item| {
        let (text, facts) = (item.span().map(|span| span.text), item.facts());
        LayerData { layer: item.layer, label: item.label(), text, facts }
    });
    items.collect()
}
