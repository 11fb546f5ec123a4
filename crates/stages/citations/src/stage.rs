//! The running stage.

use docmill_core::layers::{Citation, Citations};
use docmill_core::{Document, Span, Stage, StageError};
use docmill_dates::{Date, Written};

use crate::PublicationRule;
use crate::brackets::brackets;
use crate::judge::Judge;
use crate::named_years::named_year;
use crate::sources::{Source, sources};
use crate::years::Anchor;

/// Adds the citations of a document.
#[derive(Debug)]
pub(crate) struct CitationsStage {
    pub judge: Judge,
    pub publications: Vec<PublicationRule>,
    pub years_in_text: bool,
}

impl Stage for CitationsStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let text = doc.text();
        let mut found: Vec<Source> = Vec::new();
        brackets(text, |inside| {
            let previous = found.last().map(|source| source.outlet.as_str());
            let new = sources(text, inside, &self.judge, previous);
            let taken = !new.is_empty();
            found.extend(new);
            taken
        });
        let years = Years::new(self, doc, &found);
        let items = found.iter().map(|source| years.citation(source, text)).collect();
        doc.layers_mut().insert(Citations { items });
        Ok(())
    }
}

/// What the years of a document's sources are told from.
struct Years {
    anchor: Option<Anchor>,
    /// The days without a year that its sources name.
    written: Vec<(u8, u8)>,
}

impl Years {
    fn new(stage: &CitationsStage, doc: &Document, found: &[Source]) -> Self {
        let dates = || found.iter().filter_map(|source| source.date.as_ref());
        let parts = || dates().flat_map(|date| [Some(date.first), date.last]).flatten();
        let written: Vec<(u8, u8)> =
            parts().filter(|part| part.year.is_none()).filter_map(|part| part.month.zip(part.day)).collect();
        let anchor = Anchor::of(&doc.meta, &stage.publications).or_else(|| {
            let wanted = stage.years_in_text && !written.is_empty();
            // A source with its year is of that year or before the text, as are the dates that the text names.
            let cited = parts().filter_map(|part| part.year).max();
            let named = wanted.then(|| named_year(doc.text())).flatten();
            named.max(cited.filter(|_| wanted)).map(Anchor::Year)
        });
        Self { anchor, written }
    }

    fn citation(&self, source: &Source, text: &str) -> Citation {
        let date = source.date.as_ref();
        let years = date.and_then(|date| self.tell(date.first, date.last));
        let (first, last, inferred) = years.unwrap_or_default();
        let date_text = date.and_then(|date| text.get(date.range.clone()));
        Citation {
            span: Span::new(source.range.start, source.range.end),
            outlet: source.outlet.clone(),
            date: first,
            date_end: last,
            date_text: date_text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            date_inferred: inferred,
        }
    }

    /// First and last day in ISO 8601, and whether the year was inferred.
    fn tell(&self, first: Written, last: Option<Written>) -> Option<(Option<String>, Option<String>, bool)> {
        if first.year.is_some() {
            return Some((iso(first), last.and_then(iso), false));
        }
        let anchor = self.anchor?;
        let Some(last) = last else {
            return Some((Some(anchor.resolve(first, &self.written)?.to_string()), None, true));
        };
        // The range ends in the year that is told, and begins before its end.
        let end = anchor.resolve(last, &self.written)?;
        let (month, day) = first.month.zip(first.day)?;
        let begins = |year| Date::new(year, month, day).filter(|start| *start <= end);
        let start = begins(end.year()).or_else(|| begins(end.year() - 1))?;
        Some((Some(start.to_string()), Some(end.to_string()), true))
    }
}

/// `2005-09-13`, `2005-09`, or `2005`: as much as is written.
fn iso(date: Written) -> Option<String> {
    let year = date.year?;
    match (date.month, date.day) {
        (Some(month), Some(day)) => Date::new(year, month, day).map(|date| date.to_string()),
        (Some(month), None) => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}")),
    }
}

#[cfg(test)]
mod tests;
