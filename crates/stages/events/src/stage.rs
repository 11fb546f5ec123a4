//! The running stage.

use std::borrow::Cow;
use std::collections::hash_map::Entry as Slot;
use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;

use docmill_core::layers::{Event, EventType, Events};
use docmill_core::{Document, Stage, StageError};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::circumstances::{place, status, time};
use crate::features::Predicate;
use crate::frame::frame;
use crate::lexicon::{Entry, Lexicon};
use crate::model::{Model, Question, logistic};
use crate::nouns::Nouns;
use crate::options::{Side, sides};
use crate::party::Key;
use crate::read::{Read, types_of};
use crate::reader::Reader;
use crate::rows::row;
use crate::tree::Tree;

/// Adds events to documents with entities and syntax.
#[derive(Debug)]
pub(crate) struct EventsStage {
    pub threshold: f32,
    pub lexicon: Lexicon,
    pub nouns: Nouns,
    /// Where what is weighed is written to, to learn from.
    pub features: Option<Mutex<File>>,
}

/// An event on its way, with what makes two of them one.
struct Candidate {
    event: Event,
    key: (EventType, Vec<Key>, Vec<Key>),
}

impl Stage for EventsStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let reader = Reader::new(doc, &self.nouns)?;
        let mut weighing = Weighing {
            reader: &reader,
            lexicon: &self.lexicon,
            seen: FxHashMap::default(),
            types: FxHashMap::default(),
        };
        let mut found: Vec<Candidate> = Vec::new();
        let mut rows = String::new();
        for sentence in 0..reader.sentences.items.len() {
            let Some(tree) = reader.tree(sentence) else { continue };
            weighing.sentence(&tree, &mut |predicate| {
                if self.features.is_some() {
                    rows.push_str(&row(doc, &reader, predicate));
                } else if let Some(best) =
                    best(&reader, predicate).filter(|c| c.event.score >= self.threshold)
                {
                    match found.last_mut().filter(|last| last.event.trigger == best.event.trigger) {
                        Some(last) if last.event.score < best.event.score => *last = best,
                        Some(_) => {}
                        None => found.push(best),
                    }
                }
            });
        }
        // A document in windows is written once, as a whole.
        if let Some(features) = self.features.as_ref().filter(|_| !doc.is_window()) {
            let write = |file: &mut File| file.write_all(rows.as_bytes());
            let written = features.lock().map_or(Ok(()), |mut file| write(&mut file));
            written.map_err(|error| StageError::Document(format!("features cannot be written: {error}")))?;
        }
        let items = once(found);
        doc.layers_mut().insert(Events { items });
        Ok(())
    }
}

/// What was seen of a document so far.
struct Weighing<'a, 'd> {
    reader: &'a Reader<'d>,
    lexicon: &'a Lexicon,
    seen: FxHashMap<(Box<str>, EventType), usize>,
    types: FxHashMap<EventType, usize>,
}

impl Weighing<'_, '_> {
    /// Hands on each predicate of a sentence with each of its types.
    fn sentence(&mut self, tree: &Tree<'_>, each: &mut dyn FnMut(&Predicate<'_, '_>)) {
        let clusters = tree.words.iter().filter_map(|word| self.reader.cluster_of(word.entity?));
        let named = clusters.collect::<FxHashSet<_>>().len();
        for word in 0..tree.words.len() {
            let (sort, listed) = self.lexicon.of(tree, word);
            let read = self.reader.hints.map(|hints| types_of(hints, tree, word));
            let said: Vec<(Cow<'_, Entry>, Option<Read>)> = match read {
                None => listed.iter().map(|entry| (Cow::Borrowed(*entry), None)).collect(),
                // The list says what a word means where the model holds it for likely; the model knows more words.
                Some(read) => (read.into_iter())
                    .map(|(kind, read)| {
                        let entry = match listed.iter().find(|entry| entry.kind == kind) {
                            Some(entry) => Cow::Borrowed(*entry),
                            None => Cow::Owned(Entry::unlisted(kind, tree.words[word].lemma)),
                        };
                        (entry, Some(read))
                    })
                    .collect(),
            };
            if said.is_empty() {
                continue;
            }
            let frame = frame(tree, word, sort);
            let (actors, recipients) = sides(self.reader, tree, word, sort, &frame);
            let longest = said.iter().map(|(entry, _)| entry.extra()).max().unwrap_or_default();
            for (entry, read) in &said {
                let lemmas = self.seen.entry((entry.lemma.clone(), entry.kind)).or_default();
                let types = self.types.entry(entry.kind).or_default();
                each(&Predicate {
                    tree,
                    word,
                    sort,
                    entry,
                    longest,
                    types: said.len(),
                    frame: &frame,
                    actors: &actors,
                    recipients: &recipients,
                    read: read.as_ref(),
                    seen: (*lemmas, *types),
                    named,
                    sentences: self.reader.sentences.items.len(),
                });
                *lemmas += 1;
                *types += 1;
            }
        }
    }
}

