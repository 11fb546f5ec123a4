//! The events of the whole run.

use std::collections::HashMap;

use docmill_core::layers::{EventPartyRecord, EventRecord, EventType};
use docmill_jsonl::Record;
use serde::Serialize;

use super::coded::Coded;
use super::names::{DocumentNames, NameKind, Names};
use super::word;

/// Events as the page's script reads them: a column each.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Events {
    document: Vec<u32>,
    /// Index among the document's events.
    item: Vec<u32>,
    #[serde(rename = "type")]
    kind: Vec<EventType>,
    status: Coded,
    /// The word that says so.
    trigger: Coded,
    actors: Vec<Vec<Party>>,
    recipients: Vec<Vec<Party>>,
    /// Its TIMEX3 value.
    when: Coded,
    /// Where, as the text calls it.
    place: Coded,
    /// Where, in the list of places.
    located: Vec<Option<u32>>,
    score: Vec<f64>,
}

/// The number of a name, and whether the party only belongs to it.
type Party = (u32, u8);

impl Events {
    pub fn add(
        &mut self,
        document: u32,
        record: &Record,
        of: &DocumentNames<'_>,
        names: &mut Names,
        places: &HashMap<&str, u32>,
    ) {
        for (item, event) in record.events.iter().enumerate() {
            self.document.push(document);
            self.item.push(item as u32);
            self.kind.push(event.kind);
            self.status.push(word(event.status).as_deref());
            self.trigger.push(Some(&event.trigger.text));
            self.actors.push(parties(&event.actors, of, names));
            self.recipients.push(parties(&event.recipients, of, names));
            self.when.push(event.time.as_ref().map(|time| time.value.as_str()));
            self.place.push(place(event));
            let located = event.place.as_ref().and_then(|place| place.place.as_deref());
            self.located.push(located.and_then(|id| places.get(id)).copied());
            self.score.push(event.score);
        }
    }

    pub fn len(&self) -> usize {
        self.document.len()
    }
}

fn place(event: &EventRecord) -> Option<&str> {
    event.place.as_ref().map(|place| place.name.as_deref().unwrap_or(&place.text))
}

fn parties(parties: &[EventPartyRecord], of: &DocumentNames<'_>, names: &mut Names) -> Vec<Party> {
    let party = |party: &EventPartyRecord| {
        let number = of
            .entity(party.entity.as_deref())
            .unwrap_or_else(|| names.number(NameKind::Unnamed, party.name.as_deref().unwrap_or(&party.text)));
        (number, u8::from(party.part))
    };
    parties.iter().map(party).collect()
}
