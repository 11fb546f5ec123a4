//! Records as one HTML page that needs nothing else: no network, no server, no further file.
//!
//! - [`Page`]: records in, the page out; of a run of any size, texts are never in memory as a whole.
//! - `document`: what the page holds of one document; `texts`: the documents that are shown in full.
//! - `index`: what the page holds of the run: documents, names, places, stances, events, each a table of columns.
//! - `segments`: text and overlapping spans to flat pieces.
//! - `embed`: the only way for a foreign string into the page.
//! - `assets/`: the page's fixed parts: HTML, style sheets and scripts, one idea a file; `data/`: outlines of land.
//!
//! The texts are hostile until proved otherwise. Nothing foreign ever stands in the page's markup: documents are JSON
//! in data blocks, the script puts strings into text nodes and attributes only, and a Content-Security-Policy allows
//! the page's own script and style (by hash) and nothing else.

mod assets;
mod document;
mod embed;
mod index;
mod page;
mod segments;
mod texts;

pub use page::Page;
