//! Labels of words become mentions.

use std::ops::Range;

use docmill_core::layers::Entity;
use docmill_core::{Span, StageError};

use crate::labels::{Labels, Place, Tag};

/// What the model says of one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    /// Index of the likeliest label.
    pub label: usize,
    /// Its probability.
    pub score: f32,
}

impl Guess {
    /// The likeliest label by its scores before softmax.
    ///
    /// # Errors
    /// If they are not numbers.
    pub fn from_logits(logits: &[f32]) -> Result<Self, StageError> {
        let mut label = 0;
        for (i, &logit) in logits.iter().enumerate() {
            if logit > logits[label] {
                label = i;
            }
        }
        let top = logits.get(label).copied().unwrap_or(f32::NAN);
        let sum: f32 = logits.iter().map(|logit| (logit - top).exp()).sum();
        let score = 1.0 / sum;
        let broken = || StageError::Document("the model gave scores that are not numbers".to_owned());
        score.is_finite().then_some(Self { label, score }).ok_or_else(broken)
    }
}

/// Makes entities of what a model says of words.
#[derive(Debug)]
pub(crate) struct Tagger {
    labels: Labels,
    /// Which of the labels' types are kept.
    kept: Vec<bool>,
}

impl Tagger {
    /// `kept`: one for each of the labels' types.
    pub fn new(labels: Labels, kept: Vec<bool>) -> Self {
        Self { labels, kept }
    }

    /// The model's labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Adds the entities of one sentence; `spans` are its words.
    pub fn entities(&self, sentence: u32, spans: &[Span], guesses: &[Option<Guess>], out: &mut Vec<Entity>) {
        let kept =
            mentions(guesses, &self.labels).into_iter().filter(|mention| self.kept[mention.entity_type]);
        out.extend(kept.map(|mention| Entity {
            span: spans[mention.words.start].cover(spans[mention.words.end - 1]),
            label: self.labels.types()[mention.entity_type].clone(),
            score: mention.score,
            sentence,
        }));
    }
}

/// Consecutive words that name one thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mention {
    /// The words, counted as in the call.
    pub words: Range<usize>,
    /// Index into [`Labels::types`].
    pub entity_type: usize,
    /// Mean of the words' scores.
    pub score: f32,
}

/// The mentions of one sentence, in order.
///
/// Models do not always write well-formed BIO. As CoNLL's own scorer does, a label that continues nothing (`I-X`
/// after `O`, after another type, or after the end of a mention) begins a mention. So schemes without B work too.
/// A word without guess (the tokenizer dropped it) neither begins nor ends one.
pub(crate) fn mentions(guesses: &[Option<Guess>], labels: &Labels) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut open = false;
    for (word, guess) in guesses.iter().enumerate() {
        let Some(guess) = guess else { continue };
        let Tag::Part(place, entity_type) = labels.tag(guess.label) else {
            open = false;
            continue;
        };
        let goes_on = open && matches!(place, Place::Inside | Place::End);
        match mentions.last_mut().filter(|mention| goes_on && mention.entity_type == entity_type) {
            Some(mention) => {
                mention.words.end = word + 1;
                mention.score += guess.score;
            }
            None => mentions.push(Mention { words: word..word + 1, entity_type, score: guess.score }),
        }
        open = matches!(place, Place::Begin | Place::Inside);
    }
    for mention in &mut mentions {
        let words = guesses[mention.words.clone()].iter().flatten().count();
        mention.score /= words as f32;
    }
    mentions
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Mentions of labels parted by spaces (`-` is a word without guess), as `first..end type`.
    fn decode(written: &str) -> Vec<String> {
        let names: Vec<String> =
            ["O", "B-P", "I-P", "E-P", "S-P", "B-L", "I-L", "T"].map(String::from).into();
        let labels = Labels::parse(&names, &BTreeMap::new()).unwrap();
        let guesses: Vec<Option<Guess>> = written
            .split(' ')
            .map(|name| names.iter().position(|n| n == name).map(|label| Guess { label, score: 0.5 }))
            .collect();
        mentions(&guesses, &labels)
            .into_iter()
            .map(|m| format!("{:?} {}", m.words, labels.types()[m.entity_type]))
            .collect()
    }

    #[test]
    fn plain_bio() {
        assert_eq!(decode("O B-P I-P O B-L B-L I-L"), ["1..3 P", "4..5 L", "5..7 L"]);
    }

    #[test]
    fn a_label_that_continues_nothing_begins() {
        assert_eq!(decode("I-P I-P O I-L I-P"), ["0..2 P", "3..4 L", "4..5 P"]);
        assert_eq!(decode("B-P I-L"), ["0..1 P", "1..2 L"]);
    }

    #[test]
    fn bioes() {
        assert_eq!(decode("B-P E-P I-P S-P S-P"), ["0..2 P", "2..3 P", "3..4 P", "4..5 P"]);
        assert_eq!(decode("E-P O S-P I-P"), ["0..1 P", "2..3 P", "3..4 P"]);
    }

    #[test]
    fn labels_without_prefix_join() {
        assert_eq!(decode("T T O T"), ["0..2 T", "3..4 T"]);
    }

    #[test]
    fn a_dropped_word_is_passed_over() {
        assert_eq!(decode("B-P - I-P - O"), ["0..3 P"]);
        assert_eq!(decode("- B-P - -"), ["1..2 P"]);
    }

    #[test]
    fn the_score_is_the_mean() {
        let labels = Labels::parse(&["O".into(), "X".into()], &BTreeMap::new()).unwrap();
        let guess = |score| Some(Guess { label: 1, score });
        let found = mentions(&[guess(0.5), None, guess(1.0)], &labels);
        assert_eq!(found, [Mention { words: 0..3, entity_type: 0, score: 0.75 }]);
    }

    #[test]
    fn the_likeliest_label_has_a_probability() {
        let guess = Guess::from_logits(&[1.0, 3.0, 1.0]).unwrap();
        assert_eq!(guess.label, 1);
        assert!((guess.score - 0.786_986).abs() < 1e-5);
        assert!(Guess::from_logits(&[f32::NAN, 1.0]).is_err());
        assert!(Guess::from_logits(&[]).is_err());
    }
}
