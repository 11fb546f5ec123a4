//! Whom `he`, `it` and `the organization` stand for: where the text leaves no choice, by whom it named before.

use std::ops::Range;

use docmill_core::Span;

use crate::names::Kind;
use crate::scene::Scene;
use crate::vocabulary;
use crate::words::Words;

impl Scene<'_> {
    /// The one that `it` at word `i` stands for: the subject that opens this sentence, or for an `it` that opens it itself
    /// that of the sentence before.
    pub fn subject_before(
        &self,
        words: &Words<'_>,
        i: usize,
        before: Range<usize>,
        mentions: Range<usize>,
    ) -> Option<u32> {
        let opens = i == 0;
        let joined = vocabulary::is_clause_joint(words.before(i));
        let first = if opens { before.start } else { mentions.start };
        let among = if opens { before } else { mentions };
        let entity = self.entities.get(first).filter(|_| among.contains(&first) && (opens || joined))?;
        let sentence = self.sentences.items.get(entity.sentence as usize)?;
        // `The` at most before it.
        let lead = self.text.get(sentence.span.start as usize..entity.span.start as usize)?;
        let plain = lead.is_empty() || lead.eq_ignore_ascii_case("the ");
        (plain && !self.cited[first] && !self.names.is(first, Kind::Person)).then_some(first as u32)
    }

    /// The one entity of a kind that the sentence before, or this one before the anaphor, names; none if there are two,
    /// or none.
    pub fn one_before(
        &self,
        kind: Kind,
        anaphor: Span,
        before: Range<usize>,
        mentions: Range<usize>,
    ) -> Option<u32> {
        let here = mentions.start
            ..mentions.start + self.entities.get(mentions)?.partition_point(|e| e.span.end <= anaphor.start);
        // Where so many are named, nobody is plainly meant.
        if before.len() + here.len() > MANY {
            return None;
        }
        let mut named = before.chain(here).filter(|&i| !self.cited[i] && self.names.is(i, kind));
        let first = named.next()?;
        named.try_fold(first, |first, i| self.names.same(first, i).then_some(i)).map(|last| last as u32)
    }
}

/// So many entities leave an anaphor open.
const MANY: usize = 32;

/// What kind of entity a word stands for, and where the phrase begins: `he`, `the organization`.
pub(crate) fn anaphor(words: &Words<'_>, i: usize) -> Option<(Kind, usize)> {
    let kind = match words.get(i) {
        "he" | "she" => return Some((Kind::Person, i)),
        noun if vocabulary::is_organization_noun(noun) => Kind::Organization,
        noun if vocabulary::is_state_noun(noun) => Kind::State,
        noun if vocabulary::is_office_noun(noun) => Kind::Person,
        _ => return None,
    };
    let definite = vocabulary::is_definite(words.before(i)) && !words.is_name(i);
    // `the party leader`, `the group of states`, `the group Hezbollah`, `the country that` name something else.
    let next = words.get(i + 1);
    let whole = next.is_empty()
        || !next.starts_with(|c: char| c.is_ascii_alphabetic())
        || next == "'s"
        || vocabulary::is_function_word(next)
        || vocabulary::is_saying(next) && !words.is_name(i + 1)
        || vocabulary::is_preposition(next) && !matches!(next, "of" | "for");
    (definite && whole).then(|| (kind, i - 1))
}
