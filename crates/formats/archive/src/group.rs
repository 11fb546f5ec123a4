//! The names of one key, made one as far as country and mark allow.

use std::collections::BTreeMap;

use crate::corrections::Corrections;
use crate::filing::APART;
use crate::row::{NameKind, NameRow, Rule};
use crate::sighting::Sighting;
use crate::sum::Sum;
use crate::words::id;

/// Country and mark. Two fit if neither differs; what is unknown differs from nothing.
pub(crate) type Variant = (Option<String>, Option<String>);

/// Which share of the documents with a known country (or mark) has to have one of it, so that those without belong to it.
const NEARLY_ALL: (u64, u64) = (9, 10);

/// All sightings of one key.
#[derive(Debug, Default)]
pub(crate) struct Group {
    kind: Option<NameKind>,
    sums: BTreeMap<Variant, Sum>,
}

/// The rows of a key, and the id that each variant went to.
#[derive(Debug, Default)]
pub(crate) struct GroupRows {
    pub rows: Vec<NameRow>,
    pub ids: BTreeMap<Variant, String>,
}

impl Group {
    /// Adds a sighting of the key.
    pub fn add(&mut self, sighting: Sighting) {
        self.kind = Some(sighting.kind);
        let variant = (sighting.country.clone(), sighting.mark.clone());
        self.sums.entry(variant).or_default().add(sighting);
    }

    /// The rows, sorted by country and mark.
    pub fn rows(mut self, key: &str, corrections: &Corrections) -> GroupRows {
        let Some(kind) = self.kind else { return GroupRows::default() };
        let mut went: BTreeMap<Variant, Variant> =
            self.sums.keys().map(|variant| (variant.clone(), variant.clone())).collect();
        let by_rule =
            |rule: Rule| self.sums.values().any(|sum| sum.names.keys().any(|(own, _)| *own == rule));
        let one_word = by_rule(Rule::OneWord);
        let body = by_rule(Rule::StateBody);
        let whole = kind == NameKind::State
            || by_rule(Rule::KnownAlias)
            || (by_rule(Rule::Correction) && !key.contains(APART));
        if whole {
            // Whatever the countries are; the row has the one that most documents have.
            let known = self.sums.iter().filter(|((country, _), _)| country.is_some());
            let most = known.max_by_key(|(_, sum)| sum.documents()).map(|(variant, _)| variant.clone());
            self.join_all(&most.unwrap_or_default(), &mut went);
        } else if !one_word && !body {
            self.join_unknown(|(_, mark)| mark.as_ref(), &mut went);
            self.join_unknown(|(country, _)| country.as_ref(), &mut went);
        }
        // A mark is part of the id only where the country is not enough: an office that becomes known changes nothing.
        let mut countries: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for (country, _) in self.sums.keys() {
            *countries.entry(country.clone()).or_default() += 1;
        }
        let id_of = |(country, mark): &Variant| {
            let several = countries.get(country).is_some_and(|count| *count > 1);
            let country = country.as_deref().filter(|_| !whole);
            id(kind, key, country, mark.as_deref().filter(|_| several))
        };
        let ids = went.into_iter().map(|(from, to)| (from, id_of(&to))).collect();
        let rows = (self.sums.into_iter())
            .map(|(variant, sum)| {
                let id = id_of(&variant);
                let ambiguous = one_word || body && variant.0.is_none();
                sum.row(kind, id, variant.0, ambiguous, corrections)
            })
            .collect();
        GroupRows { rows, ids }
    }

    fn join_all(&mut self, to: &Variant, went: &mut BTreeMap<Variant, Variant>) {
        let mut all = Sum::default();
        for sum in std::mem::take(&mut self.sums).into_values() {
            all.merge(sum, None);
        }
        self.sums.insert(to.clone(), all);
        for variant in went.values_mut() {
            variant.clone_from(to);
        }
    }

    /// Joins what has no country (or no mark) to the one that fits, if nearly all documents of those that fit are of one.
    fn join_unknown(&mut self, part: fn(&Variant) -> Option<&String>, went: &mut BTreeMap<Variant, Variant>) {
        let unknown: Vec<Variant> =
            self.sums.keys().filter(|variant| part(variant).is_none()).cloned().collect();
        for from in unknown {
            let fits = |to: &Variant| {
                let (country, mark) =
                    (fit(from.0.as_deref(), to.0.as_deref()), fit(from.1.as_deref(), to.1.as_deref()));
                part(to).is_some() && country && mark
            };
            let fitting: Vec<(&Variant, u64)> =
                self.sums.iter().filter(|(to, _)| fits(to)).map(|(to, sum)| (to, sum.documents())).collect();
            let all: u64 = fitting.iter().map(|(_, documents)| documents).sum();
            let most = fitting.iter().max_by_key(|(_, documents)| *documents);
            let nearly_all = most.filter(|(_, most)| most * NEARLY_ALL.1 >= all * NEARLY_ALL.0);
            let Some((to, _)) = nearly_all else { continue };
            let to = (*to).clone();
            if let (Some(sum), Some(into)) = (self.sums.remove(&from), self.sums.get_mut(&to)) {
                into.merge(sum, Some(Rule::OnlyOther));
                for variant in went.values_mut().filter(|variant| **variant == from) {
                    variant.clone_from(&to);
                }
            }
        }
    }
}

/// True if two countries, or two marks, may be one.
pub(crate) fn fit(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Counts;

    fn rows(sightings: &[(Option<&str>, Option<&str>)]) -> GroupRows {
        let mut group = Group::default();
        for (country, mark) in sightings {
            group.add(Sighting {
                kind: NameKind::Person,
                name: "Ann Lee".into(),
                country: country.map(str::to_owned),
                mark: mark.map(str::to_owned),
                date: None,
                aliases: Vec::new(),
                roles: Vec::new(),
                place: None,
                counts: Counts::default(),
                rule: Rule::FullName,
            });
        }
        group.rows("ann lee", &Corrections::default())
    }

    fn countries(rows: &GroupRows) -> Vec<(Option<&str>, u64)> {
        rows.rows.iter().map(|row| (row.country.as_deref(), row.documents)).collect()
    }

    #[test]
    fn what_is_unknown_joins_what_fits_if_it_is_nearly_alone() {
        let none = (None, None);
        assert_eq!(countries(&rows(&[none, (Some("USA"), None), none])), [(Some("USA"), 3)]);
        let two = rows(&[none, (Some("USA"), None), (Some("GBR"), None)]);
        assert_eq!(countries(&two), [(None, 1), (Some("GBR"), 1), (Some("USA"), 1)]);
        let mut many = vec![(Some("USA"), None); 9];
        many.extend([none, (Some("GBR"), None)]);
        assert_eq!(countries(&rows(&many)), [(Some("GBR"), 1), (Some("USA"), 10)]);
        let merges = &rows(&many).rows[1].merges;
        assert_eq!(
            merges.iter().map(|merge| merge.rule).collect::<Vec<_>>(),
            [Rule::FullName, Rule::OnlyOther]
        );
    }

    #[test]
    fn offices_of_different_fields_are_of_different_persons() {
        let found =
            rows(&[(Some("USA"), Some("state")), (Some("USA"), Some("sport")), (None, Some("sport"))]);
        assert_eq!(countries(&found), [(Some("USA"), 2), (Some("USA"), 1)]);
        let ids: std::collections::BTreeSet<_> = found.ids.values().collect();
        assert_eq!((found.ids.len(), ids.len()), (3, 2));
        assert!(found.rows.iter().all(|row| ids.contains(&row.id)));
    }
}
