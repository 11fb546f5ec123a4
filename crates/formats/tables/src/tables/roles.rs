use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "roles",
    about: "One row for each office, profession or membership of a named person.",
    rows: |view| view.record.roles.len(),
    columns: &[
        DOC_ID,
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.roles[i].sentence.as_str().into())),
            "Sentence that says so.",
        ),
        column(
            "person_entity_id",
            Get::Text(|view, i| Some(view.record.roles[i].person.entity.as_str().into())),
            "Mention of the person.",
        ),
        column(
            "person_text",
            Get::Text(|view, i| Some(view.record.roles[i].person.text.as_str().into())),
            "Its words.",
        ),
        column(
            "person_name",
            Get::Text(|view, i| {
                let person = &view.record.roles[i].person;
                Some(person.name.as_deref().unwrap_or(&person.text).into())
            }),
            "Canonical name of the person, else the words.",
        ),
        column(
            "role_start",
            Get::Integer(|view, i| Some(view.record.roles[i].role.start.into())),
            "First position of the words of the role.",
        ),
        column(
            "role_end",
            Get::Integer(|view, i| Some(view.record.roles[i].role.end.into())),
            "One past their last position.",
        ),
        column(
            "role_text",
            Get::Text(|view, i| Some(view.record.roles[i].role.text.as_str().into())),
            "Those words.",
        ),
        column(
            "organization_entity_id",
            Get::Text(|view, i| Some(view.record.roles[i].organization.as_ref()?.entity.as_deref()?.into())),
            "Mention of the organization or state, if it is a name.",
        ),
        column(
            "organization_text",
            Get::Text(|view, i| Some(view.record.roles[i].organization.as_ref()?.text.as_deref()?.into())),
            "Its words: a name, `government`, `its`; null if no words say it.",
        ),
        column(
            "organization_name",
            Get::Text(|view, i| {
                let organization = view.record.roles[i].organization.as_ref()?;
                Some(organization.name.as_deref().or(organization.text.as_deref())?.into())
            }),
            "Canonical name of the organization or state, else the words.",
        ),
        column(
            "organization_country",
            Get::Text(|view, i| {
                let organization = view.record.roles[i].organization.as_ref()?;
                let of_mention = || view.country(organization.entity.as_deref());
                organization.country.as_deref().map(Into::into).or_else(of_mention)
            }),
            "ISO 3166-1 alpha-3 code of the state that it is or belongs to.",
        ),
        column(
            "organization_source",
            Get::Text(|view, i| Some(name_of(view.record.roles[i].organization.as_ref()?.source.as_ref()?))),
            "What it is known from: `text`, `person`, `office` or `document`.",
        ),
        column(
            "status",
            Get::Text(|view, i| Some(name_of(&view.record.roles[i].status))),
            "`current`, `former`, `acting` or `designate`.",
        ),
        column(
            "evidence_start",
            Get::Integer(|view, i| Some(view.record.roles[i].evidence.start.into())),
            "First position of the words that say so.",
        ),
        column(
            "evidence_end",
            Get::Integer(|view, i| Some(view.record.roles[i].evidence.end.into())),
            "One past their last position.",
        ),
        column(
            "evidence_text",
            Get::Text(|view, i| Some(view.record.roles[i].evidence.text.as_str().into())),
            "Those words.",
        ),
    ],
};
