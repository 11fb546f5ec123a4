//! The key of a name: names with one key may be one.

use crate::row::{NameKind, Rule};
use crate::words::Lists;

/// The key of a name, whatever the document says beside it.
pub(crate) fn key_of_name(kind: NameKind, folded: &str, lists: &Lists) -> (String, Rule) {
    match kind {
        NameKind::State => match lists.state(folded) {
            Some(code) => (code.to_lowercase(), Rule::CountryCode),
            None => (folded.to_owned(), Rule::FullName),
        },
        NameKind::Organization => match (lists.organization(folded), lists.state_body(folded)) {
            (Some(first), _) => (first.to_owned(), Rule::KnownAlias),
            (None, Some((body, _))) => (body, Rule::StateBody),
            (None, None) => (folded.to_owned(), Rule::FullName),
        },
        NameKind::Person if !folded.contains(' ') => (folded.to_owned(), Rule::OneWord),
        NameKind::Person | NameKind::Place => (folded.to_owned(), Rule::FullName),
    }
}
