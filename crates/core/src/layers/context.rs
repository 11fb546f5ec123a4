use crate::layers::Encodings;
use crate::{Layer, MergeOffsets, View};

/// What a language model makes of each sentence among its neighbours: a second row of values for every wordpiece, beside
/// those of [`Encodings`], which know of one sentence only.
///
/// The layer never reaches the output and is dropped after its last reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// Values per row.
    pub hidden: usize,
    /// One row for each row of the [`Encodings`], in their order.
    pub rows: Vec<f32>,
}

impl Context {
    /// The mean of some rows; none if they are not there.
    pub fn mean(&self, rows: std::ops::Range<u32>) -> Option<Vec<f32>> {
        let values = self.rows.get(rows.start as usize * self.hidden..rows.end as usize * self.hidden)?;
        if values.is_empty() {
            return None;
        }
        let mut sum = vec![0.0; self.hidden];
        for row in values.chunks_exact(self.hidden) {
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let count = rows.len() as f32;
        for x in &mut sum {
            *x /= count;
        }
        Some(sum)
    }

    /// The row of `[CLS]` of a window of the encodings.
    pub fn sentence(&self, encodings: &Encodings, window: usize) -> Option<&[f32]> {
        let first = encodings.windows.get(window)?.rows.start as usize;
        self.rows.get(first * self.hidden..(first + 1) * self.hidden)
    }
}

impl Layer for Context {
    const NAME: &'static str = "context";
    const IN_RECORD: bool = false;
    type Record = ();

    fn record(&self, _view: &View<'_>) -> Self::Record {}
}

/// What the language model estimates about the words of a document, for the stages that find events and antecedents.
/// Scores are logarithms of odds (natural): 0 is even. Words are indices into [`crate::layers::Tokens::all`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hints {
    /// By word, then by type.
    pub triggers: Vec<TriggerHint>,
    /// By trigger, then by word.
    pub sides: Vec<SideHint>,
    /// By word, then by the earlier word.
    pub antecedents: Vec<AntecedentHint>,
}

/// A word that may report an event of a type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TriggerHint {
    /// The word.
    pub word: u32,
    /// Index of the type in [`crate::layers::EventType::ALL`].
    pub kind: u8,
    /// How likely it is.
    pub score: f32,
}

/// A word that may be the actor or recipient of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SideHint {
    /// The word that reports the event.
    pub trigger: u32,
    /// The word that may be its actor or recipient.
    pub word: u32,
    /// How likely it is the actor.
    pub actor: f32,
    /// How likely it is the recipient.
    pub recipient: f32,
}

/// A word that may refer to the same thing as an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AntecedentHint {
    /// The word.
    pub word: u32,
    /// The earlier word.
    pub earlier: u32,
    /// How likely they are the same thing, against the word introducing something new.
    pub score: f32,
}

impl Hints {
    /// The events that a word may report.
    pub fn triggers_of(&self, word: u32) -> &[TriggerHint] {
        of(&self.triggers, word, |hint| hint.word)
    }

    /// The actors and recipients of the event that a word reports.
    pub fn sides_of(&self, trigger: u32) -> &[SideHint] {
        of(&self.sides, trigger, |hint| hint.trigger)
    }

    /// The earlier words that a word may refer to.
    pub fn antecedents_of(&self, word: u32) -> &[AntecedentHint] {
        of(&self.antecedents, word, |hint| hint.word)
    }
}

/// The items with one key, in a list that is in the order of keys.
fn of<T>(items: &[T], key: u32, of: impl Fn(&T) -> u32) -> &[T] {
    let start = items.partition_point(|item| of(item) < key);
    let count = items[start..].iter().take_while(|item| of(item) == key).count();
    &items[start..start + count]
}

impl Layer for Hints {
    const NAME: &'static str = "hints";
    const IN_RECORD: bool = false;
    const JOINS: bool = true;
    type Record = ();

    fn record(&self, _view: &View<'_>) -> Self::Record {}

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for hint in &mut self.triggers {
            hint.word += offsets.tokens;
        }
        for hint in &mut self.sides {
            hint.trigger += offsets.tokens;
            hint.word += offsets.tokens;
        }
        for hint in &mut self.antecedents {
            hint.word += offsets.tokens;
            hint.earlier += offsets.tokens;
        }
    }

    fn append(&mut self, next: Self) {
        self.triggers.extend(next.triggers);
        self.sides.extend(next.sides);
        self.antecedents.extend(next.antecedents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_of_windows_are_joined_and_found_by_word() {
        let hint = |word, score| AntecedentHint { word, earlier: 0, score };
        let mut all =
            Hints { antecedents: vec![hint(3, 1.0), hint(3, 2.0), hint(9, 3.0)], ..Hints::default() };
        let mut next = Hints { antecedents: vec![hint(1, 4.0)], ..Hints::default() };
        next.rebase(&MergeOffsets { tokens: 10, ..MergeOffsets::default() });
        all.append(next);
        assert_eq!(all.antecedents_of(3).len(), 2);
        assert_eq!(all.antecedents_of(11), [AntecedentHint { word: 11, earlier: 10, score: 4.0 }]);
        assert!(all.antecedents_of(4).is_empty());
    }

    #[test]
    fn a_mean_needs_rows() {
        let context = Context { hidden: 2, rows: vec![1.0, 2.0, 3.0, 4.0] };
        assert_eq!(context.mean(0..2), Some(vec![2.0, 3.0]));
        assert_eq!(context.mean(1..1), None);
        assert_eq!(context.mean(1..9), None);
    }
}
