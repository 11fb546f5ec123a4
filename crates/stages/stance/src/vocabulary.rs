//! Small closed classes of English words that the rules look at: the list `stance_words`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::STANCE_WORDS;

/// A function for each class, true for its words.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $class:literal;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(word: &str) -> bool {
            static WORDS: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class($class));
            WORDS.contains(word)
        }
    )+};
}

classes! {
    /// Prepositions.
    is_preposition "preposition";
    /// Words at which another clause begins.
    is_break "break";
    /// Auxiliary verbs.
    is_auxiliary "auxiliary";
    /// Those who are against the one they are named with: `A's rivals`.
    is_adversary "adversary";
    /// What belongs to a state or body and is hit in its stead: `banned Belarusian carriers`.
    is_belonging "belonging";
    /// Those who act for a state or a body: `officials of A`.
    is_agentive "agentive";
    /// Verbs and phrases of saying, by which something is told on somebody's word.
    is_saying "saying";
    /// Words that begin the name of an organization in Arabic, Persian, Turkish, Urdu or Malay. Models take such names for
    /// places or persons now and then.
    is_organization "organization";
    /// After it, a noun is likelier than a verb.
    is_before_noun "before-noun";
    /// After it, a verb is likelier than a noun.
    is_before_verb "before-verb";
    /// Before an `it` that stands for the subject of the clause before.
    is_clause_joint "clause-joint";
    /// Nouns that stand for an organization after `the`.
    is_organization_noun "organization-noun";
    /// Nouns that stand for a state after `the`.
    is_state_noun "state-noun";
    /// Nouns that stand for a person after `the`.
    is_office_noun "office-noun";
    /// Before a noun that stands for something named.
    is_definite "definite";
    /// Prepositions before the object of a verb or noun: `sanctions on A`.
    is_object_preposition "object-preposition";
    /// Between two names that act together.
    is_pair_joint "pair-joint";
    /// Before a third party: `A and B signed a treaty with C`.
    is_before_third_party "third-party";
    /// Verbs of what two do to each other.
    is_mutual "mutual";
    /// Between a party and a participle: `A to be banned`.
    is_passive_be "passive-be";
    /// Words that say that something is not done, or who does it: `A not to be banned`.
    is_not_done "not-done";
    /// Verbs that put a name on a list.
    is_list_verb "list-verb";
    /// Lists of names.
    is_list_noun "list-noun";
    /// The holder as the agent of what is said: `we`.
    is_own_agent "own-agent";
    /// Whoever speaks.
    is_first_person "first-person";
    /// Pronouns that stand for people, besides those of the first person.
    is_person_pronoun "person-pronoun";
    /// Words that end the gap between the words of an entry.
    is_gap_end "gap-end";
    /// Words that deny what follows shortly after them.
    is_no "no";
    /// Adjectives that deny what is said to be so.
    is_untrue "untrue";
    /// Words that deny the clause after them.
    is_denial "denial";
    /// What a denial is of, where no clause follows.
    is_denied "denied";
    /// Verbs that make a clause a possibility.
    is_might "might";
    /// Words that begin a condition.
    is_condition "condition";
    /// Words that say that something is yet to come.
    is_plan "plan";
    /// Words that say that something is known by hearsay.
    is_hedge "hedge";
    /// Verbs behind what they report.
    is_reporting "reporting";
    /// Prepositions of `officials of A`.
    is_body_preposition "body-preposition";
    /// Determiners.
    is_determiner "determiner";
    /// Relative pronouns.
    is_relative "relative";
    /// Pronouns that stand for the subject after `that`.
    is_subject_pronoun "subject-pronoun";
    /// Words between two clauses.
    is_coordinator "coordinator";
    /// Words in a list of names.
    is_in_list "listed";
    /// Between a party and a noun that is not the party's own.
    is_no_owner "no-owner";
    /// Before a passive participle.
    is_be "be";
    /// After a participle, these say that it is passive.
    is_passive_preposition "passive-preposition";
    /// Words that deny the predicate that they depend on.
    is_negation "negation";
}

/// Auxiliaries, pronouns, conjunctions and adverbs that may follow a subject or an object.
pub(crate) fn is_function_word(word: &str) -> bool {
    static FUNCTION_WORD: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("function"));
    is_auxiliary(word) || FUNCTION_WORD.contains(word)
}

/// Words of time that may open a sentence: `On Tuesday A ...`.
pub(crate) fn is_time(word: &str) -> bool {
    static TIME: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("time"));
    TIME.contains(word) || word.ends_with(|c: char| c.is_ascii_digit())
}

/// Verbs that leave it to their object to say what is done.
pub(crate) fn is_light_verb(word: &str) -> bool {
    static LIGHT_VERB: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("light"));
    LIGHT_VERB.iter().any(|stem| word.starts_with(stem))
}

/// Words that say that a list is one of enemies: `terrorist`.
pub(crate) fn is_hostile(word: &str) -> bool {
    static HOSTILE: LazyLock<Words> = LazyLock::new(|| STANCE_WORDS.shipped().of_class("hostile"));
    HOSTILE.iter().any(|stem| word.starts_with(stem))
}
