//! The different names of a document, each with all its mentions: one name means one place.

use rustc_hash::FxHashMap;

use crate::scan::Toponym;
use crate::world::Candidate;

/// A name with its candidates.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub candidates: Vec<Candidate>,
    /// How often it stands in the document.
    pub mentions: u32,
    /// Where it stands first.
    pub first: u32,
    /// Names that follow it as what it lies in: `Cairo, Illinois`.
    pub within: Vec<u32>,
}

/// The names of a document, and the name of each toponym.
pub(crate) fn names(text: &str, toponyms: &[Toponym]) -> (Vec<Name>, Vec<u32>) {
    let mut names: Vec<Name> = Vec::new();
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let mut of = Vec::with_capacity(toponyms.len());
    for toponym in toponyms {
        let name = *known.entry(&toponym.key).or_insert_with(|| {
            names.push(Name {
                candidates: toponym.candidates.clone(),
                mentions: 0,
                first: toponym.span.start,
                within: Vec::new(),
            });
            names.len() as u32 - 1
        });
        names[name as usize].mentions += 1;
        of.push(name);
    }
    for (i, pair) in toponyms.windows(2).enumerate() {
        let between = text.get(pair[0].span.end as usize..pair[1].span.start as usize).unwrap_or_default();
        let joined = between.len() <= 8 && matches!(between.trim(), "," | "in" | "(" | ", the" | "in the");
        let (name, within) = (of[i], of[i + 1]);
        if joined && name != within && !names[name as usize].within.contains(&within) {
            names[name as usize].within.push(within);
        }
    }
    (names, of)
}
