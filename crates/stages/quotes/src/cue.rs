//! What a cue is and what may follow it.

use std::ops::BitOr;
use std::sync::LazyLock;

use docmill_lexicon::Kind;
use docmill_lexicon::lists::QUOTE_CUES;

/// The column of `quote_cues` that says what may follow.
const TAKES: usize = 3;

/// Kinds of cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueKind {
    /// Speech, also around or after what is said.
    Say,
    /// Other acts of speech.
    Speech,
    /// What somebody thinks, wants, likes.
    Attitude,
    /// What things look like to nobody in particular.
    Evidence,
    /// An adjective after a form of `be`.
    Adjective,
    /// A noun for speech.
    Noun,
    /// A noun for thought.
    Thought,
}

/// A cue word, in any of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    pub kind: CueKind,
    /// What may follow.
    pub takes: Takes,
}

impl Cue {
    /// Whether it tells of speech wherever it stands.
    pub fn is_plain(self) -> bool {
        self.kind == CueKind::Say && !self.takes.any(Takes::WEAK)
    }
}

/// What may follow a cue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Takes(u32);

impl Takes {
    pub const CLAUSE: Self = Self(1);
    pub const TO: Self = Self(1 << 1);
    pub const OBJECT: Self = Self(1 << 2);
    pub const ING: Self = Self(1 << 3);
    pub const LISTENER: Self = Self(1 << 4);
    pub const PARTY: Self = Self(1 << 5);
    /// Only before what it takes.
    pub const WEAK: Self = Self(1 << 6);
    /// An infinitive that is said: `urged them to stay`.
    pub const INFINITIVE: Self = Self(1 << 7);
    /// A gerund that is said: `denied taking it`.
    pub const GERUND: Self = Self(1 << 8);

    const NAMES: [(&'static str, Self); 9] = [
        ("clause", Self::CLAUSE),
        ("to", Self::TO),
        ("object", Self::OBJECT),
        ("ing", Self::ING),
        ("listener", Self::LISTENER),
        ("party", Self::PARTY),
        ("weak", Self::WEAK),
        ("infinitive", Self::INFINITIVE),
        ("gerund", Self::GERUND),
    ];

    /// Reads a word of the column `takes` in the list `quote_cues`.
    pub fn named(name: &str) -> Option<Self> {
        match name.strip_prefix('+') {
            Some(word) => Some(Self::word(word)).filter(|takes| takes.0 != 0),
            None => Self::NAMES.iter().find(|(key, _)| *key == name).map(|(_, takes)| *takes),
        }
    }

    /// A phrase with this word (in lower case), which the list can ask for by `+word`; nothing, if no cue asks for it.
    pub fn word(word: &str) -> Self {
        static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let Kind::Flags(flags) = QUOTE_CUES.columns[TAKES].kind else { return Vec::new() };
            flags.iter().filter_map(|flag| flag.strip_prefix('+')).collect()
        });
        WORDS.iter().position(|known| *known == word).map_or(Self(0), |i| Self(1 << (9 + i)))
    }

    /// Both together; weak only if both are.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        let weak = self.0 & others.0 & Self::WEAK.0;
        Self(((self.0 | others.0) & !Self::WEAK.0) | weak)
    }

    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Takes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
