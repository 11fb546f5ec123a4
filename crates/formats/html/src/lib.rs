//! Records as one HTML page that needs nothing else: no network, no server, no further file.
//!
//! - [`Page`]: the page, part by part, so that a run of any size is never in memory as a whole.
//! - `document`: what the page holds of one document; `index`: of the run (list, stances, dates).
//! - `segments`: text and overlapping spans to flat pieces.
//! - `embed`: the only way for a foreign string into the page.
//! - `assets/`: the page's fixed parts: one HTML body, one style sheet, one script.
//!
//! The texts are hostile until proved otherwise. Nothing foreign ever stands in the page's markup: documents are JSON
//! in data blocks, the script puts strings into text nodes and attributes only, and a Content-Security-Policy allows
//! the page's own script and style (by hash) and nothing else.

mod document;
mod embed;
mod index;
mod page;
mod segments;

pub use index::LeftOut;
pub use page::Page;
