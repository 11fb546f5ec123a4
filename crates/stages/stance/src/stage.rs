//! The running stage.

use std::fs::File;
use std::ops::Range;
use std::sync::Mutex;

use docmill_bert::{HeadScratch, PairHead, SpanClassifier};
use docmill_core::layers::{
    Basis, Context, Encodings, Entities, HolderKind, Quote, QuoteKind, Relation, Sentences, Stance,
    StancePolarity, Stances, Syntax, TargetKind, Tokens,
};
use docmill_core::{Document, Span, Stage, StageError};

use crate::combine::{Vote, combine, rules_alone};
use crate::direction::Reading;
use crate::judge::Judgement;
use crate::judged::{Asked, Parsed, ask_of_pair, best_of_each, unnamed};
use crate::lexicon::Lexicon;
use crate::modality::Question;
use crate::names::Names;
use crate::pairs::pairs;
use crate::parties::{Party, Scene, Who};
use crate::relation::{Clause, Said};
use crate::things::things;
use crate::tree::Tree;
use crate::vocabulary;
use crate::words::Words;

/// Adds stances to documents.
pub(crate) struct StanceStage {
    /// The model's head; none where the rules speak alone.
    pub head: Option<SpanClassifier>,
    /// The model's head that compares holder and target; it needs parsed text, read by the stage `context`.
    pub pairs: Option<PairHead>,
    pub lexicon: Lexicon,
    pub threshold: f32,
    pub rule_weight: f32,
    pub max_pairs: usize,
    /// How likely a stance must be by the judge, where the text was parsed.
    pub judge_threshold: f32,
    /// The same of a stance toward somebody without a name.
    pub group_threshold: f32,
    /// The same of a stance toward an issue.
    pub issue_threshold: f32,
    /// Where the judge's features are written to, to learn from.
    pub features: Option<Mutex<File>>,
}

impl Stage for StanceStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?;
        let tokens = doc.require::<Tokens>()?;
        let entities = doc.require::<Entities>()?;
        let names = Names::new(doc, entities);
        let scene = Scene::new(doc, sentences, entities, &names);
        let mut scratch = HeadScratch::default();
        let mut stances = Stances::default();
        let (mut before, mut next) = (0..0, 0);
        let mut lists = Lists::default();
        let syntax = doc.layers().get::<Syntax>().filter(|s| s.words().len() == tokens.all().len());
        // The learned judge takes over where the text was parsed and the model has read it.
        let read = self.pairs.is_some() && doc.layers().get::<Context>().is_some();
        let learned = syntax.filter(|_| read || self.features.is_some());
        for sentence in 0..sentences.items.len() {
            let first = next;
            next += entities.items[first..].iter().take_while(|e| e.sentence as usize == sentence).count();
            let (earlier, mentions) = (std::mem::replace(&mut before, first..next), first..next);
            let words = Words::new(doc.text(), tokens.of_sentence(sentence));
            lists.see(&words, sentences.items[sentence].paragraph);
            // Without a parse, only names are targets.
            if learned.is_none() && earlier.is_empty() && mentions.is_empty() {
                continue;
            }
            let tree = learned.map(|syntax| Tree::new(syntax, tokens.range_of(sentence)));
            let mut clause = Clause::new(words, &self.lexicon);
            clause.hostile_list = lists.hostile();
            let mut parties = scene.parties(sentence, earlier, mentions, &clause);
            if let Some(tree) = &tree {
                unnamed(tree, &clause.words, &mut parties);
            }
            let pairs = pairs(&parties, self.max_pairs, |a, b| same(&names, a, b));
            let ranges: Vec<Range<usize>> = parties.iter().map(|p| clause.words.range(p.span)).collect();
            let found = Found { scene: &scene, names: &names, clause: &clause, sentence: sentence as u32 };
            if let Some(tree) = &tree {
                let parsed = Parsed { doc, tree, found: &found };
                let things = things(tree, &clause.words, &parties);
                let mut open = Vec::new();
                self.ask_of_things(&parsed, &parties, &ranges, &things, &mut open);
                for (i, j) in pairs {
                    let reading = clause.reading(&ranges[i], &ranges[j], &ranges[i + 1..j]);
                    let (parties, ranges) = ([parties[i], parties[j]], [&ranges[i], &ranges[j]]);
                    ask_of_pair(&parsed, &Asked { parties, ranges, reading }, &mut open);
                }
                self.answer(&parsed, &open, &mut stances)?;
                continue;
            }
            let scores = self.scores(doc, sentence as u32, &parties, &pairs, &mut scratch)?;
            for ((i, j), scores) in pairs.into_iter().zip(scores) {
                let reading = clause.reading(&ranges[i], &ranges[j], &ranges[i + 1..j]);
                let vote = reading.and_then(|reading| Vote::new(reading.agent, reading.side));
                let judged = match (&self.head, scores) {
                    (Some(_), Some(scores)) => {
                        let vote = vote.filter(|_| self.rule_weight > 0.0);
                        combine(&scores, vote, self.rule_weight, self.threshold)
                    }
                    (Some(_), None) => Vec::new(),
                    (None, _) => rules_alone(vote, self.threshold),
                };
                for judged in judged {
                    let ends = if judged.forward { (i, j) } else { (j, i) };
                    if parties[ends.1].mention().is_none() {
                        continue;
                    }
                    let pair = [(parties[ends.0], &ranges[ends.0]), (parties[ends.1], &ranges[ends.1])];
                    stances.items.extend(found.stance(judged, TargetKind::Entity, pair, reading));
                }
            }
        }
        if learned.is_some() {
            stances.items = best_of_each(&names, stances.items);
        }
        stances.items.sort_by_key(|stance| (stance.evidence.start, stance.evidence.end));
        doc.layers_mut().insert(stances);
        Ok(())
    }
}

impl StanceStage {
    /// The head's answer for each pair; none where it was not asked.
    fn scores(
        &self,
        doc: &Document,
        sentence: u32,
        parties: &[Party],
        pairs: &[(usize, usize)],
        scratch: &mut HeadScratch,
    ) -> Result<Vec<Option<Vec<f32>>>, StageError> {
        let Some(head) = &self.head else { return Ok(vec![None; pairs.len()]) };
        let questions: Vec<_> = pairs.iter().map(|&(i, j)| vec![parties[i].span, parties[j].span]).collect();
        head.scores(doc.require::<Encodings>()?, sentence, &questions, scratch)
    }
}

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

/// Whether two parties are one.
fn same(names: &Names<'_>, a: Party, b: Party) -> bool {
    match (a.mention(), b.mention()) {
        (Some(i), Some(j)) => names.same(i as usize, j as usize),
        _ => a.who == b.who,
    }
}

/// Whether a list that the text speaks of is one of enemies: `the list of terrorist organizations`.
#[derive(Debug, Default)]
struct Lists {
    paragraph: u32,
    /// Sentences since something of the kind was named in the paragraph.
    since: Option<u32>,
}

impl Lists {
    /// How many sentences back a list may have been said to be one of enemies.
    const BACK: u32 = 3;

    fn see(&mut self, words: &Words<'_>, paragraph: u32) {
        let hostile = (0..words.len()).any(|i| vocabulary::is_hostile(words.get(i)));
        if self.paragraph != paragraph {
            *self = Self { paragraph, since: None };
        }
        self.since = if hostile { Some(0) } else { self.since.map(|since| since + 1) };
    }

    fn hostile(&self) -> bool {
        self.since.is_some_and(|since| since <= Self::BACK)
    }
}
