//! From items to lines, in the workers.

use docmill_archive::{Archive, Item};
use docmill_core::{Document, Source};
use docmill_engine::{Job, Outcome, Unreadable};
use docmill_jsonl::Renderer;

/// Items to lines.
pub struct Lines {
    pub renderer: Renderer,
    pub archive: Archive,
}

impl Job for Lines {
    type Input = Item;
    type Output = Vec<u8>;

    fn bytes(&self, item: &Item) -> usize {
        usize::try_from(item.size_hint()).unwrap_or(usize::MAX)
    }

    fn id(&self, item: &Item) -> String {
        item.id()
    }

    fn source(&self, item: &Item) -> Source {
        item.source().clone()
    }

    fn open(&self, item: Item) -> Result<Document, Box<Unreadable>> {
        self.archive.load(item)
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
