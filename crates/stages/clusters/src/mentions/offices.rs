//! `The Polish foreign minister` of the first sentence is who is named with that office further on.

use rustc_hash::FxHashMap;

use super::link::Linker;
use super::words::Kind;

/// Holders kept for each noun of an office; with more than one that fits, none is meant.
const MOST_HOLDERS: usize = 4;

impl Linker<'_, '_> {
    /// Gives things without a name that are called by an office the one person who holds it.
    pub(super) fn name_offices(&mut self) {
        let mut holders: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (thing, i) in self.things.iter().zip(0..) {
            for office in thing.offices.iter().filter(|_| thing.cluster.is_some()) {
                let known = holders.entry(office.as_str()).or_default();
                if !known.contains(&i) && known.len() < MOST_HOLDERS {
                    known.push(i);
                }
            }
        }
        let mut renamed: Vec<Option<u32>> = vec![None; self.things.len()];
        for (i, thing) in self.things.iter().enumerate() {
            if thing.cluster.is_some() || thing.kind != Kind::Person || thing.plural || !thing.is_definite {
                continue;
            }
            let Some(noun) = thing.nouns.first() else { continue };
            let Some(known) = holders.get(noun.as_str()) else { continue };
            let fits = |&&holder: &&u32| {
                let holder = &self.things[holder as usize];
                let gender = (thing.gender(), holder.gender());
                thing
                    .more
                    .iter()
                    .all(|word| self.scan.lists.definite.contains(word) || holder.more.contains(word))
                    && !matches!(gender, (Some(a), Some(b)) if a != b)
            };
            let mut fitting = known.iter().filter(fits);
            if let (Some(&holder), None) = (fitting.next(), fitting.next()) {
                renamed[i] = Some(holder);
            }
        }
        for link in &mut self.links {
            if let Some(holder) = renamed[link.thing as usize] {
                *link = super::link::Link {
                    thing: holder,
                    cluster: self.things[holder as usize].cluster,
                    ..*link
                };
            }
        }
    }
}
