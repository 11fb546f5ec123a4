//! Stances by the learned judge, where the text was parsed.

use std::collections::HashMap;
use std::io::Write;
use std::ops::Range;

use docmill_core::layers::{Stance, StancePolarity, Upos};
use docmill_core::{Document, Span, StageError};

use crate::direction::{Agent, Reading};
use crate::features::Question;
use crate::judge::Judgement;
use crate::names::{Kind, Names};
use crate::parties::{Party, Who};
use crate::stage::{Found, StanceStage};
use crate::tree::Tree;
use crate::weights::Weights;
use crate::words::Words;

/// Pronouns that stand for people, besides those of the first person.
const PRONOUNS: [&str; 8] = ["he", "she", "they", "him", "her", "them", "who", "it"];

/// Two parties in text order, and what the rules read of them.
pub(crate) struct Asked<'a> {
    pub parties: [Party; 2],
    pub ranges: [&'a Range<usize>; 2],
    pub reading: Option<Reading>,
}

/// Adds parties without a name: subjects and agents that are nouns, and pronouns that nobody is known for.
pub(crate) fn unnamed(tree: &Tree<'_>, words: &Words<'_>, parties: &mut Vec<Party>) {
    let taken: Vec<Span> = parties.iter().map(|party| party.span).collect();
    let free = |span: Span| {
        let near = taken.partition_point(|other| other.end <= span.start);
        taken.get(near).is_none_or(|other| other.start >= span.end)
    };
    for i in 0..tree.len() {
        let span = match tree.upos(i) {
            Upos::Pron if PRONOUNS.contains(&words.get(i)) => words.span(i),
            Upos::Noun if matches!(&*tree.role(i), "nsubj" | "obl:agent") => tree.phrase(i, words),
            _ => None,
        };
        if let Some(span) = span.filter(|span| free(*span)) {
            parties.push(Party { span, who: Who::Group(span) });
        }
    }
    parties.sort_by_key(|party| party.span.start);
}

impl StanceStage {
    /// Asks the judge about two parties, either as the holder.
    pub(crate) fn ask(
        &self,
        doc: &Document,
        tree: &Tree<'_>,
        found: &Found<'_>,
        asked: &Asked<'_>,
        scores: Option<&[f32]>,
        stances: &mut Vec<Stance>,
    ) -> Result<(), StageError> {
        for forward in [true, false] {
            let (h, t) = if forward { (0, 1) } else { (1, 0) };
            let (holder, target) = (asked.parties[h], asked.parties[t]);
            let pronoun = matches!(target.who, Who::Group(_)) && self.features.is_some();
            if target.target().is_none() && !pronoun {
                continue;
            }
            let question = Question {
                tree,
                clause: found.clause,
                holder: asked.ranges[h],
                target: asked.ranges[t],
                kinds: [kind(found, holder), kind(found, target)],
                head: scores.and_then(|scores| turned(scores, forward)),
                vote: vote(asked.reading, forward),
                scope: scope(found, holder, target),
            };
            let (features, _) = question.features();
            if let Some(file) = &self.features {
                let (a, b) = (holder.span, target.span);
                let entity = |party: Party| party.entity().map_or(-1, i64::from);
                let numbers = [
                    i64::from(found.sentence),
                    entity(holder),
                    entity(target),
                    i64::from(a.start),
                    i64::from(a.end),
                    i64::from(b.start),
                    i64::from(b.end),
                ];
                let numbers = numbers.map(|number| number.to_string()).join("\t");
                let line = format!("{}\t{numbers}\t{}\n", doc.id(), features.line());
                let mut file = file
                    .lock()
                    .map_err(|_| StageError::Document("a writer of features panicked".to_owned()))?;
                file.write_all(line.as_bytes())
                    .map_err(|error| StageError::Document(format!("cannot write features: {error}")))?;
                continue;
            }
            let [favor, against] = Weights::shared().judge(&features);
            let (polarity, score) = if favor > against {
                (StancePolarity::Favor, favor)
            } else {
                (StancePolarity::Against, against)
            };
            if score >= self.judge_threshold {
                let judged = Judgement { forward, polarity, score };
                let pair = [(holder, asked.ranges[h]), (target, asked.ranges[t])];
                stances.extend(found.stance(judged, pair, asked.reading));
            }
        }
        Ok(())
    }
}

/// The head's classes with the second party as the first.
fn turned(scores: &[f32], forward: bool) -> Option<[f32; 5]> {
    let scores: [f32; 5] = scores.try_into().ok()?;
    let [neutral, favor, favored, against, opposed] = scores;
    Some(if forward { scores } else { [neutral, favored, favor, opposed, against] })
}

fn vote(reading: Option<Reading>, forward: bool) -> Option<i8> {
    let reading = reading?;
    let way = if forward { Agent::First } else { Agent::Second };
    (reading.agent == way || reading.agent == Agent::Both).then_some(reading.side)
}

/// What a party is, as features name it.
fn kind<'f>(found: &'f Found<'_>, party: Party) -> &'f str {
    match party.who {
        Who::Entity(i) => {
            let mention = found.scene.entities.get(i as usize);
            if mention.is_some_and(|mention| mention.span != party.span) {
                "anaphor"
            } else if found.names.is(i as usize, Kind::State) {
                "state"
            } else {
                mention.map_or("", |mention| &*mention.label)
            }
        }
        Who::Speaker(..) => "speaker",
        Who::Author => "author",
        Who::Group(_) => "group",
    }
}

/// Where holder and target stand to the quotation around the target.
fn scope(found: &Found<'_>, holder: Party, target: Party) -> &'static str {
    let Some(quote) = found.scene.quotation(target.span) else { return "none" };
    if quote.content.contains(holder.span) {
        "inside"
    } else if found.is_speaker(holder, quote) {
        "speaker"
    } else {
        "outside"
    }
}

/// Of the stances of one sentence with the same holder, target and side, the likeliest.
pub(crate) fn best_of_each(names: &Names<'_>, stances: Vec<Stance>) -> Vec<Stance> {
    let mut best: Vec<Stance> = Vec::with_capacity(stances.len());
    let mut of_sentence: HashMap<u32, Vec<usize>> = HashMap::new();
    for stance in stances {
        let known = of_sentence.entry(stance.sentence).or_default();
        let holder = |other: &Stance| match (stance.holder.entity, other.holder.entity) {
            (Some(a), Some(b)) => names.same(a as usize, b as usize),
            _ => stance.holder.span == other.holder.span,
        };
        let same = |other: &Stance| {
            stance.polarity == other.polarity
                && holder(other)
                && names.same(stance.target as usize, other.target as usize)
        };
        match known.iter().copied().find(|&at| best.get(at).is_some_and(same)) {
            Some(at) if best[at].score < stance.score => best[at] = stance,
            Some(_) => {}
            None => {
                known.push(best.len());
                best.push(stance);
            }
        }
    }
    best
}
