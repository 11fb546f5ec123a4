use super::DOC_ID;
use crate::column::column;
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "tokens",
    about: "One row for each word and punctuation mark, if the run had `output.tokens = true`.",
    rows: |view| view.record.tokens.len(),
    columns: &[
        DOC_ID,
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.tokens[i].sentence.as_str().into())),
            "Its sentence.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.tokens[i].start.into())),
            "First position.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.tokens[i].end.into())),
            "One past the last position.",
        ),
        column("text", Get::Text(|view, i| Some(view.record.tokens[i].text.as_str().into())), "The token."),
    ],
};
