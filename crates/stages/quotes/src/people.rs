//! Who is who among the entity mentions of a document: which name the same, which titles they bear.

use std::ops::Range;
use std::sync::LazyLock;

use docmill_lexicon::lists::FORMS_OF_ADDRESS;
use rustc_hash::FxHashMap;

use docmill_core::Document;
use docmill_core::layers::{Citations, Clusters, Entities, Mentions, Tokens};

use crate::lexicon::Lexicon;
use crate::tags::Tags;

/// Tokens before a name that may be titles of its bearer: `Chinese Defense Minister Cao Gangchuan`.
const TITLES_BEFORE: usize = 4;
/// Tokens after a name and a comma that may say who its bearer is: `Cao Gangchuan, Chinese defense minister,`.
const TITLES_AFTER: usize = 6;

/// What `Mr.` or `Mrs.` before a name tells, or a common first name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// A mention with a title.
#[derive(Debug, Clone, Copy)]
struct Bearer {
    mention: u32,
    /// Its first token.
    token: usize,
    /// Whether all mentions with the title up to it are of one person.
    alone: bool,
}

/// The mentions, by token and by title.
pub(crate) struct People<'d> {
    text: &'d str,
    tokens: &'d Tokens,
    entities: &'d Entities,
    /// For each token, the mention it is part of. Cited outlets are left out.
    by_token: Vec<Option<u32>>,
    /// For each mention, the thing it names. Mentions of one thing share a number.
    things: Vec<u32>,
    /// Titles in lower case: the mentions that bear them, in text order.
    bearers: FxHashMap<String, Vec<Bearer>>,
    genders: FxHashMap<u32, Gender>,
    clusters: Option<&'d Clusters>,
    /// What stands for the clusters beside names; none if no stage has told it.
    mentions: Option<&'d Mentions>,
}

impl<'d> People<'d> {
    pub fn new(doc: &'d Document, tokens: &'d Tokens, entities: &'d Entities, lexicon: &Lexicon) -> Self {
        let mut people = Self {
            text: doc.text(),
            tokens,
            entities,
            by_token: vec![None; tokens.all().len()],
            things: things(doc, entities),
            bearers: FxHashMap::default(),
            genders: FxHashMap::default(),
            clusters: doc.layers().get::<Clusters>(),
            mentions: doc.layers().get::<Mentions>(),
        };
        let citations = doc.layers().get::<Citations>();
        let mut citations = citations.map_or(&[][..], |citations| &citations.items).iter().peekable();
        let mut at = 0;
        for (i, entity) in entities.items.iter().enumerate() {
            while citations.peek().is_some_and(|citation| citation.span.end <= entity.span.start) {
                citations.next();
            }
            let cited = citations.peek().is_some_and(|citation| citation.span.overlaps(entity.span));
            while at < tokens.all().len() && tokens.all()[at].end <= entity.span.start {
                at += 1;
            }
            let first = at;
            while at < tokens.all().len() && tokens.all()[at].start < entity.span.end {
                people.by_token[at] = (!cited).then_some(i as u32);
                at += 1;
            }
            if !cited && people.is_person(i as u32) {
                people.note_titles(i as u32, first, at, lexicon);
            }
        }
        people
    }

    pub fn at(&self, token: usize) -> Option<u32> {
        self.by_token.get(token).copied().flatten()
    }

    /// The last name before a pronoun or noun that stands for it; none in a document whose mentions nobody has looked for.
    pub fn stands_for(&self, token: usize) -> Option<u32> {
        let mention = self.mentions?.at(token)?;
        self.clusters?.name_before(mention.cluster, self.entities, mention.span.start)
    }

    pub fn is_person(&self, mention: u32) -> bool {
        &*self.entities.items[mention as usize].label == "PER"
    }

    pub fn is_place(&self, mention: u32) -> bool {
        &*self.entities.items[mention as usize].label == "LOC"
    }

    /// The first person named in the words of a speaker: `Deputy chief Sirajuddin Haqqani`. Not who only belongs to the
    /// speaker (`Bush's aides`) or stands behind a preposition (`the son of Mobutu`).
    pub fn named_in(&self, words: &Range<usize>, lexicon: &Lexicon) -> Option<u32> {
        let mut token = words.start;
        while token < words.end {
            let name = self.at(token);
            let first = token;
            token += 1;
            let Some(mention) = name.filter(|&mention| self.is_person(mention)) else { continue };
            while token < words.end && self.at(token) == name {
                token += 1;
            }
            let before = first.checked_sub(1).filter(|&before| before >= words.start);
            let is_object =
                before.is_some_and(|at| lexicon.look_up(self.word(at)).tags.any(Tags::PREP | Tags::OF));
            if !is_object && !matches!(self.word(token), "'s" | "’s" | "'" | "’") {
                return Some(mention);
            }
        }
        None
    }

