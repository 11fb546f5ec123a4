//! The default engine: docmill's own encoder, in pure Rust.
//!
//! Its answer for a sentence depends on no other sentence, in any bit: padding is taken out again before the forward
//! pass, and every row is quantized by itself.

use std::sync::Arc;

use docmill_bert::{Checkpoint, Encoded, Encoder, Linear, Precision, Scratch, Sequence};
use docmill_core::StageError;

use super::{Engine, Factory};
use crate::batch::Batch;
use crate::settings::Device;
use docmill_pretrained::ModelDir;
use docmill_pretrained::{Family, ModelConfig};

/// Whether the device will do.
pub(super) fn check(device: Device) -> Result<(), StageError> {
    match device {
        Device::Cpu => Ok(()),
        Device::Cuda(_) => Err(StageError::setting(
            "device",
            "the engine `native` runs on the processor only",
            "set device = \"cpu\", or engine = \"rust-bert\" for a GPU",
        )),
    }
}

/// Reads the weights once; all instances share them.
pub(super) fn load(
    dir: &ModelDir,
    config: &ModelConfig,
    precision: Precision,
) -> Result<Factory, StageError> {
    if config.family != Family::Bert {
        return Err(StageError::file(
            dir.config(),
            "the engine `native` runs models of the family `bert` only",
            "set engine = \"rust-bert\" (cargo feature `rust-bert`) for the others",
        ));
    }
    let checkpoint = Checkpoint::open(dir.path())?;
    let encoder = Arc::new(Encoder::new(&checkpoint, precision)?);
    let classifier = Arc::new(checkpoint.linear("classifier")?);
    Ok(Box::new(move || Ok(Box::new(Native::new(encoder.clone(), classifier.clone())))))
}

/// One worker's instance.
struct Native {
    encoder: Arc<Encoder>,
    classifier: Arc<Linear>,
    scratch: Scratch,
    encoded: Encoded,
    ids: Vec<u32>,
    types: Vec<u8>,
}

impl Native {
    fn new(encoder: Arc<Encoder>, classifier: Arc<Linear>) -> Self {
        Self {
            encoder,
            classifier,
            scratch: Scratch::default(),
            encoded: Encoded::default(),
            ids: Vec::new(),
            types: Vec::new(),
        }
    }
}

impl Engine for Native {
    fn logits(&mut self, batch: &Batch) -> Result<Vec<f32>, StageError> {
        let real = || batch.mask.iter().map(|&m| m == 1);
        let outside = || StageError::Document("a wordpiece lies outside the vocabulary".to_owned());
        self.ids.clear();
        self.types.clear();
        for ((&id, &kind), real) in batch.ids.iter().zip(&batch.types).zip(real()) {
            if real {
                self.ids.push(u32::try_from(id).map_err(|_| outside())?);
                self.types.push(u8::try_from(kind).map_err(|_| outside())?);
            }
        }
        let mut sequences = Vec::with_capacity(batch.rows);
        let mut start = 0;
        for mask in batch.mask.chunks(batch.width.max(1)) {
            let end = start + mask.iter().filter(|&&m| m == 1).count();
            sequences.push(Sequence { ids: &self.ids[start..end], types: &self.types[start..end] });
            start = end;
        }
        self.encoder.encode(&sequences, &mut self.scratch, &mut self.encoded)?;
        let scores = self.classifier.apply(self.encoded.rows());

        // Back to the shape that all engines answer in.
        let labels = self.classifier.outputs();
        let mut logits = vec![0.0; batch.rows * batch.width * labels];
        let mut scores = scores.chunks_exact(labels);
        for (slot, real) in logits.chunks_exact_mut(labels).zip(real()) {
            if real && let Some(row) = scores.next() {
                slot.copy_from_slice(row);
            }
        }
        Ok(logits)
    }
}
