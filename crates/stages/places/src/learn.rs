//! Learns the weights from documents that are drawn from the gazetteer: what places stand together in local, national
//! and world news, with the names that they share with others. No text is needed, and no labels.
//!
//! `cargo run --release -p docmill-places --example learn > crates/stages/places/data/weights.tsv`

use docmill_core::layers::PlaceFeature;
use rustc_hash::FxHashMap;

use crate::features::{Features, NAMES, features, first_beliefs, softmax};
use crate::model::{Model, score};
use crate::names::Name;
use crate::world::{Candidate, Manner, World, distance};

/// Documents that are drawn for each of the two sets of weights.
const DOCUMENTS: usize = 2500;
/// Steps of descent.
const STEPS: i32 = 600;
/// Countries with news in English, as often as they are drawn for local news.
const ENGLISH: [&str; 18] = [
    "US", "US", "US", "US", "US", "US", "GB", "GB", "CA", "AU", "IN", "NG", "ZA", "IE", "PK", "KE", "NZ",
    "PH",
];

/// `SplitMix64`: the same draws on every machine.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In [0, 1).
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Less than `count`.
    fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next() >> 11) * count as u128) >> 53) as usize
    }
}

/// Places with weights, to draw from.
struct Urn {
    places: Vec<u32>,
    sums: Vec<f64>,
}

impl Urn {
    fn new(places: Vec<u32>, weight: impl Fn(u32) -> f64) -> Self {
        let mut sum = 0.0;
        let sums = places.iter().map(|&place| {
            sum += weight(place);
            sum
        });
        let sums = sums.collect();
        Self { places, sums }
    }

    fn draw(&self, draws: &mut Draws) -> Option<u32> {
        let at = draws.unit() * self.sums.last()?;
        self.places.get(self.sums.partition_point(|&sum| sum <= at)).copied()
    }
}

/// A drawn document: its names, and the place that each means.
struct Drawn {
    names: Vec<Name>,
    places: Vec<u32>,
}

/// What documents are drawn from.
struct Source {
    world: &'static World,
    towns: Urn,
    cities: Urn,
    countries: Urn,
    areas: Vec<u32>,
    by_country: FxHashMap<&'static str, (Urn, Urn)>,
    country: FxHashMap<&'static str, u32>,
    regions: FxHashMap<u16, u32>,
    /// Towns by whole degrees.
    grid: FxHashMap<(i32, i32), Vec<u32>>,
}

fn degrees(value: f64) -> i32 {
    value.floor() as i32
}

impl Source {
    fn new() -> Self {
        let world = World::shipped();
        let gazetteer = world.gazetteer;
        let people = |place: u32| f64::from(10f32.powf(gazetteer.entry(place).size)) - 1.0;
        let (mut towns, mut countries) = (Vec::new(), Vec::new());
        let mut by_country: FxHashMap<&'static str, Vec<u32>> = FxHashMap::default();
        let mut regions = FxHashMap::default();
        let mut country = FxHashMap::default();
        let mut grid: FxHashMap<(i32, i32), Vec<u32>> = FxHashMap::default();
        for place in 0..gazetteer.len() {
            let entry = gazetteer.entry(place);
            let code = gazetteer.country(entry.area);
            match entry.kind {
                PlaceFeature::Country => {
                    countries.push(place);
                    country.insert(code, place);
                }
                PlaceFeature::Region => _ = regions.insert(entry.area, place),
                PlaceFeature::Capital | PlaceFeature::Town if entry.size > 0.0 => {
                    towns.push(place);
                    by_country.entry(code).or_default().push(place);
                    grid.entry((degrees(entry.latitude), degrees(entry.longitude))).or_default().push(place);
                }
                _ => {}
            }
        }
        let power = |exponent: f64| move |place: u32| people(place).max(1.0).powf(exponent);
        Self {
            world,
            towns: Urn::new(towns.clone(), power(0.6)),
            cities: Urn::new(towns, power(1.2)),
            countries: Urn::new(countries, power(0.4)),
            areas: (gazetteer.len()..world.len()).collect(),
            by_country: (by_country.into_iter())
                .map(|(code, places)| {
                    (code, (Urn::new(places.clone(), power(0.5)), Urn::new(places, power(1.0))))
                })
                .collect(),
            country,
            regions,
            grid,
        }
    }

    /// Some towns near a town.
    fn near(&self, town: u32, count: usize, draws: &mut Draws) -> Vec<u32> {
        let here = self.world.candidate(town, Manner::Own);
        let (north, east) = (degrees(here.latitude), degrees(here.longitude));
        let cells = (-1..=1).flat_map(|a| (-1..=1).map(move |b| (north + a, east + b)));
        let around = cells.filter_map(|cell| self.grid.get(&cell)).flatten();
        let urn = Urn::new(around.copied().filter(|&other| other != town).collect(), |other| {
            let there = self.world.candidate(other, Manner::Own);
            let far = distance((here.latitude, here.longitude), (there.latitude, there.longitude));
            f64::from(10f32.powf(there.size / 2.0)) * (-far / 35.0).exp()
        });
        (0..count).filter_map(|_| urn.draw(draws)).collect()
    }

