//! Ids that stand twice in the inputs.

use docmill_input::Item;

use crate::observer::Observer;

/// The documents whose id an earlier one has.
#[derive(Default)]
pub struct Doubles {
    count: u64,
    first: Option<String>,
}

impl Doubles {
    /// Counts a document, if it is one of them.
    pub fn count(&mut self, item: &Item) {
        if let Some(id) = item.doubled_id() {
            self.count += 1;
            self.first.get_or_insert_with(|| id.to_owned());
        }
    }

    /// Says how many there are, and how they are named.
    pub fn tell(&self, observer: &dyn Observer) {
        let Some(first) = &self.first else { return };
        let subject = if self.count == 1 {
            "1 document has".to_owned()
        } else {
            format!("{} documents have", self.count)
        };
        observer.warn(&format!(
            "{subject} the id of an earlier one (the first: {first}); the place of each was added to its id, as in \
             {first}~FILE#2. To name all documents by file and record, use --set input.fields.id=\"\""
        ));
    }
}
