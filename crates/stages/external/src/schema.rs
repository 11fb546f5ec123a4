//! The JSON Schema that a child gives of a layer: checked, and made one of what the output shows.

use docmill_core::schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform as _};
use serde_json::{Value, json};

/// The schema of a layer as the output shows it: spans have their text there, which a child need not give.
///
/// # Errors
/// If it is no schema, or refers to something outside itself, which nobody would fetch.
pub fn shown(layer: &str, given: &Value) -> Result<Schema, String> {
    check_references(given)?;
    validator(given)?;
    let mut schema = Schema::try_from(given.clone()).map_err(|error| error.to_string())?;
    RecursiveTransform(add_text).transform(&mut schema);
    if refers(given) {
        // What it refers to is inside itself, though it will stand in a larger schema.
        schema.insert("$id".to_owned(), format!("urn:docmill:layer:{layer}").into());
    }
    Ok(schema)
}

/// What holds answers against the schema.
///
/// # Errors
/// If it is no schema.
pub fn validator(given: &Value) -> Result<jsonschema::Validator, String> {
    jsonschema::draft202012::options().build(given).map_err(|error| error.to_string())
}

/// Lets the spans of a schema have a text.
fn add_text(schema: &mut Schema) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    if ["start", "end"].iter().all(|key| properties.contains_key(*key)) && !properties.contains_key("text") {
        let description = "As written in the text.";
        properties.insert("text".to_owned(), json!({ "type": "string", "description": description }));
    }
}

fn refers(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => fields.contains_key("$ref") || fields.values().any(refers),
        Value::Array(items) => items.iter().any(refers),
        _ => false,
    }
}

fn check_references(schema: &Value) -> Result<(), String> {
    match schema {
        Value::Object(fields) => {
            for key in ["$ref", "$dynamicRef"] {
                if let Some(Value::String(to)) = fields.get(key)
                    && !to.starts_with('#')
                {
                    return Err(format!("it refers to `{to}`; write what it refers to under `$defs`"));
                }
            }
            fields.values().try_for_each(check_references)
        }
        Value::Array(items) => items.iter().try_for_each(check_references),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_may_have_a_text() {
        let span = json!({"type": "object", "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}},
            "additionalProperties": false});
        let shown = shown("t", &json!({"type": "array", "items": span})).unwrap();
        let validator = validator(shown.as_value()).unwrap();
        assert!(validator.is_valid(&json!([{"start": 1, "end": 2, "text": "a"}])));
        assert!(!validator.is_valid(&json!([{"start": 1, "end": 2, "label": "a"}])));
        assert!(shown.get("$id").is_none());
    }

    #[test]
    fn references_stay_inside() {
        let own =
            json!({"$defs": {"x": {"type": "string"}}, "type": "array", "items": {"$ref": "#/$defs/x"}});
        let inner = shown("t", &own).unwrap();
        // As it stands in the schema of the record.
        let outer = json!({"properties": {"t": {"anyOf": [inner, {"type": "null"}]}}});
        let validator = validator(&outer).unwrap();
        assert!(validator.is_valid(&json!({"t": ["a"]})));
        assert!(!validator.is_valid(&json!({"t": [1]})));
        let error = shown("t", &json!({"$ref": "https://example.org/s.json"})).unwrap_err();
        assert!(error.contains("https://example.org/s.json"), "{error}");
        assert!(shown("t", &json!({"type": "lists"})).is_err());
        assert!(shown("t", &json!("list")).is_err());
    }
}
