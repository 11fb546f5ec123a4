//! The page, part by part.

use docmill_jsonl::Record;

use crate::document::DocumentData;
use crate::embed::{csp_hash, data_block};
use crate::index::{Index, LeftOut};

const BODY: &str = include_str!("../assets/show.html");
const STYLE: &str = include_str!("../assets/show.css");
const SCRIPT: &str = include_str!("../assets/show.js");

/// A page under way. Its parts, one after another, are the file: [`Page::head`], [`Page::document`] for each
/// document, [`Page::finish`].
///
/// In memory stay the list of documents and their stances, not their texts: about 200 bytes for each stance and each
/// document, and each name once.
#[derive(Debug)]
pub struct Page {
    index: Index,
}

impl Page {
    /// A page about `file`, a name that is shown and nothing else.
    pub fn new(file: &str) -> Self {
        Self { index: Index::new(file) }
    }

    /// The first part: everything before the documents. It holds nothing foreign.
    pub fn head(&self) -> String {
        let (style, script) = (csp_hash(STYLE), csp_hash(SCRIPT));
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {script}; \
             style-src {style}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>docmill</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{BODY}"
        )
    }

    /// The next document.
    ///
    /// # Errors
    /// None in practice: a record always serializes.
    pub fn document(&mut self, record: &Record) -> Result<String, serde_json::Error> {
        let data = DocumentData::new(record);
        let block = data_block(&format!("d{}", self.index.documents.len()), &data)?;
        self.index.add(record, &data);
        Ok(block)
    }

    /// The number of documents so far.
    pub fn documents(&self) -> usize {
        self.index.documents.len()
    }

    /// The last part.
    ///
    /// # Errors
    /// None in practice.
    pub fn finish(mut self, left_out: LeftOut) -> Result<String, serde_json::Error> {
        self.index.left_out = left_out;
        Ok(data_block("index", &self.index)? + "<script>" + SCRIPT + "</script>\n</body>\n</html>\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_parts_are_what_their_hashes_say() {
        // HTML ends a script or a style at these; inside, hash and content would part.
        for part in [SCRIPT, STYLE] {
            assert!(!part.contains("</"), "a closing tag in an asset");
            assert!(!part.contains("<!--"));
            // HTML turns a carriage return into a line feed before it hashes.
            assert!(!part.contains('\r'));
        }
        assert!(!BODY.contains("<script") && !BODY.contains(" on") && !BODY.contains("style="));
    }

    #[test]
    fn nothing_is_fetched_and_no_html_is_made_of_strings() {
        let page = Page::new("x").head() + &Page::new("x").finish(LeftOut::default()).unwrap();
        for fetching in ["http:", "https:", "src=", "@import", "url(", "<link", "<img", "<iframe"] {
            // The name space of SVG is no address.
            assert!(!page.replace("http://www.w3.org/2000/svg", "").contains(fetching), "{fetching}");
        }
        for sink in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"] {
            assert!(!SCRIPT.contains(sink), "{sink}");
        }
    }
}
