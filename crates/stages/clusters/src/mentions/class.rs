//! Kinds of mentions, by what may stand for what.

/// What kind of mention it is, for the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// `he`, `her`, `himself`.
    He,
    /// `it`, `its`.
    It,
    /// `they`, `their`.
    They,
    /// `the minister`, `that man`.
    Person,
    /// `the ministry`, `the country`, `his government`.
    Body,
    /// `I`, `my`.
    I,
    /// `we`, `our`.
    We,
    /// `you`, `your`.
    You,
    /// `this`, `those`.
    This,
    /// `the plan`.
    Thing,
    /// `the ministers`, `these plans`.
    Plural,
    /// `his plan`.
    Owned,
    /// `a minister`, `some plans`.
    Indefinite,
    /// `ministers`, `water`, `2009`.
    Bare,
    /// A proper noun that is no name of the document's: `Deimos`.
    Proper,
    /// `something`, `each`; stands for nothing spoken of before.
    Some,
    /// `who`, `which`.
    Relative,
    /// A name.
    Name,
    /// `Bush and Putin`, as what `they` may stand for.
    Pair,
}

impl Class {
    pub fn is_pronoun(self) -> bool {
        matches!(
            self,
            Self::He
                | Self::It
                | Self::They
                | Self::I
                | Self::We
                | Self::You
                | Self::This
                | Self::Some
                | Self::Relative
        )
    }
}

impl Class {
    /// True for phrases that mean somebody whom one knows: `the minister`, `Polish FM`, `Japan's envoy`.
    pub fn is_definite(self) -> bool {
        matches!(self, Self::Person | Self::Owned | Self::Bare | Self::Proper)
    }
}
