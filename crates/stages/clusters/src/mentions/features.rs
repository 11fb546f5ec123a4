//! What speaks for a mention standing for a thing, or for nothing.

use super::class::Class;
use super::discourse::{Thing, after_words, phrase_words};
use super::scan::{Found, Opening, Part, Scan};
use super::words::Kind;

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
    PhraseSame AfterSame AfterOther OwnerSame OwnerOther NameSame
    Apposed Predicate PredicateOther
    CalledSame CalledHe CalledI CalledWe CalledYou CalledThey CalledIt
    SameQuote
    IsTime
    SubjectSame SubjectBefore OwnerSameSentence ParallelBefore ParallelSame FirstMention OwnerOfClause ObjectOfClause
    Alone Ahead WasJoined WasAgent NamedSubject NearestSubject Deep
    Nothing NothingFits NothingExpletive NothingQuoted NothingThis NothingOwned NothingMore NothingNewNoun
    NothingPerson NothingOrganization NothingState NothingPlace NothingOwner NothingSubject NothingObject
    NothingFirst NothingWords
    NothingPlural NothingGroup NothingTime NothingThing NothingPredicate NothingApposed NothingLong NothingThe
    NothingCapital NothingNumber NothingEarly NothingLate NothingThat NothingRoot
}

/// Values of the features that are not zero.
pub(crate) type Values = Vec<(Feature, f32)>;

/// What the pair needs to know besides the two.
#[expect(clippy::struct_excessive_bools, reason = "signs that are independent of each other")]
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
    /// The thing that the mention belongs to: `his` in `his plan`.
    pub owner: Option<u32>,
    /// True if nothing else fits.
    pub alone: bool,
    /// True for the subject of the clause behind: `When he left, Aso said ...`.
    pub ahead: bool,
    /// What the mention says, see [`Phrase`].
    pub phrase: &'a Phrase,
}

/// The words of a mention, made once for all pairs.
#[derive(Debug, Default)]
pub(crate) struct Phrase {
    pub lemma: String,
    pub words: Vec<String>,
    pub whole: String,
    pub after: Vec<String>,
}

