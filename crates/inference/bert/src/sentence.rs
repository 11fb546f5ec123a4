//! A head over whole sentences.

use std::path::Path;

use docmill_core::StageError;
use docmill_core::layers::Encodings;
use docmill_kernels::{Isa, gelu};
use serde::Deserialize;

use crate::checkpoint::Checkpoint;
use crate::described::described;
use crate::linear::Linear;

/// Classifies sentences: `W_o gelu(W_i [H_CLS; mean of H over the words' rows] + b_i) + b_o`.
#[derive(Debug)]
pub struct SentenceClassifier {
    inner: Linear,
    out: Linear,
    hidden: usize,
}

#[derive(Debug, Deserialize)]
struct Described {
    form: String,
    labels: Vec<String>,
}

impl SentenceClassifier {
    /// Reads the head `name` of the model in `folder`.
    pub fn load(folder: &Path, name: &str) -> Result<Self, StageError> {
        let Described { form, labels } = described(folder, name)?;
        let checkpoint = Checkpoint::open(folder)?;
        let hidden = checkpoint.config().hidden_size;
        let inner = checkpoint.linear(&format!("{name}.inner"))?;
        let out = checkpoint.linear(&format!("{name}.out"))?;
        let fits =
            inner.inputs() == 2 * hidden && inner.outputs() == out.inputs() && inner.outputs() % 16 == 0;
        if form != "sentence" || !fits || out.outputs() != labels.len() {
            let reason = format!("head `{name}` is not of the form `sentence`, or its weights do not fit");
            let help = "take config.json and model.safetensors from one package";
            return Err(StageError::file(folder.join("config.json"), reason, help));
        }
        Ok(Self { inner, out, hidden })
    }

    /// Scores before softmax; none for a sentence without words. A sentence of several windows gets the mean of
    /// theirs, each counted by its rows.
    ///
    /// # Errors
    /// If the encodings are of another model.
    pub fn scores(&self, encodings: &Encodings, sentence: u32) -> Result<Option<Vec<f32>>, StageError> {
        let windows = encodings.windows_of(sentence);
        if !windows.is_empty() && encodings.hidden != self.hidden {
            let message = "encodings of another model than the head's; use one model for both".to_owned();
            return Err(StageError::Document(message));
        }
        let mut features = Vec::with_capacity(windows.len() * 2 * self.hidden);
        for window in windows {
            let mut rows = encodings.rows_of(window.rows.clone()).chunks_exact(self.hidden);
            features.extend_from_slice(rows.next().unwrap_or_default());
            let start = features.len();
            features.resize(start + self.hidden, 0.0);
            let words = rows.len().saturating_sub(1);
            for row in rows.take(words) {
                features[start..].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            }
            for x in &mut features[start..] {
                *x /= words.max(1) as f32;
            }
        }
        let mut inner = self.inner.apply(&features);
        gelu(Isa::detect(), &mut inner);
        let scores = self.out.apply(&inner);
        let total: u32 = windows.iter().map(|window| window.rows.end - window.rows.start).sum();
        let mut mean = vec![0.0; self.out.outputs()];
        for (window, scores) in windows.iter().zip(scores.chunks_exact(self.out.outputs())) {
            let share = (window.rows.end - window.rows.start) as f32 / total as f32;
            mean.iter_mut().zip(scores).for_each(|(sum, x)| *sum += share * x);
        }
        Ok((!windows.is_empty()).then_some(mean))
    }
}
