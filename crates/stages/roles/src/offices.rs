//! The words of `data/offices.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use docmill_core::layers::RoleStatus;

/// What a word is; several things at once may be true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a word may be several of these at once")]
pub(crate) struct Sort {
    /// Ends the name of a role.
    pub office: bool,
    /// The same, in the plural.
    pub plural: bool,
    /// An office of a state, where nothing else is said.
    pub state: bool,
    /// An office whose field belongs to its name.
    pub portfolio: bool,
    /// May stand before one.
    pub modifier: bool,
    /// May stand between a role and a name.
    pub rank: bool,
    /// Says whether the role is held still.
    pub status: Option<RoleStatus>,
}

impl Sort {
    /// True if it may be part of a role.
    pub fn is_part(self) -> bool {
        self.office || self.modifier || self.status.is_some()
    }
}

/// What `word`, in lower case, is.
pub(crate) fn sort(word: &str) -> Sort {
    let table = table();
    if let Some(sort) = table.get(word) {
        return *sort;
    }
    match singular(word).and_then(|word| table.get(word.as_str()).copied()) {
        Some(sort) if sort.office => {
            Sort { office: true, plural: true, state: sort.state, ..Sort::default() }
        }
        Some(_) | None => Sort::default(),
    }
}

fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("women") {
        return Some(format!("{stem}woman"));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    word.strip_suffix('s').map(str::to_owned)
}

fn table() -> &'static FxHashMap<&'static str, Sort> {
    static TABLE: LazyLock<FxHashMap<&'static str, Sort>> = LazyLock::new(|| {
        let mut table: FxHashMap<&str, Sort> = FxHashMap::default();
        let lines = include_str!("../data/offices.tsv").lines().filter(|line| !line.starts_with('#'));
        for (word, sort) in lines.filter_map(|line| line.split_once('\t')) {
            let known = table.entry(word).or_default();
            match sort {
                "office" => known.office = true,
                "modifier" => known.modifier = true,
                "state" => known.state = true,
                "portfolio" => known.portfolio = true,
                "rank" => known.rank = true,
                "former" => known.status = Some(RoleStatus::Former),
                "acting" => known.status = Some(RoleStatus::Acting),
                "designate" => known.status = Some(RoleStatus::Designate),
                _ => {}
            }
        }
        table
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_says_something() {
        for line in include_str!("../data/offices.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (word, kind) = line.split_once('\t').unwrap_or_default();
            assert_ne!(sort(word), Sort::default(), "{line}");
            assert!(
                ["office", "modifier", "rank", "state", "portfolio", "former", "acting", "designate"]
                    .contains(&kind),
                "{line}"
            );
        }
    }

    #[test]
    fn plurals_are_known() {
        for word in ["presidents", "spokesmen", "secretaries", "mps"] {
            assert!(sort(word).office && sort(word).plural, "{word}");
        }
        assert!(!sort("president").plural);
        assert_eq!(sort("tables"), Sort::default());
    }
}