impl Phrase {
    pub fn new(scan: &Scan<'_>, found: &Found) -> Self {
        if found.class.is_pronoun() {
            return Self::default();
        }
        let words = phrase_words(scan, found);
        Self {
            lemma: scan.lemma(found.head).to_lowercase(),
            whole: words.join(" "),
            words,
            after: after_words(scan, found),
        }
    }
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
            Kind::Time => F::IsTime,
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
        self.place(last, apart, &mut on);
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
        self.called(&mut on);
        if !found.class.is_pronoun() {
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
        if scan.quoted(found.head) && scan.quote[found.head] == scan.quote[last.head] {
            on(F::SameQuote);
        }
        match (scan.quoted(found.head), scan.quoted(last.head)) {
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
                    match found.part {
                        Part::Owner => on(Feature::OwnerOfClause),
                        Part::Object | Part::Oblique => on(Feature::ObjectOfClause),
                        Part::Subject | Part::Other => {}
                    }
                }
            }
            above = scan.syntax.head(token);
        }
    }

    /// Where the thing stood last, and where the mention stands.
    fn place(&self, last: &Found, apart: usize, on: &mut impl FnMut(Feature)) {
        use Feature as F;
        let (scan, found, thing) = (self.scan, self.found, self.thing);
        let subject = last.part == Part::Subject;
        let parallel = last.part == found.part && matches!(found.part, Part::Subject | Part::Object);
        match apart {
            0 if subject => on(F::SubjectSame),
            1 if subject => on(F::SubjectBefore),
            0 if last.part == Part::Owner => on(F::OwnerSameSentence),
            _ => {}
        }
        match apart {
            0 if parallel => on(F::ParallelSame),
            1 if parallel => on(F::ParallelBefore),
            _ => {}
        }
        if subject && thing.cluster.is_some() {
            on(F::NamedSubject);
        }
        if subject && self.rank == 0 {
            on(F::NearestSubject);
        }
        let first = thing.last.checked_sub(1).and_then(|before| scan.found.get(before));
        if first.is_none_or(|before| before.sentence != last.sentence) {
            on(F::FirstMention);
        }
        match scan.syntax.relation(last.head) {
            "conj" => on(F::WasJoined),
            "obl:agent" => on(F::WasAgent),
            _ => {}
        }
        // In a clause or a phrase that hangs on another.
        let above = last.governor.and_then(|governor| scan.syntax.head(governor));
        if above.and_then(|above| scan.syntax.head(above)).is_some() {
            on(F::Deep);
        }
        if self.alone {
            on(F::Alone);
        }
        if self.ahead {
            on(F::Ahead);
        }
    }

    /// What the thing was called by pronouns.
    fn called(&self, on: &mut impl FnMut(Feature)) {
        use Feature as F;
        for (class, feature) in [
            (Class::He, F::CalledHe),
            (Class::I, F::CalledI),
            (Class::We, F::CalledWe),
            (Class::You, F::CalledYou),
            (Class::They, F::CalledThey),
            (Class::It, F::CalledIt),
        ] {
            if self.thing.was_called(class) {
                on(feature);
                if class == self.found.class {
                    on(F::CalledSame);
                }
            }
        }
    }

    fn nouns(&self, last: &Found, on: &mut impl FnMut(Feature)) {
        use Feature as F;
        let (scan, found, thing, phrase) = (self.scan, self.found, self.thing, self.phrase);
        if thing.nouns.contains(&phrase.lemma) {
            on(F::NounSame);
        }
        if thing.name.contains(&phrase.lemma) {
            on(F::NounInName);
        }
        if last.entity.is_none() && scan.lemma(last.head).eq_ignore_ascii_case(&phrase.lemma) {
            on(F::LastNounSame);
        }
        if thing.phrases.contains(&phrase.whole) {
            on(F::PhraseSame);
        }
        let (mut same, mut other) = (false, false);
        for word in &phrase.words[..phrase.words.len().saturating_sub(1)] {
            if scan.lists.possessive.contains(word) {
                continue;
            }
            let known = thing.more.contains(word) || thing.name.contains(word);
            same |= known;
            other |= !known;
        }
        if same {
            on(F::WordSame);
        }
        if other {
            on(F::WordOther);
        }
        if !thing.name.is_empty() && phrase.words.iter().all(|word| thing.name.contains(word)) {
            on(F::NameSame);
        }
        if phrase.after.iter().any(|word| thing.after.contains(word)) {
            on(F::AfterSame);
        } else if !phrase.after.is_empty() {
            on(F::AfterOther);
        }
        match (self.owner, thing.owner) {
            (Some(a), Some(b)) => on(if a == b { F::OwnerSame } else { F::OwnerOther }),
            (Some(_), None) => on(F::OwnerOther),
            (None, _) => {}
        }
        self.joined(last, on);
        on(if found.kind == thing.kind { F::KindSame } else { F::KindOther });
    }

    /// `Kasuri, the minister`; `Kasuri is the minister`.
    fn joined(&self, last: &Found, on: &mut impl FnMut(Feature)) {
        let (scan, found) = (self.scan, self.found);
        let (relation, head) = (scan.syntax.relation(found.head), scan.syntax.head(found.head));
        if relation == "appos" && head == Some(last.head) {
            on(Feature::Apposed);
        }
        if is_predicate(scan, found.head)
            && scan.syntax.head(last.head) == Some(found.head)
            && scan.syntax.relation(last.head).starts_with("nsubj")
        {
            on(if found.kind == self.thing.kind { Feature::Predicate } else { Feature::PredicateOther });
        }
    }
}

fn is_predicate(scan: &Scan<'_>, token: usize) -> bool {
    scan.children(token).any(|child| scan.syntax.relation(child) == "cop")
}

/// True for the subject of a verb of speech.
pub(crate) fn is_speaker(scan: &Scan<'_>, found: &Found) -> bool {
    found.part == Part::Subject && found.governor.is_some_and(|verb| scan.lists.speaks(scan.lemma(verb)))
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
    if scan.quoted(found.head) {
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
        Kind::Group => on(F::NothingGroup),
        Kind::Time => on(F::NothingTime),
        Kind::Thing => on(F::NothingThing),
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
    if found.plural {
        on(F::NothingPlural);
    }
    if is_predicate(scan, found.head) {
        on(F::NothingPredicate);
    }
    match scan.syntax.relation(found.head) {
        "appos" => on(F::NothingApposed),
        "root" => on(F::NothingRoot),
        _ => {}
    }
    if found.phrase.1 > found.head + 4 {
        on(F::NothingLong);
    }
    if found.opening == Opening::The {
        on(F::NothingThe);
    }
    let word = scan.word(found.head);
    if word.starts_with(char::is_uppercase) {
        on(F::NothingCapital);
    }
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        on(F::NothingNumber);
    }
    if word.eq_ignore_ascii_case("that") {
        on(F::NothingThat);
    }
    match found.sentence {
        0..=5 => on(F::NothingEarly),
        6..=20 => {}
        _ => on(F::NothingLate),
    }
}
