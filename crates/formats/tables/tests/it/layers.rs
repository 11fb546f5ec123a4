//! Tables of other people's layers.

use docmill_tables::Format;
use parquet::file::reader::FileReader;
use serde_json::{Value as Json, json};

use crate::records::{full, open, rows, write};

fn with(layer: &Json) -> Json {
    let mut record = full();
    record["watch_list"] = layer.clone();
    record
}

#[test]
fn columns_have_the_types_of_their_values() {
    let folder = tempfile::tempdir().unwrap();
    let span = json!({ "start": 10, "end": 18, "text": "Dushanbe" });
    let records = [
        with(
            &json!([{ "span": span, "n": 1, "weight": 1, "sure": true, "tags": [], "any": "x", "none": null }]),
        ),
        with(&json!([{ "span": span, "n": 2, "weight": 0.5, "sure": null, "tags": ["a", "é"], "any": [1] }])),
        with(&Json::Null),
    ];
    let written = write(folder.path(), Format::Parquet, &records);
    assert_eq!(written.last().unwrap(), &("layer_watch_list".to_owned(), 2));
    let file = open(folder.path(), "layer_watch_list");
    let schema = file.metadata().file_metadata().schema_descr();
    let columns: Vec<String> =
        schema.columns().iter().map(|c| format!("{} {}", c.path().string(), c.physical_type())).collect();
    assert_eq!(
        columns,
        [
            "doc_id BYTE_ARRAY",
            "item INT64",
            "span_start INT64",
            "span_end INT64",
            "text BYTE_ARRAY",
            "any BYTE_ARRAY",
            "n INT64",
            "none BYTE_ARRAY",
            "sure BOOLEAN",
            "tags.list.element BYTE_ARRAY",
            "weight DOUBLE",
        ]
    );
    let rows = rows(folder.path(), "layer_watch_list");
    assert_eq!(rows[0]["weight"], json!(1.0));
    assert_eq!((&rows[0]["any"], &rows[1]["any"]), (&json!("x"), &json!("[1]")));
    assert_eq!(
        (&rows[1]["tags"], &rows[1]["sure"], &rows[0]["sure"]),
        (&json!(["a", "é"]), &Json::Null, &json!(true))
    );
}

#[test]
fn a_map_of_many_keys_has_a_bounded_table() {
    let folder = tempfile::tempdir().unwrap();
    let counts: Json =
        (0..1000).map(|i| (format!("word{i:03}"), json!(i))).collect::<serde_json::Map<_, _>>().into();
    write(folder.path(), Format::Parquet, &[with(&counts)]);
    let columns =
        open(folder.path(), "layer_watch_list").metadata().file_metadata().schema_descr().num_columns();
    assert_eq!(columns, 2 + 64);
}

#[test]
fn names_from_a_file_lead_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = full();
    record["../../Evil"] = json!([{ "doc_id": "x", "../up": [{ "a": 1 }] }]);
    write(folder.path(), Format::Csv { spreadsheet_safe: false }, &[record]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("layer_______evil.csv").starts_with("doc_id,item,field_doc_id\n"));
    assert!(read("layer_______evil____up.csv").starts_with("doc_id,parent,item,a\n"));
}
