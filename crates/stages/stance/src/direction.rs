//! Who does it to whom, if it is plain: subject and object of the word that says what passes.
//!
//! There is no parser. A handful of frames is looked for, and where none fits nothing is said:
//!
//! - `A attacked B`, `A has imposed sanctions on B`, `A, which backs B, ...`; `A's attack on B`;
//! - `A was criticised by B`, `A drew criticism from B`;
//! - `A and B signed an agreement`, `cooperation between A and B`, `A's links with B`: either way;
//! - `A called for B to be banned`, `A is pressing to ensure that B is put on the list`: A wants it done to B;
//! - `A-backed B`.

use std::ops::Range;

use crate::lexicon::{Form, Hit};
use crate::relation::{Clause, Said};
use crate::root::Root;
use crate::vocabulary as v;

/// Who acts in a pair, in text order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agent {
    First,
    Second,
    Both,
}

/// What passes between two parties, and who does it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    pub said: Said,
    pub agent: Agent,
    /// 1 for the other, -1 against it, 0 neither.
    pub side: i8,
}

/// Most words between two parties.
pub(crate) const APART: usize = 40;
/// Most words of an object between the word that says it and the party: `imposed new sanctions on the government of`.
const OBJECT: usize = 8;

impl Clause<'_> {
    /// What passes between two parties, `first` before `second`, and who does it. `others`: the parties between them.
    pub fn reading(
        &self,
        first: &Range<usize>,
        second: &Range<usize>,
        others: &[Range<usize>],
    ) -> Option<Reading> {
        if second.start < first.end || second.start - first.end > APART {
            return None;
        }
        if self.coordinated(first, second) {
            return self.mutual(first, second);
        }
        let start = self.after_aside(first.end, second.start);
        let last = self.last_hit(start..second.start)?;
        // `A responded to C by banning B`, `A met C and banned B`: what comes before is passed over.
        let from = self.last_predicate(start..second.start).unwrap_or(start);
        let said = self.undenied(self.said(from..second.start)?);
        let preposition = (last.end..second.start).rev().find(|&i| v::is_preposition(self.words.get(i)));
        let preposition = preposition.map_or("", |i| self.words.get(i));
        let by = matches!(preposition, "by" | "from");
        if let Some(side) = self.wanted(said, second) {
            let plain = self.is_subject(first) && self.governs(first.end, start, said.hit.start, others);
            return plain.then_some(Reading { said, agent: Agent::First, side });
        }
        let whole = self.stands_alone(second.end) || v::is_belonging(self.words.get(second.end));
        if !whole || self.begins_clause(second) || !self.connected(said.hit.end.min(last.end), second.start) {
            return None;
        }
        // `A was attacked by B`, `A drew criticism from B`; but for `A refused a request from B`: there the verb says it.
        let passive = self.is_passive(said.hit, first, start);
        let noun = last.form == Form::Noun && (said.hit == last || !said.hit.form.is_verb());
        if by && (passive || noun) {
            let said = if passive { said } else { Said { root: last.root, hit: last, ..said } };
            let plain = self.is_subject(first);
            let near = last.start <= first.end + OBJECT && second.start <= last.end + OBJECT / 2;
            let side = if said.negated { 0 } else { said.root.side() };
            return (plain && near).then_some(Reading { said, agent: Agent::Second, side });
        }
        if passive || !self.is_subject(first) || !self.governs(first.end, start, said.hit.start, others) {
            return None;
        }
        if said.hit.form == Form::Noun && !self.owns(first.end, said.hit.start)
            || second.start > last.end + OBJECT
        {
            return None;
        }
        let mutual = said.hit.form == Form::Noun && last == said.hit && preposition == "with";
        let agent = if mutual { Agent::Both } else { Agent::First };
        let object = match preposition {
            // `the support of B` is what B gives.
            "of" => last.form != Form::Noun || last.root.side() != 1 || self.words.before(last.start) == "in",
            object if object.is_empty() || v::is_object_preposition(object) => true,
            "from" => said.root == Root::Sanction,
            "for" => last.form == Form::Noun || said.hit.root.side() == 1,
            _ => false,
        };
        let side = if object { self.side(said, start..second.start) } else { 0 };
        Some(Reading { said, agent, side })
    }

    /// Where the last of several predicates begins.
    fn last_predicate(&self, place: Range<usize>) -> Option<usize> {
        let hits = self.hits_in(place);
        hits.iter().rfind(|hit| self.is_means(**hit) || self.is_joined(**hit)).map(|hit| hit.start)
    }

    /// `and banned B`
    fn is_joined(&self, hit: Hit) -> bool {
        let adverb = usize::from(self.words.before(hit.start).ends_with("ly"));
        let finite = matches!(hit.form, Form::Past | Form::Participle | Form::Present);
        finite && self.words.before(hit.start.saturating_sub(adverb)) == "and"
    }

    /// `by banning B`
    fn is_means(&self, hit: Hit) -> bool {
        let adverb = usize::from(self.words.before(hit.start).ends_with("ly"));
        hit.form == Form::Ing && self.words.before(hit.start.saturating_sub(adverb)) == "by"
    }

    /// `A denied attacking B`, `A denies that it attacked B`: what is denied, not the denial.
    fn undenied(&self, said: Said) -> Said {
        let after = said.hit.end;
        let denies = self.words.get(said.hit.start).starts_with("den") && said.hit.root == Root::Reject;
        if !denies || !(self.words.get(after) == "that" || self.words.get(after).ends_with("ing")) {
            return said;
        }
        let next = self.hits_in(after..after + APART).iter().find(|hit| hit.root.relation().is_some());
        next.map_or(said, |&hit| Said { root: hit.root, hit, negated: true, intended: false })
    }

    /// `A and B`, with titles between at most.
    fn coordinated(&self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let between = first.end..second.start;
        between.len() <= 6
            && between.clone().any(|i| matches!(self.words.get(i), "and" | "&"))
            && between.into_iter().all(|i| {
                let word = self.words.get(i);
                v::is_pair_joint(word) || self.words.is_name(i) || v::is_agentive(word)
            })
    }

    /// What two coordinated parties do together or to each other.
    fn mutual(&self, first: &Range<usize>, second: &Range<usize>) -> Option<Reading> {
        let reading = |said: Said| {
            let side = if said.negated { 0 } else { said.root.side() };
            Some(Reading { said, agent: Agent::Both, side })
        };
        // `talks between A and B`
        let between = (1..=3).find(|&back| {
            first.start.checked_sub(back).is_some_and(|i| matches!(self.words.get(i), "between" | "among"))
        });
        if let Some(at) = between.map(|back| first.start - back) {
            let from = at.saturating_sub(4);
            let noun = self.hits_in(from..at).iter().rfind(|hit| hit.form == Form::Noun)?;
            return reading(self.said(noun.start..at)?);
        }
        let end = self.words.len().min(second.end + 12);
        let end = (second.end..end).find(|&i| v::is_break(self.words.get(i))).unwrap_or(end);
        let said = self.said(second.end..end)?;
        let plain = said.hit.start <= second.end + 6 && said.hit.form.is_verb();
        let passive = self.is_passive(said.hit, second, second.end);
        // A third party: `A and B signed an agreement with C`.
        let third = (said.hit.start..end).any(|i| {
            v::is_before_third_party(self.words.get(i)) && (i + 1..i + 4).any(|i| self.words.is_name(i))
        });
        let together = matches!(said.root, Root::Agree | Root::Cooperate | Root::Consult)
            || v::is_mutual(self.words.get(said.hit.start));
        (plain && !passive && !third && together && self.is_subject(first)).then(|| reading(said))?
    }

    /// The side that the first takes toward the second by what it wants done to it, without doing it itself: `A called
    /// for B to be banned`, `A is applying pressure to ensure that B is included on the list`.
    fn wanted(&self, said: Said, second: &Range<usize>) -> Option<i8> {
        if said.negated || !matches!(said.root, Root::Request | Root::Threaten | Root::Agree | Root::Support)
        {
            return None;
        }
        let end = self.words.len().min(second.end + 7);
        let be = (second.end..end.min(second.end + 3)).find(|&i| v::is_passive_be(self.words.get(i)))?;
        if (second.end..end).any(|i| v::is_not_done(self.words.get(i))) {
            return None;
        }
        let done = |hit: &&Hit| hit.form == Form::Participle;
        if let Some(hit) = self.hits_in(be + 1..end).iter().find(done) {
            return Some(hit.root.side());
        }
        let put = (be + 1..end).find(|&i| v::is_list_verb(self.words.get(i)))?;
        let listed = (put + 1..self.words.len().min(put + 8)).any(|i| v::is_list_noun(self.words.get(i)));
        (listed && self.hostile_list).then_some(-1)
    }

    fn last_hit(&self, place: Range<usize>) -> Option<Hit> {
        self.hits_in(place).iter().rfind(|hit| hit.root.relation().is_some()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Marked, clause_of};

    fn read(marked: &str) -> Option<(Agent, i8)> {
        let sentence = Marked::parse(marked);
        let clause = clause_of(&sentence);
        let (a, b) = (clause.words.range(sentence.first), clause.words.range(sentence.second));
        clause.reading(&a, &b, &[]).map(|reading| (reading.agent, reading.side))
    }

    #[test]
    fn subjects_and_objects() {
        use Agent::{Both, First, Second};
        for (sentence, agent, side) in [
            ("[Naryn] banned {Osh}", First, -1),
            ("[Naryn] has long backed {Osh}", First, 1),
            ("[Naryn] met {Osh}", First, 0),
            ("Officials of [Naryn] accused {Osh} of fraud", First, -1),
            ("[Naryn], who answered the blast at Rasht by swiftly banning {Osh}", First, -1),
            ("[Naryn]'s attack on {Osh}", First, -1),
            ("[Naryn] is increasing its military links with {Osh}", First, 1),
            ("[Naryn]'s links with {Osh}", Both, 1),
            ("[Naryn] was condemned by {Osh}", Second, -1),
            ("[Naryn] drew criticism from {Osh}", Second, -1),
            ("[Naryn] and {Osh} signed an agreement on trade", Both, 1),
            ("cooperation between [Naryn] and {Osh}", Both, 1),
            ("war between [Naryn] and {Osh}", Both, -1),
            ("[Naryn] called for {Osh} to be banned", First, -1),
            (
                "[Naryn] is applying pressure to ensure that {Osh} is put on the list of terrorist groups",
                First,
                -1,
            ),
            ("[Naryn] supports sanctions against {Osh}", First, -1),
            ("[Naryn] rejected talks with {Osh}", First, -1),
            ("[Naryn] lifted sanctions on {Osh}", First, 0),
            ("[Naryn] did not support {Osh}", First, 0),
            ("[Naryn] would not support {Osh}", First, -1),
            ("[Naryn] denied attacking {Osh}", First, 0),
            ("[Naryn] welcomed the support of {Osh}", First, 0),
            ("[Naryn] voted in support of {Osh}", First, 1),
        ] {
            let found = read(sentence);
            assert_eq!(found, Some((agent, side)), "{sentence}");
        }
    }

    #[test]
    fn where_it_is_not_plain_nothing_is_said() {
        for sentence in [
            "[Naryn] was banned in {Osh}",
            "A [Naryn] man attacked {Osh}",
            "The attack on [Naryn] angered {Osh}",
            "[Naryn] said the attack on {Osh} was a mistake",
            "[Naryn] condemned the war, and {Osh} did too",
            "[Naryn] fell; Rasht banned {Osh}",
            "[Naryn] grew while Rasht banned {Osh}",
            "[Naryn] banned {Osh} supporters and fans",
            "[Naryn] banned {Osh}'s rivals",
            "[Naryn] and {Osh} signed an agreement with Rasht",
            "They urged [Naryn] to ban {Osh}",
        ] {
            let side = read(sentence).map_or(0, |(_, side)| side);
            assert_eq!(side, 0, "{sentence}");
        }
        assert_eq!(read("[Naryn] condemned the attack on {Osh}").map(|(_, side)| side), Some(0));
    }
}
