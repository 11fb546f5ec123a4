//! Facts between two names, summed over the archive.

use std::iter::Peekable;

use serde::{Deserialize, Serialize};

use crate::error::ArchiveError;
use crate::facts::{Fact, FactKind, Side};
use crate::sort::{Sorted, Sorter};

/// What stands between two names, over the whole archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Id of the row that it comes from.
    pub source: String,
    /// Id of the row that it leads to.
    pub target: String,
    /// What it says.
    pub kind: FactKind,
    /// Type of event, office, or `words` and `deeds`; empty for quotations.
    pub label: String,
    /// How often.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// Day of the first document.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
}

/// One fact between two names.
#[derive(Serialize, Deserialize)]
struct Once {
    edge: Edge,
    document: u64,
}

/// Collects edges.
#[derive(Debug, Default)]
pub(crate) struct Edges(Sorter);

impl Edges {
    /// Adds a fact: each source with each target.
    pub fn push(&mut self, fact: &Fact) -> Result<(), ArchiveError> {
        let of = |side: Side| fact.ends.iter().filter(move |end| end.side == side);
        for source in of(Side::Source) {
            // A correction may have made two names of a document one.
            for target in of(Side::Target).filter(|target| target.id != source.id) {
                let edge = Edge {
                    source: source.id.clone(),
                    target: target.id.clone(),
                    kind: fact.kind,
                    label: fact.label.clone(),
                    count: 1,
                    documents: 1,
                    first: fact.day.clone(),
                    last: fact.day.clone(),
                };
                let key = format!(
                    "{}\u{1}{}\u{1}{}\u{1}{}",
                    edge.source,
                    edge.target,
                    fact.kind.name(),
                    edge.label
                );
                self.0.push(key, serde_json::to_string(&Once { edge, document: fact.document })?)?;
            }
        }
        Ok(())
    }

    /// Each edge once, by source, target, kind and label.
    pub fn sums(self) -> Result<Sums, ArchiveError> {
        Ok(Sums(self.0.sorted()?.peekable()))
    }
}

/// Edges in order.
pub(crate) struct Sums(Peekable<Sorted>);

impl Sums {
    fn next_edge(&mut self) -> Result<Option<Edge>, ArchiveError> {
        let Some(first) = self.0.next() else { return Ok(None) };
        let (key, once) = first?;
        let Once { mut edge, mut document } = serde_json::from_str(&once)?;
        let same =
            |next: &std::io::Result<(String, String)>| next.as_ref().is_ok_and(|(next, _)| *next == key);
        while let Some(next) = self.0.next_if(same) {
            let more: Once = serde_json::from_str(&next?.1)?;
            edge.count += 1;
            // Those of one document stand together.
            edge.documents += u64::from(more.document != document);
            document = more.document;
            if more.edge.first.is_some() && (edge.first.is_none() || more.edge.first < edge.first) {
                edge.first = more.edge.first;
            }
            edge.last = edge.last.max(more.edge.last);
        }
        Ok(Some(edge))
    }
}

impl Iterator for Sums {
    type Item = Result<Edge, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_edge().transpose()
    }
}
