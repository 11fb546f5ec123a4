//! One text with everything known about it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentError, Layer, Layers, Meta, OffsetUnit, Source, StageError, View};

/// One text on its way through the stages.
///
/// The text never changes once the document exists: spans stay valid for its life. Stages read it and add
/// [layers](Layer).
#[derive(Debug)]
pub struct Document {
    id: String,
    source: Source,
    /// Bibliographic facts; stages may fill in what they find.
    pub meta: Meta,
    text: String,
    layers: Layers,
    filtered: Option<String>,
    skipped: Vec<Skipped>,
    /// Where it begins in the document that it is a window of, and how long that is (bytes).
    window: Option<(usize, usize)>,
}

/// A stage that did not run on a document, on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Key of the stage.
    pub stage: String,
    /// The layer that it requires and that a stage skipped before it would have added; null if its own condition
    /// (`when`) does not hold.
    pub missing: Option<String>,
}

impl Document {
    /// A document without layers. Line ends, byte order mark and encoding are the reader's business, settled
    /// before this call.
    ///
    /// ```
    /// use docmill_core::{Document, Meta, Source};
    ///
    /// let source = Source { path: "a.zip".into(), member: Some("b.txt".into()), ..Source::default() };
    /// let doc = Document::new(source.id(), source, Meta::default(), "Osh waits.".into()).unwrap();
    /// assert_eq!(doc.id(), "a.zip!b.txt");
    /// ```
    ///
    /// # Errors
    /// If `text` is longer than 32-bit positions reach.
    pub fn new(
        id: impl Into<String>,
        source: Source,
        meta: Meta,
        text: String,
    ) -> Result<Self, DocumentError> {
        if u32::try_from(text.len()).is_err() {
            return Err(DocumentError::TooLong(text.len()));
        }
        Ok(Self {
            id: id.into(),
            source,
            meta,
            text,
            layers: Layers::default(),
            filtered: None,
            skipped: Vec::new(),
            window: None,
        })
    }

    /// A document from text alone, for tests and examples.
    ///
    /// ```
    /// # use docmill_core::Document;
    /// let doc = Document::from_text("a.txt", "Osh waits.");
    /// assert_eq!((doc.id(), doc.text()), ("a.txt", "Osh waits."));
    /// ```
    pub fn from_text(id: &str, text: &str) -> Self {
        let source = Source { path: id.to_owned(), bytes: text.len() as u64, ..Source::default() };
        Self::new(id, source, Meta::default(), text.to_owned()).expect("a test text is shorter than 4 GiB")
    }

    /// A stretch of the document as one of its own, without layers: a long one goes through the stages in windows. The
    /// range lies on char boundaries.
    ///
    /// ```
    /// # use docmill_core::Document;
    /// let doc = Document::from_text("a.txt", "Osh waits. Naryn does not.");
    /// let second = doc.window(11..26);
    /// assert_eq!(second.text(), "Naryn does not.");
    /// assert!(second.continues() && !doc.continues());
    /// assert_eq!(second.whole_len(), 26);
    /// ```
    #[must_use]
    pub fn window(&self, range: Range<usize>) -> Self {
        Self {
            id: self.id.clone(),
            source: self.source.clone(),
            meta: self.meta.clone(),
            window: Some((range.start, self.text.len())),
            text: self.text.get(range).unwrap_or_default().to_owned(),
            layers: Layers::default(),
            filtered: None,
            skipped: Vec::new(),
        }
    }

    /// Bytes of the text; of a window, those of the whole document.
    pub fn whole_len(&self) -> usize {
        self.window.map_or(self.text.len(), |(_, whole)| whole)
    }

    /// True for a window of a longer document.
    pub fn is_window(&self) -> bool {
        self.window.is_some()
    }

    /// True for a window that is not the beginning of its document: there is no header at its top.
    pub fn continues(&self) -> bool {
        self.window.is_some_and(|(start, _)| start > 0)
    }

    /// Unique name inside a run.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where the document came from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The text, unchangeable.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All layers.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// All layers, to add to.
    pub fn layers_mut(&mut self) -> &mut Layers {
        &mut self.layers
    }

    /// A layer that the caller requires.
    ///
    /// ```
    /// use docmill_core::layers::Sentences;
    /// use docmill_core::{Document, StageError};
    ///
    /// let doc = Document::from_text("a.txt", "Osh waits.");
    /// assert!(matches!(doc.require::<Sentences>(), Err(StageError::MissingLayer("sentences"))));
    /// ```
    ///
    /// # Errors
    /// [`StageError::MissingLayer`] if no stage has provided it.
    pub fn require<L: Layer>(&self) -> Result<&L, StageError> {
        self.layers.get::<L>().ok_or(StageError::MissingLayer(L::NAME))
    }

    /// Takes the document out of the run on purpose: later stages skip it, it is not written, and the run counts
    /// it as filtered.
    ///
    /// ```
    /// # use docmill_core::Document;
    /// let mut doc = Document::from_text("a.txt", "");
    /// doc.filter_out("no text");
    /// assert_eq!(doc.filtered(), Some("no text"));
    /// ```
    pub fn filter_out(&mut self, reason: impl Into<String>) {
        self.filtered = Some(reason.into());
    }

    /// Why the document was filtered out, if it was.
    pub fn filtered(&self) -> Option<&str> {
        self.filtered.as_deref()
    }

    /// Notes that a stage does not run on the document; its layers stay absent.
    ///
    /// ```
    /// use docmill_core::{Document, Skipped};
    ///
    /// let mut doc = Document::from_text("a.txt", "Ош ждёт.");
    /// doc.skip(Skipped { stage: "ner".into(), missing: None });
    /// assert_eq!(doc.skipped()[0].stage, "ner");
    /// ```
    pub fn skip(&mut self, stage: Skipped) {
        self.skipped.push(stage);
    }

    /// The stages that did not run on the document, in plan order.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }
}

impl<'d> View<'d> {
    /// A view of `document` with positions in `unit`.
    pub fn new(document: &'d Document, unit: OffsetUnit) -> Self {
        Self::of(&document.text, &document.layers, unit)
    }
}