    /// The places of a local paper: a town, its neighbours, what they lie in, and some that are far.
    fn local(&self, draws: &mut Draws) -> Option<Vec<(u32, u32)>> {
        let town = if draws.chance(0.6) {
            self.by_country.get(draws.one(&ENGLISH))?.0.draw(draws)?
        } else {
            self.towns.draw(draws)?
        };
        let here = self.world.candidate(town, Manner::Own);
        let mut places = Vec::new();
        if draws.chance(0.8) {
            places.push((town, draws.one(&[1, 1, 2, 3])));
        }
        let count = draws.one(&[0, 1, 1, 2, 3, 5]);
        places.extend(self.near(town, count, draws).into_iter().map(|place| (place, 1)));
        let region = self.regions.get(&here.area).filter(|_| draws.chance(0.35));
        let district = here.district.map(u32::from).filter(|_| draws.chance(0.2));
        let country = self.country.get(here.country).filter(|_| draws.chance(0.25));
        places.extend(region.copied().into_iter().chain(district).chain(country.copied()).map(|p| (p, 1)));
        for _ in 0..draws.one(&[0, 0, 1, 2]) {
            places.push((self.by_country.get(here.country)?.1.draw(draws)?, 1));
        }
        for _ in 0..draws.one(&[0, 0, 0, 1, 2]) {
            let urn = if draws.chance(0.5) { &self.cities } else { &self.countries };
            places.push((urn.draw(draws)?, 1));
        }
        Some(places)
    }

    /// The places of a report on one country.
    fn national(&self, draws: &mut Draws) -> Option<Vec<(u32, u32)>> {
        let country = self.countries.draw(draws)?;
        let code = self.world.candidate(country, Manner::Own).country;
        let mut places = Vec::new();
        if draws.chance(0.8) {
            places.push((country, draws.one(&[1, 2, 3])));
        }
        for _ in 0..draws.one(&[1, 2, 3, 4]) {
            let town = self.by_country.get(code)?.1.draw(draws)?;
            places.push((town, draws.one(&[1, 2])));
            let count = draws.one(&[0, 0, 1]);
            places.extend(self.near(town, count, draws).into_iter().map(|place| (place, 1)));
            let region = self.regions.get(&self.world.candidate(town, Manner::Own).area);
            places.extend(region.filter(|_| draws.chance(0.2)).map(|&region| (region, 1)));
        }
        for _ in 0..draws.one(&[0, 1, 2]) {
            places.push((self.countries.draw(draws)?, 1));
        }
        Some(places)
    }

    /// The places of a report on the world.
    fn international(&self, draws: &mut Draws) -> Option<Vec<(u32, u32)>> {
        let mut places = Vec::new();
        for _ in 0..draws.one(&[2, 3, 4, 6]) {
            places.push((self.countries.draw(draws)?, draws.one(&[1, 2])));
        }
        for _ in 0..draws.one(&[1, 2, 3]) {
            places.push((self.cities.draw(draws)?, 1));
        }
        if draws.chance(0.3) {
            places.push((draws.one(&self.areas), 1));
        }
        if draws.chance(0.3) {
            places.push((self.towns.draw(draws)?, 1));
        }
        Some(places)
    }

    fn document(&self, draws: &mut Draws) -> Option<Drawn> {
        let sort = draws.unit();
        let mut places = if sort < 0.5 {
            self.local(draws)?
        } else if sort < 0.75 {
            self.national(draws)?
        } else {
            self.international(draws)?
        };
        // `Cairo, Illinois`: now and then the text says what a town lies in.
        let mut said = Vec::new();
        for &(place, _) in &places {
            let here = self.world.candidate(place, Manner::Own);
            let town = matches!(here.kind, PlaceFeature::Town | PlaceFeature::Capital);
            if town && draws.chance(0.12) {
                let federal = ["US", "CA", "AU", "IN"].contains(&here.country);
                let region = self.regions.get(&here.area).filter(|_| federal);
                said.extend(region.or_else(|| self.country.get(here.country)).map(|&outer| (place, outer)));
            }
        }
        places.extend(said.iter().map(|&(_, outer)| (outer, 1)));
        for i in (1..places.len()).rev() {
            places.swap(i, draws.below(i + 1));
        }
        let mut document = Drawn { names: Vec::new(), places: Vec::new() };
        let mut keys: Vec<String> = Vec::new();
        for (at, &(place, mentions)) in places.iter().enumerate() {
            let mut name = self.world.name(place);
            let bare = name.strip_suffix(" County").or_else(|| name.strip_suffix(" Parish"));
            if self.world.candidate(place, Manner::Own).kind == PlaceFeature::District && draws.chance(0.15) {
                name = bare.unwrap_or(name);
            }
            let key = crate::fold::fold(name);
            let candidates = self.world.find(name);
            if keys.contains(&key) || !candidates.iter().any(|candidate| candidate.place == place) {
                continue;
            }
            keys.push(key);
            document.names.push(Name { candidates, mentions, first: at as u32 * 50, within: Vec::new() });
            document.places.push(place);
        }
        for (inner, outer) in said {
            let at = |place: u32| document.places.iter().position(|&known| known == place);
            if let (Some(inner), Some(outer)) = (at(inner), at(outer)) {
                document.names[inner].within.push(outer as u32);
            }
        }
        Some(document)
    }
}

