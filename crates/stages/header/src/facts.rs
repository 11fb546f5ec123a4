//! Where a fact goes.

use docmill_core::{ExtraField, Meta};
use docmill_dates::full_date;

/// A field of the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Title,
    Publication,
    Volume,
    Issue,
    Date,
    Author,
    /// A key in `extra`.
    Other(String),
}

impl Key {
    /// The field of this name; a name that is no field is a key in `extra`.
    pub fn named(name: &str) -> Self {
        match name {
            "title" => Self::Title,
            "publication" => Self::Publication,
            "volume" => Self::Volume,
            "issue" => Self::Issue,
            "date" => Self::Date,
            "author" => Self::Author,
            other => Self::Other(other.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Title => "title",
            Self::Publication => "publication",
            Self::Volume => "volume",
            Self::Issue => "issue",
            Self::Date => "date",
            Self::Author => "author",
            Self::Other(name) => name,
        }
    }
}

/// Notes a fact. What is known stays; another value for it goes to `extra`, and so does a date that cannot be told.
pub fn note(meta: &mut Meta, key: &Key, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let mut fact = value.to_owned();
    let slot = match key {
        Key::Title => Some(&mut meta.title),
        Key::Publication => Some(&mut meta.publication),
        Key::Volume => Some(&mut meta.volume),
        Key::Issue => Some(&mut meta.issue),
        Key::Author => Some(&mut meta.author),
        Key::Date => full_date(value).map(|date| {
            fact = date.to_string();
            &mut meta.date
        }),
        Key::Other(_) => None,
    };
    match slot {
        Some(known) if known.as_deref().is_none_or(str::is_empty) => *known = Some(fact),
        Some(known) if known.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(&fact)) => {}
        _ => meta.extra.push(ExtraField { key: key.name().to_owned(), value: value.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stays_and_nothing_is_lost() {
        let mut meta = Meta { title: Some("Known".to_owned()), ..Meta::default() };
        note(&mut meta, &Key::Title, "Other");
        note(&mut meta, &Key::Title, "KNOWN");
        note(&mut meta, &Key::Date, "Fall 2005");
        note(&mut meta, &Key::Date, "Tuesday, 13 September 2005, 10:30");
        note(&mut meta, &Key::Date, "Sept. 13, 2005");
        note(&mut meta, &Key::Issue, " ");
        assert_eq!(meta.title.as_deref(), Some("Known"));
        assert_eq!(meta.date.as_deref(), Some("2005-09-13"));
        assert_eq!(meta.issue, None);
        let extra: Vec<(&str, &str)> =
            meta.extra.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
        assert_eq!(extra, [("title", "Other"), ("date", "Fall 2005")]);
    }
}
