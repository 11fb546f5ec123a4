//! Bad files, each with what must be said of it. They are made here, in a few lines each, so that one sees what is
//! wrong with them.

mod archives;
pub mod build;
mod packed;
mod pages;
mod records;
mod texts;

/// A file and what becomes of it.
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// What comes of it, in order; nothing, if it holds no document.
    pub expected: Vec<(&'static str, Expected)>,
}

/// What becomes of a document; before it in the pair, what its id has after the file's name (or its own id, after `=`).
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// Its text is written, and holds this.
    Text(&'static str),
    /// It fails with a reason that holds this.
    Fails(&'static str),
}

pub use Expected::{Fails, Text};

fn case(name: &'static str, bytes: impl Into<Vec<u8>>, expected: &[(&'static str, Expected)]) -> Case {
    Case { name, bytes: bytes.into(), expected: expected.to_vec() }
}

/// A file of one document that fails.
fn fails(name: &'static str, bytes: impl Into<Vec<u8>>, reason: &'static str) -> Case {
    case(name, bytes, &[("", Fails(reason))])
}

/// A file of one document that is read in spite of everything.
fn read(name: &'static str, bytes: impl Into<Vec<u8>>, text: &'static str) -> Case {
    case(name, bytes, &[("", Text(text))])
}

impl Case {
    /// The same, told of a place inside the file.
    fn at(mut self, place: &'static str) -> Self {
        for (at, _) in &mut self.expected {
            *at = place;
        }
        self
    }

    /// The same, and then more.
    fn then(mut self, more: &[(&'static str, Expected)]) -> Self {
        self.expected.extend(more);
        self
    }

    /// The same, and then the file itself is told to be cut off.
    fn and_rest(mut self) -> Self {
        self.expected.push(("", Fails("the rest is left out")));
        self
    }
}

/// All of them. [`MAX_BYTES`] is the longest document that the run must allow.
pub fn cases() -> Vec<Case> {
    [texts::cases(), records::cases(), packed::cases(), archives::cases(), pages::cases()]
        .into_iter()
        .flatten()
        .collect()
}

/// The bound that the cases are made for (`input.max_bytes`).
pub const MAX_BYTES: usize = 1 << 20;
