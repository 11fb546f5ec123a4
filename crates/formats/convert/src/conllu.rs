//! CoNLL-U: the words of each sentence with their syntax, as Universal Dependencies has them.

use std::fmt::Write as _;

use docmill_core::layers::TokenRecord;

use crate::source::is_space;
use crate::tokens::{Word, words_of};
use crate::{ConvertError, Source};

/// A document in the ten columns of <https://universaldependencies.org/format.html>: lemma, universal part of speech, head
/// and relation if the record has them (`output.tokens = true`, stage `syntax`), `_` where there is nothing.
///
/// `# newdoc id` has the document's id; `# sent_id` that id and the sentence's, with `%2F` for a slash and `%20` for a
/// space, since neither may stand there. `# text` has one space for any white space between words; what it was
/// otherwise (a line end) stands in MISC as `SpacesAfter`, and `SpaceAfter=No` says that there was none.
///
/// # Errors
/// A position that is not in the text.
pub fn conllu(source: &Source<'_>) -> Result<String, ConvertError> {
    let record = source.record;
    let id = safe_id(&record.id);
    let sentences = words_of(source)?;
    if sentences.iter().all(Vec::is_empty) {
        return Ok(String::new());
    }
    let mut lines = format!("# newdoc id = {}\n", one_line(&record.id));
    let mut starts = sentences.iter().flatten().map(|word| word.bytes.start).skip(1);
    let mut paragraph = None;
    for (words, sentence) in sentences.iter().zip(&record.sentences) {
        let Some(last) = words.len().checked_sub(1) else { continue };
        if paragraph != Some(sentence.paragraph) {
            lines += "# newpar\n";
            paragraph = Some(sentence.paragraph);
        }
        let _ = writeln!(lines, "# sent_id = {id}-{}", safe_id(&sentence.id));
        let (mut text, mut rows) = (String::new(), String::new());
        for (i, word) in words.iter().enumerate() {
            let form = one_line(source.text.get(word.bytes.clone()).unwrap_or_default());
            // Where tokens overlap (those of a foreign stage may) there is nothing between them.
            let next = starts.next().unwrap_or(source.text.len()).max(word.bytes.end);
            let between = source.text.get(word.bytes.end..next).unwrap_or_default();
            let space: String = between.chars().take_while(|&c| is_space(c)).collect();
            text += &form;
            if !space.is_empty() && i < last {
                text.push(' ');
            }
            let misc = match space.as_str() {
                "" if next < source.text.len() || i < last => "SpaceAfter=No".to_owned(),
                "" | " " => "_".to_owned(),
                space => format!("SpacesAfter={}", escaped(space)),
            };
            let [lemma, upos, head, deprel] = syntax(word.token.map(|(_, token)| token), words);
            let _ = writeln!(rows, "{}\t{form}\t{lemma}\t{upos}\t_\t_\t{head}\t{deprel}\t_\t{misc}", i + 1);
        }
        let _ = writeln!(lines, "# text = {text}\n{rows}");
    }
    Ok(lines)
}

