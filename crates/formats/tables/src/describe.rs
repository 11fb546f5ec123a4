//! The reference of the tables, from the tables.

use crate::{ALL, TABLES_VERSION};

/// All tables with their columns, types and meanings, as Markdown.
pub fn describe() -> String {
    let mut page = format!(
        "# Tables\n\n\
         <!-- Made by `docmill tables --describe`; a test compares. -->\n\n\
         `docmill tables out.jsonl -d tables` writes these files, version {TABLES_VERSION} of their shape. Rows stand in\n\
         the order of the records, and of the things in them. `doc_id` joins every table with `documents`; the other\n\
         ids are unique in a document only, so a join on them needs `doc_id` too. Types are DuckDB's names of what the\n\
         Parquet files hold. Any value but `doc_id` may be null where nothing is known.\n"
    );
    for table in ALL {
        page += &format!("\n## {}\n\n{}\n\n", table.name, table.about);
        page += "| column | type | meaning |\n|---|---|---|\n";
        for column in table.columns {
            page += &format!("| `{}` | {} | {} |\n", column.name, column.get.kind().sql(), column.about);
        }
    }
    page += FURTHER;
    page
}

/// The tables that no list here declares.
const FURTHER: &str = "
## Tables of other people's layers

A layer that a stage of your own adds has a table `layer_NAME` with a row for each item, and a table `layer_NAME_FIELD`
for each field that is a list of objects. `item` counts the rows of a document in a table from 0, and `parent` is the
`item` of the row that holds the list. `span_start`, `span_end` and `text` are the item's first span. Every other field is
a column. Its type fits all values in the records at hand: BOOLEAN, BIGINT, DOUBLE, VARCHAR or VARCHAR[]; values that no
such type fits are JSON text. Fields of objects inside the item are columns `FIELD_INNER`.
";
