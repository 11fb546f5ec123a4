//! The classes of the list `role_words`, and bounds that the parts of a role's phrase share.

use docmill_lexicon::{lists, word_classes};

/// Words looked at to the left of a noun of office.
pub(crate) const MAX_WORDS: usize = 10;

word_classes! { lists::ROLE_WORDS:
    /// Before the name of a role.
    pub(crate) static ARTICLES = "article";
    /// Between a role and its organization or field.
    pub(crate) static JOINTS = "joint";
    /// Offices with `General` behind the noun: `Secretary-General`.
    pub(crate) static GENERALS = "general";
    /// Roles whose place of duty belongs to their name: `ambassador to China`.
    pub(crate) static SENT = "sent";
    /// Words that tie a person to a role.
    pub(crate) static BE = "be";
    /// Words that may stand between a person and the verb.
    pub(crate) static BETWEEN = "between";
    /// Organizations.
    pub(crate) static BODIES = "body";
    /// Organizations only where `of` stands before them.
    pub(crate) static INSIDE = "inside";
    /// What a secretary of a government is for.
    pub(crate) static FIELDS = "field";
    /// Words that say how high an office is.
    pub(crate) static GRADES = "grade";
    /// Words that make an office one of a state.
    pub(crate) static NATIONAL = "national";
    /// Offices that one person may have under another.
    pub(crate) static PERSONAL = "personal";
    /// Words that are no part of a title though they may be written with a capital.
    pub(crate) static SMALL = "small";
    /// Words that stand for the organization of a role.
    pub(crate) static OWN = "own";
    /// Words between `of` and its noun.
    pub(crate) static DETERMINERS = "determiner";
    /// Words that do not say of which state.
    pub(crate) static REPUBLICS = "republic";
}
