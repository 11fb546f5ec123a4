//! Who the opening of a text means, if it names him only further down: `FM spokesman: ...`, later `spokesman Liu Jianchao`.

use std::ops::Range;

use docmill_core::layers::{Roles, Sentences, Tokens, Upos};

use crate::people::People;
use crate::tree::Tree;

/// Sentences of the opening: a headline and the two sentences after it.
const OPENING: usize = 3;
/// So many sentences further down the name stands at most.
const AHEAD: usize = 8;
/// Roles that are looked at for each speaker.
const MOST_ROLES: usize = 64;

/// The persons of a document by their roles.
pub(crate) struct NamedLater<'d> {
    roles: &'d Roles,
    people: &'d People<'d>,
    tree: &'d Tree<'d>,
    sentences: &'d Sentences,
    tokens: &'d Tokens,
}

impl<'d> NamedLater<'d> {
    pub fn new(
        roles: &'d Roles,
        people: &'d People<'d>,
        tree: &'d Tree<'d>,
        sentences: &'d Sentences,
        tokens: &'d Tokens,
    ) -> Self {
        Self { roles, people, tree, sentences, tokens }
    }

    /// The first person named after a speaker of the opening who has the speaker's role; none if the two belong to
    /// different states, or if a second person with that role is named near him.
    pub fn of(&self, speaker: &Range<usize>) -> Option<u32> {
        let head = self.tree.top(speaker).filter(|&head| self.tree.upos(head) == Upos::Noun)?;
        let sentence = self.sentences.index_at(self.tokens.all().get(head)?.start)?;
        let plural = self.people.word(head).to_lowercase() != self.tree.lemma(head).to_lowercase();
        if sentence >= OPENING || plural {
            return None;
        }
        let owner = speaker.clone().filter(|&token| token != head).find_map(|token| self.people.at(token));
        let ahead = sentence as u32 + 1..(sentence + AHEAD) as u32;
        let first = self.roles.items.partition_point(|role| role.sentence < ahead.start);
        let mut found: Option<u32> = None;
        let behind = self.roles.items.iter().skip(first).take(MOST_ROLES);
        for role in behind.take_while(|role| role.sentence < ahead.end) {
            let words = self.token(role.role.start)..self.token(role.role.end);
            let same = self.tree.top(&words).is_some_and(|top| self.tree.lemma(top) == self.tree.lemma(head));
            let apart = owner.zip(role.organization).is_some_and(|(a, b)| {
                self.people.is_place(a) && self.people.is_place(b) && !self.people.same(a, b)
            });
            if !same || apart {
                continue;
            }
            match found {
                Some(other) if !self.people.same(other, role.person) => return None,
                Some(_) => {}
                None => found = Some(role.person),
            }
        }
        found
    }

    /// The first token that starts at a byte or after it.
    fn token(&self, at: u32) -> usize {
        self.tokens.all().partition_point(|token| token.start < at)
    }
}
