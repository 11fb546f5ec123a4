//! What a name may mean: the gazetteer, and the states, regions and waters of `data/en`.

use std::sync::{Arc, LazyLock};

use docmill_core::layers::PlaceFeature;
use docmill_lexicon::lists::{GEOGRAPHY, REGIONS, STATES};
use rustc_hash::FxHashMap;

use crate::fold::fold;
use crate::gazetteer::Gazetteer;
use crate::words::Words;

/// How a name stands for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Manner {
    /// Its own name.
    Own,
    /// Another name.
    Other,
    /// Its people, or an adjective.
    People,
    /// An abbreviation: `Ill.`.
    Short,
}

/// A place of a name, with what the features ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    /// Its number; those behind the gazetteer's are areas.
    pub place: u32,
    pub manner: Manner,
    pub kind: PlaceFeature,
    pub latitude: f64,
    pub longitude: f64,
    /// Logarithm of the population.
    pub size: f32,
    /// ISO 3166-1 alpha-2; empty for what lies in none.
    pub country: &'static str,
    /// The gazetteer's number of country and region.
    pub area: u16,
    pub district: Option<u16>,
}

/// A region, a water or mountains, from `data/en/geography.tsv`.
#[derive(Debug)]
struct Area {
    name: &'static str,
    latitude: f64,
    longitude: f64,
    country: &'static str,
}

/// How large an area counts: as a large country, so that it comes before hamlets of its name.
const AREA_SIZE: f32 = 7.5;
/// The most places of a name that are looked at: the largest.
const MOST: usize = 60;

/// All places and names.
#[derive(Debug)]
pub(crate) struct World {
    pub gazetteer: Gazetteer,
    areas: Vec<Area>,
    names: FxHashMap<String, Vec<(u32, Manner)>>,
    /// Alpha-3 by alpha-2.
    codes: FxHashMap<&'static str, Arc<str>>,
    pub words: Words,
}

impl World {
    /// The one that docmill comes with.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<World> = LazyLock::new(World::new);
        &SHIPPED
    }

    fn new() -> Self {
        let gazetteer = Gazetteer::shipped();
        let mut world = Self {
            gazetteer,
            areas: Vec::new(),
            names: FxHashMap::default(),
            codes: FxHashMap::default(),
            words: Words::shipped(),
        };
        // Countries and regions stand at the beginning of the gazetteer.
        let mut countries: FxHashMap<&'static str, u32> = FxHashMap::default();
        let mut regions: FxHashMap<(&'static str, String), u32> = FxHashMap::default();
        for place in 0..gazetteer.len() {
            let entry = gazetteer.entry(place);
            let country = gazetteer.country(entry.area);
            match entry.kind {
                PlaceFeature::Continent => {}
                PlaceFeature::Country => _ = countries.insert(country, place),
                PlaceFeature::Region => _ = regions.insert((country, fold(gazetteer.name(place))), place),
                _ => break,
            }
        }
        let mut alpha2: FxHashMap<&'static str, &'static str> = FxHashMap::default();
        for [code, two, names, acronyms, people, _] in STATES.shipped().fields() {
            alpha2.insert(code, two);
            if !code.is_empty() {
                world.codes.insert(two, code.into());
            }
            let Some(&country) = countries.get(two) else { continue };
            for (list, manner) in [(names, Manner::Own), (acronyms, Manner::Own), (people, Manner::People)] {
                list.split('|').for_each(|name| world.add(name, country, manner));
            }
        }
        for [name, abbreviations, code, whole] in REGIONS.shipped().fields() {
            let known = alpha2.get(code).copied().unwrap_or_default();
            let full = if whole.is_empty() { name } else { whole };
            let Some(&region) = regions.get(&(known, fold(full))) else { continue };
            let manner = if name.ends_with('.') { Manner::Short } else { Manner::Own };
            world.add(name, region, manner);
            abbreviations.split('|').for_each(|name| world.add(name, region, Manner::Short));
        }
        for [names, latitude, longitude, code] in GEOGRAPHY.shipped().fields() {
            let country = alpha2.get(code).copied().unwrap_or_default();
            world.add_area(names, latitude, longitude, country);
        }
        world
    }

    fn add(&mut self, name: &str, place: u32, manner: Manner) {
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let places = self.names.entry(key).or_default();
        if !places.iter().any(|(known, _)| *known == place) {
            places.push((place, manner));
        }
    }

    /// An area, or further names of the place of the gazetteer that it is.
    fn add_area(&mut self, names: &'static str, latitude: &str, longitude: &str, country: &'static str) {
        let (Ok(latitude), Ok(longitude)) = (latitude.parse::<f64>(), longitude.parse::<f64>()) else {
            return;
        };
        let name = names.split('|').next().unwrap_or_default();
        let own = self.gazetteer.find(&fold(name)).into_iter().filter(|(_, other)| !other);
        let known = own.map(|(place, _)| place).filter(|&place| {
            let entry = self.gazetteer.entry(place);
            let same = self.gazetteer.country(entry.area) == country && !country.is_empty();
            same && distance((entry.latitude, entry.longitude), (latitude, longitude)) < 100.0
        });
        let size = |place: &u32| self.gazetteer.entry(*place).size;
        let place = known.max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or_else(|| {
            self.areas.push(Area { name, latitude, longitude, country });
            self.gazetteer.len() + self.areas.len() as u32 - 1
        });
        names.split('|').for_each(|name| self.add(name, place, Manner::Own));
    }

    /// How many places there are, areas included.
    pub fn len(&self) -> u32 {
        self.gazetteer.len() + self.areas.len() as u32
    }

    fn area(&self, place: u32) -> Option<&Area> {
        self.areas.get(place.checked_sub(self.gazetteer.len())? as usize)
    }

    pub fn candidate(&self, place: u32, manner: Manner) -> Candidate {
        if let Some(area) = self.area(place) {
            return Candidate {
                place,
                manner,
                kind: PlaceFeature::Area,
                latitude: area.latitude,
                longitude: area.longitude,
                size: AREA_SIZE,
                country: area.country,
                area: u16::MAX,
                district: None,
            };
        }
        let entry = self.gazetteer.entry(place);
        Candidate {
            place,
            manner,
            kind: entry.kind,
            latitude: entry.latitude,
            longitude: entry.longitude,
            size: if entry.kind == PlaceFeature::Continent { AREA_SIZE } else { entry.size },
            country: self.gazetteer.country(entry.area),
            area: entry.area,
            district: entry.district,
        }
    }

    /// The name of a place.
    pub fn name(&self, place: u32) -> &'static str {
        self.area(place).map_or_else(|| self.gazetteer.name(place), |area| area.name)
    }

    /// ISO 3166-1 alpha-3 code of a country, where docmill's states have it; else none.
    pub fn code(&self, alpha2: &str) -> Option<Arc<str>> {
        self.codes.get(alpha2).cloned()
    }

    /// True if a folded name is an adjective or the people of a state.
    pub fn is_known(&self, key: &str) -> bool {
        self.names.contains_key(key)
    }

    /// The places of a name as written, the largest first.
    pub fn find(&self, name: &str) -> Vec<Candidate> {
        let key = fold(name);
        let mut found = self.find_folded(&key);
        if let Some(rest) = key.strip_prefix("the ") {
            found.extend(self.find_folded(rest));
        }
        if found.is_empty() {
            found = self.words.without_unit(&key).map_or_else(Vec::new, |(rest, unit)| {
                let mut found = self.find_folded(rest);
                let is_unit = |c: &Candidate| {
                    matches!(c.kind, PlaceFeature::Region | PlaceFeature::District | PlaceFeature::Country)
                };
                found.retain(|candidate| !unit || is_unit(candidate));
                found
            });
        }
        found.sort_by(|a, b| b.size.total_cmp(&a.size).then(a.place.cmp(&b.place)));
        found.dedup_by_key(|candidate| candidate.place);
        found.truncate(MOST);
        found
    }

    fn find_folded(&self, key: &str) -> Vec<Candidate> {
        let known = self.names.get(key).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<Candidate> =
            known.iter().map(|&(place, manner)| self.candidate(place, manner)).collect();
        for (place, other) in self.gazetteer.find(key) {
            if !known.iter().any(|(own, _)| *own == place) {
                let manner = if other { Manner::Other } else { Manner::Own };
                found.push(self.candidate(place, manner));
            }
        }
        found
    }
}

