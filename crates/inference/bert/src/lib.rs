//! A BERT encoder in pure Rust: a Hugging Face folder in, one vector per wordpiece out.
//!
//! ```no_run
//! use docmill_bert::{Checkpoint, Encoded, Encoder, Precision, Scratch, Sequence, WordPiece};
//!
//! # fn main() -> Result<(), docmill_core::StageError> {
//! let folder = "models/news-en".as_ref();
//! let words = WordPiece::load(folder)?;
//! let checkpoint = Checkpoint::open(folder)?;
//! let encoder = Encoder::new(&checkpoint, Precision::Int8)?; // shared by all workers
//! let tagger = checkpoint.linear("classifier")?;
//! drop(checkpoint); // the file's bytes
//!
//! // A worker's own, kept from batch to batch.
//! let (mut scratch, mut encoded) = (Scratch::default(), Encoded::default());
//! let mut ids = vec![words.cls()];
//! for word in ["Dushanbe", "denies", "it"] {
//!     words.pieces(word, &mut ids);
//! }
//! ids.push(words.sep());
//! encoder.encode(&[Sequence { ids: &ids, types: &[] }], &mut scratch, &mut encoded)?;
//! let logits = tagger.apply(encoded.sequence(0));
//! # Ok(())
//! # }
//! ```
//!
//! What comes out for a sequence does not depend, in any bit, on the other sequences of the batch, their
//! order, or the processor: see [`docmill_kernels`]. There is no padding: the tokens of all sequences lie
//! one after another in one matrix, and only attention looks at where a sequence ends.

mod biaffine;
mod checkpoint;
mod config;
mod context;
mod context_model;
mod described;
mod embeddings;
mod encode;
mod half;
mod layer;
mod linear;
mod pair_head;
mod role_head;
mod sentence;
mod spans;
mod word_head;
mod wordpiece;

pub use biaffine::{Biaffine, Parse};
pub use checkpoint::Checkpoint;
pub use config::Config;
pub use context::{ContextLayers, ContextScratch};
pub use context_model::{CONTEXT, ContextModel, middle_of, stance_head};
pub use described::check_head;
pub use docmill_kernels::Isa;
pub use encode::{Encoded, Encoder, Scratch, Sequence};
pub use layer::Precision;
pub use linear::Linear;
pub use pair_head::{Pair, PairHead, Prepared};
pub use role_head::{HeadScratch, RoleHead};
pub use sentence::SentenceClassifier;
pub use spans::{Question, SpanClassifier};
pub use word_head::WordHead;
pub use wordpiece::WordPiece;
