//! Speech by the dependency tree: a verb of speech with its subject and its clause.

use std::ops::Range;

use docmill_core::layers::Upos;

use crate::cue::{Cue, CueKind, Takes};
use crate::lexicon::Lexicon;
use crate::marks::Region;
use crate::people::People;
use crate::tags::Tags;
use crate::tree::{CLIMB, Tree};

/// Who says what, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub cue: Range<usize>,
    pub source: Option<Range<usize>>,
    pub contents: Vec<Range<usize>>,
}

/// A clause with so few tokens between marks is a name or a word held at a distance, not something said.
const SHORTEST_MARKED: usize = 5;

/// Reads sentences.
pub(crate) struct Finder<'f> {
    pub tree: &'f Tree<'f>,
    pub people: &'f People<'f>,
    pub lexicon: &'f Lexicon,
    pub regions: &'f [Region],
}

impl Finder<'_> {
    /// All speech of the sentence with these tokens, in text order of the cues.
    pub fn all(&self, sentence: &Range<usize>) -> Vec<Spoken> {
        let mut found = Vec::new();
        for i in sentence.clone() {
            found.extend(self.according(i, sentence).or_else(|| self.by_verb(i, sentence)));
        }
        found.extend(self.marked(sentence, &found));
        let happened = |spoken: &&Spoken| !self.is_unsaid(spoken, &found);
        let mut said: Vec<Spoken> = found.iter().filter(happened).cloned().collect();
        said.sort_by_key(|spoken| spoken.cue.start);
        said
    }

    pub fn is(&self, i: usize, word: &str) -> bool {
        self.people.word(i).eq_ignore_ascii_case(word)
    }

    fn by_verb(&self, v: usize, sentence: &Range<usize>) -> Option<Spoken> {
        let cue = self.cue(v)?;
        let group = self.group(v);
        let source = self.source(v, &group, sentence);
        // Content reaches neither over the verb nor over its subject.
        let edges: Vec<&Range<usize>> = source.iter().chain([&group]).collect();
        let contents = self.contents(v, cue, sentence, &edges)?;
        let nested = self.is_marked_at(v);
        let own = source.as_ref().is_some_and(|s| ["i", "we"].iter().any(|word| self.is(s.start, word)));
        // What nobody is named for is a report's own words; what one says of oneself is said already.
        let told = source.is_some() || contents.iter().any(|content| self.is_marked(content));
        (told && !(nested && (own || source.is_none()))).then_some(Spoken { cue: group, source, contents })
    }

    /// Whether a stretch can be what somebody says: a clause with its subject, or words between marks.
    pub fn is_said(&self, range: &Range<usize>) -> bool {
        self.tree.has_clause(range) || self.is_marked(range)
    }

    /// Whose words they are.
    pub fn source(&self, v: usize, group: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let nested = self.is_marked_at(v);
        let subject = self.participle(v, nested).or_else(|| self.tree.subject(v));
        let subject = subject.filter(|&subject| nested || !self.is_marked_at(subject));
        if let Some(subject) = subject {
            return Some(self.tree.phrase(subject));
        }
        // Where the parser found none: who stands beside the verb.
        let before = group.start.checked_sub(1).filter(|before| *before >= sentence.start);
        let behind = matches!(self.people.word(v.checked_sub(1)?), "," | "”" | "\"" | "''" | "’");
        let behind = Some(v + 1).filter(|i| behind && v > sentence.start && *i < sentence.end);
        let beside = before.into_iter().chain(behind).find(|&i| self.is_somebody(i));
        let Some(beside) = beside else { return self.inverted(behind?, sentence) };
        let mention = self.people.at(beside);
        let same = |i: &usize| mention.is_some() && self.people.at(*i) == mention;
        let start = (sentence.start..beside).rev().take_while(same).last().unwrap_or(beside);
        let end = (beside + 1..sentence.end).take_while(same).last().map_or(beside + 1, |last| last + 1);
        Some(start..end)
    }

    /// The noun phrase that begins with the token behind a quotation and its verb: `“Go,” said the old man.`
    fn inverted(&self, first: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let mut top = first;
        for _ in 0..CLIMB {
            match self.tree.head(top) {
                Some(head) if head > top && head < sentence.end && !self.tree.is_clause(head) => top = head,
                _ => break,
            }
        }
        let determined = self.tree.child(top, "det").is_some();
        let noun = matches!(self.tree.upos(top), Upos::Noun | Upos::Propn) || determined;
        let phrase = self.tree.phrase(top);
        (noun && phrase.start == first && !self.tree.is_time(top)).then_some(phrase)
    }

    /// What the lists say of the verb `v`, or of `clear` in `made it clear that`.
    pub fn cue(&self, v: usize) -> Option<Cue> {
        let cue = self.lexicon.look_up(self.people.word(v)).cue?;
        let it = cue.kind == CueKind::Adjective && cue.takes.any(Takes::word("it"));
        if it && self.tree.base(v) == "xcomp" && self.tree.head(v).is_some_and(|verb| verb < v) {
            return Some(Cue { kind: CueKind::Say, takes: Takes::CLAUSE });
        }
        let verb = self.tree.upos(v) == Upos::Verb && matches!(cue.kind, CueKind::Say | CueKind::Speech);
        verb.then_some(cue)
    }

    /// The verb with what belongs to it: `has said`, `pointed out`.
    fn group(&self, v: usize) -> Range<usize> {
        let mut range = v..v + 1;
        for c in self.tree.children(v) {
            let part = match self.tree.relation(c) {
                "aux" | "aux:pass" if c < v => c..v + 1,
                "compound:prt" if c == v + 1 => v..c + 1,
                _ => continue,
            };
            let near = (part.start..part.end)
                .all(|i| i == v || i == c || matches!(self.tree.upos(i), Upos::Aux | Upos::Adv | Upos::Part));
            if near {
                range = range.start.min(part.start)..range.end.max(part.end);
            }
        }
        range
    }

    /// What the verb of speech `v` says was said.
    fn contents(
        &self,
        v: usize,
        cue: Cue,
        sentence: &Range<usize>,
        edges: &[&Range<usize>],
    ) -> Option<Vec<Range<usize>>> {
        let tree = self.tree;
        let out = tree
            .children(v)
            .any(|c| tree.relation(c) == "compound:prt" && cue.takes.any(Takes::word(self.people.word(c))));
        let clause = cue.takes.any(Takes::CLAUSE) && !cue.takes.any(Takes::WEAK) || out;
        let mut found = Vec::new();
        for c in tree.children(v) {
            let taken = match tree.base(c) {
                "ccomp" => clause || tree.is_infinitive(c) && cue.takes.any(Takes::INFINITIVE),
                "xcomp" | "advcl" if tree.is_infinitive(c) => {
                    cue.takes.any(Takes::INFINITIVE) && c > v && tree.is_verbal(c)
                }
                "xcomp" => cue.takes.any(Takes::GERUND) && self.people.word(c).ends_with("ing"),
                "parataxis" => clause && (self.is_marked(&tree.reach(c)) || c > v && self.after_colon(c)),
                "obj" | "dep" => clause && self.is_marked(&tree.reach(c)),
                _ => false,
            };
            if taken {
                found.push(self.trimmed(tree.reach(c), Some(c), edges));
            }
        }
        if found.is_empty() && clause {
            found.extend(self.apart(v, cue).map(|c| self.trimmed(tree.reach(c), Some(c), edges)));
        }
        if found.is_empty() && clause && cue.kind == CueKind::Say {
            found.extend(self.around(v, sentence, edges));
        }
        if found.is_empty() && clause && cue.is_plain() {
            found.extend(self.main_clause(v).map(|range| self.trimmed(range, None, edges)));
        }
        let relative =
            |content: &Range<usize>| self.is(content.start, "who") || self.is(content.start, "which");
        found.retain(|content| content.len() > 1 && !relative(content));
        (!found.is_empty()).then_some(found)
    }

    /// `We left, he said, and they came`: the clause that `v` stands beside or in.
    fn around(&self, v: usize, sentence: &Range<usize>, edges: &[&Range<usize>]) -> Vec<Range<usize>> {
        let tree = self.tree;
        let beside = tree.base(v) == "parataxis"
            || tree.base(v) == "advcl"
                && tree.children(v).any(|c| tree.base(c) == "mark" && self.is(c, "as"));
        let Some(head) = tree.head(v).filter(|_| beside) else { return Vec::new() };
        let (own, whole) = (tree.reach(v), tree.reach(head));
        let whole = whole.start.max(sentence.start)..whole.end.min(sentence.end);
        let parts = [whole.start..own.start, own.end..whole.end];
        let parts = parts.into_iter().filter(|part| part.start < part.end);
        let parts: Vec<_> = parts.map(|part| self.trimmed(part, None, edges)).collect();
        // `The army, he said, had left`: one clause in two parts.
        let one =
            tree.has_clause(&whole) && tree.child(head, "nsubj").is_some_and(|c| c < own.start) && head > v;
        parts.into_iter().filter(|part| one && !part.is_empty() || self.is_said(part)).collect()
    }

    /// The part without the edges that it must not reach over, without marks and conjunctions at its ends: that in which
    /// `head` stands, else the longest.
    fn trimmed(&self, range: Range<usize>, head: Option<usize>, edges: &[&Range<usize>]) -> Range<usize> {
        let mut range = range;
        for edge in edges {
            if edge.start >= range.end || range.start >= edge.end {
                continue;
            }
            let before = range.start..edge.start.max(range.start);
            let behind = edge.end.min(range.end)..range.end;
            let first = match head {
                Some(head) if before.contains(&head) => true,
                Some(head) if behind.contains(&head) => false,
                _ => before.len() > behind.len(),
            };
            range = if first { before } else { behind };
        }
        let edge = |i: usize| {
            matches!(self.people.word(i), "," | ";" | ":" | "-" | "--" | "—" | "–" | "." | "(" | ")")
        };
        while range.start < range.end && (edge(range.start) || self.is_opening(range.start)) {
            range.start += 1;
        }
        while range.start < range.end && edge(range.end - 1) {
            range.end -= 1;
        }
        range
    }

    /// A word that leads to a clause without being part of it.
    fn is_opening(&self, i: usize) -> bool {
        let that = self.is(i, "that") && self.tree.base(i) == "mark";
        that || self.tree.base(i) == "cc"
    }

    fn after_colon(&self, c: usize) -> bool {
        let start = self.tree.reach(c).start;
        self.is(start, ":") || start.checked_sub(1).is_some_and(|before| self.is(before, ":"))
    }

    /// Whether token `i` stands between quotation marks.
    pub fn is_marked_at(&self, i: usize) -> bool {
        let at = self.regions.partition_point(|region| region.tokens.end <= i);
        self.regions.get(at).is_some_and(|region| region.tokens.start <= i)
    }

    /// Whether a stretch between quotation marks makes up a good part of `range`.
    fn is_marked(&self, range: &Range<usize>) -> bool {
        let first = self.regions.partition_point(|region| region.tokens.end <= range.start);
        let regions = self.regions.get(first..).unwrap_or_default();
        regions.iter().take_while(|region| region.tokens.start < range.end).any(|region| {
            let shared = region.tokens.end.min(range.end) - region.tokens.start.max(range.start);
            shared >= SHORTEST_MARKED && 2 * shared >= range.len().min(region.tokens.len())
        })
    }

    /// `according to X`, before or after what X says.
    fn according(&self, i: usize, sentence: &Range<usize>) -> Option<Spoken> {
        if !(self.is(i, "according") && self.is(i + 1, "to")) {
            return None;
        }
        let tree = self.tree;
        let mut source = tree.head(i).filter(|&head| head > i + 1)?;
        if tree.lemma(source) == "to" {
            source = tree.head(source)?;
        }
        let mut verb = tree.head(source)?;
        while let Some(head) = tree.head(verb).filter(|_| !tree.is_clause(verb)) {
            verb = head;
        }
        let phrase = tree.phrase(source);
        let own = tree.reach(source);
        let own = own.start.min(i)..own.end.max(i + 2);
        let whole = tree.reach(verb);
        let whole = whole.start.max(sentence.start)..whole.end.min(sentence.end);
        let parts = [whole.start..own.start.max(whole.start), own.end.min(whole.end)..whole.end];
        let parts = parts.into_iter().filter(|part| part.start < part.end);
        let mut contents: Vec<_> = parts.map(|part| self.trimmed(part, None, &[])).collect();
        contents.retain(|part| part.contains(&verb));
        let source = phrase.start.max(i + 2)..phrase.end;
        (!contents.is_empty() && source.start < source.end).then_some(Spoken {
            cue: i..i + 2,
            source: Some(source),
            contents,
        })
    }

    /// Stretches between marks that a verb of any kind leads to, with a person as its subject: `he shrugged: “We left.”`
    fn marked(&self, sentence: &Range<usize>, known: &[Spoken]) -> Vec<Spoken> {
        let tree = self.tree;
        let mut found = Vec::new();
        let first = self.regions.partition_point(|region| region.tokens.end <= sentence.start);
        for region in self.regions.get(first..).unwrap_or_default() {
            if region.tokens.start >= sentence.end {
                break;
            }
            let part = region.tokens.start.max(sentence.start)..region.tokens.end.min(sentence.end);
            let meets = |content: &Range<usize>| content.start < part.end && part.start < content.end;
            if part.len() <= SHORTEST_MARKED || known.iter().any(|spoken| spoken.contents.iter().any(meets)) {
                continue;
            }
            let words = part.start + 1..part.end - 1;
            let Some(top) = tree.top(&words).filter(|&top| tree.is_clause(top)) else { continue };
            let beside = tree.head(top).filter(|head| !part.contains(head));
            let within = tree.children(top).find(|c| !part.contains(c) && tree.base(*c) == "parataxis");
            let complement =
                matches!(tree.base(top), "ccomp" | "parataxis" | "obj" | "xcomp" | "dep" | "conj");
            let Some(verb) = beside.filter(|_| complement).or(within) else { continue };
            let Some(subject) = tree.subject(verb).filter(|_| tree.upos(verb) == Upos::Verb) else {
                continue;
            };
            let text = self.lexicon.look_up(self.people.word(subject)).tags.any(Tags::VENUE);
            if part.contains(&subject) || !(text || self.is_somebody(subject)) {
                continue;
            }
            found.push(Spoken {
                cue: self.group(verb),
                source: Some(tree.phrase(subject)),
                contents: vec![part],
            });
        }
        found
    }

    /// A person by name, pronoun or title.
    fn is_somebody(&self, i: usize) -> bool {
        let named = self.people.at(i).is_some_and(|mention| self.people.is_person(mention));
        named || self.lexicon.look_up(self.people.word(i)).tags.any(Tags::SUBJ | Tags::TITLE | Tags::GROUP)
    }
}

