//! The word lists: `data/words.txt` and `data/cues.txt`, every verb in all its forms.

use rustc_hash::FxHashMap;

use crate::cue::{Cue, CueKind, Takes};
use crate::inflect::inflect;
use crate::tags::Tags;

const WORDS: &str = include_str!("../data/words.txt");
const CUES: &str = include_str!("../data/cues.txt");

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// What the lists say of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub tags: Tags,
    /// The cue it is as a verb or adjective.
    pub cue: Option<Cue>,
    /// The cue it is as a noun.
    pub noun: Option<Cue>,
}

/// The lists, by word in lower case.
#[derive(Debug)]
pub(crate) struct Lexicon(FxHashMap<Box<str>, Entry>);

impl Lexicon {
    pub fn new() -> Self {
        let mut lexicon = Self(FxHashMap::default());
        for (name, words) in lines(WORDS) {
            for word in words.split_whitespace() {
                if name == "verb" {
                    lexicon.verb(word, None);
                } else if let Some(tags) = tag(name) {
                    lexicon.entry(word).tags |= tags;
                }
            }
        }
        for (head, words) in lines(CUES) {
            let mut head = head.split_whitespace();
            let Some(kind) = head.next().and_then(kind) else { continue };
            let takes = head.filter_map(Takes::named).fold(Takes::default(), |all, one| all | one);
            for word in words.split_whitespace() {
                lexicon.cue(word, Cue { kind, takes });
            }
        }
        lexicon
    }

    /// What the lists say of a word, whatever its case.
    pub fn look_up(&self, word: &str) -> Entry {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower_into(word, &mut lower) else { return Entry::default() };
        self.0.get(lower).copied().unwrap_or_default()
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        self.0.entry(word.into()).or_default()
    }

    fn cue(&mut self, word: &str, cue: Cue) {
        match cue.kind {
            CueKind::Noun | CueKind::Thought => self.entry(word).noun = Some(cue),
            CueKind::Adjective => self.entry(word).cue = Some(cue),
            _ => self.verb(word, Some(cue)),
        }
    }

    fn verb(&mut self, word: &str, cue: Option<Cue>) {
        let noun = word.starts_with('~');
        for (form, tags) in inflect(word.trim_start_matches('~')) {
            let entry = self.entry(&form);
            entry.tags |= tags;
            if noun && tags.any(Tags::BASE | Tags::S3) {
                entry.tags |= Tags::NOUN;
            }
            entry.cue = match (entry.cue, cue) {
                (Some(old), Some(new)) => Some(Cue { kind: old.kind, takes: old.takes.with(new.takes) }),
                (old, new) => old.or(new),
            };
        }
    }
}

/// The word in lower case; `None` if it is too long for the lists.
fn lower_into<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = buffer.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

/// `head: words` of each line that is no comment.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

fn kind(name: &str) -> Option<CueKind> {
    Some(match name {
        "say" => CueKind::Say,
        "speech" => CueKind::Speech,
        "attitude" => CueKind::Attitude,
        "evidence" => CueKind::Evidence,
        "adjective" => CueKind::Adjective,
        "noun" => CueKind::Noun,
        "thought" => CueKind::Thought,
        _ => return None,
    })
}

fn tag(name: &str) -> Option<Tags> {
    Some(match name {
        "man" => Tags::MAN,
        "woman" => Tags::WOMAN,
        "noun" => Tags::WORD,
        "det" => Tags::DET,
        "num" => Tags::NUM,
        "prep" => Tags::PREP,
        "of" => Tags::OF,
        "time-prep" => Tags::TIME_PREP,
        "and" => Tags::AND,
        "but" => Tags::BUT,
        "sub" => Tags::SUB,
        "that" => Tags::THAT,
        "who" => Tags::WHO,
        "wh" => Tags::WH,
        "subj" => Tags::SUBJ,
        "obj" => Tags::OBJ,
        "it" => Tags::IT,
        "poss" => Tags::POSS,
        "modal" => Tags::MODAL,
        "be" => Tags::BE,
        "have" => Tags::HAVE,
        "do" => Tags::DO,
        "neg" => Tags::NEG,
        "apos" => Tags::APOS,
        "to" => Tags::TO,
        "comma" => Tags::COMMA,
        "stop" => Tags::STOP,
        "colon" => Tags::COLON,
        "semi" => Tags::SEMI,
        "dash" => Tags::DASH,
        "hyphen" => Tags::HYPHEN,
        "open" => Tags::OPEN,
        "close" => Tags::CLOSE,
        "adv" => Tags::ADV,
        "time" => Tags::TIME,
        "venue" => Tags::VENUE,
        "title" => Tags::TITLE,
        "group" => Tags::GROUP,
        "by" => Tags::BY,
        "as" => Tags::AS,
        "according" => Tags::ACCORDING,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A misspelt head would drop its words silently.
    #[test]
    fn every_line_is_understood() {
        for (name, _) in lines(WORDS) {
            assert!(name == "verb" || tag(name).is_some(), "words.txt: `{name}`");
        }
        for (head, _) in lines(CUES) {
            let mut parts = head.split_whitespace();
            assert!(parts.next().and_then(kind).is_some(), "cues.txt: `{head}`");
            assert!(parts.all(|part| Takes::named(part).is_some()), "cues.txt: `{head}`");
        }
    }

    #[test]
    fn what_may_follow_adds_up() {
        let entry = Lexicon::new().look_up("Told");
        let cue = entry.cue.unwrap();
        assert!(entry.tags.any(Tags::PAST) && cue.kind == CueKind::Say);
        assert!(cue.takes.any(Takes::LISTENER) && cue.takes.any(Takes::word("about")));
    }
}
