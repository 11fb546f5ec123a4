//! The reference page.

use docmill_tables::{ALL, describe};

#[test]
fn the_page_in_the_docs_is_that_of_the_program() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/src/reference/tables.md");
    let written = std::fs::read_to_string(page).unwrap_or_default();
    assert!(written == describe(), "docmill tables --describe > docs/src/reference/tables.md");
    for table in ALL {
        assert!(written.contains(&format!("\n## {}\n", table.name)));
    }
}

#[test]
fn names_need_no_quoting_in_sql_and_are_one_of_a_kind() {
    // Key words that SQL reserves and that a column could well be called.
    let reserved =
        ["end", "order", "group", "from", "to", "in", "all", "table", "column", "references", "user"];
    for table in ALL {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        for (i, name) in names.iter().enumerate() {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit()), "{name}");
            assert!(!reserved.contains(name) && !names[..i].contains(name), "{}.{name}", table.name);
        }
    }
}
