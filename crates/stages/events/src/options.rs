//! The sides that a predicate may have.

use crate::frame::{Frame, subject};
use crate::lexicon::Sort;
use crate::party::{Key, Kind, Party, party};
use crate::reader::{Label, Reader};
use crate::tree::Tree;
use crate::words::EXAMPLE;

/// Most readings of one side that are weighed.
const MOST: usize = 10;
/// Whom the language model holds at least so likely (logarithm of odds) is weighed wherever he stands: 0.3.
const LIKELY: f32 = -0.85;
/// How far the nearest name may stand.
const REACH: usize = 25;

/// One reading of a side: the place, and who stands there. Nobody: the side is not told.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub slot: String,
    pub parties: Vec<Party>,
}

impl Side {
    pub fn nobody() -> Self {
        Self { slot: "none".to_owned(), parties: Vec::new() }
    }

    pub fn is_nobody(&self) -> bool {
        self.parties.is_empty()
    }

    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.parties.iter().map(|party| &party.key)
    }

    /// What kind of words come first.
    pub fn kind(&self) -> &'static str {
        self.parties.first().map_or("none", |party| party.kind.name())
    }

    /// The place without what was passed on the way to it: `gsubj` of `gsubj:obj`.
    pub fn place(&self) -> &str {
        if self.slot.starts_with("gsubj") {
            "gsubj"
        } else if self.slot.starts_with("gpass") {
            "gpass"
        } else {
            &self.slot
        }
    }
}

/// Who stands at a word, and what is coordinated with it or named behind it (`enemies such as Israel`).
fn group(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for word in tree.coordinated(i) {
        if tree.words[word].timed {
            continue;
        }
        found.extend(party(reader, tree, word));
        for &kid in tree.kids(word) {
            let example = tree.words[kid].basic() == "nmod" && EXAMPLE.contains(tree.case(kid));
            if !example && tree.words[kid].basic() != "appos" {
                continue;
            }
            for named in tree.coordinated(kid) {
                let party = party(reader, tree, named).filter(|party| is_name(party.kind));
                found.extend(party.filter(|party| found.iter().all(|known| known.key != party.key)));
            }
        }
    }
    found
}

fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::Person | Kind::Organization | Kind::Place | Kind::OtherName)
}

/// What a thing belongs to or came from: `Iran's proposal`, `the decision by the court`. Places are named after the way.
fn owners(tree: &Tree<'_>, i: usize, slot: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for &kid in tree.kids(i) {
        let word = &tree.words[kid];
        let attribute = matches!(word.basic(), "amod" | "compound") && word.entity.is_some();
        if word.relation == "nmod:poss" || attribute {
            found.push((format!("{slot}/own"), kid));
        } else if word.basic() == "nmod" {
            let case = tree.case(kid);
            if !case.is_empty() {
                found.push((format!("{slot}/{case}"), kid));
            }
        } else if word.basic() == "acl" {
            let by = tree.by(kid, "obl").filter(|&side| tree.case(side) == "by");
            found.extend(by.map(|side| (format!("{slot}/by"), side)));
        }
    }
    found
}

/// Owners, their owners, and theirs.
fn all_owners(tree: &Tree<'_>, i: usize, slot: &str) -> Vec<(String, usize)> {
    let mut found = owners(tree, i, slot);
    let (mut from, mut depth) = (0, 0);
    while depth < 2 && from < found.len() && found.len() < 12 {
        let to = found.len();
        for at in from..to {
            let (_, word) = found[at];
            if tree.words[word].entity.is_none() {
                let last = |slot: String| slot.replacen('/', "//", 1);
                found.extend(owners(tree, word, slot).into_iter().map(|(slot, word)| (last(slot), word)));
            }
        }
        (from, depth) = (to, depth + 1);
    }
    found
}

/// The readings of a side so far.
struct Sides<'a, 'd> {
    reader: &'a Reader<'d>,
    tree: &'a Tree<'d>,
    found: Vec<Side>,
}

impl Sides<'_, '_> {
    /// Adds who stands at a word. Says what kind came first; none if nobody stands there.
    fn add(&mut self, slot: &str, word: usize) -> Option<Kind> {
        let parties = group(self.reader, self.tree, word);
        let kind = parties.first()?.kind;
        let known = self.found.iter().any(|side| side.keys().eq(parties.iter().map(|party| &party.key)));
        if !known && self.found.len() < MOST {
            self.found.push(Side { slot: slot.to_owned(), parties });
        }
        Some(kind)
    }

    /// Adds who stands at a word, or, where it is a thing, whom the thing belongs to. `deep`: also their owners, and also
    /// those of people without a name.
    fn add_or_owners(&mut self, slot: &str, word: usize, deep: bool) -> bool {
        let kind = self.add(slot, word);
        if kind.is_none_or(|kind| deep && kind.is_unnamed()) {
            let owners = if deep { all_owners(self.tree, word, slot) } else { owners(self.tree, word, slot) };
            for (slot, owner) in owners {
                self.add(&slot, owner);
            }
        }
        kind.is_some()
    }
}

