//! Words and bounds that the parts of a role's phrase share.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::ROLE_WORDS;

use crate::items::Item;

/// Words looked at to the left of a noun of office.
pub(crate) const MAX_WORDS: usize = 10;
pub(crate) static ARTICLES: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("article"));
/// Roles whose place of duty belongs to their name: `ambassador to China`.
pub(crate) static SENT: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("sent"));

/// Words that are no part of a title though they may be written with a capital.
pub(crate) fn is_small(item: &Item<'_>) -> bool {
    item.is_one(&[
        "the", "a", "an", "and", "or", "but", "of", "for", "in", "on", "at", "to", "by", "as", "with",
        "that", "this", "his", "her", "its", "their", "he", "she", "it", "they", "we", "said", "says",
        "told", "is", "was", "are", "were", "when", "while", "so", "from", "has", "had", "have", "will",
        "would", "be", "been", "not", "also", "into", "over", "after", "before", "if", "then", "which",
        "who", "those", "these", "all", "some",
    ])
}
