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
        column(
            "lemma",
            Get::Text(|view, i| view.record.tokens[i].lemma.as_deref().map(Into::into)),
            "Its dictionary form; empty, as the columns behind it, if the run had no stage `syntax`.",
        ),
        column(
            "upos",
            Get::Text(|view, i| view.record.tokens[i].upos.as_deref().map(Into::into)),
            "Its universal part of speech, such as PROPN.",
        ),
        column(
            "head",
            Get::Integer(|view, i| view.record.tokens[i].head.map(Into::into)),
            "The token that it depends on: its number among the document's tokens, the first of which is 0; empty for \
             the root of a sentence.",
        ),
        column(
            "deprel",
            Get::Text(|view, i| view.record.tokens[i].deprel.as_deref().map(Into::into)),
            "Its universal dependency relation to the head, such as nsubj.",
        ),
    ],
};
