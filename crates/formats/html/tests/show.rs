//! Pages of records, as a browser would take them apart.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::num::NonZeroUsize;

use docmill_core::OffsetUnit;
use docmill_html::Page;
use docmill_jsonl::{Record, verify};
use serde_json::Value;

use common::{HOSTILE, failed, full, hostile, lines, without_text};

fn page(records: &[Record]) -> String {
    sample(records, 100)
}

/// The page with the texts of `texts` documents.
fn sample(records: &[Record], texts: usize) -> String {
    let mut page = Page::new("out.jsonl", NonZeroUsize::new(texts).unwrap());
    for record in records {
        page.add(record).unwrap();
    }
    let mut html = Vec::new();
    let write = |part: &[u8]| -> std::io::Result<()> {
        html.extend_from_slice(part);
        Ok(())
    };
    page.write(0, write).unwrap();
    String::from_utf8(html).unwrap()
}

/// The data block `id` of a page, found as an HTML parser finds it: up to the next `</script`.
fn block(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = page.split_once(&start).unwrap();
    let (json, _) = rest.split_once("</script").unwrap();
    serde_json::from_str(json).unwrap()
}

fn text_of(document: &Value) -> Vec<String> {
    let paragraphs = document["paragraphs"].as_array().unwrap();
    let joined = |pieces: &Value| -> String {
        pieces.as_array().unwrap().iter().map(|piece| piece[0].as_str().unwrap()).collect()
    };
    paragraphs.iter().map(joined).collect()
}

/// The text under a mark.
fn under(document: &Value, kind: &str, item: u64) -> String {
    let marks = document["marks"].as_array().unwrap();
    let m = marks.iter().position(|m| m[0] == kind && m[1] == item).unwrap() as u64;
    let pieces = document["paragraphs"].as_array().unwrap().iter().flat_map(|p| p.as_array().unwrap());
    let inside = pieces.filter(|piece| piece[1].as_array().unwrap().contains(&m.into()));
    inside.map(|piece| piece[0].as_str().unwrap()).collect()
}

#[test]
fn the_sample_keeps_what_docmill_verify_checks() {
    let folder = std::env::temp_dir().join(format!("docmill-show-{}", std::process::id()));
    let units = [OffsetUnit::Codepoint, OffsetUnit::Bytes, OffsetUnit::Utf16];
    let records: Vec<Record> = units.iter().map(|&unit| full(&format!("{unit:?}"), unit)).collect();
    std::fs::write(&folder, lines(&records)).unwrap();
    let report = verify(docmill_jsonl::Reader::open(&folder).unwrap()).unwrap();
    std::fs::remove_file(folder).unwrap();
    assert_eq!(report.problems, []);
}

#[test]
fn marks_cover_their_words_in_every_unit() {
    for unit in [OffsetUnit::Codepoint, OffsetUnit::Bytes, OffsetUnit::Utf16] {
        let record = full("a", unit);
        let document = block(&page(std::slice::from_ref(&record)), "d0");
        for (i, entity) in record.entities.iter().enumerate() {
            assert_eq!(under(&document, "entity", i as u64), entity.text);
        }
        for (i, stance) in record.stances.iter().enumerate() {
            assert_eq!(under(&document, "stance", i as u64), stance.evidence.text);
        }
        for (i, quote) in record.quotes.iter().enumerate() {
            assert_eq!(under(&document, "quote", i as u64), quote.content.text);
        }
        assert_eq!(document["notes"], serde_json::json!([]));
        assert_eq!(text_of(&document).len(), 3);
    }
}

#[test]
fn a_record_without_text_is_shown_from_its_sentences() {
    let record = without_text("a");
    let document = block(&page(std::slice::from_ref(&record)), "d0");
    assert_eq!(under(&document, "entity", 12), "MU");
    assert_eq!(under(&document, "quote", 0), record.quotes[0].content.text);
    assert_eq!(document["notes"][0], "The record holds no text; its sentences are shown.");
}