/// A name with several candidates, and which of them are right.
struct Question {
    features: Vec<Features>,
    right: Vec<bool>,
}

/// A section or the centre of a town is as right as the town.
fn is_right(candidate: &Candidate, place: &Candidate) -> bool {
    let point =
        |c: &Candidate| matches!(c.kind, PlaceFeature::Town | PlaceFeature::Capital | PlaceFeature::District);
    candidate.place == place.place
        || (point(candidate)
            && point(place)
            && distance((candidate.latitude, candidate.longitude), (place.latitude, place.longitude)) < 25.0)
}

fn questions(world: &World, drawn: &[Drawn], model: Option<&Model>) -> Vec<Question> {
    let mut found = Vec::new();
    for document in drawn {
        let beliefs =
            model.map_or_else(|| first_beliefs(&document.names), |model| model.first_look(&document.names));
        for (i, features) in features(&document.names, &beliefs).into_iter().enumerate() {
            let meant = world.candidate(document.places[i], Manner::Own);
            let candidates = &document.names[i].candidates;
            let right: Vec<bool> = candidates.iter().map(|candidate| is_right(candidate, &meant)).collect();
            if right.contains(&true) && right.contains(&false) {
                found.push(Question { features, right });
            }
        }
    }
    found
}

/// Weights under which the right candidates are likeliest: Adam on all questions at once, with a small penalty.
fn fit(questions: &[Question]) -> Features {
    let (mut weights, mut first, mut second) =
        ([0f32; NAMES.len()], [0f32; NAMES.len()], [0f32; NAMES.len()]);
    for step in 1..=STEPS {
        let mut gradient = [0f32; NAMES.len()];
        for question in questions {
            let scores: Vec<f32> = question.features.iter().map(|f| score(&weights, f)).collect();
            let all = softmax(&scores);
            let mass: f32 = all.iter().zip(&question.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
            for ((features, p), right) in question.features.iter().zip(&all).zip(&question.right) {
                let wanted = if *right { p / mass.max(1e-9) } else { 0.0 };
                for (slot, feature) in gradient.iter_mut().zip(features) {
                    *slot += (p - wanted) * feature;
                }
            }
        }
        let rate = 0.1 * (1.0 - (step - 1) as f32 / STEPS as f32);
        for i in 0..NAMES.len() {
            let slope = gradient[i] / questions.len() as f32 + 4e-4 * weights[i];
            first[i] = 0.9 * first[i] + 0.1 * slope;
            second[i] = 0.99 * second[i] + 0.01 * slope * slope;
            let mean = first[i] / (1.0 - 0.9f32.powi(step));
            let spread = (second[i] / (1.0 - 0.99f32.powi(step))).sqrt();
            weights[i] -= rate * mean / (spread + 1e-8);
        }
    }
    weights
}

/// The share of questions whose first answer is right.
fn right(questions: &[Question], weights: &Features) -> f32 {
    let best = |question: &Question| {
        let scores: Vec<f32> = question.features.iter().map(|f| score(weights, f)).collect();
        let best = (0..scores.len()).reduce(|a, b| if scores[b] > scores[a] { b } else { a });
        best.is_some_and(|best| question.right[best])
    };
    questions.iter().filter(|question| best(question)).count() as f32 / questions.len().max(1) as f32
}

/// The lines of `data/weights.tsv`.
pub fn weights() -> String {
    let source = Source::new();
    let mut draws = Draws(21);
    let mut documents = || {
        let mut found = Vec::with_capacity(DOCUMENTS);
        while found.len() < DOCUMENTS {
            found.extend(source.document(&mut draws));
        }
        found
    };
    let first = fit(&questions(source.world, &documents(), None));
    let model = Model { first, then: [0.0; NAMES.len()] };
    let then = fit(&questions(source.world, &documents(), Some(&model)));
    let held_out = questions(source.world, &documents(), Some(&model));
    let mut lines = format!(
        "# What speaks for a candidate, in the first look at a document and in later ones. Made by the example `learn`\n\
         # of this crate from {DOCUMENTS} drawn documents each; of {} names in as many others, {:.1}% are right.\n",
        held_out.len(),
        right(&held_out, &then) * 100.0
    );
    for (i, name) in NAMES.iter().enumerate() {
        lines += &format!("{name}\t{:.3}\t{:.3}\n", first[i], then[i]);
    }
    lines
}