/// Kilometres between two points, well enough for what is near.
pub(crate) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let mut east = (a.1 - b.1).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let middle = f64::midpoint(a.0, b.0).to_radians();
    (a.0 - b.0).hypot(east * middle.cos()) * 111.2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_states_regions_and_waters_are_names_too() {
        let world = World::shipped();
        let first = |name: &str| world.find(name).first().map(|c| (world.name(c.place), c.kind));
        assert_eq!(first("Kyrgyz"), Some(("Kyrgyzstan", PlaceFeature::Country)));
        assert_eq!(first("Ill."), Some(("Illinois", PlaceFeature::Region)));
        assert_eq!(first("N.Y."), Some(("New York", PlaceFeature::Region)));
        assert_eq!(first("Black Sea"), Some(("Black Sea", PlaceFeature::Area)));
        assert_eq!(first("the Middle East"), Some(("Middle East", PlaceFeature::Area)));
        assert_eq!(first("L.A."), Some(("Los Angeles", PlaceFeature::Town)));
        assert_eq!(first("Osh Oblasty"), first("Osh Oblasty"));
        let rows = GEOGRAPHY.shipped().rows().count();
        assert!(world.areas.len() > 150 && world.areas.len() < rows, "{} of {rows}", world.areas.len());
        for [names, latitude, longitude, code] in GEOGRAPHY.shipped().fields() {
            assert!(latitude.parse::<f64>().is_ok_and(|d| d.abs() <= 90.0), "{names}");
            assert!(longitude.parse::<f64>().is_ok_and(|d| d.abs() <= 180.0), "{names}");
            assert!(code.is_empty() || world.codes.values().any(|known| **known == *code), "{names} {code}");
        }
    }

    #[test]
    fn kilometres() {
        assert!((distance((51.5, -0.1), (48.9, 2.35)) - 340.0).abs() < 10.0);
        assert!((distance((0.0, 179.5), (0.0, -179.5)) - 111.0).abs() < 1.0);
    }
}
