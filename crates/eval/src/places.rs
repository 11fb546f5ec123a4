//! `docmill eval places`.

use std::path::Path;

use anyhow::Result;
use docmill_config::ConfigOptions;
use docmill_core::layers::Places;
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::toponyms::{Article, Toponym, parse};
use crate::measures::bootstrap::interval;
use crate::stages::Stages;
use crate::{Scored, load, read};

/// A hundred miles, within which a place counts as right.
const NEAR: f64 = 161.0;
/// Half the way around the earth: the error of a toponym that was not found.
const FAR: f64 = 20_039.0;

#[derive(Serialize)]
struct Scores {
    articles: usize,
    toponyms: usize,
    /// Percent of all toponyms that are found and lie within 161 km of the gold.
    accuracy: f64,
    /// 95% bootstrap interval over articles.
    accuracy_interval: (f64, f64),
    /// Percent of all toponyms that are found.
    found: f64,
    /// Percent of those found that lie within 161 km.
    accuracy_of_found: f64,
    /// Median error in km; what is not found counts as half the way around the earth.
    median_km: f64,
    /// Percent of places told that overlap with a toponym of the gold, placed or not.
    precision: f64,
    /// Of those that a toponym overlaps, by score: how many, and percent right.
    reliability: Vec<Tenth>,
}

#[derive(Serialize)]
struct Tenth {
    from: f64,
    places: usize,
    score: f64,
    right: f64,
}

#[derive(Default, Clone)]
struct Counts {
    gold: usize,
    found: usize,
    right: usize,
    told: usize,
    overlapping: usize,
    errors: Vec<f64>,
    /// Score and whether it is right.
    scored: Vec<(f64, bool)>,
}

/// Scores places from raw text.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let articles = parse(&text, &name)?;
    let (config, context) = load(config, &[], registry)?;
    let mut stages = Stages::up_to("places", &[], &config.plan, &context)?;
    let mut counted = Vec::with_capacity(articles.len());
    for article in &articles {
        let mut doc = Document::new("gold", Source::default(), Meta::default(), article.text.clone())?;
        stages.annotate(&mut doc)?;
        counted.push(count(article, doc.require::<Places>()?));
    }
    let scores = scores(&counted);
    Scored::new(&scores, table(&scores))
}

fn count(article: &Article, places: &Places) -> Counts {
    let mut bytes: Vec<u32> = article.text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(article.text.len() as u32);
    let span = |start: usize, end: usize| {
        let at = |position: usize| bytes.get(position).copied().unwrap_or(article.text.len() as u32);
        Span { start: at(start), end: at(end) }
    };
    let mut counts = Counts { gold: article.toponyms.len(), told: places.items.len(), ..Counts::default() };
    for toponym in &article.toponyms {
        let wanted = span(toponym.start, toponym.end);
        // Where two overlap, the one that shares most of the toponym.
        let shared = |place: &&docmill_core::layers::Place| {
            place.span.end.min(wanted.end) - place.span.start.max(wanted.start)
        };
        let found = places.items.iter().filter(|place| place.span.overlaps(wanted)).max_by_key(shared);
        let Some(found) = found else {
            counts.errors.push(FAR);
            continue;
        };
        let error = kilometres(toponym, (found.latitude, found.longitude));
        counts.found += 1;
        counts.right += usize::from(error <= NEAR);
        counts.errors.push(error);
        counts.scored.push((f64::from(found.score), error <= NEAR));
    }
    let named: Vec<Span> = (article.toponyms.iter().map(|t| span(t.start, t.end)))
        .chain(article.unplaced.iter().map(|&(start, end)| span(start, end)))
        .collect();
    let overlaps = |place: &&docmill_core::layers::Place| named.iter().any(|span| span.overlaps(place.span));
    counts.overlapping = places.items.iter().filter(overlaps).count();
    counts
}

