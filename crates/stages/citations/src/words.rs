//! Words that tell a source from something else: the list `citation_words`.

use std::sync::LazyLock;

use docmill_lexicon::lists::CITATION_WORDS;
use docmill_lexicon::{Table, Words};

static TABLE: LazyLock<&Table> = LazyLock::new(|| CITATION_WORDS.shipped());

/// A name with one of them is a source, or speaks for one.
pub static SOURCE_WORDS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("source"));

/// What is named with one of them at its head or end happened, was signed, or is a day; it is no source.
pub static EVENT_WORDS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("event"));

/// They stand before the name of a ship, a film, a storm in brackets.
pub static THINGS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("thing"));

/// A name with one of them is a person's.
pub static TITLES: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("title"));

/// Lower-case words that names of outlets hold. Any other of [`FUNCTION_WORDS`] makes a phrase.
pub static CONNECTORS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("connector"));

/// English words that run a sentence on.
pub static FUNCTION_WORDS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("function"));

/// What leads in an outlet; longest first where one begins another.
pub static LEADS: LazyLock<Vec<Box<str>>> = LazyLock::new(|| in_order("lead"));

/// They lead in an outlet only if it is surely one: `in Kommersant`, `by Reuters`.
pub static WEAK_LEADS: LazyLock<Vec<Box<str>>> = LazyLock::new(|| in_order("weak-lead"));

/// What may stand between an outlet and its date.
pub static BEFORE_DATE: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("before-date"));

/// What may stand behind a date: `May 2 issue`.
pub static AFTER_DATE: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("after-date"));

/// Remarks that say nothing of the source.
pub static ASIDES: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("aside"));

/// The source named before.
pub static IBIDEM: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("ibidem"));

/// Words around numbers of issues and pages.
pub static NUMBER_WORDS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("number"));

/// Words of a plan: a year after one of them lies ahead.
pub static AHEAD: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("ahead"));

/// What follows the digits of a time of day.
pub static CLOCK: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("clock"));

/// Words at the end of an outlet's name that say what it is.
pub static KINDS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("kind"));

/// Seasons, which may stand before a year.
pub static SEASONS: LazyLock<Words> = LazyLock::new(|| TABLE.of_class("season"));

/// The words of a class in the order of the list.
fn in_order(class: &str) -> Vec<Box<str>> {
    TABLE.fields().filter(|[_, own]| *own == class).map(|[word, _]| word.into()).collect()
}
