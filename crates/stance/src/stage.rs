//! The running stage.

use docmill_core::layers::{Clusters, Encodings, Entities, Modality, Sentences, Stance, Stances, Tokens};
use docmill_core::{Document, Stage, StageError};
use docmill_encoder::{HeadScratch, SpanClassifier};

use crate::judge::judge;
use crate::pairs::pairs;
use crate::parties::{Party, Scene, Who};

/// Adds stances to documents that are encoded.
pub(crate) struct StanceStage {
    pub head: SpanClassifier,
    pub threshold: f32,
    pub max_pairs: usize,
}

impl Stage for StanceStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?;
        let entities = doc.require::<Entities>()?;
        let encodings = doc.require::<Encodings>()?;
        let scene = Scene::new(doc, sentences, doc.require::<Tokens>()?, entities);
        let same = Same::new(doc, entities);
        let mut scratch = HeadScratch::default();
        let mut stances = Stances::default();
        let mut next = 0;
        for sentence in 0..sentences.items.len() {
            let first = next;
            next += entities.items[first..].iter().take_while(|e| e.sentence as usize == sentence).count();
            let parties = scene.parties(sentence, first..next);
            let pairs = pairs(&parties, self.max_pairs, |a, b| same.is(a, b));
            let questions: Vec<_> =
                pairs.iter().map(|&(i, j)| vec![parties[i].span, parties[j].span]).collect();
            let answers = self.head.scores(encodings, sentence as u32, &questions, &mut scratch)?;
            for ((i, j), scores) in pairs.into_iter().zip(answers) {
                let Some(judged) = scores.and_then(|scores| judge(&scores, self.threshold)) else { continue };
                let (holder, target) = if judged.forward { (i, j) } else { (j, i) };
                let (holder, about) = (parties[holder], parties[target]);
                let Some(target) = about.target() else { continue };
                let evidence = holder.span.cover(about.span);
                stances.items.push(Stance {
                    holder: holder.holder(),
                    target,
                    polarity: judged.polarity,
                    score: judged.score,
                    relation: None,
                    modality: Modality::Asserted,
                    sentence: sentence as u32,
                    evidence,
                });
            }
        }
        stances.items.sort_by_key(|stance| (stance.evidence.start, stance.evidence.end));
        doc.layers_mut().insert(stances);
        Ok(())
    }
}

/// Tells whether two parties are one: by their clusters if the document has some, else by their names.
struct Same<'d> {
    clusters: Option<Vec<Option<u32>>>,
    names: Vec<&'d str>,
}

impl<'d> Same<'d> {
    fn new(doc: &'d Document, entities: &Entities) -> Self {
        let clusters = doc.layers().get::<Clusters>();
        Self {
            clusters: clusters.map(|clusters| clusters.of_entities(entities.items.len())),
            names: entities.items.iter().map(|e| e.span.slice(doc.text()).unwrap_or_default()).collect(),
        }
    }

    fn is(&self, a: Party, b: Party) -> bool {
        match (entity(a), entity(b)) {
            (Some(i), Some(j)) => {
                let cluster = |i: usize| self.clusters.as_ref()?.get(i).copied()?;
                i == j || self.names[i] == self.names[j] || cluster(i).is_some_and(|c| cluster(j) == Some(c))
            }
            _ => a.who == b.who,
        }
    }
}

fn entity(party: Party) -> Option<usize> {
    match party.who {
        Who::Entity(i) | Who::Speaker(Some(i), _) => Some(i as usize),
        Who::Speaker(None, _) | Who::Author => None,
    }
}
