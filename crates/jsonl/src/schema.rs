//! The record as JSON Schema, from the types.

use docmill_core::LayerKey;
use schemars::generate::SchemaSettings;
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
    close(&mut root);
    root["title"] = "docmill record".into();
    root["x-docmill-schema-version"] = SCHEMA_VERSION.into();
    Ok(root)
}

/// Every key stands on every line: so every property is required, and there is no other.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                let keys: Vec<Value> = properties.keys().map(|key| key.as_str().into()).collect();
                object.insert("required".to_owned(), Value::Array(keys));
                object.insert("additionalProperties".to_owned(), false.into());
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
