//! Names that are safe in files and formats, whatever they are made of, and items in words.

use std::collections::{HashMap, HashSet};

use docmill_jsonl::LayerItem;

/// Longest name of a file, in bytes; most systems allow 255.
const LONGEST: usize = 120;

/// File names for documents: letters, digits, `-`, `_` and `.` only, never hidden, never a path, no two alike even where
/// upper and lower case are the same.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    /// Names given so far, in lower case.
    taken: HashSet<String>,
    /// The last number that a name was given, so that a thousand documents of one name are not tried a thousand times.
    numbers: HashMap<String, u32>,
}

impl FileNames {
    /// A name for the document with this id, without an extension.
    pub fn name(&mut self, id: &str) -> String {
        let id = id.strip_suffix(".txt").unwrap_or(id);
        let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        let name: String = id.chars().map(safe).skip_while(|&c| c == '.').take(LONGEST).collect();
        let name = if is_device(&name) || name.is_empty() { format!("_{name}") } else { name };
        let key = name.to_lowercase();
        let mut unique = name.clone();
        while !self.taken.insert(unique.to_lowercase()) {
            // The second `a` is `a-2`, unless another document is called that.
            let number = self.numbers.entry(key.clone()).or_insert(1);
            *number += 1;
            unique = format!("{name}-{number}");
        }
        unique
    }
}

/// The fields of an item of somebody else's layer: `unit: percent, value: 3.5`.
pub(crate) fn in_words(item: LayerItem<'_>) -> String {
    item.facts().iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
}

/// What Windows takes for a device, with any extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// A type of brat's: letters, digits, `-` and `_`.
pub(crate) fn type_name(label: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let name: String = label.chars().map(safe).collect();
    if name.is_empty() { "_".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_one_of_a_kind() {
        let mut names = FileNames::default();
        let mut name = |id: &str| names.name(id);
        assert_eq!(name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(name("a.tar!b/c.txt"), "a.tar_b_c");
        assert_eq!(name("a.tar!b/c"), "a.tar_b_c-2");
        assert_eq!(name("A.tar!b_c-2"), "A.tar_b_c-2-2");
        assert_eq!(name("a.tar_b_c"), "a.tar_b_c-3");
        assert_eq!(name(""), "_");
        assert_eq!(name("..."), "_-2");
        assert_eq!(name("NUL.x"), "_NUL.x");
        assert_eq!(name("C:\\x\0y\nz"), "C__x_y_z");
        assert_eq!(name(&"é".repeat(500)).len(), LONGEST);
        assert_eq!(type_name("GPE loc/é"), "GPE_loc__");
    }
}
