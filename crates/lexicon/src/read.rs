//! Reads files of words.

use std::collections::HashMap;
use std::fmt::{self, Display};

use crate::spec::{Column, Kind, List};

/// Why a file of words could not be read: what is wrong, where, and how to put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
    /// How to put it right.
    pub help: String,
}

impl Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.reason, self.help)
    }
}

impl std::error::Error for LexiconError {}

impl LexiconError {
    /// For a file that is not UTF-8 from `line` on.
    pub(crate) fn not_utf8(file: &str, line: usize) -> Self {
        Self {
            file: file.to_owned(),
            line,
            reason: "this line is not UTF-8".to_owned(),
            help: "save the file as UTF-8".to_owned(),
        }
    }

    /// For a list that a configuration cannot extend.
    pub(crate) fn fixed(file: &str, entry: &Entry, why: &str, lists: &[&'static List]) -> Self {
        let open = lists.iter().filter(|list| list.fixed.is_none()).map(|list| list.name).collect::<Vec<_>>();
        Self {
            file: file.to_owned(),
            line: entry.line,
            reason: format!("the list `{}` cannot be extended: {why}", entry.list.name),
            help: format!("lists that can: {}", open.join(", ")),
        }
    }
}

/// A line of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The list.
    pub list: &'static List,
    /// Its fields, in the order of the list's columns.
    pub fields: Vec<Box<str>>,
    /// 1-based line in its file.
    pub line: usize,
}

