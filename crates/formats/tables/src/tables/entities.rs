use super::DOC_ID;
use crate::column::column;
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "entities",
    about: "One row for each mention of a named entity.",
    rows: |view| view.record.entities.len(),
    columns: &[
        DOC_ID,
        column(
            "entity_id",
            Get::Text(|view, i| Some(view.record.entities[i].id.as_str().into())),
            "`e0`, `e1`, ...",
        ),
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.entities[i].sentence.as_str().into())),
            "Its sentence.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.entities[i].start.into())),
            "First position.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.entities[i].end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.record.entities[i].text.as_str().into())),
            "The mention.",
        ),
        column(
            "label",
            Get::Text(|view, i| Some(view.record.entities[i].label.as_str().into())),
            "Type: `PER`, `ORG`, `LOC`, `MISC` with the shipped model.",
        ),
        column(
            "score",
            Get::Double(|view, i| Some(view.record.entities[i].score)),
            "Confidence, from 0 to 1.",
        ),
        column(
            "canonical",
            Get::Text(|view, i| Some(view.record.entities[i].canonical.as_deref()?.into())),
            "Name under which all mentions of the thing go in this document.",
        ),
        column(
            "cluster_id",
            Get::Text(|view, i| Some(view.record.entities[i].cluster.as_deref()?.into())),
            "The thing, in `clusters`.",
        ),
        column(
            "country",
            Get::Text(|view, i| view.country(Some(&view.record.entities[i].id))),
            "ISO 3166-1 alpha-3 code, if the thing is a state.",
        ),
        column(
            "citation_id",
            Get::Text(|view, i| Some(view.record.entities[i].citation.as_deref()?.into())),
            "Citation that the mention is part of; `citation_id IS NULL` leaves cited outlets out.",
        ),
    ],
};