#[test]
fn names_are_canonical_and_references_indices() {
    let document = block(&page(&[full("a", OffsetUnit::Codepoint)]), "d0");
    assert_eq!(document["entities"][12]["name"], "Marsh Union");
    assert_eq!(document["entities"][12]["form"], "acronym");
    assert_eq!(document["entities"][6]["citation"], 0);
    assert_eq!(document["entities"][1]["country"], "ORL");
    assert_eq!(document["quotes"][0]["speaker"]["name"], "Zoë Tanaka");
    assert_eq!(document["quotes"][1]["speaker"]["name"], "a Veldian diplomat");
    let holders: Vec<&str> =
        document["stances"].as_array().unwrap().iter().map(|s| s["holder"].as_str().unwrap()).collect();
    assert_eq!(holders, ["Zoë Tanaka", "Zoë Tanaka", "Veldia", "Veldia", "A. Writer (author)"]);
}

/// The value of a row in a column of repeated texts.
fn coded(column: &Value, row: usize) -> Value {
    let code = column["codes"][row].as_u64();
    code.map_or(Value::Null, |code| column["values"][code as usize].clone())
}

#[test]
fn the_index_has_columns_for_everything_that_is_counted() {
    let mut dated_by_source = full("b", OffsetUnit::Codepoint);
    dated_by_source.meta.date = None;
    let page = page(&[full("a", OffsetUnit::Codepoint), dated_by_source, failed("c")]);
    let index = block(&page, "index");
    let documents = &index["documents"];
    assert_eq!(documents["id"], serde_json::json!(["a", "b", "c"]));
    assert_eq!(coded(&documents["date"], 0), "2021-03-08");
    assert_eq!(coded(&documents["date"], 1), "2021-03-05");
    assert_eq!(documents["dated_by_citation"], serde_json::json!([1]));
    assert_eq!(documents["failed"], serde_json::json!([2]));
    assert_eq!(coded(&documents["outlet"], 0), "Steppe Report");
    assert_eq!(documents["stances"], serde_json::json!([5, 5, 0]));
    assert_eq!(documents["events"], serde_json::json!([2, 2, 0]));
    assert_eq!(block(&page, "d2")["error"], "tokenize: the text is binary");
    let name = |n: &Value| index["names"]["text"][n.as_u64().unwrap() as usize].clone();
    let stances = &index["stances"];
    assert_eq!(
        (name(&stances["holder"][7]), name(&stances["target"][7])),
        ("Veldia".into(), "Marsh Union".into())
    );
    let events = &index["events"];
    assert_eq!(events["type"], serde_json::json!(["ACCUSE", "THREATEN", "ACCUSE", "THREATEN"]));
    assert_eq!(
        (name(&events["actors"][1][0][0]), name(&events["recipients"][1][0][0])),
        ("Veldia".into(), "Orland".into())
    );
    assert_eq!(events["located"], serde_json::json!([1, null, 1, null]));
    assert_eq!(index["places"]["name"], serde_json::json!(["Orland", "Port Ancel"]));
    // The outlets cited are sources, and no names of the text.
    assert_eq!(documents["sources"]["values"], serde_json::json!(["Ancel Post", "Радио Марш"]));
    let names = documents["names"][0].as_array().unwrap();
    assert!(!names.iter().any(|n| name(n) == "Ancel Post"));
}

#[test]
fn a_state_has_one_name_in_the_archive() {
    let record = |id: &str, name: &str| {
        let mut record = full(id, OffsetUnit::Codepoint);
        for cluster in record.clusters.iter_mut().filter(|cluster| cluster.canonical == "Orland") {
            name.clone_into(&mut cluster.canonical);
            assert!(cluster.is_state());
        }
        for entity in record.entities.iter_mut().filter(|e| e.canonical.as_deref() == Some("Orland")) {
            entity.canonical = Some(name.to_owned());
        }
        record
    };
    let page = page(&[record("a", "Orlandia"), record("b", "Orland"), record("c", "Orland")]);
    let index = block(&page, "index");
    let names = index["names"]["text"].as_array().unwrap();
    assert_eq!(names.iter().filter(|name| name.as_str().unwrap().starts_with("Orland")).count(), 1);
    assert!(names.contains(&"Orland".into()));
}

