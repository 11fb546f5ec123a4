//! The entity mention that a speaker is.
//!
//! A name is one by its head: `a spokesman for Trump` is not Trump. A pronoun or a title is one only where the context
//! settles it; else the stage says nothing.

use std::ops::Range;

use docmill_core::layers::{Sentences, Tokens};
use docmill_lexicon::lists::PRONOUNS;
use docmill_lexicon::word_classes;

use crate::lexicon::Lexicon;
use crate::marks::Region;
use crate::people::{Gender, People};
use crate::tags::{BREAK, Tags, VERB};

word_classes! { PRONOUNS:
    static HE = "he";
    static SHE = "she";
}

/// Sentences before the one of a pronoun in which somebody is looked for.
const SENTENCES_BACK: usize = 3;
/// Nor further back than so many tokens.
const TOKENS_BACK: usize = 400;

/// Finds mentions. Speakers are asked for in text order.
pub(crate) struct Mentions<'d> {
    people: &'d People<'d>,
    sentences: &'d Sentences,
    tokens: &'d Tokens,
    regions: &'d [Region],
    lexicon: &'d Lexicon,
    /// The last person who spoke, and in which sentence.
    last: Option<(u32, usize)>,
    /// The same of anything else that spoke: a state, a ministry, a newspaper.
    last_body: Option<(u32, usize)>,
}

impl<'d> Mentions<'d> {
    pub fn new(
        people: &'d People<'d>,
        sentences: &'d Sentences,
        tokens: &'d Tokens,
        regions: &'d [Region],
        lexicon: &'d Lexicon,
    ) -> Self {
        Self { people, sentences, tokens, regions, lexicon, last: None, last_body: None }
    }

    /// The mention that the speaker in `tokens` is.
    pub fn of_speaker(&mut self, tokens: &Range<usize>, sentence: usize) -> Option<u32> {
        let linked = if tokens.len() == 1 { self.people.stands_for(tokens.start) } else { None };
        let found = linked.or_else(|| self.by_words(tokens, sentence));
        match found {
            Some(person) if self.people.is_person(person) => self.last = Some((person, sentence)),
            Some(body) => self.last_body = Some((body, sentence)),
            None => {}
        }
        found
    }

    fn by_words(&self, tokens: &Range<usize>, sentence: usize) -> Option<u32> {
        if tokens.len() != 1 {
            return self.named(tokens);
        }
        match self.people.word(tokens.start).to_ascii_lowercase().as_str() {
            he if HE.contains(he) => self.person(tokens.start, sentence, Gender::Man),
            she if SHE.contains(she) => self.person(tokens.start, sentence, Gender::Woman),
            // Only what spoke just before: `The ministry denied it. It said ...`
            "it" | "its" => self.last_body.filter(|&(_, spoke)| spoke + 1 >= sentence).map(|(body, _)| body),
            // `whose` owns the speaker.
            who if who == "that" || (who != "whose" && self.tags(tokens.start).any(Tags::WHO)) => {
                self.antecedent(tokens.start)
            }
            _ => self.named(tokens),
        }
    }

    fn tags(&self, token: usize) -> Tags {
        self.lexicon.look_up(self.people.word(token)).tags
    }

    /// The name just before `who`.
    fn antecedent(&self, who: usize) -> Option<u32> {
        let before = who.checked_sub(1)?;
        let before = if self.tags(before).any(Tags::COMMA) { before.checked_sub(1)? } else { before };
        self.people.at(before)
    }

    fn named(&self, tokens: &Range<usize>) -> Option<u32> {
        let head = self.head(tokens.clone());
        if head + 1 < tokens.end && self.tags(head + 1).any(Tags::AND) {
            // `Washington and Seoul` are two.
            return None;
        }
        if let Some(mention) = self.people.at(head) {
            return Some(mention);
        }
        // `the defense minister, Cao Gangchuan`
        let comma = (head + 1..tokens.end).find(|&at| self.tags(at).any(Tags::COMMA));
        if let Some(comma) = comma {
            let name = (comma + 1..tokens.end.min(comma + 4)).find(|&at| self.people.at(at).is_some());
            let named = name.and_then(|at| self.people.at(at)).filter(|&m| self.people.is_person(m));
            if named.is_some() {
                return named;
            }
        }
        if let Some(mention) = self.people.stands_for(head) {
            return Some(mention);
        }
        let definite = self.people.word(tokens.start).eq_ignore_ascii_case("the")
            || self.tags(tokens.start).any(Tags::TITLE);
        let title = self.tags(head).any(Tags::TITLE);
        let bearer = (definite && title)
            .then(|| self.people.bearer(self.people.word(head), tokens.start, tokens.start..head))
            .flatten();
        bearer.or_else(|| self.only_person(tokens)).or_else(|| self.issuer(tokens, head))
    }

