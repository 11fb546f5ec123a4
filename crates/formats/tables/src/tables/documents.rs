use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "documents",
    about: "One row for each document, also for one that failed.",
    rows: |_| 1,
    columns: &[
        DOC_ID,
        column(
            "run_id",
            Get::Text(|view, _| Some(view.record.run_id.as_str().into())),
            "Short id of the run, as in `run.json`.",
        ),
        column(
            "status",
            Get::Text(|view, _| Some(name_of(&view.record.status))),
            "`ok`, or `failed`: then layers are missing.",
        ),
        column(
            "error_stage",
            Get::Text(|view, _| Some(view.record.error.as_ref()?.stage.as_deref()?.into())),
            "Stage at fault; null if the input could not be read.",
        ),
        column(
            "error",
            Get::Text(|view, _| Some(view.record.error.as_ref()?.message.as_str().into())),
            "Why the document failed.",
        ),
        column(
            "skipped",
            Get::Texts(|view, _| {
                view.record.skipped.iter().map(|skipped| skipped.stage.as_str().into()).collect()
            }),
            "Stages that did not run, because their condition does not hold or a layer is missing.",
        ),
        column(
            "duplicate_of",
            Get::Text(|view, _| Some(view.record.duplicate.as_ref()?.of.as_str().into())),
            "`doc_id` of the earlier document that says the same; null if there is none.",
        ),
        column(
            "source_path",
            Get::Text(|view, _| Some(view.record.source.path.as_str().into())),
            "File that it comes from.",
        ),
        column(
            "source_member",
            Get::Text(|view, _| Some(view.record.source.member.as_deref()?.into())),
            "Member of the archive.",
        ),
        column(
            "source_line",
            Get::Integer(|view, _| i64::try_from(view.record.source.line?).ok()),
            "1-based line or record in a file of many documents.",
        ),
        column(
            "source_sha256",
            Get::Text(|view, _| Some(view.record.source.sha256.as_deref()?.into())),
            "SHA-256 of the bytes as read, in hexadecimal.",
        ),
        column(
            "source_bytes",
            Get::Integer(|view, _| i64::try_from(view.record.source.bytes).ok()),
            "Number of those bytes.",
        ),
        column(
            "source_encoding",
            Get::Text(|view, _| Some(view.record.source.encoding.as_deref()?.into())),
            "Encoding, by its WHATWG label.",
        ),
        column(
            "source_replaced",
            Get::Integer(|view, _| i64::try_from(view.record.source.replaced).ok()),
            "Malformed sequences that stand as U+FFFD in the text.",
        ),
        column("title", Get::Text(|view, _| Some(view.record.meta.title.as_deref()?.into())), "Headline."),
        column(
            "publication",
            Get::Text(|view, _| Some(view.record.meta.publication.as_deref()?.into())),
            "Journal, newspaper or agency.",
        ),
        column(
            "volume",
            Get::Text(|view, _| Some(view.record.meta.volume.as_deref()?.into())),
            "Volume, as printed.",
        ),
        column(
            "issue",
            Get::Text(|view, _| Some(view.record.meta.issue.as_deref()?.into())),
            "Issue, as printed.",
        ),
        column("date", Get::Date(|view, _| view.record.meta.date.as_deref()), "Day of publication."),
        column(
            "date_iso",
            Get::Text(|view, _| Some(view.record.meta.date.as_deref()?.into())),
            "The same as the record has it, also where it is no day of the calendar.",
        ),
        column(
            "author",
            Get::Text(|view, _| Some(view.record.meta.author.as_deref()?.into())),
            "Author, as printed.",
        ),
        column(
            "extra",
            Get::Pairs(|view, _| {
                let fields = &view.record.meta.extra;
                fields.iter().map(|field| (field.key.as_str(), field.value.as_str())).collect()
            }),
            "Further facts, in order of appearance.",
        ),
        column(
            "language",
            Get::Text(|view, _| Some(view.record.language.as_deref()?.into())),
            "Language of the text (ISO 639-1).",
        ),
        column(
            "offset_unit",
            Get::Text(|view, _| Some(name_of(&view.record.offset_unit))),
            "What positions count: `codepoint`, `bytes` or `utf16`.",
        ),
        column(
            "text",
            Get::Text(|view, _| Some(view.record.text.as_deref()?.into())),
            "The text; null if the run left it out.",
        ),
    ],
};
