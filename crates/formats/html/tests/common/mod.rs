//! Records for tests, with every layer filled. Texts are invented.
#![allow(dead_code, reason = "each test program uses a part")]

use docmill_core::layers::{
    Basis, CitationRecord, ClusterMentionRecord, ClusterRecord, EntityRecord, EntitySentimentRecord,
    EventPartyRecord, EventPlaceRecord, EventRecord, EventStatus, EventTimeRecord, EventType, HolderKind,
    HolderRecord, MentionForm, Modality, PlaceFeature, PlaceForm, PlaceRecord, Polarity, QuoteAct, QuoteKind,
    QuoteRecord, Relation, SentenceRecord, SentenceSentimentRecord, SentimentRecord, SpeakerRecord,
    StancePolarity, StanceRecord, TargetKind, TargetRecord, TokenRecord, ValenceRecord,
};
use docmill_core::{ExtraField, Meta, OffsetMap, OffsetUnit, Source, SpanRecord};
use docmill_jsonl::{Record, RecordError, RecordStatus, SCHEMA_VERSION};

/// Three paragraphs; line ends of both kinds, an emoji, Cyrillic, a combining mark.
const TEXT: &str = "Steppe Report 🛰️ Volume: 3 Issue: 7\r\n\r\n\
Zoë Tanaka, the defense minister of Orland, praised the Marsh Union in Port Ancel. \u{201c}The Marsh Union kept every \
promise it made to us. We will stay in it,\u{201d} Tanaka said (Ancel Post, March 4; Радио Марш, March 5).\r\n\r\n\
Veldia condemned the Marsh Union and threatened Orland with a blockade. According to a Veldian diplomat, the cafe\u{301} \
accord \u{201c}is dead.\u{201d} The MU did not answer.";

/// A record under construction; spans are found by their words.
struct Maker {
    record: Record,
    text: String,
}

impl Maker {
    fn new(id: &str, text: &str, unit: OffsetUnit) -> Self {
        let record = Record {
            schema_version: SCHEMA_VERSION.to_owned(),
            run_id: "0123456789ab".to_owned(),
            id: id.to_owned(),
            status: RecordStatus::Ok,
            error: None,
            skipped: Vec::new(),
            duplicate: None,
            source: Source {
                path: id.to_owned(),
                sha256: Some("ab".repeat(32)),
                bytes: text.len() as u64,
                encoding: Some("UTF-8".to_owned()),
                ..Source::default()
            },
            meta: Meta {
                title: Some("Orland’s minister praises the Marsh Union".to_owned()),
                publication: Some("Steppe Report".to_owned()),
                volume: Some("3".to_owned()),
                issue: Some("7".to_owned()),
                date: Some("2021-03-08".to_owned()),
                author: Some("A. Writer".to_owned()),
                extra: vec![ExtraField { key: "Region".to_owned(), value: "the Marshes".to_owned() }],
            },
            language: Some("en".to_owned()),
            offset_unit: unit,
            text: Some(text.to_owned()),
            sentences: Vec::new(),
            tokens: Vec::new(),
            entities: Vec::new(),
            clusters: Vec::new(),
            roles: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
            sentiment: SentimentRecord::default(),
            stances: Vec::new(),
            quotes: Vec::new(),
            citations: Vec::new(),
            layers: serde_json::Map::new(),
        };
        Self { record, text: text.to_owned() }
    }

    /// The `nth` (from 0) occurrence of `words`.
    fn span(&self, words: &str, nth: usize) -> SpanRecord {
        let (byte, _) = self.text.match_indices(words).nth(nth).unwrap();
        let map = OffsetMap::new(&self.text, self.record.offset_unit);
        let (start, end) = (map.position(byte as u32), map.position((byte + words.len()) as u32));
        SpanRecord { start, end, text: words.to_owned() }
    }

    fn sentence(&mut self, words: &str, paragraph: u32, label: Polarity, score: f64) {
        let span = self.span(words, 0);
        let id = format!("s{}", self.record.sentences.len());
        self.record.sentiment.sentences.push(SentenceSentimentRecord { sentence: id.clone(), label, score });
        let (start, end, text) = (span.start, span.end, span.text);
        self.record.sentences.push(SentenceRecord { id, start, end, text, paragraph });
    }

    fn sentence_of(&self, span: &SpanRecord) -> String {
        let sentence = self.record.sentences.iter().rfind(|s| s.start <= span.start).unwrap();
        sentence.id.clone()
    }

