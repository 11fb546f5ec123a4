//! Labels of words become mentions.

use std::ops::Range;

use docmill_core::layers::Entity;
use docmill_core::{Span, StageError};

use crate::labels::{Labels, Tag, TagPosition};
use crate::no_names::NoNames;
use crate::transitions::Transitions;

/// What the model says of one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    /// Index of the label.
    pub label: usize,
    /// Its probability.
    pub score: f32,
}

impl Guess {
    /// This label, with its probability among the scores before softmax.
    ///
    /// # Errors
    /// If they are not numbers.
    pub fn new(label: usize, logits: &[f32]) -> Result<Self, StageError> {
        let top = logits.iter().copied().fold(f32::NAN, f32::max);
        let sum: f32 = logits.iter().map(|logit| (logit - top).exp()).sum();
        let score = logits.get(label).map_or(f32::NAN, |logit| (logit - top).exp() / sum);
        let broken = || StageError::Document("the model gave scores that are not numbers".to_owned());
        score.is_finite().then_some(Self { label, score }).ok_or_else(broken)
    }
}

/// The first of the highest scores.
fn likeliest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best
}

/// Makes entities of what a model says of words.
#[derive(Debug)]
pub(crate) struct Tagger {
    labels: Labels,
    /// Which of the labels' types are kept.
    kept: Vec<bool>,
    /// How labels follow each other, if the model says so; else each word has its likeliest label.
    transitions: Option<Transitions>,
    /// Words that are no entity alone.
    no_names: NoNames,
}

impl Tagger {
    /// `kept`: one for each of the labels' types.
    /// `transitions`: [`docmill_pretrained::ModelConfig::transitions`].
    pub fn new(labels: Labels, kept: Vec<bool>, transitions: Option<Vec<f32>>, no_names: NoNames) -> Self {
        let transitions = transitions.map(|scores| Transitions::new(scores, labels.len(), labels.outside()));
        Self { labels, kept, transitions, no_names }
    }

    /// Drops the entities that are no name alone.
    pub fn drop_no_names(&self, text: &str, entities: &mut Vec<Entity>) {
        self.no_names.drop_from(text, entities);
    }

    /// The model's labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Labels of the words of one sentence by their scores before softmax; none for a word that the tokenizer dropped.
    ///
    /// # Errors
    /// If scores are not numbers.
    pub fn guesses<'a>(
        &self,
        words: impl Iterator<Item = Option<&'a [f32]>> + Clone,
    ) -> Result<Vec<Option<Guess>>, StageError> {
        let path = match &self.transitions {
            Some(transitions) => transitions.best_path(words.clone().flatten()),
            None => words.clone().flatten().map(likeliest).collect(),
        };
        let mut path = path.into_iter();
        let mut guess = |scores| path.next().map(|label| Guess::new(label, scores)).transpose();
        words.map(|scores| scores.map_or(Ok(None), &mut guess)).collect()
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
        let Tag::Part(position, entity_type) = labels.tag(guess.label) else {
            open = false;
            continue;
        };
        let goes_on = open && matches!(position, TagPosition::Inside | TagPosition::End);
        match mentions.last_mut().filter(|mention| goes_on && mention.entity_type == entity_type) {
            Some(mention) => {
                mention.words.end = word + 1;
                mention.score += guess.score;
            }
            None => mentions.push(Mention { words: word..word + 1, entity_type, score: guess.score }),
        }
        open = matches!(position, TagPosition::Begin | TagPosition::Inside);
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

    fn tagger(transitions: Option<Vec<f32>>) -> Tagger {
        let names = ["O", "B-P", "I-P"].map(String::from);
        let labels = Labels::parse(&names, &BTreeMap::new()).unwrap();
        Tagger::new(labels, vec![true], transitions, NoNames::default())
    }

    #[test]
    fn the_likeliest_label_has_a_probability() {
        let guesses = tagger(None).guesses([None, Some(&[1.0, 3.0, 1.0][..])].into_iter()).unwrap();
        assert_eq!(guesses[0], None);
        let guess = guesses[1].unwrap();
        assert_eq!(guess.label, 1);
        assert!((guess.score - 0.786_986).abs() < 1e-5);
        for broken in [&[f32::NAN, 1.0, 1.0][..], &[]] {
            assert!(tagger(None).guesses([Some(broken)].into_iter()).is_err());
        }
    }

    #[test]
    fn transitions_overrule_and_the_probability_is_that_of_the_label() {
        // The second word would be O by itself; what follows needs a beginning.
        let words = [Some(&[5.0, 0.0, 0.0][..]), Some(&[2.0, 1.0, 0.0]), None, Some(&[0.0, 0.0, 4.0])];
        let labels = |tagger: Tagger| -> Vec<usize> {
            tagger
                .guesses(words.into_iter())
                .unwrap()
                .into_iter()
                .flatten()
                .map(|guess| guess.label)
                .collect()
        };
        assert_eq!(labels(tagger(None)), [0, 0, 2]);
        let strict = vec![0.0, 0.0, -1e4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(labels(tagger(Some(strict.clone()))), [0, 1, 2]);
        let guess = tagger(Some(strict)).guesses(words.into_iter()).unwrap()[1].unwrap();
        assert!((guess.score - 0.244_728).abs() < 1e-5, "{}", guess.score);
    }
}
