//! What the heads say of words.

use docmill_bert::{ContextModel, Pair};
use docmill_core::layers::{AntecedentHint, Hints, SideHint, TriggerHint};

use crate::words::{Word, Words};

/// A word less likely than this to tell any event is not asked about further.
const LEAST_EVENT: f32 = 0.04;
/// A type less likely than this is not told.
const LEAST_TYPE: f32 = 0.02;
/// Words that may be meant which a word is compared with: a bound, so that the time is linear. 60 are some eight sentences.
const MOST_BEFORE: usize = 60;
/// Antecedents less likely than this against something new (in logarithms of odds) are not told.
const LEAST_ANTECEDENT: f32 = -4.0;
/// Words whose antecedents are computed together: a bound of memory.
const BLOCK: usize = 512;
/// Sides asked about in one sentence: a bound for tables and lists.
const MOST_SIDES: usize = 120;

/// All hints of a document. `types`: for each class of the head of triggers but the first, the type of event.
pub(crate) fn hints(model: &ContextModel, types: &[u8], words: &Words<'_>) -> Hints {
    let mut hints = Hints::default();
    for sentence in words.all.chunk_by(|a, b| a.sentence == b.sentence) {
        events(model, types, words, sentence, &mut hints);
    }
    let meant: Vec<Word> = words.all.iter().filter(|word| word.may_be_meant()).copied().collect();
    for start in (0..meant.len()).step_by(BLOCK) {
        let before = start.saturating_sub(MOST_BEFORE);
        let end = (start + BLOCK).min(meant.len());
        antecedents(model, words, &meant[before..end], start - before, &mut hints);
    }
    hints
}

/// What the words of a sentence tell, and who is part of it.
fn events(model: &ContextModel, types: &[u8], words: &Words<'_>, sentence: &[Word], hints: &mut Hints) {
    let may_tell: Vec<Word> = sentence.iter().filter(|word| word.may_tell()).copied().collect();
    if may_tell.is_empty() {
        return;
    }
    let scores = model.trigger.scores(&words.means(&may_tell));
    let mut tellers: Vec<Word> = Vec::new();
    for (word, scores) in may_tell.iter().zip(scores.chunks_exact(types.len() + 1)) {
        let likely = softmax(scores);
        if 1.0 - likely[0] < LEAST_EVENT {
            continue;
        }
        tellers.push(*word);
        let told = types.iter().zip(&likely[1..]).filter(|(_, likely)| **likely >= LEAST_TYPE);
        let mut told: Vec<(u8, f32)> = told.map(|(kind, likely)| (*kind, odds(*likely))).collect();
        told.sort_by_key(|(kind, _)| *kind);
        hints.triggers.extend(told.into_iter().map(|(kind, score)| TriggerHint {
            word: word.token,
            kind,
            score,
        }));
    }
    let may_be: Vec<Word> =
        sentence.iter().filter(|word| word.may_be_side()).take(MOST_SIDES).copied().collect();
    if tellers.is_empty() || may_be.is_empty() {
        return;
    }
    let (first, last) = (sentence[0].window, sentence[sentence.len() - 1].window);
    let spans: Vec<Word> = tellers.iter().chain(&may_be).copied().collect();
    let prepared = model.side.prepare(&words.means(&spans), &words.sentences(first, last));
    let mut pairs = Vec::with_capacity(tellers.len() * may_be.len());
    for trigger in 0..tellers.len() {
        for (j, word) in may_be.iter().enumerate() {
            let sentence = (word.window - first) as usize;
            pairs.push(Pair { first: Some(trigger), second: tellers.len() + j, sentence, far: 0 });
        }
    }
    let scores = model.side.scores(&prepared, &pairs);
    for (pair, scores) in pairs.iter().zip(scores.chunks_exact(model.side.classes())) {
        let likely = softmax(scores);
        hints.sides.push(SideHint {
            trigger: spans[pair.first.unwrap_or_default()].token,
            word: spans[pair.second].token,
            actor: odds(likely[1]),
            recipient: odds(likely[2]),
        });
    }
}

/// What each of some words may stand for; those before `from` were asked about before.
fn antecedents(model: &ContextModel, words: &Words<'_>, meant: &[Word], from: usize, hints: &mut Hints) {
    let Some((first, last)) = meant.first().zip(meant.last()) else { return };
    let sentences = words.sentences(first.window, last.window);
    let prepared = model.antecedent.prepare(&words.means(meant), &sentences);
    let mut pairs = Vec::new();
    for (i, word) in meant.iter().enumerate().skip(from).filter(|(_, word)| word.may_stand_for()) {
        for (j, earlier) in meant.iter().enumerate().take(i).skip(i.saturating_sub(MOST_BEFORE)) {
            pairs.push(Pair {
                first: Some(i),
                second: j,
                sentence: (word.window - first.window) as usize,
                far: (word.sentence - earlier.sentence) as usize,
            });
        }
    }
    for (pair, score) in pairs.iter().zip(model.antecedent.scores(&prepared, &pairs)) {
        if score >= LEAST_ANTECEDENT {
            let (word, earlier) = (meant[pair.first.unwrap_or_default()].token, meant[pair.second].token);
            hints.antecedents.push(AntecedentHint { word, earlier, score });
        }
    }
}

/// Probabilities of scores.
fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let grown: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = grown.iter().sum();
    grown.into_iter().map(|value| value / sum).collect()
}

/// The logarithm of the odds of a probability.
fn odds(likely: f32) -> f32 {
    let likely = likely.clamp(1e-6, 1.0 - 1e-6);
    (likely / (1.0 - likely)).ln()
}
