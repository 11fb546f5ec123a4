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
    /// The document's id. If missing, path and record number are used.
    pub id: String,
    /// The text. A record without it fails.
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
        let fields = self.named(fields);
        let mut meta = Meta::default();
        let mut text = None;
        let mut seen = Vec::new();
        for (key, value) in fields {
            if !key.is_empty()
                && key == self.date
                && meta.date.is_none()
                && let Some(date) = date::of_value(&value)
            {
                meta.date = Some(date);
                continue;
            }
            let place = match key.as_str() {
                "" => None,
                key if key == self.text => {
                    let Some(found) = paragraphs(&value) else {
                        return Err(format!("the field `{key}` is {}, not a text", kind(&value)));
                    };
                    if text.replace(found).is_some() {
                        return Err(format!("the field `{key}` appears twice"));
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

    /// The fields with the names of the settings: what has such a name in other letters, `Text` for `text`, and what
    /// a path with dots leads to, `article.body`, where no field has that name.
    fn named(&self, mut fields: Vec<(String, Value)>) -> Vec<(String, Value)> {
        for name in self.names() {
            if name.is_empty() || fields.iter().any(|(key, _)| key == name) {
                continue;
            }
            if let Some((key, _)) = fields.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)) {
                name.clone_into(key);
            } else if let Some(value) = below(&fields, name) {
                fields.push((name.to_owned(), value));
            }
        }
        fields
    }

    fn names(&self) -> [&str; 8] {
        [
            &self.id,
            &self.text,
            &self.title,
            &self.date,
            &self.author,
            &self.publication,
            &self.volume,
            &self.issue,
        ]
        .map(String::as_str)
    }

    /// The place of a column among others, in whatever letters.
    pub(crate) fn column(name: &str, columns: &[String]) -> Option<usize> {
        let exact = columns.iter().position(|column| !column.is_empty() && column == name);
        exact.or_else(|| {
            columns.iter().position(|column| !column.is_empty() && column.eq_ignore_ascii_case(name))
        })
    }

    /// The reason of a record or table without a text.
    pub(crate) fn no_text(&self, seen: &[String]) -> String {
        let text = &self.text;
        let seen: Vec<String> = seen.iter().take(12).map(|key| format!("`{key}`")).collect();
        let seen = if seen.is_empty() { "no others".to_owned() } else { seen.join(", ") };
        format!(
            "no field `{text}`, but {seen}; name the field of the text in `input.fields.text`, or let `docmill \
             init` find it"
        )
    }
}

/// What a path leads to: a field, and fields of it.
fn below(fields: &[(String, Value)], path: &str) -> Option<Value> {
    let (first, rest) = path.split_once('.')?;
    let mut value = &fields.iter().find(|(key, _)| key == first)?.1;
    for key in rest.split('.') {
        value = value.get(key)?;
    }
    Some(value.clone())
}

/// A text, or a list of texts, which are its paragraphs.
fn paragraphs(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) if !values.is_empty() => {
            let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            Some(texts?.join("\n\n"))
        }
        _ => None,
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
        FieldSettings::default().document(crate::jsonl::fields(json.as_bytes()).unwrap().0)
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
    fn names_in_other_letters_and_paths_are_found() {
        let (meta, text) =
            document(r#"{"Text": ["One.", "Two."], "TITLE": "T", "date": {"$date": 1399190400000}}"#)
                .unwrap();
        assert_eq!((text.as_str(), meta.title.as_deref()), ("One.\n\nTwo.", Some("T")));
        assert_eq!(meta.date.as_deref(), Some("2014-05-04"));
        let settings = FieldSettings { text: "article.body".to_owned(), ..FieldSettings::default() };
        let record = crate::jsonl::fields(br#"{"article": {"body": "Osh."}, "date": 1399190400}"#).unwrap().0;
        let (meta, text) = settings.document(record).unwrap();
        assert_eq!((text.as_str(), meta.date.as_deref()), ("Osh.", Some("2014-05-04")));
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
