use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "places",
    about: "One row for each place that the text names, with its coordinates.",
    rows: |view| view.record.places.len(),
    columns: &[
        DOC_ID,
        column(
            "place_id",
            Get::Text(|view, i| Some(view.record.places[i].id.as_str().into())),
            "`pl0`, `pl1`, ...",
        ),
        column(
            "entity_id",
            Get::Text(|view, i| Some(view.record.places[i].entity.as_deref()?.into())),
            "Mention that it is, or that it stands in.",
        ),
        column(
            "form",
            Get::Text(|view, i| Some(name_of(&view.record.places[i].form))),
            "`name`, `adjective` (`Kyrgyz`) or `part` (of the name of something else: `Paris Library`).",
        ),
        column(
            "geonames",
            Get::Integer(|view, i| view.record.places[i].geonames.map(Into::into)),
            "Its number in GeoNames, if the gazetteer has it.",
        ),
        column(
            "name",
            Get::Text(|view, i| Some(view.record.places[i].name.as_str().into())),
            "Its name in the gazetteer.",
        ),
        column(
            "feature",
            Get::Text(|view, i| Some(name_of(&view.record.places[i].feature))),
            "`continent`, `country`, `region`, `district`, `capital`, `town` or `area`.",
        ),
        column(
            "country",
            Get::Text(|view, i| Some(view.record.places[i].country.as_deref()?.into())),
            "ISO 3166-1 alpha-3 code of the country that it is or lies in.",
        ),
        column(
            "admin1",
            Get::Text(|view, i| Some(view.record.places[i].admin1.as_deref()?.into())),
            "Region of the first order that it is or lies in.",
        ),
        column("latitude", Get::Double(|view, i| Some(view.record.places[i].latitude)), "Degrees north."),
        column("longitude", Get::Double(|view, i| Some(view.record.places[i].longitude)), "Degrees east."),
        column(
            "score",
            Get::Double(|view, i| Some(view.record.places[i].score)),
            "Probability that it is meant, among the places of that name.",
        ),
        column(
            "margin",
            Get::Double(|view, i| Some(view.record.places[i].margin)),
            "By how much that exceeds the next place of that name.",
        ),
        column(
            "candidates",
            Get::Integer(|view, i| Some(view.record.places[i].candidates.into())),
            "How many places of that name there are.",
        ),
        column(
            "span_start",
            Get::Integer(|view, i| Some(view.record.places[i].start.into())),
            "First position.",
        ),
        column(
            "span_end",
            Get::Integer(|view, i| Some(view.record.places[i].end.into())),
            "One past the last position.",
        ),
        column(
            "text",
            Get::Text(|view, i| Some(view.record.places[i].text.as_str().into())),
            "The name as written.",
        ),
    ],
};
