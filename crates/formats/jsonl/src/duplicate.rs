//! What a record says of an earlier document that says the same.

use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::JsonlError;

/// The earlier document that says the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateRecord {
    /// Id of that document, the first of its kind: it doubles no other.
    pub of: String,
    /// How much it is the same.
    pub kind: DuplicateKind,
    /// Share of three-word sequences that the two have in common, estimated; 1 if exact.
    pub similarity: f64,
}

/// How much two documents are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DuplicateKind {
    /// Up to white space.
    Exact,
    /// Nearly.
    Near,
}

/// The key, which stands once on every line: inside a string, its quotation marks would have a backslash, and no key
/// before it holds anything but strings.
const KEY: &[u8] = b",\"duplicate\":";

impl DuplicateRecord {
    /// Whether a line has one.
    pub fn is_marked(line: &[u8]) -> bool {
        let at = line.windows(KEY.len()).position(|window| window == KEY);
        at.is_some_and(|at| line.get(at + KEY.len()) == Some(&b'{'))
    }

    /// Puts it into a line, or takes it out. Lines are made in parallel, and only in order is it known which document was
    /// the first; so the key is there with `null`, and its value is put in at the end.
    ///
    /// # Errors
    /// If the line is no record.
    pub fn mark(duplicate: Option<&Self>, line: &mut Vec<u8>) -> Result<(), JsonlError> {
        let missing = || JsonlError::Serialize(serde::de::Error::missing_field("duplicate"));
        let at = line.windows(KEY.len()).position(|window| window == KEY).ok_or_else(missing)?;
        let start = at + KEY.len();
        let mut values = serde_json::Deserializer::from_slice(&line[start..]).into_iter::<IgnoredAny>();
        values.next().ok_or_else(missing)??;
        let end = start + values.byte_offset();
        let value = serde_json::to_vec(&duplicate)?;
        line.splice(start..end, value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_put_in_and_taken_out() {
        let plain =
            br#"{"id":"x,\"duplicate\":7","error":null,"duplicate":null,"text":",\"duplicate\":null"}"#
                .to_vec();
        let mut line = plain.clone();
        let mark = DuplicateRecord { of: "a\"b".to_owned(), kind: DuplicateKind::Near, similarity: 0.875 };
        for _ in 0..2 {
            DuplicateRecord::mark(Some(&mark), &mut line).unwrap();
            assert!(DuplicateRecord::is_marked(&line));
            let marked: serde_json::Value = serde_json::from_slice(&line).unwrap();
            assert_eq!(
                marked["duplicate"],
                serde_json::json!({"of": "a\"b", "kind": "near", "similarity": 0.875})
            );
            assert_eq!(marked["text"], ",\"duplicate\":null");
        }
        DuplicateRecord::mark(None, &mut line).unwrap();
        assert!(line == plain && !DuplicateRecord::is_marked(&line));
        for bad in [&b"{}"[..], b"{\"a\":1,\"duplicate\":", b""] {
            assert!(DuplicateRecord::mark(None, &mut bad.to_vec()).is_err());
        }
    }
}