/// The columns LEMMA, UPOS, HEAD and DEPREL of a token.
fn syntax(token: Option<&TokenRecord>, words: &[Word<'_>]) -> [String; 4] {
    let column = |value: Option<&String>| match value {
        Some(value) if !value.is_empty() => one_line(value),
        _ => "_".to_owned(),
    };
    let token = token.filter(|token| token.deprel.is_some());
    let head = token.and_then(|token| match token.head {
        None => Some(0),
        Some(head) => {
            // The tokens of a sentence follow one another.
            let index = |place: usize| words.get(place)?.token.map(|(index, _)| index);
            let place = (head as usize).checked_sub(index(0)?)?;
            (index(place) == Some(head as usize)).then_some(place + 1)
        }
    });
    [
        column(token.and_then(|token| token.lemma.as_ref())),
        column(token.and_then(|token| token.upos.as_ref())),
        head.map_or_else(|| "_".to_owned(), |head| head.to_string()),
        column(token.and_then(|token| token.deprel.as_ref())),
    ]
}

/// An id without what an id must not have.
fn safe_id(id: &str) -> String {
    let mut safe = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '/' | '%' => drop(write!(safe, "%{:02X}", u32::from(c))),
            c if is_space(c) || c.is_control() => drop(write!(safe, "%{:02X}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

/// What can stand in a column or a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_space(c) || c.is_control() { ' ' } else { c }).collect()
}

/// White space as `UDPipe` writes it.
fn escaped(space: &str) -> String {
    let mut out = String::with_capacity(2 * space.len());
    for c in space.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(record: &serde_json::Value) -> String {
        let record = serde_json::from_value(record.clone()).unwrap();
        conllu(&Source::new(&record).unwrap().unwrap()).unwrap()
    }

    /// Two paragraphs, the second with a sentence that begins where the one before it ends.
    fn record(id: &str) -> serde_json::Value {
        let text = "Osh met\r\nit.\n\nNo|Yes";
        let mut record = serde_json::json!({
            "schema_version": docmill_jsonl::SCHEMA_VERSION, "run_id": "r", "id": id, "status": "ok", "error": null,
            "skipped": [], "duplicate": null,
            "source": {"path": id, "member": null, "line": null, "sha256": "00", "bytes": 20, "encoding": null,
                       "replaced": 0},
            "meta": {"title": null, "publication": null, "volume": null, "issue": null, "date": null, "author": null,
                     "extra": []},
            "language": null, "offset_unit": "codepoint", "text": text, "entities": [], "clusters": [],
            "sentiment": {"document": null, "sentences": [], "entities": []}, "stances": [], "quotes": [],
            "citations": []});
        let token =
            |start: usize, end: usize, sentence: &str, upos: &str, head: Option<u32>, deprel: &str| {
                let text = text.get(start..end).unwrap();
                serde_json::json!({"start": start, "end": end, "text": text, "sentence": sentence,
                "lemma": text.to_lowercase(), "upos": upos, "head": head, "deprel": deprel})
            };
        record["sentences"] = serde_json::json!([
            {"id": "s0", "start": 0, "end": 12, "text": "Osh met\r\nit.", "paragraph": 0},
            {"id": "s1", "start": 14, "end": 17, "text": "No|", "paragraph": 1},
            {"id": "s2", "start": 17, "end": 20, "text": "Yes", "paragraph": 1}]);
        record["tokens"] = serde_json::json!([
            token(0, 3, "s0", "PROPN", Some(1), "nsubj"),
            token(4, 7, "s0", "VERB", None, "root"),
            token(9, 11, "s0", "PRON", Some(1), "obj"),
            token(11, 12, "s0", "PUNCT", Some(1), "punct"),
            token(14, 16, "s1", "INTJ", None, "root"),
            token(16, 17, "s1", "PUNCT", Some(4), "punct"),
            token(17, 20, "s2", "INTJ", None, "root")
        ]);
        record
    }

    #[test]
    fn a_sentence_is_a_block_whose_ids_begin_at_one() {
        let expected = "\
# newdoc id = a/b c.txt
# newpar
# sent_id = a%2Fb%20c.txt-s0
# text = Osh met it.
1\tOsh\tosh\tPROPN\t_\t_\t2\tnsubj\t_\t_
2\tmet\tmet\tVERB\t_\t_\t0\troot\t_\tSpacesAfter=\\r\\n
3\tit\tit\tPRON\t_\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\tSpacesAfter=\\n\\n

# newpar
# sent_id = a%2Fb%20c.txt-s1
# text = No|
1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t|\t|\tPUNCT\t_\t_\t1\tpunct\t_\tSpaceAfter=No

# sent_id = a%2Fb%20c.txt-s2
# text = Yes
1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_

";
        assert_eq!(converted(&record("a/b c.txt")), expected);
    }

    #[test]
    fn without_syntax_the_columns_are_open() {
        let mut record = record("a");
        record["tokens"] = serde_json::json!([]);
        let lines = converted(&record);
        assert!(lines.contains("1\tOsh\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmet\t_\t_"), "{lines}");
        record["sentences"] = serde_json::json!([]);
        assert_eq!(converted(&record), "");
    }
}
