//! The labels of a model.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Where in a mention a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagPosition {
    /// First (B).
    Begin,
    /// First if no mention of the type is open, else a further one (I, or a label without prefix).
    Inside,
    /// Last (E, L).
    End,
    /// The only one (S, U).
    Single,
}

/// What a label says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Part of no mention.
    Outside,
    /// Part of a mention of this type (index into [`Labels::types`]).
    Part(TagPosition, usize),
}

/// The labels of a model, in the order of its scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    tags: Vec<Tag>,
    types: Vec<Arc<str>>,
}

impl Labels {
    /// Reads labels such as `O`, `B-PER`, `I-creative-work`, `S-ORG` or `PERSON`. Types with the same new name in
    /// `rename` become one, also inside a mention: with `politician` and `person` both as `PER`, `B-politician
    /// I-person` is one mention.
    ///
    /// The error says what is wrong.
    pub fn parse(labels: &[String], rename: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut types: Vec<Arc<str>> = Vec::new();
        let mut tags = Vec::with_capacity(labels.len());
        for label in labels {
            let Some((position, name)) = split(label) else {
                tags.push(Tag::Outside);
                continue;
            };
            if name.is_empty() {
                return Err(format!("label `{label}` names no type"));
            }
            let name = rename.get(name).map_or(name, String::as_str);
            let known = types.iter().position(|known| &**known == name);
            let index = known.unwrap_or_else(|| {
                types.push(name.into());
                types.len() - 1
            });
            tags.push(Tag::Part(position, index));
        }
        if !tags.contains(&Tag::Outside) {
            return Err(format!("there is no label `O` among {}", labels.join(", ")));
        }
        Ok(Self { tags, types })
    }

    /// Number of labels.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// The first label that says that a word is part of no mention.
    pub fn outside(&self) -> usize {
        self.tags.iter().position(|tag| *tag == Tag::Outside).expect("checked by `parse`")
    }

    /// What label `i` says.
    pub fn tag(&self, i: usize) -> Tag {
        self.tags[i]
    }

    /// The types of entities, in order of first appearance.
    pub fn types(&self) -> &[Arc<str>] {
        &self.types
    }
}

/// The types that labels name, before any renaming.
pub(crate) fn type_names(labels: &[String]) -> Vec<&str> {
    labels.iter().filter_map(|label| split(label)).map(|(_, name)| name).collect()
}

/// Place and type of a label; none for `O`. Only a first hyphen (or underscore) after one of the known letters is
/// a prefix, since types have hyphens of their own.
fn split(label: &str) -> Option<(TagPosition, &str)> {
    if label == "O" {
        return None;
    }
    let prefixed = label.split_once(['-', '_']).and_then(|(prefix, name)| {
        let position = match prefix {
            "B" => TagPosition::Begin,
            "I" | "M" => TagPosition::Inside,
            "E" | "L" => TagPosition::End,
            "S" | "U" => TagPosition::Single,
            _ => return None,
        };
        Some((position, name))
    });
    Some(prefixed.unwrap_or((TagPosition::Inside, label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(labels: &[&str]) -> Result<Labels, String> {
        Labels::parse(&labels.iter().map(ToString::to_string).collect::<Vec<_>>(), &BTreeMap::new())
    }

    #[test]
    fn hyphens_in_a_type_stay() {
        let labels = parse(&["O", "B-creative-work", "I-creative-work", "creative-work"]).unwrap();
        assert_eq!(labels.types(), [Arc::from("creative-work")]);
        assert_eq!(labels.tag(1), Tag::Part(TagPosition::Begin, 0));
        assert_eq!(labels.tag(3), Tag::Part(TagPosition::Inside, 0));
    }

    #[test]
    fn all_prefixes_are_known() {
        let labels = parse(&["B-X", "I-X", "E-X", "S-X", "U-X", "L-X", "B_X", "O", "GPE"]).unwrap();
        let places: Vec<Tag> = (0..labels.len()).map(|i| labels.tag(i)).collect();
        let part = |position| Tag::Part(position, 0);
        assert_eq!(
            places,
            [
                part(TagPosition::Begin),
                part(TagPosition::Inside),
                part(TagPosition::End),
                part(TagPosition::Single),
                part(TagPosition::Single),
                part(TagPosition::End),
                part(TagPosition::Begin),
                Tag::Outside,
                Tag::Part(TagPosition::Inside, 1),
            ]
        );
    }

    #[test]
    fn renamed_types_become_one() {
        let labels = ["O", "B-person", "I-person", "B-politician", "I-politician"].map(String::from);
        let rename = ["person", "politician"].map(|t| (t.to_owned(), "PER".to_owned())).into();
        let labels = Labels::parse(&labels, &rename).unwrap();
        assert_eq!(labels.types(), [Arc::from("PER")]);
        assert_eq!(labels.tag(3), Tag::Part(TagPosition::Begin, 0));
    }

    #[test]
    fn labels_that_were_never_named_are_refused() {
        let error = parse(&["LABEL_0", "LABEL_1"]).unwrap_err();
        assert_eq!(error, "there is no label `O` among LABEL_0, LABEL_1");
        assert_eq!(parse(&["O", "B-"]).unwrap_err(), "label `B-` names no type");
    }
}
