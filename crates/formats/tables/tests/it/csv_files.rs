//! CSV.

use std::path::Path;

use docmill_tables::{ALL, Format};
use serde_json::{Value as Json, json};

use crate::records::{failed, full, rows, write};

fn cells(folder: &Path, table: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_path(folder.join(format!("{table}.csv"))).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_holds_what_parquet_holds() {
    let folder = tempfile::tempdir().unwrap();
    let records = [full(), failed()];
    write(folder.path(), Format::Parquet, &records);
    write(folder.path(), Format::Csv { spreadsheet_safe: false }, &records);
    for table in ALL {
        let cells = cells(folder.path(), table.name);
        let rows = rows(folder.path(), table.name);
        assert_eq!(cells.len(), rows.len() + 1, "{}", table.name);
        for (row, cells) in rows.iter().zip(&cells[1..]) {
            for (column, cell) in table.columns.iter().zip(cells) {
                let expected = match &row[column.name] {
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell, &expected, "{}.{}", table.name, column.name);
            }
        }
    }
}

#[test]
fn null_and_empty_are_told_apart_and_formulas_kept_from_running_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = full();
    for (cell, starts) in
        [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("a=1", "a=1")]
    {
        record["meta"]["author"] = json!(cell);
        for (safe, expected) in [(false, cell), (true, starts)] {
            write(folder.path(), Format::Csv { spreadsheet_safe: safe }, &[record.clone(), failed()]);
            let rows = cells(folder.path(), "documents");
            let author = rows[0].iter().position(|name| name == "author").unwrap();
            assert_eq!(rows[1][author], expected);
        }
    }
    let sentiment = cells(folder.path(), "sentiment");
    assert_eq!(sentiment[1].last().unwrap(), "-0.25", "numbers are no formulas");
    let documents = std::fs::read_to_string(folder.path().join("documents.csv")).unwrap();
    // The publication is empty, and unknown in the document that failed.
    assert!(documents.contains(",\"\",2,3/4,2004-02-29,"), "{documents}");
    assert!(documents.contains(",,,,,2005-02-30,"), "{documents}");
}
