//! The places of the whole run, each once, with their coordinates.

use std::collections::HashMap;

use docmill_core::layers::{PlaceFeature, PlaceForm, PlaceRecord};
use docmill_jsonl::Record;
use serde::Serialize;

/// Places as the page's script reads them: a column each.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Places {
    name: Vec<String>,
    /// The region and the country that it lies in.
    within: Vec<String>,
    /// What kind of place; the middle of a country is no town.
    feature: Vec<PlaceFeature>,
    latitude: Vec<f64>,
    longitude: Vec<f64>,
    #[serde(skip)]
    known: HashMap<Key, u32>,
}

/// Same number in `GeoNames`, or else same name at the same coordinates.
type Key = (Option<u32>, String, u64, u64);

impl Places {
    fn number(&mut self, place: &PlaceRecord) -> u32 {
        let key = match place.geonames {
            Some(number) => (Some(number), String::new(), 0, 0),
            None => (None, place.name.clone(), place.latitude.to_bits(), place.longitude.to_bits()),
        };
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let number = self.name.len() as u32;
        self.known.insert(key, number);
        self.name.push(place.name.clone());
        let within = [&place.admin1, &place.country].into_iter().flatten();
        let within: Vec<&str> = within.map(String::as_str).filter(|name| *name != place.name).collect();
        self.within.push(within.join(", "));
        self.feature.push(place.feature);
        // Two digits are a kilometre: the map shows less.
        self.latitude.push(rounded(place.latitude));
        self.longitude.push(rounded(place.longitude));
        number
    }

    /// The places of a document, by their ids; without those that are part of the name of something else.
    pub fn of<'r>(&mut self, record: &'r Record) -> HashMap<&'r str, u32> {
        let named = record.places.iter().filter(|place| place.form != PlaceForm::Part);
        named.map(|place| (place.id.as_str(), self.number(place))).collect()
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 100.0).round() / 100.0
}
