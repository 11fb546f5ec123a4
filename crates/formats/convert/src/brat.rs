//! brat standoff.

use std::collections::HashMap;

use docmill_core::layers::Polarity;

use crate::brat_config::BratConfig;
use crate::names::{in_words, type_name};
use crate::{ConvertError, Source, Stretch};

/// A document as brat has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standoff {
    /// The `.txt` file: the record's text.
    pub text: String,
    /// The `.ann` file.
    pub annotations: String,
}

/// A document in brat's standoff format (<https://brat.nlplab.org/standoff.html>); what types there are is noted in `config`.
///
/// Entities are `T` with their labels, and `Equiv` where they name one thing; quotations, speakers that are no entity,
/// cues and citations are `T`, quotations and speakers joined by the relation `Said_by`; a stance is an event on its
/// evidence, with `Holder` and `Target`. Sentiment, kinds and modality are attributes; canonical outlets and dates are
/// notes. An item of somebody else's layer is a `T` with the layer's name, and its fields are a note. What goes over a line
/// end is in fragments.
///
/// # Errors
/// A position that is not in the text.
pub fn brat(source: &Source<'_>, config: &mut BratConfig) -> Result<Standoff, ConvertError> {
    let mut ann = Annotations { config, lines: String::new(), counts: [0; 5] };
    let mut entities: HashMap<&str, u32> = HashMap::new();
    for entity in &source.record.entities {
        if let Some(stretch) = source.stretch(entity.start, entity.end)? {
            let label = type_name(&entity.label);
            ann.config.entity(&label);
            entities.insert(&entity.id, ann.text_bound(&label, stretch));
        }
    }
    let known = |id: Option<&str>| id.and_then(|id| entities.get(id).copied());
    for cluster in &source.record.clusters {
        let mentions = cluster.mentions.iter().filter_map(|mention| known(mention.entity.as_deref()));
        let mentions: Vec<String> = mentions.map(|number| format!(" T{number}")).collect();
        if mentions.len() > 1 {
            ann.lines += &format!("*\tEquiv{}\n", mentions.concat());
        }
    }
    for sentiment in &source.record.sentiment.entities {
        // Neutral is the normal case in news.
        if let (Some(number), true) = (known(Some(&sentiment.entity)), sentiment.label != Polarity::Neutral) {
            ann.attribute("Sentiment", &format!("T{number}"), &sentiment.label)?;
        }
    }
    for quote in &source.record.quotes {
        let Some(content) = source.stretch(quote.content.start, quote.content.end)? else { continue };
        let number = ann.text_bound("Quotation", content);
        ann.attribute("Kind", &format!("T{number}"), &quote.kind)?;
        ann.attribute("Act", &format!("T{number}"), &quote.act)?;
        if let Some(speaker) = &quote.speaker {
            let said_by = match known(speaker.entity.as_deref()) {
                Some(entity) => Some(entity),
                None => source
                    .stretch(speaker.start, speaker.end)?
                    .map(|stretch| ann.text_bound("Speaker", stretch)),
            };
            if let Some(said_by) = said_by {
                ann.relation("Said_by", number, said_by);
            }
        }
        if let Some(cue) = &quote.cue
            && let Some(stretch) = source.stretch(cue.start, cue.end)?
        {
            ann.text_bound("Cue", stretch);
        }
    }
    for stance in &source.record.stances {
        let Some(evidence) = source.stretch(stance.evidence.start, stance.evidence.end)? else { continue };
        let side = capitalised(&stance.polarity)?;
        let trigger = ann.text_bound(&side, evidence);
        let holder = known(stance.holder.entity.as_deref());
        // Issues and people without a name are no entities: their words are marked here.
        let target = match known(stance.target.entity.as_deref()) {
            None => source
                .stretch(stance.target.start, stance.target.end)?
                .map(|stretch| ann.text_bound("Target", stretch)),
            entity => entity,
        };
        let event = ann.event(&side, trigger, &[("Holder", holder), ("Target", target)]);
        ann.attribute("Modality", &event, &stance.modality)?;
        if let Some(relation) = &stance.relation {
            ann.attribute("Relation", &event, relation)?;
        }
    }
    for citation in &source.record.citations {
        if let Some(stretch) = source.stretch(citation.start, citation.end)? {
            let number = ann.text_bound("Citation", stretch);
            let date = citation.date.as_deref().map(|date| format!(", {date}")).unwrap_or_default();
            ann.note(number, &format!("{}{date}", citation.outlet));
        }
    }
    for item in source.record.layer_items() {
        let Some(span) = item.span() else { continue };
        if let Some(stretch) = source.stretch(span.start, span.end)? {
            let label = type_name(item.layer);
            ann.config.entity(&label);
            let number = ann.text_bound(&label, stretch);
            let facts = in_words(item);
            if !facts.is_empty() {
                ann.note(number, &facts);
            }
        }
    }
    let annotations = ann.lines;
    Ok(Standoff { text: source.text.to_owned(), annotations })
}

