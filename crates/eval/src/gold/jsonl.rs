//! Gold as JSON lines; positions count Unicode code points.

use anyhow::{Result, bail};
use docmill_core::Span;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A text with its entities.
#[derive(Debug, Deserialize)]
pub struct EntitiesRow {
    /// A document, or part of one.
    pub text: String,
    /// All its entities.
    pub entities: Vec<LabelledPlace>,
}

/// A named span.
#[derive(Debug, Deserialize)]
pub struct LabelledPlace {
    /// Where it stands.
    #[serde(flatten)]
    pub place: GoldSpan,
    /// Its type.
    pub label: String,
}

/// A sentence with somebody or something in it that it puts in some light.
#[derive(Debug, Deserialize)]
pub struct SentimentRow {
    /// One sentence.
    pub text: String,
    /// The mention.
    pub target: GoldSpan,
    /// `negative`, `neutral` or `positive`.
    pub label: String,
}

/// A sentence with two parties.
#[derive(Debug, Deserialize)]
pub struct StanceRow {
    /// One sentence.
    pub text: String,
    /// One party.
    pub p: GoldSpan,
    /// The other.
    pub q: GoldSpan,
    /// 0 neutral, 1 p for q, 2 q for p, 3 p against q, 4 q against p.
    pub label: usize,
}

/// A span in code points.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct GoldSpan {
    /// First position, 0-based.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl GoldSpan {
    /// The span in bytes of `text`; none if it does not lie in it, or is empty.
    pub fn bytes(self, text: &str) -> Option<Span> {
        let byte = |position| {
            let inner = text.char_indices().map(|(at, _)| at);
            inner.chain([text.len()]).nth(position)
        };
        (self.start < self.end).then_some(())?;
        Some(Span::new(byte(self.start)?, byte(self.end)?))
    }
}

/// Reads rows; each comes with its line number, from 1.
///
/// # Errors
/// With the line, if it is not such a row.
pub fn rows<T: DeserializeOwned>(text: &str, name: &str) -> Result<Vec<(usize, T)>> {
    let mut rows = Vec::new();
    for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        match serde_json::from_str(row) {
            Ok(row) => rows.push((line, row)),
            Err(error) => bail!("{name}:{line}: {error}; see `docmill eval --help` for the form of gold"),
        }
    }
    if rows.is_empty() {
        bail!("{name}: no gold in it");
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_code_points() {
        let text = "🛰 Émile Zola";
        let place = GoldSpan { start: 2, end: 7 };
        assert_eq!(place.bytes(text).unwrap().slice(text), Some("Émile"));
        assert_eq!(GoldSpan { start: 2, end: 12 }.bytes(text).unwrap().slice(text), Some("Émile Zola"));
        assert_eq!(GoldSpan { start: 2, end: 13 }.bytes(text), None);
        assert_eq!(GoldSpan { start: 2, end: 2 }.bytes(text), None);
    }

    #[test]
    fn a_row_that_is_no_gold_is_named() {
        let error = rows::<StanceRow>("\n{\"text\": \"x\"}\n", "gold.jsonl").unwrap_err().to_string();
        assert!(error.starts_with("gold.jsonl:2: missing field `p`"), "{error}");
        assert_eq!(
            rows::<StanceRow>("\n", "gold.jsonl").unwrap_err().to_string(),
            "gold.jsonl: no gold in it"
        );
    }
}
