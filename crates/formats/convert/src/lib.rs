//! Records in the formats of other tools.
//!
//! - [`spacy()`]: a JSON object that `spacy.tokens.Doc.from_json` reads.
//! - [`conll()`]: a word on a line with its BIO tag, as the shared task of 2003 has them.
//! - [`conllu()`]: a word on a line with its syntax, as Universal Dependencies has them.
//! - [`brat()`]: standoff annotation beside the text, and [`BratFolder`], a folder of it.
//! - [`w3c()`]: an `AnnotationPage` of the W3C Web Annotation Data Model in JSON-LD.
//!
//! All of them begin with a [`Source`]: a record whose positions have been found in its text. Their positions count
//! code points, whatever the record's count.

mod brat;
mod brat_config;
mod brat_folder;
mod conll;
mod conllu;
mod error;
mod names;
mod source;
mod spacy;
mod spacy_tree;
mod tokens;
mod w3c;

pub use brat::{Standoff, brat};
pub use brat_config::BratConfig;
pub use brat_folder::BratFolder;
pub use conll::conll;
pub use conllu::conllu;
pub use error::ConvertError;
pub use source::{Source, Stretch};
pub use spacy::spacy;
pub use w3c::w3c;
