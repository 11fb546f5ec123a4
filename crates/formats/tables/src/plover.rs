//! What PLOVER says of types of events and of those who act.

use std::collections::HashMap;
use std::sync::LazyLock;

use docmill_core::layers::{EventPartyRecord, EventType};
use docmill_lexicon::lists::ACTOR_ROLES;

use crate::View;

static ROLES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| ACTOR_ROLES.shipped().fields().map(|[word, role]| (word, role)).collect());

/// The quad class of a type: verbal or material, cooperation or conflict.
pub(crate) fn quad(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => {
            "verbal-cooperation"
        }
        EventType::Cooperate | EventType::Aid | EventType::Retreat => "material-cooperation",
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => "verbal-conflict",
        EventType::Protest
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Coerce
        | EventType::Assault => "material-conflict",
    }
}

/// The role of one who acts: by the words, else by the name, else by a person's office.
pub(crate) fn role(view: &View<'_>, party: &EventPartyRecord) -> Option<&'static str> {
    let cluster = party.cluster.as_deref().and_then(|id| view.cluster(id));
    let title = cluster.and_then(|cluster| cluster.title.as_deref());
    [Some(party.text.as_str()), party.name.as_deref(), title].into_iter().flatten().find_map(role_of)
}

/// The role of the last listed word.
fn role_of(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    words.rev().find_map(|word| ROLES.get(word.to_lowercase().as_str()).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_listed_word_says_the_role() {
        assert_eq!(role_of("the Israeli army"), Some("MIL"));
        assert_eq!(role_of("government troops"), Some("MIL"));
        assert_eq!(role_of("Police"), Some("COP"));
        assert_eq!(role_of("Tajikistan"), None);
    }
}
