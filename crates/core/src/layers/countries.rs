use std::sync::Arc;

use super::{Belonging, Clusters, CountrySource, Entities, RoleStatus, Roles};
use crate::View;

/// The country of each cluster with what it is known from: the state that the thing is, the one that it belongs to, or
/// the state of an office of a person.
pub(super) fn countries(view: &View<'_>) -> Vec<Option<Belonging>> {
    let Some(clusters) = view.layer::<Clusters>() else { return Vec::new() };
    let mut found: Vec<Option<Belonging>> = (clusters.items.iter())
        .map(|cluster| match &cluster.country {
            Some(country) => Some(Belonging { country: country.clone(), source: CountrySource::State }),
            None => cluster.belongs.clone(),
        })
        .collect();
    let of_entity = clusters.of_entities(view.layer::<Entities>().map_or(0, |layer| layer.items.len()));
    let cluster = |entity: u32| of_entity.get(entity as usize).copied().flatten().map(|i| i as usize);
    let mut former: Vec<(usize, Belonging)> = Vec::new();
    for role in view.layer::<Roles>().map_or(&[][..], |roles| &roles.items) {
        let Some(person) = cluster(role.person).filter(|&person| found[person].is_none()) else { continue };
        let organization = role.organization.and_then(cluster).and_then(|i| found[i].as_ref());
        let country = match (organization, role.state) {
            (Some(organization), _) => organization.country.clone(),
            (None, Some(state)) => Arc::from(state.code),
            (None, None) => continue,
        };
        let belonging = Belonging { country, source: CountrySource::Role };
        if role.status == RoleStatus::Former {
            former.push((person, belonging));
        } else {
            found[person] = Some(belonging);
        }
    }
    for (person, belonging) in former {
        found[person].get_or_insert(belonging);
    }
    found
}
