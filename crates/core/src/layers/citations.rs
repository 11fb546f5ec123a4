use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Layer, MergeOffsets, Span, View};

/// One outlet cited inline with its date, such as `Interfax, September 15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The outlet with its date. Outlets that share a date share the date's bytes.
    pub span: Span,
    /// Name of the outlet.
    pub outlet: String,
    /// ISO 8601 date, if it could be determined: `2005-09-13`, or `2005-09` if the text gives only a month. The first
    /// day of a range.
    pub date: Option<String>,
    /// The last day of a range, in the same form.
    pub date_end: Option<String>,
    /// The date as written.
    pub date_text: Option<String>,
    /// True if the year was inferred.
    pub date_inferred: bool,
}

/// The inline citations of a document, sorted by span. Two that overlap stand in one bracket and end with the same
/// date, or name the same outlet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// Sorted by span.
    pub items: Vec<Citation>,
}

impl Citations {
    /// Index of the citation that `span` is part of: if several contain it, the one whose outlet is nearest before it,
    /// and of that outlet's the first. Costs a binary search.
    pub fn index_around(&self, span: Span) -> Option<usize> {
        let after = self.items.partition_point(|citation| citation.span.start <= span.start);
        let nearest = self.items.get(after.checked_sub(1)?)?.span.start;
        let first = self.items.partition_point(|citation| citation.span.start < nearest);
        let found = self.items[first..after].partition_point(|citation| citation.span.end < span.end);
        (first + found < after).then_some(first + found)
    }
}

/// A citation in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitationRecord {
    /// `ci0`, `ci1`, ...
    pub id: String,
    /// Name of the outlet.
    pub outlet: String,
    /// ISO 8601 date, if it could be determined: `2005-09-13`, or `2005-09` if the text gives only a month. The first
    /// day of a range.
    pub date: Option<String>,
    /// The last day of a range, in the same form.
    pub date_end: Option<String>,
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
    const JOINS: bool = true;
    type Record = Vec<CitationRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(i, citation): (usize, &Citation)| {
            let span = view.span(citation.span);
            CitationRecord {
                id: format!("ci{i}"),
                outlet: citation.outlet.clone(),
                date: citation.date.clone(),
                date_end: citation.date_end.clone(),
                date_text: citation.date_text.clone(),
                date_inferred: citation.date_inferred,
                start: span.start,
                end: span.end,
                text: span.text,
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.items.iter_mut().for_each(|citation| citation.span = offsets.span(citation.span));
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_belongs_to_the_outlet_before_it() {
        // (Interfax, RIA, May 12, 13; Asia-Plus, May 20)
        let spans = [(1, 22), (1, 26), (11, 22), (11, 26), (28, 45)];
        let citation = |&(start, end): &(usize, usize)| Citation {
            span: Span::new(start, end),
            outlet: "x".to_owned(),
            date: None,
            date_end: None,
            date_text: None,
            date_inferred: false,
        };
        let citations = Citations { items: spans.iter().map(citation).collect() };
        let around = |start, end| citations.index_around(Span::new(start, end));
        assert_eq!(around(1, 9), Some(0), "Interfax");
        assert_eq!(around(11, 14), Some(2), "RIA");
        assert_eq!(around(24, 26), Some(3), "13");
        assert_eq!(around(28, 37), Some(4), "Asia-Plus");
        assert_eq!(around(0, 9), None);
        assert_eq!(around(25, 30), None);
        assert_eq!(around(46, 50), None);
        assert_eq!(Citations::default().index_around(Span::new(0, 1)), None);
    }
}