/// The lines of a `.ann` file, and how many there are of a kind: T, E, R, A, #.
struct Annotations<'c> {
    config: &'c mut BratConfig,
    lines: String,
    counts: [u32; 5],
}

impl Annotations<'_> {
    fn next(&mut self, kind: usize) -> u32 {
        self.counts[kind] += 1;
        self.counts[kind]
    }

    fn text_bound(&mut self, label: &str, stretch: Stretch<'_>) -> u32 {
        let number = self.next(0);
        let fragments = fragments(stretch);
        let positions: Vec<String> =
            fragments.iter().map(|(start, end, _)| format!("{start} {end}")).collect();
        let texts: Vec<&str> = fragments.iter().map(|(.., text)| *text).collect();
        self.lines += &format!("T{number}\t{label} {}\t{}\n", positions.join(";"), texts.join(" "));
        number
    }

    fn event(&mut self, label: &str, trigger: u32, roles: &[(&str, Option<u32>)]) -> String {
        let number = self.next(1);
        let roles = roles.iter().filter_map(|(role, filler)| Some(format!(" {role}:T{}", (*filler)?)));
        self.lines += &format!("E{number}\t{label}:T{trigger}{}\n", roles.collect::<String>());
        format!("E{number}")
    }

    fn relation(&mut self, label: &str, from: u32, to: u32) {
        let number = self.next(2);
        self.lines += &format!("R{number}\t{label} Arg1:T{from} Arg2:T{to}\n");
    }

    fn attribute(
        &mut self,
        label: &str,
        of: &str,
        value: &impl serde::Serialize,
    ) -> Result<(), ConvertError> {
        let number = self.next(3);
        let value = serde_json::to_value(value)?;
        self.lines += &format!("A{number}\t{label} {of} {}\n", value.as_str().unwrap_or_default());
        Ok(())
    }

    fn note(&mut self, of: u32, text: &str) {
        let number = self.next(4);
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.lines += &format!("#{number}\tAnnotatorNotes T{of}\t{text}\n");
    }
}

/// The lines of a stretch, without the line ends and the white space around them: brat's own files never have an
/// annotation across a line end.
fn fragments(stretch: Stretch<'_>) -> Vec<(u32, u32, &str)> {
    let mut fragments = Vec::new();
    let mut position = stretch.start;
    for line in stretch.text.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        let start = position + line.chars().take_while(|c| c.is_whitespace()).count() as u32;
        if !text.is_empty() {
            fragments.push((start, start + text.chars().count() as u32, text));
        }
        position += line.chars().count() as u32;
    }
    fragments
}

/// `Favor` of the variant that the record calls `favor`.
fn capitalised(value: &impl serde::Serialize) -> Result<String, ConvertError> {
    let value = serde_json::to_value(value)?;
    let mut chars = value.as_str().unwrap_or_default().chars();
    Ok(chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect())
}
