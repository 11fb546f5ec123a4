//! The state that an office belongs to where no words beside it say so.

use std::sync::LazyLock;

use docmill_core::layers::{Cluster, Clusters, Entities, RoleState};
use docmill_lexicon::lists::{STATE_OFFICES, STATES};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::items::is_side;

/// States among which the one of an office is looked for.
const MOST_STATES: usize = 64;
/// What speaks for a state: its share of the states' mentions so far and in all, its share of the offices whose state is
/// said, how near its last mention before the office is.
const SO_FAR: f32 = 1.0;
const IN_ALL: f32 = 1.0;
const OFFICES: f32 = 0.3;
const NEAR: f32 = 0.5;
/// What speaks against it: somebody else holds the office there.
const HELD: f32 = 1.0;

/// A state that the document names.
struct Named<'d> {
    code: &'d str,
    /// The cluster of its names; none if only its capital, its bodies and its leaders are named.
    cluster: Option<&'d Cluster>,
    /// Its mentions and those of its capital, its bodies and its leaders, with their sentences, in text order.
    mentions: Vec<(u32, u32)>,
    /// Offices of it that the text names with it.
    offices: usize,
    /// The words of these offices.
    held: FxHashSet<String>,
}

/// The states of a document.
pub(crate) struct States<'d> {
    named: Vec<Named<'d>>,
    of_code: FxHashMap<&'d str, usize>,
    mentions: usize,
    offices: usize,
}

impl<'d> States<'d> {
    pub fn new(text: &str, clusters: &'d Clusters, entities: &Entities) -> Self {
        let mut found = Self { named: Vec::new(), of_code: FxHashMap::default(), mentions: 0, offices: 0 };
        for cluster in &clusters.items {
            let own = cluster.country.is_some();
            let known = cluster.country.as_deref().or_else(|| Some(&*cluster.belongs.as_ref()?.country));
            let capital = || CAPITALS.get(cluster.canonical.as_str()).copied();
            let Some(code) = known.or_else(capital) else { continue };
            let at = *found.of_code.entry(code).or_insert(found.named.len());
            if at == found.named.len() {
                if at == MOST_STATES {
                    found.of_code.remove(code);
                    continue;
                }
                let (mentions, held) = (Vec::new(), FxHashSet::default());
                found.named.push(Named { code, cluster: None, mentions, offices: 0, held });
            }
            let state = &mut found.named[at];
            if own {
                state.cluster = Some(cluster);
            }
            for mention in &cluster.mentions {
                let Some(entity) = entities.items.get(mention.entity as usize) else { continue };
                // What is `pro-Syrian` is not of Syria.
                if !entity.span.slice(text).is_some_and(is_side) {
                    state.mentions.push((mention.entity, entity.sentence));
                    found.mentions += 1;
                }
            }
        }
        for state in &mut found.named {
            state.mentions.sort_unstable();
        }
        found
    }

    /// Takes in an office whose state the text says.
    pub fn learn(&mut self, code: &str, office: &str) {
        if let Some(&at) = self.of_code.get(code) {
            self.named[at].offices += 1;
            self.offices += 1;
            self.named[at].held.insert(office.to_owned());
        }
    }

    /// The state that an office beside a mention is most likely of.
    pub fn of_office(&self, office: &str, mention: u32, sentence: u32) -> Option<&'d str> {
        let so_far = |state: &Named<'_>| state.mentions.partition_point(|(entity, _)| *entity < mention);
        let all_so_far: usize = self.named.iter().map(so_far).sum();
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
        let score = |state: &Named<'_>| {
            let before = so_far(state);
            let near = before
                .checked_sub(1)
                .map_or(0.0, |last| 1.0 / (1.0 + sentence.saturating_sub(state.mentions[last].1) as f32));
            let held = if state.held.contains(office) { HELD } else { 0.0 };
            SO_FAR * share(before, all_so_far)
                + IN_ALL * share(state.mentions.len(), self.mentions)
                + OFFICES * share(state.offices, self.offices)
                + NEAR * near
                - held
        };
        let mut scored: Vec<(f32, &Named<'d>)> =
            self.named.iter().map(|state| (score(state), state)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, state) = scored.first()?;
        let second = scored.get(1).map_or(0.0, |(score, _)| *score);
        (*best > 0.0 && *best > second).then_some(state.code)
    }

    /// The last mention of a state before another mention, or else its first.
    pub fn nearest(&self, code: &str, mention: u32) -> Option<u32> {
        let cluster = self.named[*self.of_code.get(code)?].cluster?;
        let before = cluster.mentions.partition_point(|this| this.entity < mention);
        cluster.mentions.get(before.saturating_sub(1)).map(|this| this.entity)
    }
}

/// The state that alone has an office, by the words of the office in lower case.
pub(crate) fn only_state(office: &str) -> Option<&'static str> {
    static ONLY: LazyLock<FxHashMap<&'static str, &'static str>> =
        LazyLock::new(|| STATE_OFFICES.shipped().fields().map(|[office, code]| (office, code)).collect());
    ONLY.get(office).copied()
}

/// A state by its code.
pub(crate) fn state(code: &str) -> Option<RoleState> {
    static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let rows = STATES.shipped().fields();
        rows.map(|[code, _, names, _, _, _]| (code, names.split('|').next().unwrap_or_default())).collect()
    });
    let (code, name) = NAMES.get_key_value(code)?;
    Some(RoleState { code, name })
}

/// Codes of states by the names of their capitals.
static CAPITALS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut found = FxHashMap::default();
    for [code, _, _, _, _, capitals] in STATES.shipped().fields() {
        for name in capitals.split(['|', '=']).filter(|name| !name.is_empty() && !code.is_empty()) {
            found.entry(name).or_insert(code);
        }
    }
    found
});
