use std::borrow::Cow;

use docmill_core::layers::EventPartyRecord;

use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

/// The name of each side, else its words.
fn names(sides: &[EventPartyRecord]) -> Vec<Cow<'_, str>> {
    sides.iter().map(|side| side.name.as_deref().unwrap_or(&side.text).into()).collect()
}

/// The words of each side.
fn texts(sides: &[EventPartyRecord]) -> Vec<Cow<'_, str>> {
    sides.iter().map(|side| side.text.as_str().into()).collect()
}

/// The code of each side that is a state or belongs to one, each once.
fn countries(sides: &[EventPartyRecord]) -> Vec<Cow<'_, str>> {
    let mut found: Vec<Cow<'_, str>> = Vec::new();
    for country in sides.iter().filter_map(|side| side.country.as_deref()) {
        if !found.iter().any(|known| *known == country) {
            found.push(country.into());
        }
    }
    found
}

pub const TABLE: Table = Table {
    name: "events",
    about: "One row for each event: who did what to whom.",
    rows: |view| view.record.events.len(),
    columns: &[
        DOC_ID,
        column(
            "event_id",
            Get::Text(|view, i| Some(view.record.events[i].id.as_str().into())),
            "`ev0`, `ev1`, ...",
        ),
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.events[i].sentence.as_str().into())),
            "Sentence that says so.",
        ),
        column(
            "type",
            Get::Text(|view, i| Some(name_of(&view.record.events[i].kind))),
            "PLOVER's event type: `AGREE`, `CONSULT`, ..., `ASSAULT`.",
        ),
        column(
            "status",
            Get::Text(|view, i| Some(name_of(&view.record.events[i].status))),
            "`happened`, `under way`, `planned`, `denied` or `alleged`.",
        ),
        column(
            "actors",
            Get::Texts(|view, i| names(&view.record.events[i].actors)),
            "Canonical name of each actor, else its words.",
        ),
        column("actor_texts", Get::Texts(|view, i| texts(&view.record.events[i].actors)), "Their words."),
        column(
            "actor_countries",
            Get::Texts(|view, i| countries(&view.record.events[i].actors)),
            "ISO 3166-1 alpha-3 codes of actors that are states or belong to one.",
        ),
        column(
            "recipients",
            Get::Texts(|view, i| names(&view.record.events[i].recipients)),
            "Canonical name of each recipient, else its words.",
        ),
        column(
            "recipient_texts",
            Get::Texts(|view, i| texts(&view.record.events[i].recipients)),
            "Their words.",
        ),
        column(
            "recipient_countries",
            Get::Texts(|view, i| countries(&view.record.events[i].recipients)),
            "ISO 3166-1 alpha-3 codes of recipients that are states or belong to one.",
        ),
        column(
            "time_value",
            Get::Text(|view, i| Some(view.record.events[i].time.as_ref()?.value.as_str().into())),
            "TIMEX3 value of when, if the sentence says so.",
        ),
        column(
            "date",
            Get::Date(|view, i| Some(view.record.events[i].time.as_ref()?.value.as_str())),
            "The value, where it is one day.",
        ),
        column(
            "place",
            Get::Text(|view, i| {
                let place = view.record.events[i].place.as_ref()?;
                Some(place.name.as_deref().unwrap_or(&place.text).into())
            }),
            "Canonical name of where, else its words, if the sentence says so.",
        ),
        column(
            "place_id",
            Get::Text(|view, i| Some(view.record.events[i].place.as_ref()?.place.as_deref()?.into())),
            "Row of `places`.",
        ),
        column(
            "place_country",
            Get::Text(|view, i| {
                Some(view.place(view.record.events[i].place.as_ref()?)?.country.as_deref()?.into())
            }),
            "ISO 3166-1 alpha-3 code of the country that the place lies in.",
        ),
        column(
            "latitude",
            Get::Double(|view, i| Some(view.place(view.record.events[i].place.as_ref()?)?.latitude)),
            "Degrees north of the place.",
        ),
        column(
            "longitude",
            Get::Double(|view, i| Some(view.place(view.record.events[i].place.as_ref()?)?.longitude)),
            "Degrees east of it.",
        ),
        column(
            "quote_id",
            Get::Text(|view, i| Some(view.record.events[i].quote.as_deref()?.into())),
            "Quotation in which it is said.",
        ),
        column(
            "citation_id",
            Get::Text(|view, i| Some(view.record.events[i].citation.as_deref()?.into())),
            "Citation that covers the words.",
        ),
        column(
            "score",
            Get::Double(|view, i| Some(view.record.events[i].score)),
            "Probability that type, an actor and a recipient are right.",
        ),
        column(
            "trigger_start",
            Get::Integer(|view, i| Some(view.record.events[i].trigger.start.into())),
            "First position of the word that says so.",
        ),
        column(
            "trigger_end",
            Get::Integer(|view, i| Some(view.record.events[i].trigger.end.into())),
            "One past its last position.",
        ),
        column(
            "trigger_text",
            Get::Text(|view, i| Some(view.record.events[i].trigger.text.as_str().into())),
            "The word.",
        ),
    ],
};
