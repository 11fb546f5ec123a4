//! A side of an event, from the word that stands for it.

use docmill_core::layers::{EventParty, Upos};
use docmill_lexicon::inflect::plural;

use crate::nouns::Sort;
use crate::reader::{Label, Reader};
use crate::tree::Tree;
use crate::words::{OWNER, PRONOUNS, SPEAKERS};

/// What kind of words a side is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Country,
    Person,
    Organization,
    Place,
    OtherName,
    /// A pronoun whose name is known.
    Pronoun,
    /// A noun phrase whose name is known: `the minister`.
    Nominal,
    /// People or a body of something named: `Iranian officials`.
    Owned,
    /// Part of a state that is not named: `the government`.
    Organ,
    /// People or a body without a name.
    Noun,
    /// A word with a capital that is no known name.
    Capitalised,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Person => "per",
            Self::Organization => "org",
            Self::Place => "loc",
            Self::OtherName => "misc",
            Self::Pronoun => "pron",
            Self::Nominal => "nominal",
            Self::Owned => "owned",
            Self::Organ => "organ",
            Self::Noun => "noun",
            Self::Capitalised => "propn",
        }
    }

    pub fn is_unnamed(self) -> bool {
        matches!(self, Self::Noun | Self::Capitalised)
    }
}

/// What makes two sides one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Cluster(u32, Option<String>),
    Words(String),
}

/// A side.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub kind: Kind,
    pub told: EventParty,
    pub key: Key,
    /// Its word in the sentence.
    pub word: usize,
}

/// The mention that a noun belongs to: itself, or the name that it is a title of.
fn entity_of(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Option<u32> {
    let word = &tree.words[i];
    if let Some(entity) = word.entity.or(word.role_of) {
        return Some(entity);
    }
    let named = |relations: [&str; 3], only_people: bool| {
        tree.kids(i).iter().find_map(|&kid| {
            let word = &tree.words[kid];
            let entity = word.entity?;
            let person = reader.label(entity) == Some(Label::Person);
            (relations.contains(&word.relation) && (person || !only_people)).then_some(entity)
        })
    };
    named(["flat", "appos", "nmod:desc"], true).or_else(|| named(["flat", "nmod:desc", "nmod:desc"], false))
}

/// The first word of a noun phrase: with what says more of the noun, without articles and owners.
fn phrase(tree: &Tree<'_>, i: usize) -> usize {
    let part = |at: usize| {
        let word = &tree.words[at];
        matches!(word.basic(), "compound" | "amod" | "nummod" | "flat") && word.head == Some(i)
    };
    // A part's own parts too: the hyphen and the number of `an 11-year-old girl`.
    let belongs = |at: usize| {
        let word = &tree.words[at];
        let inner = word.text == "-" || word.head.is_some_and(|head| head < i && part(head));
        part(at) || (inner && word.upos != Upos::Det)
    };
    let mut first = i;
    while let Some(before) = first.checked_sub(1).filter(|&before| belongs(before)) {
        first = before;
    }
    if tree.words[first].text == "-" {
        first += 1;
    }
    first
}

/// The side that a word stands for; none for a thing, or for a pronoun of unknown meaning.
pub(crate) fn party(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Option<Party> {
    let word = &tree.words[i];
    if let Some(entity) = entity_of(reader, tree, i) {
        let kind = match reader.label(entity)? {
            Label::Country => Kind::Country,
            Label::Person => Kind::Person,
            Label::Organization => Kind::Organization,
            Label::Place => Kind::Place,
            Label::Other => Kind::OtherName,
        };
        let cluster = reader.cluster_of(entity);
        let span = reader.entities.items.get(entity as usize)?.span;
        let key =
            cluster.map_or_else(|| Key::Words(word.lower.clone()), |cluster| Key::Cluster(cluster, None));
        let told = EventParty { span, entity: Some(entity), cluster, part: false };
        return Some(Party { kind, told, key, word: i });
    }
    if word.upos == Upos::Pron || SPEAKERS.contains(&word.lower) || PRONOUNS.contains(&word.lower) {
        let speaker = || {
            let entity = reader.speaker(word.quote?).filter(|_| SPEAKERS.contains(&word.lower))?;
            reader.cluster_of(entity)
        };
        let cluster = word.stands_for.or_else(speaker)?;
        let told = EventParty {
            span: word.span,
            entity: reader.mention_before(cluster, word.span.start),
            cluster: Some(cluster),
            part: false,
        };
        return Some(Party { kind: Kind::Pronoun, told, key: Key::Cluster(cluster, None), word: i });
    }
    let first = phrase(tree, i);
    let span = tree.words[first].span.cover(word.span);
    let of_cluster = |cluster: u32, part: bool, entity: Option<u32>| EventParty {
        span,
        entity: entity.or_else(|| reader.mention_before(cluster, span.start)),
        cluster: Some(cluster),
        part,
    };
    if let Some(cluster) = word.stands_for {
        let told = of_cluster(cluster, false, None);
        return Some(Party { kind: Kind::Nominal, told, key: Key::Cluster(cluster, None), word: i });
    }
    let unnamed = |kind: Kind| {
        let told = EventParty { span, entity: None, cluster: None, part: false };
        let words = tree.words[first..=i].iter().map(|word| word.lower.as_str());
        let key = Key::Words(words.collect::<Vec<_>>().join(" "));
        Some(Party { kind, told, key, word: i })
    };
    let forms = &reader.nouns.forms;
    let Some(noun) = forms.get(&word.lower).or_else(|| forms.get(word.lemma)) else {
        return if word.upos == Upos::Propn { unnamed(Kind::Capitalised) } else { None };
    };
    let owner = owner(reader, tree, i).filter(|_| noun.sort != Sort::People);
    if let Some(entity) = owner {
        let cluster = reader.cluster_of(entity);
        let key = cluster
            .map_or_else(|| Key::Words(word.lower.clone()), |c| Key::Cluster(c, Some(noun.word.clone())));
        let told = match cluster {
            Some(cluster) => of_cluster(cluster, true, Some(entity)),
            None => EventParty { span, entity: Some(entity), cluster: None, part: true },
        };
        return Some(Party { kind: Kind::Owned, told, key, word: i });
    }
    if noun.sort == Sort::Organ
        && word.lower != plural(&noun.word)
        && let Some(state) = reader.main_state
    {
        let told = of_cluster(state, true, None);
        return Some(Party {
            kind: Kind::Organ,
            told,
            key: Key::Cluster(state, Some(noun.word.clone())),
            word: i,
        });
    }
    unnamed(Kind::Noun)
}

/// The name that a noun belongs to: `Iranian officials`, `officials of the ministry`.
fn owner(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Option<u32> {
    let named = |&kid: &usize| tree.words[kid].entity.filter(|&entity| reader.label(entity).is_some());
    let kids = tree.kids(i);
    let before = kids.iter().filter(|&&kid| {
        let word = &tree.words[kid];
        matches!(word.basic(), "amod" | "compound") || word.relation == "nmod:poss"
    });
    let behind = kids.iter().filter(|&&kid| {
        let word = &tree.words[kid];
        word.basic() == "nmod" && word.relation != "nmod:poss" && OWNER.contains(tree.case(kid))
    });
    before.chain(behind).find_map(named)
}
