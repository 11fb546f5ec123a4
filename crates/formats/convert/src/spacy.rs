//! spaCy.

use std::collections::BTreeMap;
use std::ops::Range;

use docmill_core::Meta;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::source::is_space;
use crate::spacy_tree::analyses;
use crate::tokens::{cut, words_of};
use crate::{ConvertError, Source, Stretch};

/// `Doc.to_json`'s form, spaCy 3.
#[derive(Serialize)]
struct Doc<'r> {
    text: &'r str,
    ents: Vec<Ent<'r>>,
    sents: Vec<Sent>,
    tokens: Vec<Token>,
    spans: BTreeMap<&'r str, Vec<Labelled<'r>>>,
    docmill: Facts<'r>,
}

#[derive(Serialize)]
struct Ent<'r> {
    start: u32,
    end: u32,
    label: &'r str,
}

#[derive(Serialize)]
struct Sent {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Token {
    id: usize,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pos: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dep: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<usize>,
}

#[derive(Serialize)]
struct Labelled<'r> {
    start: u32,
    end: u32,
    label: String,
    kb_id: &'r str,
}

/// What spaCy has no place for. In `_`, it would be refused unless the reader had declared it.
#[derive(Serialize)]
struct Facts<'r> {
    id: &'r str,
    meta: &'r Meta,
    /// Layers of other people's stages, as the record has them.
    #[serde(skip_serializing_if = "Map::is_empty")]
    layers: &'r Map<String, Value>,
}

/// A document as a line of JSON that `spacy.tokens.Doc(vocab).from_json(json.loads(line))` reads: text, tokens,
/// sentences and entities; as span groups `entities` (with the canonical name as `kb_id`), `quotes`, `speakers`, `cues`,
/// `stances` (their evidence) and `citations`, whose `kb_id` is the id in the record, and a group for each layer of
/// somebody else's stage that has spans. The key `docmill`, which spaCy passes over, has the document's id, metadata and
/// those layers in full.
///
/// Where the record has syntax, tokens have `pos`, `lemma`, `dep` (`ROOT` for a root) and `head`.
///
/// Tokens are cut where an annotation begins or ends, and white space becomes tokens as spaCy's own tokenizer has it.
/// Of entities that overlap, `ents` has the first, the group `entities` all.
///
/// # Errors
/// A position that is not in the text.
pub fn spacy(source: &Source<'_>) -> Result<String, ConvertError> {
    let record = source.record;
    let mut marks = Marks { source, cuts: Vec::new() };
    let mut spans = BTreeMap::new();
    let mut ents: Vec<Ent<'_>> = Vec::new();
    let mut group = Vec::new();
    for entity in &record.entities {
        let Some(stretch) = marks.stretch(entity.start, entity.end)? else { continue };
        let (start, end, label) = (stretch.start, stretch.end, entity.label.as_str());
        if ents.last().is_none_or(|last| last.end <= start) {
            ents.push(Ent { start, end, label });
        }
        let kb_id = entity.canonical.as_deref().unwrap_or_default();
        group.push(Labelled { start, end, label: label.to_owned(), kb_id });
    }
    spans.insert("entities", group);
    let [mut quotes, mut speakers, mut cues] = [Vec::new(), Vec::new(), Vec::new()];
    for quote in &record.quotes {
        let kind = serde_json::to_value(quote.kind)?.as_str().unwrap_or_default().to_owned();
        marks.add(&mut quotes, (quote.content.start, quote.content.end), &kind, &quote.id)?;
        if let Some(speaker) = &quote.speaker {
            marks.add(&mut speakers, (speaker.start, speaker.end), "speaker", &quote.id)?;
        }
        if let Some(cue) = &quote.cue {
            marks.add(&mut cues, (cue.start, cue.end), "cue", &quote.id)?;
        }
    }
    spans.extend([("quotes", quotes), ("speakers", speakers), ("cues", cues)]);
    let [mut stances, mut citations] = [Vec::new(), Vec::new()];
    for stance in &record.stances {
        let side = serde_json::to_value(stance.polarity)?.as_str().unwrap_or_default().to_owned();
        marks.add(&mut stances, (stance.evidence.start, stance.evidence.end), &side, &stance.id)?;
    }
    for citation in &record.citations {
        marks.add(&mut citations, (citation.start, citation.end), "citation", &citation.id)?;
    }
    spans.extend([("stances", stances), ("citations", citations)]);
    for item in record.layer_items() {
        if let Some(span) = item.span() {
            let group = spans.entry(item.layer).or_default();
            marks.add(group, (span.start, span.end), item.label(), item.id().unwrap_or_default())?;
        }
    }
    let mut sents = Vec::new();
    for sentence in &record.sentences {
        if let Some(stretch) = marks.stretch(sentence.start, sentence.end)? {
            sents.push(Sent { start: stretch.start, end: stretch.end });
        }
    }
    let mut borders = marks.cuts;
    borders.sort_unstable();
    borders.dedup();
    let words: Vec<_> = words_of(source)?.into_iter().flatten().collect();
    let ranges = words.iter().map(|word| word.bytes.clone());
    let pieces = pieces(source.text, cut(ranges, &borders), &borders);
    let mut analyses = analyses(source.text, &words, &pieces).unwrap_or_default().into_iter();
    let token = |(id, piece): (usize, Range<usize>)| {
        let stretch = source.at(piece.start, piece.end, "");
        let (pos, lemma, dep, head) = analyses
            .next()
            .map(|read| (Some(read.pos), Some(read.lemma), Some(read.dep), Some(read.head)))
            .unwrap_or_default();
        Token { id, start: stretch.start, end: stretch.end, pos, lemma, dep, head }
    };
    let tokens = pieces.into_iter().enumerate().map(token).collect();
    let docmill = Facts { id: &record.id, meta: &record.meta, layers: &record.layers };
    let doc = Doc { text: source.text, ents, sents, tokens, spans, docmill };
    Ok(serde_json::to_string(&doc)? + "\n")
}

