//! Two values, and where they differ.

use serde::Serialize;
use serde_json::Value;

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its keys, with dots; empty for a value that is no object.
    pub key: String,
    /// What it is in A.
    pub a: Value,
    /// What it is in B.
    pub b: Value,
}

/// True if two values are the same, where numbers with a decimal point may differ by `tolerance`.
pub(super) fn same(a: &Value, b: &Value, tolerance: f64) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) if x.is_f64() || y.is_f64() => {
            match (x.as_f64(), y.as_f64()) {
                // Decimals such as 0.1 are not exact: a difference as large as the tolerance is within it.
                (Some(x), Some(y)) => (x - y).abs() <= tolerance + 1e-12,
                _ => false,
            }
        }
        (Value::Array(x), Value::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y, tolerance))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(key, x)| y.get(key).is_some_and(|y| same(x, y, tolerance)))
        }
        _ => a == b,
    }
}

/// The fields of two values that are not the same.
pub(super) fn fields(a: &Value, b: &Value, tolerance: f64) -> Vec<Field> {
    let mut found = Vec::new();
    collect(a, b, tolerance, "", &mut found);
    found
}

fn collect(a: &Value, b: &Value, tolerance: f64, key: &str, found: &mut Vec<Field>) {
    if same(a, b, tolerance) {
        return;
    }
    let (Value::Object(x), Value::Object(y)) = (a, b) else {
        found.push(Field { key: key.to_owned(), a: a.clone(), b: b.clone() });
        return;
    };
    let only_b = y.keys().filter(|name| !x.contains_key(*name));
    for name in x.keys().chain(only_b) {
        let below = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
        let of = |object: &serde_json::Map<String, Value>| object.get(name).cloned().unwrap_or_default();
        collect(&of(x), &of(y), tolerance, &below, found);
    }
}
