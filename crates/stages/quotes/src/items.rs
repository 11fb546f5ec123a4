//! A sentence as the grammar reads it: words with what is known of them; a stretch between quotation marks, or one in
//! round brackets, is a single item.

use docmill_core::Span;

use crate::cue::Cue;
use crate::lexicon::Lexicon;
use crate::marks::Region;
use crate::people::People;
use crate::tags::{FINITE, Tags, VERB};

/// A bracket that holds more tokens is read like any other text.
const LONGEST_BRACKET: usize = 30;

/// One step of the grammar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// Index of its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    pub tags: Tags,
    pub cue: Option<Cue>,
    pub noun: Option<Cue>,
    /// Index of the region that it is or is part of.
    pub region: Option<usize>,
}

impl Item {
    pub fn is(&self, tags: Tags) -> bool {
        self.tags.any(tags)
    }

    /// True if it can be part of a noun phrase without beginning one: nouns, names, adjectives.
    pub fn is_nounish(&self) -> bool {
        self.is(Tags::WORD
            | Tags::NAME
            | Tags::NUM
            | Tags::PAREN
            | Tags::TIME
            | Tags::GROUP
            | Tags::TITLE
            | Tags::VENUE
            | Tags::NOUN)
    }
}

/// Reads sentences.
pub(crate) struct Reader<'d> {
    pub text: &'d str,
    pub tokens: &'d [Span],
    pub regions: &'d [Region],
    pub lexicon: &'d Lexicon,
    pub people: &'d People<'d>,
}

impl Reader<'_> {
    /// The items of a sentence into `items`. `region` is the first region that ends after the sentence's start.
    pub fn read(&self, sentence: std::ops::Range<usize>, region: &mut usize, items: &mut Vec<Item>) {
        items.clear();
        let mut at = sentence.start;
        while at < sentence.end {
            while self.regions.get(*region).is_some_and(|r| r.tokens.end <= at) {
                *region += 1;
            }
            if let Some(quoted) = self.regions.get(*region).filter(|r| r.tokens.start <= at) {
                let end = quoted.tokens.end.min(sentence.end);
                let tags = Tags::QUOTE;
                items.push(Item { first: at, end, tags, cue: None, noun: None, region: Some(*region) });
                at = end;
                continue;
            }
            let end = self.bracket_end(at, &sentence).unwrap_or(at + 1);
            let item = if end > at + 1 {
                Item { first: at, end, tags: Tags::PAREN, cue: None, noun: None, region: None }
            } else {
                self.word(at, at == sentence.start)
            };
            items.push(item);
            at = end;
        }
    }

    /// Where a round bracket that opens at `at` closes, if it does so soon and is not the whole sentence.
    fn bracket_end(&self, at: usize, sentence: &std::ops::Range<usize>) -> Option<usize> {
        let is = |at: usize, mark: &str| self.tokens[at].slice(self.text) == Some(mark);
        if at == sentence.start || !is(at, "(") {
            return None;
        }
        let last = sentence.end.min(at + LONGEST_BRACKET);
        (at + 1..last).find(|&i| is(i, ")")).map(|i| i + 1)
    }

    fn word(&self, at: usize, first: bool) -> Item {
        let word = self.tokens[at].slice(self.text).unwrap_or_default();
        let entry = self.lexicon.look_up(word);
        let mut tags = entry.tags.without(Tags::DOCUMENT);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        // Part of a name, and not `Rich`, `Will` or `May`.
        if let Some(mention) = self.people.at(at).filter(|_| capital) {
            let person = if self.people.is_person(mention) { Tags::PERSON } else { Tags::NONE };
            let tags = Tags::NAME
                | Tags::WORD
                | person
                | (tags & (Tags::HYPHEN | Tags::APOS | Tags::GROUP | Tags::TITLE | Tags::PLURAL));
            return Item { first: at, end: at + 1, tags, cue: None, noun: None, region: None };
        }
        let known = tags.without(Tags::MAN | Tags::WOMAN) != Tags::NONE
            || entry.cue.is_some()
            || entry.noun.is_some();
        if capital && (!known || (!first && tags.any(VERB | Tags::TITLE | Tags::GROUP))) && word != "I" {
            tags |= Tags::NAME;
        }
        if !known {
            tags |= guess(word);
        }
        if word.ends_with('s') && !word.ends_with("ss") && tags.any(Tags::WORD | Tags::GROUP | Tags::TITLE) {
            tags |= Tags::PLURAL;
        }
        // A name that looks like a verb: `Rich Lowry`, `Will Hurd`; but titles of articles capitalise their verbs.
        if tags.any(FINITE) && tags.any(Tags::BASE) && capital && !first {
            tags |= Tags::NOUN;
        }
        Item { first: at, end: at + 1, tags, cue: entry.cue, noun: entry.noun, region: None }
    }
}

/// What an unlisted word looks like.
fn guess(word: &str) -> Tags {
    let bytes = word.as_bytes();
    let lower = bytes.first().is_some_and(u8::is_ascii_lowercase);
    if bytes.iter().any(u8::is_ascii_digit) {
        return Tags::NUM;
    }
    if !bytes.iter().any(|b| b.is_ascii_alphabetic() || !b.is_ascii()) {
        return Tags::NONE;
    }
    if lower && word.ends_with("ly") && word.len() > 4 {
        return Tags::ADV;
    }
    let mut tags = Tags::WORD;
    if lower && word.ends_with("ed") && word.len() > 4 {
        tags |= Tags::ED;
    }
    tags
}
