//! A head over spans, by the name that a model's config gives it.

use std::ops::Range;
use std::path::Path;

use docmill_core::layers::{EncodedWindow, Encodings};
use docmill_core::{Span, StageError};
use serde::Deserialize;

use crate::checkpoint::Checkpoint;
use crate::described::described;
use crate::layer::Precision;
use crate::role_head::{HeadScratch, RoleHead};

/// The spans that are asked about together: one for sentiment, two for stance.
pub type Question = Vec<Span>;

/// Classifies spans of encoded documents.
#[derive(Debug)]
pub struct SpanClassifier {
    head: RoleHead,
    labels: Vec<String>,
    mirror: Option<Vec<usize>>,
}

/// A head as config.json describes it, under `docmill.heads.NAME`.
#[derive(Debug, Deserialize)]
struct Described {
    form: String,
    spans: usize,
    labels: Vec<String>,
    /// Class of (q, p) for each class of (p, q).
    mirror: Option<Vec<usize>>,
}

impl SpanClassifier {
    /// Reads the head `name` of the model in `folder`.
    pub fn load(folder: &Path, name: &str, precision: Precision) -> Result<Self, StageError> {
        let described: Described = described(folder, name)?;
        let wrong = |reason: String| {
            let help = "take config.json and model.safetensors from one package";
            StageError::file(folder.join("config.json"), format!("head `{name}`: {reason}"), help)
        };
        if described.form != "role-layer" {
            return Err(wrong(format!("its form is `{}`; this program knows `role-layer`", described.form)));
        }
        let head = RoleHead::read(&Checkpoint::open(folder)?, name, described.spans, precision)?;
        let classes = head.classes();
        if described.labels.len() != classes {
            return Err(wrong(format!("{} labels, but weights for {classes}", described.labels.len())));
        }
        if let Some(mirror) = &described.mirror
            && (described.spans != 2 || mirror.len() != classes || mirror.iter().any(|c| *c >= classes))
        {
            return Err(wrong("`mirror` needs two spans, and a class for each class".to_owned()));
        }
        Ok(Self { head, labels: described.labels, mirror: described.mirror })
    }

    /// Names of the classes, in the order of their scores.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Scores before softmax of each question about one sentence; none for a question whose spans the model did not
    /// read together (a sentence over its limit), or which have no wordpiece.
    ///
    /// A head with a mirror answers `f(p, q) + mirror(f(q, p))`: who is asked about first makes no difference.
    ///
    /// # Errors
    /// If the encodings are of another model.
    pub fn scores(
        &self,
        encodings: &Encodings,
        sentence: u32,
        questions: &[Question],
        scratch: &mut HeadScratch,
    ) -> Result<Vec<Option<Vec<f32>>>, StageError> {
        same_model(encodings, self.head.hidden())?;
        let mut answers = vec![None; questions.len()];
        for window in encodings.windows_of(sentence) {
            let mut asked: Vec<Vec<Range<usize>>> = Vec::new();
            let mut of: Vec<usize> = Vec::new();
            for (i, question) in questions.iter().enumerate() {
                if answers[i].is_some() {
                    continue;
                }
                let rows =
                    question.iter().map(|&span| rows_in(encodings, window, span)).collect::<Option<Vec<_>>>();
                if let Some(rows) = rows {
                    if self.mirror.is_some() {
                        asked.push(rows.iter().rev().cloned().collect());
                    }
                    asked.push(rows);
                    of.push(i);
                }
            }
            if asked.is_empty() {
                continue;
            }
            let scores = self.head.apply(encodings.rows_of(window.rows.clone()), &asked, scratch);
            let classes = self.head.classes();
            let mut scores = scores.chunks_exact(classes);
            for i in of {
                answers[i] = match &self.mirror {
                    None => scores.next().map(<[f32]>::to_vec),
                    Some(mirror) => scores.next().zip(scores.next()).map(|(turned, straight)| {
                        straight.iter().zip(mirror).map(|(x, &class)| x + turned[class]).collect()
                    }),
                };
            }
        }
        Ok(answers)
    }
}

/// Whether encodings have the width that a head reads; the error is that of a document.
pub(crate) fn same_model(encodings: &Encodings, wanted: usize) -> Result<(), StageError> {
    let given = encodings.hidden;
    if given == wanted || encodings.rows.is_empty() {
        return Ok(());
    }
    let message = format!("encodings of {given} values, but the head wants {wanted}; use one model for both");
    Err(StageError::Document(message))
}

/// The rows of a span in a window, counted from the window's first; none if the window does not read it whole.
pub(crate) fn rows_in(encodings: &Encodings, window: &EncodedWindow, span: Span) -> Option<Range<usize>> {
    let words = encodings.words_of(window);
    let whole = words.first()?.span.start <= span.start && span.end <= words.last()?.span.end;
    let rows = encodings.rows_at(window, span).filter(|_| whole)?;
    Some((rows.start - window.rows.start) as usize..(rows.end - window.rows.start) as usize)
}