#[cfg(test)]
mod tests {
    use docmill_core::Document;
    use docmill_core::layers::{Entities, Sentences, Syntax, Tokens, Word};
    use docmill_core::testing::plain_layers;

    use super::*;
    use crate::marks::regions;

    const RELATIONS: &[&str] = &[
        "root",
        "nsubj",
        "ccomp",
        "xcomp",
        "obj",
        "parataxis",
        "mark",
        "punct",
        "advcl",
        "det",
        "aux",
        "nsubj:pass",
        "aux:pass",
        "case",
        "obl",
        "conj",
        "amod",
        "compound:prt",
        "acl",
    ];

    /// `speaker > cue > content` of a sentence of which each word is written `word/UPOS/relation/head`, the head counted
    /// from 1 and 0 for the root.
    fn spoken(parsed: &str) -> Vec<String> {
        let words: Vec<Vec<&str>> = parsed.split(' ').map(|word| word.split('/').collect()).collect();
        let text = words.iter().map(|word| word[0]).collect::<Vec<_>>().join(" ");
        let mut doc = Document::from_text("d", &text);
        plain_layers(&mut doc);
        doc.layers_mut().insert(Entities::default());
        let mut syntax = Syntax::new(RELATIONS.iter().copied());
        for (i, word) in words.iter().enumerate() {
            let head: u32 = word[3].parse().unwrap();
            syntax.push(Word {
                lemma: word[0].to_lowercase().into(),
                upos: Upos::parse(word[1]).unwrap(),
                head: head.checked_sub(1).unwrap_or(i as u32),
                relation: RELATIONS.iter().position(|relation| *relation == word[2]).unwrap() as u8,
            });
        }
        let (sentences, tokens) = (doc.require::<Sentences>().unwrap(), doc.require::<Tokens>().unwrap());
        let entities = doc.require::<Entities>().unwrap();
        let lexicon = Lexicon::new(&[]).unwrap();
        let people = People::new(&doc, tokens, entities, &lexicon);
        let tree = Tree::new(&syntax, tokens).unwrap();
        let regions = regions(&text, sentences, tokens);
        let finder = Finder { tree: &tree, people: &people, lexicon: &lexicon, regions: &regions };
        let show = |range: &Range<usize>| {
            let span = tokens.all()[range.start].cover(tokens.all()[range.end - 1]);
            span.slice(&text).unwrap().to_owned()
        };
        let all = 0..tokens.all().len();
        let line = |spoken: &Spoken| {
            let contents: Vec<String> = spoken.contents.iter().map(show).collect();
            let source = spoken.source.as_ref().map_or("-".to_owned(), show);
            format!("{source} > {} > {}", show(&spoken.cue), contents.join(" | "))
        };
        finder.all(&all).iter().map(line).collect()
    }

