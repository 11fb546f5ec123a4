//! What runs a model.
//!
//! An engine is the forward pass and nothing else: windows, batches, masks, labels and spans are the same for all
//! of them. A further engine is a file here, a variant of [`EngineKind`], and an arm in [`check`] and [`load`].

mod native;
#[cfg(feature = "rust-bert")]
mod rust_bert;

use docmill_core::StageError;

use crate::batch::Batch;
use crate::settings::{Device, EngineKind, NerSettings};
use docmill_pretrained::ModelConfig;
use docmill_pretrained::ModelDir;

/// A token-classification model that is ready to run.
pub(crate) trait Engine: Send {
    /// Scores before softmax, one for each label, of every position of every row: `rows * width * labels` values.
    /// Those of padded positions are never looked at.
    fn logits(&mut self, batch: &Batch) -> Result<Vec<f32>, StageError>;
}

/// Makes one more instance of a loaded model; instances share the weights.
pub(crate) type Factory = Box<dyn Fn() -> Result<Box<dyn Engine>, StageError> + Send + Sync>;

/// Whether this program has the engine, and the engine the device.
pub(crate) fn check(kind: EngineKind, device: Device) -> Result<(), StageError> {
    match kind {
        EngineKind::Native => native::check(device),
        #[cfg(feature = "rust-bert")]
        EngineKind::RustBert => rust_bert::check(device),
        #[cfg(not(feature = "rust-bert"))]
        EngineKind::RustBert => Err(without_rust_bert()),
    }
}

/// Loads the weights.
pub(crate) fn load(
    settings: &NerSettings,
    dir: &ModelDir,
    config: &ModelConfig,
) -> Result<Factory, StageError> {
    match settings.engine {
        EngineKind::Native => native::load(dir, config, settings.precision),
        #[cfg(feature = "rust-bert")]
        EngineKind::RustBert => rust_bert::load(dir, config, settings.device),
        #[cfg(not(feature = "rust-bert"))]
        EngineKind::RustBert => Err(without_rust_bert()),
    }
}

#[cfg(not(feature = "rust-bert"))]
fn without_rust_bert() -> StageError {
    StageError::setting(
        "engine",
        "this program was built without the cargo feature `rust-bert`",
        "build with: eval \"$(cargo xtask libtorch --print-env)\" && cargo build --release --features rust-bert",
    )
}

#[cfg(all(test, not(feature = "rust-bert")))]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_was_left_out_names_its_feature() {
        let error = check(EngineKind::RustBert, Device::Cpu).unwrap_err().to_string();
        assert!(error.starts_with("setting `engine`: this program was built without"), "{error}");
        assert!(error.contains("--features rust-bert"), "{error}");
    }
}
