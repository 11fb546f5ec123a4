use super::DOC_ID;
use crate::column::column;
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "layers",
    about: "One row for each item of a layer that somebody else's stage adds; a layer that is no list is one item.",
    rows: |view| view.layer_items.len(),
    columns: &[
        DOC_ID,
        column("layer", Get::Text(|view, i| Some(view.layer_items[i].layer.into())), "Name of the layer."),
        column(
            "item",
            Get::Integer(|view, i| i64::try_from(view.layer_items[i].item).ok()),
            "0-based place of the item in its layer.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.layer_items[i].span()?.start.into())),
            "First position of the item, or of the first span inside it.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.layer_items[i].span()?.end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.layer_items[i].span()?.text.into())),
            "The words there.",
        ),
        column(
            "json",
            Get::Text(|view, i| Some(view.layer_items[i].value.to_string().into())),
            "The whole item as JSON: in DuckDB `json->>'$.value'` is its field `value`.",
        ),
    ],
};
