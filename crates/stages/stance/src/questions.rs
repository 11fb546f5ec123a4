//! What the learned judges are asked about a parsed sentence, and which of its stances are kept.

use std::collections::HashMap;
use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{Stance, Upos};

use crate::direction::{Agent, Reading};
use crate::names::Names;
use crate::open::Open;
use crate::parsed::{Parsed, Sides};
use crate::party::{Party, Who};
use crate::things::{Form, Thing};
use crate::tree::Tree;
use crate::vocabulary;
use crate::words::Words;

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
            Upos::Pron if vocabulary::is_person_pronoun(words.get(i)) => words.span(i),
            Upos::Noun if matches!(&*tree.role(i), "nsubj" | "obl:agent") => tree.phrase(i, words),
            _ => None,
        };
        if let Some(span) = span.filter(|span| free(*span)) {
            parties.push(Party { span, who: Who::Group(span) });
        }
    }
    parties.sort_by_key(|party| party.span.start);
}

/// Somebody who is quoted and not named in the sentence has no words in it.
const NO_WORDS: Range<usize> = 0..0;

/// Asks the judge about noun phrases and clauses as targets, and about all targets of somebody quoted whom the
/// sentence does not name.
pub(crate) fn ask_of_things<'s>(
    parsed: &Parsed<'_>,
    parties: &[Party],
    ranges: &'s [Range<usize>],
    things: &'s [Thing],
    max_pairs: usize,
    open: &mut Vec<Open<'s>>,
) {
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
        let near = near.saturating_sub(max_pairs / 2)..parties.len().min(near + max_pairs / 2);
        for (&holder, range) in parties[near.clone()].iter().zip(&ranges[near]) {
            let outside = range.end <= thing.range.start || thing.range.end <= range.start;
            if outside && parsed.is_tied(range, thing, holder) {
                let sides = Sides {
                    parties: [holder, target],
                    ranges: [range, &thing.range],
                    form: thing.form,
                    reading: None,
                };
                open.push(Open::new(parsed, sides, None));
            }
        }
        if let Some(speaker) = absent(thing.span) {
            let sides = Sides {
                parties: [speaker, target],
                ranges: [&NO_WORDS, &thing.range],
                form: thing.form,
                reading: None,
            };
            open.push(Open::new(parsed, sides, None));
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
            open.push(Open::new(parsed, sides, None));
        }
    }
}

/// Asks the judge about two parties, either as the holder.
pub(crate) fn ask_of_pair<'s>(parsed: &Parsed<'_>, asked: &Asked<'s>, open: &mut Vec<Open<'s>>) {
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
        open.push(Open::new(parsed, sides, vote(asked.reading, forward)));
    }
}

fn vote(reading: Option<Reading>, forward: bool) -> Option<i8> {
    let reading = reading?;
    let way = if forward { Agent::First } else { Agent::Second };
    (reading.agent == way || reading.agent == Agent::Both).then_some(reading.side)
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
