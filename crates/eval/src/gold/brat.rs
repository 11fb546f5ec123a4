//! Gold in brat standoff, as PolNeAR has it: text-bound lines (`T`) and attributions over them (`E`).

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use docmill_core::Span;

/// The sources and contents of a text's attributions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributions {
    /// Whose words or thoughts they are. A source with a gap counts from its first to its last byte.
    pub sources: Vec<Span>,
    /// What is attributed. A content with a gap is several.
    pub contents: Vec<Span>,
}

/// A text-bound annotation, in bytes.
struct Bound<'a> {
    role: &'a str,
    spans: Vec<Span>,
}

/// Reads the annotations of `text`; positions in them count code points.
///
/// # Errors
/// With the line, if it does not fit the text.
pub fn attributions(standoff: &str, text: &str, name: &str) -> Result<Attributions> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut bound: HashMap<&str, Bound<'_>> = HashMap::new();
    let mut found = Attributions::default();
    let mut events = Vec::new();
    for (line, row) in (1..).zip(standoff.lines()) {
        let mut fields = row.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        // The annotated text, which may hold line ends, is not read.
        if id.starts_with('T') && id.len() > 1 && id.bytes().skip(1).all(|b| b.is_ascii_digit()) {
            let role = what.split(' ').next().unwrap_or_default();
            let places = what.split_once(' ').map_or("", |(_, places)| places);
            let spans: Option<Vec<Span>> = places.split(';').map(|place| span(place, &bytes)).collect();
            let spans =
                spans.with_context(|| format!("{name}:{line}: `{places}` does not lie in the text"))?;
            bound.insert(id, Bound { role, spans });
        } else if id.starts_with('E') && what.starts_with("Attribution") {
            events.push((line, what));
        }
    }
    for (line, event) in events {
        for argument in event.split(' ').skip(1) {
            let Some((_, to)) = argument.split_once(':') else { continue };
            let Some(bound) = bound.get(to) else { bail!("{name}:{line}: there is no `{to}`") };
            match (bound.role, bound.spans.as_slice()) {
                ("Source", [first, .., last]) => found.sources.push(first.cover(*last)),
                ("Source", spans) => found.sources.extend(spans),
                ("Content", spans) => found.contents.extend(spans),
                _ => {}
            }
        }
    }
    Ok(found)
}

fn span(place: &str, bytes: &[usize]) -> Option<Span> {
    let (start, end) = place.split_once(' ')?;
    let byte = |position: &str| bytes.get(position.parse::<usize>().ok()?).copied();
    let (start, end) = (byte(start)?, byte(end)?);
    (start <= end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributions_in_code_points() {
        let text = "“Ça va,” Zoë said, “très bien.”";
        let standoff = "T1\tSource 9 12\tZoë\nT2\tCue 13 17\tsaid\nT3\tContent 0 8;19 31\t“Ça va,” “très\nbien.”\n\
            T4\tAttribution 13 17\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let found = attributions(standoff, text, "a.ann").unwrap();
        let texts = |spans: &[Span]| -> Vec<&str> { spans.iter().map(|s| s.slice(text).unwrap()).collect() };
        assert_eq!(texts(&found.sources), ["Zoë"]);
        assert_eq!(texts(&found.contents), ["“Ça va,”", "“très bien.”"]);
    }

    #[test]
    fn says_what_does_not_fit() {
        let error = attributions("T1\tSource 2 9\tx", "short", "a.ann").unwrap_err().to_string();
        assert_eq!(error, "a.ann:1: `2 9` does not lie in the text");
        let error = attributions("E1\tAttribution:T1 Source:T2", "short", "a.ann").unwrap_err().to_string();
        assert_eq!(error, "a.ann:1: there is no `T2`");
    }
}
