use super::DOC_ID;
use crate::column::column;
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "citations",
    about: "One row for each outlet that is cited in brackets, with its date.",
    rows: |view| view.record.citations.len(),
    columns: &[
        DOC_ID,
        column(
            "citation_id",
            Get::Text(|view, i| Some(view.record.citations[i].id.as_str().into())),
            "`ci0`, `ci1`, ...",
        ),
        column(
            "outlet",
            Get::Text(|view, i| Some(view.record.citations[i].outlet.as_str().into())),
            "Name of the outlet.",
        ),
        column(
            "date",
            Get::Date(|view, i| view.record.citations[i].date.as_deref()),
            "Day, or first day of a range; null where only a month is known.",
        ),
        column(
            "date_end",
            Get::Date(|view, i| view.record.citations[i].date_end.as_deref()),
            "Last day of a range.",
        ),
        column(
            "date_iso",
            Get::Text(|view, i| Some(view.record.citations[i].date.as_deref()?.into())),
            "`date` as the record has it: `2005-09-13`, or `2005-09` for a month.",
        ),
        column(
            "date_end_iso",
            Get::Text(|view, i| Some(view.record.citations[i].date_end.as_deref()?.into())),
            "`date_end` in the same form.",
        ),
        column(
            "date_text",
            Get::Text(|view, i| Some(view.record.citations[i].date_text.as_deref()?.into())),
            "The date as written.",
        ),
        column(
            "date_inferred",
            Get::Boolean(|view, i| Some(view.record.citations[i].date_inferred)),
            "True if the year was inferred.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.citations[i].start.into())),
            "First position.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.citations[i].end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.record.citations[i].text.as_str().into())),
            "The citation as written.",
        ),
    ],
};
