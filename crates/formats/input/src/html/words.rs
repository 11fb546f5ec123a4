//! The list `html_words`, and names of classes as words.

use docmill_lexicon::Words;
use docmill_lexicon::lists::HTML_WORDS;

/// The words of a class.
pub(super) fn of_class(class: &str) -> Words {
    HTML_WORDS.shipped().of_class(class)
}

/// The same in the order of the list.
pub(super) fn in_order(class: &'static str) -> impl Iterator<Item = &'static str> {
    HTML_WORDS.shipped().fields().filter(move |[_, of]| *of == class).map(|[word, _]| word)
}

/// The words of a class or id: `relatedPosts`, `related-posts` and `related_posts` are two words each.
pub(super) fn split(name: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && lower {
            if !word.is_empty() {
                each(&word);
            }
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        lower = c.is_ascii_lowercase();
    }
    if !word.is_empty() {
        each(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        let words = |name: &str| {
            let mut words = Vec::new();
            split(name, |word| words.push(word.to_owned()));
            words.join(" ")
        };
        assert_eq!(words("relatedPosts box_2 AD-wrap"), "related posts box 2 ad wrap");
        assert!(of_class("never").contains("cookie") && !of_class("never").contains("story"));
    }
}
