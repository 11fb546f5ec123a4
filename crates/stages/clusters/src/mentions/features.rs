//! What speaks for a mention standing for a thing, or for nothing.

use super::discourse::Thing;
use super::scan::{Class, Found, Opening, Part, Scan};
use super::words::{Kind, speaks};

macro_rules! features {
    ($($feature:ident)*) => {
        /// One thing that speaks for or against a link.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Feature { $($feature),* }
        impl Feature {
            /// All of them, with their names in the table of weights.
            pub const ALL: &[(Feature, &str)] = &[$((Feature::$feature, stringify!($feature))),*];
        }
    };
}

features! {
    SameSentence SentenceBefore TwoBefore ThreeBefore UpToSix Further
    Nearest Second Third UpToFifth LaterRank
    Words
    IsPerson IsOrganization IsState IsPlace IsGroup IsThing
    Named NamelessPerson
    GenderSame GenderOther GenderUnknown
    BothPlural NumberOther
    WasSubject WasObject WasOwner WasOblique WasOther
    Parallel RootSubject
    CoArgument Inside ClauseSubject
    LastPronoun LastSame LastName LastNoun
    Twice Often VeryOften MostOften
    Spoke BothSpeak SpokeLast BothSpeakLast
    QuotedOnly ThingQuotedOnly BothQuoted
    ParagraphOther ParagraphBefore
    FromStart
    NounSame NounInName LastNounSame WordSame WordOther
    KindSame KindOther
    Nothing NothingFits NothingExpletive NothingQuoted NothingThis NothingOwned NothingMore NothingNewNoun
    NothingPerson NothingOrganization NothingState NothingPlace NothingOwner NothingSubject NothingObject
    NothingFirst NothingWords
}

/// Values of the features that are not zero.
pub(crate) type Values = Vec<(Feature, f32)>;

/// What the pair needs to know besides the two.
pub(crate) struct Pair<'a, 'd> {
    pub scan: &'a Scan<'d>,
    pub found: &'a Found,
    pub thing: &'a Thing,
    /// How many things that fit were spoken of later.
    pub rank: usize,
    /// True if no other thing of its kind was spoken of so often.
    pub most_often: bool,
    /// True if it was the last to speak.
    pub spoke_last: bool,
}

impl Pair<'_, '_> {
    /// Adds what speaks for or against the link.
    pub fn values(&self, values: &mut Values) {
        use Feature as F;
        let (scan, found, thing) = (self.scan, self.found, self.thing);
        let last = &scan.found[thing.last];
        let mut on = |feature| values.push((feature, 1.0));
        let apart = found.sentence.saturating_sub(last.sentence);
        on(match apart {
            0 => F::SameSentence,
            1 => F::SentenceBefore,
            2 => F::TwoBefore,
            3 => F::ThreeBefore,
            4..=6 => F::UpToSix,
            _ => F::Further,
        });
        on(match self.rank {
            0 => F::Nearest,
            1 => F::Second,
            2 => F::Third,
            3..=5 => F::UpToFifth,
            _ => F::LaterRank,
        });
        on(match thing.kind {
            Kind::Person => F::IsPerson,
            Kind::Organization => F::IsOrganization,
            Kind::State => F::IsState,
            Kind::Place => F::IsPlace,
            Kind::Group => F::IsGroup,
            Kind::Thing => F::IsThing,
        });
        if thing.cluster.is_some() {
            on(F::Named);
        } else if thing.kind == Kind::Person {
            on(F::NamelessPerson);
        }
        match (found.gender, thing.gender()) {
            (Some(a), Some(b)) => on(if a == b { F::GenderSame } else { F::GenderOther }),
            (Some(_), None) => on(F::GenderUnknown),
            (None, _) => {}
        }
        match (found.plural, thing.plural) {
            (true, true) => on(F::BothPlural),
            (false, false) => {}
            _ => on(F::NumberOther),
        }
        on(match last.part {
            Part::Subject => F::WasSubject,
            Part::Object => F::WasObject,
            Part::Owner => F::WasOwner,
            Part::Oblique => F::WasOblique,
            Part::Other => F::WasOther,
        });
        if last.part == found.part && matches!(found.part, Part::Subject | Part::Object) {
            on(F::Parallel);
        }
        let root = |token: usize| scan.syntax.head(token).is_none();
        if last.part == Part::Subject && last.governor.is_some_and(root) {
            on(F::RootSubject);
        }
        if apart == 0 {
            self.same_sentence(last, &mut on);
        }
        match thing.last_pronoun {
            Some(class) => {
                on(F::LastPronoun);
                if class == found.class {
                    on(F::LastSame);
                }
            }
            None => on(if last.entity.is_some() { F::LastName } else { F::LastNoun }),
        }
        match thing.count {
            0 | 1 => {}
            2 => on(F::Twice),
            3..=5 => on(F::Often),
            _ => on(F::VeryOften),
        }
        if self.most_often {
            on(F::MostOften);
        }
        self.surroundings(last, &mut on);
        if matches!(found.class, Class::Person | Class::Body) {
            self.nouns(last, &mut on);
        }
        let words = found.head.saturating_sub(last.head) as f32;
        values.push((F::Words, (1.0 + words).ln() / 5.0));
    }

