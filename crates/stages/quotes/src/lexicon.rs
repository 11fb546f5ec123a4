//! The lists `quote_words`, `quote_cues` and `first_names`, every verb in all its forms.

use docmill_core::WordFile;
use docmill_lexicon::LexiconError;
use docmill_lexicon::inflect::{Inflector, Verb};
use docmill_lexicon::lists::{FIRST_NAMES, QUOTE_CUES, QUOTE_WORDS};
use rustc_hash::FxHashMap;

use crate::cue::{Cue, CueKind, Takes};
use crate::tags::Tags;

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 40;

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
    /// The shipped lists with the files of a configuration.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let inflector = Inflector::new(words)?;
        let mut lexicon = Self(FxHashMap::default());
        for [name, gender] in FIRST_NAMES.extended(words)?.fields() {
            lexicon.entry(name).tags |= if gender == "man" { Tags::MAN } else { Tags::WOMAN };
        }
        for [word, class] in QUOTE_WORDS.extended(words)?.fields() {
            match tag(class) {
                Some(tags) => lexicon.entry(word).tags |= tags,
                None => lexicon.verb(&inflector.verb(word), class == "verb-noun", None),
            }
        }
        for [word, part, kind, takes] in QUOTE_CUES.extended(words)?.fields() {
            let takes = takes.split_whitespace().filter_map(Takes::named);
            let cue =
                Cue { kind: cue_kind(part, kind), takes: takes.fold(Takes::default(), |all, one| all | one) };
            match part {
                "verb" => {
                    for spelling in [word.to_owned()].into_iter().chain(british(word)) {
                        lexicon.verb(&inflector.verb(&spelling), false, Some(cue));
                    }
                }
                "noun" => lexicon.entry(word).noun = Some(cue),
                _ => lexicon.entry(word).cue = Some(cue),
            }
        }
        Ok(lexicon)
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

    /// Adds the forms of a verb. `noun`: its base form and its third person are nouns too.
    fn verb(&mut self, spellings: &[Verb], noun: bool, cue: Option<Cue>) {
        for verb in spellings {
            let forms = [
                (&verb.base, Tags::BASE),
                (&verb.third, Tags::S3),
                (&verb.past, Tags::PAST),
                (&verb.participle, Tags::PART),
                (&verb.ing, Tags::ING),
            ];
            for (form, tags) in forms {
                let entry = self.entry(form);
                entry.tags |= tags;
                if noun && tags.any(Tags::BASE | Tags::S3) {
                    entry.tags |= Tags::NOUN;
                }
                // `found` is a form of two verbs: what may follow adds up.
                entry.cue = match (entry.cue, cue) {
                    (Some(old), Some(new)) => Some(Cue { kind: old.kind, takes: old.takes.with(new.takes) }),
                    (old, new) => old.or(new),
                };
            }
        }
    }
}

/// `emphasise` for `emphasize`.
fn british(verb: &str) -> Option<String> {
    verb.strip_suffix("ize").map(|stem| format!("{stem}ise"))
}

/// The word in lower case; `None` if it is too long for the lists.
fn lower_into<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = buffer.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

fn cue_kind(part: &str, kind: &str) -> CueKind {
    match (part, kind) {
        ("adjective", _) => CueKind::Adjective,
        ("noun", "thought") => CueKind::Thought,
        ("noun", _) => CueKind::Noun,
        (_, "say") => CueKind::Say,
        (_, "speech") => CueKind::Speech,
        (_, "evidence") => CueKind::Evidence,
        _ => CueKind::Attitude,
    }
}

/// What a class means; none for verbs.
fn tag(name: &str) -> Option<Tags> {
    Some(match name {
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
        "document" => Tags::DOCUMENT,
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

    /// The list names the classes and flags that it allows; each must mean something here.
    #[test]
    fn every_class_and_flag_is_known() {
        let values = |list: &docmill_lexicon::List, column: usize| match list.columns[column].kind {
            docmill_lexicon::Kind::One(values) | docmill_lexicon::Kind::Flags(values) => values,
            _ => &[],
        };
        for class in values(&QUOTE_WORDS, 1) {
            assert!(class.starts_with("verb") || tag(class).is_some(), "{class}");
        }
        let flags = values(&QUOTE_CUES, 3);
        assert!(flags.len() > 20 && flags.iter().all(|flag| Takes::named(flag).is_some()));
    }

    #[test]
    fn a_configuration_adds_cues() {
        let mine = "# list: quote_cues\nword\tpart\tkind\ttakes\nbemoan\tverb\tspeech\tobject clause\n";
        let lexicon = Lexicon::new(&[WordFile::new("my.tsv", mine)]).unwrap();
        let cue = lexicon.look_up("bemoaned").cue.unwrap();
        assert!(cue.kind == CueKind::Speech && cue.takes.any(Takes::CLAUSE));
    }

    #[test]
    fn what_may_follow_adds_up() {
        let entry = Lexicon::new(&[]).unwrap().look_up("Told");
        let cue = entry.cue.unwrap();
        assert!(entry.tags.any(Tags::PAST) && cue.kind == CueKind::Say);
        assert!(cue.takes.any(Takes::LISTENER) && cue.takes.any(Takes::word("about")));
    }
}
