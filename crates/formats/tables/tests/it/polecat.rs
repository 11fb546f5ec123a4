//! Events as flat rows.

use docmill_tables::Format;
use serde_json::json;

use crate::records::{full, rows, write};

#[test]
fn events_are_flat_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = full();
    let event = &mut record["events"][0];
    let mut second = event["actors"][0].clone();
    second["text"] = json!("government troops");
    second["name"] = json!(null);
    event["actors"].as_array_mut().unwrap().push(second);
    let date = record["meta"]["date"].clone();
    write(folder.path(), Format::Parquet, &[record.clone()]);
    let rows = rows(folder.path(), "polecat");
    assert_eq!(rows.len(), 2);
    let expected = json!({
        "doc_id": record["id"],
        "event_id": "ev0",
        "event_date": "2005-09-21",
        "event_date_source": "text",
        "event_type": "ACCUSE",
        "quad": "verbal-conflict",
        "status": "under way",
        "actor_name": "Tajikistan; government troops",
        "actor_country": "TJK",
        "actor_role": "MIL",
        "actor_text": "Dushanbe; government troops",
        "recipient_name": "Tashkent",
        "recipient_country": null,
        "recipient_role": null,
        "recipient_text": "Tashkent",
        "place_name": "Tashkent",
        "place_country": "UZB",
        "latitude": 41.3,
        "longitude": 69.2,
        "geonames": 1_512_569,
        "publication": record["meta"]["publication"],
        "publication_date": record["meta"]["date"],
        "trigger_text": "accused",
        "sentence": record["sentences"][0]["text"],
        "score": 0.5,
    });
    assert_eq!(rows[0], expected);
    // Without a time of its own, an event has the document's day.
    let of = |keys: &[&str]| keys.iter().map(|key| rows[1][*key].clone()).collect::<Vec<_>>();
    assert_eq!(
        of(&["actor_name", "actor_role", "event_date", "event_date_source", "geonames"]),
        [json!(null), json!(null), date, json!("document"), json!(null)]
    );
}
