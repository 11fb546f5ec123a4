//! What speaks for a candidate: itself, and the document's other places.

use docmill_core::layers::PlaceFeature;
use rustc_hash::FxHashMap;

use crate::names::Name;
use crate::world::{Candidate, Manner, distance};

/// The names of the features, as `data/weights.tsv` has them.
pub(crate) const NAMES: [&str; 22] = [
    "size",
    "country",
    "region",
    "district",
    "capital",
    "town",
    "area",
    "other name",
    "without county",
    "largest",
    "larger ones",
    "lies in the next name",
    "lies not in the next name",
    "country named",
    "region named",
    "district named",
    "share in the country",
    "share in the region",
    "near within 40 km",
    "near within 161 km",
    "no people",
    "abbreviation",
];

/// The features of a candidate.
pub(crate) type Features = [f32; NAMES.len()];

/// Probabilities of the candidates of each name.
pub(crate) type Beliefs = Vec<Vec<f32>>;

/// How many names before and after a name are looked at for what lies near.
const NEIGHBOURS: usize = 20;
/// Kilometres within which places are near.
const NEAR: f64 = 161.0;

/// What is believed before the document is looked at: large places.
pub(crate) fn first_beliefs(names: &[Name]) -> Beliefs {
    let score = |candidate: &Candidate| {
        let kind = match candidate.kind {
            PlaceFeature::Country | PlaceFeature::Area | PlaceFeature::Continent => 2.0,
            PlaceFeature::Region => 1.0,
            _ => 0.0,
        };
        2.0 * (candidate.size + kind - f32::from(candidate.manner == Manner::Other))
    };
    names.iter().map(|name| softmax(&name.candidates.iter().map(score).collect::<Vec<_>>())).collect()
}

/// Scores as probabilities.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut found: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = found.iter().sum();
    for value in &mut found {
        *value /= sum;
    }
    found
}

/// True if `inner` lies in `outer`.
fn lies_in(inner: &Candidate, outer: &Candidate) -> bool {
    let smaller = !matches!(inner.kind, PlaceFeature::Country | PlaceFeature::Continent);
    inner.place != outer.place
        && match outer.kind {
            PlaceFeature::Country => smaller && inner.country == outer.country,
            PlaceFeature::Region => smaller && inner.kind != PlaceFeature::Region && inner.area == outer.area,
            PlaceFeature::District => {
                inner.kind != PlaceFeature::District && inner.district == Some(outer.place as u16)
            }
            _ => false,
        }
}

fn is_unit(candidate: &Candidate) -> bool {
    matches!(candidate.kind, PlaceFeature::Country | PlaceFeature::Region | PlaceFeature::District)
}

fn is_point(candidate: &Candidate) -> bool {
    matches!(candidate.kind, PlaceFeature::District | PlaceFeature::Capital | PlaceFeature::Town)
}

/// What the document is about, by what is believed of its names.
struct Context<'n> {
    names: &'n [Name],
    /// Mentions by country and by region.
    countries: FxHashMap<&'static str, f32>,
    regions: FxHashMap<u16, f32>,
    mentions: f32,
    /// How surely a unit is named.
    named: FxHashMap<u32, f32>,
    /// The country's own place, by its code, where it is named.
    named_countries: FxHashMap<&'static str, f32>,
    named_regions: FxHashMap<u16, f32>,
    /// The names in the order of the text, and the rank of each.
    order: Vec<u32>,
    rank: Vec<u32>,
    /// The likeliest points of each name.
    points: Vec<Vec<((f64, f64), f32)>>,
}

/// How often a name counts.
fn weight(name: &Name) -> f32 {
    name.mentions.min(3) as f32
}

/// How much of a name falls to each of some units.
type Shares<K> = Vec<(K, f32)>;

