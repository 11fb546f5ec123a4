//! What stands around a party: whether it is a subject, an object, or only part of a phrase. There is no parser; where
//! these checks are in doubt they say no.

use std::ops::Range;

use crate::direction::APART;
use crate::lexicon::{Form, Hit};
use crate::relation::Clause;
use crate::vocabulary as v;

/// Longest aside after a party.
const ASIDE_LONG: usize = 30;

impl Clause<'_> {
    /// Whether the party can be a subject: it is no object and in no prepositional phrase, but for `minister of A`.
    pub fn is_subject(&self, party: &Range<usize>) -> bool {
        // `the example of A, who ...`
        let comma = usize::from(self.words.get(party.end) == ",");
        if matches!(self.words.get(party.end + comma), "who" | "which") {
            return true;
        }
        let mut i = party.start;
        while i > 0 && party.start - i < 4 {
            let before = self.words.before(i);
            if v::is_preposition(before) {
                let heads = (i.saturating_sub(4)..i - 1).any(|i| v::is_agentive(self.words.get(i)));
                return heads && v::is_body_preposition(before);
            }
            let hit = self.hits_in(i.saturating_sub(4)..i).iter().find(|hit| i <= hit.end);
            if hit.is_some_and(|hit| hit.form.is_verb()) {
                return false;
            }
            let after = self.words.get(party.end);
            let verb = self.hits_in(party.end..party.end + 1).iter().any(|hit| hit.form.is_verb());
            if matches!(before, "and" | "but") && (verb || v::is_auxiliary(after)) {
                break;
            }
            // `On Tuesday A`, `the minister said A`
            if v::is_time(before) || v::is_break(before) || v::is_saying(before) || v::is_auxiliary(before) {
                break;
            }
            i -= 1;
        }
        true
    }

    /// Whether the word at `to` is said of the party that ends at `from`; nobody else, and no other clause, comes
    /// between. `start`: after the party's aside.
    pub fn governs(&self, from: usize, start: usize, to: usize, others: &[Range<usize>]) -> bool {
        let another = others.iter().filter(|other| other.start >= start && other.end <= to).any(|other| {
            let determined = v::is_determiner(self.words.before(other.start));
            let before = self.words.before(other.start - usize::from(determined && other.start > 0));
            let object =
                self.hits_in(other.start.saturating_sub(1)..other.start).iter().any(|hit| hit.form.is_verb());
            let after = self.words.get(other.end);
            // `A and C condemned`; but `A left and C condemned`.
            let joined = before == "and"
                && ((start..other.start).all(|i| self.is_listed(i)) || to > other.end + 2)
                || before == "," && matches!(after, "," | "and");
            !(joined || object || before == "'s" || v::is_preposition(before))
        });
        let relative = v::is_relative(self.words.get(start)) || self.words.get(start) == ",";
        let clause = (start + usize::from(relative)..to).any(|i| {
            let word = self.words.get(i);
            // `A said that it would`
            let own = word == "that" && v::is_subject_pronoun(self.words.get(i + 1));
            let listed = word == "," && self.words.is_name(i + 1);
            let who = matches!(word, "who" | "which") && self.words.before(i) == ",";
            v::is_break(word) && !v::is_saying(word) && !own && !listed && !who
        });
        !another
            && !clause
            && self.stands_alone(from)
            && to <= from + APART / 2 + ASIDE_LONG * usize::from(start > from)
    }

    /// Whether a party that ends at `end` is a noun, not the first part of one: `a Brooklyn man`.
    pub fn stands_alone(&self, end: usize) -> bool {
        let word = self.words.get(end);
        let plain = !word.starts_with(|c: char| c.is_ascii_lowercase()) || self.words.is_name(end);
        let after = if word == "'s" { self.words.get(end + 1) } else { word };
        if v::is_adversary(after) {
            return false;
        }
        plain
            || v::is_function_word(word)
            || v::is_preposition(word)
            || v::is_break(word)
            || v::is_agentive(word)
            || v::is_saying(word)
            || v::is_light_verb(word)
            || word.ends_with("ly")
            || word.ends_with("ed")
            || !self.hits_in(end..end + 1).is_empty()
            || self.hits_in(end + 1..end + 4).iter().any(|hit| hit.form == Form::Noun)
            || self
                .hits
                .iter()
                .any(|hit| hit.start == end + 1 && hit.form.is_verb() && v::is_function_word(word))
    }

    /// Whether nothing but an object or a list stands there.
    pub fn connected(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| {
            let word = self.words.get(i);
            let listed = word == ","
                && ((from..to).all(|i| self.is_listed(i)) || self.words.get(i + 1) == "including");
            listed || !v::is_break(word) || (word == "as" && self.words.get(i + 1) == "well")
        })
    }

    /// `..., and B did too`: B is no object but the subject of a clause of its own.
    pub fn begins_clause(&self, second: &Range<usize>) -> bool {
        let determined = usize::from(self.words.before(second.start) == "the");
        let joined = v::is_coordinator(self.words.before(second.start - determined.min(second.start)));
        joined && (v::is_auxiliary(self.words.get(second.end)) || v::is_saying(self.words.get(second.end)))
    }

    pub fn is_listed(&self, i: usize) -> bool {
        v::is_in_list(self.words.get(i)) || self.words.is_name(i)
    }

    /// Whether a noun at `to` is that of the party that ends at `from`: `A's attack`, `A launched an attack`.
    pub fn owns(&self, from: usize, to: usize) -> bool {
        let near = to - from <= 4
            && (from..to).all(|i| {
                let word = self.words.get(i);
                !v::is_no_owner(word) && !v::is_preposition(word)
            });
        near || (to.saturating_sub(7).max(from)..to).any(|i| v::is_light_verb(self.words.get(i)))
    }

    /// Whether a participle is passive: after a form of `be`, or at once after its party's comma, or before a
    /// preposition that it does not take.
    pub fn is_passive(&self, hit: Hit, subject: &Range<usize>, start: usize) -> bool {
        if hit.form != Form::Participle {
            return false;
        }
        let be = |i: usize| v::is_be(self.words.get(i));
        let after = self.words.get(hit.start + 1);
        let bare = hit.end == hit.start + 1 && v::is_passive_preposition(after);
        // `A, detained at C,`; but `the spokesman, A, accused`.
        let apposed = self.words.before(subject.start) == ",";
        let reduced = self.words.before(hit.start) == "," && hit.start <= start + 1 && !apposed;
        bare || reduced || (hit.start.saturating_sub(4).max(subject.end)..hit.start).any(be)
    }
}
