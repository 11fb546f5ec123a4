//! From the fields of a record to a document.

use docmill_core::{ExtraField, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::date;

/// Names of the fields in JSON lines, tables and Parquet files. An empty name: there is no such field. What has no
/// place here goes to `meta.extra`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FieldSettings {
    /// The document's id. Where it is missing, path and record number are the id.
    pub id: String,
    /// The text; a record without it fails.
    pub text: String,
    /// Headline.
    pub title: String,
    /// Date of publication.
    pub date: String,
    /// Author.
    pub author: String,
    /// Journal, newspaper or agency.
    pub publication: String,
    /// Volume.
    pub volume: String,
    /// Issue.
    pub issue: String,
}

impl Default for FieldSettings {
    fn default() -> Self {
        Self {
            id: "id".to_owned(),
            text: "text".to_owned(),
            title: "title".to_owned(),
            date: "date".to_owned(),
            author: "author".to_owned(),
            publication: "publication".to_owned(),
            volume: "volume".to_owned(),
            issue: "issue".to_owned(),
        }
    }
}

impl FieldSettings {
    /// Text and bibliographic facts of a record.
    pub(crate) fn document(&self, fields: Vec<(String, Value)>) -> Result<(Meta, String), String> {
        let mut meta = Meta::default();
        let mut text = None;
        let mut seen = Vec::new();
        for (key, value) in fields {
            let place = match key.as_str() {
                "" => None,
                key if key == self.text => {
                    let Value::String(found) = value else {
                        return Err(format!("the field `{key}` is {}, not a text", kind(&value)));
                    };
                    if text.replace(found).is_some() {
                        return Err(format!("the field `{key}` stands twice"));
                    }
                    continue;
                }
                // The id has become the document's.
                key if key == self.id && text_of(&value).is_some() => continue,
                key if key == self.title => Some(&mut meta.title),
                key if key == self.date => Some(&mut meta.date),
                key if key == self.author => Some(&mut meta.author),
                key if key == self.publication => Some(&mut meta.publication),
                key if key == self.volume => Some(&mut meta.volume),
                key if key == self.issue => Some(&mut meta.issue),
                _ => None,
            };
            let Some(value) = any_text_of(&value) else {
                seen.push(key);
                continue;
            };
            match place {
                Some(place) if place.is_none() && key == self.date => match date::iso(&value) {
                    Some(date) => *place = Some(date),
                    None => meta.extra.push(ExtraField { key, value }),
                },
                Some(place) if place.is_none() => *place = Some(value),
                _ => meta.extra.push(ExtraField { key, value }),
            }
        }
        let Some(text) = text else {
            seen.extend(meta.extra.into_iter().map(|extra| extra.key));
            return Err(self.no_text(&seen));
        };
        if text.trim().is_empty() {
            return Err(format!("the field `{}` is empty", self.text));
        }
        Ok((meta, text))
    }

    /// The reason of a record or table without a text.
    pub(crate) fn no_text(&self, seen: &[String]) -> String {
        let text = &self.text;
        let seen: Vec<String> = seen.iter().take(12).map(|key| format!("`{key}`")).collect();
        let seen = if seen.is_empty() { "no others".to_owned() } else { seen.join(", ") };
        format!("no field `{text}`, but {seen}; name the field of the text in `input.fields.text`")
    }
}

/// The text of a plain value.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn any_text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(json: &str) -> Result<(Meta, String), String> {
        FieldSettings::default().document(crate::jsonl::fields(json.as_bytes()).unwrap())
    }

    #[test]
    fn fields_find_their_place() {
        let (meta, text) = document(
            r#"{"id": 7, "url": "http://a.example", "text": "Osh.", "title": "T", "date": "20 Sept. 2005",
                "tags": ["a", 1], "none": null, "issue": 4}"#,
        )
        .unwrap();
        assert_eq!(text, "Osh.");
        assert_eq!((meta.title.as_deref(), meta.date.as_deref()), (Some("T"), Some("2005-09-20")));
        assert_eq!(meta.issue.as_deref(), Some("4"));
        let extra: Vec<_> = meta.extra.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
        assert_eq!(extra, [("url", "http://a.example"), ("tags", "[\"a\",1]")]);
    }

    #[test]
    fn a_date_in_words_that_nobody_knows_stays_as_found() {
        let (meta, _) = document(r#"{"text": "x", "date": "last Tuesday"}"#).unwrap();
        assert_eq!(meta.date, None);
        assert_eq!(meta.extra[0].value, "last Tuesday");
    }

    #[test]
    fn a_record_without_text_is_told() {
        let reason = document(r#"{"body": "x", "n": null}"#).unwrap_err();
        assert!(reason.contains("no field `text`, but `n`, `body`;"), "{reason}");
        assert!(document(r#"{"text": 5}"#).unwrap_err().contains("is a number"));
        assert!(document(r#"{"text": "a", "text": "b"}"#).unwrap_err().contains("twice"));
    }
}
