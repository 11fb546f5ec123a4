//! Rows as a table.

use std::borrow::Cow;

use docmill_tables::{Cell, Kind};

use crate::row::{NameRow, RoleSpan};

/// Columns and their types.
pub const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("kind", Kind::Text),
    ("name", Kind::Text),
    ("country", Kind::Text),
    ("ambiguous", Kind::Boolean),
    ("documents", Kind::Integer),
    ("mentions", Kind::Integer),
    ("first", Kind::Date),
    ("last", Kind::Date),
    ("aliases", Kind::Pairs),
    ("roles", Kind::Pairs),
    ("merges", Kind::Pairs),
    ("holds_for", Kind::Integer),
    ("holds_against", Kind::Integer),
    ("meets_for", Kind::Integer),
    ("meets_against", Kind::Integer),
    ("acts", Kind::Integer),
    ("receives", Kind::Integer),
    ("hosts", Kind::Integer),
    ("quotes", Kind::Integer),
    ("geonames", Kind::Integer),
    ("latitude", Kind::Double),
    ("longitude", Kind::Double),
];

/// A row's values. `aliases` are names with counts, `roles` offices with first and last day, `merges` rules with names.
pub fn cells(row: &NameRow) -> Vec<Cell<'_>> {
    let count = |count: u64| Cell::Integer(i64::try_from(count).ok());
    let date = |date: &Option<String>| Cell::Date(date.clone().map(Cow::Owned));
    let alias = |alias: &crate::AliasCount| (Cow::Owned(alias.name.clone()), alias.count.to_string().into());
    let role = |role: &RoleSpan| (office(role).into(), days(role).into());
    let merge = |merge: &crate::Merge| (Cow::Borrowed(merge.rule.name()), Cow::Owned(merge.name.clone()));
    vec![
        Cell::Text(Some(row.id.as_str().into())),
        Cell::Text(Some(row.kind.name().into())),
        Cell::Text(Some(row.name.as_str().into())),
        Cell::Text(row.country.as_deref().map(Cow::Borrowed)),
        Cell::Boolean(Some(row.ambiguous)),
        count(row.documents),
        count(row.counts.mentions),
        date(&row.first),
        date(&row.last),
        Cell::Pairs(row.aliases.iter().map(alias).collect()),
        Cell::Pairs(row.roles.iter().map(role).collect()),
        Cell::Pairs(row.merges.iter().map(merge).collect()),
        count(row.counts.holds_for),
        count(row.counts.holds_against),
        count(row.counts.meets_for),
        count(row.counts.meets_against),
        count(row.counts.acts),
        count(row.counts.receives),
        count(row.counts.hosts),
        count(row.counts.quotes),
        Cell::Integer(row.geonames.map(Into::into)),
        Cell::Double(row.latitude),
        Cell::Double(row.longitude),
    ]
}

/// `former defense minister, Tajikistan`.
fn office(role: &RoleSpan) -> String {
    let status = if role.status == "current" { String::new() } else { format!("{} ", role.status) };
    let of = role.organization.as_ref().map(|of| format!(", {of}")).unwrap_or_default();
    format!("{status}{}{of}", role.role)
}

/// `2005-09-13/2006-01-02`; empty where no document has a date.
fn days(role: &RoleSpan) -> String {
    match (&role.first, &role.last) {
        (Some(first), Some(last)) => format!("{first}/{last}"),
        _ => String::new(),
    }
}
