use std::borrow::Cow;

use docmill_core::layers::{EventPartyRecord, EventRecord};

use super::DOC_ID;
use crate::column::{column, name_of};
use crate::plover::{quad, role};
use crate::{Get, Table, View};

fn event<'a>(view: &'a View<'_>, i: usize) -> &'a EventRecord {
    &view.record.events[i]
}

/// Values of several sides in one text, each once, as POLECAT has them; none if there are none.
fn joined<'a>(values: impl Iterator<Item = &'a str>) -> Option<Cow<'a, str>> {
    let mut found: Vec<&str> = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    match found[..] {
        [] => None,
        [one] => Some(one.into()),
        _ => Some(found.join("; ").into()),
    }
}

fn names(sides: &[EventPartyRecord]) -> Option<Cow<'_, str>> {
    joined(sides.iter().map(|side| side.name.as_deref().unwrap_or(&side.text)))
}

fn texts(sides: &[EventPartyRecord]) -> Option<Cow<'_, str>> {
    joined(sides.iter().map(|side| side.text.as_str()))
}

fn countries(sides: &[EventPartyRecord]) -> Option<Cow<'_, str>> {
    joined(sides.iter().filter_map(|side| side.country.as_deref()))
}

fn roles<'a>(view: &'a View<'_>, sides: &'a [EventPartyRecord]) -> Option<Cow<'a, str>> {
    joined(sides.iter().filter_map(|side| role(view, side)))
}

/// The day that the sentence says; `2005-09` and `2005-W37` are none.
fn own_day(event: &EventRecord) -> Option<&str> {
    let value = event.time.as_ref()?.value.as_str();
    (value.len() == 10 && docmill_dates::Date::from_iso(value).is_some()).then_some(value)
}

pub const TABLE: Table = Table {
    name: "polecat",
    about: "One row for each event, flat, with columns as those of POLECAT, the event data that PLOVER was made for: \
            several values of one side stand in one text with `; ` between them. `events` has the same as lists.",
    rows: |view| view.record.events.len(),
    columns: &[
        DOC_ID,
        column("event_id", Get::Text(|view, i| Some(event(view, i).id.as_str().into())), "Row of `events`."),
        column(
            "event_date",
            Get::Date(|view, i| own_day(event(view, i)).or(view.record.meta.date.as_deref())),
            "Day that the sentence says, else day of the document.",
        ),
        column(
            "event_date_source",
            Get::Text(|view, i| {
                let of_document = || view.record.meta.date.as_ref().map(|_| "document");
                Some(own_day(event(view, i)).map(|_| "text").or_else(of_document)?.into())
            }),
            "`text` or `document`.",
        ),
        column(
            "event_type",
            Get::Text(|view, i| Some(name_of(&event(view, i).kind))),
            "PLOVER's event type: `AGREE`, `CONSULT`, ..., `ASSAULT`.",
        ),
        column(
            "quad",
            Get::Text(|view, i| Some(quad(event(view, i).kind).into())),
            "PLOVER's quad class of the type: `verbal-cooperation`, `material-cooperation`, `verbal-conflict`, \
             `material-conflict`.",
        ),
        column(
            "status",
            Get::Text(|view, i| Some(name_of(&event(view, i).status))),
            "`happened`, `under way`, `planned`, `denied` or `alleged`.",
        ),
        column(
            "actor_name",
            Get::Text(|view, i| names(&event(view, i).actors)),
            "Canonical name of who does it, else the words.",
        ),
        column(
            "actor_country",
            Get::Text(|view, i| countries(&event(view, i).actors)),
            "ISO 3166-1 alpha-3 code of the state that it is or belongs to.",
        ),
        column(
            "actor_role",
            Get::Text(|view, i| roles(view, &event(view, i).actors)),
            "PLOVER's role by the words, the name or a person's office (`data/en/actor_roles.tsv`): `GOV`, `MIL`, `REB`; \
             null where none of them says it, as for a state.",
        ),
        column("actor_text", Get::Text(|view, i| texts(&event(view, i).actors)), "The words."),
        column(
            "recipient_name",
            Get::Text(|view, i| names(&event(view, i).recipients)),
            "Canonical name of whom it is done to, else the words.",
        ),
        column(
            "recipient_country",
            Get::Text(|view, i| countries(&event(view, i).recipients)),
            "ISO 3166-1 alpha-3 code of the state that it is or belongs to.",
        ),
        column(
            "recipient_role",
            Get::Text(|view, i| roles(view, &event(view, i).recipients)),
            "PLOVER's role, as of the actor.",
        ),
        column("recipient_text", Get::Text(|view, i| texts(&event(view, i).recipients)), "The words."),
        column(
            "place_name",
            Get::Text(|view, i| {
                let place = event(view, i).place.as_ref()?;
                Some(place.name.as_deref().unwrap_or(&place.text).into())
            }),
            "Canonical name of where, else its words, if the sentence says so.",
        ),
        column(
            "place_country",
            Get::Text(|view, i| Some(view.place(event(view, i).place.as_ref()?)?.country.as_deref()?.into())),
            "ISO 3166-1 alpha-3 code of the country that the place lies in.",
        ),
        column(
            "latitude",
            Get::Double(|view, i| Some(view.place(event(view, i).place.as_ref()?)?.latitude)),
            "Degrees north.",
        ),
        column(
            "longitude",
            Get::Double(|view, i| Some(view.place(event(view, i).place.as_ref()?)?.longitude)),
            "Degrees east.",
        ),
        column(
            "geonames",
            Get::Integer(|view, i| view.place(event(view, i).place.as_ref()?)?.geonames.map(Into::into)),
            "The place's number in GeoNames.",
        ),
        column(
            "publication",
            Get::Text(|view, _| Some(view.record.meta.publication.as_deref()?.into())),
            "Journal, newspaper or agency.",
        ),
        column(
            "publication_date",
            Get::Date(|view, _| view.record.meta.date.as_deref()),
            "Day of the document.",
        ),
        column(
            "trigger_text",
            Get::Text(|view, i| Some(event(view, i).trigger.text.as_str().into())),
            "The word that says so.",
        ),
        column(
            "sentence",
            Get::Text(|view, i| {
                let id = event(view, i).sentence.as_str();
                // `s7` is the eighth; another program may have written other ids.
                let at = id.strip_prefix('s').and_then(|number| number.parse::<usize>().ok());
                let sentences = &view.record.sentences;
                let found = at.and_then(|at| sentences.get(at)).filter(|sentence| sentence.id == id);
                let found = found.or_else(|| sentences.iter().find(|sentence| sentence.id == id));
                Some(found?.text.as_str().into())
            }),
            "The sentence.",
        ),
        column(
            "score",
            Get::Double(|view, i| Some(event(view, i).score)),
            "Probability that type, an actor and a recipient are right.",
        ),
    ],
};
