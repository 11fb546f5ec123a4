//! What goes into the workers and what comes out of them.

use docmill_dedup::Signature;
use docmill_input::Item;

/// A line of the output on its way there.
#[derive(Debug, Default)]
pub struct Line {
    /// Empty if nothing is written.
    pub bytes: Vec<u8>,
    /// What decides whether the document doubles another, until that is decided.
    pub signature: Option<Box<Signature>>,
    /// The same as text, if the document is the first of its kind.
    pub first: Option<String>,
    /// Whether the line is marked as the double of an earlier one.
    pub marked: bool,
}

/// What is kept of a document beside the stages, from where it is opened to where its line is written.
#[derive(Debug)]
pub struct DocumentContext {
    /// What decides whether it doubles another, if duplicates are looked for.
    pub signature: Option<Signature>,
}

/// An item, and its record in an earlier run of the same settings, if there is one.
pub struct Input {
    pub(crate) item: Item,
    pub(crate) earlier: Option<Vec<u8>>,
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