    fn entity(&mut self, words: &str, nth: usize, label: &str, canonical: &str, form: MentionForm) {
        let span = self.span(words, nth);
        let id = format!("e{}", self.record.entities.len());
        let clusters = &mut self.record.clusters;
        let cluster = clusters.iter().position(|c| c.canonical == canonical).unwrap_or_else(|| {
            clusters.push(ClusterRecord {
                id: format!("c{}", clusters.len()),
                canonical: canonical.to_owned(),
                named: true,
                label: label.to_owned(),
                country: (canonical == "Orland").then(|| "ORL".to_owned()),
                country_source: None,
                title: None,
                mentions: Vec::new(),
            });
            clusters.len() - 1
        });
        clusters[cluster].mentions.push(ClusterMentionRecord {
            entity: Some(id.clone()),
            form,
            start: span.start,
            end: span.end,
            text: span.text.clone(),
            phrase_start: span.start,
            phrase_end: span.end,
        });
        self.record.sentiment.entities.push(EntitySentimentRecord {
            entity: id.clone(),
            label: Polarity::Neutral,
            score: 0.02,
            name: Some(canonical.to_owned()),
            country: None,
        });
        let around = |c: &&CitationRecord| c.start <= span.start && span.end <= c.end;
        let citation = self.record.citations.iter().find(around).map(|c| c.id.clone());
        self.record.entities.push(EntityRecord {
            id,
            sentence: self.sentence_of(&span),
            start: span.start,
            end: span.end,
            text: span.text,
            label: label.to_owned(),
            score: 0.987,
            canonical: Some(canonical.to_owned()),
            cluster: Some(format!("c{cluster}")),
            citation,
        });
    }

    fn citation(&mut self, words: &str, outlet: &str, date: &str, date_text: &str) {
        let span = self.span(words, 0);
        self.record.citations.push(CitationRecord {
            id: format!("ci{}", self.record.citations.len()),
            outlet: outlet.to_owned(),
            date: Some(date.to_owned()),
            date_end: None,
            date_text: Some(date_text.to_owned()),
            date_inferred: true,
            start: span.start,
            end: span.end,
            text: span.text,
        });
    }

    fn quote(
        &mut self,
        kind: QuoteKind,
        content: &str,
        speaker: (&str, usize),
        entity: Option<&str>,
        cue: &str,
    ) {
        let who = self.span(speaker.0, speaker.1);
        self.record.quotes.push(QuoteRecord {
            id: format!("q{}", self.record.quotes.len()),
            kind,
            act: QuoteAct::Speech,
            content: self.span(content, 0),
            speaker: Some(SpeakerRecord {
                start: who.start,
                end: who.end,
                text: who.text,
                entity: entity.map(str::to_owned),
                name: None,
                country: None,
            }),
            cue: Some(self.span(cue, 0)),
            continues: None,
        });
    }

    fn stance(
        &mut self,
        holder: (HolderKind, Option<&str>, Option<&str>),
        target: &str,
        polarity: StancePolarity,
        relation: Option<Relation>,
        modality: Modality,
        evidence: &str,
    ) {
        let evidence = self.span(evidence, 0);
        let entity = self.record.entities.iter().find(|e| e.id == target);
        self.record.stances.push(StanceRecord {
            id: format!("st{}", self.record.stances.len()),
            holder: HolderRecord {
                kind: holder.0,
                entity: holder.1.map(str::to_owned),
                text: holder.2.map(str::to_owned),
                name: None,
                country: None,
            },
            target: TargetRecord {
                kind: TargetKind::Entity,
                entity: Some(target.to_owned()),
                text: entity.map(|e| e.text.clone()).unwrap_or_default(),
                start: entity.map_or(0, |e| e.start),
                end: entity.map_or(0, |e| e.end),
                name: None,
                country: None,
            },
            polarity,
            score: 0.91,
            basis: Basis::Words,
            relation,
            modality,
            sentence: self.sentence_of(&evidence),
            evidence,
        });
    }
}

impl Maker {
    fn party(&self, entity: &str) -> EventPartyRecord {
        let mention = self.record.entities.iter().find(|e| e.id == entity).unwrap();
        EventPartyRecord {
            entity: Some(entity.to_owned()),
            cluster: mention.cluster.clone(),
            name: mention.canonical.clone(),
            country: None,
            part: false,
            start: mention.start,
            end: mention.end,
            text: mention.text.clone(),
        }
    }

