//! A head over a holder and targets, by the name that a model's config gives it.

use std::ops::Range;
use std::path::Path;

use docmill_core::layers::Encodings;
use docmill_core::{Span, StageError};
use serde::Deserialize;

use crate::checkpoint::Checkpoint;
use crate::described::described;
use crate::layer::Precision;
use crate::relation_head::{Pass, RelationHead, RelationScratch};
use crate::spans::{rows_in, same_model};

/// A holder of a sentence, and the targets that he is asked about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// None if the sentence does not name him.
    pub holder: Option<Span>,
    /// In any order; they may overlap.
    pub targets: Vec<Span>,
}

/// Classifies what a holder is to some targets.
#[derive(Debug)]
pub struct RelationClassifier {
    head: RelationHead,
    labels: Vec<String>,
}

/// A head as config.json describes it, under `docmill.heads.NAME`.
#[derive(Debug, Deserialize)]
struct Described {
    form: String,
    /// It goes on from the rows after so many of the encoder's layers.
    after: usize,
    layers: usize,
    labels: Vec<String>,
}

/// After how many of the encoder's layers the head `name` of the model in `folder` goes on, if there is such a head.
pub fn middle_of(folder: &Path, name: &str) -> Option<usize> {
    described::<Described>(folder, name).ok().map(|head| head.after)
}

impl RelationClassifier {
    /// Reads the head `name` of the model in `folder`; its tensors are in a file of that name.
    pub fn load(folder: &Path, name: &str, precision: Precision) -> Result<Self, StageError> {
        let Described { form, after, layers, labels } = described(folder, name)?;
        let file = format!("{name}.safetensors");
        let wrong = |reason: String| {
            let help = format!("take config.json and {file} from one package");
            StageError::file(folder.join("config.json"), format!("head `{name}`: {reason}"), help)
        };
        if form != "holder-layers" {
            return Err(wrong(format!("its form is `{form}`; this program knows `holder-layers`")));
        }
        let checkpoint = Checkpoint::open_file(folder, &file)?;
        let most = checkpoint.config().num_hidden_layers;
        if !(1..=most).contains(&after) {
            return Err(wrong(format!("`after` is {after}, but the encoder has {most} layers")));
        }
        let head = RelationHead::read(&checkpoint, name, layers, precision)?;
        if labels.len() != head.classes() {
            return Err(wrong(format!("{} labels, but weights for {}", labels.len(), head.classes())));
        }
        Ok(Self { head, labels })
    }

    /// Names of the scores, in their order.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Scores before softmax of each target of each holder; none for a target that the model did not read together
    /// with its holder (a sentence over its limit), or which has no wordpiece, and where the encodings lack the rows
    /// that the head goes on from.
    ///
    /// # Errors
    /// If the encodings are of another model.
    pub fn scores(
        &self,
        encodings: &Encodings,
        sentence: u32,
        asked: &[Asked],
        scratch: &mut RelationScratch,
    ) -> Result<Vec<Vec<Option<Vec<f32>>>>, StageError> {
        same_model(encodings, self.head.hidden())?;
        let mut answers: Vec<Vec<Option<Vec<f32>>>> =
            asked.iter().map(|one| vec![None; one.targets.len()]).collect();
        let mut scores = Vec::new();
        for window in encodings.windows_of(sentence) {
            let mut found: Vec<Found> = Vec::new();
            for (i, one) in asked.iter().enumerate() {
                let holder = one.holder.map(|span| rows_in(encodings, window, span));
                if holder == Some(None) {
                    continue;
                }
                let open = one.targets.iter().enumerate().filter(|(j, _)| answers[i][*j].is_none());
                let (of, targets): (Vec<usize>, Vec<_>) =
                    open.filter_map(|(j, span)| Some((j, rows_in(encodings, window, *span)?))).unzip();
                if !of.is_empty() {
                    found.push(Found { asked: i, holder: holder.flatten(), of, targets });
                }
            }
            let Some(states) = encodings.middle_of(window.rows.clone()) else { continue };
            let passes: Vec<Pass<'_>> = (found.iter())
                .map(|one| Pass { states, holder: one.holder.clone(), targets: &one.targets })
                .collect();
            self.head.apply(&passes, scratch, &mut scores);
            let mut each = scores.chunks_exact(self.head.classes());
            for one in &found {
                for &j in &one.of {
                    answers[one.asked][j] = each.next().map(<[f32]>::to_vec);
                }
            }
        }
        Ok(answers)
    }
}

/// What a window reads of a question.
struct Found {
    /// Which question.
    asked: usize,
    holder: Option<Range<usize>>,
    /// Which of its targets, and their rows.
    of: Vec<usize>,
    targets: Vec<Range<usize>>,
}