    fn surroundings(&self, last: &Found, on: &mut impl FnMut(Feature)) {
        use Feature as F;
        let (scan, found, thing) = (self.scan, self.found, self.thing);
        let asks = is_speaker(scan, found);
        if is_speaker(scan, last) {
            on(F::Spoke);
            if asks {
                on(F::BothSpeak);
            }
        }
        if self.spoke_last {
            on(F::SpokeLast);
            if asks {
                on(F::BothSpeakLast);
            }
        }
        match (scan.quoted[found.head], scan.quoted[last.head]) {
            (true, false) => on(F::QuotedOnly),
            (false, true) => on(F::ThingQuotedOnly),
            (true, true) => on(F::BothQuoted),
            (false, false) => {}
        }
        match scan.paragraph(found.sentence).saturating_sub(scan.paragraph(last.sentence)) {
            0 => {}
            1 => on(F::ParagraphBefore),
            _ => on(F::ParagraphOther),
        }
        if thing.since < 2 {
            on(F::FromStart);
        }
    }

    fn same_sentence(&self, last: &Found, on: &mut impl FnMut(Feature)) {
        let (scan, found) = (self.scan, self.found);
        if found.governor.is_some() && found.governor == last.governor && found.part != Part::Owner {
            on(Feature::CoArgument);
        }
        let mut above = scan.syntax.head(found.head);
        let mut first_verb = true;
        for _ in 0..12 {
            let Some(token) = above else { break };
            if token == last.head {
                on(Feature::Inside);
                break;
            }
            let is_clause =
                scan.children(token).any(|child| scan.syntax.relation(child).starts_with("nsubj"));
            if is_clause && first_verb {
                first_verb = false;
                if last.part == Part::Subject && last.governor == Some(token) {
                    on(Feature::ClauseSubject);
                }
            }
            above = scan.syntax.head(token);
        }
    }

    fn nouns(&self, last: &Found, on: &mut impl FnMut(Feature)) {
        let (scan, found, thing) = (self.scan, self.found, self.thing);
        let lemma = scan.lemma(found.head).to_lowercase();
        if thing.nouns.contains(&lemma) {
            on(Feature::NounSame);
        }
        if thing.name.contains(&lemma) {
            on(Feature::NounInName);
        }
        if last.entity.is_none() && scan.lemma(last.head).eq_ignore_ascii_case(&lemma) {
            on(Feature::LastNounSame);
        }
        let (mut same, mut other) = (false, false);
        for token in found.first..found.head {
            let word = scan.word(token).to_lowercase();
            if matches!(word.as_str(), "the" | "this" | "that" | "his" | "her" | "its" | "their") {
                continue;
            }
            let known = thing.more.contains(&word) || thing.name.contains(&word);
            same |= known;
            other |= !known;
        }
        if same {
            on(Feature::WordSame);
        }
        if other {
            on(Feature::WordOther);
        }
        on(if found.kind == thing.kind { Feature::KindSame } else { Feature::KindOther });
    }
}

/// True for the subject of a verb of speech.
pub(crate) fn is_speaker(scan: &Scan<'_>, found: &Found) -> bool {
    found.part == Part::Subject && found.governor.is_some_and(|verb| speaks(scan.lemma(verb)))
}

/// What speaks for a mention standing for nothing spoken of before. `fits`: how many things fit; `known`: whether something
/// was called by its noun before.
pub(crate) fn nothing(scan: &Scan<'_>, found: &Found, fits: usize, known: bool, values: &mut Values) {
    use Feature as F;
    let mut on = |feature| values.push((feature, 1.0));
    on(F::Nothing);
    if fits == 0 {
        on(F::NothingFits);
    }
    if scan.syntax.relation(found.head).starts_with("expl") {
        on(F::NothingExpletive);
    }
    if scan.quoted[found.head] {
        on(F::NothingQuoted);
    }
    match found.opening {
        Opening::This => on(F::NothingThis),
        Opening::Owned => on(F::NothingOwned),
        _ => {}
    }
    let more = |child: usize| {
        child > found.head
            && matches!(
                scan.syntax.relation(child).split(':').next(),
                Some("nmod" | "acl" | "appos" | "nummod" | "flat")
            )
    };
    if scan.children(found.head).any(more) {
        on(F::NothingMore);
    }
    if !known && !found.class.is_pronoun() {
        on(F::NothingNewNoun);
    }
    match found.kind {
        Kind::Person => on(F::NothingPerson),
        Kind::Organization => on(F::NothingOrganization),
        Kind::State => on(F::NothingState),
        Kind::Place => on(F::NothingPlace),
        Kind::Group | Kind::Thing => {}
    }
    match found.part {
        Part::Owner => on(F::NothingOwner),
        Part::Subject => on(F::NothingSubject),
        Part::Object => on(F::NothingObject),
        Part::Oblique | Part::Other => {}
    }
    if found.sentence < 2 {
        on(F::NothingFirst);
    }
    if found.head > found.first + 1 {
        on(F::NothingWords);
    }
}
