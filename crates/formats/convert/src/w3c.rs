//! W3C Web Annotation.

use serde::Serialize;
use serde_json::{Value, json};

use crate::names::in_words;
use crate::{ConvertError, Source, Stretch};

/// Characters before and behind a stretch that help to find it again.
const CONTEXT: usize = 32;

/// A document as a line of JSON-LD: an `AnnotationPage` of the Web Annotation Data Model (W3C Recommendation of 23
/// February 2017). Each annotation's target is the document's IRI (`urn:docmill:` and the id), with a
/// `TextPositionSelector` and a `TextQuoteSelector` for the same stretch.
///
/// Entities are tagged with their label and identified by their canonical name; quotations are tagged with their kind
/// and identified by who says them; the evidence of stances is tagged with the side and describes who stands how
/// toward whom; citations are identified by their outlet. The sentiment toward an entity assesses it. An item of somebody
/// else's layer is tagged with the layer's name and described by its fields.
///
/// # Errors
/// A position that is not in the text.
pub fn w3c(source: &Source<'_>) -> Result<String, ConvertError> {
    let record = source.record;
    let mut page =
        Page { source, document: format!("urn:docmill:{}", escaped(&record.id)), items: Vec::new() };
    let assessed: std::collections::HashMap<&str, String> = (record.sentiment.entities.iter())
        .map(|sentiment| Ok((sentiment.entity.as_str(), name(&sentiment.label)?)))
        .collect::<Result<_, ConvertError>>()?;
    for entity in &record.entities {
        let mut bodies = vec![body("tagging", &entity.label)];
        bodies.extend(entity.canonical.as_deref().map(|name| body("identifying", name)));
        bodies.extend(assessed.get(entity.id.as_str()).map(|label| body("assessing", label)));
        page.add(&entity.id, "identifying", &bodies, source.stretch(entity.start, entity.end)?);
    }
    for quote in &record.quotes {
        let mut bodies = vec![body("tagging", &format!("{} {}", name(&quote.kind)?, name(&quote.act)?))];
        if let Some(speaker) = &quote.speaker {
            let who = speaker.entity.as_deref().and_then(|entity| source.name(entity));
            bodies.push(body("identifying", who.unwrap_or(&speaker.text)));
        }
        page.add(&quote.id, "tagging", &bodies, source.stretch(quote.content.start, quote.content.end)?);
    }
    for stance in &record.stances {
        let side = name(&stance.polarity)?;
        let entity = stance.holder.entity.as_deref().and_then(|entity| source.name(entity));
        let holder = entity.or(stance.holder.text.as_deref()).unwrap_or("author");
        let entity = stance.target.entity.as_deref().and_then(|entity| source.name(entity));
        let target = entity.unwrap_or(&stance.target.text);
        let summary = format!("{holder}: {side} {target} ({})", name(&stance.modality)?);
        let bodies = [body("tagging", &side), body("describing", &summary)];
        page.add(
            &stance.id,
            "describing",
            &bodies,
            source.stretch(stance.evidence.start, stance.evidence.end)?,
        );
    }
    for citation in &record.citations {
        let mut bodies = vec![body("identifying", &citation.outlet)];
        bodies.extend(citation.date.as_deref().map(|date| body("describing", date)));
        page.add(&citation.id, "identifying", &bodies, source.stretch(citation.start, citation.end)?);
    }
    for item in record.layer_items() {
        let Some(span) = item.span() else { continue };
        let mut bodies = vec![body("tagging", item.layer)];
        let facts = in_words(item);
        if !facts.is_empty() {
            bodies.push(body("describing", &facts));
        }
        let id = item.id().map_or_else(|| format!("{}-{}", item.layer, item.item), str::to_owned);
        page.add(&id, "tagging", &bodies, source.stretch(span.start, span.end)?);
    }
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("{}#annotations", page.document),
        "type": "AnnotationPage",
        "items": page.items,
    });
    Ok(serde_json::to_string(&page)? + "\n")
}

struct Page<'s, 'r> {
    source: &'s Source<'r>,
    document: String,
    items: Vec<Value>,
}

impl Page<'_, '_> {
    fn add(&mut self, id: &str, motivation: &str, bodies: &[Value], stretch: Option<Stretch<'_>>) {
        let Some(stretch) = stretch else { return };
        let before = self.source.text.get(..stretch.byte_start).unwrap_or_default();
        let prefix = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let behind = self.source.text.get(stretch.byte_end..).unwrap_or_default();
        let suffix: String = behind.chars().take(CONTEXT).collect();
        self.items.push(json!({
            "id": format!("{}#{}", self.document, escaped(id)),
            "type": "Annotation",
            "motivation": motivation,
            "body": bodies,
            "target": {
                "source": self.document,
                "selector": [
                    { "type": "TextPositionSelector", "start": stretch.start, "end": stretch.end },
                    {
                        "type": "TextQuoteSelector",
                        "exact": stretch.text,
                        "prefix": before.get(prefix..).unwrap_or_default(),
                        "suffix": suffix,
                    },
                ],
            },
        }));
    }
}

fn body(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" })
}

fn name(variant: &impl Serialize) -> Result<String, ConvertError> {
    Ok(serde_json::to_value(variant)?.as_str().unwrap_or_default().to_owned())
}

/// Percent-encoded but for what an IRI may hold anywhere (RFC 3986, unreserved) and `/`.
fn escaped(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped += &format!("%{byte:02X}");
        }
    }
    escaped
}
