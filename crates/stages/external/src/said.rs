//! The lines of a child.

use serde::Deserialize;
use serde_json::Value;

use crate::PROTOCOL;
use crate::handshake::Hello;
use crate::protocol::Answer;

/// A line of a child's.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// What it is.
    Hello(Hello),
    /// What it says to a document.
    Answer(Answer),
}

impl Hello {
    /// Reads and checks a child's first line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(line: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(line).map_err(|error| format!("not JSON: {error}"))?;
        // Before anything else: another version may look different.
        if let Some(protocol) = value.get("protocol").and_then(Value::as_u64)
            && protocol != u64::from(PROTOCOL)
        {
            return Err(format!("it speaks protocol {protocol}, this docmill speaks {PROTOCOL}"));
        }
        match serde_json::from_value(value) {
            Ok(Said::Hello(hello)) => hello.check().map(|()| hello),
            Ok(Said::Answer(_)) => Err("an answer, though nothing was asked".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Answer {
    /// Reads a line.
    ///
    /// # Errors
    /// Why it is no answer.
    pub fn read(line: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(line) {
            Ok(Said::Answer(answer)) => Ok(answer),
            Ok(Said::Hello(_)) => Err("it says hello again".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}
