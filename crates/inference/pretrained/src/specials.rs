//! The special pieces of a model.

/// What stands around the pieces of every window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Specials {
    /// `[CLS]` or `<s>`, before the first piece.
    pub first: u32,
    /// `[SEP]` or `</s>`, after the last.
    pub last: u32,
    /// Fills rows up; masked.
    pub pad: u32,
}

impl Specials {
    /// Positions of a window that carry no word.
    pub const COUNT: usize = 2;
}
