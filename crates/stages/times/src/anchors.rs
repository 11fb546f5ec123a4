//! What incomplete dates can be completed from.

use docmill_core::Document;
use docmill_core::layers::{Citations, TimeAnchor};
use docmill_dates::Date;

use crate::TextKind;
use crate::iso::Point;
use crate::lex::Token;
use crate::matcher::Found;
use crate::rules::Operation;

/// How far into a text its dateline reaches, in bytes, and how far behind the date its dash stands, in tokens.
const DATELINE: (usize, usize) = (250, 8);

/// So many named years, and no more, do not make a text a history.
const FEW_YEARS: usize = 8;

/// So many years before Christ make a text one about them.
const ANCIENT: usize = 4;

/// The grounds of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchors {
    /// The document's date, or what stands for it.
    pub now: Option<(Date, TimeAnchor)>,
    /// Whether dates are completed from the last one named.
    pub history: bool,
    /// Whether bare years may be before Christ.
    pub ancient: bool,
}

impl Anchors {
    pub fn of(doc: &Document, tokens: &[Token<'_>], found: &[Found], kind: TextKind) -> Self {
        let document = doc.meta.date.as_deref().and_then(date);
        let now = document
            .map(|date| (date, TimeAnchor::Document))
            .or_else(|| dateline(tokens, found).map(|date| (date, TimeAnchor::Dateline)))
            .or_else(|| cited(doc).map(|date| (date, TimeAnchor::Citation)))
            .or_else(|| found.iter().find_map(full).map(|date| (date, TimeAnchor::Text)));
        let old = found.iter().filter(|found| found.captured.before_christ).count();
        let history = match kind {
            TextKind::Auto => is_history(found, document.or(now.map(|(date, _)| date))),
            TextKind::News => false,
            TextKind::History => true,
        };
        Self { now, history, ancient: old >= ANCIENT }
    }

    /// The document's date as a point.
    pub fn point(&self) -> Option<(Point, TimeAnchor)> {
        self.now.map(|(date, anchor)| (Point::of(date), anchor))
    }
}

/// The latest day of a source that the text cites: it was written soon after.
fn cited(doc: &Document) -> Option<Date> {
    let citations = doc.layers().get::<Citations>()?;
    citations.items.iter().filter_map(|citation| date(citation.date.as_deref()?)).max()
}

/// The day that `text` begins with.
fn date(text: &str) -> Option<Date> {
    text.get(..10).and_then(Date::from_iso)
}

fn full(found: &Found) -> Option<Date> {
    if found.operation != Operation::Date || found.captured.before_christ {
        return None;
    }
    Date::new(found.captured.year?, found.captured.month?, found.captured.day?)
}

/// A full date at the head of the text with a dash soon behind it: `DUSHANBE, September 15, 2005 (Interfax) — The`.
fn dateline(tokens: &[Token<'_>], found: &[Found]) -> Option<Date> {
    let first =
        found.iter().take_while(|found| tokens.get(found.first).is_some_and(|t| t.start < DATELINE.0));
    first.filter_map(|found| Some((found, full(found)?))).find_map(|(found, date)| {
        let behind = tokens.get(found.end..)?.iter().take(DATELINE.1);
        behind.map(|token| &*token.lower).any(|mark| matches!(mark, "-" | "–" | "—")).then_some(date)
    })
}

/// Whether most years that a text names lie well away from its date.
fn is_history(found: &[Found], now: Option<Date>) -> bool {
    let years = found.iter().filter(|found| found.operation == Operation::Date);
    let years: Vec<i32> = years
        .filter_map(|found| {
            let year = found.captured.year?;
            Some(if found.captured.before_christ { -year } else { year })
        })
        .collect();
    let near = |year: &&i32| now.is_some_and(|now| (now.year() - **year).abs() <= 1);
    let near = years.iter().filter(near).count();
    let few = if near == 0 { FEW_YEARS / 2 } else { FEW_YEARS };
    years.len() > few && near * 3 < years.len()
}
