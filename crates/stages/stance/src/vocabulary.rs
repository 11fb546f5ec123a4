//! Small closed classes of English words that the rules look at: the list `stance_words`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::STANCE_WORDS;

/// Prepositions.
pub(crate) fn is_preposition(word: &str) -> bool {
    static PREPOSITION: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("preposition"));
    PREPOSITION.contains(word)
}

/// Words at which another clause begins.
pub(crate) fn is_break(word: &str) -> bool {
    static BREAK: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("break"));
    BREAK.contains(word)
}

/// Auxiliaries, pronouns, conjunctions and adverbs that may follow a subject or an object.
pub(crate) fn is_function_word(word: &str) -> bool {
    static FUNCTION_WORD: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("function"));
    is_auxiliary(word) || FUNCTION_WORD.contains(word)
}

/// Auxiliary verbs.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    static AUXILIARY: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("auxiliary"));
    AUXILIARY.contains(word)
}

/// Those who are against the one they are named with: `A's rivals`.
pub(crate) fn is_adversary(word: &str) -> bool {
    static ADVERSARY: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("adversary"));
    ADVERSARY.contains(word)
}

/// What belongs to a state or body and is hit in its stead: `banned Belarusian carriers`.
pub(crate) fn is_belonging(word: &str) -> bool {
    static BELONGING: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("belonging"));
    BELONGING.contains(word)
}

/// Words of time that may open a sentence: `On Tuesday A ...`.
pub(crate) fn is_time(word: &str) -> bool {
    static TIME: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("time"));
    TIME.contains(word) || word.ends_with(|c: char| c.is_ascii_digit())
}

/// Those who act for a state or a body: `officials of A`.
pub(crate) fn is_agentive(word: &str) -> bool {
    static AGENTIVE: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("agentive"));
    AGENTIVE.contains(word)
}

/// Verbs that leave it to their object to say what is done.
pub(crate) fn is_light_verb(word: &str) -> bool {
    static LIGHT_VERB: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("light"));
    LIGHT_VERB.iter().any(|stem| word.starts_with(stem))
}

/// Verbs and phrases of saying, by which something is told on somebody's word.
pub(crate) fn is_saying(word: &str) -> bool {
    static SAYING: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("saying"));
    SAYING.contains(word)
}

/// Whether `word` begins the name of an organization in Arabic, Persian, Turkish, Urdu or Malay. Models take such names for
/// places or persons now and then.
pub(crate) fn is_organization(word: &str) -> bool {
    static ORGANIZATION: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("organization"));
    ORGANIZATION.contains(word)
}

/// After it, a noun is likelier than a verb.
pub(crate) fn is_before_noun(word: &str) -> bool {
    static BEFORE_NOUN: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("before-noun"));
    BEFORE_NOUN.contains(word)
}

/// After it, a verb is likelier than a noun.
pub(crate) fn is_before_verb(word: &str) -> bool {
    static BEFORE_VERB: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("before-verb"));
    BEFORE_VERB.contains(word)
}