    fn event(&mut self, kind: EventType, trigger: &str, actor: &str, recipient: &str, at: bool) {
        let trigger = self.span(trigger, 0);
        let place = EventPlaceRecord {
            entity: "e3".to_owned(),
            name: Some("Port Ancel".to_owned()),
            text: "Port Ancel".to_owned(),
            place: Some("pl1".to_owned()),
        };
        self.record.events.push(EventRecord {
            id: format!("ev{}", self.record.events.len()),
            kind,
            status: EventStatus::Happened,
            sentence: self.sentence_of(&trigger),
            trigger,
            actors: vec![self.party(actor)],
            recipients: vec![self.party(recipient)],
            time: None,
            place: at.then_some(place),
            quote: None,
            citation: None,
            score: 0.75,
        });
    }

    fn place(&mut self, entity: &str, feature: PlaceFeature, latitude: f64, longitude: f64) {
        let mention = self.record.entities.iter().find(|e| e.id == entity).unwrap();
        self.record.places.push(PlaceRecord {
            id: format!("pl{}", self.record.places.len()),
            entity: Some(entity.to_owned()),
            start: mention.start,
            end: mention.end,
            text: mention.text.clone(),
            form: PlaceForm::Name,
            geonames: None,
            name: mention.text.clone(),
            feature,
            country: None,
            admin1: None,
            latitude,
            longitude,
            score: 0.9,
            margin: 0.8,
            candidates: 2,
        });
    }
}

/// A document with every layer filled: 11 names in 5 clusters of text and 2 of sources, 2 quotes, 2 citations,
/// 5 stances (2 for, 2 against, 1 neutral), 2 events, 2 places, nested and crossing spans.
pub fn full(id: &str, unit: OffsetUnit) -> Record {
    let mut m = Maker::new(id, TEXT, unit);
    let union = "The Marsh Union kept every promise it made to us.";
    m.sentence("Steppe Report 🛰️ Volume: 3 Issue: 7", 0, Polarity::Neutral, 0.0);
    m.sentence(
        "Zoë Tanaka, the defense minister of Orland, praised the Marsh Union in Port Ancel.",
        1,
        Polarity::Positive,
        0.61,
    );
    m.sentence("\u{201c}The Marsh Union kept every promise it made to us.", 1, Polarity::Positive, 0.72);
    m.sentence(
        "We will stay in it,\u{201d} Tanaka said (Ancel Post, March 4; Радио Марш, March 5).",
        1,
        Polarity::Neutral,
        0.11,
    );
    m.sentence(
        "Veldia condemned the Marsh Union and threatened Orland with a blockade.",
        2,
        Polarity::Negative,
        -0.83,
    );
    m.sentence(
        "According to a Veldian diplomat, the cafe\u{301} accord \u{201c}is dead.\u{201d}",
        2,
        Polarity::Negative,
        -0.4,
    );
    m.sentence("The MU did not answer.", 2, Polarity::Neutral, -0.05);
    m.citation("Ancel Post, March 4", "Ancel Post", "2021-03-04", "March 4");
    m.citation("Радио Марш, March 5", "Радио Марш", "2021-03-05", "March 5");
    m.entity("Zoë Tanaka", 0, "PER", "Zoë Tanaka", MentionForm::Name);
    m.entity("Orland", 0, "LOC", "Orland", MentionForm::Name);
    m.entity("Marsh Union", 0, "ORG", "Marsh Union", MentionForm::Name);
    m.entity("Port Ancel", 0, "LOC", "Port Ancel", MentionForm::Name);
    m.entity("Marsh Union", 1, "ORG", "Marsh Union", MentionForm::Name);
    m.entity("Tanaka", 1, "PER", "Zoë Tanaka", MentionForm::Short);
    m.entity("Ancel Post", 0, "ORG", "Ancel Post", MentionForm::Name);
    m.entity("Радио Марш", 0, "ORG", "Радио Марш", MentionForm::Name);
    m.entity("Veldia", 0, "LOC", "Veldia", MentionForm::Name);
    m.entity("Marsh Union", 2, "ORG", "Marsh Union", MentionForm::Name);
    m.entity("Orland", 1, "LOC", "Orland", MentionForm::Name);
    m.entity("Veldian", 0, "MISC", "Veldia", MentionForm::Demonym);
    m.entity("MU", 0, "ORG", "Marsh Union", MentionForm::Acronym);
    m.quote(
        QuoteKind::Direct,
        "\u{201c}The Marsh Union kept every promise it made to us. We will stay in it,\u{201d}",
        ("Tanaka", 1),
        Some("e5"),
        "said",
    );
    m.quote(
        QuoteKind::Mixed,
        "the cafe\u{301} accord \u{201c}is dead.\u{201d}",
        ("a Veldian diplomat", 0),
        None,
        "According to",
    );
    let (favor, against) = (StancePolarity::Favor, StancePolarity::Against);
    let asserted = Modality::Asserted;
    let verbal = Some(Relation::VerbalCooperation);
    m.stance(
        (HolderKind::Entity, Some("e0"), Some("Zoë Tanaka")),
        "e2",
        favor,
        verbal,
        asserted,
        "praised the Marsh Union",
    );
    m.stance(
        (HolderKind::Speaker, Some("e5"), Some("Tanaka")),
        "e4",
        favor,
        verbal,
        Modality::Reported,
        union,
    );
    let conflict = Some(Relation::VerbalConflict);
    let condemned = "Veldia condemned the Marsh Union";
    m.stance((HolderKind::Entity, Some("e8"), Some("Veldia")), "e9", against, conflict, asserted, condemned);
    let threatened = "condemned the Marsh Union and threatened Orland with a blockade";
    m.stance(
        (HolderKind::Entity, Some("e8"), Some("Veldia")),
        "e10",
        against,
        conflict,
        asserted,
        threatened,
    );
    let author = (HolderKind::Author, None, None);
    m.stance(author, "e12", StancePolarity::Neutral, None, Modality::Negated, "The MU did not answer");
    m.place("e1", PlaceFeature::Country, 48.0, 68.0);
    m.place("e3", PlaceFeature::Town, -12.05, -77.04);
    m.event(EventType::Accuse, "condemned", "e8", "e9", true);
    m.event(EventType::Threaten, "threatened", "e8", "e10", false);
    m.record.sentiment.document = Some(ValenceRecord { label: Polarity::Neutral, score: -0.12 });
    m.record
}

