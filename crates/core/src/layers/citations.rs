use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Layer, Span, View};

/// One outlet cited inline with its date, such as `Interfax, September 15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The outlet with its date. Outlets that share a date share the date's bytes.
    pub span: Span,
    /// Name of the outlet.
    pub outlet: String,
    /// ISO 8601 date, if it could be told.
    pub date: Option<String>,
    /// The date as written.
    pub date_text: Option<String>,
    /// True if the year was inferred.
    pub date_inferred: bool,
}

/// The inline citations of a document, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// In text order: from one to the next neither start nor end goes back.
    pub items: Vec<Citation>,
}

impl Citations {
    /// Index of the first citation that contains `span`, in logarithmic time.
    pub fn index_around(&self, span: Span) -> Option<usize> {
        let first = self.items.partition_point(|citation| citation.span.end < span.end);
        self.items.get(first).filter(|citation| citation.span.contains(span)).map(|_| first)
    }
}

/// A citation in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitationRecord {
    /// `ci0`, `ci1`, ...
    pub id: String,
    /// Name of the outlet.
    pub outlet: String,
    /// ISO 8601 date, if it could be told.
    pub date: Option<String>,
    /// The date as written.
    pub date_text: Option<String>,
    /// True if the year was inferred.
    pub date_inferred: bool,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The citation as written.
    pub text: String,
}

impl Layer for Citations {
    const NAME: &'static str = "citations";
    type Record = Vec<CitationRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(i, citation): (usize, &Citation)| {
            let span = view.span(citation.span);
            CitationRecord {
                id: format!("ci{i}"),
                outlet: citation.outlet.clone(),
                date: citation.date.clone(),
                date_text: citation.date_text.clone(),
                date_inferred: citation.date_inferred,
                start: span.start,
                end: span.end,
                text: span.text,
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }
}
