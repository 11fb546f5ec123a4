//! Web pages to readable text.

mod blocks;
mod charset;
mod choose;
mod facts;
mod tree;
mod words;

use blocks::Page;
pub(crate) use charset::stated_encoding;
use docmill_core::Meta;
use tree::tree;

/// Text and facts of an article: without menus, advertisements, captions and comments, where an article can be made
/// out; of a page without one, all its text.
pub(crate) fn article(page: &str) -> Result<(Meta, String), String> {
    let tree = tree(page)?;
    let blocks = Page::of(&tree);
    let text = joined(&blocks, &choose::article(&blocks));
    Ok((facts::facts(tree), text))
}

/// All text of a page, its paragraphs apart.
pub(crate) fn text(page: &str) -> Result<String, String> {
    let blocks = Page::of(&tree(page)?);
    let all: Vec<usize> = (0..blocks.blocks.len()).collect();
    Ok(joined(&blocks, &all))
}

/// Paragraphs apart, entries of a list and cells of a table on lines of their own.
fn joined(page: &Page, chosen: &[usize]) -> String {
    let mut text = String::new();
    let mut before: Option<&str> = None;
    for &at in chosen {
        let block = &page.blocks[at];
        let name = page.name(block);
        match before {
            None => {}
            Some(before) if before == name && matches!(name, "li" | "td" | "th" | "dt" | "dd") => {
                text.push('\n');
            }
            Some(_) => text.push_str("\n\n"),
        }
        text.push_str(&block.text);
        before = Some(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_and_endless_pages_are_told_or_read_quickly() {
        for tag in ["<div>", "<x/>", "<div><x/>"] {
            assert_eq!(
                article(&format!("{}Osh waits.", tag.repeat(100_000))).unwrap().1,
                "Osh waits.",
                "{tag}"
            );
        }
        assert!(article(&"<br>".repeat(500_000)).unwrap_err().contains("more than 400000 elements"));
        assert_eq!(text(&"<".repeat(1_000_000)).unwrap().len(), 1_000_000);
        assert!(article(&format!("{}x", "<p>Osh waits.".repeat(2000))).unwrap().1.contains("Osh waits."));
    }
}
