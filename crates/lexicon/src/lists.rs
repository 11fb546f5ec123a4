//! The lists of `data/en`.

use std::sync::OnceLock;

use crate::spec::{Column, Kind, List};

/// A word and its class.
macro_rules! classes {
    ($name:literal, $summary:literal, $word:literal, [$($class:literal),* $(,)?]) => {
        List {
            name: $name,
            summary: $summary,
            text: include_str!(concat!("../../../data/en/", $name, ".tsv")),
            columns: &[Column::new($word, Kind::Text), Column::new("class", Kind::One(&[$($class),*]))],
            key: 2,
            extendable: false,
            read: OnceLock::new(),
        }
    };
}

/// A list with columns of its own.
macro_rules! list {
    ($name:literal, $summary:literal, key $key:literal, $($column:expr),* $(,)?) => {
        List {
            name: $name,
            summary: $summary,
            text: include_str!(concat!("../../../data/en/", $name, ".tsv")),
            columns: &[$($column),*],
            key: $key,
            extendable: true,
            read: OnceLock::new(),
        }
    };
}

/// Abbreviations, and what a stop after them means.
pub static ABBREVIATIONS: List = list!(
    "abbreviations",
    "abbreviations, and what a full stop after them means",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new(
        "stop",
        Kind::One(&["inner", "inner-capital", "either", "either-capital", "number", "open", "time"])
    ),
);

/// Words that say where a sentence begins or ends.
pub static SENTENCE_WORDS: List = classes!(
    "sentence_words",
    "words that say where a sentence begins or ends",
    "word",
    ["starter", "after-time", "saying", "open", "field", "lettered", "remark"]
);

/// Parts of words.
pub static WORD_PARTS: List =
    classes!("word_parts", "prefixes, suffixes, units", "part", ["prefix", "suffix", "unit", "domain"]);

/// Outlets that news cites.
pub static OUTLETS: List = list!(
    "outlets",
    "outlets, agencies and journals that news cites",
    key 1,
    Column::new("name", Kind::Text),
    Column::optional("evidence", Kind::One(&["alone", "dated"])),
);

/// Places that are no outlets.
pub static PLACES: List = list!(
    "places",
    "places that are no outlet by themselves",
    key 1,
    Column::new("name", Kind::Text),
    Column::optional("kind", Kind::One(&["state", "capital", "city"])),
);

/// Words that tell a source from something else.
pub static CITATION_WORDS: List = classes!(
    "citation_words",
    "words that tell a source from something else",
    "word",
    [
        "source",
        "event",
        "title",
        "connector",
        "function",
        "lead",
        "weak-lead",
        "before-date",
        "aside",
        "ibidem",
        "number",
        "ahead",
    ]
);

/// Verbs that the rules do not inflect.
pub static IRREGULAR_VERBS: List = list!(
    "irregular_verbs",
    "verbs whose forms the rules do not make",
    key 5,
    Column::new("base", Kind::Lower),
    Column::new("third", Kind::Lower),
    Column::new("past", Kind::Lower),
    Column::new("participle", Kind::Lower),
    Column::new("ing", Kind::Lower),
);

/// First names with their gender.
pub static FIRST_NAMES: List = list!(
    "first_names",
    "first names that are mostly a man's or a woman's",
    key 1,
    Column::new("name", Kind::Lower),
    Column::new("gender", Kind::One(&["man", "woman"])),
);

/// Words by what the grammar of quotations needs to know of them.
pub static QUOTE_WORDS: List = list!(
    "quote_words",
    "words by their part in the grammar of quotations",
    key 2,
    Column::new("word", Kind::Lower),
    Column::new(
        "class",
        Kind::One(&[
            "noun", "det", "num", "prep", "of", "by", "as", "according", "time-prep", "and", "but", "sub", "that",
            "who", "wh", "subj", "obj", "it", "poss", "modal", "be", "have", "do", "neg", "apos", "to", "comma",
            "stop", "colon", "semi", "dash", "hyphen", "open", "close", "adv", "time", "venue", "title", "group",
            "verb", "verb-noun",
        ])
    ),
);

/// Words of speech and thought.
pub static QUOTE_CUES: List = list!(
    "quote_cues",
    "verbs, adjectives and nouns of speech and thought",
    key 2,
    Column::new("word", Kind::Lower),
    Column::new("part", Kind::One(&["verb", "adjective", "noun"])),
    Column::new("kind", Kind::One(&["say", "speech", "attitude", "thought", "evidence"])),
    Column::optional(
        "takes",
        Kind::Flags(&[
            "clause", "to", "object", "ing", "listener", "party", "weak", "infinitive", "gerund", "+about", "+of", "+for", "+on", "+to",
            "+with", "+against", "+at", "+as", "+out", "+into", "+by", "+in", "+like", "+it", "+that", "+over",
        ])
    ),
);

/// What passes between two parties.
pub static RELATIONS: List = list!(
    "relations",
    "verbs and nouns for what one party does to another",
    key 2,
    Column::new("words", Kind::Lower),
    Column::new("part", Kind::One(&["verb", "noun", "adverb"])),
    Column::new(
        "root",
        Kind::One(&[
            "agree", "consult", "support", "cooperate", "aid", "yield", "request", "accuse", "reject", "threaten",
            "protest", "sanction", "mobilize", "coerce", "assault", "will", "not", "end", "cancel",
        ])
    ),
);

/// Words that the rules of stance look at.
pub static STANCE_WORDS: List = classes!(
    "stance_words",
    "words that the rules of stance look at",
    "word",
    [
        "preposition",
        "break",
        "function",
        "auxiliary",
        "adversary",
        "belonging",
        "time",
        "agentive",
        "light",
        "saying",
        "organization",
        "before-noun",
        "before-verb",
    ]
);

/// Every list, in the order of the stages that read them.
pub static ALL: &[&List] = &[
    &ABBREVIATIONS,
    &SENTENCE_WORDS,
    &WORD_PARTS,
    &OUTLETS,
    &PLACES,
    &CITATION_WORDS,
    &IRREGULAR_VERBS,
    &FIRST_NAMES,
    &QUOTE_WORDS,
    &QUOTE_CUES,
    &RELATIONS,
    &STANCE_WORDS,
];
