//! From mentions to things.

use docmill_core::Span;
use rustc_hash::FxHashMap;

use super::class::Class;
use super::discourse::Thing;
use super::features::{Feature, Pair, Phrase, Values, is_speaker, nothing};
use super::model::{Model, softmax};
use super::scan::{Found, Scan};
use super::words::Kind;

/// Mentions looked back at, and things ranked: bounds, so that the time is linear.
const MOST_MENTIONS: usize = 160;
const MOST_THINGS: usize = 20;
/// Sentences that a pronoun, or a noun phrase, reaches back.
const PRONOUN_REACH: usize = 8;
const NOUN_REACH: usize = 60;
/// Things ranked that were not called by the noun of a phrase that mostly brings something new.
const MOST_FOR_NEW: usize = 4;
/// Steps up the tree for a clause that hangs on the one behind it.
const MOST_STEPS: usize = 8;
/// Things kept for each noun.
const MOST_BY_NOUN: usize = 4;
/// Things kept that were called `I`, `we` or `you`.
const MOST_PARTIES: usize = 6;
/// Things ranked at most, with those that the language model finds likely.
const MOST_RANKED: usize = 24;
/// From this score on a thing is ranked even if it was mentioned long before: even odds against something new.
const LIKELY: f32 = 0.0;
/// The score of a thing that the language model holds for unlikely, and the most that one score counts.
const UNSAID: f32 = -5.0;
const MOST_SAID: f32 = 8.0;

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    /// Index of the thing.
    pub thing: u32,
    pub cluster: Option<u32>,
    pub score: f32,
}

/// What a mention was ranked among: the things, then nothing; with the values of each.
pub(crate) struct Ranked<'a> {
    pub things: &'a [u32],
    pub values: &'a [Values],
    /// What the language model says of each thing; none where it was not asked.
    pub read: Option<&'a [f32]>,
}

/// Goes through the mentions of a document.
pub(crate) struct Linker<'a, 'd> {
    pub(super) scan: &'a Scan<'d>,
    model: &'a Model,
    threshold: f32,
    /// For each mention so far.
    pub links: Vec<Link>,
    pub things: Vec<Thing>,
    of_cluster: FxHashMap<u32, u32>,
    /// The last things that were called by a noun.
    by_noun: FxHashMap<String, Vec<u32>>,
    /// For each head so far, its mention.
    of_head: FxHashMap<usize, usize>,
    /// The thing of each kind that was spoken of most.
    most: [Option<u32>; 7],
    next_role: usize,
    /// Who spoke last, outside quotation marks.
    last_speaker: Option<u32>,
    /// The last things that were called `I`, `we` and `you`.
    parties: Vec<u32>,
}

impl<'a, 'd> Linker<'a, 'd> {
    pub fn new(scan: &'a Scan<'d>, model: &'a Model, threshold: f32) -> Self {
        Self {
            scan,
            model,
            threshold,
            links: Vec::with_capacity(scan.found.len()),
            things: Vec::new(),
            of_cluster: FxHashMap::default(),
            by_noun: FxHashMap::default(),
            of_head: FxHashMap::default(),
            most: [None; 7],
            next_role: 0,
            last_speaker: None,
            parties: Vec::new(),
        }
    }

