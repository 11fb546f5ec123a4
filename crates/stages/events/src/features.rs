//! What the weights are over: names of what is there.

use docmill_core::layers::EventType;
use docmill_lexicon::Words;
use docmill_lexicon::inflect::plural;

use crate::frame::{Frame, How};
use crate::lexicon::{Entry, Sort};
use crate::options::Side;
use crate::read::Read;
use crate::tree::Tree;
use crate::words::{MODALS, NEGATIONS, WILL};

/// A predicate in its sentence, with an entry of the list that fits it.
pub(crate) struct Predicate<'a, 'd> {
    pub tree: &'a Tree<'d>,
    /// Its word.
    pub word: usize,
    pub sort: Sort,
    pub entry: &'a Entry,
    /// How many words the longest entry that fits has.
    pub longest: usize,
    /// How many types fit.
    pub types: usize,
    pub frame: &'a Frame<'d>,
    pub actors: &'a [Side],
    pub recipients: &'a [Side],
    /// What the language model says of it; none where it was not asked.
    pub read: Option<&'a Read>,
    /// How often the lemma, and how often the type, stood earlier in the document.
    pub seen: (usize, usize),
    /// How many clusters the sentence names.
    pub named: usize,
    /// How many sentences the document has.
    pub sentences: usize,
}

/// Types that take the same kind of sides.
fn group(kind: EventType) -> &'static str {
    match kind {
        EventType::Consult | EventType::Agree | EventType::Cooperate => "sym",
        EventType::Aid | EventType::Support | EventType::Concede => "pos",
        EventType::Retreat | EventType::Protest | EventType::Mobilize => "self",
        EventType::Request => "say",
        EventType::Accuse | EventType::Reject | EventType::Threaten => "neg",
        EventType::Sanction | EventType::Coerce | EventType::Assault => "hit",
    }
}

/// How a predicate is qualified: `neg`, `will`, `gov=plan`, ...
pub(crate) fn modality(tree: &Tree<'_>, i: usize) -> Vec<String> {
    let kids = || tree.kids(i).iter().map(|&kid| &tree.words[kid]);
    let qualifies = |relation: &str| matches!(relation, "aux" | "advmod" | "aux:pass" | "mark" | "cop");
    let has = |words: &Words| kids().any(|kid| qualifies(kid.relation) && words.contains(&kid.lower));
    let mut found = Vec::new();
    let no = kids().any(|kid| kid.relation == "det" && kid.lower == "no");
    if no || has(&NEGATIONS) {
        found.push("neg".to_owned());
    }
    if has(&WILL) {
        found.push("will".to_owned());
    }
    if has(&MODALS) {
        found.push("modal".to_owned());
    }
    let basic = tree.words[i].basic();
    if tree.has_to(i) && matches!(basic, "xcomp" | "advcl" | "acl" | "ccomp" | "conj" | "csubj") {
        found.push("to".to_owned());
    }
    if kids().any(|kid| kid.relation == "mark" && kid.lower == "if") {
        found.push("if".to_owned());
    }
    if let Some(head) = tree.words[i].head
        && matches!(basic, "xcomp" | "ccomp" | "advcl" | "obj" | "obl" | "acl" | "nmod")
    {
        found.push(format!("gov={}", tree.words[head].lemma));
    }
    found
}

/// A verb's form: what it ends in.
pub(crate) fn form(lemma: &str, lower: &str) -> &'static str {
    if lower.ends_with("ing") {
        "ing"
    } else if lower == plural(lemma) {
        "s"
    } else if lower == lemma {
        "base"
    } else {
        "past"
    }
}

fn at_most(count: usize, most: usize) -> usize {
    count.min(most)
}

