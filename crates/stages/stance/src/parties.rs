//! Who can hold a stance in a sentence, or be its target.

use std::ops::Range;

use docmill_core::Span;

use crate::anaphora::anaphor;
use crate::party::{Party, Who};
use crate::relation::Clause;
use crate::scene::Scene;
use crate::vocabulary;

impl Scene<'_> {
    /// The parties of a sentence, in text order. `before`, `mentions`: the indices of the entities of the sentence before
    /// and of this one.
    pub fn parties(
        &self,
        sentence: usize,
        before: Range<usize>,
        mentions: Range<usize>,
        clause: &Clause<'_>,
    ) -> Vec<Party> {
        let words = &clause.words;
        let mut parties: Vec<Party> = (mentions.clone())
            .filter(|&i| !self.cited[i])
            .map(|i| Party { span: self.entities[i].span, who: Who::Entity(i as u32) })
            .collect();
        let paragraph = |i: usize| self.sentences.items.get(i).map(|sentence| sentence.paragraph);
        let joined = sentence > 0 && paragraph(sentence - 1) == paragraph(sentence);
        let before = if joined { before } else { mentions.start..mentions.start };
        let is_mark = |i: &usize| matches!(words.get(*i), "“" | "\"" | "``");
        let first_mark = (0..words.len()).find(is_mark).unwrap_or(words.len());
        for i in 0..words.len() {
            let Some(token) = words.span(i) else { continue };
            let word = words.get(i);
            let (span, who) = if vocabulary::is_first_person(word) && self.is_pronoun(token, word) {
                (token, self.first_person(token, i > first_mark))
            } else if word == "it" && clause.hits_in(i + 1..i + 4).iter().any(|hit| hit.form.is_verb()) {
                let subject = self.subject_before(words, i, before.clone(), mentions.clone());
                (token, subject.map(Who::Entity))
            } else if let Some((kind, first)) = anaphor(words, i) {
                let span = words.span(first).map_or(token, |span| span.cover(token));
                (span, self.one_before(kind, span, before.clone(), mentions.clone()).map(Who::Entity))
            } else {
                continue;
            };
            parties.extend(who.map(|who| Party { span, who }));
        }
        parties.sort_by_key(|party| party.span.start);
        parties
    }

    /// `US` is no pronoun, nor is the `I` of `Zone I`.
    fn is_pronoun(&self, token: Span, word: &str) -> bool {
        let written = token.slice(self.text).unwrap_or_default();
        let all_capitals = written.len() > 1 && written.chars().all(char::is_uppercase);
        !all_capitals && (word != "i" || self.quotation(token).is_some())
    }

    /// Inside a quotation, its speaker; outside, the author. In a quotation without speaker nobody.
    fn first_person(&self, token: Span, marked: bool) -> Option<Who> {
        match self.quotation(token) {
            // Nobody has looked for quotations; what stands between marks is not the author's.
            None if marked && self.quotes.is_empty() => None,
            Some(quote) => {
                let speaker = quote.speaker?;
                Some(Who::Speaker(speaker.entity, speaker.span))
            }
            None => Some(Who::Author),
        }
    }
}
