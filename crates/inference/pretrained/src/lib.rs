//! A model before its forward pass: where its files are, what they must be, and how a document's words become what it
//! reads. Stages and engines share it.
//!
//! - `reference`, `folder`, `hub`, `shipped`, `unpack`, `checksum`: a name becomes a folder with the right files.
//! - `config`: what the model's config.json says.
//! - `words`, `case`, `tokenizer`, `align`: our words become wordpieces, with the case of a word in their types.
//! - `window`: sentences over the model's limit go in as overlapping windows cut between words.
//! - `reader`: all of that for one document.

mod align;
mod case;
mod checksum;
mod config;
mod folder;
mod hub;
mod reader;
mod reference;
mod shipped;
mod specials;
mod tokenizer;
#[cfg(any(feature = "embedded", test))]
mod unpack;
mod window;
mod words;

pub use align::Pieces;
pub use case::{Case, CaseTypes};
pub use checksum::{Sums, check as check_sums, sums as model_sums, verify as verify_sums};
pub use config::{Family, ModelConfig};
pub use folder::ModelDir;
pub use hub::HubModel;
pub use reader::{Input, Reader};
pub use reference::ModelRef;
pub use shipped::keep_shipped_in;
pub use specials::Specials;
pub use tokenizer::{Tokenizer, WordCache};
pub use window::Window;
pub use words::joined;