impl Predicate<'_, '_> {
    fn kind(&self) -> &'static str {
        self.entry.kind.name()
    }

    /// What speaks for an event.
    pub fn event(&self) -> Vec<String> {
        let (tree, i, sort) = (self.tree, self.word, self.sort.letter());
        let (word, kind, name) = (&tree.words[i], self.kind(), &self.entry.name);
        let voice = if self.frame.passive { 'P' } else { 'A' };
        let mut found = vec![
            "b".to_owned(),
            format!("T={kind}{sort}"),
            format!("w={name}"),
            format!("wT={name}{kind}"),
            format!("l={}{kind}", self.entry.lemma),
            format!("nx={}", self.entry.extra()),
            format!("less={}", self.longest - self.entry.extra()),
            format!("nt={}", at_most(self.types, 3)),
            format!("rel={sort}{}", word.basic()),
            format!("pas={sort}{voice}"),
            format!("sure={}{sort}", self.entry.sure),
            format!("sureT={}{kind}{sort}", self.entry.sure),
        ];
        if self.types > 1 {
            found.push(format!("ambT={kind}{sort}"));
        }
        if let (Some(actor), Some(recipient)) = (self.actors.first(), self.recipients.first()) {
            let (a, b) = (actor.place(), recipient.place());
            let (ka, kb) = (actor.kind(), recipient.kind());
            found.extend([
                format!("a0={sort}{a}"),
                format!("b0={sort}{b}"),
                format!("ka0={ka}"),
                format!("kb0={kb}"),
                format!("b0T={b}{kind}"),
                format!("kb0T={kb}{kind}"),
                format!("kab0={ka}|{kb}"),
                format!("sure={}b0={sort}{b}", self.entry.sure),
                format!("sure={}kab0={ka}|{kb}", self.entry.sure),
            ]);
        }
        found.extend(modality(tree, i).into_iter().map(|how| format!("m={how}")));
        if word.quote.is_some() {
            found.push("quote".to_owned());
            found.push(format!("quoteT={kind}"));
        }
        if self.sort == Sort::Noun {
            found.push(format!("num={}", if word.lower.ends_with('s') { "pl" } else { "sg" }));
            let article = tree.by(i, "det").next().map_or("-", |kid| &*tree.words[kid].lower);
            found.push(format!("det={article}"));
            found.extend(self.frame.governor.map(|verb| format!("g={verb}")));
        } else {
            let form = form(&self.entry.lemma, &word.lower);
            let mut helpers: Vec<&str> = tree.by(i, "aux").map(|kid| tree.words[kid].lemma).collect();
            helpers.sort_unstable();
            helpers.dedup();
            found.push(format!("fm={form}"));
            found.push(format!("fa={form}{}", helpers.join("+")));
        }
        for slot in ["obj", "p:on", "p:of", "p:to", "p:for"] {
            if let Some(at) = self.frame.at(slot).next() {
                let object = &tree.words[at];
                found.push(match object.entity {
                    Some(_) => format!("o:{slot}=ENT{kind}"),
                    None => format!("o:{slot}={}", object.lemma),
                });
            }
        }
        found.extend([
            format!("si={}", at_most(tree.sentence / 2, 6)),
            format!("ns={}", at_most(self.sentences / 8, 6)),
            format!("seen={}", at_most(self.seen.0, 3)),
            format!("seenT={}", at_most(self.seen.1, 4)),
            format!("ents={}", at_most(self.named, 5)),
        ]);
        found
    }

    fn voice(&self) -> String {
        format!("{}{}", self.sort.letter(), if self.frame.passive { 'P' } else { 'A' })
    }

    /// What every reading of a side has: place, kind, rank, distance.
    fn common(&self, side: &Side, rank: usize, ranks: usize) -> Vec<String> {
        let (kind, group) = (self.kind(), group(self.entry.kind));
        let (voice, place, words) = (self.voice(), side.place(), side.kind());
        let near = place.split('/').next().unwrap_or_default();
        let mut found = vec![
            "b".to_owned(),
            format!("p={voice}{place}"),
            format!("pT={voice}{place}{kind}"),
            format!("pg={voice}{place}{group}"),
            format!("k={words}"),
            format!("kT={words}{kind}"),
            format!("kg={words}{group}"),
            format!("pk={near}{words}"),
            format!("r={}", at_most(rank, ranks)),
            format!("n={}", at_most(side.parties.len(), 3)),
        ];
        if let Some(party) = side.parties.first() {
            found.push(format!("d={}", at_most(party.word.abs_diff(self.word) / 4, 6)));
            found.push(format!("bef={}{}", party.word < self.word, self.sort.letter()));
        }
        found
    }

    /// What it means that nobody is told though others could be.
    fn nobody(&self, sides: &[Side]) -> Vec<String> {
        let first = sides.first().map_or(("none", "none"), |side| (side.place(), side.kind()));
        vec![
            format!("avail={}", at_most(sides.len().saturating_sub(1), 3)),
            format!("availk={}", first.1),
            format!("av0={}{}", self.voice(), first.0),
            format!("av0T={}{}", first.0, self.kind()),
        ]
    }

    /// What speaks for a reading of the actors.
    pub fn actor(&self, side: &Side, rank: usize) -> Vec<String> {
        let mut found = self.common(side, rank, 3);
        let near = side.place().split('/').next().unwrap_or_default();
        let how = if self.sort == Sort::Verb { self.frame.how } else { How::None };
        found.push(format!("how={}{near}", how.name()));
        if side.is_nobody() {
            found.extend(self.nobody(self.actors));
        }
        if matches!(near, "gsubj" | "gpass") {
            found.push(format!("gl={}", self.frame.governor.unwrap_or_default()));
            found.push(format!("gs={}", side.slot));
        }
        if self.tree.words[self.word].quote.is_some() {
            found.push(format!("q{}", side.place()));
        }
        found
    }

    /// What speaks for a reading of the recipients.
    pub fn recipient(&self, side: &Side, rank: usize) -> Vec<String> {
        let mut found = self.common(side, rank, 4);
        found.push(format!("w={}|{}", self.entry.name, side.place()));
        if side.is_nobody() {
            found.extend(self.nobody(self.recipients));
        }
        found
    }
}
