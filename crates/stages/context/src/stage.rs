//! The running stage.

use std::sync::{Mutex, PoisonError};

use docmill_bert::{ContextModel, ContextScratch};
use docmill_core::layers::{Context, Encodings};
use docmill_core::{Document, Stage, StageError};

use crate::hints::hints;
use crate::words::Words;

/// Adds context and hints to documents that are encoded and parsed.
#[derive(Debug)]
pub(crate) struct ContextStage {
    model: ContextModel,
    /// For each class of the head of triggers but the first, the type of event.
    types: Vec<u8>,
    idle: Mutex<Vec<ContextScratch>>,
}

impl ContextStage {
    pub fn new(model: ContextModel, types: Vec<u8>) -> Self {
        Self { model, types, idle: Mutex::default() }
    }

    /// The rows of the middle become those of the context: they have no other reader.
    fn rows(&self, encodings: &mut Encodings) -> Result<Vec<f32>, StageError> {
        if encodings.middle.len() != encodings.rows.len() || encodings.hidden != self.model.layers.hidden() {
            let message = "the encodings lack what the context layers read; use one model for both";
            return Err(StageError::Document(message.to_owned()));
        }
        let mut rows = std::mem::take(&mut encodings.middle);
        let ends: Vec<usize> = encodings.windows.iter().map(|window| window.rows.end as usize).collect();
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = idle().pop().unwrap_or_default();
        self.model.layers.apply(&mut rows, &ends, &mut scratch);
        idle().push(scratch);
        Ok(rows)
    }
}

impl Stage for ContextStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        doc.require::<Encodings>()?;
        let Some(encodings) = doc.layers_mut().get_mut::<Encodings>() else { return Ok(()) };
        let (hidden, rows) = (encodings.hidden, self.rows(encodings)?);
        if !rows.iter().all(|value| value.is_finite()) {
            return Err(StageError::Document("the model gave values that are not numbers".to_owned()));
        }
        let context = Context { hidden, rows };
        let words = Words::new(doc, &context)?;
        let found = hints(&self.model, &self.types, &words);
        doc.layers_mut().insert(found);
        doc.layers_mut().insert(context);
        Ok(())
    }
}
