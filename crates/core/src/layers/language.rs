use crate::{Layer, View};

/// The language of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code, in lower case (`en`); none if it could not be determined.
    pub code: Option<String>,
}

impl Layer for Language {
    const NAME: &'static str = "language";
    /// The first window's is the document's.
    const JOINS: bool = true;
    type Record = Option<String>;

    fn record(&self, _view: &View<'_>) -> Self::Record {
        self.code.clone()
    }
}
