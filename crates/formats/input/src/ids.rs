//! Ids that stand twice.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::Item;

/// The ids so far, by their hashes.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    seen: HashSet<u64>,
    /// How often an id with its place was there already; as a rule never.
    placed: HashMap<u64, u64>,
}

impl Ids {
    /// Gives an item whose id an earlier one has its place behind the id: `ID~PLACE`; if that is taken too, `ID~PLACE~2`.
    pub fn settle(&mut self, item: Item) -> Item {
        if self.seen.insert(hash(&item.id())) {
            return item;
        }
        let doubled = item.id();
        let mut item = item.with_its_place();
        let placed = item.id();
        if !self.seen.insert(hash(&placed)) {
            let times = self.placed.entry(hash(&placed)).or_insert(1);
            loop {
                *times += 1;
                let id = format!("{placed}~{times}");
                if self.seen.insert(hash(&id)) {
                    item = item.with_id(Some(id));
                    break;
                }
            }
        }
        item.doubles(doubled)
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use docmill_core::Source;

    use super::*;

    #[test]
    fn an_id_that_stands_twice_gets_its_place() {
        let mut ids = Ids::default();
        let mut settled = |path: &str, line: u64, own: Option<&str>| {
            let source = Source { path: path.to_owned(), line: Some(line), ..Source::default() };
            let item = ids.settle(Item::fault(source, "x").with_id(own.map(str::to_owned)));
            (item.id(), item.doubled_id().map(str::to_owned))
        };
        assert_eq!(settled("a", 1, Some("x")), ("x".into(), None));
        assert_eq!(settled("a", 2, Some("x")), ("x~a#2".into(), Some("x".into())));
        assert_eq!(settled("b", 1, Some("x")), ("x~b#1".into(), Some("x".into())));
        // The same place again, as where names differ in what is no text.
        assert_eq!(settled("b", 1, Some("x")).0, "x~b#1~2");
        assert_eq!(settled("b", 1, Some("x")).0, "x~b#1~3");
        assert_eq!(settled("c", 1, None).0, "c#1");
        assert_eq!(settled("c", 1, None).0, "c#1~c#1");
        // Somebody took it first.
        assert_eq!(settled("d", 1, Some("y~e#1")).0, "y~e#1");
        assert_eq!(settled("d", 2, Some("y")).0, "y");
        assert_eq!(settled("e", 1, Some("y")).0, "y~e#1~2");
    }
}