/// The entries of a file. `# list: NAME` says which of `lists` the lines after it extend; the first of these lines
/// names the columns, in any order.
pub fn read(file: &str, text: &str, lists: &[&'static List]) -> Result<Vec<Entry>, LexiconError> {
    let mut reader = Reader { file, lists, list: None, columns: None, seen: HashMap::new() };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut entries = Vec::new();
    for (i, line) in text.lines().enumerate() {
        entries.extend(reader.line(i + 1, line)?);
    }
    Ok(entries)
}

struct Reader<'f> {
    file: &'f str,
    lists: &'f [&'static List],
    list: Option<&'static List>,
    /// For each column of the file, its index in the list; none before the line that names them.
    columns: Option<Vec<usize>>,
    /// The line of each key.
    seen: HashMap<(&'static str, Vec<Box<str>>), usize>,
}

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &str) -> Result<Option<Entry>, LexiconError> {
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(name) = comment.trim_start().strip_prefix("list:") {
                self.begin(number, name.trim())?;
            }
            return Ok(None);
        }
        if line.trim().is_empty() {
            return Ok(None);
        }
        let Some(list) = self.list else {
            let help = "begin the file with a line such as `# list: outlets`; `docmill lexicon list` shows all lists";
            return Err(self.error(number, "no list is named before this line", help));
        };
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        match &self.columns {
            None => {
                self.columns = Some(self.header(number, list, &fields)?);
                Ok(None)
            }
            Some(columns) => {
                let fields = self.fields(number, list, columns, &fields)?;
                self.once(number, list, &fields)?;
                Ok(Some(Entry { list, fields, line: number }))
            }
        }
    }

    fn begin(&mut self, number: usize, name: &str) -> Result<(), LexiconError> {
        let Some(list) = self.lists.iter().find(|list| list.name == name) else {
            let help = suggest(name, self.lists.iter().map(|list| list.name));
            return Err(self.error(number, &format!("there is no list `{name}`"), &help));
        };
        self.list = Some(list);
        self.columns = None;
        Ok(())
    }

    /// Which columns the file has.
    fn header(&self, number: usize, list: &List, names: &[&str]) -> Result<Vec<usize>, LexiconError> {
        let mut columns = Vec::new();
        for name in names {
            let Some(at) = list.columns.iter().position(|column| column.name == *name) else {
                let reason = format!("the list `{}` has no column `{name}`", list.name);
                return Err(self.error(number, &reason, &header_of(list)));
            };
            if columns.contains(&at) {
                let reason = format!("the column `{name}` is named twice");
                return Err(self.error(number, &reason, "remove one of them"));
            }
            columns.push(at);
        }
        let missing = list.columns.iter().enumerate().find(|(i, c)| !c.optional && !columns.contains(i));
        match missing {
            Some((_, column)) => {
                let reason = format!("the column `{}` is missing", column.name);
                Err(self.error(number, &reason, &header_of(list)))
            }
            None => Ok(columns),
        }
    }

    /// The fields of a line, in the order of the list's columns.
    fn fields(
        &self,
        number: usize,
        list: &List,
        columns: &[usize],
        written: &[&str],
    ) -> Result<Vec<Box<str>>, LexiconError> {
        if written.len() > columns.len() {
            let reason = format!("{} fields where the header names {}", written.len(), columns.len());
            return Err(self.error(
                number,
                &reason,
                "write one tab between two fields, and none after the last",
            ));
        }
        let mut fields: Vec<Box<str>> = vec!["".into(); list.columns.len()];
        for (&at, value) in columns.iter().zip(written) {
            fields[at] = self.value(number, &list.columns[at], value)?;
        }
        let empty =
            list.columns.iter().zip(&fields).find(|(column, field)| !column.optional && field.is_empty());
        match empty {
            Some((column, _)) => {
                let reason = format!("`{}` is empty", column.name);
                let help = "give a value; separate fields with one tab, not with spaces";
                Err(self.error(number, &reason, help))
            }
            None => Ok(fields),
        }
    }

    fn value(&self, number: usize, column: &Column, value: &str) -> Result<Box<str>, LexiconError> {
        let unknown = |value: &str, known: &[&'static str]| {
            let reason = format!("`{}` cannot be \"{value}\"", column.name);
            self.error(number, &reason, &suggest(value, known.iter().copied()))
        };
        match column.kind {
            Kind::Lower => return Ok(value.to_lowercase().into()),
            Kind::One(known) if !value.is_empty() && !known.contains(&value) => {
                return Err(unknown(value, known));
            }
            Kind::Flags(known) => {
                if let Some(flag) = value.split_whitespace().find(|flag| !known.contains(flag)) {
                    return Err(unknown(flag, known));
                }
            }
            Kind::Several if value.split('|').any(|part| part.trim().is_empty()) && !value.is_empty() => {
                let reason = format!("`{}` has an empty part", column.name);
                return Err(self.error(number, &reason, "write one `|` between two parts"));
            }
            _ => {}
        }
        Ok(value.into())
    }

    /// Refuses an entry that stands in the file already.
    fn once(&mut self, number: usize, list: &'static List, fields: &[Box<str>]) -> Result<(), LexiconError> {
        let key = fields[..list.key].to_vec();
        match self.seen.insert((list.name, key), number) {
            Some(first) => {
                let shown = fields[..list.key].join(" ");
                let reason = format!("`{shown}` is already on line {first}");
                Err(self.error(number, &reason, "remove one of them"))
            }
            None => Ok(()),
        }
    }

    fn error(&self, line: usize, reason: &str, help: &str) -> LexiconError {
        LexiconError { file: self.file.to_owned(), line, reason: reason.to_owned(), help: help.to_owned() }
    }
}

fn header_of(list: &List) -> String {
    let names: Vec<String> = list.columns.iter().map(|column| format!("`{}`", column.name)).collect();
    let optional: Vec<String> = list
        .columns
        .iter()
        .filter(|column| column.optional)
        .map(|column| format!("`{}`", column.name))
        .collect();
    let may = if optional.is_empty() {
        String::new()
    } else {
        format!(" ({} may be missing)", optional.join(", "))
    };
    format!("its columns are {}{may}, with a tab between them", names.join(", "))
}

/// `did you mean "inner"?`, or everything that is known.
fn suggest<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let near = known
        .clone()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count().max(3))
        .min();
    match near {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
