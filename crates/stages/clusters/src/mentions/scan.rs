//! The pronouns, noun phrases and names of a document.

use std::ops::Range;

use docmill_core::layers::{Citations, Clusters, Entities, Roles, Sentences, Syntax, Tokens, Upos};
use docmill_core::{Document, Span, StageError};

use super::words::{Gender, Kind, noun};

/// What kind of mention it is, for the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// `he`, `her`, `himself`.
    He,
    /// `it`, `its`.
    It,
    /// `they`, `their`.
    They,
    /// `the minister`, `that man`.
    Person,
    /// `the ministry`, `the country`, `his government`.
    Body,
    /// `the plan`.
    Thing,
    /// `who`, `which`.
    Relative,
    /// A name.
    Name,
    /// A noun phrase that brings something new: `a minister`, `ministers`.
    New,
    /// `Bush and Putin`, as what `they` may stand for.
    Pair,
}

impl Class {
    pub fn is_pronoun(self) -> bool {
        matches!(self, Self::He | Self::It | Self::They | Self::Relative)
    }
}

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

/// A document as the linker reads it.
pub(crate) struct Scan<'d> {
    pub text: &'d str,
    pub tokens: &'d [Span],
    pub syntax: &'d Syntax,
    pub sentences: &'d Sentences,
    pub entities: &'d Entities,
    pub clusters: &'d Clusters,
    pub roles: Option<&'d Roles>,
    /// For each entity mention, its cluster.
    pub cluster_of: Vec<Option<u32>>,
    /// For each token, the entity mention that it is part of.
    pub name_of: Vec<Option<u32>>,
    /// For each token, whether it stands between quotation marks.
    pub quoted: Vec<bool>,
    pub found: Vec<Found>,
    ranges: Vec<Range<usize>>,
    /// Children of token `i`: `children[firsts[i]..firsts[i + 1]]`.
    firsts: Vec<u32>,
    children: Vec<u32>,
}

/// Steps to the left for the beginning of a noun phrase.
const MOST_WORDS: usize = 8;

impl<'d> Scan<'d> {
    pub fn new(doc: &'d Document) -> Result<Self, StageError> {
        let tokens = doc.require::<Tokens>()?;
        let entities = doc.require::<Entities>()?;
        let clusters = doc.require::<Clusters>()?;
        let count = tokens.all().len();
        let mut scan = Self {
            text: doc.text(),
            tokens: tokens.all(),
            syntax: doc.require::<Syntax>()?,
            sentences: doc.require::<Sentences>()?,
            entities,
            clusters,
            roles: doc.layers().get::<Roles>(),
            cluster_of: clusters.of_entities(entities.items.len()),
            name_of: vec![None; count],
            quoted: vec![false; count],
            found: Vec::new(),
            ranges: (0..tokens.sentences()).map(|i| tokens.range_of(i)).collect(),
            firsts: vec![0; count + 2],
            children: vec![0; count],
        };
        scan.grow(count);
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
        let mut open = false;
        let mut paragraph = None;
        for (sentence, range) in self.ranges.iter().enumerate() {
            let here = self.sentences.items.get(sentence).map(|sentence| sentence.paragraph);
            if here != paragraph {
                (open, paragraph) = (false, here);
            }
            for token in range.clone() {
                match self.tokens[token].slice(self.text).unwrap_or_default() {
                    "“" | "``" | "«" => open = true,
                    "”" | "''" | "»" => open = false,
                    "\"" => open = !open,
                    _ => self.quoted[token] = open,
                }
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
                token += 1;
            }
        }
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
                Upos::Pron | Upos::Det => self.pronoun(token, sentence),
                Upos::Noun | Upos::Propn => self.noun(token, sentence, &range),
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
    fn push(
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
        self.found.push(Found {
            first,
            head,
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

    fn pronoun(&mut self, token: usize, sentence: usize) {
        let word = self.word(token).to_ascii_lowercase();
        let (class, kind, gender) = match word.as_str() {
            "he" | "him" | "his" | "himself" => (Class::He, Kind::Person, Some(Gender::Man)),
            "she" | "her" | "hers" | "herself" => (Class::He, Kind::Person, Some(Gender::Woman)),
            "it" | "its" | "itself" => (Class::It, Kind::Thing, None),
            "they" | "them" | "their" | "theirs" | "themselves" => (Class::They, Kind::Group, None),
            "who" | "whom" | "whose" => (Class::Relative, Kind::Person, None),
            "which" | "that" if self.upos(token) == Upos::Pron => (Class::Relative, Kind::Thing, None),
            _ => return,
        };
        let plural = class == Class::They;
        self.push(token, token, sentence, class, kind, gender, plural, Opening::Bare, None);
    }

    fn noun(&mut self, token: usize, sentence: usize, range: &Range<usize>) {
        let relation = self.syntax.relation(token);
        if matches!(relation, "compound" | "flat" | "fixed" | "goeswith" | "amod" | "nmod:desc") {
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
        let known = noun(&lemma);
        if known.is_none() && self.upos(token) == Upos::Propn {
            return;
        }
        let (kind, gender) = known.unwrap_or((Kind::Thing, None));
        let mut opening = Opening::Bare;
        let mut first = token;
        for child in self.children(token).filter(|&child| child < token) {
            let relation = self.syntax.relation(child);
            if !matches!(
                relation,
                "det" | "amod" | "compound" | "nmod:poss" | "nummod" | "advmod" | "nmod:desc"
            ) || child < range.start
                || token - child > MOST_WORDS
            {
                continue;
            }
            first = first.min(child);
            match (relation, self.word(child).to_ascii_lowercase().as_str()) {
                ("det", "the") => opening = Opening::The,
                ("det", "this" | "that" | "these" | "those") => opening = Opening::This,
                ("det", _) => opening = Opening::New,
                ("nmod:poss", _) => opening = Opening::Owned,
                _ => {}
            }
        }
        let definite = matches!(opening, Opening::The | Opening::This);
        let class = match kind {
            _ if plural => Class::New,
            Kind::Person if definite => Class::Person,
            Kind::Organization | Kind::State | Kind::Place if definite => Class::Body,
            Kind::State if opening == Opening::Owned => Class::Body,
            Kind::Thing if definite => Class::Thing,
            _ => Class::New,
        };
        let kind = if plural && kind == Kind::Person { Kind::Group } else { kind };
        self.push(first, token, sentence, class, kind, gender, plural || kind == Kind::Group, opening, None);
    }

    /// `Bush and Putin` for `Bush`.
    fn pair(&self, found: &Found) -> Option<Found> {
        if found.class.is_pronoun() {
            return None;
        }
        let joined = self.children(found.head).any(|child| {
            child > found.head
                && self.syntax.relation(child) == "conj"
                && matches!(self.upos(child), Upos::Noun | Upos::Propn | Upos::Pron)
        });
        joined.then(|| Found {
            class: Class::Pair,
            kind: Kind::Group,
            gender: None,
            plural: true,
            entity: None,
            opening: Opening::New,
            ..found.clone()
        })
    }
}
