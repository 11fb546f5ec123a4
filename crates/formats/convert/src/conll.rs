//! CoNLL: a word and its BIO tag on a line.

use crate::source::is_space;
use crate::tokens::{cut, words};
use crate::{ConvertError, Source, Stretch};

/// A document in the columns of the shared task of 2003 (Tjong Kim Sang and De Meulder): word, part of speech, chunk,
/// entity, divided by spaces; `_` stands in the two that docmill does not know. A `-DOCSTART-` line begins a document,
/// an empty line ends a sentence. Tags are BIO (IOB2): `B-` begins every entity.
///
/// A word that lies across the border of an entity is cut there. Of entities that overlap the first counts; one that
/// goes on into the next sentence begins anew there.
///
/// # Errors
/// A position that is not in the text.
pub fn conll(source: &Source<'_>) -> Result<String, ConvertError> {
    let mut entities: Vec<(Stretch<'_>, String)> = Vec::new();
    for entity in &source.record.entities {
        let Some(stretch) = source.stretch(entity.start, entity.end)? else { continue };
        if entities.last().is_none_or(|(last, _)| last.byte_end <= stretch.byte_start) {
            entities.push((stretch, cell(&entity.label)));
        }
    }
    let cuts: Vec<usize> =
        entities.iter().flat_map(|(stretch, _)| [stretch.byte_start, stretch.byte_end]).collect();
    let mut lines = "-DOCSTART- -X- -X- O\n\n".to_owned();
    let mut at = 0;
    for sentence in words(source)? {
        let mut before: Option<usize> = None;
        let pieces = cut(sentence.into_iter(), &cuts);
        for piece in &pieces {
            while entities.get(at).is_some_and(|(stretch, _)| stretch.byte_end <= piece.start) {
                at += 1;
            }
            let inside = entities.get(at).filter(|(stretch, _)| stretch.byte_start <= piece.start);
            let word = cell(source.text.get(piece.clone()).unwrap_or_default());
            lines += &match inside {
                Some((_, label)) if before == Some(at) => format!("{word} _ _ I-{label}\n"),
                Some((_, label)) => format!("{word} _ _ B-{label}\n"),
                None => format!("{word} _ _ O\n"),
            };
            before = inside.is_some().then_some(at);
        }
        if !pieces.is_empty() {
            lines.push('\n');
        }
    }
    Ok(lines)
}

/// What can stand in a column: readers take any white space for its end, and some a control character for the line's.
fn cell(text: &str) -> String {
    let safe = |c: char| if is_space(c) || c.is_control() { '_' } else { c };
    text.chars().map(safe).collect()
}