/// Where annotations begin and end.
struct Marks<'s, 'r> {
    source: &'s Source<'r>,
    cuts: Vec<usize>,
}

impl<'r> Marks<'_, 'r> {
    fn stretch(&mut self, start: u32, end: u32) -> Result<Option<Stretch<'r>>, ConvertError> {
        let stretch = self.source.stretch(start, end)?;
        self.cuts.extend(stretch.iter().flat_map(|stretch| [stretch.byte_start, stretch.byte_end]));
        Ok(stretch)
    }

    fn add(
        &mut self,
        group: &mut Vec<Labelled<'r>>,
        (start, end): (u32, u32),
        label: &str,
        id: &'r str,
    ) -> Result<(), ConvertError> {
        if let Some(stretch) = self.stretch(start, end)? {
            let label = label.to_owned();
            group.push(Labelled { start: stretch.start, end: stretch.end, label, kb_id: id });
        }
        Ok(())
    }
}

/// Words and what lies between them: one space after a word belongs to it, other white space is a token, and so is
/// text that no word covers.
fn pieces(text: &str, words: Vec<Range<usize>>, cuts: &[usize]) -> Vec<Range<usize>> {
    let mut pieces = Vec::with_capacity(words.len());
    let mut at = 0;
    let end = text.len()..text.len();
    for word in words.into_iter().chain([end]) {
        if word.start < at {
            // Foreign tokens may overlap.
            continue;
        }
        for run in runs(text, at..word.start, cuts) {
            let space = text.get(run.clone()).is_some_and(|run| run.starts_with(is_space));
            let spaced = space && pieces.last().is_some_and(|last: &Range<usize>| ends_in_word(text, last));
            let start = if spaced && text.get(run.clone()).is_some_and(|run| run.starts_with(' ')) {
                run.start + 1
            } else {
                run.start
            };
            if start < run.end {
                pieces.push(start..run.end);
            }
        }
        at = word.end;
        if !word.is_empty() {
            pieces.push(word);
        }
    }
    pieces
}

fn ends_in_word(text: &str, piece: &Range<usize>) -> bool {
    text.get(piece.clone()).is_some_and(|piece| !piece.ends_with(is_space))
}

/// The runs of white space and of anything else in a stretch between words; the latter are cut as words are.
fn runs(text: &str, gap: Range<usize>, cuts: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut space = None;
    for (i, c) in text.get(gap.clone()).unwrap_or_default().char_indices() {
        let at = gap.start + i;
        match runs.last_mut() {
            Some(run) if space == Some(is_space(c)) => run.end = at + c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
        space = Some(is_space(c));
    }
    if runs.len() == 1 && space == Some(true) {
        return runs;
    }
    let first = cuts.partition_point(|&cut| cut <= gap.start);
    cut(runs.into_iter(), &cuts[first..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_up<'t>(text: &'t str, words: &[&str], cuts: &[usize]) -> Vec<&'t str> {
        let mut at = 0;
        let word = |word: &&str| {
            let start = at + text.get(at..).unwrap().find(word).unwrap();
            at = start + word.len();
            start..at
        };
        let words: Vec<Range<usize>> = words.iter().map(word).collect();
        pieces(text, cut(words.into_iter(), cuts), cuts).into_iter().map(|p| text.get(p).unwrap()).collect()
    }

    #[test]
    fn white_space_is_as_spacy_has_it() {
        assert_eq!(cut_up("a b", &["a", "b"], &[]), ["a", "b"]);
        assert_eq!(cut_up("a  b\r\n\r\nc ", &["a", "b", "c"], &[]), ["a", " ", "b", "\r\n\r\n", "c"]);
        assert_eq!(cut_up(" \ta \u{1c}\nb", &["a", "b"], &[]), [" \t", "a", "\u{1c}\n", "b"]);
        assert_eq!(cut_up("\n\n", &[], &[]), ["\n\n"]);
        assert!(cut_up("", &[], &[]).is_empty());
    }

    #[test]
    fn what_no_word_covers_is_there_too_and_borders_cut() {
        assert_eq!(cut_up("a ?! b", &["a", "b"], &[]), ["a", "?!", "b"]);
        assert_eq!(cut_up("a ?! b", &["a", "b"], &[3]), ["a", "?", "!", "b"]);
        assert_eq!(
            cut_up("Gazprom-Neft x", &["Gazprom-Neft", "x"], &[0, 7, 8, 12]),
            ["Gazprom", "-", "Neft", "x"]
        );
    }
}