/// Along the great circle.
fn kilometres(toponym: &Toponym, (latitude, longitude): (f64, f64)) -> f64 {
    let (a, b) = (toponym.latitude.to_radians(), latitude.to_radians());
    let (north, east) = (a - b, (toponym.longitude - longitude).to_radians());
    let chord = (north / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
    12_742.0 * chord.sqrt().min(1.0).asin()
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn scores(counted: &[Counts]) -> Scores {
    let sum = |of: fn(&Counts) -> usize| counted.iter().map(of).sum::<usize>();
    let (gold, found, right) = (sum(|c| c.gold), sum(|c| c.found), sum(|c| c.right));
    let mut errors: Vec<f64> = counted.iter().flat_map(|counts| counts.errors.iter().copied()).collect();
    errors.sort_by(f64::total_cmp);
    let accuracy = |sample: &mut dyn Iterator<Item = &Counts>| {
        let (right, gold) = sample.fold((0, 0), |(right, gold), c| (right + c.right, gold + c.gold));
        percent(right, gold)
    };
    let tenth = |i: u32| {
        let from = f64::from(i) / 10.0;
        let within = |score: f64| score >= from && (score < from + 0.1 || i == 9);
        let all = counted.iter().flat_map(|counts| &counts.scored).filter(|(score, _)| within(*score));
        let all: Vec<&(f64, bool)> = all.collect();
        (!all.is_empty()).then(|| Tenth {
            from,
            places: all.len(),
            score: all.iter().map(|(score, _)| score).sum::<f64>() / all.len() as f64,
            right: percent(all.iter().filter(|(_, right)| *right).count(), all.len()),
        })
    };
    Scores {
        articles: counted.len(),
        toponyms: gold,
        accuracy: percent(right, gold),
        accuracy_interval: interval(counted, accuracy),
        found: percent(found, gold),
        accuracy_of_found: percent(right, found),
        median_km: errors.get(errors.len() / 2).copied().unwrap_or_default(),
        precision: percent(sum(|c| c.overlapping), sum(|c| c.told)),
        reliability: (0..10).filter_map(tenth).collect(),
    }
}

fn table(scores: &Scores) -> String {
    let (low, high) = scores.accuracy_interval;
    let mut table = format!(
        "{} articles, {} toponyms; percent\nwithin 161 km, of all toponyms  {:6.2}  (95%: {low:.1} to {high:.1})\n\
         found                           {:6.2}\nwithin 161 km, of those found   {:6.2}\n\
         places told that gold names     {:6.2}\nmedian error                    {:6.1} km\n\n\
         {:<12} {:>7} {:>10} {:>7}\n",
        scores.articles,
        scores.toponyms,
        scores.accuracy,
        scores.found,
        scores.accuracy_of_found,
        scores.precision,
        scores.median_km,
        "score from",
        "places",
        "mean score",
        "right"
    );
    for tenth in &scores.reliability {
        table +=
            &format!("{:<12.1} {:>7} {:>10.2} {:>7.1}\n", tenth.from, tenth.places, tenth.score, tenth.right);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use docmill_core::layers::{Place, PlaceFeature, PlaceForm};

    fn place(span: (usize, usize), point: (f64, f64)) -> Place {
        Place {
            span: Span::new(span.0, span.1),
            entity: None,
            form: PlaceForm::Name,
            geonames: None,
            name: "x".into(),
            feature: PlaceFeature::Town,
            country: None,
            admin1: None,
            latitude: point.0,
            longitude: point.1,
            score: 0.75,
            margin: 0.5,
            candidates: 2,
        }
    }

    #[test]
    fn near_places_are_right_and_missing_ones_wrong() {
        let toponym = |start, end| Toponym { start, end, latitude: 40.5, longitude: 72.8 };
        let article = Article {
            text: "Ősh, Osh, Osh".into(),
            toponyms: vec![toponym(0, 3), toponym(5, 8)],
            unplaced: vec![],
        };
        // The first letter takes two bytes.
        let places = Places { items: vec![place((0, 4), (41.0, 73.0)), place((11, 14), (0.0, 0.0))] };
        let scores = scores(&[count(&article, &places)]);
        assert!((scores.accuracy - 50.0).abs() < 1e-9 && (scores.found - 50.0).abs() < 1e-9);
        assert!((scores.precision - 50.0).abs() < 1e-9);
        assert_eq!(scores.reliability.len(), 1);
        assert!((kilometres(&toponym(0, 1), (41.5, 72.8)) - 111.2).abs() < 0.5);
    }
}
