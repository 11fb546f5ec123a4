//! `docmill eval evaluation`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{
    Clusters, Entities, Entity, HolderKind, Polarity, Relation, Sentence, Sentences, Sentiment,
    StancePolarity, Stances, Tokens,
};
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::speeches::{Evaluation, Speech, countries, parse};
use crate::measures::counts::Counts;
use crate::stages::Stages;
use crate::{Scored, load, read};

/// What can tell that a sentence evaluates a country negatively, and what it says.
const SIGNALS: [(&str, &str); 6] = [
    ("author against it", "a stance of the author against the country"),
    ("conflict by it", "a stance of the country against somebody: it is said to do harm"),
    ("sentiment toward it", "negative sentiment toward a mention of the country"),
    ("stance", "either of the first two"),
    ("any", "any of the three"),
    ("named", "the country is named at all: the floor"),
];

#[derive(Serialize)]
struct Scores {
    sentences: usize,
    /// Gold pairs whose sentence names the country at all: no stage can tell the others.
    named: usize,
    signals: Vec<SignalScore>,
}

#[derive(Serialize)]
struct SignalScore {
    signal: &'static str,
    /// Percent.
    precision: f64,
    /// Percent, of all.
    recall: f64,
    /// Percent.
    f1: f64,
    #[serde(flatten)]
    counts: Counts,
}

/// Scores negative evaluations of countries: pairs of a sentence and a country.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let speeches = parse(&text, &name)?;
    let (config, context) = load(config, &[], registry)?;
    let also = ["sentiment", "clusters", "quotes", "citations"];
    let mut stages = Stages::with("stance", &also, &[], &config.plan, &context)?;
    let codes = codes(
        &speeches,
        &mut Stages::up_to_layer("clusters", &["sentences", "tokens", "entities"], &config.plan, &context)?,
    )?;
    let mut scores = Scores { sentences: 0, named: 0, signals: Vec::new() };
    let mut counts = [Counts::default(); SIGNALS.len()];
    for speech in &speeches {
        let mut doc = Document::new("speech", Source::default(), Meta::default(), speech.text.clone())?;
        stages.annotate(&mut doc)?;
        let found = Found::new(&doc)?;
        for (place, evaluation) in &speech.sentences {
            let gold = match evaluation {
                Evaluation::Country(label) => codes.get(label.as_str()).map(String::as_str),
                Evaluation::None | Evaluation::Other => None,
            };
            scores.sentences += 1;
            scores.named += usize::from(gold.is_some_and(|gold| found.named(*place).contains(gold)));
            for (counts, found_signals) in counts.iter_mut().zip(found.found_signals(*place)) {
                counts.gold += usize::from(gold.is_some());
                counts.found += found_signals.len();
                counts.right += usize::from(gold.is_some_and(|gold| found_signals.contains(gold)));
            }
        }
    }
    let score = |((signal, _), counts): (&(&'static str, _), Counts)| SignalScore {
        signal,
        precision: counts.precision(),
        recall: counts.recall(),
        f1: counts.f1(),
        counts,
    };
    scores.signals = SIGNALS.iter().zip(counts).map(score).collect();
    Scored::new(&scores, table(&scores))
}

/// The code of each country that gold names, as the stage that makes clusters knows it.
fn codes<'s>(speeches: &'s [Speech], names: &mut Stages) -> Result<BTreeMap<&'s str, String>> {
    let mut codes = BTreeMap::new();
    for (label, written) in countries(speeches) {
        let whole = Span::new(0, written.len());
        let mut doc = Document::new("country", Source::default(), Meta::default(), written.clone())?;
        let mut tokens = Tokens::default();
        tokens.push(whole);
        tokens.end_sentence();
        let sentence = Sentence { span: whole, paragraph: 0 };
        let entity = Entity { span: whole, label: "LOC".into(), score: 1.0, sentence: 0 };
        doc.layers_mut().insert(Sentences { items: vec![sentence] });
        doc.layers_mut().insert(tokens);
        doc.layers_mut().insert(Entities { items: vec![entity] });
        names.annotate(&mut doc)?;
        let code = doc.require::<Clusters>()?.items.first().and_then(|cluster| cluster.country.as_deref());
        match code {
            Some(code) => codes.insert(label, code.to_owned()),
            None => bail!("gold names the country `{label}`, which no state is called (`{written}`)"),
        };
    }
    Ok(codes)
}

/// What was found in a speech, by place.
struct Found<'d> {
    /// Country of each entity mention.
    countries: Vec<Option<&'d str>>,
    entities: &'d Entities,
    stances: &'d Stances,
    sentiment: Option<&'d Sentiment>,
}

impl<'d> Found<'d> {
    fn new(doc: &'d Document) -> Result<Self> {
        let entities = doc.require::<Entities>()?;
        let clusters = doc.require::<Clusters>()?;
        let of = clusters.of_entities(entities.items.len());
        let country = |cluster: &Option<u32>| clusters.items.get((*cluster)? as usize)?.country.as_deref();
        let stances = doc.require::<Stances>()?;
        let sentiment = doc.layers().get::<Sentiment>();
        Ok(Self { countries: of.iter().map(country).collect(), entities, stances, sentiment })
    }

    fn country(&self, entity: u32) -> Option<&'d str> {
        self.countries.get(entity as usize).copied()?
    }

    /// Countries that a sentence names.
    fn named(&self, place: Span) -> BTreeSet<&'d str> {
        let here =
            self.entities.items.iter().zip(&self.countries).filter(|(entity, _)| place.contains(entity.span));
        here.filter_map(|(_, country)| *country).collect()
    }

    /// Countries that each signal tells of a sentence.
    fn found_signals(&self, place: Span) -> [BTreeSet<&'d str>; SIGNALS.len()] {
        let here =
            self.stances.items.iter().filter(|stance| {
                place.contains(stance.evidence) && stance.polarity == StancePolarity::Against
            });
        let mut author = BTreeSet::new();
        let mut harm = BTreeSet::new();
        for stance in here {
            if stance.holder.kind == HolderKind::Author {
                author.extend(stance.target.entity.and_then(|entity| self.country(entity)));
            } else if stance.relation == Some(Relation::MaterialConflict) {
                harm.extend(stance.holder.entity.and_then(|entity| self.country(entity)));
            }
        }
        let toward = self.sentiment.into_iter().flat_map(|sentiment| &sentiment.entities);
        let toward: BTreeSet<&str> = toward
            .filter(|(entity, valence)| {
                let span = self.entities.items.get(*entity as usize).map(|entity| entity.span);
                valence.label == Polarity::Negative && span.is_some_and(|span| place.contains(span))
            })
            .filter_map(|(entity, _)| self.country(*entity))
            .collect();
        let stance: BTreeSet<&str> = author.union(&harm).copied().collect();
        let any = stance.union(&toward).copied().collect();
        [author, harm, toward, stance, any, self.named(place)]
    }
}

fn table(scores: &Scores) -> String {
    let gold = scores.signals.first().map_or(0, |signal| signal.counts.gold);
    let mut table = format!(
        "{} sentences; {gold} evaluate a country negatively, {} of those name it; percent\n{:<22} {:>9} {:>9} {:>9} {:>7}\n",
        scores.sentences, scores.named, "", "precision", "recall", "F1", "told"
    );
    for s in &scores.signals {
        table += &format!(
            "{:<22} {:>9.2} {:>9.2} {:>9.2} {:>7}\n",
            s.signal, s.precision, s.recall, s.f1, s.counts.found
        );
    }
    for (signal, meaning) in SIGNALS {
        table += &format!("{signal}: {meaning}\n");
    }
    table
}
