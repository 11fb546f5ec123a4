use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::round_score;
use crate::{Layer, MergeOffsets, Span, View};

/// How the text names a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceForm {
    /// By its name: `Osh`, `Fort Worth` in `Fort Worth, Texas`.
    Name,
    /// By an adjective or its people: `Kyrgyz`.
    Adjective,
    /// Inside the name of something else: `Paris` in `Paris Library`.
    Part,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceFeature {
    /// `Africa`.
    Continent,
    /// A state or territory.
    Country,
    /// Of the first order: a state of the USA, an oblast.
    Region,
    /// Of the second order: a county.
    District,
    /// The capital of a country.
    Capital,
    /// Any other town or village, or a part of one.
    Town,
    /// What has no border of its own: a part of the world, a water, mountains.
    Area,
}

/// A place that the text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The name in the text.
    pub span: Span,
    /// Index of the entity mention that it is, or that it stands in.
    pub entity: Option<u32>,
    /// How the text names it.
    pub form: PlaceForm,
    /// Its number in GeoNames, if it is known.
    pub geonames: Option<u32>,
    /// Its name in the gazetteer.
    pub name: Arc<str>,
    /// What kind of place it is.
    pub feature: PlaceFeature,
    /// ISO 3166-1 alpha-3 code of the country that it is or lies in.
    pub country: Option<Arc<str>>,
    /// The region of the first order that it is or lies in.
    pub admin1: Option<Arc<str>>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Probability that it is meant, among the places of that name.
    pub score: f32,
    /// By how much the score exceeds that of the next place of that name.
    pub margin: f32,
    /// How many places of that name there are.
    pub candidates: u32,
}

/// The places that a document names, in text order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Sorted by span, without overlap.
    pub items: Vec<Place>,
}

impl Places {
    /// Index of the place that an entity mention names; none if it names none, or only holds its name.
    pub fn of_entity(&self, entity: u32) -> Option<usize> {
        self.items.iter().position(|place| place.entity == Some(entity) && place.form != PlaceForm::Part)
    }
}

/// A place in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRecord {
    /// `pl0`, `pl1`, ...
    pub id: String,
    /// Id of the entity mention that it is, or that it stands in; null where none is.
    pub entity: Option<String>,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The name as written.
    pub text: String,
    /// How the text names it: `name`, `adjective` (`Kyrgyz`) or `part` (of the name of something else).
    pub form: PlaceForm,
    /// Its number in GeoNames; null where the gazetteer has none (regions outside the USA, districts, seas).
    pub geonames: Option<u32>,
    /// Its name in the gazetteer.
    pub name: String,
    /// What kind of place it is.
    pub feature: PlaceFeature,
    /// ISO 3166-1 alpha-3 code of the country that it is or lies in.
    pub country: Option<String>,
    /// The region of the first order that it is or lies in.
    pub admin1: Option<String>,
    /// Degrees north; of the middle, where it is no town.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Probability that it is meant, among the places of that name.
    pub score: f64,
    /// By how much the score exceeds that of the next place of that name.
    pub margin: f64,
    /// How many places of that name there are.
    pub candidates: u32,
}

impl Layer for Places {
    const NAME: &'static str = "places";
    const JOINS: bool = true;
    type Record = Vec<PlaceRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(i, place): (usize, &Place)| {
            let span = view.span(place.span);
            PlaceRecord {
                id: format!("pl{i}"),
                entity: place.entity.map(|entity| format!("e{entity}")),
                start: span.start,
                end: span.end,
                text: span.text,
                form: place.form,
                geonames: place.geonames,
                name: place.name.to_string(),
                feature: place.feature,
                country: place.country.as_deref().map(str::to_owned),
                admin1: place.admin1.as_deref().map(str::to_owned),
                latitude: place.latitude,
                longitude: place.longitude,
                score: round_score(place.score),
                margin: round_score(place.margin),
                candidates: place.candidates,
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for place in &mut self.items {
            place.span = offsets.span(place.span);
            place.entity = place.entity.map(|entity| entity + offsets.entities);
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
