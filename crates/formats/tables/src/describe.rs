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
            page += &format!("| `{}` | {} | {} |\n", column.name, column.get.sql(), column.about);
        }
    }
    page
}
