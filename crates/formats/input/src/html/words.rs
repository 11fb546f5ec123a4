//! Lists of words, one an entry, in order.

/// The words of a list.
pub(super) struct Words(Vec<&'static str>);

impl Words {
    pub fn new(list: &'static str) -> Self {
        let mut words: Vec<&str> = list.lines().map(str::trim).filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        Self(words)
    }

    pub fn has(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }
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
        assert!(Words::new("b\na\n").has("a") && !Words::new("b\na\n").has("c"));
    }
}
