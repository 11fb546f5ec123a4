use docmill_core::layers::Polarity;

use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table, View};

pub const TABLE: Table = Table {
    name: "sentiment",
    about: "One row for the sentiment of a document, of each of its sentences, and toward each of its entity mentions.",
    rows: |view| {
        let sentiment = &view.record.sentiment;
        usize::from(sentiment.document.is_some()) + sentiment.sentences.len() + sentiment.entities.len()
    },
    columns: &[
        DOC_ID,
        column(
            "scope",
            Get::Text(|view, i| Some(row(view, i)?.scope.into())),
            "`document`, `sentence` or `entity`.",
        ),
        column(
            "sentence_id",
            Get::Text(|view, i| Some(row(view, i)?.sentence?.into())),
            "The sentence, or that of the mention; null for the document.",
        ),
        column(
            "entity_id",
            Get::Text(|view, i| Some(row(view, i)?.entity?.into())),
            "The mention; null but for entities.",
        ),
        column(
            "label",
            Get::Text(|view, i| Some(name_of(&row(view, i)?.label))),
            "`negative`, `neutral` or `positive`.",
        ),
        column(
            "score",
            Get::Double(|view, i| Some(row(view, i)?.score)),
            "From -1 (negative) to 1 (positive).",
        ),
    ],
};

struct Row<'v> {
    scope: &'static str,
    sentence: Option<&'v str>,
    entity: Option<&'v str>,
    label: Polarity,
    score: f64,
}

/// The document's sentiment comes first, then the sentences', then the mentions'.
fn row<'v>(view: &'v View<'_>, i: usize) -> Option<Row<'v>> {
    let sentiment = &view.record.sentiment;
    let mut i = i;
    if let Some(document) = &sentiment.document {
        if i == 0 {
            let (label, score) = (document.label, document.score);
            return Some(Row { scope: "document", sentence: None, entity: None, label, score });
        }
        i -= 1;
    }
    if let Some(found) = sentiment.sentences.get(i) {
        let (label, score) = (found.label, found.score);
        return Some(Row { scope: "sentence", sentence: Some(&found.sentence), entity: None, label, score });
    }
    let found = sentiment.entities.get(i - sentiment.sentences.len())?;
    let sentence = view.entity(&found.entity).map(|entity| entity.sentence.as_str());
    let (label, score) = (found.label, found.score);
    Some(Row { scope: "entity", sentence, entity: Some(&found.entity), label, score })
}
