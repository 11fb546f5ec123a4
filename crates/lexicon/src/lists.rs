//! The lists of `data/en`.

use std::sync::OnceLock;

use crate::spec::{Column, Kind, List};

/// Why a configuration cannot extend some lists.
const RULES: &str = "the rules are written around its words";
const STATES_OF_ISO: &str = "it is the list of ISO 3166, whose codes other lists refer to";
const STATES_ARE_FIXED: &str = "its entries refer to `states`, the list of ISO 3166";
const BEFORE_ANY: &str = "`docmill init` reads it to write a configuration";
const MARKUP: &str = "it describes the markup of web pages, which is read before the stages";

/// A list; `fixed` says why a configuration cannot extend it.
macro_rules! list {
    ($name:literal, $summary:literal, key $key:literal, $($column:expr),* $(,)?) => {
        list!(of None, $name, $summary, key $key, $($column),*)
    };
    (fixed $reason:expr, $name:literal, $summary:literal, key $key:literal, $($column:expr),* $(,)?) => {
        list!(of Some($reason), $name, $summary, key $key, $($column),*)
    };
    (of $fixed:expr, $name:literal, $summary:literal, key $key:literal, $($column:expr),*) => {
        List {
            name: $name,
            summary: $summary,
            text: include_str!(concat!("../../../data/en/", $name, ".tsv")),
            columns: &[$($column),*],
            key: $key,
            fixed: $fixed,
            read: OnceLock::new(),
        }
    };
}

