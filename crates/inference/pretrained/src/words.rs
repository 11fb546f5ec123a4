//! Words as models know them.
//!
//! Corpora of named entities (CoNLL-2003 and its kin) have `Asia-Plus`, `al-Qaeda` and `U.S.-led` as one word; our
//! tokens end at hyphens. A model that meets `Asia`, `-`, `Plus` reads three words it was never shown together, so
//! tokens that hyphens join are put together again.

use docmill_core::Span;
use docmill_core::layers::Tokens;

/// The tokens with those joined that stand without space around a hyphen. Sentences stay.
pub fn joined(text: &str, tokens: &Tokens) -> Tokens {
    let mut words = Tokens::with_capacity(tokens.all().len(), tokens.sentences());
    for sentence in 0..tokens.sentences() {
        let mut word: Option<Span> = None;
        let mut after_hyphen = false;
        for &token in tokens.of_sentence(sentence) {
            let hyphen = is_hyphen(token.slice(text));
            let touches = word.is_some_and(|word| word.end == token.start);
            word = match word {
                Some(word) if touches && (hyphen || after_hyphen) => Some(word.cover(token)),
                Some(word) => {
                    words.push(word);
                    Some(token)
                }
                None => Some(token),
            };
            after_hyphen = hyphen;
        }
        if let Some(word) = word {
            words.push(word);
        }
        words.end_sentence();
    }
    words
}

/// A hyphen, not a dash.
fn is_hyphen(token: Option<&str>) -> bool {
    matches!(token, Some("-" | "\u{2010}" | "\u{2011}"))
}

#[cfg(test)]
mod tests {
    use docmill_core::Document;
    use docmill_core::testing::plain_layers;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut doc = Document::from_text("t", text);
        plain_layers(&mut doc);
        let words = joined(text, doc.require::<Tokens>().unwrap());
        assert_eq!(words.sentences(), doc.require::<Tokens>().unwrap().sentences());
        words.all().iter().map(|w| w.slice(text).unwrap().to_owned()).collect()
    }

    #[test]
    fn hyphens_join_and_dashes_do_not() {
        assert_eq!(
            words("Asia-Plus and Hizb-ut-Tahrir met - in Osh–Naryn\nal-Qaeda"),
            ["Asia-Plus", "and", "Hizb-ut-Tahrir", "met", "-", "in", "Osh", "–", "Naryn", "al-Qaeda"]
        );
    }

    #[test]
    fn a_sentence_end_is_never_crossed() {
        assert_eq!(words("pre-\n-war"), ["pre-", "-war"]);
    }
}
