//! What there is in records, before it is known which of their fields is the text.

use serde_json::Value;

use crate::item::{Payload, PayloadKind};
use crate::text::unmarked;
use crate::{Archive, Item, jsonl};

impl Archive {
    /// The fields of a record, as they stand in its file; none if it is no record, or no sound one.
    pub fn fields(&self, item: &Item) -> Option<Vec<(String, Value)>> {
        let Payload::Bytes { bytes, kind } = &item.payload else { return None };
        match kind {
            PayloadKind::Json => jsonl::fields(bytes).ok().map(|(fields, _)| fields),
            PayloadKind::Row(header) => header.fields(&unmarked(bytes.clone(), None).text).ok(),
            _ => None,
        }
    }
}
