//! Pronouns and nouns as mentions.

use std::ops::Range;

use docmill_core::layers::Upos;

use super::class::Class;
use super::scan::{Opening, Scan};
use super::words::{Kind, Pronoun};

/// Steps to the left for the beginning of a noun phrase.
const MOST_WORDS: usize = 8;

/// Relations of nouns inside the phrase of another.
const INSIDE: [&str; 11] = [
    "advmod",
    "amod",
    "case",
    "compound",
    "discourse",
    "fixed",
    "flat",
    "goeswith",
    "mark",
    "nmod:desc",
    "reparandum",
];

impl Scan<'_> {
    pub(super) fn pronoun(&mut self, token: usize, sentence: usize) {
        let word = self.word(token).to_ascii_lowercase();
        let relation = self.syntax.relation(token);
        let is_pronoun = self.upos(token) == Upos::Pron;
        // `which` and `that` are relative by their place in the sentence.
        let relative = is_pronoun && (word == "which" || word == "that" && self.is_relative(token));
        let pronoun = match self.lists.pronoun(&word) {
            _ if relative => {
                Pronoun { class: Class::Relative, kind: Kind::Thing, gender: None, plural: false }
            }
            Some(this) if this.class == Class::This && !is_pronoun && relation == "det" => return,
            Some(some)
                if some.class == Class::Some && some.kind == Kind::Group && relation.starts_with("det") =>
            {
                return;
            }
            Some(pronoun) => pronoun,
            None => return,
        };
        let Pronoun { class, kind, gender, plural } = pronoun;
        self.push(token, token, sentence, class, kind, gender, plural, Opening::Bare, None);
    }

    /// `that` in a clause that hangs on a noun before it.
    fn is_relative(&self, token: usize) -> bool {
        let mut at = token;
        for _ in 0..4 {
            let Some(head) = self.syntax.head(at) else { return false };
            if self.syntax.relation(at).starts_with("acl") {
                return head < token;
            }
            at = head;
        }
        false
    }

    /// A number that stands alone: `in 2009`.
    pub(super) fn number(&mut self, token: usize, sentence: usize) {
        let relation = self.syntax.relation(token);
        let alone = ["nsubj", "obj", "obl", "nmod", "dep", "appos", "list", "root", "conj"];
        if alone.contains(&relation.split(':').next().unwrap_or_default()) {
            self.push(token, token, sentence, Class::Bare, Kind::Time, None, false, Opening::Bare, None);
        }
    }

    pub(super) fn noun(&mut self, token: usize, sentence: usize, range: &Range<usize>) {
        if INSIDE.contains(&self.syntax.relation(token)) {
            return;
        }
        // `Foreign Minister Kasuri`: part of the name's phrase.
        if self.children(token).any(|child| {
            child > token && self.name_of[child].is_some() && self.syntax.relation(child) == "flat"
        }) {
            return;
        }
        let lemma = self.lemma(token).to_lowercase();
        let word = self.word(token);
        let plural = self.upos(token) == Upos::Noun
            && !word.eq_ignore_ascii_case(&lemma)
            && (word.ends_with('s') || word.ends_with("men") || word.ends_with("people"));
        let known = self.lists.noun(&lemma);
        let (kind, gender) = known.unwrap_or((Kind::Thing, None));
        let (first, opening) = self.opening(token, range);
        let definite = matches!(opening, Opening::The | Opening::This);
        let class = match kind {
            _ if known.is_none() && self.upos(token) != Upos::Noun => Class::Proper,
            _ if opening == Opening::New => Class::Indefinite,
            Kind::State if opening == Opening::Owned => Class::Body,
            _ if opening == Opening::Owned => Class::Owned,
            _ if opening == Opening::Bare => Class::Bare,
            _ if plural && definite => Class::Plural,
            Kind::Person => Class::Person,
            Kind::Organization | Kind::State | Kind::Place => Class::Body,
            Kind::Thing | Kind::Group | Kind::Time => Class::Thing,
        };
        let kind = if plural && kind == Kind::Person { Kind::Group } else { kind };
        self.push(first, token, sentence, class, kind, gender, plural || kind == Kind::Group, opening, None);
    }

    /// Where the words before a noun begin, and what opens them.
    fn opening(&self, token: usize, range: &Range<usize>) -> (usize, Opening) {
        let mut opening = Opening::Bare;
        let mut first = token;
        for child in self.children(token).filter(|&child| child < token) {
            let relation = self.syntax.relation(child);
            if !matches!(relation, "det" | "amod" | "compound" | "nmod:poss" | "nummod" | "nmod:desc")
                || child < range.start
                || token - child > MOST_WORDS
            {
                continue;
            }
            first = first.min(child);
            match (relation, self.word(child).to_ascii_lowercase().as_str()) {
                ("det", "the") => opening = Opening::The,
                ("det", word) if self.lists.pronoun(word).is_some_and(|of| of.class == Class::This) => {
                    opening = Opening::This;
                }
                ("det", _) => opening = Opening::New,
                ("nmod:poss", _) => opening = Opening::Owned,
                _ => {}
            }
        }
        (first, opening)
    }
}
