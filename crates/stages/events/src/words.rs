//! The classes of the list `event_words`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::EVENT_WORDS;

/// One static set of words for each class.
macro_rules! classes {
    ($($name:ident $class:literal),* $(,)?) => {$(
        pub(crate) static $name: LazyLock<Words> = LazyLock::new(|| EVENT_WORDS.shipped().of_class($class));
    )*};
}

classes! {
    PLANS "plan",
    AHEAD "ahead",
    CHARGES "charge",
    ALLEGED "alleged",
    DENIALS "denial",
    LASTING "lasting",
    ONGOING "ongoing",
    CONTROL "control",
    FRAMES "frame",
    SPEAKERS "speaker",
    PRONOUNS "pronoun",
}
