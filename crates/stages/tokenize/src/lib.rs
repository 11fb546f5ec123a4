//! Sentences and words of English news, with byte spans.
//!
//! ```
//! use docmill_tokenize::Segmenter;
//!
//! let text = "Gen. Cao left the U.S. on Sept. 15. “It is good,” he said.";
//! let segmenter = Segmenter::default();
//! let sentences = segmenter.sentences(text);
//! let tokens = segmenter.tokens(text, &sentences);
//! assert_eq!(sentences.items.len(), 2);
//! assert_eq!(tokens.of_sentence(0)[4].slice(text), Some("U.S."));
//! ```
//!
//! Characters are judged by the Unicode tables (grapheme clusters by unicode-segmentation, letters, case and white
//! space by the standard library); the rules above them are made for news.

mod chars;
mod factory;
mod segmenter;
mod sentence;
mod settings;
mod stage;
mod word;

use docmill_core::StageEntry;

pub use segmenter::Segmenter;
pub use settings::{Paragraphs, TokenizeSettings};
pub use word::is_clitic;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<TokenizeSettings>("tokenize", "splits the text into sentences and words")];
