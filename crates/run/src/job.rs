//! From items to lines, in the workers.

use std::sync::Arc;

use docmill_core::{Document, Source};
use docmill_engine::{Job, Outcome, Unreadable, WindowDone};
use docmill_input::Archive;
use docmill_jsonl::Renderer;

use crate::duplicates::Duplicates;
use crate::line::{DocumentContext, Input, Line};
use crate::observer::Observer;
use crate::reuse;

/// Items to lines.
pub struct Lines {
    /// Writes a document as a line.
    pub renderer: Renderer,
    /// Reads the inputs.
    pub archive: Archive,
    /// Which documents double earlier ones.
    pub duplicates: Arc<Duplicates>,
    /// Whether the run's memory is bounded: then the index of duplicates takes from what documents may have.
    pub bounded: bool,
    /// Bytes of memory that a byte of text takes.
    pub per_byte: u64,
    /// Hears of the windows of long documents.
    pub observer: Arc<dyn Observer>,
}

impl Job for Lines {
    type Input = Input;
    type Output = Line;
    type Context = DocumentContext;

    fn bytes(&self, input: &Input) -> usize {
        // What is held of an input counts.
        let held = input.earlier.as_ref().map_or(0, Vec::len);
        usize::try_from(input.item.weight()).unwrap_or(usize::MAX).saturating_add(held)
    }

    fn spent(&self) -> u64 {
        if self.bounded { self.duplicates.bytes() as u64 / self.per_byte } else { 0 }
    }

    fn id(&self, input: &Input) -> String {
        input.item.id()
    }

    fn source(&self, input: &Input) -> Source {
        input.item.source().clone()
    }

    fn known(&self, input: &mut Input) -> Option<(Source, Line)> {
        let mut bytes = input.earlier.take()?;
        let source = reuse::source(&self.archive, &input.item, &bytes)?;
        bytes.push(b'\n');
        // Which documents it doubles is another matter in this run.
        Some((source, self.duplicates.of_record(bytes)?))
    }

    fn open(&self, input: Input) -> Result<(Document, DocumentContext), Box<Unreadable>> {
        let mut doc = self.archive.load(input.item)?;
        let signature = self.duplicates.signature(doc.text());
        if signature.as_ref().is_some_and(|signature| self.duplicates.leaves_out(signature)) {
            doc.filter_out("double of an earlier document");
        }
        Ok((doc, DocumentContext { signature }))
    }

    fn window(&self, window: &WindowDone<'_>) {
        self.observer.window(window.id, window.bytes, window.whole);
    }

    fn finish(&self, outcome: &Outcome, context: Option<&DocumentContext>) -> Result<Option<Line>, String> {
        let line = match outcome {
            Outcome::Done(doc) => self.renderer.render(doc, None),
            Outcome::Failed(doc, failure) => {
                self.renderer.render(doc, Some((failure.stage.as_deref(), &failure.message)))
            }
            Outcome::Unreadable(failed) => {
                self.renderer.render_unreadable(&failed.id, &failed.source, &failed.message)
            }
            Outcome::Filtered(_) => Ok(Vec::new()),
        };
        let bytes = line.map_err(|error| error.to_string())?;
        let signature = context.and_then(|context| context.signature.clone()).map(Box::new);
        Ok(Some(Line { bytes, signature, ..Line::default() }))
    }
}