#[test]
fn all_documents_count_and_some_texts_are_there() {
    let records: Vec<Record> = (0..40).map(|i| full(&format!("{i}"), OffsetUnit::Codepoint)).collect();
    let html = sample(&records, 5);
    let index = block(&html, "index");
    assert_eq!(index["documents"]["id"].as_array().unwrap().len(), 40);
    assert_eq!(index["stances"]["document"].as_array().unwrap().len(), 200);
    assert_eq!(index["left_out"], serde_json::json!({"texts": 35, "unreadable": 0}));
    let texts = index["texts"].as_array().unwrap();
    assert_eq!(texts.len(), 5);
    assert_eq!(html.matches("<script type=\"application/json\" id=\"d").count(), 5);
    for n in texts {
        assert_eq!(block(&html, &format!("d{n}"))["id"], n.to_string());
    }
}

#[test]
fn no_hostile_string_leaves_its_data_block() {
    let records: Vec<Record> = HOSTILE.iter().enumerate().map(|(i, text)| hostile(i, text)).collect();
    let html = page(&records);
    let clean = page(&[]);
    let count = |html: &str, what: &str| html.to_lowercase().matches(what).count();
    // One block more for each record, and nothing else that a parser could take for a tag or a handler.
    assert_eq!(count(&html, "<script"), count(&clean, "<script") + records.len());
    assert_eq!(count(&html, "</script"), count(&clean, "</script") + records.len());
    for tag in ["<img", "<svg", "<!--", "-->", "javascript:"] {
        let own = count(&clean, tag);
        // An address is harmless as text; it must not be in an attribute, and all attributes are in the fixed parts.
        assert!(tag == "javascript:" || count(&html, tag) == own, "{tag}");
    }
    // Outside of the data blocks, the page is what it is without records.
    let mut outside = html.clone();
    for i in 0..records.len() {
        let start = outside.find(&format!("<script type=\"application/json\" id=\"d{i}\">")).unwrap();
        let end = start + outside.get(start..).unwrap().find("</script>\n").unwrap() + "</script>\n".len();
        outside.replace_range(start..end, "");
    }
    let without_index = |html: &str| {
        let start = html.find("<script type=\"application/json\" id=\"index\">").unwrap();
        let end = start + html.get(start..).unwrap().find("</script>\n").unwrap();
        html.get(..start).unwrap().to_owned() + html.get(end..).unwrap()
    };
    assert_eq!(without_index(&outside), without_index(&clean));
    let hidden =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{7f}'..='\u{9f}');
    assert!(!html.contains(hidden) && !html.contains(['\0', '\u{1b}', '\u{2028}', '\u{ffff}']));
    for (i, text) in HOSTILE.iter().enumerate().take(4) {
        let document = block(&html, &format!("d{i}"));
        assert_eq!(document["title"], *text);
        assert!(text_of(&document)[0].starts_with(text));
        assert_eq!(under(&document, "entity", 0), *text);
    }
    assert!(text_of(&block(&html, "d4"))[0].starts_with("[U+202E]evil[U+202C][U+2066]␀␛[31m[U+007F]"));
}

#[test]
fn damaged_positions_are_told_and_cost_nothing_else() {
    let mut record = full("a", OffsetUnit::Utf16);
    record.entities[0].end = u32::MAX;
    record.entities[1].start = 1_000_000;
    record.sentences[6].start = u32::MAX;
    // Inside the satellite.
    record.citations[0].start = 15;
    let document = block(&page(std::slice::from_ref(&record)), "d0");
    let note = document["notes"][0].as_str().unwrap();
    assert!(note.starts_with("4 spans do not fit the text"), "{note}");
    assert_eq!(under(&document, "entity", 2), "Marsh Union");
    record.text = None;
    record.sentences[1].start = 4_000_000_000;
    assert!(page(&[record]).len() < 200_000);
}

#[test]
fn the_same_records_give_the_same_page() {
    let records = || [full("a", OffsetUnit::Codepoint), hostile(1, HOSTILE[0]), failed("c")];
    assert_eq!(page(&records()), page(&records()));
}
