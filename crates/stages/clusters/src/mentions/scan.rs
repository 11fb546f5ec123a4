//! The pronouns, noun phrases and names of a document.

use std::ops::Range;

use docmill_core::layers::{
    Citations, Clusters, Entities, Hints, MentionForm, Roles, Sentences, Syntax, Tokens, Upos,
};
use docmill_core::{Document, Span, StageError};

use super::class::Class;
use super::reach::Reach;
use super::words::{Gender, Kind, MentionLists};

/// The grammatical part that a mention plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Subject,
    Object,
    Owner,
    Oblique,
    Other,
}

/// What opens a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    The,
    This,
    Owned,
    New,
    Bare,
}

/// A mention.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its first token and the noun, the pronoun or the head of the name.
    pub first: usize,
    pub head: usize,
    /// The first and the last token of the whole phrase.
    pub phrase: (usize, usize),
    pub sentence: usize,
    pub class: Class,
    pub kind: Kind,
    pub gender: Option<Gender>,
    pub plural: bool,
    pub part: Part,
    /// The verb or noun that it depends on.
    pub governor: Option<usize>,
    pub opening: Opening,
    /// Index of the entity mention, for a name.
    pub entity: Option<u32>,
}

impl Found {
    pub fn form(&self) -> MentionForm {
        if self.class.is_pronoun() { MentionForm::Pronoun } else { MentionForm::Nominal }
    }
}

/// A document as the linker reads it.
pub(crate) struct Scan<'d> {
    pub lists: &'d MentionLists,
    pub text: &'d str,
    pub tokens: &'d [Span],
    pub syntax: &'d Syntax,
    pub sentences: &'d Sentences,
    pub entities: &'d Entities,
    pub clusters: &'d Clusters,
    /// What the model holds each word to stand for.
    pub hints: Option<&'d Hints>,
    pub roles: Option<&'d Roles>,
    /// For each entity mention, its cluster.
    pub cluster_of: Vec<Option<u32>>,
    /// For each token, the entity mention that it is part of.
    pub name_of: Vec<Option<u32>>,
    /// For each token, whether it is part of an outlet's name in a citation: no mention of anything.
    cited: Vec<bool>,
    /// For each token, the number of the quotation that it stands in, from 1; 0 outside of quotation marks.
    pub quote: Vec<u32>,
    pub found: Vec<Found>,
    ranges: Vec<Range<usize>>,
    /// Children of token `i`: `children[firsts[i]..firsts[i + 1]]`.
    firsts: Vec<u32>,
    children: Vec<u32>,
    pub reach: Reach,
}

impl<'d> Scan<'d> {
    pub fn new(doc: &'d Document, lists: &'d MentionLists) -> Result<Self, StageError> {
        let tokens = doc.require::<Tokens>()?;
        let entities = doc.require::<Entities>()?;
        let clusters = doc.require::<Clusters>()?;
        let count = tokens.all().len();
        let mut scan = Self {
            lists,
            text: doc.text(),
            tokens: tokens.all(),
            syntax: doc.require::<Syntax>()?,
            sentences: doc.require::<Sentences>()?,
            entities,
            clusters,
            roles: doc.layers().get::<Roles>(),
            hints: doc.layers().get::<Hints>(),
            cluster_of: clusters.of_entities(entities.items.len()),
            name_of: vec![None; count],
            cited: vec![false; count],
            quote: vec![0; count],
            found: Vec::new(),
            ranges: (0..tokens.sentences()).map(|i| tokens.range_of(i)).collect(),
            firsts: vec![0; count + 2],
            children: vec![0; count],
            reach: Reach::default(),
        };
        scan.grow(count);
        scan.reach = Reach::new(count, |token| scan.syntax.head(token));
        scan.mark_quoted();
        scan.mark_names(doc.layers().get::<Citations>());
        for sentence in 0..scan.ranges.len() {
            scan.sentence(sentence);
        }
        Ok(scan)
    }