    pub fn same(&self, a: u32, b: u32) -> bool {
        self.things[a as usize] == self.things[b as usize]
    }

    /// True if the bearer of the name may be so spoken of.
    pub fn may_be(&self, mention: u32, gender: Gender) -> bool {
        self.genders.get(&self.things[mention as usize]).is_none_or(|known| *known == gender)
    }

    pub fn word(&self, token: usize) -> &'d str {
        self.tokens.all().get(token).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    /// The last mention before `token` of the only one so far who bears a title. The other `words` of the phrase that
    /// are names must stand near the title too: `the New Jersey governor` is no other governor.
    pub fn bearer(&self, title: &str, token: usize, words: Range<usize>) -> Option<u32> {
        let known = self.bearers.get(&title.to_lowercase())?;
        let so_far = known.partition_point(|bearer| bearer.token < token);
        let bearer = known.get(..so_far)?.last().filter(|bearer| bearer.alone)?;
        let end = token.min(bearer.token + TITLES_AFTER + TITLES_BEFORE);
        let near = bearer.token.saturating_sub(TITLES_BEFORE)..end;
        let name = |&word: &usize| self.word(word).starts_with(char::is_uppercase);
        let said_near = |word: usize| near.clone().any(|other| self.word(other) == self.word(word));
        // The first word may be capitalised for standing first.
        words.skip(1).filter(name).all(said_near).then_some(bearer.mention)
    }

    fn note_titles(&mut self, mention: u32, first: usize, end: usize, lexicon: &Lexicon) {
        let thing = self.things[mention as usize];
        let first_name = lexicon.look_up(self.word(first)).tags;
        if first_name.any(Tags::MAN) && end > first + 1 {
            self.genders.entry(thing).or_insert(Gender::Man);
        } else if first_name.any(Tags::WOMAN) && end > first + 1 {
            self.genders.entry(thing).or_insert(Gender::Woman);
        }
        let mut titles = Vec::new();
        for at in (first.saturating_sub(TITLES_BEFORE)..first).rev() {
            let word = self.word(at);
            if let Some(gender) = address(word) {
                self.genders.insert(thing, gender);
            }
            let tags = lexicon.look_up(word).tags.without(Tags::DOCUMENT);
            if tags.any(Tags::TITLE) {
                titles.push(word.to_lowercase());
            } else if !tags.any(Tags::HYPHEN | Tags::OF | Tags::VENUE | Tags::GROUP) && tags != Tags::NONE {
                break;
            }
        }
        if self.word(end) == "," {
            for at in end + 1..end + 1 + TITLES_AFTER {
                let word = self.word(at);
                let tags = lexicon.look_up(word).tags;
                if tags.any(Tags::COMMA | Tags::STOP | Tags::PREP | Tags::WHO | Tags::AND)
                    || self.at(at).is_some_and(|m| self.is_person(m))
                {
                    break;
                }
                if tags.any(Tags::TITLE) {
                    titles.push(word.to_lowercase());
                }
            }
        }
        for title in titles {
            let things = &self.things;
            let bearers = self.bearers.entry(title).or_default();
            let same = |other: &Bearer| other.alone && things[other.mention as usize] == thing;
            let alone = bearers.last().is_none_or(same);
            bearers.push(Bearer { mention, token: first, alone });
        }
    }
}

/// The gender that a form of address says: `Mr.`; nothing for `Queen`.
fn address(word: &str) -> Option<Gender> {
    static FORMS: LazyLock<FxHashMap<&str, Gender>> = LazyLock::new(|| {
        let forms = FORMS_OF_ADDRESS.shipped().fields().filter(|[_, _, of]| *of == "everybody");
        forms.map(|[word, sex, _]| (word, if sex == "m" { Gender::Man } else { Gender::Woman })).collect()
    });
    FORMS.get(word).copied()
}

/// For each mention a number that mentions of the same thing share: by their clusters if the document has some, else by
/// the last word of their names.
fn things(doc: &Document, entities: &Entities) -> Vec<u32> {
    let clusters =
        doc.layers().get::<Clusters>().map(|c| (c.items.len(), c.of_entities(entities.items.len())));
    let (mut next, clusters) = clusters.map_or((0, Vec::new()), |(count, of)| (count as u32, of));
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let thing = |(i, entity): (usize, &docmill_core::layers::Entity)| {
        if let Some(cluster) = clusters.get(i).copied().flatten() {
            return cluster;
        }
        let name = entity.span.slice(doc.text()).unwrap_or_default();
        let last = name.split_whitespace().next_back().unwrap_or(name);
        *numbers.entry(last).or_insert_with(|| {
            next += 1;
            next - 1
        })
    };
    entities.items.iter().enumerate().map(thing).collect()
}
