//! From a judgement to a stance: what the text says of it, and how.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{
    Basis, HolderKind, Quote, QuoteKind, Relation, Stance, StancePolarity, TargetKind,
};

use crate::direction::Reading;
use crate::judge::Judgement;
use crate::modality::Question;
use crate::names::Names;
use crate::party::{Party, Who};
use crate::relation::{Clause, Said};
use crate::scene::Scene;

/// A judgement on its way to a stance.
pub(crate) struct Found<'f> {
    pub scene: &'f Scene<'f>,
    pub names: &'f Names<'f>,
    pub clause: &'f Clause<'f>,
    pub sentence: u32,
}

impl Found<'_> {
    pub fn stance(
        &self,
        judged: Judgement,
        kind: TargetKind,
        [(holder, at), (about, to)]: [(Party, &Range<usize>); 2],
        reading: Option<Reading>,
    ) -> Option<Stance> {
        let target = about.target(kind)?;
        let said = reading.map(|reading| reading.said).or_else(|| self.fitting(judged.polarity, at, to));
        let hit = said.and_then(|said| self.clause.words.span(said.hit.start));
        // Somebody quoted may be named in another sentence.
        let near = if at.is_empty() { about.span } else { holder.span.cover(about.span) };
        let evidence = hit.into_iter().fold(near, Span::cover);
        let mut owner = holder.holder();
        // Inside a quotation the holder may be another than the speaker; outside, it is the speaker, or somebody whose
        // doing was taken for an attitude (`Naryn endorsed Osh`).
        let quote = self.scene.quotation(about.span);
        let inside = quote.is_some_and(|quote| quote.content.contains(holder.span));
        let says = |quote: &Quote| {
            let said =
                quote.kind != QuoteKind::Indirect || hit.is_some_and(|hit| quote.content.contains(hit));
            said && self.is_speaker(holder, quote)
        };
        if !inside && quote.is_some_and(says) {
            owner.kind = HolderKind::Speaker;
        }
        let quoted = inside && quote.is_some_and(|quote| !self.is_speaker(holder, quote));
        let question = Question {
            said,
            holder: (!at.is_empty()).then(|| at.clone()),
            evidence: if at.is_empty() { to.clone() } else { at.start.min(to.start)..at.end.max(to.end) },
            quoted,
            own_word: owner.kind != HolderKind::Entity,
            clause: self.clause,
        };
        Some(Stance {
            holder: owner,
            target,
            polarity: judged.polarity,
            score: judged.score,
            basis: basis(said),
            relation: said
                .and_then(|said| relation(said, judged.polarity, reading.is_some_and(|r| r.side != 0))),
            modality: question.modality(),
            sentence: self.sentence,
            evidence,
        })
    }

    pub fn is_speaker(&self, party: Party, quote: &Quote) -> bool {
        let speaker = quote.speaker.and_then(|speaker| speaker.entity);
        match party.who {
            Who::Entity(i) => speaker.is_some_and(|s| self.names.same(s as usize, i as usize)),
            Who::Speaker(..) | Who::Author => true,
            Who::Group(span) | Who::Thing(span) => {
                quote.speaker.is_some_and(|speaker| speaker.span.overlaps(span))
            }
        }
    }

    /// What the words between two parties say, where nobody's doing is plain, if it fits the side that the model tells.
    fn fitting(&self, polarity: StancePolarity, a: &Range<usize>, b: &Range<usize>) -> Option<Said> {
        let between = a.end.min(b.end)..a.start.max(b.start);
        self.clause
            .said(between)
            .filter(|said| said.relation().is_some_and(|relation| fits(relation, polarity)))
    }
}

fn fits(relation: Relation, polarity: StancePolarity) -> bool {
    let conflict = matches!(relation, Relation::VerbalConflict | Relation::MaterialConflict);
    conflict == (polarity == StancePolarity::Against)
}

/// What passes between holder and target. Where the rules read the side from more than one word (`supports sanctions on`),
/// it is in words; where the side is the model's, and the words do not fit it, nothing is told.
fn relation(said: Said, polarity: StancePolarity, read: bool) -> Option<Relation> {
    let verbal = match polarity {
        StancePolarity::Against => Relation::VerbalConflict,
        StancePolarity::Favor | StancePolarity::Neutral => Relation::VerbalCooperation,
    };
    said.relation().filter(|&relation| fits(relation, polarity)).or(read.then_some(verbal))
}

/// By what the side is taken: what is said, unless the words tell of a deed.
fn basis(said: Option<Said>) -> Basis {
    match said.and_then(Said::relation) {
        Some(Relation::MaterialCooperation | Relation::MaterialConflict) => Basis::Deeds,
        _ => Basis::Words,
    }
}
