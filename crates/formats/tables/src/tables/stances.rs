use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "stances",
    about: "One row for each stance: who is for or against whom.",
    rows: |view| view.record.stances.len(),
    columns: &[
        DOC_ID,
        column(
            "stance_id",
            Get::Text(|view, i| Some(view.record.stances[i].id.as_str().into())),
            "`st0`, `st1`, ...",
        ),
        column(
            "sentence_id",
            Get::Text(|view, i| Some(view.record.stances[i].sentence.as_str().into())),
            "Sentence that says so.",
        ),
        column(
            "holder_kind",
            Get::Text(|view, i| Some(name_of(&view.record.stances[i].holder.kind))),
            "`entity`, `author` or `speaker`.",
        ),
        column(
            "holder_entity_id",
            Get::Text(|view, i| Some(view.record.stances[i].holder.entity.as_deref()?.into())),
            "Mention that the holder is.",
        ),
        column(
            "holder_text",
            Get::Text(|view, i| Some(view.record.stances[i].holder.text.as_deref()?.into())),
            "Words that name the holder; null for the author.",
        ),
        column(
            "holder_name",
            Get::Text(|view, i| {
                let holder = &view.record.stances[i].holder;
                view.name(holder.entity.as_deref()).or_else(|| Some(holder.text.as_deref()?.into()))
            }),
            "Canonical name of the holder, else its words.",
        ),
        column(
            "holder_country",
            Get::Text(|view, i| view.country(view.record.stances[i].holder.entity.as_deref())),
            "ISO 3166-1 alpha-3 code, if the holder is a state.",
        ),
        column(
            "target_kind",
            Get::Text(|view, i| Some(name_of(&view.record.stances[i].target.kind))),
            "`entity` (somebody) or `issue` (a policy, law, deal, event, act).",
        ),
        column(
            "target_entity_id",
            Get::Text(|view, i| Some(view.record.stances[i].target.entity.as_deref()?.into())),
            "Mention that the stance is about; null for a target without a name.",
        ),
        column(
            "target_text",
            Get::Text(|view, i| Some(view.record.stances[i].target.text.as_str().into())),
            "Words that stand for the target.",
        ),
        column(
            "target_name",
            Get::Text(|view, i| {
                let target = &view.record.stances[i].target;
                view.name(target.entity.as_deref()).or_else(|| Some(target.text.as_str().into()))
            }),
            "Canonical name of the target, else its words.",
        ),
        column(
            "target_country",
            Get::Text(|view, i| view.country(view.record.stances[i].target.entity.as_deref())),
            "ISO 3166-1 alpha-3 code, if the target is a state.",
        ),
        column(
            "polarity",
            Get::Text(|view, i| Some(name_of(&view.record.stances[i].polarity))),
            "`favor`, `against` or `neutral`.",
        ),
        column(
            "score",
            Get::Double(|view, i| Some(view.record.stances[i].score)),
            "Confidence, from 0 to 1.",
        ),
        column(
            "basis",
            Get::Text(|view, i| Some(name_of(&view.record.stances[i].basis))),
            "`words` or `deeds`.",
        ),
        column(
            "relation",
            Get::Text(|view, i| Some(name_of(view.record.stances[i].relation.as_ref()?))),
            "What passes between the two, in PLOVER's quad classes: `verbal-cooperation`, `material-cooperation`, \
             `verbal-conflict`, `material-conflict`.",
        ),
        column(
            "modality",
            Get::Text(|view, i| Some(name_of(&view.record.stances[i].modality))),
            "`asserted`, `negated`, `conditional`, `planned` or `reported`.",
        ),
        column(
            "evidence_start",
            Get::Integer(|view, i| Some(view.record.stances[i].evidence.start.into())),
            "First position of the words that say so.",
        ),
        column(
            "evidence_end",
            Get::Integer(|view, i| Some(view.record.stances[i].evidence.end.into())),
            "One past their last position.",
        ),
        column(
            "evidence_text",
            Get::Text(|view, i| Some(view.record.stances[i].evidence.text.as_str().into())),
            "Those words.",
        ),
    ],
};