    /// Links all mentions in order. `ranked` is shown what the model chose among.
    pub fn run(&mut self, ranked: &mut dyn FnMut(usize, &Found, Ranked<'_>)) {
        let scan = self.scan;
        for (i, found) in scan.found.iter().enumerate() {
            self.learn_roles(found.sentence);
            let (thing, score) = self.thing_of(i, found, ranked);
            self.add(i, found, thing, score);
        }
        self.learn_roles(usize::MAX);
        self.name_offices();
        // Some things got their name after their first mention.
        for link in &mut self.links {
            link.cluster = self.things[link.thing as usize].cluster;
        }
    }

    fn add(&mut self, i: usize, found: &Found, thing: u32, score: f32) {
        let scan = self.scan;
        let this = &mut self.things[thing as usize];
        this.add(scan, found, i);
        self.links.push(Link { thing, cluster: this.cluster, score });
        let most = &mut self.most[this.kind as usize];
        let count = this.count;
        if most.is_none_or(|most| self.things[most as usize].count <= count) {
            *most = Some(thing);
        }
        if found.class != Class::Pair {
            self.of_head.insert(found.head, i);
            if !scan.quoted(found.head) && is_speaker(scan, found) {
                self.last_speaker = Some(thing);
            }
        }
        if let Some(owner) = self.owner(found) {
            self.things[thing as usize].owner = Some(owner);
        }
        if matches!(found.class, Class::I | Class::We | Class::You) {
            note(&mut self.parties, thing, MOST_PARTIES);
        }
        if found.entity.is_none() && !found.class.is_pronoun() {
            self.note_noun(scan.lemma(found.head).to_lowercase(), thing);
        }
    }

    fn note_noun(&mut self, noun: String, thing: u32) {
        note(self.by_noun.entry(noun).or_default(), thing, MOST_BY_NOUN);
    }

    /// The thing of `his` in `his plan`.
    fn owner(&self, found: &Found) -> Option<u32> {
        let scan = self.scan;
        let owner = scan.children(found.head).find(|&child| scan.syntax.relation(child) == "nmod:poss")?;
        self.thing_at(owner)
    }

    fn new_thing(&mut self, i: usize, found: &Found) -> u32 {
        self.things.push(Thing::new(self.scan, found, i));
        (self.things.len() - 1) as u32
    }

    /// The thing of a mention, with how sure that is.
    fn thing_of(
        &mut self,
        i: usize,
        found: &Found,
        ranked: &mut dyn FnMut(usize, &Found, Ranked<'_>),
    ) -> (u32, f32) {
        if let Some(entity) = found.entity {
            return (self.named(i, found, entity), 1.0);
        }
        if let Some(thing) = self.by_rule(found) {
            return (thing, 1.0);
        }
        match found.class {
            Class::Some | Class::Relative | Class::Name | Class::Pair => (self.new_thing(i, found), 1.0),
            _ => self.rank(i, found, ranked),
        }
    }

    fn named(&mut self, i: usize, found: &Found, entity: u32) -> u32 {
        let cluster = self.scan.cluster_of[entity as usize];
        if let Some(&known) = cluster.and_then(|cluster| self.of_cluster.get(&cluster)) {
            return known;
        }
        // `the foreign minister, Khurshid Kasuri`: the phrase before gets the name.
        let head =
            self.scan.syntax.head(found.head).filter(|_| self.scan.syntax.relation(found.head) == "appos");
        let before = head.and_then(|head| self.of_head.get(&head)).map(|&before| self.links[before].thing);
        let nameless = before.filter(|&thing| {
            let thing = &self.things[thing as usize];
            thing.cluster.is_none() && thing.kind == found.kind && !thing.plural
        });
        let thing = match nameless {
            Some(thing) => {
                let named = Thing::new(self.scan, found, i);
                let this = &mut self.things[thing as usize];
                (this.cluster, this.name) = (named.cluster, named.name);
                thing
            }
            None => self.new_thing(i, found),
        };
        if let Some(cluster) = cluster {
            self.of_cluster.insert(cluster, thing);
        }
        thing
    }

    fn thing_at(&self, head: usize) -> Option<u32> {
        self.of_head.get(&head).map(|&mention| self.links[mention].thing)
    }

    /// What the syntax settles.
    fn by_rule(&mut self, found: &Found) -> Option<u32> {
        let scan = self.scan;
        match found.class {
            Class::Relative => {
                // Up to the clause that hangs on the noun.
                let mut token = found.head;
                for _ in 0..6 {
                    let head = scan.syntax.head(token)?;
                    if scan.syntax.relation(token).starts_with("acl") {
                        return self.thing_at(head);
                    }
                    token = head;
                }
                None
            }
            Class::Person | Class::Body | Class::Indefinite | Class::Owned | Class::Bare => {
                // `Kasuri, the foreign minister,`; not `Kasuri, ministers and ...`.
                if scan.syntax.relation(found.head) == "appos" && !found.plural {
                    let thing = scan.syntax.head(found.head).and_then(|head| self.thing_at(head));
                    let fits = |&thing: &u32| self.things[thing as usize].kind == found.kind;
                    if let Some(thing) = thing.filter(fits) {
                        return Some(thing);
                    }
                }
                if found.kind == Kind::State { self.ruled(found) } else { None }
            }
            _ => None,
        }
    }

    /// The state of `the Greek government`, `the government of Greece`, `his government`.
    fn ruled(&self, found: &Found) -> Option<u32> {
        let scan = self.scan;
        if !scan.lists.ruling.contains(scan.lemma(found.head)) {
            return None;
        }
        for child in scan.children(found.head) {
            let relation = scan.syntax.relation(child);
            if !matches!(relation, "amod" | "compound" | "nmod:poss" | "nmod" | "nmod:desc") {
                continue;
            }
            let thing = self.thing_at(child).or_else(|| {
                let cluster = scan.name_of[child].and_then(|entity| scan.cluster_of[entity as usize])?;
                self.of_cluster.get(&cluster).copied()
            });
            let Some(thing) = thing else { continue };
            let this = &self.things[thing as usize];
            match this.kind {
                Kind::State => return Some(thing),
                Kind::Person if relation == "nmod:poss" => {
                    return this.state.and_then(|state| self.of_cluster.get(&state)).copied();
                }
                _ => {}
            }
        }
        None
    }

    fn rank(
        &mut self,
        i: usize,
        found: &Found,
        ranked: &mut dyn FnMut(usize, &Found, Ranked<'_>),
    ) -> (u32, f32) {
        let mut things = self.candidates(found);
        let ahead = self.ahead(found);
        if let Some(thing) = ahead.filter(|thing| !things.contains(thing)) {
            things.push(thing);
        }
        let said = self.said(found);
        for &(thing, score) in said.iter().flatten() {
            let fits = || may_be(found, &self.things[thing as usize]);
            if score >= LIKELY && things.len() < MOST_RANKED && !things.contains(&thing) && fits() {
                things.push(thing);
            }
        }
        let read: Option<Vec<f32>> = said.map(|said| {
            let of =
                |&thing: &u32| said.iter().find(|(known, _)| *known == thing).map_or(UNSAID, |said| said.1);
            things.iter().map(of).collect()
        });
        let scan = self.scan;
        let mut values: Vec<Values> = Vec::with_capacity(things.len() + 1);
        let mut known = false;
        let (phrase, owner) = (Phrase::new(scan, found), self.owner(found));
        for (rank, &thing) in things.iter().enumerate() {
            let this = &self.things[thing as usize];
            let most_often = self.most[this.kind as usize] == Some(thing);
            let mut these = Values::with_capacity(24);
            let spoke_last = self.last_speaker == Some(thing);
            let (phrase, alone, ahead) = (&phrase, things.len() == 1, ahead == Some(thing));
            let pair =
                Pair { scan, found, thing: this, rank, most_often, spoke_last, owner, alone, ahead, phrase };
            pair.values(&mut these);
            known |=
                these.iter().any(|(feature, _)| matches!(feature, Feature::NounSame | Feature::NounInName));
            values.push(these);
        }
        let mut none = Values::with_capacity(12);
        nothing(scan, found, things.len(), known, &mut none);
        values.push(none);
        ranked(i, found, Ranked { things: &things, values: &values, read: read.as_deref() });
        let mut scores: Vec<f32> =
            values.iter().map(|values| self.model.score(found.class, values)).collect();
        if let Some(read) = &read {
            self.model.mix(found.class, &mut scores, read);
        }
        softmax(&mut scores);
        let best =
            (0..things.len()).reduce(|best, other| if scores[other] > scores[best] { other } else { best });
        match best.filter(|&best| scores[best] >= self.threshold) {
            Some(best) => (things[best], scores[best]),
            None => (self.new_thing(i, found), 1.0 - best.map_or(0.0, |best| scores[best])),
        }
    }

    /// What the language model says of the things that a mention may stand for; none where it was not asked. Of a thing
    /// mentioned more than once, the best mention counts.
    fn said(&self, found: &Found) -> Option<Vec<(u32, f32)>> {
        let hints = self.scan.hints?.antecedents_of(found.head as u32);
        if hints.is_empty() {
            return None;
        }
        let mut said: Vec<(u32, f32)> = Vec::new();
        for hint in hints {
            let Some(thing) = self.thing_at(hint.earlier as usize) else { continue };
            let score = hint.score.min(MOST_SAID);
            match said.iter_mut().find(|(known, _)| *known == thing) {
                Some((_, best)) => *best = best.max(score),
                None => said.push((thing, score)),
            }
        }
        Some(said)
    }

    /// `a minister`, `ministers`: seldom stands for what was not called by its noun.
    #[expect(clippy::unused_self, reason = "reads as a question to the linker")]
    fn brings_something_new(&self, found: &Found) -> bool {
        matches!(
            found.class,
            Class::Thing | Class::Plural | Class::Owned | Class::Indefinite | Class::Bare | Class::Proper
        )
    }

    /// The person whose clause follows that of the pronoun: `When he left, Aso said ...`.
    fn ahead(&mut self, found: &Found) -> Option<u32> {
        let scan = self.scan;
        if found.class != Class::He {
            return None;
        }
        let mut at = found.head;
        for _ in 0..MOST_STEPS {
            let head = scan.syntax.head(at)?;
            let relation = scan.syntax.relation(at);
            if head > at && (relation.starts_with("advcl") || relation.starts_with("obl")) {
                let is_subject =
                    |&child: &usize| child > found.head && scan.syntax.relation(child).starts_with("nsubj");
                let subject = scan.children(head).find(is_subject)?;
                let i = scan.found.partition_point(|other| other.head < subject);
                let name =
                    scan.found.get(i).filter(|other| other.head == subject && other.kind == Kind::Person)?;
                let cluster = scan.cluster_of[name.entity? as usize]?;
                let known = self.of_cluster.get(&cluster).copied();
                let thing = known.unwrap_or_else(|| self.new_thing(i, name));
                self.of_cluster.insert(cluster, thing);
                return Some(thing).filter(|&thing| may_be(found, &self.things[thing as usize]));
            }
            at = head;
        }
        None
    }

    /// The things that a mention may stand for, the last spoken of first.
    fn candidates(&self, found: &Found) -> Vec<u32> {
        let scan = self.scan;
        let reach = if found.class.is_pronoun() { PRONOUN_REACH } else { NOUN_REACH };
        let most = if self.brings_something_new(found) { MOST_FOR_NEW } else { MOST_THINGS };
        let mut things: Vec<u32> = Vec::new();
        let fits = |thing: u32| may_be(found, &self.things[thing as usize]);
        for (mention, link) in
            scan.found[..self.links.len()].iter().zip(&self.links).rev().take(MOST_MENTIONS)
        {
            if mention.sentence + reach < found.sentence || things.len() == most {
                break;
            }
            // A phrase that holds the mention: `the man and his dog`.
            if mention.head != found.head && !things.contains(&link.thing) && fits(link.thing) {
                things.push(link.thing);
            }
        }
        if matches!(found.class, Class::I | Class::We | Class::You) {
            for &thing in self.parties.iter().rev() {
                if !things.contains(&thing) && fits(thing) {
                    things.push(thing);
                }
            }
        }
        if !found.class.is_pronoun() {
            let lemma = scan.lemma(found.head).to_lowercase();
            let called = self.by_noun.get(&lemma).into_iter().flatten().rev().copied();
            let most = self.most[found.kind as usize];
            for thing in called.chain(most) {
                if !things.contains(&thing) && fits(thing) {
                    things.push(thing);
                }
            }
        }
        things
    }

    /// Takes in the roles told in the sentences before.
    fn learn_roles(&mut self, sentence: usize) {
        let Some(roles) = self.scan.roles else { return };
        while let Some(role) =
            roles.items.get(self.next_role).filter(|role| (role.sentence as usize) < sentence)
        {
            self.next_role += 1;
            let cluster = |entity: u32| self.scan.cluster_of.get(entity as usize).copied().flatten();
            let Some(thing) = cluster(role.person).and_then(|person| self.of_cluster.get(&person).copied())
            else {
                continue;
            };
            let Some(tokens) = self.tokens(role.role) else { continue };
            let head = self.scan.head_of(tokens.clone());
            let this = &mut self.things[thing as usize];
            this.hold(self.scan, tokens.start, head);
            let state = role.organization.and_then(cluster).filter(|&state| {
                self.scan.clusters.items.get(state as usize).is_some_and(|cluster| cluster.country.is_some())
            });
            this.state = this.state.or(state);
            // `Polish` of `the Polish foreign minister`.
            if let Some(of) =
                role.organization.and_then(|entity| self.scan.entities.items.get(entity as usize))
            {
                let words = of.span.slice(self.scan.text).unwrap_or_default().split_whitespace();
                words.for_each(|word| this.say_more(word));
            }
            self.note_noun(self.scan.lemma(head).to_lowercase(), thing);
        }
    }

    fn tokens(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let first = self.scan.tokens.partition_point(|token| token.end <= span.start);
        let end = self.scan.tokens.partition_point(|token| token.start < span.end);
        (first < end).then_some(first..end)
    }
}

/// Puts a thing last in a list of so many.
fn note(known: &mut Vec<u32>, thing: u32, most: usize) {
    known.retain(|&other| other != thing);
    if known.len() == most {
        known.remove(0);
    }
    known.push(thing);
}

/// Whether a mention may stand for a thing at all.
fn may_be(found: &Found, thing: &Thing) -> bool {
    let is_person = thing.kind == Kind::Person && !thing.plural;
    // Models take a short name for a place or a body at times.
    let is_short_name = thing.cluster.is_some() && thing.name.len() == 1 && thing.kind != Kind::State;
    match found.class {
        Class::He => {
            (is_person || is_short_name) && thing.gender().is_none_or(|gender| found.gender == Some(gender))
        }
        Class::I => is_person,
        Class::You => is_person || thing.was_called(Class::You) || thing.kind == Kind::Group,
        Class::We => thing.plural || !matches!(thing.kind, Kind::Person | Kind::Time),
        Class::It => thing.kind != Kind::Person && !thing.plural,
        Class::They => {
            thing.plural || matches!(thing.kind, Kind::Organization | Kind::State | Kind::Group | Kind::Thing)
        }
        Class::This => thing.kind != Kind::Person && thing.plural == found.plural,
        Class::Person => {
            let gender = thing.gender();
            is_person && (found.gender.is_none() || gender.is_none() || found.gender == gender)
        }
        Class::Body => match found.kind {
            Kind::State | Kind::Place => matches!(thing.kind, Kind::State | Kind::Place),
            _ => matches!(thing.kind, Kind::Organization | Kind::Thing | Kind::Group | Kind::Place),
        },
        Class::Thing | Class::Plural | Class::Owned | Class::Indefinite | Class::Bare | Class::Proper => {
            // `Cao, September 16`: no apposition.
            if thing.cluster.is_some() && thing.kind == Kind::Person && found.kind != Kind::Person {
                return false;
            }
            let people = |kind| matches!(kind, Kind::Person | Kind::Group);
            let open = found.kind == Kind::Thing || thing.kind == Kind::Thing || found.kind == thing.kind;
            found.plural == thing.plural && (open || people(found.kind) == people(thing.kind))
        }
        Class::Some | Class::Relative | Class::Name | Class::Pair => false,
    }
}
