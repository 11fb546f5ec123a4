//! Parquet.

use docmill_tables::{ALL, Format};
use parquet::file::reader::FileReader;
use serde_json::{Value as Json, json};

use crate::records::{failed, full, open, rows, write};

/// Columns that stand in the record as they are: table, where its things are, columns and where their values are.
type Places = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const PLACES: &[Places] = &[
    (
        "documents",
        "",
        &[
            ("doc_id", "/id"),
            ("run_id", "/run_id"),
            ("status", "/status"),
            ("error_stage", "/error/stage"),
            ("error", "/error/message"),
            ("duplicate_of", "/duplicate/of"),
            ("source_path", "/source/path"),
            ("source_member", "/source/member"),
            ("source_line", "/source/line"),
            ("source_sha256", "/source/sha256"),
            ("source_bytes", "/source/bytes"),
            ("source_encoding", "/source/encoding"),
            ("source_replaced", "/source/replaced"),
            ("title", "/meta/title"),
            ("publication", "/meta/publication"),
            ("volume", "/meta/volume"),
            ("issue", "/meta/issue"),
            ("date_iso", "/meta/date"),
            ("author", "/meta/author"),
            ("extra", "/meta/extra"),
            ("language", "/language"),
            ("offset_unit", "/offset_unit"),
            ("text", "/text"),
        ],
    ),
    (
        "sentences",
        "/sentences",
        &[
            ("sentence_id", "/id"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
            ("paragraph", "/paragraph"),
        ],
    ),
    (
        "tokens",
        "/tokens",
        &[
            ("sentence_id", "/sentence"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
            ("lemma", "/lemma"),
            ("upos", "/upos"),
            ("head", "/head"),
            ("deprel", "/deprel"),
        ],
    ),
    (
        "entities",
        "/entities",
        &[
            ("entity_id", "/id"),
            ("sentence_id", "/sentence"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
            ("label", "/label"),
            ("score", "/score"),
            ("canonical", "/canonical"),
            ("cluster_id", "/cluster"),
            ("citation_id", "/citation"),
        ],
    ),
    (
        "clusters",
        "/clusters",
        &[
            ("cluster_id", "/id"),
            ("canonical", "/canonical"),
            ("label", "/label"),
            ("country", "/country"),
            ("country_source", "/country_source"),
            ("title", "/title"),
        ],
    ),
    (
        "roles",
        "/roles",
        &[
            ("sentence_id", "/sentence"),
            ("person_entity_id", "/person/entity"),
            ("person_text", "/person/text"),
            ("role_start", "/role/start"),
            ("role_end", "/role/end"),
            ("role_text", "/role/text"),
            ("organization_entity_id", "/organization/entity"),
            ("organization_text", "/organization/text"),
            ("organization_source", "/organization/source"),
            ("status", "/status"),
            ("evidence_start", "/evidence/start"),
            ("evidence_end", "/evidence/end"),
            ("evidence_text", "/evidence/text"),
        ],
    ),
    (
        "stances",
        "/stances",
        &[
            ("stance_id", "/id"),
            ("sentence_id", "/sentence"),
            ("holder_kind", "/holder/kind"),
            ("holder_entity_id", "/holder/entity"),
            ("holder_text", "/holder/text"),
            ("target_kind", "/target/kind"),
            ("target_entity_id", "/target/entity"),
            ("target_text", "/target/text"),
            ("polarity", "/polarity"),
            ("score", "/score"),
            ("basis", "/basis"),
            ("relation", "/relation"),
            ("modality", "/modality"),
            ("evidence_start", "/evidence/start"),
            ("evidence_end", "/evidence/end"),
            ("evidence_text", "/evidence/text"),
        ],
    ),
    (
        "quotes",
        "/quotes",
        &[
            ("quote_id", "/id"),
            ("continues", "/continues"),
            ("kind", "/kind"),
            ("act", "/act"),
            ("content_start", "/content/start"),
            ("content_end", "/content/end"),
            ("content_text", "/content/text"),
            ("speaker_start", "/speaker/start"),
            ("speaker_end", "/speaker/end"),
            ("speaker_text", "/speaker/text"),
            ("speaker_entity_id", "/speaker/entity"),
            ("cue_start", "/cue/start"),
            ("cue_end", "/cue/end"),
            ("cue_text", "/cue/text"),
        ],
    ),
    (
        "citations",
        "/citations",
        &[
            ("citation_id", "/id"),
            ("outlet", "/outlet"),
            ("date_iso", "/date"),
            ("date_end_iso", "/date_end"),
            ("date_text", "/date_text"),
            ("date_inferred", "/date_inferred"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
        ],
    ),
    (
        "times",
        "/times",
        &[
            ("time_id", "/id"),
            ("type", "/type"),
            ("value", "/value"),
            ("value_end", "/value_end"),
            ("anchor", "/anchor"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
        ],
    ),
    (
        "places",
        "/places",
        &[
            ("place_id", "/id"),
            ("entity_id", "/entity"),
            ("form", "/form"),
            ("geonames", "/geonames"),
            ("name", "/name"),
            ("feature", "/feature"),
            ("country", "/country"),
            ("admin1", "/admin1"),
            ("latitude", "/latitude"),
            ("longitude", "/longitude"),
            ("score", "/score"),
            ("margin", "/margin"),
            ("candidates", "/candidates"),
            ("span_start", "/start"),
            ("span_end", "/end"),
            ("text", "/text"),
        ],
    ),
    (
        "events",
        "/events",
        &[
            ("event_id", "/id"),
            ("sentence_id", "/sentence"),
            ("type", "/type"),
            ("status", "/status"),
            ("time_value", "/time/value"),
            ("place_id", "/place/place"),
            ("quote_id", "/quote"),
            ("citation_id", "/citation"),
            ("score", "/score"),
            ("trigger_start", "/trigger/start"),
            ("trigger_end", "/trigger/end"),
            ("trigger_text", "/trigger/text"),
        ],
    ),
];

#[test]
fn values_come_back_as_the_records_have_them() {
    let folder = tempfile::tempdir().unwrap();
    let records = [full(), failed(), full()];
    let written = write(folder.path(), Format::Parquet, &records);
    for (table, things, columns) in PLACES {
        let rows = rows(folder.path(), table);
        let mut expected = Vec::new();
        for record in &records {
            match record.pointer(things).unwrap() {
                Json::Array(things) => expected.extend(things.iter().map(|thing| (record, thing))),
                record => expected.push((record, record)),
            }
        }
        assert_eq!(rows.len(), expected.len(), "{table}");
        assert!(written.contains(&((*table).to_owned(), rows.len() as u64)));
        for (row, (record, thing)) in rows.iter().zip(expected) {
            assert_eq!(row["doc_id"], record["id"], "{table}");
            for (column, place) in *columns {
                let value = thing.pointer(place).unwrap_or(&Json::Null);
                assert_eq!(&row[column], value, "{table}.{column}");
            }
        }
    }
}

#[test]
fn what_is_derived_is_right() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Parquet, &[full(), failed()]);
    let columns = |table: &str, names: &[&str]| -> Vec<Json> {
        let pick = |row: &Json| names.iter().map(|name| row[name].clone()).collect();
        rows(folder.path(), table).iter().map(pick).collect()
    };
    // 2005-02-30 is no day.
    assert_eq!(columns("documents", &["date"]), [json!(["2004-02-29"]), json!([null])]);
    // The second record is of a version that did not know of conditions.
    assert_eq!(columns("documents", &["skipped"]), [json!([["ner", "stance"]]), json!([[]])]);
    assert_eq!(
        columns("citations", &["date", "date_end"]),
        [json!(["1969-12-31", "1970-01-02"]), json!([null, null])]
    );
    assert_eq!(columns("times", &["date"]), [json!(["2005-09-21"]), json!([null])]);
    assert_eq!(columns("entities", &["country"]), [json!(["TJK"]), json!([null]), json!([null])]);
    assert_eq!(
        columns("stances", &["holder_name", "holder_country", "target_name", "target_country"]),
        [json!(["Tajikistan", "TJK", "Tashkent", null]), json!([null, null, "🛰️", null])]
    );
    assert_eq!(
        columns("quotes", &["speaker_name", "speaker_country"]),
        [json!(["Karimov", null]), json!([null, null])]
    );
    assert_eq!(
        columns("roles", &["person_name", "organization_name", "organization_country"]),
        [json!(["Interfax", null, null]), json!(["Someone", "Tajikistan", "TJK"])]
    );
    assert_eq!(
        columns(
            "events",
            &[
                "actors",
                "actor_countries",
                "recipients",
                "recipient_countries",
                "date",
                "place",
                "place_country"
            ]
        ),
        [
            json!([["Tajikistan"], ["TJK"], ["Tashkent"], [], "2005-09-21", "Tashkent", "UZB"]),
            json!([[], [], [], [], null, null, null])
        ]
    );
    assert_eq!(columns("events", &["latitude", "longitude"]), [json!([41.3, 69.2]), json!([null, null])]);
    assert_eq!(
        columns("events", &["actor_texts", "recipient_texts"]),
        [json!([["Dushanbe"], ["Tashkent"]]), json!([[], []])]
    );
    assert_eq!(
        columns("clusters", &["entity_ids", "forms"]),
        [json!([["e0"], ["capital"]]), json!([[], []])]
    );
    assert_eq!(
        columns("sentiment", &["scope", "sentence_id", "entity_id", "label", "score"]),
        [
            json!(["document", null, null, "negative", -0.25]),
            json!(["sentence", "s0", null, "negative", -1.0]),
            json!(["entity", "s1", "e2", "neutral", 0.0])
        ]
    );
}

#[test]
fn every_column_is_compared_somewhere() {
    let derived = [
        "actors",
        "actor_texts",
        "actor_countries",
        "recipients",
        "recipient_texts",
        "recipient_countries",
        "place",
        "place_country",
        "latitude",
        "longitude",
        "skipped",
        "date",
        "date_end",
        "country",
        "entity_ids",
        "forms",
        "doc_id",
    ];
    // The columns of `polecat` are compared in a test of their own.
    for table in ALL.iter().filter(|table| !["sentiment", "layers", "polecat"].contains(&table.name)) {
        let (_, _, columns) = PLACES.iter().find(|(name, ..)| *name == table.name).unwrap();
        for column in table.columns {
            let in_place = columns.iter().any(|(name, _)| *name == column.name);
            let ends = column.name.ends_with("_name") || column.name.ends_with("_country");
            assert!(in_place || ends || derived.contains(&column.name), "{}.{}", table.name, column.name);
        }
    }
}

#[test]
fn tables_without_rows_have_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Parquet, &[]);
    for table in ALL {
        let file = open(folder.path(), table.name);
        let metadata = file.metadata().file_metadata();
        assert_eq!(metadata.num_rows(), 0);
        let fields = metadata.schema().get_fields();
        let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
        assert_eq!(names, table.columns.iter().map(|column| column.name).collect::<Vec<_>>());
    }
}

#[test]
fn groups_have_the_size_of_duckdbs_and_files_say_their_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut large = full();
    let sentence = large["sentences"][0].clone();
    large["sentences"] = Json::Array(vec![sentence; 130_000]);
    write(folder.path(), Format::Parquet, &[large]);
    let file = open(folder.path(), "sentences");
    let groups: Vec<i64> = file
        .metadata()
        .row_groups()
        .iter()
        .map(parquet::file::metadata::RowGroupMetaData::num_rows)
        .collect();
    assert_eq!(groups, [122_880, 7_120]);
    let facts = file.metadata().file_metadata().key_value_metadata().unwrap();
    let fact = |key: &str| facts.iter().find(|fact| fact.key == key).unwrap().value.clone().unwrap();
    assert_eq!(
        (fact("docmill.run_id"), fact("docmill.schema_version")),
        ("abc".to_owned(), "1.5".to_owned())
    );
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let bytes = || {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), Format::Parquet, &[full(), failed()]);
        ALL.iter()
            .map(|t| std::fs::read(folder.path().join(format!("{}.parquet", t.name))).unwrap())
            .collect()
    };
    let first: Vec<Vec<u8>> = bytes();
    assert!(first == bytes());
}
