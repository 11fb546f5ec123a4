//! A column of texts that repeat: each text once, and its number for each row.

use std::collections::HashMap;

use serde::Serialize;

/// A column as the page's script reads it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Coded {
    values: Vec<String>,
    codes: Vec<Option<u32>>,
    #[serde(skip)]
    known: HashMap<String, u32>,
}

impl Coded {
    /// Adds a row.
    pub fn push(&mut self, value: Option<&str>) {
        let code = value.map(|value| self.number(value));
        self.codes.push(code);
    }

    /// The number of a text, without a row.
    pub fn number(&mut self, value: &str) -> u32 {
        if let Some(&known) = self.known.get(value) {
            return known;
        }
        let code = self.values.len() as u32;
        self.known.insert(value.to_owned(), code);
        self.values.push(value.to_owned());
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_once() {
        let mut column = Coded::default();
        for value in [Some("a"), None, Some("b"), Some("a")] {
            column.push(value);
        }
        assert_eq!(serde_json::to_string(&column).unwrap(), r#"{"values":["a","b"],"codes":[0,null,1,0]}"#);
    }
}
