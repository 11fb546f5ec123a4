//! A document's layers, as the rules ask for them.

use docmill_core::layers::{
    Citations, Cluster, Clusters, Entities, Hints, Mentions, Quotes, Role, Roles, Sentences, Syntax, Times,
    Tokens, Upos, Word as Parsed,
};
use docmill_core::{Document, Span, StageError};

use rustc_hash::FxHashMap;

use crate::nouns::Nouns;
use crate::tree::{Tree, Word};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Country,
    Person,
    Organization,
    Place,
    Other,
}

/// The layers of a document.
pub(crate) struct Reader<'d> {
    text: &'d str,
    pub sentences: &'d Sentences,
    tokens: &'d Tokens,
    syntax: &'d Syntax,
    pub entities: &'d Entities,
    clusters: Option<&'d Clusters>,
    of: Vec<Option<u32>>,
    quotes: Option<&'d Quotes>,
    roles: FxHashMap<u32, Vec<Role>>,
    pub times: Option<&'d Times>,
    citations: Option<&'d Citations>,
    mentions: Option<&'d Mentions>,
    pub hints: Option<&'d Hints>,
    pub nouns: &'d Nouns,
    /// The state that is named most.
    pub main_state: Option<u32>,
}

/// The first item that ends behind `at`, in a list without overlap.
fn first_behind<T>(items: &[T], at: u32, span: impl Fn(&T) -> Span) -> usize {
    items.partition_point(|item| span(item).end <= at)
}

/// Roles by sentence.
fn by_sentence(roles: Option<&Roles>) -> FxHashMap<u32, Vec<Role>> {
    let mut found: FxHashMap<u32, Vec<Role>> = FxHashMap::default();
    for role in roles.into_iter().flat_map(|roles| &roles.items) {
        found.entry(role.sentence).or_default().push(*role);
    }
    found
}

/// What has more words is a table or a list, not a sentence.
const LONGEST: usize = 1000;

impl<'d> Reader<'d> {
    pub fn new(doc: &'d Document, nouns: &'d Nouns) -> Result<Self, StageError> {
        let entities = doc.require::<Entities>()?;
        let layers = doc.layers();
        let clusters = layers.get::<Clusters>();
        let of = clusters.map_or_else(Vec::new, |clusters| clusters.of_entities(entities.items.len()));
        let states = clusters.into_iter().flat_map(|clusters| clusters.items.iter().enumerate());
        let states = states.filter(|(_, cluster)| cluster.country.is_some());
        // Of two that are named as often, the first.
        let main = states.reduce(|a, b| if b.1.mentions.len() > a.1.mentions.len() { b } else { a });
        Ok(Self {
            text: doc.text(),
            sentences: doc.require::<Sentences>()?,
            tokens: doc.require::<Tokens>()?,
            syntax: doc.require::<Syntax>()?,
            entities,
            clusters,
            of,
            quotes: layers.get::<Quotes>(),
            roles: by_sentence(layers.get::<Roles>()),
            times: layers.get::<Times>(),
            citations: layers.get::<Citations>(),
            mentions: layers.get::<Mentions>(),
            hints: layers.get::<Hints>(),
            nouns,
            main_state: main.map(|(i, _)| i as u32),
        })
    }

    pub fn cluster_of(&self, entity: u32) -> Option<u32> {
        self.of.get(entity as usize).copied().flatten()
    }

    pub fn cluster(&self, cluster: u32) -> Option<&'d Cluster> {
        self.clusters?.items.get(cluster as usize)
    }

    /// What a mention names; none inside a citation.
    pub fn label(&self, entity: u32) -> Option<Label> {
        let mention = self.entities.items.get(entity as usize)?;
        if self.citations.is_some_and(|citations| citations.index_around(mention.span).is_some()) {
            return None;
        }
        let cluster = self.cluster_of(entity).and_then(|cluster| self.cluster(cluster));
        if cluster.is_some_and(|cluster| cluster.country.is_some()) {
            return Some(Label::Country);
        }
        Some(match &*mention.label {
            "PER" => Label::Person,
            "ORG" => Label::Organization,
            "LOC" => Label::Place,
            _ => Label::Other,
        })
    }

    /// The mention of a cluster that stands last before a byte; its first if none does.
    pub fn mention_before(&self, cluster: u32, at: u32) -> Option<u32> {
        let mentions = &self.cluster(cluster)?.mentions;
        let starts =
            |entity: u32| self.entities.items.get(entity as usize).map_or(u32::MAX, |e| e.span.start);
        let before = mentions.partition_point(|mention| starts(mention.entity) < at);
        mentions.get(before.saturating_sub(1)).map(|mention| mention.entity)
    }

    /// The person who speaks in a quotation.
    pub fn speaker(&self, quote: u32) -> Option<u32> {
        self.quotes?.items.get(quote as usize)?.speaker?.entity
    }

    /// The tree of a sentence; none without words, with too many, or where the parser and the tokens disagree.
    pub fn tree(&self, sentence: usize) -> Option<Tree<'d>> {
        let range = self.tokens.range_of(sentence);
        let spans = self.tokens.of_sentence(sentence);
        let parsed: &[Parsed] = self.syntax.words().get(range.clone())?;
        let first = spans.first().filter(|_| spans.len() <= LONGEST)?.start;
        let mut entity = first_behind(&self.entities.items, first, |e| e.span);
        let times = self.times.map_or(&[][..], |times| &times.items);
        let mut time = first_behind(times, first, |t| t.span);
        let roles = self.roles.get(&(sentence as u32)).map_or(&[][..], Vec::as_slice);
        let mut words = Vec::with_capacity(spans.len());
        for (i, (&span, parsed)) in spans.iter().zip(parsed).enumerate() {
            while self.entities.items.get(entity).is_some_and(|e| e.span.end <= span.start) {
                entity += 1;
            }
            while times.get(time).is_some_and(|t| t.span.end <= span.start) {
                time += 1;
            }
            let named = self.entities.items.get(entity).is_some_and(|e| e.span.overlaps(span));
            let text = span.slice(self.text).unwrap_or_default();
            let role = roles.iter().find(|role| role.role.contains(span));
            let nominal = matches!(parsed.upos, Upos::Noun | Upos::Propn);
            words.push(Word {
                span,
                text,
                lower: text.to_lowercase(),
                lemma: &parsed.lemma,
                upos: parsed.upos,
                relation: self.syntax.relation(range.start + i),
                head: self.syntax.head(range.start + i).and_then(|head| head.checked_sub(range.start)),
                entity: named.then_some(entity as u32),
                stands_for: self.stands_for(range.start + i).filter(|_| !named),
                role_of: role.filter(|_| nominal && !named).map(|role| role.person),
                quote: self.quote_around(span),
                timed: times.get(time).is_some_and(|t| t.span.overlaps(span)),
            });
        }
        Some(Tree::new(words, sentence, range.start))
    }

    /// The cluster that a pronoun or a noun stands for.
    fn stands_for(&self, token: usize) -> Option<u32> {
        Some(self.mentions?.at(token)?.cluster)
    }

    /// The innermost quotation of speech that a token is part of.
    fn quote_around(&self, token: Span) -> Option<u32> {
        use docmill_core::layers::QuoteAct::Speech;
        let quotes = &self.quotes?.items;
        let after = quotes.partition_point(|quote| quote.content.start <= token.start);
        // Quotations within quotations are few: the nearest eight that begin before the token are enough.
        let near = after.saturating_sub(8)..after;
        let found = near.rev().find(|&i| quotes[i].act == Speech && quotes[i].content.contains(token));
        found.map(|i| i as u32)
    }
}
