//! What the user knows better: a file of tab-separated lines.

use rustc_hash::FxHashMap;

use crate::error::ArchiveError;
use crate::key::key_of_name;
use crate::row::NameKind;
use crate::words::{Lists, fold};

type Key = (NameKind, String);

/// Corrections of names, from a file with one on each line:
///
/// ```text
/// # action   kind          name              other name
/// same       person        V. Orlov          Viktor Orlov
/// not same   organization  Dawn              DAWN
/// rename     person        Aleksandr Lukin   Alexander Lukin
/// drop       place         Monday
/// ```
///
/// - `same`: the two are one, whatever their countries.
/// - `not same`: each of the two, as written, is a row of its own, whatever the rules say.
/// - `rename`: how the row is called.
/// - `drop`: no row.
#[derive(Debug, Default)]
pub struct Corrections {
    /// From a key to the key that it belongs to.
    same: FxHashMap<Key, String>,
    /// Keys to which others belong.
    roots: FxHashMap<Key, usize>,
    /// Names as written, with lines.
    apart: FxHashMap<Key, usize>,
    renamed: FxHashMap<Key, (String, usize)>,
    dropped: FxHashMap<Key, usize>,
    /// Names that corrections speak of and that no document had so far: lines, and the name as written.
    unseen: FxHashMap<Key, (Vec<usize>, String)>,
}