    #[test]
    fn a_clause_behind_or_before_its_verb() {
        assert_eq!(
            spoken(
                "She/PRON/nsubj/2 said/VERB/root/0 that/SCONJ/mark/5 he/PRON/nsubj/5 left/VERB/ccomp/2 ./PUNCT/punct/2"
            ),
            ["She > said > he left"]
        );
        assert_eq!(
            spoken(
                "He/PRON/nsubj/2 left/VERB/root/0 ,/PUNCT/punct/5 she/PRON/nsubj/5 said/VERB/parataxis/2 ./PUNCT/punct/2"
            ),
            ["She > said > He left".replace("She", "she")]
        );
    }

    #[test]
    fn who_is_quoted_says_it() {
        assert_eq!(
            spoken(
                "They/PRON/nsubj/2 quoted/VERB/root/0 him/PRON/obj/2 as/SCONJ/mark/5 saying/VERB/advcl/2 he/PRON/nsubj/7 left/VERB/ccomp/5"
            ),
            ["him > saying > he left"]
        );
    }

    #[test]
    fn an_infinitive_only_where_it_is_said() {
        assert_eq!(
            spoken("She/PRON/nsubj/2 urged/VERB/root/0 him/PRON/obj/2 to/PART/mark/5 leave/VERB/xcomp/2"),
            ["She > urged > to leave"]
        );
        assert!(spoken("She/PRON/nsubj/2 refused/VERB/root/0 to/PART/mark/4 leave/VERB/xcomp/2").is_empty());
    }

