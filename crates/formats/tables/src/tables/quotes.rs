use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "quotes",
    about: "One row for each quotation, or part of one that is interrupted.",
    rows: |view| view.record.quotes.len(),
    columns: &[
        DOC_ID,
        column(
            "quote_id",
            Get::Text(|view, i| Some(view.record.quotes[i].id.as_str().into())),
            "`q0`, `q1`, ...",
        ),
        column(
            "continues",
            Get::Text(|view, i| Some(view.record.quotes[i].continues.as_deref()?.into())),
            "First part of the same quotation; `continues IS NULL` counts each quotation once.",
        ),
        column(
            "kind",
            Get::Text(|view, i| Some(name_of(&view.record.quotes[i].kind))),
            "`direct`, `indirect` or `mixed`.",
        ),
        column(
            "act",
            Get::Text(|view, i| Some(name_of(&view.record.quotes[i].act))),
            "`speech`, `thought` or `appearance`.",
        ),
        column(
            "content_start",
            Get::Integer(|view, i| Some(view.record.quotes[i].content.start.into())),
            "First position of what is said.",
        ),
        column(
            "content_end",
            Get::Integer(|view, i| Some(view.record.quotes[i].content.end.into())),
            "One past its last position.",
        ),
        column(
            "content_text",
            Get::Text(|view, i| Some(view.record.quotes[i].content.text.as_str().into())),
            "What is said.",
        ),
        column(
            "speaker_start",
            Get::Integer(|view, i| Some(view.record.quotes[i].speaker.as_ref()?.start.into())),
            "First position of the words that name the speaker.",
        ),
        column(
            "speaker_end",
            Get::Integer(|view, i| Some(view.record.quotes[i].speaker.as_ref()?.end.into())),
            "One past their last position.",
        ),
        column(
            "speaker_text",
            Get::Text(|view, i| Some(view.record.quotes[i].speaker.as_ref()?.text.as_str().into())),
            "Those words.",
        ),
        column(
            "speaker_entity_id",
            Get::Text(|view, i| Some(view.record.quotes[i].speaker.as_ref()?.entity.as_deref()?.into())),
            "Mention that the speaker is.",
        ),
        column(
            "speaker_name",
            Get::Text(|view, i| {
                let speaker = view.record.quotes[i].speaker.as_ref()?;
                view.name(speaker.entity.as_deref()).or_else(|| Some(speaker.text.as_str().into()))
            }),
            "Canonical name of the speaker, else the words.",
        ),
        column(
            "speaker_country",
            Get::Text(|view, i| view.country(view.record.quotes[i].speaker.as_ref()?.entity.as_deref())),
            "ISO 3166-1 alpha-3 code, if the speaker is a state.",
        ),
        column(
            "cue_start",
            Get::Integer(|view, i| Some(view.record.quotes[i].cue.as_ref()?.start.into())),
            "First position of the words that mark it as said.",
        ),
        column(
            "cue_end",
            Get::Integer(|view, i| Some(view.record.quotes[i].cue.as_ref()?.end.into())),
            "One past their last position.",
        ),
        column(
            "cue_text",
            Get::Text(|view, i| Some(view.record.quotes[i].cue.as_ref()?.text.as_str().into())),
            "Those words.",
        ),
    ],
};
