//! Stances by the learned judge, where the text was parsed.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::sync::Mutex;

use docmill_core::layers::{Stance, StancePolarity, Stances, TargetKind, Upos};
use docmill_core::{Document, Span, StageError};

use crate::direction::{Agent, Reading};
use crate::features::Question;
use crate::judge::Judgement;
use crate::names::{Kind, Names};
use crate::parties::{Party, Who};
use crate::stage::{Found, StanceStage};
use crate::things::{Form, Thing};
use crate::tree::Tree;
use crate::weights::{Features, Judge};
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

/// A parsed sentence.
pub(crate) struct Parsed<'p> {
    pub doc: &'p Document,
    pub tree: &'p Tree<'p>,
    pub found: &'p Found<'p>,
}

/// A holder and a target, each with its words.
struct Sides<'s> {
    parties: [Party; 2],
    ranges: [&'s Range<usize>; 2],
    form: Form,
    reading: Option<Reading>,
}

/// Somebody who is quoted and not named in the sentence has no words in it.
const NO_WORDS: Range<usize> = 0..0;

impl StanceStage {
    /// Asks the judge about two parties, either as the holder.
    pub(crate) fn ask_of_pair(
        &self,
        parsed: &Parsed<'_>,
        asked: &Asked<'_>,
        scores: Option<&[f32]>,
        stances: &mut Stances,
    ) -> Result<(), StageError> {
        for forward in [true, false] {
            let (h, t) = if forward { (0, 1) } else { (1, 0) };
            let pronoun = |party: Party| parsed.found.clause.words.range(party.span).len() == 1;
            let target = asked.parties[t];
            // A noun is asked about as a thing.
            if target.mention().is_none()
                && !(matches!(target.who, Who::Group(_)) && pronoun(target) && {
                    let i = asked.ranges[t].start;
                    parsed.tree.upos(i) == Upos::Pron
                })
            {
                continue;
            }
            let sides = Sides {
                parties: [asked.parties[h], target],
                ranges: [asked.ranges[h], asked.ranges[t]],
                form: Form::Name,
                reading: asked.reading,
            };
            let head = scores.and_then(|scores| turned(scores, forward));
            self.judge(parsed, &sides, head, vote(asked.reading, forward), stances)?;
        }
        Ok(())
    }

    /// Asks the judge about noun phrases and clauses as targets, and about all targets of somebody quoted whom the
    /// sentence does not name.
    pub(crate) fn ask_of_things(
        &self,
        parsed: &Parsed<'_>,
        parties: &[Party],
        ranges: &[Range<usize>],
        things: &[Thing],
        stances: &mut Stances,
    ) -> Result<(), StageError> {
        let scene = parsed.found.scene;
        let whole = scene.sentences.items.get(parsed.found.sentence as usize).map(|sentence| sentence.span);
        let absent = |span: Span| {
            let speaker = scene.quotation(span)?.speaker?;
            let outside = whole.is_none_or(|whole| !whole.contains(speaker.span));
            outside.then_some(Party { span: speaker.span, who: Who::Speaker(speaker.entity, speaker.span) })
        };
        for thing in things {
            let target = Party { span: thing.span, who: Who::Thing(thing.span) };
            let near = ranges.partition_point(|range| range.start < thing.range.start);
            let near = near.saturating_sub(self.max_pairs / 2)..parties.len().min(near + self.max_pairs / 2);
            for (&holder, range) in parties[near.clone()].iter().zip(&ranges[near]) {
                let outside = range.end <= thing.range.start || thing.range.end <= range.start;
                if outside && parsed.is_tied(range, thing, holder) {
                    let sides = Sides {
                        parties: [holder, target],
                        ranges: [range, &thing.range],
                        form: thing.form,
                        reading: None,
                    };
                    self.judge(parsed, &sides, None, None, stances)?;
                }
            }
            if let Some(speaker) = absent(thing.span) {
                let sides = Sides {
                    parties: [speaker, target],
                    ranges: [&NO_WORDS, &thing.range],
                    form: thing.form,
                    reading: None,
                };
                self.judge(parsed, &sides, None, None, stances)?;
            }
        }
        for (&target, range) in
            parties.iter().zip(ranges).filter(|(party, _)| matches!(party.who, Who::Entity(_)))
        {
            let Some(speaker) = absent(target.span) else { continue };
            let itself = match (speaker.mention(), target.mention()) {
                (Some(a), Some(b)) => parsed.found.names.same(a as usize, b as usize),
                _ => false,
            };
            if !itself {
                let sides = Sides {
                    parties: [speaker, target],
                    ranges: [&NO_WORDS, range],
                    form: Form::Name,
                    reading: None,
                };
                self.judge(parsed, &sides, None, None, stances)?;
            }
        }
        Ok(())
    }

