//! From items to lines, in the workers.

use docmill_archive::{Archive, Item};
use docmill_core::{Document, Source};
use docmill_engine::{Job, Outcome, Unreadable};
use docmill_jsonl::Renderer;

use super::reuse;

/// Items to lines.
pub struct Lines {
    pub renderer: Renderer,
    pub archive: Archive,
}

/// An item, and its record in an earlier run of the same settings, if there is one.
pub struct Input {
    item: Item,
    earlier: Option<Vec<u8>>,
}

impl From<Item> for Input {
    fn from(item: Item) -> Self {
        Self { item, earlier: None }
    }
}

impl Input {
    /// An item with the line of its record in an earlier run.
    pub fn with_earlier(item: Item, earlier: Option<Vec<u8>>) -> Self {
        Self { item, earlier }
    }
}

impl Job for Lines {
    type Input = Input;
    type Output = Vec<u8>;

    fn bytes(&self, input: &Input) -> usize {
        // What is held of an input counts.
        let held = input.earlier.as_ref().map_or(0, Vec::len);
        usize::try_from(input.item.size_hint()).unwrap_or(usize::MAX).saturating_add(held)
    }

    fn id(&self, input: &Input) -> String {
        input.item.id()
    }

    fn source(&self, input: &Input) -> Source {
        input.item.source().clone()
    }

    fn known(&self, input: &mut Input) -> Option<(Source, Vec<u8>)> {
        let mut line = input.earlier.take()?;
        let source = reuse::source(&self.archive, &input.item, &line)?;
        line.push(b'\n');
        Some((source, line))
    }

    fn open(&self, input: Input) -> Result<Document, Box<Unreadable>> {
        self.archive.load(input.item)
    }

    fn finish(&self, outcome: &Outcome) -> Result<Option<Vec<u8>>, String> {
        let line = match outcome {
            Outcome::Done(doc) => self.renderer.render(doc, None),
            Outcome::Failed(doc, failure) => {
                self.renderer.render(doc, Some((failure.stage.as_deref(), &failure.message)))
            }
            Outcome::Unreadable(failed) => {
                self.renderer.render_unreadable(&failed.id, &failed.source, &failed.message)
            }
            Outcome::Filtered(_) => return Ok(None),
        };
        line.map(Some).map_err(|error| error.to_string())
    }
}
