//! The tables, one file each.

mod citations;
mod clusters;
mod documents;
mod entities;
mod events;
mod layers;
mod places;
mod polecat;
mod quotes;
mod roles;
mod sentences;
mod sentiment;
mod stances;
mod times;
mod tokens;

use crate::column::column;
use crate::{Column, Get, Table};

/// Every table, in the order of the reference.
pub const ALL: &[&Table] = &[
    &documents::TABLE,
    &sentences::TABLE,
    &tokens::TABLE,
    &entities::TABLE,
    &clusters::TABLE,
    &roles::TABLE,
    &sentiment::TABLE,
    &stances::TABLE,
    &quotes::TABLE,
    &citations::TABLE,
    &times::TABLE,
    &places::TABLE,
    &events::TABLE,
    &polecat::TABLE,
    &layers::TABLE,
];

/// The document that a row belongs to.
const DOC_ID: Column =
    column("doc_id", Get::Text(|view, _| Some(view.record.id.as_str().into())), "Id of the document.");