    fn judge(
        &self,
        parsed: &Parsed<'_>,
        sides: &Sides<'_>,
        head: Option<[f32; 5]>,
        vote: Option<i8>,
        stances: &mut Stances,
    ) -> Result<(), StageError> {
        let found = parsed.found;
        let [holder, target] = sides.parties;
        let question = Question {
            tree: parsed.tree,
            clause: found.clause,
            holder: sides.ranges[0],
            target: sides.ranges[1],
            form: sides.form,
            kinds: [kind(found, holder), kind(found, target)],
            head,
            vote,
            scope: scope(found, holder, target),
        };
        let features = question.features();
        if let Some(file) = &self.features {
            return write(file, parsed.doc, sides, found.sentence, &features);
        }
        let asked = [
            (Judge::Names, TargetKind::Entity),
            (Judge::Groups, TargetKind::Entity),
            (Judge::Issues, TargetKind::Issue),
        ];
        for (judge, kind) in asked.into_iter().filter(|(judge, _)| judge.is_asked(sides.form)) {
            let [favor, against] = judge.weights().judge(&features);
            if kind == TargetKind::Entity
                && let Some(mention) = target.mention().filter(|_| matches!(target.who, Who::Entity(_)))
            {
                stances.toward.push((mention, [favor, against]));
            }
            let (polarity, score) = if favor > against {
                (StancePolarity::Favor, favor)
            } else {
                (StancePolarity::Against, against)
            };
            let threshold = match judge {
                Judge::Names => self.judge_threshold,
                Judge::Groups => self.group_threshold,
                Judge::Issues => self.issue_threshold,
            };
            if score >= threshold {
                let judged = Judgement { forward: true, polarity, score };
                let pair = [(holder, sides.ranges[0]), (target, sides.ranges[1])];
                stances.items.extend(found.stance(judged, kind, pair, sides.reading));
            }
        }
        Ok(())
    }
}

impl Parsed<'_> {
    /// Whether a party takes part in what is said over a thing, or is quoted with it.
    fn is_tied(&self, range: &Range<usize>, thing: &Thing, holder: Party) -> bool {
        let Some(top) = self.tree.top(range) else { return false };
        let above = self.tree.above(thing.top, TIES);
        above.iter().any(|(p, _)| self.tree.part(top, *p) != "-")
            || self.found.scene.quotation(thing.span).is_some_and(|quote| {
                !quote.content.contains(holder.span) && self.found.is_speaker(holder, quote)
            })
    }
}

/// So many predicates over a thing may tie it to a holder.
const TIES: usize = 3;

fn write(
    file: &Mutex<File>,
    doc: &Document,
    sides: &Sides<'_>,
    sentence: u32,
    features: &Features,
) -> Result<(), StageError> {
    let [holder, target] = sides.parties;
    let numbers = [
        i64::from(sentence),
        holder.entity().map_or(-1, i64::from),
        target.mention().map_or(-1, i64::from),
        i64::from(holder.span.start),
        i64::from(holder.span.end),
        i64::from(target.span.start),
        i64::from(target.span.end),
    ];
    let numbers = numbers.map(|number| number.to_string()).join("\t");
    let line = format!("{}\t{}\t{numbers}\t{}\n", doc.id(), sides.form.letter(), features.line());
    let mut file =
        file.lock().map_err(|_| StageError::Document("a writer of features panicked".to_owned()))?;
    file.write_all(line.as_bytes())
        .map_err(|error| StageError::Document(format!("cannot write features: {error}")))
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
        Who::Thing(_) => "thing",
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
        let target = |other: &Stance| {
            stance.target.kind == other.target.kind
                && match (stance.target.entity, other.target.entity) {
                    (Some(a), Some(b)) => names.same(a as usize, b as usize),
                    _ => stance.target.span.overlaps(other.target.span),
                }
        };
        let same = |other: &Stance| stance.polarity == other.polarity && holder(other) && target(other);
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