impl Corrections {
    /// Reads the lines of a file.
    ///
    /// # Errors
    /// With file and line, if one does not parse or contradicts an earlier one.
    pub fn parse(text: &str, file: &str) -> Result<Self, ArchiveError> {
        let lists = Lists::shipped();
        let mut found = Self::default();
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
            let line = line.trim_end();
            if !line.is_empty() && !line.starts_with('#') {
                found.add(line, number, &lists).map_err(|reason| ArchiveError::Correction {
                    file: file.to_owned(),
                    line: number,
                    reason,
                })?;
            }
        }
        Ok(found)
    }

    fn add(&mut self, line: &str, number: usize, lists: &Lists) -> Result<(), String> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [action, kind, names @ ..] = &fields[..] else {
            return Err("a correction is an action, a kind and a name, with tabs between them".into());
        };
        let takes = match *action {
            "same" | "not same" | "rename" => 2,
            "drop" => 1,
            _ => return Err(format!("`{action}` is no action; write same, not same, rename or drop")),
        };
        let kind = NameKind::ALL
            .iter()
            .find(|(_, name)| name == kind)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| format!("`{kind}` is no kind; write person, organization, state or place"))?;
        if names.len() != takes {
            let names = if takes == 1 { "one name" } else { "two names" };
            return Err(format!(
                "`{action}` takes {names}, with a tab before each; here are {}",
                fields.len() - 2
            ));
        }
        if let Some(name) = names.iter().find(|name| fold(name).is_empty()) {
            return Err(format!("`{name}` holds no letters"));
        }
        let of_names = if *action == "rename" { &names[..1] } else { names };
        for name in of_names {
            let (lines, _) =
                self.unseen.entry((kind, fold(name))).or_insert_with(|| (Vec::new(), (*name).to_owned()));
            lines.push(number);
        }
        match (*action, names) {
            ("same", &[one, two]) => self.add_same(kind, one, two, lists)?,
            ("not same", &[one, two]) => {
                if one == two {
                    return Err(format!(
                        "`{one}` stands twice; two names are kept apart as they are written"
                    ));
                }
                for name in [one, two] {
                    self.apart.insert((kind, name.to_owned()), number);
                }
            }
            ("rename", &[name, to]) => {
                let known = self.renamed.insert((kind, fold(name)), (to.to_owned(), number));
                if let Some((other, line)) = known.filter(|(other, _)| other != to) {
                    return Err(format!("`{name}` is renamed to `{other}` on line {line} already"));
                }
            }
            (_, names) => {
                for name in names {
                    self.dropped.insert((kind, fold(name)), number);
                }
            }
        }
        self.check(kind, of_names)
    }

    fn add_same(&mut self, kind: NameKind, one: &str, two: &str, lists: &Lists) -> Result<(), String> {
        let key = |name: &str| key_of_name(kind, &fold(name), lists).0;
        let (from, to) = (self.root(kind, key(one)), self.root(kind, key(two)));
        if kind == NameKind::State && from != to {
            return Err("states are one by their code alone; `same` takes no states".into());
        }
        if from != to {
            self.roots.insert((kind, to.clone()), 0);
            self.same.insert((kind, from), to);
        }
        Ok(())
    }

    /// No name is in two corrections that exclude each other.
    fn check(&self, kind: NameKind, names: &[&str]) -> Result<(), String> {
        for name in names {
            let apart = self.apart.get(&(kind, (*name).to_owned()));
            if let (Some(line), true) = (apart, self.same(kind, &fold(name)).is_some()) {
                return Err(format!("`{name}` is in `same` and, on line {line}, in `not same`"));
            }
            let of = |line: &usize| format!("`{name}` is dropped on line {line}, and in another correction");
            let others = apart.is_some() || self.renamed.contains_key(&(kind, fold(name)));
            if let Some(line) = self.dropped.get(&(kind, fold(name))).filter(|_| others) {
                return Err(of(line));
            }
        }
        Ok(())
    }

    fn root(&self, kind: NameKind, mut key: String) -> String {
        while let Some(next) = self.same.get(&(kind, key.clone())) {
            key.clone_from(next);
        }
        key
    }

    /// Notes that a document has a name.
    pub(crate) fn see(&mut self, kind: NameKind, folded: &str) {
        if !self.unseen.is_empty() {
            self.unseen.remove(&(kind, folded.to_owned()));
        }
    }

    /// Corrections of names that no document had: lines and names, in order.
    pub fn unused(&self) -> Vec<(usize, &str)> {
        let unseen = self.unseen.values();
        let mut found: Vec<(usize, &str)> =
            unseen.flat_map(|(lines, name)| lines.iter().map(|line| (*line, name.as_str()))).collect();
        found.sort_unstable();
        found.dedup_by_key(|(line, name)| (*line, fold(name)));
        found
    }

    /// The key that a key belongs to, if a `same` speaks of it.
    pub(crate) fn same(&self, kind: NameKind, key: &str) -> Option<String> {
        if self.same.is_empty() {
            return None;
        }
        let key = (kind, key.to_owned());
        let taking_part = self.same.contains_key(&key) || self.roots.contains_key(&key);
        taking_part.then(|| self.root(kind, key.1))
    }

    /// True if a name, as written, stands for itself alone.
    pub(crate) fn is_apart(&self, kind: NameKind, name: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains_key(&(kind, name.to_owned()))
    }

    /// How a row is called.
    pub(crate) fn renamed(&self, kind: NameKind, name: &str) -> Option<&str> {
        if self.renamed.is_empty() {
            return None;
        }
        self.renamed.get(&(kind, fold(name))).map(|(to, _)| to.as_str())
    }

    /// True if a name is no row.
    pub(crate) fn is_dropped(&self, kind: NameKind, folded: &str) -> bool {
        !self.dropped.is_empty() && self.dropped.contains_key(&(kind, folded.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let text = "\u{feff}# mine\n\nsame\tperson\tV. Orlov\tViktor Orlov\nsame\tperson\tViktor Orlov\tVíctor Orloff\n\
                    not same\torganization\tDawn\tDAWN\nrename\tperson\tA\tB\ndrop\tplace\tMonday\t\r\n";
        let mut found = Corrections::parse(text, "c.tsv").unwrap();
        let person = NameKind::Person;
        for name in ["v orlov", "viktor orlov", "victor orloff"] {
            assert_eq!(found.same(person, name).as_deref(), Some("victor orloff"));
        }
        assert_eq!(found.same(NameKind::Place, "v orlov"), None);
        assert!(found.is_apart(NameKind::Organization, "DAWN"));
        assert!(!found.is_apart(NameKind::Organization, "dawn"));
        assert_eq!(found.renamed(person, "a"), Some("B"));
        assert!(found.is_dropped(NameKind::Place, "monday"));
        let lines: Vec<usize> = found.unused().iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 3, 4, 4, 5, 6, 7]);
        found.see(person, "a");
        assert_eq!(found.unused().len(), 6);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let error = |text: &str| Corrections::parse(text, "c.tsv").unwrap_err().to_string();
        assert_eq!(
            error("\nsame\tperson\tA"),
            "c.tsv:2: `same` takes two names, with a tab before each; here are 1"
        );
        assert!(error("merge\tperson\tA\tB").starts_with("c.tsv:1: `merge` is no action"));
        assert!(error("drop\tship\tA").contains("`ship` is no kind"));
        assert!(error("drop person A").contains("with tabs between"));
        assert!(error("drop\tperson\t--").contains("holds no letters"));
        assert!(
            error("rename\tperson\tA\tB\nrename\tperson\tA\tC")
                .contains("c.tsv:2: `A` is renamed to `B` on line 1")
        );
        assert!(
            error("not same\tperson\tA B\tC\nsame\tperson\tA B\tC D").contains("on line 1, in `not same`")
        );
        assert!(error("drop\tperson\tA\nrename\tperson\tA\tB").contains("dropped on line 1"));
        assert!(error("same\tstate\tOman\tYemen").contains("by their code alone"));
    }
}
