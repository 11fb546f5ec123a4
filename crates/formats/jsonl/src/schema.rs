//! The record as JSON Schema, from the types.

use docmill_core::LayerKey;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value, json};

use crate::JsonlError;
use crate::record::{Record, SCHEMA_VERSION};

/// JSON Schema (draft 2020-12) of the records of a run whose plan has these layers.
///
/// # Errors
/// If a layer takes the name of one of the record's own keys with another type.
pub fn schema(layers: &[LayerKey]) -> Result<Value, JsonlError> {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut further = Map::new();
    for layer in crate::render::further(layers)? {
        let layer_schema = layer.schema(&mut generator).to_value();
        // A document that failed before the layer's stage has none.
        further.insert(layer.name().to_owned(), json!({ "anyOf": [layer_schema, { "type": "null" }] }));
    }
    let mut root = generator.into_root_schema_for::<Record>().to_value();
    if let Some(properties) = root.get_mut("properties").and_then(Value::as_object_mut) {
        properties.append(&mut further);
    }
    root["title"] = "docmill record".into();
    root["x-docmill-schema-version"] = SCHEMA_VERSION.into();
    let keys =
        root.get("properties").and_then(Value::as_object).map(|p| p.keys().cloned().collect::<Vec<_>>());
    root["required"] = keys.unwrap_or_default().into();
    let mut root = Schema::try_from(root)?;
    RecursiveTransform(close).transform(&mut root);
    Ok(root.to_value())
}

/// Closes an object that lists its keys. One that says more about them (a map beside fixed keys, variants merged
/// into it) decides for itself.
fn close(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let decides = ["additionalProperties", "patternProperties", "$ref", "allOf", "anyOf", "oneOf"];
    if object.contains_key("properties") && !decides.iter().any(|key| object.contains_key(*key)) {
        object.insert("additionalProperties".to_owned(), false.into());
    }
}
