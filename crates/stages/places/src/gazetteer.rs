//! The places of GeoNames as `data/make_gazetteer.py` lays them out; read where they lie, without a copy.
//!
//! After eight bytes `DMPLACE1`, the number of names and the lengths of six sections, all of them u32, little-endian:
//!
//! 1. areas, 6 bytes each: country (ISO 3166-1 alpha-2), number of the place that is the region, or `u32::MAX`;
//! 2. places, 16 bytes each: GeoNames id (u32), latitude and longitude ((degrees + 180) * 10,000 as u24), logarithm of
//!    the population (log10 * 25), kind, area (u16), number of the district or `u16::MAX`;
//! 3. where each place's name ends (u24);
//! 4. those names;
//! 5. where each block of 16 keys begins (u32);
//! 6. the keys, sorted by their bytes: how many bytes it shares with the key before it in the block, how many follow,
//!    those, how many places have it, and for each place the distance from the one before it, doubled, plus one if it
//!    is another name of the place. Numbers are varints (LEB128).

use docmill_core::layers::PlaceFeature;

/// Names in a block.
const BLOCK: usize = 16;

/// What stands in the program.
static SHIPPED: &[u8] = include_bytes!("../data/gazetteer.bin");

/// A gazetteer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gazetteer {
    names: usize,
    areas: &'static [u8],
    places: &'static [u8],
    ends: &'static [u8],
    shown: &'static [u8],
    starts: &'static [u8],
    blocks: &'static [u8],
}

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub geonames: Option<u32>,
    pub latitude: f64,
    pub longitude: f64,
    /// Logarithm of the population.
    pub size: f32,
    pub kind: PlaceFeature,
    pub area: u16,
    /// Number of the district that it is or lies in.
    pub district: Option<u16>,
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u24_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 3).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

/// Reads a varint; the rest of the bytes is left.
fn varint(bytes: &mut &[u8]) -> usize {
    let mut value = 0;
    for shift in (0..28).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(count.min(bytes.len()));
    *bytes = rest;
    taken
}

impl Gazetteer {
    /// The shipped one.
    pub fn shipped() -> Self {
        let mut rest = SHIPPED.get(36..).unwrap_or_default();
        let mut section = |i: usize| take(&mut rest, u32_at(SHIPPED, 12 + 4 * i) as usize);
        Self {
            names: u32_at(SHIPPED, 8) as usize,
            areas: section(0),
            places: section(1),
            ends: section(2),
            shown: section(3),
            starts: section(4),
            blocks: section(5),
        }
    }

    /// How many places it has.
    pub fn len(self) -> u32 {
        (self.places.len() / 16) as u32
    }

    /// A place by its number.
    pub fn entry(self, place: u32) -> Entry {
        let at = place as usize * 16;
        let degrees = |at: usize| f64::from(u24_at(self.places, at)) / 1e4 - 180.0;
        let byte = |at: usize| self.places.get(at).copied().unwrap_or_default();
        Entry {
            geonames: Some(u32_at(self.places, at)).filter(|&id| id > 0),
            latitude: (degrees(at + 4) * 1e4).round() / 1e4,
            longitude: (degrees(at + 7) * 1e4).round() / 1e4,
            size: f32::from(byte(at + 10)) / 25.0,
            kind: match byte(at + 11) {
                0 => PlaceFeature::Continent,
                1 => PlaceFeature::Country,
                2 => PlaceFeature::Region,
                3 => PlaceFeature::District,
                4 => PlaceFeature::Capital,
                _ => PlaceFeature::Town,
            },
            area: u16_at(self.places, at + 12),
            district: Some(u16_at(self.places, at + 14)).filter(|&district| district < u16::MAX),
        }
    }

    /// The name of a place.
    pub fn name(self, place: u32) -> &'static str {
        let end = |place: u32| u24_at(self.ends, place as usize * 3) as usize;
        let start = place.checked_sub(1).map_or(0, end);
        self.shown.get(start..end(place)).and_then(|name| str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// The country of an area (ISO 3166-1 alpha-2); empty for what lies in none.
    pub fn country(self, area: u16) -> &'static str {
        let code = self.areas.get(usize::from(area) * 6..usize::from(area) * 6 + 2).unwrap_or_default();
        str::from_utf8(code).unwrap_or_default().trim_end_matches('\0')
    }

    /// The place that is the region of an area.
    pub fn region(self, area: u16) -> Option<u32> {
        Some(u32_at(self.areas, usize::from(area) * 6 + 2)).filter(|&place| place < u32::MAX)
    }

    /// The places of a folded name, each with whether it is another name of the place.
    pub fn find(self, name: &str) -> Vec<(u32, bool)> {
        let blocks = self.starts.len() / 4;
        let block = |i: usize| self.blocks.get(u32_at(self.starts, i * 4) as usize..).unwrap_or_default();
        let first = |i: usize| {
            let mut bytes = block(i);
            varint(&mut bytes);
            let length = varint(&mut bytes);
            take(&mut bytes, length)
        };
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = usize::midpoint(low, high);
            if first(middle) <= name.as_bytes() { low = middle + 1 } else { high = middle }
        }
        let Some(index) = low.checked_sub(1) else { return Vec::new() };
        let mut bytes = block(index);
        let mut key: Vec<u8> = Vec::new();
        for _ in 0..BLOCK.min(self.names.saturating_sub(index * BLOCK)) {
            let shared = varint(&mut bytes);
            let length = varint(&mut bytes);
            key.truncate(shared);
            key.extend_from_slice(take(&mut bytes, length));
            let count = varint(&mut bytes);
            let here = key == name.as_bytes();
            let mut found = Vec::with_capacity(if here { count } else { 0 });
            let mut place = 0;
            for _ in 0..count {
                let value = varint(&mut bytes);
                place += value as u32 >> 1;
                if here {
                    found.push((place, value & 1 == 1));
                }
            }
            if here {
                return found;
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn every_name_leads_back_to_its_place() {
        let gazetteer = Gazetteer::shipped();
        assert_eq!(SHIPPED.get(..8), Some(&b"DMPLACE1"[..]));
        assert!(SHIPPED.len() < 12_000_000, "the repository takes no more: {}", SHIPPED.len());
        assert!(gazetteer.len() > 200_000);
        for place in (0..gazetteer.len()).step_by(97) {
            let name = gazetteer.name(place);
            assert!(!name.is_empty(), "{place}");
            let found = gazetteer.find(&fold(name));
            assert!(found.iter().any(|&(other, _)| other == place), "{place} {name}: {found:?}");
            let entry = gazetteer.entry(place);
            assert!(entry.latitude.abs() <= 90.0 && entry.longitude.abs() <= 180.0, "{name} {entry:?}");
        }
    }

    #[test]
    fn a_place_has_its_region_and_country() {
        let gazetteer = Gazetteer::shipped();
        let cairos = gazetteer.find("cairo");
        let of = |country: &str, kind: PlaceFeature| {
            let here = |&&(place, _): &&(u32, bool)| {
                let entry = gazetteer.entry(place);
                entry.kind == kind && gazetteer.country(entry.area) == country
            };
            cairos.iter().find(here).map(|&(place, _)| gazetteer.entry(place)).unwrap()
        };
        let town = of("US", PlaceFeature::Town);
        assert_eq!(of("EG", PlaceFeature::Capital).geonames, Some(360_630));
        assert!(town.size < 5.0);
        assert!(gazetteer.region(town.area).is_some_and(|region| !gazetteer.name(region).is_empty()));
        assert!(gazetteer.find("no such place at all").is_empty());
        assert!(gazetteer.find("").is_empty());
    }
}