/// Words with their classes, which the rules of a stage look at.
macro_rules! classes {
    ($name:literal, $summary:literal, $word:literal, [$($class:literal),* $(,)?]) => {
        list!(
            fixed RULES,
            $name,
            $summary,
            key 2,
            Column::new($word, Kind::Text),
            Column::new("class", Kind::One(&[$($class),*])),
        )
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
    ["starter", "after-time", "saying", "open", "field", "lettered", "remark", "byline"]
);

/// Parts of words.
pub static WORD_PARTS: List = classes!(
    "word_parts",
    "prefixes, suffixes, units",
    "part",
    ["prefix", "suffix", "unit", "domain", "elision", "clitic", "dollar"]
);

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

/// Words that distinguish a source from other text in brackets.
pub static CITATION_WORDS: List = classes!(
    "citation_words",
    "words that distinguish a source from other text in brackets",
    "word",
    [
        "source",
        "event",
        "thing",
        "title",
        "connector",
        "function",
        "lead",
        "weak-lead",
        "before-date",
        "after-date",
        "aside",
        "ibidem",
        "number",
        "ahead",
        "clock",
        "kind",
        "season",
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
            "stop", "colon", "semi", "dash", "hyphen", "open", "close", "adv", "time", "venue", "document", "title", "group",
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

/// What may happen between two sides.
pub static EVENTS: List = list!(
    "events",
    "verbs and nouns for events, by PLOVER's types",
    key 3,
    Column::new("words", Kind::Lower),
    Column::new("part", Kind::One(&["verb", "noun"])),
    Column::new(
        "type",
        Kind::One(&[
            "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
            "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
        ])
    ),
    Column::optional("sure", Kind::One(&["sure"])),
);

/// Nouns for people and bodies.
pub static PARTIES: List = list!(
    "parties",
    "nouns for people and bodies that act, or that others act on",
    key 1,
    Column::new("word", Kind::Lower),
    Column::optional("class", Kind::One(&["organ", "people"])),
    Column::optional("plural", Kind::Lower),
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
        "clause-joint",
        "organization-noun",
        "state-noun",
        "office-noun",
        "definite",
        "object-preposition",
        "pair-joint",
        "third-party",
        "mutual",
        "passive-be",
        "not-done",
        "list-verb",
        "list-noun",
        "hostile",
        "own-agent",
        "first-person",
        "person-pronoun",
        "gap-end",
        "no",
        "untrue",
        "denial",
        "denied",
        "might",
        "condition",
        "plan",
        "hedge",
        "reporting",
        "body-preposition",
        "determiner",
        "relative",
        "subject-pronoun",
        "coordinator",
        "listed",
        "no-owner",
        "be",
        "passive-preposition",
        "negation",
    ]
);

/// Organizations that go by several names.
pub static ORGANIZATIONS: List = list!(
    "organizations",
    "organizations that go by several names",
    key 1,
    Column::new("names", Kind::Several),
    Column::optional("acronyms", Kind::Several),
    Column::optional("state", Kind::Text),
);

/// Heads of state and government, and ministers.
pub static LEADERS: List = list!(
    "leaders",
    "heads of state and government, and ministers, with their states",
    key 1,
    Column::new("name", Kind::Text),
    Column::new("state", Kind::Text),
);

/// States with their names, demonyms and capitals.
pub static STATES: List = list!(
    fixed STATES_OF_ISO, "states",
    "states and territories with demonyms and capitals",
    key 3,
    Column::optional("code", Kind::Text),
    Column::optional("alpha2", Kind::Text),
    Column::new("names", Kind::Several),
    Column::optional("acronyms", Kind::Several),
    Column::optional("demonyms", Kind::Several),
    Column::optional("capitals", Kind::Several),
);

/// Houses, streets and towns that stand for a government.
pub static SEATS: List = list!(
    fixed STATES_ARE_FIXED, "seats",
    "houses, streets and towns that stand for a government",
    key 1,
    Column::new("name", Kind::Text),
    Column::new("state", Kind::Text),
    Column::optional("body", Kind::Text),
);

/// Names of states that mean something else in some texts.
pub static NAMESAKES: List = list!(
    fixed STATES_ARE_FIXED, "namesakes",
    "names of states that mean something else in some texts",
    key 1,
    Column::new("name", Kind::Text),
    Column::new("state", Kind::Text),
    Column::new("other", Kind::Text),
    Column::new("for_other", Kind::Several),
    Column::new("for_state", Kind::Several),
);

/// Short names of states.
pub static SHORT_NAMES: List = list!(
    fixed STATES_ARE_FIXED, "short_names",
    "short names of states that hold beside certain others",
    key 1,
    Column::new("name", Kind::Text),
    Column::new("state", Kind::Text),
    Column::new("with", Kind::Several),
    Column::new("without", Kind::Several),
);

/// Regions that follow the name of a town.
pub static REGIONS: List = list!(
    fixed STATES_ARE_FIXED, "regions",
    "regions that distinguish a town from its namesake",
    key 1,
    Column::new("name", Kind::Text),
    Column::optional("abbreviations", Kind::Several),
    Column::new("state", Kind::Text),
    Column::optional("region", Kind::Text),
);

/// Regions, waters and mountains.
pub static GEOGRAPHY: List = list!(
    "geography",
    "regions, waters and mountains with their coordinates",
    key 1,
    Column::new("names", Kind::Several),
    Column::new("latitude", Kind::Text),
    Column::new("longitude", Kind::Text),
    Column::optional("state", Kind::Text),
);

/// Words around and in names of places.
pub static PLACE_WORDS: List = classes!(
    "place_words",
    "words around and in names of places",
    "word",
    ["unit", "town", "lead", "no-name", "before"]
);

/// Words around the name of a capital.
pub static TOWN_CUES: List = classes!(
    "town_cues",
    "words that distinguish a town from the government in it",
    "word",
    [
        "between", "side", "trust", "line", "going", "motion", "leaving", "ground", "taking", "town",
        "scene", "power", "place", "goal", "party", "hyphen",
    ]
);

/// Titles before the names of persons.
pub static PERSON_TITLES: List = list!(
    fixed RULES, "person_titles",
    "titles before the names of persons",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new("title", Kind::Lower),
);

/// Words in names of organizations and persons.
pub static NAME_WORDS: List = classes!(
    "name_words",
    "words in names of organizations and persons",
    "word",
    [
        "tail",
        "sort",
        "common",
        "agency",
        "given",
        "suffix",
        "article",
        "eastern",
        "small",
        "in",
        "plural-end",
        "language",
        "place-joint",
        "arabic",
        "field-small",
        "head-of-state",
        "month",
    ]
);

/// Pronouns by what they stand for.
pub static PRONOUNS: List = list!(
    fixed RULES, "pronouns",
    "pronouns by what they stand for",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new(
        "class",
        Kind::One(&[
            "i", "we", "you", "he", "she", "it", "they", "who", "this", "some-person", "some-thing", "some-group",
        ])
    ),
    Column::optional("number", Kind::One(&["plural"])),
);

/// Nouns by what they can stand for.
pub static MENTION_NOUNS: List = list!(
    "mention_nouns",
    "nouns by what they can stand for: person, organization, place",
    key 1,
    Column::new("noun", Kind::Lower),
    Column::new("kind", Kind::One(&["person", "organization", "state", "place", "group", "time"])),
    Column::optional("gender", Kind::One(&["m", "f"])),
);

/// Given names with their gender.
pub static GIVEN_NAMES: List = list!(
    "given_names",
    "given names that are nearly always a man's or a woman's",
    key 1,
    Column::new("name", Kind::Lower),
    Column::new("gender", Kind::One(&["m", "f"])),
);

/// Verbs whose subject speaks.
pub static SPEECH_VERBS: List = list!(
    "speech_verbs",
    "verbs whose subject speaks",
    key 1,
    Column::new("verb", Kind::Lower),
);

/// Words that the rules of mentions look at.
pub static MENTION_WORDS: List = classes!(
    "mention_words",
    "words that the rules of mentions look at",
    "word",
    ["possessive", "ruling", "definite"]
);

/// Forms of address.
pub static FORMS_OF_ADDRESS: List = list!(
    fixed RULES, "forms_of_address",
    "forms of address that say whether somebody is a man or a woman",
    key 1,
    Column::new("word", Kind::Text),
    Column::new("gender", Kind::One(&["m", "f"])),
    Column::new("use", Kind::One(&["everybody", "rank"])),
);

/// Fields of ministries.
pub static MINISTRY_FIELDS: List = list!(
    fixed RULES, "ministry_fields",
    "fields of ministries that states name differently",
    key 1,
    Column::new("field", Kind::Lower),
    Column::new("usual", Kind::Lower),
);

/// Abbreviated words in names of places.
pub static PLACE_ABBREVIATIONS: List = list!(
    fixed "the shipped gazetteer was made with it", "place_abbreviations",
    "words in names of places that are mostly abbreviated",
    key 1,
    Column::new("short", Kind::Lower),
    Column::new("full", Kind::Lower),
);

/// Words of offices.
pub static OFFICES: List = list!(
    "offices",
    "offices, professions and memberships",
    key 2,
    Column::new("word", Kind::Lower),
    Column::new(
        "class",
        Kind::One(&[
            "office",
            "modifier",
            "rank",
            "state",
            "portfolio",
            "profession",
            "former",
            "acting",
            "designate",
        ])
    ),
);

/// Offices that one state alone has.
pub static STATE_OFFICES: List = list!(
    "state_offices",
    "offices that one state alone has",
    key 1,
    Column::new("office", Kind::Lower),
    Column::new("state", Kind::Text),
);

/// Bodies that the holders of an office belong to.
pub static OFFICE_BODIES: List = list!(
    "office_bodies",
    "bodies that the holders of an office belong to",
    key 1,
    Column::new("office", Kind::Lower),
    Column::new("bodies", Kind::Several),
);

/// Words that the rules of roles look at.
pub static ROLE_WORDS: List = classes!(
    "role_words",
    "words that the rules of roles look at",
    "word",
    [
        "article",
        "joint",
        "sent",
        "general",
        "be",
        "between",
        "body",
        "inside",
        "field",
        "grade",
        "national",
        "personal",
        "small",
        "own",
        "determiner",
        "republic",
    ]
);

/// Common English words.
pub static COMMON_WORDS: List = list!(
    fixed RULES, "common_words",
    "common words, to join those that a line's end breaks",
    key 1,
    Column::new("word", Kind::Text),
);

/// Words that are not a name by themselves.
pub static NO_NAMES: List = list!(
    "no_names",
    "words that are not a name by themselves",
    key 1,
    Column::new("word", Kind::Lower),
);

/// Words that make up expressions of time.
pub static TIME_WORDS: List = list!(
    "time_words",
    "words of dates, times, durations and holidays",
    key 2,
    Column::new("word", Kind::Lower),
    Column::new(
        "class",
        Kind::One(&[
            "NUM", "TENS", "ORD", "UNIT", "UNITS", "SEASON", "SURESEASON", "POD", "HALF", "DECADE", "VAGUE", "AMPM",
            "ERA", "HOLIDAY", "COUNTED", "BUT", "PREP", "MORE", "PART", "STAGE", "WILL",
        ])
    ),
    Column::new("value", Kind::Text),
);

/// Names of the fields of records.
pub static FIELD_NAMES: List = list!(
    fixed BEFORE_ANY, "field_names",
    "names of the fields of records, by what they are of a document",
    key 2,
    Column::new(
        "fact",
        Kind::One(&["text", "id", "title", "date", "author", "publication", "volume", "issue"])
    ),
    Column::new("name", Kind::Text),
);

/// Labels of fields at the head of a text.
pub static HEADER_FIELDS: List = list!(
    "header_fields",
    "labels of fields at the head of a text: `Issue date:`",
    key 1,
    Column::new("label", Kind::Lower),
    Column::new("field", Kind::Text),
);

/// Words that distinguish the lines at the head of a text.
pub static HEADER_WORDS: List = classes!(
    "header_words",
    "words that distinguish the lines at the head of a text",
    "word",
    ["volume", "issue", "after-title", "label", "byline"]
);

/// Words of names that are written in several ways.
pub static SPELLINGS: List = list!(
    fixed RULES, "spellings",
    "words of names that are written in several ways",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new("usual", Kind::Lower),
);

/// Words around events.
pub static EVENT_WORDS: List = classes!(
    "event_words",
    "words that say whether an event took place",
    "word",
    [
        "plan",
        "ahead",
        "charge",
        "alleged",
        "denial",
        "lasting",
        "ongoing",
        "control",
        "frame",
        "speaker",
        "pronoun",
        "negation",
        "will",
        "modal",
        "be",
        "relative",
        "relative-subject",
        "participle-end",
        "toward",
        "owner",
        "at-place",
        "example",
    ]
);

/// Names that the markup of web pages uses.
pub static HTML_WORDS: List = list!(
    fixed MARKUP, "html_words",
    "words that distinguish the text of a web page from its surroundings",
    key 2,
    Column::new("word", Kind::Text),
    Column::new(
        "class",
        Kind::One(&[
            "inline-tag", "unread-tag", "beside-tag", "beside", "with", "never", "over", "card", "body", "caption", "pointer",
            "noscript", "stamp", "article", "date", "date-end", "author", "date-word",
        ])
    ),
);

/// Fields of offices and professions.
pub static ROLE_FIELDS: List = list!(
    fixed "it is read by `docmill names`, which has no configuration",
    "role_fields",
    "fields of offices, which distinguish persons with the same name",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new("field", Kind::One(&["state", "sport", "arts"])),
);

/// Roles of those who act in events.
pub static ACTOR_ROLES: List = list!(
    fixed "it is read by `docmill tables`, which has no configuration",
    "actor_roles",
    "roles of those who act in events, by PLOVER's codes",
    key 1,
    Column::new("word", Kind::Lower),
    Column::new(
        "role",
        Kind::One(&[
            "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "OPP", "PTY", "CRM", "CVL", "REF", "MED", "EDU", "BUS", "LAB", "REL", "NGO", "IGO",
        ])
    ),
);

/// Every list, in the order of the stages that read them.
pub static ALL: &[&List] = &[
    &FIELD_NAMES,
    &HTML_WORDS,
    &HEADER_FIELDS,
    &HEADER_WORDS,
    &ABBREVIATIONS,
    &SENTENCE_WORDS,
    &WORD_PARTS,
    &COMMON_WORDS,
    &OUTLETS,
    &PLACES,
    &CITATION_WORDS,
    &TIME_WORDS,
    &NO_NAMES,
    &ORGANIZATIONS,
    &LEADERS,
    &STATES,
    &SEATS,
    &NAMESAKES,
    &SHORT_NAMES,
    &REGIONS,
    &TOWN_CUES,
    &GEOGRAPHY,
    &PLACE_WORDS,
    &PLACE_ABBREVIATIONS,
    &PERSON_TITLES,
    &NAME_WORDS,
    &MINISTRY_FIELDS,
    &SPELLINGS,
    &OFFICES,
    &STATE_OFFICES,
    &OFFICE_BODIES,
    &ROLE_WORDS,
    &PRONOUNS,
    &MENTION_NOUNS,
    &MENTION_WORDS,
    &GIVEN_NAMES,
    &SPEECH_VERBS,
    &FORMS_OF_ADDRESS,
    &IRREGULAR_VERBS,
    &FIRST_NAMES,
    &QUOTE_WORDS,
    &QUOTE_CUES,
    &RELATIONS,
    &STANCE_WORDS,
    &EVENTS,
    &PARTIES,
    &EVENT_WORDS,
    &ROLE_FIELDS,
    &ACTOR_ROLES,
];
