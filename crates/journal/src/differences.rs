//! What has changed between two sets of facts, in words.

use serde_json::Value;

/// Each value that has changed, as `ner.engine was "native", is now "rust-bert"`; empty if all are the same.
pub fn differences(before: &Value, now: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(&mut String::new(), Some(before), Some(now), &mut found);
    found
}

fn compare(key: &mut String, before: Option<&Value>, now: Option<&Value>, found: &mut Vec<String>) {
    let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, now) else {
        if before != now {
            found.push(format!("{key} was {}, is now {}", shown(before), shown(now)));
        }
        return;
    };
    let added = new.keys().filter(|name| !old.contains_key(*name));
    for name in old.keys().chain(added) {
        let outer = key.len();
        if outer > 0 {
            key.push('.');
        }
        key.push_str(name);
        compare(key, old.get(name), new.get(name), found);
        key.truncate(outer);
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "not set".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_changed_value_is_told_with_its_key() {
        let before = json!({"docmill": "0.1.0", "ner": {"engine": "native", "batch": 8}, "stages": ["a"]});
        let now = json!({"docmill": "0.1.0", "ner": {"engine": "x", "fp": 1}, "stages": ["a", "b"]});
        assert_eq!(
            differences(&before, &now),
            [
                "ner.batch was 8, is now not set",
                r#"ner.engine was "native", is now "x""#,
                "ner.fp was not set, is now 1",
                r#"stages was ["a"], is now ["a","b"]"#,
            ]
        );
        assert!(differences(&now, &now).is_empty());
    }
}
