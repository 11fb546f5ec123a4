//! Words with what they say of the thing that they stand for.

use docmill_core::WordFile;
use docmill_lexicon::lists::{
    FORMS_OF_ADDRESS, GIVEN_NAMES, MENTION_NOUNS, MENTION_WORDS, PRONOUNS, SPEECH_VERBS,
};
use docmill_lexicon::{LexiconError, Words};
use rustc_hash::FxHashMap;

use super::class::Class;

/// What sort of thing a name or a noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    State,
    Place,
    Group,
    Time,
    Thing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// A pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pronoun {
    pub class: Class,
    pub kind: Kind,
    pub gender: Option<Gender>,
    pub plural: bool,
}

/// The lists that the stage looks at.
#[derive(Debug)]
pub(crate) struct MentionLists {
    nouns: FxHashMap<Box<str>, (Kind, Option<Gender>)>,
    given: FxHashMap<Box<str>, Gender>,
    speech: Words,
    pronouns: FxHashMap<&'static str, Pronoun>,
    address: FxHashMap<&'static str, Gender>,
    /// Words of a noun phrase that say whose it is.
    pub possessive: Words,
    /// Nouns for what a state is ruled by: `the Greek government` is Greece.
    pub ruling: Words,
    /// Words before a noun that say that it was spoken of.
    pub definite: Words,
}

impl MentionLists {
    /// The shipped lists with the files of a configuration.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(files: &[WordFile]) -> Result<Self, LexiconError> {
        let nouns = MENTION_NOUNS.extended(files)?;
        let given = GIVEN_NAMES.extended(files)?;
        let speech = SPEECH_VERBS.extended(files)?;
        let words = MENTION_WORDS.shipped();
        let noun = |[noun, of, sex]: [&str; 3]| Some((noun.into(), (kind(of)?, gender(sex))));
        let pronoun = |[word, class, number]: [&'static str; 3]| {
            let (class, kind, gender) = pronoun(class)?;
            Some((word, Pronoun { class, kind, gender, plural: !number.is_empty() }))
        };
        Ok(Self {
            nouns: nouns.fields().filter_map(noun).collect(),
            given: given.fields().filter_map(|[name, sex]| Some((name.into(), gender(sex)?))).collect(),
            speech: Words::new(speech.fields().map(|[verb]| verb)),
            pronouns: PRONOUNS.shipped().fields().filter_map(pronoun).collect(),
            address: (FORMS_OF_ADDRESS.shipped().fields())
                .filter_map(|[word, sex]| Some((word, gender(sex)?)))
                .collect(),
            possessive: words.of_class("possessive"),
            ruling: words.of_class("ruling"),
            definite: words.of_class("definite"),
        })
    }

    /// What a noun stands for, and the gender of a person if the noun says it.
    pub fn noun(&self, lemma: &str) -> Option<(Kind, Option<Gender>)> {
        self.nouns.get(lemma).copied()
    }

    /// The gender of those who mostly bear a given name.
    pub fn given_name(&self, name: &str) -> Option<Gender> {
        self.given.get(name).copied()
    }

    /// True for the verbs whose subject speaks.
    pub fn speaks(&self, lemma: &str) -> bool {
        self.speech.contains(lemma)
    }

    /// The gender that a form of address says.
    pub fn address(&self, word: &str) -> Option<Gender> {
        self.address.get(word).copied()
    }

    /// The pronoun that a word in lower case is.
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "person" => Kind::Person,
        "organization" => Kind::Organization,
        "state" => Kind::State,
        "place" => Kind::Place,
        "group" => Kind::Group,
        "time" => Kind::Time,
        _ => return None,
    })
}

/// What a class of the list `pronouns` means.
fn pronoun(class: &str) -> Option<(Class, Kind, Option<Gender>)> {
    Some(match class {
        "i" => (Class::I, Kind::Person, None),
        "we" => (Class::We, Kind::Group, None),
        "you" => (Class::You, Kind::Person, None),
        "he" => (Class::He, Kind::Person, Some(Gender::Man)),
        "she" => (Class::He, Kind::Person, Some(Gender::Woman)),
        "it" => (Class::It, Kind::Thing, None),
        "they" => (Class::They, Kind::Group, None),
        "who" => (Class::Relative, Kind::Person, None),
        "this" => (Class::This, Kind::Thing, None),
        "some-person" => (Class::Some, Kind::Person, None),
        "some-thing" => (Class::Some, Kind::Thing, None),
        "some-group" => (Class::Some, Kind::Group, None),
        _ => return None,
    })
}

fn gender(letter: &str) -> Option<Gender> {
    match letter {
        "f" => Some(Gender::Woman),
        "m" => Some(Gender::Man),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lists = MentionLists::new(&[]).unwrap();
        for [word] in MENTION_NOUNS.shipped().fields() {
            assert!(lists.noun(word).is_some(), "{word}");
        }
        for [name] in GIVEN_NAMES.shipped().fields() {
            assert!(lists.given_name(name).is_some(), "{name}");
        }
        for [word] in PRONOUNS.shipped().fields() {
            assert!(lists.pronoun(word).is_some(), "{word}");
        }
        for [word] in FORMS_OF_ADDRESS.shipped().fields() {
            assert!(lists.address(word).is_some(), "{word}");
        }
        assert_eq!(lists.noun("spokeswoman"), Some((Kind::Person, Some(Gender::Woman))));
        assert_eq!(lists.given_name("vladimir"), Some(Gender::Man));
        assert!(lists.speaks("say") && !lists.speaks("fly"));
        assert!(lists.pronoun("both").is_some_and(|both| both.plural && both.class == Class::Some));
    }

    #[test]
    fn a_configuration_adds_nouns_names_and_verbs() {
        let mine = "# list: mention_nouns\nnoun\tkind\tgender\nakim\tperson\tm\n\
                    # list: given_names\nname\tgender\nbermet\tf\n# list: speech_verbs\nverb\nbemoan\n";
        let lists = MentionLists::new(&[WordFile::new("my.tsv", mine)]).unwrap();
        assert_eq!(lists.noun("akim"), Some((Kind::Person, Some(Gender::Man))));
        assert_eq!(lists.given_name("bermet"), Some(Gender::Woman));
        assert!(lists.speaks("bemoan"));
    }
}
