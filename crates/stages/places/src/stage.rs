//! The running stage.

use docmill_core::layers::{Citations, Entities, Place, PlaceFeature, PlaceForm, Places};
use docmill_core::{Document, Stage, StageError};

use crate::model::Model;
use crate::names::names;
use crate::scan::{Toponym, toponyms};
use crate::world::{Candidate, Manner, World};

/// Adds places to documents with entities.
#[derive(Debug)]
pub(crate) struct PlacesStage {
    pub threshold: f32,
}

impl Stage for PlacesStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let world = World::shipped();
        let entities = doc.require::<Entities>()?;
        let found = toponyms(world, doc.text(), entities, doc.layers().get::<Citations>());
        let (names, of) = names(doc.text(), &found);
        let beliefs = Model::shipped().beliefs(&names);
        let mut items = Vec::with_capacity(found.len());
        for (toponym, name) in found.iter().zip(of) {
            let (name, beliefs) = (&names[name as usize], &beliefs[name as usize]);
            let best = (0..beliefs.len()).reduce(|a, b| if beliefs[b] > beliefs[a] { b } else { a });
            let Some(best) = best.filter(|&best| beliefs[best] >= self.threshold) else { continue };
            let next = (0..beliefs.len()).filter(|&other| other != best).map(|other| beliefs[other]);
            let margin = beliefs[best] - next.fold(0.0, f32::max);
            items.push(place(world, toponym, &name.candidates[best], (beliefs[best], margin, beliefs.len())));
        }
        doc.layers_mut().insert(Places { items });
        Ok(())
    }
}

fn place(
    world: &World,
    toponym: &Toponym,
    chosen: &Candidate,
    (score, margin, candidates): (f32, f32, usize),
) -> Place {
    let gazetteer = world.gazetteer;
    let known = chosen.kind != PlaceFeature::Area;
    let region = known.then(|| gazetteer.region(chosen.area)).flatten();
    Place {
        span: toponym.span,
        entity: toponym.entity,
        form: match (toponym.form, chosen.manner) {
            (PlaceForm::Name, Manner::People) => PlaceForm::Adjective,
            (form, _) => form,
        },
        geonames: known.then(|| gazetteer.entry(chosen.place).geonames).flatten(),
        name: world.name(chosen.place).into(),
        feature: chosen.kind,
        country: world.code(chosen.country),
        admin1: region.map(|region| gazetteer.name(region).into()),
        latitude: chosen.latitude,
        longitude: chosen.longitude,
        score,
        margin,
        candidates: candidates as u32,
    }
}
