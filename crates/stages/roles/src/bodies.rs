//! The organization that a word such as `party` or an office such as `judge` leads to, among those that the text names.

use std::sync::LazyLock;

use docmill_core::layers::Clusters;
use docmill_lexicon::Words;
use docmill_lexicon::lists::{OFFICE_BODIES, ORGANIZATIONS, ROLE_WORDS};
use rustc_hash::FxHashMap;

/// Mentions of organizations by the words of their names, and of places.
#[derive(Default)]
pub(crate) struct Bodies {
    of_word: FxHashMap<String, Vec<u32>>,
}

impl Bodies {
    /// `is_place` tells which clusters are places and no states.
    pub fn new(clusters: &Clusters, is_place: impl Fn(usize) -> bool) -> Self {
        let mut found = Self::default();
        for (i, cluster) in clusters.items.iter().enumerate() {
            if cluster.country.is_some() {
                continue;
            }
            let mut words: Vec<String> = Vec::new();
            if is_place(i) {
                words.push(PLACE.to_owned());
            } else if cluster.label.starts_with("ORG") {
                let name = cluster.canonical.to_lowercase();
                words.extend(name.split(' ').filter(|word| ASKED.contains(word)).map(str::to_owned));
                words.extend(SORTS.get(&name).into_iter().flatten().map(|word| (*word).to_owned()));
            }
            words.dedup();
            for word in words {
                let known = found.of_word.entry(word).or_default();
                known.extend(cluster.mentions.iter().map(|mention| mention.entity));
            }
        }
        // Clusters come by their first mention, so what a word leads to is not yet in text order.
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for mentions in found.of_word.values_mut() {
            mentions.sort_unstable();
            mentions.dedup();
        }
        found
    }

    /// The organization last named before a mention that a word leads to, or else the first one.
    pub fn of_word(&self, word: &str, mention: u32) -> Option<u32> {
        let mentions = self.of_word.get(word)?;
        let before = mentions.partition_point(|this| *this < mention);
        mentions.get(before.saturating_sub(1)).copied()
    }

    /// The organization that the holder of an office belongs to.
    pub fn of_office(&self, office: &str, mention: u32) -> Option<u32> {
        let words = OFFICES.get(office)?;
        let near = |found: &u32| u32::abs_diff(*found, mention);
        words.iter().filter_map(|word| self.of_word(word, mention)).min_by_key(near)
    }
}

/// True for an office whose body is of a known sort.
pub(crate) fn has_body(office: &str) -> bool {
    OFFICES.contains_key(office)
}

/// What stands for a place in `office_bodies`.
const PLACE: &str = "place";

/// Words of names that are asked for.
static ASKED: LazyLock<Words> = LazyLock::new(|| {
    let bodies = ["body", "inside"].map(|class| ROLE_WORDS.shipped().of_class(class));
    Words::new(bodies.iter().flat_map(Words::iter).chain(OFFICES.values().flatten().copied()))
});

static OFFICES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    OFFICE_BODIES.shipped().fields().map(|[office, bodies]| (office, bodies.split('|').collect())).collect()
});

/// What sort of organization a known name is of: `party` for the BJP.
static SORTS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut found: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for [names, acronyms, _] in ORGANIZATIONS.shipped().fields() {
        let all = || names.split('|').chain(acronyms.split('|')).filter(|name| !name.is_empty());
        let last = |name: &'static str| name.rsplit(' ').next().unwrap_or_default();
        let sorts: Vec<&'static str> = (ROLE_WORDS.shipped().fields())
            .filter(|[word, class]| {
                matches!(*class, "body" | "inside") && all().any(|name| last(name).eq_ignore_ascii_case(word))
            })
            .map(|[word, _]| word)
            .collect();
        for name in all() {
            found.insert(name.to_lowercase(), sorts.clone());
        }
    }
    found
});
