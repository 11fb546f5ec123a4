//! What the grammar knows of a word.

use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of properties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tags(u64);

macro_rules! tags {
    ($($name:ident = $bit:literal,)*) => {
        impl Tags {
            $(pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

tags! {
    DET = 0, NUM = 1, PREP = 2, OF = 3, AND = 4, BUT = 5, SUB = 6, THAT = 7, WHO = 8, WH = 9,
    SUBJ = 10, OBJ = 11, IT = 12, POSS = 13, MODAL = 14, BE = 15, HAVE = 16, DO = 17, NEG = 18, APOS = 19,
    TO = 20, COMMA = 21, STOP = 22, COLON = 23, SEMI = 24, DASH = 25, HYPHEN = 26, OPEN = 27, CLOSE = 28, ADV = 29,
    TIME = 30, VENUE = 31, TITLE = 32, GROUP = 33,
    // Forms of verbs: infinitive, `-s`, past, participle, `-ing`; which of them may be nouns.
    BASE = 34, S3 = 35, PAST = 36, PART = 37, ING = 38, NOUN = 39,
    // Not from a list: a capitalised word; a word in -ed; a stretch between quotation marks; one in brackets.
    NAME = 40, ED = 41, QUOTE = 42, PAREN = 43, WORD = 44, TIME_PREP = 45, PLURAL = 46,
    // `by`, `as`, `according`.
    BY = 47, AS = 48, ACCORDING = 49, PERSON = 50,
    // First names.
    MAN = 51, WOMAN = 52,
    // What somebody issues: `statement`.
    DOCUMENT = 53,
}

impl Tags {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// Both together, for constants.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Without `others`.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// True if it has one of `others`.
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitAnd for Tags {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Tags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Tags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Forms that can be the verb of a sentence by themselves.
pub(crate) const FINITE: Tags = Tags::PAST.and(Tags::S3).and(Tags::BASE);
/// Any form of a verb of the lists.
pub(crate) const VERB: Tags = FINITE.and(Tags::PART).and(Tags::ING);
/// Auxiliaries.
pub(crate) const AUX: Tags = Tags::MODAL.and(Tags::BE).and(Tags::HAVE).and(Tags::DO);
/// Marks that end a clause.
pub(crate) const BREAK: Tags =
    Tags::SEMI.and(Tags::COLON).and(Tags::DASH).and(Tags::STOP).and(Tags::OPEN).and(Tags::CLOSE);
