//! Whose statement, report or letter it is: what a text says is said by whoever issued it.

use std::ops::Range;

use docmill_core::layers::{Entities, Mentions, Sentences, Tokens};
use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::people::People;
use crate::tags::Tags;
use crate::tree::Tree;

/// Sentences between `said in a statement` and `the statement` at most, and other statements between the two.
const FURTHEST: usize = 12;

/// How a name stands to a statement that it issues, the plainest first: `by the ministry`, `the ministry's`, `ministry
/// statement`, `of the ministry`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    By,
    Owner,
    Before,
    Of,
}

/// A statement whose issuer the text names.
#[derive(Debug, Clone, Copy)]
struct Issued {
    token: usize,
    issuer: u32,
}

/// The statements of a document, and who issued them.
pub(crate) struct Issuers<'d> {
    people: &'d People<'d>,
    tree: &'d Tree<'d>,
    lexicon: &'d Lexicon,
    entities: &'d Entities,
    sentences: &'d Sentences,
    tokens: &'d Tokens,
    /// In text order.
    issued: Vec<Issued>,
    /// Cluster without a name, by the byte at which one of its mentions ends.
    cluster_at: FxHashMap<u32, u32>,
    /// The issuer of each cluster that is a statement: the first that is named.
    of_cluster: FxHashMap<u32, u32>,
}

impl<'d> Issuers<'d> {
    pub fn new(
        people: &'d People<'d>,
        tree: &'d Tree<'d>,
        lexicon: &'d Lexicon,
        entities: &'d Entities,
        sentences: &'d Sentences,
        tokens: &'d Tokens,
        mentions: Option<&Mentions>,
    ) -> Self {
        let mut cluster_at = FxHashMap::default();
        for (cluster, i) in mentions.map_or(&[][..], |mentions| &mentions.unnamed).iter().zip(0..) {
            for mention in &cluster.mentions {
                cluster_at.entry(mention.span.end).or_insert(i);
            }
        }
        let of_cluster = FxHashMap::default();
        let issued = Vec::new();
        let mut found =
            Self { people, tree, lexicon, entities, sentences, tokens, issued, cluster_at, of_cluster };
        for token in 0..tokens.all().len() {
            if !found.is_document(token) {
                continue;
            }
            if let Some(issuer) = found.named_beside(token).or_else(|| found.writer(token)) {
                found.issued.push(Issued { token, issuer });
                if let Some(cluster) = found.cluster(token) {
                    found.of_cluster.entry(cluster).or_insert(issuer);
                }
            }
        }
        found
    }

    /// Who issued the statement that a speaker is: `the ministry's statement`, `the statement`, and `it` if that is one.
    pub fn of(&self, speaker: &Range<usize>) -> Option<u32> {
        let head = self.tree.top(speaker)?;
        let cluster = self.cluster(head);
        if !self.is_document(head) {
            // A pronoun; another noun speaks for itself.
            let cluster = cluster.filter(|_| speaker.len() == 1)?;
            return self.of_cluster.get(&cluster).copied();
        }
        let own = self.issued.binary_search_by_key(&head, |issued| issued.token);
        let own = own.ok().map(|i| self.issued[i].issuer);
        let known = || cluster.and_then(|cluster| self.of_cluster.get(&cluster)).copied();
        own.or_else(known).or_else(|| self.last_before(speaker, head))
    }

    /// The issuer of the last such statement before `the statement`.
    fn last_before(&self, speaker: &Range<usize>, head: usize) -> Option<u32> {
        let article = self.people.word(speaker.start);
        let definite = article.eq_ignore_ascii_case("the") || article.eq_ignore_ascii_case("this");
        if !definite || head != speaker.start + 1 {
            return None;
        }
        let before = self.issued.partition_point(|issued| issued.token < head);
        let same = |issued: &&Issued| self.tree.lemma(issued.token) == self.tree.lemma(head);
        let last = self.issued.get(..before)?.iter().rev().take(FURTHEST).find(same)?;
        let near = self.sentence(last.token)? + FURTHEST >= self.sentence(head)?;
        near.then_some(last.issuer)
    }

    /// The body or person that the words around a statement name as its issuer.
    fn named_beside(&self, head: usize) -> Option<u32> {
        let mut found: Option<(Link, u32)> = None;
        for child in self.tree.children(head) {
            let link = match self.tree.relation(child) {
                "nmod:poss" => Link::Owner,
                "compound" if self.is_body(child) => Link::Before,
                "nmod" if self.has_case(child, &["by", "from"]) => Link::By,
                "nmod" if self.has_case(child, &["of"]) && self.is_body(child) => Link::Of,
                "acl" => {
                    let agent = self.tree.children(child).find(|&c| self.has_case(c, &["by", "from"]));
                    if let Some(issuer) = agent.and_then(|agent| self.who(agent)) {
                        found = Some((Link::By, issuer));
                    }
                    continue;
                }
                _ => continue,
            };
            if found.is_none_or(|(known, _)| link < known)
                && let Some(issuer) = self.who(child)
            {
                found = Some((link, issuer));
            }
        }
        found.map(|(_, issuer)| issuer)
    }

    /// Who says something in a statement or writes one: `the ministry said in a statement`, `issued a statement`.
    fn writer(&self, token: usize) -> Option<u32> {
        let said_in = self.tree.base(token) == "obl" && self.has_case(token, &["in", "on"]);
        if !said_in && self.tree.base(token) != "obj" {
            return None;
        }
        let verb = self.tree.head(token).filter(|&verb| self.tree.is_verbal(verb))?;
        let writer = self.who(self.tree.subject(verb)?)?;
        (said_in || self.label(writer) != "LOC").then_some(writer)
    }

    /// The name of a person, body or place that a word is or stands for.
    fn who(&self, token: usize) -> Option<u32> {
        let mention = self.people.at(token).or_else(|| self.people.stands_for(token))?;
        (self.label(mention) != "MISC").then_some(mention)
    }

    fn is_body(&self, token: usize) -> bool {
        self.people.at(token).is_some_and(|mention| matches!(self.label(mention), "ORG" | "PER"))
    }

    fn label(&self, mention: u32) -> &'d str {
        &self.entities.items[mention as usize].label
    }

    fn has_case(&self, token: usize, words: &[&str]) -> bool {
        let is = |c: usize| self.tree.base(c) == "case" && words.contains(&self.tree.lemma(c));
        self.tree.children(token).any(is)
    }

    fn is_document(&self, token: usize) -> bool {
        self.lexicon.look_up(self.people.word(token)).tags.any(Tags::DOCUMENT)
    }

    fn cluster(&self, token: usize) -> Option<u32> {
        self.cluster_at.get(&self.tokens.all().get(token)?.end).copied()
    }

    fn sentence(&self, token: usize) -> Option<usize> {
        self.sentences.index_at(self.tokens.all().get(token)?.start)
    }
}