    /// The person whose name ends a phrase, or a part of it between commas: `Minister of Justice Amr Talat`, `spokesman Liu
    /// Jianchao Thursday`; not `a spokesman for Trump`, `the Biden team`, and nobody where two are named.
    fn only_person(&self, tokens: &Range<usize>) -> Option<u32> {
        let mut found = None;
        for token in tokens.clone() {
            let begins =
                |mention: &u32| token.checked_sub(1).and_then(|at| self.people.at(at)) != Some(*mention);
            let Some(mention) = self.people.at(token).filter(|&m| self.people.is_person(m)).filter(begins)
            else {
                continue;
            };
            if token > tokens.start && self.tags(token - 1).any(Tags::PREP | Tags::OF | Tags::BY | Tags::TO) {
                continue;
            }
            let end =
                (token..tokens.end).find(|&at| self.people.at(at) != Some(mention)).unwrap_or(tokens.end);
            let closed = Tags::COMMA | Tags::TIME | Tags::WHO | Tags::PREP | Tags::AND | BREAK;
            if self.owns(token) || (end < tokens.end && !self.tags(end).any(closed)) {
                continue;
            }
            if found.is_some_and(|other| !self.people.same(other, mention)) {
                return None;
            }
            found = found.or(Some(mention));
        }
        found
    }

    /// Whose statement, report or letter a phrase is: the only one named in it, else for `the statement` who spoke last.
    fn issuer(&self, tokens: &Range<usize>, head: usize) -> Option<u32> {
        if !self.tags(head).any(Tags::VENUE) {
            return None;
        }
        // `its statement`
        if self.tags(tokens.start).any(Tags::POSS) {
            return self.people.stands_for(tokens.start);
        }
        let mut named = tokens.clone().filter_map(|token| self.people.at(token));
        if let Some(first) = named.next() {
            return named.all(|other| self.people.same(first, other)).then_some(first);
        }
        let definite = self.people.word(tokens.start).eq_ignore_ascii_case("the") && head == tokens.start + 1;
        let sentence = self.sentences.index_at(self.tokens.all().get(head)?.start)?;
        let spoke = self.last.into_iter().chain(self.last_body).max_by_key(|&(_, spoke)| spoke);
        spoke.filter(|&(_, spoke)| definite && spoke + SENTENCES_BACK >= sentence).map(|(who, _)| who)
    }

    /// The last word of the phrase before commas, prepositions and clauses that say more of it.
    fn head(&self, tokens: Range<usize>) -> usize {
        let first = tokens.start;
        let more = |&at: &usize| {
            let tags = self.tags(at);
            let inside = self.people.at(at).is_some() && self.people.at(at) == self.people.at(at - 1);
            !inside
                && (tags.any(Tags::COMMA | Tags::WHO | Tags::AND | BREAK)
                    && !tags.any(Tags::STOP | Tags::HYPHEN)
                    || tags.any(Tags::PREP | Tags::TO | Tags::SUB)
                    || (tags.any(VERB) && !tags.any(Tags::NOUN) && self.people.at(at).is_none()))
        };
        (first + 1..tokens.end).find(more).unwrap_or(tokens.end) - 1
    }

    /// The person that `he` or `she` at `at` plainly is: the only one named in this sentence so far; else who spoke last,
    /// in this sentence or the one before; else the only one named in the sentences before.
    fn person(&self, at: usize, sentence: usize, gender: Gender) -> Option<u32> {
        let here = self.persons(sentence, sentence, at, gender);
        if let Some(only) = self.only(&here) {
            return Some(only);
        }
        let before = self.persons(sentence.saturating_sub(1), sentence, at, gender);
        let recent = |(_, spoke): &(u32, usize)| spoke + 1 >= sentence;
        if let Some((last, _)) =
            self.last.filter(recent).filter(|(last, _)| self.people.may_be(*last, gender))
        {
            return Some(before.iter().rev().copied().find(|&m| self.people.same(m, last)).unwrap_or(last));
        }
        if !before.is_empty() {
            return self.only(&before);
        }
        self.only(&self.persons(sentence.saturating_sub(SENTENCES_BACK), sentence, at, gender))
    }

    /// The last of several mentions of one person.
    fn only(&self, mentions: &[u32]) -> Option<u32> {
        let (&last, others) = mentions.split_last()?;
        others.iter().all(|&other| self.people.same(last, other)).then_some(last)
    }

    /// True if a name that ends with `token` is whose something is: `Petrov’s rallies` are not what `he` refers to.
    fn owns(&self, token: usize) -> bool {
        let next = (token + 1..token + 4).find(|&next| self.people.at(next) != self.people.at(token));
        next.is_some_and(|next| self.tags(next).any(Tags::APOS))
    }

    /// Persons named in some sentences before the token `at`, outside quotation marks.
    fn persons(&self, from: usize, sentence: usize, at: usize, gender: Gender) -> Vec<u32> {
        let paragraph = self.sentences.items[sentence].paragraph;
        let from = (from..=sentence)
            .find(|&s| self.sentences.items[s].paragraph + 1 >= paragraph)
            .unwrap_or(sentence);
        let mut found: Vec<u32> = Vec::new();
        let mut token = self.tokens.range_of(from).start.max(at.saturating_sub(TOKENS_BACK));
        let mut region = self.regions.partition_point(|r| r.tokens.end <= token);
        while token < at {
            while self.regions.get(region).is_some_and(|r| r.tokens.end <= token) {
                region += 1;
            }
            if let Some(quoted) = self.regions.get(region).filter(|r| r.tokens.start <= token) {
                token = quoted.tokens.end;
                continue;
            }
            if let Some(mention) = self.people.at(token)
                && self.people.is_person(mention)
                && self.people.may_be(mention, gender)
                && !self.owns(token)
                && found.last() != Some(&mention)
            {
                found.push(mention);
            }
            token += 1;
        }
        found
    }
}
