//! Words that say, by their capital, that a sentence begins; and words of saying.

/// Words that are written with a capital only where a sentence begins (and `I`). Sorted.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "About", "Above", "According", "After", "Again", "Against", "All", "Almost", "Already", "Also",
    "Although", "Among", "An", "And", "Another", "Any", "Anyone", "Are", "As", "Aside", "At", "Because",
    "Before", "Besides", "Both", "But", "By", "Can", "Could", "Despite", "Did", "Do", "Does", "During",
    "Each", "Earlier", "Either", "Even", "Every", "Everyone", "Few", "Finally", "Following", "For",
    "From", "Further", "Furthermore", "Given", "Had", "Has", "Have", "He", "Hello", "Hence", "Her",
    "Here", "His", "How", "However", "Hundreds", "I", "If", "In", "Indeed", "Instead", "Is", "It", "Its",
    "Just", "Later", "Let", "Like", "Many", "Maybe", "Meanwhile", "Millions", "More", "Moreover", "Most",
    "Much", "My", "Neither", "Nevertheless", "Next", "No", "Nobody", "None", "Nonetheless", "Nor", "Not",
    "Nothing", "Now", "Of", "On", "Once", "Only", "Or", "Others", "Our", "Over", "Perhaps", "Please",
    "Recently", "Several", "She", "Should", "Similarly", "Since", "So", "Some", "Such", "That", "The",
    "Their", "Then", "There", "Therefore", "These", "They", "This", "Those", "Though", "Thousands",
    "Three", "Through", "Thus", "To", "Today", "Under", "Unfortunately", "Unlike", "Until", "Was", "We",
    "Were", "What", "When", "Where", "Whether", "Which", "While", "Who", "Why", "With", "Within",
    "Without", "Would", "Yes", "Yesterday", "Yet", "You", "Your",
];

/// Words that go on with a time of day: `5 p.m. Tuesday`, `9 a.m. Moscow time`.
#[rustfmt::skip]
const AFTER_TIME: &[&str] = &[
    "April", "August", "Beijing", "CET", "CST", "December", "EDT", "EST", "Eastern", "February",
    "Friday", "GMT", "Jan", "January", "July", "June", "London", "March", "May", "Monday", "Moscow",
    "November", "October", "PDT", "PST", "Pacific", "Saturday", "Sept", "September", "Sunday",
    "Thursday", "Tuesday", "UTC", "Wednesday",
];

/// Verbs that name who said what stood in quotation marks. Sorted.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "added", "admitted", "agreed", "announced", "answered", "argued", "asked", "asks", "commented",
    "concluded", "continued", "cried", "declared", "demanded", "exclaimed", "explained", "inquired",
    "insisted", "joked", "noted", "observed", "quipped", "recalled", "remarked", "repeated", "replied",
    "said", "says", "shouted", "stated", "stressed", "told", "warned", "wondered", "wrote", "yelled",
];

/// The ASCII letters from byte `at` on, at most sixteen.
pub fn letters(text: &str, at: usize) -> &[u8] {
    let bytes = &text.as_bytes()[at..];
    let len = bytes.iter().take(17).take_while(|b| b.is_ascii_alphabetic()).count();
    if len > 16 { &[] } else { &bytes[..len] }
}

/// True if the word at `at` begins a sentence.
pub fn is_starter(text: &str, at: usize) -> bool {
    let word = letters(text, at);
    let after = text.as_bytes().get(at + word.len());
    // Not an initial, nor a name with a hyphen.
    let part = matches!(after, Some(b'-' | b'&')) || (word.len() == 1 && after == Some(&b'.'));
    !part && contains(STARTERS, word)
}

/// True if the word at `at` goes on with a time of day.
pub fn follows_time(text: &str, at: usize) -> bool {
    contains(AFTER_TIME, letters(text, at))
}

/// True if at `at` stands a name of one to three words with a verb of saying: `Putin asked`.
pub fn is_attribution(text: &str, mut at: usize) -> bool {
    if is_starter(text, at) {
        return false;
    }
    for _ in 0..4 {
        let word = letters(text, at);
        if word.is_empty() {
            return false;
        }
        if word[0].is_ascii_lowercase() {
            return contains(SAYING, word);
        }
        at += word.len();
        if text.as_bytes().get(at) == Some(&b'.') {
            at += 1;
        }
        if text.as_bytes().get(at) != Some(&b' ') {
            return false;
        }
        at += 1;
    }
    false
}

fn contains(table: &[&str], word: &[u8]) -> bool {
    !word.is_empty() && table.binary_search_by(|entry| entry.as_bytes().cmp(word)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [STARTERS, AFTER_TIME, SAYING] {
            assert!(table.is_sorted());
        }
    }

    #[test]
    fn a_capital_tells_only_with_the_right_word() {
        assert!(is_starter("The vote", 0));
        assert!(is_starter("It’s late", 0));
        assert!(!is_starter("Army units", 0));
        assert!(!is_starter("A. Smith", 0));
        assert!(!is_starter("All-Union Congress", 0));
    }

    #[test]
    fn names_with_a_verb_of_saying() {
        assert!(is_attribution("Putin asked.", 0));
        assert!(is_attribution("Col. Ivan Petrov said", 0));
        assert!(!is_attribution("The ministry said", 0));
        assert!(!is_attribution("Putin left", 0));
    }
}
