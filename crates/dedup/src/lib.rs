//! Which documents say the same as an earlier one: exactly, or nearly.
//!
//! - [`Signature`]: what is kept of a text, 144 bytes: a hash of its content, and a `MinHash` of its words. A function of
//!   the text alone, so it can be made anywhere, in any order, in parallel.
//! - [`Index`]: the documents that have been seen, in the order in which they were [inserted](Index::insert), and which
//!   of them a new one doubles.
//!
//! Only first occurrences belong into an index: so whatever a duplicate refers to is no duplicate itself, and three texts
//! of which each differs a little from the one before do not become one by and by.
//!
//! ```
//! use docmill_dedup::{Index, Kind, Settings, Signature};
//!
//! let mut index = Index::new(&Settings::default());
//! let text = "Talks on the dam ended in Osh on Monday without a word from either side about the water.";
//! index.insert("a.txt", &Signature::of(text), true);
//! let again = index.find(&Signature::of(&text.replace(' ', "\n"))).unwrap();
//! assert_eq!((index.id(again.first), again.kind), ("a.txt", Kind::Exact));
//! assert!(index.find(&Signature::of("Talks on the dam begin in Osh on Friday.")).is_none());
//! ```

mod index;
mod settings;
mod signature;
mod table;
mod words;

pub use index::{Index, Kind, Match};
pub use settings::{Find, Settings, SettingsError};
pub use signature::{BadSignature, Signature};
