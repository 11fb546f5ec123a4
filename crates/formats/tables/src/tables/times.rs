use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "times",
    about: "One row for each expression of time in the text.",
    rows: |view| view.record.times.len(),
    columns: &[
        DOC_ID,
        column(
            "time_id",
            Get::Text(|view, i| Some(view.record.times[i].id.as_str().into())),
            "`t0`, `t1`, ...",
        ),
        column(
            "type",
            Get::Text(|view, i| Some(name_of(&view.record.times[i].kind))),
            "TIMEX3 type: `DATE`, `TIME`, `DURATION` or `SET`.",
        ),
        column(
            "value",
            Get::Text(|view, i| Some(view.record.times[i].value.as_str().into())),
            "TIMEX3 value: `2005-09-13`, `P2W`, `PRESENT_REF`.",
        ),
        column(
            "value_end",
            Get::Text(|view, i| Some(view.record.times[i].value_end.as_deref()?.into())),
            "Value of the last day of a range.",
        ),
        column(
            "date",
            Get::Date(|view, i| Some(view.record.times[i].value.as_str())),
            "The value, where it is one day.",
        ),
        column(
            "anchor",
            Get::Text(|view, i| Some(name_of(view.record.times[i].anchor.as_ref()?))),
            "What the value was computed from: `document`, `dateline`, `citation` or `text`.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.times[i].start.into())),
            "First position.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.times[i].end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.record.times[i].text.as_str().into())),
            "The expression as written.",
        ),
    ],
};
