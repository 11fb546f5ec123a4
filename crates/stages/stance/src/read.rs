//! What the model's head says of holders and targets.

use std::collections::HashMap;
use std::ops::Range;

use docmill_bert::{Pair, PairHead};
use docmill_core::layers::{Context, EncodedWindow, Encodings};
use docmill_core::{Document, Span, StageError};

use crate::mix::SCORES;

/// A holder, if the text names him, and a target.
pub(crate) type Asked = (Option<Span>, Span);

/// Scores of favor and against toward somebody, then toward something, after neutral each.
pub(crate) type Scores = [f32; 2 * SCORES];

/// Scores before softmax for each question; none for a target that the model has not read.
pub(crate) fn read(
    head: &PairHead,
    doc: &Document,
    questions: &[Asked],
) -> Result<Vec<Option<Scores>>, StageError> {
    let reader = Reader { encodings: doc.require()?, context: doc.require()? };
    let mut spans = Spans::default();
    let mut pairs = Vec::new();
    let mut of = Vec::new();
    for (number, &(holder, target)) in questions.iter().enumerate() {
        let Some(second) = spans.number(&reader, target) else { continue };
        let first = holder.and_then(|holder| spans.number(&reader, holder));
        let far = |first: usize| spans.sentences[first].abs_diff(spans.sentences[second]) as usize;
        pairs.push(Pair { first, second, sentence: spans.windows[second], far: first.map_or(0, far) });
        of.push(number);
    }
    let mut answers = vec![None; questions.len()];
    if !pairs.is_empty() {
        let prepared = head.prepare(&spans.rows, &spans.starts);
        let scores = head.scores(&prepared, &pairs);
        for (number, scores) in of.into_iter().zip(scores.chunks_exact(head.classes())) {
            answers[number] = scores.try_into().ok();
        }
    }
    Ok(answers)
}

struct Reader<'d> {
    encodings: &'d Encodings,
    context: &'d Context,
}

impl Reader<'_> {
    /// The window that reads a span whole, and the span's rows.
    fn place(&self, span: Span) -> Option<(usize, Range<u32>)> {
        let first = |window: &EncodedWindow| self.encodings.words_of(window).first().map(|word| word.span);
        let windows = &self.encodings.windows;
        let behind =
            windows.partition_point(|window| first(window).is_none_or(|word| word.start <= span.start));
        let sentence = windows.get(behind.checked_sub(1)?)?.sentence;
        let of_sentence = (0..behind).rev().take_while(|&i| windows[i].sentence == sentence);
        let mut whole = of_sentence.filter_map(|i| {
            let words = self.encodings.words_of(&windows[i]);
            let reads = words.last().is_some_and(|last| span.end <= last.span.end);
            self.encodings.rows_at(&windows[i], span).filter(|_| reads).map(|rows| (i, rows))
        });
        whole.next()
    }
}

/// The spans of the questions, each once.
#[derive(Default)]
struct Spans {
    known: HashMap<Span, Option<usize>>,
    /// The mean of each span's rows.
    rows: Vec<f32>,
    /// Its sentence.
    sentences: Vec<u32>,
    /// Which row of `starts` is that of its sentence.
    windows: Vec<usize>,
    /// Rows of `[CLS]`.
    starts: Vec<f32>,
    of_window: HashMap<usize, usize>,
}

impl Spans {
    fn number(&mut self, reader: &Reader<'_>, span: Span) -> Option<usize> {
        if let Some(&known) = self.known.get(&span) {
            return known;
        }
        let number = self.add(reader, span);
        self.known.insert(span, number);
        number
    }

    fn add(&mut self, reader: &Reader<'_>, span: Span) -> Option<usize> {
        let (window, rows) = reader.place(span)?;
        let mean = reader.context.mean(rows)?;
        let start = reader.context.sentence(reader.encodings, window)?;
        let next = self.of_window.len();
        let at = *self.of_window.entry(window).or_insert(next);
        if at == next {
            self.starts.extend_from_slice(start);
        }
        self.rows.extend(mean);
        self.sentences.push(reader.encodings.windows[window].sentence);
        self.windows.push(at);
        Some(self.windows.len() - 1)
    }
}
