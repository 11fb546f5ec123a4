//! The classes of the list `event_words`.

use docmill_lexicon::{lists, word_classes};

word_classes! { lists::EVENT_WORDS:
    pub(crate) static PLANS = "plan";
    pub(crate) static AHEAD = "ahead";
    pub(crate) static CHARGES = "charge";
    pub(crate) static ALLEGED = "alleged";
    pub(crate) static DENIALS = "denial";
    pub(crate) static LASTING = "lasting";
    pub(crate) static ONGOING = "ongoing";
    pub(crate) static CONTROL = "control";
    pub(crate) static FRAMES = "frame";
    pub(crate) static SPEAKERS = "speaker";
    pub(crate) static PRONOUNS = "pronoun";
    pub(crate) static NEGATIONS = "negation";
    pub(crate) static WILL = "will";
    pub(crate) static MODALS = "modal";
    pub(crate) static BE = "be";
    pub(crate) static RELATIVES = "relative";
    pub(crate) static RELATIVE_SUBJECTS = "relative-subject";
    pub(crate) static PARTICIPLE_ENDS = "participle-end";
    pub(crate) static TOWARD = "toward";
    pub(crate) static OWNER = "owner";
    pub(crate) static AT_PLACE = "at-place";
    pub(crate) static EXAMPLE = "example";
}
