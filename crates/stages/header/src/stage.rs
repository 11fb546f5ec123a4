//! The running stage.

use docmill_core::{Document, Meta, Stage, StageError};

use crate::dateline::dateline;
use crate::facts::{Key, note};
use crate::fields::{Fields, unknown};
use crate::issue::issue_line;
use crate::lines::{blocks, byline, is_desk_note, is_prose, title_and_byline};
use crate::web::{date_in_address, web_address};

/// Fills a document's metadata from its first lines.
#[derive(Debug)]
pub(crate) struct HeaderStage {
    pub fields: Fields,
    pub unlabelled: bool,
}

/// What a line of the head is.
enum Line<'t> {
    /// Facts.
    Sure(Vec<(Key, &'t str)>),
    /// A short line without a label.
    Plain(&'t str),
    /// Running text.
    Prose(&'t str),
}

impl Stage for HeaderStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        // The first window of a long document has told its metadata.
        if doc.continues() {
            return Ok(());
        }
        let mut meta = std::mem::take(&mut doc.meta);
        self.read(doc.text(), &mut meta);
        doc.meta = meta;
        Ok(())
    }
}

impl HeaderStage {
    fn read(&self, text: &str, meta: &mut Meta) {
        // A line alone in its block, before or after which the header stands: the headline.
        let mut alone: Option<&str> = None;
        let mut in_header = false;
        for block in blocks(text) {
            if let (false, true, [line]) = (in_header, self.unlabelled && alone.is_none(), &block[..]) {
                if let Some(address) = web_address(line) {
                    note(meta, &Key::Other("url".to_owned()), address);
                    if let Some(date) = date_in_address(address).filter(|_| meta.date.is_none()) {
                        meta.date = Some(date.to_string());
                    }
                    continue;
                }
                if is_desk_note(line) {
                    continue;
                }
            }
            // A line that goes on in lower case is prose, wrapped; a byline in it is none.
            let wrapped =
                block.iter().any(|line| line.starts_with(char::is_lowercase) && byline(line).is_none());
            let guess = self.unlabelled && !wrapped;
            let lines: Vec<Line<'_>> = block.iter().map(|line| self.classify(line, guess)).collect();
            let mut before_prose = lines.iter().take_while(|line| !matches!(line, Line::Prose(_)));
            if before_prose.any(|line| matches!(line, Line::Sure(_))) {
                if let Some(title) = alone.take() {
                    note(meta, &Key::Title, title);
                }
                in_header = true;
                if self.read_block(&lines, meta) {
                    return;
                }
                continue;
            }
            if let Some(Line::Prose(paragraph)) = lines.first() {
                if let Some(line) = alone.take() {
                    note_headline(meta, line);
                }
                self.read_dateline(paragraph, meta);
            }
            match lines[..] {
                [Line::Plain(line)] if self.unlabelled && alone.is_none() => {
                    // A headline follows the header at once; one that comes first waits for it.
                    if in_header && meta.title.is_none() {
                        note(meta, &Key::Title, line);
                    } else if !in_header {
                        alone = Some(line);
                    } else {
                        return;
                    }
                }
                _ => return,
            }
        }
    }

    fn classify<'t>(&self, line: &'t str, guess: bool) -> Line<'t> {
        let fields = self.fields.of_line(line);
        if !fields.is_empty() {
            return Line::Sure(fields);
        }
        if guess {
            if let Some(names) = byline(line) {
                return Line::Sure(vec![(Key::Author, names)]);
            }
            if let Some(facts) = issue_line(line) {
                return Line::Sure(facts);
            }
        }
        if is_prose(line) || (self.unlabelled && dateline(line).is_some()) {
            Line::Prose(line)
        } else {
            Line::Plain(line)
        }
    }

    /// Notes the facts of a block that has some; true if prose begins in it.
    fn read_block(&self, lines: &[Line<'_>], meta: &mut Meta) -> bool {
        let head = lines.iter().position(|line| matches!(line, Line::Prose(_))).unwrap_or(lines.len());
        // What is labelled comes before what is guessed.
        for line in &lines[..head] {
            if let Line::Sure(facts) = line {
                for (key, value) in facts {
                    note(meta, key, value);
                }
            }
        }
        for (i, line) in lines[..head].iter().enumerate() {
            if let Line::Plain(line) = line {
                match unknown(line) {
                    Some((name, value)) => note(meta, &Key::Other(name.to_owned()), value),
                    None => note(meta, &self.guess(i, lines.get(i + 1), meta), line),
                }
            }
        }
        if let Some(Line::Prose(paragraph)) = lines.get(head) {
            self.read_dateline(paragraph, meta);
        }
        head < lines.len()
    }

    /// What the unlabelled line `i` of a header is, by its place: above the author the headline, at the top the name
    /// of the publication.
    fn guess(&self, i: usize, next: Option<&Line<'_>>, meta: &Meta) -> Key {
        let is_author = |next: &Line<'_>| matches!(next, Line::Sure(facts) if facts[0].0 == Key::Author);
        match next {
            Some(next) if self.unlabelled && is_author(next) && meta.title.is_none() => Key::Title,
            Some(Line::Sure(_)) if self.unlabelled && i == 0 => Key::Publication,
            _ => Key::Other("header".to_owned()),
        }
    }

    fn read_dateline(&self, paragraph: &str, meta: &mut Meta) {
        if self.unlabelled
            && let Some((line, date)) = dateline(paragraph)
        {
            note(meta, &Key::Other("dateline".to_owned()), line);
            if let Some(date) = date.filter(|date| docmill_dates::full_date(date).is_some())
                && meta.date.is_none()
            {
                note(meta, &Key::Date, date);
            }
        }
    }
}

/// Notes the line that stands alone over the running text, with the name that ends it: `Mill Shuts by Ann Lee`.
fn note_headline(meta: &mut Meta, line: &str) {
    let (title, author) = title_and_byline(line);
    note(meta, &Key::Title, title);
    if let Some(author) = author {
        note(meta, &Key::Author, author);
    }
}

#[cfg(test)]
mod tests;