/// Shares of a name in countries and regions.
fn shares(name: &Name, beliefs: &[f32]) -> (Shares<&'static str>, Shares<u16>) {
    let (mut countries, mut regions): (Shares<&'static str>, Shares<u16>) = (Vec::new(), Vec::new());
    for (candidate, &belief) in name.candidates.iter().zip(beliefs).filter(|(_, belief)| **belief >= 0.02) {
        let share = belief * weight(name);
        if !candidate.country.is_empty() {
            match countries.iter_mut().find(|(country, _)| *country == candidate.country) {
                Some((_, sum)) => *sum += share,
                None => countries.push((candidate.country, share)),
            }
        }
        if !matches!(candidate.kind, PlaceFeature::Country | PlaceFeature::Continent | PlaceFeature::Area) {
            match regions.iter_mut().find(|(region, _)| *region == candidate.area) {
                Some((_, sum)) => *sum += share,
                None => regions.push((candidate.area, share)),
            }
        }
    }
    (countries, regions)
}

impl<'n> Context<'n> {
    fn new(names: &'n [Name], beliefs: &Beliefs) -> Self {
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        order.sort_by_key(|&name| (names[name as usize].first, name));
        let mut rank = vec![0; names.len()];
        for (i, &name) in order.iter().enumerate() {
            rank[name as usize] = i as u32;
        }
        let mut context = Self {
            names,
            countries: FxHashMap::default(),
            regions: FxHashMap::default(),
            mentions: names.iter().map(weight).sum(),
            named: FxHashMap::default(),
            named_countries: FxHashMap::default(),
            named_regions: FxHashMap::default(),
            order,
            rank,
            points: Vec::with_capacity(names.len()),
        };
        for (name, beliefs) in names.iter().zip(beliefs) {
            let (countries, regions) = shares(name, beliefs);
            for (country, share) in countries {
                *context.countries.entry(country).or_default() += share;
            }
            for (region, share) in regions {
                *context.regions.entry(region).or_default() += share;
            }
            let both = || name.candidates.iter().zip(beliefs);
            for (candidate, &belief) in both().filter(|(c, belief)| is_unit(c) && **belief > 0.3) {
                let most = |slot: &mut f32| *slot = slot.max(belief);
                most(context.named.entry(candidate.place).or_default());
                match candidate.kind {
                    PlaceFeature::Country => {
                        most(context.named_countries.entry(candidate.country).or_default());
                    }
                    PlaceFeature::Region => most(context.named_regions.entry(candidate.area).or_default()),
                    _ => {}
                }
            }
            let likely = both().filter(|(c, belief)| is_point(c) && **belief > 0.05);
            let mut points: Vec<((f64, f64), f32)> =
                likely.map(|(c, &belief)| ((c.latitude, c.longitude), belief)).collect();
            points.sort_by(|a, b| b.1.total_cmp(&a.1));
            points.truncate(3);
            context.points.push(points);
        }
        context
    }

    /// How many of the names around are near a point: those very near, and the share of all.
    fn near(&self, name: usize, point: (f64, f64)) -> (f32, f32) {
        let rank = self.rank[name] as usize;
        let around = rank.saturating_sub(NEIGHBOURS)..(rank + NEIGHBOURS + 1).min(self.order.len());
        let others = self.names.len() - 1;
        let (mut close, mut within) = (0.0, 0.0);
        for &other in self.order.get(around).unwrap_or_default() {
            if other as usize == name {
                continue;
            }
            for &(there, belief) in &self.points[other as usize] {
                let far = distance(point, there);
                if far < NEAR {
                    close += belief * (-far / 40.0).exp() as f32;
                    within += belief;
                }
            }
        }
        (close.min(2.0), within / others.clamp(1, 2 * NEIGHBOURS) as f32)
    }
}

/// The features of every candidate of every name, by what is believed of all names.
pub(crate) fn features(names: &[Name], beliefs: &Beliefs) -> Vec<Vec<Features>> {
    let context = Context::new(names, beliefs);
    (names.iter().zip(beliefs).enumerate())
        .map(|(i, (name, beliefs))| {
            let (countries, regions) = shares(name, beliefs);
            let rest = (context.mentions - weight(name)).max(1e-6);
            let most = name.candidates.iter().map(|c| c.size).fold(0.0, f32::max);
            (name.candidates.iter())
                .map(|candidate| {
                    let own = countries.iter().find(|(country, _)| *country == candidate.country);
                    let all = context.countries.get(candidate.country).copied().unwrap_or_default();
                    let country = (all - own.map_or(0.0, |(_, share)| *share)).max(0.0) / rest;
                    let own = regions.iter().find(|(region, _)| *region == candidate.area);
                    let all = context.regions.get(&candidate.area).copied().unwrap_or_default();
                    let region = (all - own.map_or(0.0, |(_, share)| *share)).max(0.0) / rest;
                    of_candidate(&context, i, candidate, most, (country, region))
                })
                .collect()
        })
        .collect()
}

fn of_candidate(
    context: &Context<'_>,
    i: usize,
    candidate: &Candidate,
    most: f32,
    (country, region): (f32, f32),
) -> Features {
    let name = &context.names[i];
    let flag = |is: bool| f32::from(u8::from(is));
    let kind = |kind: PlaceFeature| flag(candidate.kind == kind);
    let units = || {
        let within = name.within.iter().flat_map(|&other| &context.names[other as usize].candidates);
        within.filter(|outer| is_unit(outer))
    };
    let lies = units().any(|outer| lies_in(candidate, outer));
    let named = |map: Option<&f32>| map.copied().unwrap_or_default();
    let point = is_point(candidate);
    let below_region = point || candidate.kind == PlaceFeature::Region;
    let (close, within) =
        if below_region { context.near(i, (candidate.latitude, candidate.longitude)) } else { (0.0, 0.0) };
    let larger = name.candidates.iter().filter(|other| other.size > candidate.size).count().min(10);
    let other = candidate.manner == Manner::Other;
    let district = candidate.kind == PlaceFeature::District;
    [
        candidate.size / 3.0,
        kind(PlaceFeature::Country),
        kind(PlaceFeature::Region),
        kind(PlaceFeature::District),
        kind(PlaceFeature::Capital),
        kind(PlaceFeature::Town),
        kind(PlaceFeature::Area) + kind(PlaceFeature::Continent),
        flag(other && !district),
        flag(other && district),
        flag(candidate.size >= most),
        larger as f32 / 5.0,
        flag(lies),
        flag(!lies && units().next().is_some()),
        if candidate.kind == PlaceFeature::Country {
            0.0
        } else {
            named(context.named_countries.get(candidate.country))
        },
        if point { named(context.named_regions.get(&candidate.area)) } else { 0.0 },
        if point && !district {
            named(candidate.district.and_then(|district| context.named.get(&u32::from(district))))
        } else {
            0.0
        },
        country,
        if is_unit(candidate) && candidate.kind == PlaceFeature::Country { 0.0 } else { region },
        close,
        within,
        flag(candidate.size <= 0.0),
        flag(candidate.manner == Manner::Short),
    ]
}
