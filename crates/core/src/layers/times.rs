use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Layer, MergeOffsets, Span, View};

/// What kind of time an expression names: the types of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day or something longer: `Tuesday`, `last October`, `1999`.
    Date,
    /// A time of day: `10:30`, `Tuesday night`.
    Time,
    /// How long something takes: `two weeks`.
    Duration,
    /// A time that comes again: `every Monday`.
    Set,
}

/// What the value of an expression was computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TimeAnchor {
    /// The date of the document.
    Document,
    /// A date in the dateline that opens the text.
    Dateline,
    /// The latest date of a source that the text cites.
    Citation,
    /// A full date that the text names.
    Text,
}

/// An expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The expression.
    pub span: Span,
    /// Its type.
    pub kind: TimeKind,
    /// Its TIMEX3 value: `2005-09-13`, `P2W`, `PRESENT_REF`. Unknown digits are `X`: `XXXX-09-13`.
    pub value: String,
    /// The value of the last day, where the expression names a range of days.
    pub value_end: Option<String>,
    /// What the value was computed from; none if the expression is complete in itself, or if nothing anchors it.
    pub anchor: Option<TimeAnchor>,
}

/// The expressions of time in a document, sorted, without overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    /// Sorted by span.
    pub items: Vec<Time>,
}

/// An expression of time in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeRecord {
    /// `t0`, `t1`, ...
    pub id: String,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value: `2005-09-13`, `P2W`, `PRESENT_REF`. Unknown digits are `X`: `XXXX-09-13`.
    pub value: String,
    /// Value of the last day, where the expression names a range of days (`September 21-23`).
    pub value_end: Option<String>,
    /// What the value was computed from; null if the expression is complete in itself, or if nothing anchors it.
    pub anchor: Option<TimeAnchor>,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The expression as written.
    pub text: String,
}

impl Layer for Times {
    const NAME: &'static str = "times";
    const JOINS: bool = true;
    type Record = Vec<TimeRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(i, time): (usize, &Time)| {
            let span = view.span(time.span);
            TimeRecord {
                id: format!("t{i}"),
                kind: time.kind,
                value: time.value.clone(),
                value_end: time.value_end.clone(),
                anchor: time.anchor,
                start: span.start,
                end: span.end,
                text: span.text,
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.items.iter_mut().for_each(|time| time.span = offsets.span(time.span));
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
