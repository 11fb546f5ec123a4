//! What is known of each thing spoken of so far.

use docmill_core::layers::Upos;

use super::class::Class;
use super::scan::{Found, Scan};
use super::words::{Gender, Kind};

/// A thing spoken of.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// Its cluster; none if no name of it is known.
    pub cluster: Option<u32>,
    pub kind: Kind,
    /// How many signs there are for a man, less those for a woman.
    pub manly: i32,
    pub plural: bool,
    /// Index of its last mention.
    pub last: usize,
    pub count: u32,
    /// Sentence of its first mention.
    pub since: usize,
    /// Nouns that it was called by, and words that stood with them.
    pub nouns: Vec<String>,
    pub more: Vec<String>,
    /// What it was called as a whole, and words that followed the noun.
    pub phrases: Vec<String>,
    pub after: Vec<String>,
    /// The words of its name.
    pub name: Vec<String>,
    /// The thing that it was last said to belong to.
    pub owner: Option<u32>,
    /// The classes of its mentions, a bit each.
    pub called: u32,
    /// The nouns of its offices.
    pub offices: Vec<String>,
    /// True if its first mention means somebody whom one knows.
    pub is_definite: bool,
    /// Cluster of the state whose office it holds.
    pub state: Option<u32>,
    /// What the last mention was, if a pronoun.
    pub last_pronoun: Option<Class>,
}

/// Words kept of each thing: enough for titles, and a bound.
const MOST_WORDS: usize = 16;

impl Thing {
    /// A thing first spoken of by mention `at`.
    pub fn new(scan: &Scan<'_>, found: &Found, at: usize) -> Self {
        let cluster = found.entity.and_then(|entity| scan.cluster_of[entity as usize]);
        let mut thing = Self {
            cluster,
            kind: found.kind,
            manly: 0,
            plural: found.plural,
            last: at,
            count: 0,
            since: found.sentence,
            nouns: Vec::new(),
            more: Vec::new(),
            phrases: Vec::new(),
            after: Vec::new(),
            owner: None,
            called: 0,
            name: Vec::new(),
            offices: Vec::new(),
            is_definite: found.class.is_definite(),
            state: None,
            last_pronoun: None,
        };
        if let Some(cluster) = cluster.and_then(|c| scan.clusters.items.get(c as usize)) {
            let words = cluster.canonical.split_whitespace().take(MOST_WORDS);
            thing.name = words.map(str::to_lowercase).collect();
        }
        thing
    }

    /// Takes another mention in.
    pub fn add(&mut self, scan: &Scan<'_>, found: &Found, at: usize) {
        self.last = at;
        self.count += 1;
        self.called |= 1 << found.class as u32;
        self.last_pronoun = found.class.is_pronoun().then_some(found.class);
        match found.gender.or_else(|| gender_of_name(scan, found)) {
            // What somebody is called by tells more than a given name.
            Some(Gender::Man) => self.manly += if found.class == Class::He { 2 } else { 1 },
            Some(Gender::Woman) => self.manly -= if found.class == Class::He { 2 } else { 1 },
            None => {}
        }
        if found.entity.is_none() && !found.class.is_pronoun() {
            self.call(scan, found.first, found.head);
            keep(&mut self.phrases, phrase_words(scan, found).join(" "));
            for word in after_words(scan, found) {
                keep(&mut self.after, word);
            }
        }
    }

    /// Whether a mention of a class was of this thing.
    pub fn was_called(&self, class: Class) -> bool {
        self.called & (1 << class as u32) > 0
    }

    /// Remembers an office told as a role.
    pub fn hold(&mut self, scan: &Scan<'_>, first: usize, head: usize) {
        keep(&mut self.offices, scan.lemma(head).to_lowercase());
        self.call(scan, first, head);
    }

    /// Remembers a word that stood with its noun.
    pub fn say_more(&mut self, word: &str) {
        keep(&mut self.more, word.to_lowercase());
    }

    /// Remembers the noun `head`, and the words before it from `first` on.
    pub fn call(&mut self, scan: &Scan<'_>, first: usize, head: usize) {
        keep(&mut self.nouns, scan.lemma(head).to_lowercase());
        for token in first..head {
            if scan.word(token).starts_with(char::is_alphabetic) {
                keep(&mut self.more, scan.word(token).to_lowercase());
            }
        }
    }

    pub fn gender(&self) -> Option<Gender> {
        match self.manly {
            0 => None,
            1.. => Some(Gender::Man),
            ..=-1 => Some(Gender::Woman),
        }
    }
}

/// The words from the first that says more of a noun to the noun, without articles.
pub(crate) fn phrase_words(scan: &Scan<'_>, found: &Found) -> Vec<String> {
    let words = (found.first..found.head).filter(|&token| scan.syntax.relation(token) != "det");
    let own = words.map(|token| scan.word(token).to_lowercase());
    own.chain([scan.lemma(found.head).to_lowercase()]).collect()
}

/// Words that say more of a noun after it: `defence` in `the minister of defence`.
pub(crate) fn after_words(scan: &Scan<'_>, found: &Found) -> Vec<String> {
    let tokens = (found.head + 1..=found.phrase.1).take(MOST_WORDS);
    let tokens =
        tokens.filter(|&token| matches!(scan.upos(token), Upos::Noun | Upos::Propn | Upos::Num | Upos::Verb));
    tokens.map(|token| scan.lemma(token).to_lowercase()).collect()
}

fn keep(words: &mut Vec<String>, word: String) {
    if words.len() < MOST_WORDS && !words.contains(&word) {
        words.push(word);
    }
}

/// The sex that a name of a person tells: by the form of address, else by the given name.
fn gender_of_name(scan: &Scan<'_>, found: &Found) -> Option<Gender> {
    found.entity.filter(|_| found.kind == Kind::Person)?;
    let before = found.first.checked_sub(1).map_or("", |before| scan.word(before));
    if let Some(gender) = scan.lists.address(before) {
        return Some(gender);
    }
    let end = (found.first..scan.tokens.len()).find(|&token| scan.name_of[token] != found.entity)?;
    let mut words = (found.first..end).map(|token| scan.word(token));
    let first = words.next()?;
    if let Some(gender) = scan.lists.address(first) {
        return Some(gender);
    }
    // A name of one word is a surname, unless the text knows the person by no other: `Mary`.
    let is_surname = words.next().is_none() && {
        let cluster = found.entity.and_then(|entity| scan.cluster_of[entity as usize]);
        let cluster = cluster.and_then(|cluster| scan.clusters.items.get(cluster as usize));
        cluster.is_some_and(|cluster| cluster.canonical.contains(char::is_whitespace))
    };
    scan.lists.given_name(&first.to_lowercase()).filter(|_| !is_surname)
}
