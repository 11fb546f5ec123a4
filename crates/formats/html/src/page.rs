//! The page: records in, one file out.

use std::io;
use std::num::NonZeroUsize;

use docmill_jsonl::Record;
use serde::Serialize;

use crate::assets::{BODY, BORDERS, LAND, SCRIPT, STYLE, policy};
use crate::document::DocumentData;
use crate::embed::{data_block, json};
use crate::index::{Index, LeftOut};
use crate::texts::Texts;

/// A page under way: [`Page::add`] each record, then [`Page::write`].
///
/// Every document is counted; up to `texts` of them are also shown in full. Those wait in a temporary file. In memory
/// stays what the page counts by: about 300 bytes for each document, 60 for each stance and event, and each name once.
pub struct Page {
    index: Index,
    texts: Texts,
}

/// The outlines of the map.
#[derive(Serialize)]
struct Map {
    land: &'static str,
    borders: &'static str,
}

const MAP: Map = Map { land: LAND, borders: BORDERS };

impl Page {
    /// A page about `file`, a name that is shown and nothing else, with at most `texts` documents in full.
    pub fn new(file: &str, texts: NonZeroUsize) -> Self {
        Self { index: Index::new(file), texts: Texts::new(texts.get()) }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let number = self.index.len() as u32;
        self.index.add(record);
        self.texts.add(number, &record.id, || Ok(json(&DocumentData::new(record))?))
    }

    /// The number of documents so far.
    pub fn documents(&self) -> usize {
        self.index.len()
    }

    /// Documents that are counted, but not shown in full.
    pub fn without_text(&self) -> usize {
        self.index.len() - self.texts.numbers().len()
    }

    /// Gives the page to `write`, part by part. `unreadable` is the number of lines that hold no record.
    ///
    /// # Errors
    /// What `write` says; if the temporary file cannot be read.
    pub fn write<E: From<io::Error>>(
        mut self,
        unreadable: u64,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.finish(unreadable);
        let numbers = self.texts.numbers();
        if numbers.len() < self.index.len() {
            self.index.texts = Some(numbers.clone());
        }
        write(head().as_bytes())?;
        for number in numbers {
            let document = self.texts.get(number)?.unwrap_or_default();
            write(format!("<script type=\"application/json\" id=\"d{number}\">").as_bytes())?;
            write(&document)?;
            write(b"</script>\n")?;
        }
        write(tail(&self.index)?.as_bytes())
    }

    fn finish(&mut self, unreadable: u64) {
        self.index.finish();
        self.index.left_out = LeftOut { texts: self.without_text() as u64, unreadable };
    }
}

/// Everything before the documents. It holds nothing foreign.
fn head() -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>docmill</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{BODY}",
        policy()
    )
}

/// Everything behind the documents.
fn tail(index: &Index) -> io::Result<String> {
    let blocks = data_block("map", &MAP)? + &data_block("index", index)?;
    Ok(blocks + "<script>" + SCRIPT + "</script>\n</body>\n</html>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_fetched() {
        let mut page = Vec::new();
        let write = |part: &[u8]| -> io::Result<()> {
            page.extend_from_slice(part);
            Ok(())
        };
        Page::new("x", NonZeroUsize::MIN).write(0, write).unwrap();
        let page = String::from_utf8(page).unwrap();
        for fetching in
            ["http:", "https:", "src=", "@import", "url(", "<link", "<img", "<iframe", "connect-src"]
        {
            // The name space of SVG is no address.
            assert!(!page.replace("http://www.w3.org/2000/svg", "").contains(fetching), "{fetching}");
        }
    }
}
