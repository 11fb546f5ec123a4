use super::DOC_ID;
use crate::column::column;
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "sentences",
    about: "One row for each sentence, headline or list item.",
    rows: |view| view.record.sentences.len(),
    columns: &[
        DOC_ID,
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.sentences[i].id.as_str().into())),
            "`s0`, `s1`, ...",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.sentences[i].start.into())),
            "First position, 0-based, in the document's unit.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.sentences[i].end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.record.sentences[i].text.as_str().into())),
            "The sentence.",
        ),
        column(
            "paragraph",
            Get::Integer(|view, i| Some(view.record.sentences[i].paragraph.into())),
            "0-based number of its paragraph.",
        ),
    ],
};