    #[test]
    fn a_participle_is_the_speakers() {
        assert_eq!(
            spoken(
                "He/PRON/nsubj/2 said/VERB/root/0 prices/NOUN/nsubj/4 rose/VERB/ccomp/2 ,/PUNCT/punct/6 adding/VERB/advcl/4 they/PRON/nsubj/8 fell/VERB/ccomp/6"
            ),
            ["He > said > prices rose , adding they fell", "He > adding > they fell"]
        );
    }

    #[test]
    fn what_is_said_holds_its_verb() {
        // The parser hangs the end of the sentence on what is said.
        assert_eq!(
            spoken(
                "Prices/NOUN/nsubj/2 rose/VERB/ccomp/5 ,/PUNCT/punct/2 he/PRON/nsubj/5 said/VERB/root/0 ,/PUNCT/punct/7 citing/VERB/advcl/2 a/DET/det/9 report/NOUN/obj/7 of/ADP/case/11 May/PROPN/obl/7"
            ),
            ["he > said > Prices rose"]
        );
    }

    #[test]
    fn speech_that_did_not_happen_is_none() {
        assert_eq!(
            spoken(
                "She/PRON/nsubj/2 said/VERB/root/0 they/PRON/nsubj/5 should/AUX/aux/5 say/VERB/ccomp/2 he/PRON/nsubj/7 left/VERB/ccomp/5"
            ),
            ["She > said > they should say he left"]
        );
    }

    #[test]
    fn a_clause_behind_the_listener_is_said() {
        assert_eq!(
            spoken(
                "He/PRON/nsubj/2 told/VERB/root/0 reporters/NOUN/obj/2 that/SCONJ/mark/6 they/PRON/nsubj/6 left/VERB/acl/3"
            ),
            ["He > told > they left"]
        );
    }

    #[test]
    fn a_noun_says_nothing() {
        assert!(
            spoken("membership/NOUN/nsubj/2 talks/NOUN/root/0 they/PRON/nsubj/4 left/VERB/ccomp/2")
                .is_empty()
        );
    }
}
