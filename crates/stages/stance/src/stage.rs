//! The running stage.

use std::ops::Range;

use docmill_bert::{HeadScratch, SpanClassifier};
use docmill_core::layers::{Context, Encodings, Entities, Sentences, Stances, Syntax, TargetKind, Tokens};
use docmill_core::{Document, Stage, StageError};

use crate::combine::{Vote, combine, rules_alone};
use crate::found::Found;
use crate::judges::Judges;
use crate::lexicon::Lexicon;
use crate::names::Names;
use crate::pairs::pairs;
use crate::parsed::Parsed;
use crate::party::Party;
use crate::questions::{Asked, ask_of_pair, ask_of_things, best_of_each, unnamed};
use crate::relation::Clause;
use crate::scene::Scene;
use crate::things::things;
use crate::tree::Tree;
use crate::vocabulary;
use crate::words::Words;

/// Adds stances to documents.
pub(crate) struct StanceStage {
    /// The model's head; none where the rules speak alone.
    pub head: Option<SpanClassifier>,
    /// What judges where the text was parsed.
    pub judges: Judges,
    pub lexicon: Lexicon,
    pub threshold: f32,
    pub rule_weight: f32,
    pub max_pairs: usize,
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
        let read = self.judges.pairs.is_some() && doc.layers().get::<Context>().is_some();
        let learned = syntax.filter(|_| read || self.judges.features.is_some());
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
                ask_of_things(&parsed, &parties, &ranges, &things, self.max_pairs, &mut open);
                for (i, j) in pairs {
                    let reading = clause.reading(&ranges[i], &ranges[j], &ranges[i + 1..j]);
                    let (parties, ranges) = ([parties[i], parties[j]], [&ranges[i], &ranges[j]]);
                    ask_of_pair(&parsed, &Asked { parties, ranges, reading }, &mut open);
                }
                self.judges.answer(&parsed, &open, &mut stances)?;
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
