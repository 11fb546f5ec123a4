//! Words that names of organizations are made of.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::NAME_WORDS;

/// Words that names are made with, and abbreviations leave out.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(word)
}

/// A word for a sort of organization, in plain spelling.
pub(crate) fn is_sort(word: &str) -> bool {
    SORTS.contains(word)
}

/// Words that a longer name of the same thing ends with: `Wagner` and `Wagner Group`, `Inguri` and `Inguri River`.
pub(crate) static TAILS: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("tail"));

static SMALL: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("small"));

static SORTS: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("sort"));

/// Words that many states have in the names of their bodies.
pub(crate) static COMMON: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("common"));