/// A record of an input that could not be read.
pub fn failed(id: &str) -> Record {
    let mut m = Maker::new(id, "", OffsetUnit::Codepoint);
    m.record.status = RecordStatus::Failed;
    m.record.error =
        Some(RecordError { stage: Some("tokenize".to_owned()), message: "the text is binary".to_owned() });
    m.record.meta = Meta::default();
    m.record.text = None;
    m.record
}

/// [`full`] as `--set output.text=false` leaves it.
pub fn without_text(id: &str) -> Record {
    Record { text: None, ..full(id, OffsetUnit::Utf16) }
}

/// What a hostile archive may put into any string.
pub const HOSTILE: [&str; 6] = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<!--<script>--><svg onload=alert(1)>",
    "' onmouseover='alert(1)' javascript:alert(1)",
    "\u{202e}evil\u{202c}\u{2066}\0\u{1b}[31m\u{7f}\u{85}\u{2028}\u{ffff}",
    "__proto__",
];

/// [`full`] with `hostile` in the text, before everything, and in every other string; ids still refer.
#[expect(clippy::too_many_lines, reason = "a line for each field of a record")]
pub fn hostile(number: usize, hostile: &str) -> Record {
    let mut record = full("x", OffsetUnit::Codepoint);
    let length = hostile.chars().count() as u32;
    let evil = |s: &mut String| *s = format!("{hostile}{s}");
    let maybe = |s: &mut Option<String>| *s = Some(hostile.to_owned());
    record.text.as_mut().map(&evil);
    record.id = format!("{hostile}{number}");
    hostile.clone_into(&mut record.run_id);
    hostile.clone_into(&mut record.schema_version);
    record.status = RecordStatus::Failed;
    record.error = Some(RecordError { stage: Some(hostile.to_owned()), message: hostile.to_owned() });
    evil(&mut record.source.path);
    maybe(&mut record.source.member);
    maybe(&mut record.source.sha256);
    maybe(&mut record.source.encoding);
    let meta = &mut record.meta;
    for field in [
        &mut meta.title,
        &mut meta.publication,
        &mut meta.volume,
        &mut meta.issue,
        &mut meta.date,
        &mut meta.author,
        &mut record.language,
    ] {
        maybe(field);
    }
    record.meta.extra.push(ExtraField { key: hostile.to_owned(), value: hostile.to_owned() });
    record.tokens.push(TokenRecord {
        start: 0,
        end: 1,
        text: hostile.to_owned(),
        sentence: hostile.to_owned(),
        lemma: Some(hostile.to_owned()),
        upos: Some(hostile.to_owned()),
        head: Some(7),
        deprel: Some(hostile.to_owned()),
    });
    let shift = |start: &mut u32, end: &mut u32| {
        *start += length;
        *end += length;
    };
    let span = |s: &mut SpanRecord| {
        shift(&mut s.start, &mut s.end);
        evil(&mut s.text);
    };
    for s in &mut record.sentences {
        shift(&mut s.start, &mut s.end);
        evil(&mut s.id);
        evil(&mut s.text);
    }
    // The hostile string itself is an entity mention, too.
    record.entities[0].start = 0;
    record.entities[0].end = length;
    for (i, e) in record.entities.iter_mut().enumerate() {
        if i > 0 {
            shift(&mut e.start, &mut e.end);
        }
        for s in [&mut e.id, &mut e.text, &mut e.label, &mut e.sentence] {
            evil(s);
        }
        for s in [&mut e.canonical, &mut e.cluster, &mut e.citation] {
            s.as_mut().map(&evil);
        }
    }
    for c in &mut record.clusters {
        evil(&mut c.id);
        evil(&mut c.canonical);
        evil(&mut c.label);
        maybe(&mut c.country);
        c.mentions.iter_mut().for_each(|m| {
            maybe(&mut m.entity);
            evil(&mut m.text);
        });
    }
    record.sentiment.sentences.iter_mut().for_each(|s| evil(&mut s.sentence));
    record.sentiment.entities.iter_mut().for_each(|s| evil(&mut s.entity));
    for s in &mut record.stances {
        evil(&mut s.id);
        s.holder.entity.as_mut().map(&evil);
        maybe(&mut s.holder.text);
        maybe(&mut s.target.entity);
        evil(&mut s.target.text);
        evil(&mut s.sentence);
        span(&mut s.evidence);
    }
    for place in &mut record.places {
        shift(&mut place.start, &mut place.end);
        for s in [&mut place.id, &mut place.text, &mut place.name] {
            evil(s);
        }
        for s in [&mut place.entity, &mut place.country, &mut place.admin1] {
            maybe(s);
        }
    }
    for event in &mut record.events {
        evil(&mut event.id);
        evil(&mut event.sentence);
        span(&mut event.trigger);
        for party in event.actors.iter_mut().chain(&mut event.recipients) {
            shift(&mut party.start, &mut party.end);
            evil(&mut party.text);
            for s in [&mut party.entity, &mut party.cluster, &mut party.name, &mut party.country] {
                maybe(s);
            }
        }
        let time = hostile.to_owned();
        event.time = Some(EventTimeRecord { time: time.clone(), value: time.clone(), text: time });
        maybe(&mut event.citation);
        if let Some(place) = &mut event.place {
            evil(&mut place.text);
            maybe(&mut place.name);
            maybe(&mut place.place);
        }
    }
    for q in &mut record.quotes {
        evil(&mut q.id);
        span(&mut q.content);
        q.cue.as_mut().map(span);
        if let Some(speaker) = &mut q.speaker {
            shift(&mut speaker.start, &mut speaker.end);
            evil(&mut speaker.text);
            for s in [&mut speaker.entity, &mut speaker.name, &mut speaker.country] {
                s.as_mut().map(&evil);
            }
        }
    }
    for c in &mut record.citations {
        evil(&mut c.id);
        evil(&mut c.outlet);
        maybe(&mut c.date);
        maybe(&mut c.date_text);
        shift(&mut c.start, &mut c.end);
        evil(&mut c.text);
    }
    record
}

/// Records as JSON lines.
pub fn lines(records: &[Record]) -> String {
    records.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect()
}

/// `full` many times, under other ids and dates and with other sentiments.
pub fn large(documents: u32) -> Vec<Record> {
    let record = |i: u32| {
        let mut record = full(&format!("archive/{i:05}.txt"), OffsetUnit::Codepoint);
        record.meta.title = Some(format!("Report number {i}"));
        record.meta.date = Some(format!("{}-{:02}-{:02}", 2000 + i / 336 % 20, i / 28 % 12 + 1, i % 28 + 1));
        let score = (f64::from(i) / 97.0).sin() * 0.4 + f64::from(i % 7) * 0.05;
        let label = match score {
            s if s > 0.2 => Polarity::Positive,
            s if s < -0.2 => Polarity::Negative,
            _ => Polarity::Neutral,
        };
        record.sentiment.document = Some(ValenceRecord { label, score });
        record
    };
    (0..documents).map(record).collect()
}