/// True if actors and recipients can be told together: somebody is, and nobody is both.
pub(crate) fn fit(actor: &Side, recipient: &Side) -> bool {
    let somebody = !(actor.is_nobody() && recipient.is_nobody());
    somebody && !actor.keys().any(|key| recipient.keys().any(|other| other == key))
}

/// The best reading of a predicate.
fn best(reader: &Reader<'_>, predicate: &Predicate<'_, '_>) -> Option<Candidate> {
    let model = Model::shipped();
    let weigh = |sides: &[Side], question: Question| -> Vec<f32> {
        let mut scores = Vec::with_capacity(sides.len());
        for (rank, side) in sides.iter().enumerate() {
            let mut features = match question {
                Question::Actor => predicate.actor(side, rank),
                _ => predicate.recipient(side, rank),
            };
            let score = model.score(question, &mut features);
            scores.push(match predicate.read {
                None => score,
                Some(read) => {
                    let read = match question {
                        Question::Actor => read.actor(predicate.tree, side),
                        _ => read.recipient(predicate.tree, side),
                    };
                    model.side(question, score, read, side.is_nobody())
                }
            });
        }
        scores
    };
    let actors = weigh(predicate.actors, Question::Actor);
    let recipients = weigh(predicate.recipients, Question::Recipient);
    let mut best: Option<(f32, usize, usize)> = None;
    for (a, actor) in predicate.actors.iter().enumerate() {
        for (r, recipient) in predicate.recipients.iter().enumerate() {
            let both = logistic(actors[a]) * logistic(recipients[r]);
            if best.is_none_or(|(known, _, _)| both > known) && fit(actor, recipient) {
                best = Some((both, a, r));
            }
        }
    }
    let (_, a, r) = best?;
    let event = model.score(Question::Event, &mut predicate.event());
    let (actor, recipient) = (&predicate.actors[a], &predicate.recipients[r]);
    let keys = |side: &Side| {
        let mut keys: Vec<Key> = side.keys().cloned().collect();
        keys.sort();
        keys.dedup();
        keys
    };
    let (tree, word) = (predicate.tree, predicate.word);
    let kind = predicate.entry.kind;
    let told = |side: &Side| side.parties.iter().map(|party| party.told).collect::<Vec<_>>();
    let clusters: Vec<Option<u32>> = told(actor).iter().chain(&told(recipient)).map(|p| p.cluster).collect();
    Some(Candidate {
        key: (kind, keys(actor), keys(recipient)),
        event: Event {
            kind,
            status: status(tree, word, &predicate.entry.lemma, kind),
            trigger: tree.words[word].span,
            sentence: tree.sentence as u32,
            actors: told(actor),
            recipients: told(recipient),
            time: time(reader, tree, word),
            place: place(reader, tree, word, &clusters),
            quote: tree.words[word].quote,
            score: match predicate.read {
                None => model.probability(event, actors[a], recipients[r]),
                Some(read) => model.read_probability(event, read.trigger, actors[a], recipients[r]),
            },
        },
    })
}

/// Each event once: of those with one type and the same sides, the surest; of two as sure, the first.
fn once(found: Vec<Candidate>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::with_capacity(found.len());
    let mut known: FxHashMap<(EventType, Vec<Key>, Vec<Key>), usize> = FxHashMap::default();
    for Candidate { event, key } in found {
        match known.entry(key) {
            Slot::Occupied(slot) => {
                let earlier = &mut kept[*slot.get()];
                if event.score > earlier.score {
                    *earlier = event;
                }
            }
            Slot::Vacant(slot) => {
                slot.insert(kept.len());
                kept.push(event);
            }
        }
    }
    kept.sort_by_key(|event| (event.trigger, event.kind));
    kept
}
