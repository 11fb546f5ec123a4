//! Gold of relations: given pairs with quad classes, as PLOVER's testers publish them.

use anyhow::{Context, Result, bail};
use docmill_core::Span;

/// A sentence with a source and a target.
#[derive(Debug, PartialEq)]
pub struct PairRow {
    /// The sentence, without marks.
    pub text: String,
    /// Who acts; an empty span at the end if the sentence does not name it.
    pub source: Span,
    /// Upon whom; the same.
    pub target: Span,
    /// Quad class, 0 to 3: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub class: usize,
    /// In which half the row is. The rules were written with half 0 in view, half 1 was only scored.
    pub half: usize,
}

/// Reads a table with the columns `sentence`, `marked_sentence` (`<s>source</s>`, `<t>target</t>`) and `gold_penta` (1 to
/// 4). Halves are the last bit of the CRC-32 of the sentence.
///
/// # Errors
/// With the line, if it is no such table.
pub fn parse(text: &str, name: &str) -> Result<Vec<PairRow>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(text.as_bytes());
    let headers = reader.headers().with_context(|| name.to_owned())?.clone();
    let column = |title: &str| {
        let found = headers.iter().position(|header| header == title);
        found.with_context(|| format!("{name}: there is no column `{title}`"))
    };
    let (plain, marked, class) = (column("sentence")?, column("marked_sentence")?, column("gold_penta")?);
    let mut rows = Vec::new();
    for (line, record) in (2..).zip(reader.records()) {
        let record = record.with_context(|| name.to_owned())?;
        let field = |column: usize| record.get(column).unwrap_or_default();
        let class = match field(class).trim().parse() {
            Ok(class @ 1..=4) => class - 1,
            _ => bail!("{name}:{line}: `gold_penta` is `{}`, not 1 to 4", field(class)),
        };
        let (text, [source, target]) = unmark(field(marked), ["s", "t"]);
        let half = (crc32fast::hash(field(plain).as_bytes()) % 2) as usize;
        rows.push(PairRow { text, source, target, class, half });
    }
    if rows.is_empty() {
        bail!("{name}: no gold in it");
    }
    Ok(rows)
}

/// A text without its marks, and the first stretch that stands between each.
fn unmark(marked: &str, tags: [&str; 2]) -> (String, [Span; 2]) {
    let mut text = String::with_capacity(marked.len());
    let mut found: [(Option<usize>, Option<usize>); 2] = [(None, None); 2];
    let mut rest = marked;
    'text: while !rest.is_empty() {
        for (tag, (start, end)) in tags.iter().zip(&mut found) {
            if let Some(after) = rest.strip_prefix(&format!("<{tag}>")) {
                start.get_or_insert(text.len());
                rest = after;
                continue 'text;
            }
            if let Some(after) = rest.strip_prefix(&format!("</{tag}>")) {
                end.get_or_insert(text.len());
                rest = after;
                continue 'text;
            }
        }
        let mut chars = rest.chars();
        text.extend(chars.next());
        rest = chars.as_str();
    }
    let spans = found.map(|(start, end)| {
        let start = start.unwrap_or(text.len());
        Span::new(start, end.unwrap_or(text.len()).max(start))
    });
    (text, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let table = "id\tsentence\tmarked_sentence\tgold_penta\n\
                     1\t\"Åland hit Rasht.\t\"<s>Åland</s> hit <t>Rasht</t>.\t4\n\
                     2\tIt fell < 3.\tIt fell < 3.\t1\n";
        let rows = parse(table, "gold.tsv").unwrap();
        assert_eq!(rows[0].text, "\"Åland hit Rasht.");
        assert_eq!(rows[0].source.slice(&rows[0].text), Some("Åland"));
        assert_eq!(rows[0].target.slice(&rows[0].text), Some("Rasht"));
        assert_eq!((rows[0].class, rows[1].class), (3, 0));
        assert_eq!(rows[1].text, "It fell < 3.");
        assert!(rows[1].source.is_empty() && rows[1].target.is_empty());
    }

    #[test]
    fn what_is_no_gold_is_named() {
        let error = |table: &str| format!("{:#}", parse(table, "gold.tsv").unwrap_err());
        assert_eq!(error("a\tb\n"), "gold.tsv: there is no column `sentence`");
        assert!(
            error("sentence\tmarked_sentence\tgold_penta\nx\tx\t7\n")
                .starts_with("gold.tsv:2: `gold_penta` is")
        );
        assert_eq!(error("sentence\tmarked_sentence\tgold_penta\n"), "gold.tsv: no gold in it");
    }
}
