//! Where names are filed: those with one key may be one.

use crate::corrections::Corrections;
use crate::key::key_of_name;
use crate::row::{NameKind, Rule};
use crate::sighting::Sighting;
use crate::words::{Lists, fold};

/// What stands behind a key that a correction keeps apart.
pub(crate) const APART: char = '=';

/// The key of a sighting, whose rule and country are completed; none if it is no row.
pub(crate) fn file(sighting: &mut Sighting, corrections: &mut Corrections, lists: &Lists) -> Option<String> {
    let (kind, folded) = (sighting.kind, fold(&sighting.name));
    if folded.is_empty() {
        return None;
    }
    corrections.see(kind, &folded);
    if corrections.is_dropped(kind, &folded) {
        return None;
    }
    if corrections.is_apart(kind, &sighting.name) {
        sighting.rule = Rule::Correction;
        return Some(format!("{folded}{APART}{}", sighting.name));
    }
    let (key, rule) = match (kind, &sighting.country, &sighting.place) {
        (NameKind::State, Some(code), _) => (code.to_lowercase(), Rule::CountryCode),
        (NameKind::Place, _, Some(spot)) => (fold(&spot.name), Rule::SamePlace),
        _ => key_of_name(kind, &folded, lists),
    };
    if rule == Rule::StateBody {
        let of = lists.state_body(&folded).and_then(|(_, country)| country);
        sighting.country = of.map(str::to_owned).or(sighting.country.take());
    }
    // By its name, or by the key that it shares with other names.
    for key in [&folded, &key] {
        if let Some(root) = corrections.same(kind, key) {
            sighting.rule = Rule::Correction;
            return Some(root);
        }
    }
    sighting.rule = rule;
    Some(key)
}
