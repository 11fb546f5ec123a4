//! The columns of a table, and how it is written.

use serde_json::Value;

use crate::lines::BOM;
use crate::text::unmarked;
use crate::{FieldSettings, Format};

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Header {
    pub names: Vec<String>,
    dialect: Dialect,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub delimiter: u8,
    /// Marks inside a field are written `\"`, as `MySQL` and Spark do, not `""`.
    pub escapes: bool,
    /// Bytes before the header: Excel's `sep=;`.
    pub skipped: usize,
}

impl Dialect {
    /// The dialect of a table that begins so.
    pub fn of(start: &[u8], format: Format) -> Self {
        let bare = start.strip_prefix(BOM).unwrap_or(start);
        let line = bare.get(..memchr::memchr(b'\n', bare).unwrap_or(bare.len())).unwrap_or_default();
        let stated = match line.trim_ascii_end() {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter),
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=']
                if line.ends_with(b"\t") || line.ends_with(b"\t\r") =>
            {
                Some(b'\t')
            }
            _ => None,
        };
        let skipped = stated.map_or(0, |_| start.len() - bare.len() + (line.len() + 1).min(bare.len()));
        let delimiter = stated.unwrap_or_else(|| if format == Format::Tsv { b'\t' } else { delimiter(line) });
        Self { delimiter, escapes: escapes(bare, delimiter), skipped }
    }
}

/// What separates the columns: the commonest of the candidates in the first line.
fn delimiter(line: &[u8]) -> u8 {
    let times = |wanted: u8| memchr::memchr_iter(wanted, line).count();
    // Of equals, the last wins.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&candidate| times(candidate)).unwrap_or(b',')
}

/// Whether a `\"` stands inside a field: before something that neither ends a field nor doubles the mark.
fn escapes(start: &[u8], delimiter: u8) -> bool {
    memchr::memmem::find_iter(start, b"\\\"").any(|at| {
        let before = at.checked_sub(1).and_then(|before| start.get(before));
        let after = start.get(at + 2);
        before != Some(&b'\\')
            && after.is_some_and(|&byte| byte != delimiter && !matches!(byte, b'\r' | b'\n' | b'"'))
    })
}

impl Header {
    pub fn new(mut raw: Vec<u8>, dialect: Dialect, fields: &FieldSettings) -> Result<Self, String> {
        if raw.starts_with(BOM) {
            raw.drain(..BOM.len());
        }
        let names = split(&unmarked(raw, None).text, dialect)?;
        let names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).collect();
        let times = |wanted: &str| names.iter().filter(|name| *name == wanted).count();
        if !fields.text.is_empty() && FieldSettings::column(&fields.text, &names).is_none() {
            return Err(fields.no_text(&names));
        }
        if let Some(twice) =
            [&fields.text, &fields.id].into_iter().find(|name| !name.is_empty() && times(name) > 1)
        {
            return Err(format!("the column `{twice}` appears twice in the header"));
        }
        Ok(Self { names, dialect })
    }

    /// The fields of a row.
    pub fn fields(&self, row: &str) -> Result<Vec<(String, Value)>, String> {
        let values = split(row, self.dialect)?;
        if values.len() != self.names.len() {
            let hint = if row.trim_end().contains('\n') { " (is a quotation mark not closed?)" } else { "" };
            return Err(format!(
                "a row of {} fields under a header of {}{hint}",
                values.len(),
                self.names.len()
            ));
        }
        let value = |value: String| if value.is_empty() { Value::Null } else { Value::String(value) };
        Ok(self.names.iter().cloned().zip(values.into_iter().map(value)).collect())
    }
}

fn split(row: &str, dialect: Dialect) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .escape(dialect.escapes.then_some(b'\\'))
        .from_reader(row.as_bytes());
    match reader.records().next() {
        Some(Ok(record)) => Ok(record.iter().map(str::to_owned).collect()),
        Some(Err(error)) => Err(format!("not a row of a table: {error}")),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_decides() {
        let fields = FieldSettings::default();
        let header = |text: &str| {
            Header::new(text.as_bytes().to_vec(), Dialect::of(text.as_bytes(), Format::Csv), &fields)
        };
        let columns = header("\u{feff}id; text ;note\n").unwrap();
        assert_eq!((columns.names.join("|"), columns.dialect.delimiter), ("id|text|note".to_owned(), b';'));
        assert_eq!(columns.fields("1;a;\n").unwrap()[2].1, Value::Null);
        assert!(columns.fields("1;a").unwrap_err().contains("a row of 2 fields under a header of 3"));
        assert!(header("id,body\n").unwrap_err().contains("no field `text`, but `id`, `body`"));
        assert!(header("text,text\n").unwrap_err().contains("twice"));
    }
}