/// The readings of both sides, the likeliest places first; the last of each is nobody.
pub(crate) fn sides(
    reader: &Reader<'_>,
    tree: &Tree<'_>,
    i: usize,
    sort: Sort,
    frame: &Frame<'_>,
) -> (Vec<Side>, Vec<Side>) {
    let mut actors = Sides { reader, tree, found: Vec::new() };
    let mut recipients = Sides { reader, tree, found: Vec::new() };
    let starting = |starts: &[&str]| {
        let slots = frame.slots.iter().filter(|(slot, _)| starts.iter().any(|start| slot.starts_with(start)));
        slots.cloned().collect::<Vec<_>>()
    };
    match sort {
        Sort::Verb => {
            for slot in ["subj", "by", "p:by"] {
                for word in frame.at(slot) {
                    actors.add_or_owners(slot, word, false);
                }
            }
            let places = ["obj", "pass", "iobj", "csubj", "sobj"];
            let places =
                places.iter().flat_map(|slot| frame.at(slot).map(move |word| ((*slot).to_owned(), word)));
            let cobj = frame.at("cobj").map(|word| ("cobj".to_owned(), word));
            for (slot, word) in places.chain(starting(&["p:"])).chain(cobj) {
                if !recipients.add_or_owners(&slot, word, true) {
                    // `the proposal to free the prisoners`
                    for clause in tree.by(word, "acl") {
                        for &kid in tree.kids(clause) {
                            if matches!(tree.words[kid].relation, "obj" | "nsubj") {
                                recipients.add(&format!("{slot}>acl"), kid);
                            }
                        }
                    }
                }
            }
        }
        Sort::Noun => {
            let places = [
                "poss",
                "p:by",
                "mod",
                "p:between",
                "p:of",
                "cmod",
                "p:from",
                "p:with",
                "p:among",
                "p:against",
            ];
            let places =
                places.iter().flat_map(|slot| frame.at(slot).map(move |word| ((*slot).to_owned(), word)));
            let by = frame.at("gp:by").map(|word| ("gp:by".to_owned(), word));
            for (slot, word) in places.chain(starting(&["gsubj", "gpass"])).chain(by) {
                actors.add_or_owners(&slot, word, false);
            }
            let places = ["giobj", "gobj", "nobj", "mod", "cmod", "poss"];
            let places =
                places.iter().flat_map(|slot| frame.at(slot).map(move |word| ((*slot).to_owned(), word)));
            let last = starting(&["gpass"]);
            for (slot, word) in starting(&["p:", "gp:"]).into_iter().chain(places).chain(last) {
                recipients.add_or_owners(&slot, word, true);
            }
        }
    }
    if let Some(subject) = subject_above(tree, i) {
        actors.add("root", subject);
    }
    if let Some(speaker) = speaker(reader, tree, i) {
        actors.found.push(speaker);
    }
    if let Some(name) = nearest(reader, tree, (i.saturating_sub(REACH)..i).rev()) {
        actors.add("before", name);
    }
    if let Some(name) = nearest(reader, tree, i + 1..(i + REACH).min(tree.words.len())) {
        recipients.add("after", name);
    }
    for hint in reader.hints.map_or(&[][..], |hints| hints.sides_of((tree.first + i) as u32)) {
        let Some(word) = (hint.word as usize).checked_sub(tree.first) else { continue };
        for (sides, likely) in [(&mut actors, hint.actor), (&mut recipients, hint.recipient)] {
            if likely >= LIKELY && word < tree.words.len() && word != i {
                sides.add("read", word);
            }
        }
    }
    let close = |mut found: Vec<Side>| {
        found.truncate(MOST);
        found.push(Side::nobody());
        found
    };
    (close(actors.found), close(recipients.found))
}

/// The subject of the first clause above that has one.
fn subject_above(tree: &Tree<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..12 {
        at = tree.words[at].head?;
        if tree.words[at].is_verb()
            && let Some(&found) = subject(tree, at, 0).0.first().filter(|&&found| found != i)
        {
            return Some(found);
        }
    }
    None
}

/// Who speaks in the quotation that a predicate stands in.
fn speaker(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Option<Side> {
    use docmill_core::layers::EventParty;
    let entity = reader.speaker(tree.words[i].quote?)?;
    reader.label(entity)?;
    let cluster = reader.cluster_of(entity)?;
    let span = reader.entities.items.get(entity as usize)?.span;
    let told = EventParty { span, entity: Some(entity), cluster: Some(cluster), part: false };
    let party = Party { kind: Kind::Pronoun, told, key: Key::Cluster(cluster, None), word: i };
    Some(Side { slot: "speaker".to_owned(), parties: vec![party] })
}

/// The first name of a person, organization or state among words.
fn nearest(reader: &Reader<'_>, tree: &Tree<'_>, mut words: impl Iterator<Item = usize>) -> Option<usize> {
    words.find(|&word| {
        let label = tree.words[word].entity.and_then(|entity| reader.label(entity));
        matches!(label, Some(Label::Country | Label::Person | Label::Organization))
    })
}
