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
    let row = |i: usize, keys: &[&str]| keys.iter().map(|key| rows[i][*key].clone()).collect::<Vec<_>>();
    assert_eq!(
        row(0, &["event_type", "quad", "actor_name", "actor_country", "actor_role", "actor_text"]),
        [
            json!("ACCUSE"),
            json!("verbal-conflict"),
            json!("Tajikistan; government troops"),
            json!("TJK"),
            json!("MIL"),
            json!("Dushanbe; government troops")
        ]
    );
    assert_eq!(
        row(
            0,
            &[
                "recipient_name",
                "recipient_country",
                "place_name",
                "latitude",
                "geonames",
                "event_date_source"
            ]
        ),
        [json!("Tashkent"), json!(null), json!("Tashkent"), json!(41.3), json!(1_512_569), json!("text")]
    );
    assert_eq!(rows[0]["sentence"], record["sentences"][0]["text"]);
    // Without a time of its own, an event has the document's day.
    let source = if date.is_null() { json!(null) } else { json!("document") };
    assert_eq!(row(1, &["actor_name", "event_date_source"]), [json!(null), source]);
    assert_eq!(rows[1]["event_date"], rows[1]["publication_date"]);
}