    /// The children of all tokens, counted and then filled in.
    fn grow(&mut self, count: usize) {
        for token in 0..count {
            if let Some(head) = self.syntax.head(token).filter(|&head| head < count) {
                self.firsts[head + 2] += 1;
            }
        }
        for i in 1..self.firsts.len() {
            self.firsts[i] += self.firsts[i - 1];
        }
        for token in 0..count {
            if let Some(head) = self.syntax.head(token).filter(|&head| head < count) {
                self.children[self.firsts[head + 1] as usize] = token as u32;
                self.firsts[head + 1] += 1;
            }
        }
    }

    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.firsts[token] as usize..self.firsts[token + 1] as usize;
        self.children[range].iter().map(|&child| child as usize)
    }

    pub fn word(&self, token: usize) -> &'d str {
        self.tokens.get(token).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    pub fn lemma(&self, token: usize) -> &'d str {
        self.syntax.words().get(token).map_or("", |word| &word.lemma)
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.syntax.words().get(token).map_or(Upos::X, |word| word.upos)
    }

    pub fn paragraph(&self, sentence: usize) -> u32 {
        self.sentences.items.get(sentence).map_or(0, |sentence| sentence.paragraph)
    }

    fn mark_quoted(&mut self) {
        let (mut open, mut quote) = (false, 0);
        let mut paragraph = None;
        for (sentence, range) in self.ranges.iter().enumerate() {
            let here = self.sentences.items.get(sentence).map(|sentence| sentence.paragraph);
            if here != paragraph {
                (open, paragraph) = (false, here);
            }
            for token in range.clone() {
                let was = open;
                match self.tokens[token].slice(self.text).unwrap_or_default() {
                    "“" | "``" | "«" => open = true,
                    "”" | "''" | "»" => open = false,
                    "\"" => open = !open,
                    _ => self.quote[token] = if open { quote } else { 0 },
                }
                quote += u32::from(open && !was);
            }
        }
    }

    fn mark_names(&mut self, citations: Option<&Citations>) {
        let mut token = 0;
        for (i, entity) in self.entities.items.iter().enumerate() {
            while self.tokens.get(token).is_some_and(|span| span.end <= entity.span.start) {
                token += 1;
            }
            let cited = citations.is_some_and(|c| c.index_around(entity.span).is_some());
            while self.tokens.get(token).is_some_and(|span| span.start < entity.span.end) {
                self.name_of[token] = (!cited).then_some(i as u32);
                self.cited[token] = cited;
                token += 1;
            }
        }
    }

    /// Whether a token stands between quotation marks.
    pub fn quoted(&self, token: usize) -> bool {
        self.quote[token] > 0
    }

    /// The token of a run from `first` to `last` whose head lies outside.
    pub fn head_of(&self, run: Range<usize>) -> usize {
        let outside = |&token: &usize| self.syntax.head(token).is_none_or(|head| !run.contains(&head));
        run.clone().find(outside).unwrap_or(run.end - 1)
    }

    fn sentence(&mut self, sentence: usize) {
        let range = self.ranges[sentence].clone();
        let mut token = range.start;
        let start = self.found.len();
        while token < range.end {
            if let Some(entity) = self.name_of[token] {
                let mut end = token + 1;
                while end < range.end && self.name_of[end] == Some(entity) {
                    end += 1;
                }
                let head = self.head_of(token..end);
                let label = &self.entities.items[entity as usize].label;
                let kind = self.kind_of_name(entity, label);
                self.push(token, head, sentence, Class::Name, kind, None, false, Opening::Bare, Some(entity));
                token = end;
                continue;
            }
            match self.upos(token) {
                _ if self.cited[token] => {}
                Upos::Pron | Upos::Det => self.pronoun(token, sentence),
                Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => self.noun(token, sentence, &range),
                Upos::Num => self.number(token, sentence),
                _ => {}
            }
            token += 1;
        }
        let pairs: Vec<Found> = (self.found[start..].iter()).filter_map(|found| self.pair(found)).collect();
        self.found.extend(pairs);
        self.found[start..].sort_by_key(|found| (found.head, found.class == Class::Pair));
    }

    fn kind_of_name(&self, entity: u32, label: &str) -> Kind {
        let cluster = self.cluster_of[entity as usize].and_then(|c| self.clusters.items.get(c as usize));
        let label = cluster.map_or(label, |cluster| &cluster.label);
        let is = |sort: &str| label.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(sort));
        if cluster.is_some_and(|cluster| cluster.country.is_some()) {
            Kind::State
        } else if is("per") {
            Kind::Person
        } else if is("org") {
            Kind::Organization
        } else if is("loc") || is("gpe") {
            Kind::Place
        } else {
            Kind::Thing
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a mention")]
    pub(super) fn push(
        &mut self,
        first: usize,
        head: usize,
        sentence: usize,
        class: Class,
        kind: Kind,
        gender: Option<Gender>,
        plural: bool,
        opening: Opening,
        entity: Option<u32>,
    ) {
        let (part, governor) = self.part(head);
        let phrase = self.phrase(head);
        let phrase = ((*phrase.start()).min(first), *phrase.end());
        self.found.push(Found {
            first,
            head,
            phrase,
            sentence,
            class,
            kind,
            gender,
            plural,
            part,
            governor,
            opening,
            entity,
        });
    }

    /// The part that a phrase plays by its head; what is joined to another by `and` plays the other's.
    fn part(&self, head: usize) -> (Part, Option<usize>) {
        let mut head = head;
        for _ in 0..3 {
            if !matches!(self.syntax.relation(head), "conj" | "flat" | "appos") {
                break;
            }
            let Some(above) = self.syntax.head(head) else { break };
            head = above;
        }
        let relation = self.syntax.relation(head);
        let part = match relation.split(':').next().unwrap_or_default() {
            "nsubj" | "csubj" => Part::Subject,
            "obj" | "iobj" => Part::Object,
            _ if relation == "nmod:poss" => Part::Owner,
            "obl" | "nmod" => Part::Oblique,
            _ => Part::Other,
        };
        (part, self.syntax.head(head))
    }

    /// `Bush and Putin` for `Bush`.
    fn pair(&self, found: &Found) -> Option<Found> {
        if found.class.is_pronoun() && found.class != Class::He {
            return None;
        }
        let joined = self.children(found.head).any(|child| {
            child > found.head
                && self.syntax.relation(child) == "conj"
                && matches!(self.upos(child), Upos::Noun | Upos::Propn | Upos::Pron)
        });
        let last = self.reach.last[found.head] as usize;
        joined.then(|| Found {
            class: Class::Pair,
            phrase: (found.phrase.0, last.max(found.phrase.1)),
            kind: Kind::Group,
            gender: None,
            plural: true,
            entity: None,
            opening: Opening::New,
            ..found.clone()
        })
    }
}
