//! Labelled fields: `Date: May 6, 2009`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use docmill_core::WordFile;
use docmill_lexicon::lists::{HEADER_FIELDS, HEADER_WORDS};
use docmill_lexicon::{LexiconError, Words};

use crate::facts::Key;

/// Names that end a title that shares its line with them. Others may be words of the title.
static AFTER_TITLE: LazyLock<Words> = LazyLock::new(|| HEADER_WORDS.shipped().of_class("after-title"));

/// No name has more words.
const MOST_WORDS: usize = 3;
/// Nor more bytes.
const LONGEST_NAME: usize = 80;

/// The names of fields.
#[derive(Debug, Clone)]
pub struct Fields {
    keys: BTreeMap<String, Key>,
}

impl Fields {
    /// The names of the list `header_fields`, those of `words`, and `extra` ones; the later win.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(extra: &BTreeMap<String, String>, words: &[WordFile]) -> Result<Self, LexiconError> {
        let list = HEADER_FIELDS.extended(words)?;
        let listed = list.fields().map(|[label, field]| (fold(label), Key::named(field)));
        let extra = extra.iter().map(|(name, key)| (fold(name), Key::named(key)));
        Ok(Self { keys: listed.chain(extra).collect() })
    }

    /// The fields of a line that begins with a known one: key and value of each.
    pub fn of_line<'t>(&self, line: &'t str) -> Vec<(Key, &'t str)> {
        let mut found: Vec<(Key, &str)> = Vec::new();
        // Where the value of the last field begins.
        let mut value = 0;
        for (colon, _) in line.match_indices(':') {
            let Some((start, key)) = self.name_before(line, value, colon) else {
                if found.is_empty() {
                    return found;
                }
                continue;
            };
            match found.last_mut() {
                Some((last, text)) => {
                    let name = fold(line.get(start..colon).unwrap_or_default());
                    let inside = *last == Key::Title && !AFTER_TITLE.contains(&name);
                    if inside || line.get(value..start).unwrap_or_default().trim().is_empty() {
                        continue;
                    }
                    *text = clean(line.get(value..start).unwrap_or_default());
                }
                None if start > 0 => return found,
                None if is_headline(&key, line, start..colon) => return found,
                None => {}
            }
            value = colon + 1;
            found.push((key, clean(line.get(value..).unwrap_or_default())));
        }
        found
    }

    /// The longest known name that ends at `colon` and begins a word at or after `from`.
    fn name_before(&self, line: &str, from: usize, colon: usize) -> Option<(usize, Key)> {
        if !line.get(colon + 1..)?.chars().next().is_none_or(char::is_whitespace) {
            return None;
        }
        let from = from.max(line.floor_char_boundary(colon.saturating_sub(LONGEST_NAME)));
        let before = line.get(from..colon)?;
        let mut found = None;
        let mut end = before.len();
        for _ in 0..MOST_WORDS {
            let word_end = before.get(..end)?.trim_end().len();
            let space = before.get(..word_end)?.rfind(|c: char| c.is_whitespace() || c == '|');
            let start = space.map_or(0, |at| before.ceil_char_boundary(at + 1));
            let name = before.get(start..)?;
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            if let Some(key) = self.keys.get(&fold(name)).filter(|_| capital) {
                found = Some((from + start, key.clone()));
            }
            if start == 0 {
                break;
            }
            end = start - 1;
            end = before.floor_char_boundary(end);
        }
        found
    }
}

/// `Newspaper: Minister used his own telephone.`: who says so, not where it was printed.
fn is_headline(key: &Key, line: &str, name: std::ops::Range<usize>) -> bool {
    let value = line.get(name.end + 1..).unwrap_or_default();
    let plain = line.get(name).is_some_and(|name| fold(name) == "publication");
    *key == Key::Publication && !plain && !value.contains(':') && value.split_whitespace().count() > 6
}

/// `Place of issue: Lima` with a name that is not known: name and value.
pub fn unknown(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let named = name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '_'))
        && name.split_whitespace().count() <= MOST_WORDS
        && value.starts_with(char::is_whitespace);
    (named && !value.trim().is_empty()).then(|| (name.trim(), value.trim()))
}

/// Without what divides it from its neighbours.
fn clean(value: &str) -> &str {
    value.trim().trim_end_matches(['|', ';', ',']).trim()
}

fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(Key, &str)> {
        let extra = BTreeMap::from([("Ressort".to_owned(), "section".to_owned())]);
        Fields::new(&extra, &[]).unwrap().of_line(line)
    }

    #[test]
    fn several_fields_share_a_line() {
        let expected = [(Key::Publication, "Steppe Review"), (Key::Volume, "2"), (Key::Issue, "176")];
        assert_eq!(read("Publication: Steppe Review Volume: 2 Issue: 176"), expected);
        assert_eq!(read("Publication: Steppe Review | Volume: 2; Issue: 176"), expected);
        assert_eq!(read("PUBLICATION: Steppe Review  VOLUME: 2, ISSUE: 176"), expected);
    }

    #[test]
    fn values_keep_their_colons() {
        assert_eq!(read("Title: Caspian: Whose Sea?"), [(Key::Title, "Caspian: Whose Sea?")]);
        assert_eq!(read("Title: The Source: Water and War"), [(Key::Title, "The Source: Water and War")]);
        assert_eq!(
            read("URL: http://www.example.org/a:b"),
            [(Key::Other("url".into()), "http://www.example.org/a:b")]
        );
        assert_eq!(read("Date: 2009-05-06 10:30"), [(Key::Date, "2009-05-06 10:30")]);
    }

    #[test]
    fn names_of_a_config_and_names_that_are_none() {
        assert_eq!(read("Ressort: Politik"), [(Key::Other("section".into()), "Politik")]);
        assert_eq!(read("Issue No.: 5"), [(Key::Issue, "5")]);
        for line in [
            "Newspaper: minister used his own telephone for the work of the state",
            "The issue: water",
            "issue: water",
            "He said: Date: never",
            "No colon",
            "Date:2005",
            "",
        ] {
            assert!(read(line).is_empty(), "{line}");
        }
        assert_eq!(unknown("Place of issue: Lima"), Some(("Place of issue", "Lima")));
        assert_eq!(unknown("http://x.example"), None);
    }
}
