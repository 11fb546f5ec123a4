//! Paragraphs as they are read, one inside another where a text box or note hangs in one.

/// Paragraphs of a document.
#[derive(Default)]
pub(super) struct Paragraphs {
    done: Vec<Paragraph>,
    open: Vec<String>,
    /// Notes, which follow the text.
    notes: Vec<Paragraph>,
    /// Tables around the place.
    pub tables: u32,
    /// Notes around the place.
    pub note: u32,
}

struct Paragraph {
    text: String,
    cell: bool,
}

impl Paragraphs {
    /// A paragraph begins.
    pub fn begin(&mut self) {
        self.open.push(String::new());
    }

    /// The innermost ends.
    pub fn end(&mut self) {
        let Some(text) = self.open.pop() else { return };
        let text = text.trim();
        if !text.is_empty() {
            let paragraph = Paragraph { text: text.to_owned(), cell: self.tables > 0 };
            if self.note > 0 { self.notes.push(paragraph) } else { self.done.push(paragraph) }
        }
    }

    /// Text of the innermost.
    pub fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.push_str(text);
        }
    }

    /// Text in which white space is one blank, as in ODT.
    pub fn push_collapsed(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !blank {
                open.push(c);
            } else if !open.is_empty() && !open.ends_with([' ', '\n', '\t']) {
                open.push(' ');
            }
        }
    }

    /// The innermost, as far as it is known.
    pub fn current(&self) -> &str {
        self.open.last().map_or("", String::as_str)
    }

    /// All of them: paragraphs apart, cells of a table on lines of their own.
    pub fn text(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        let mut text = String::new();
        let mut cell_before = false;
        for paragraph in self.done.iter().chain(&self.notes) {
            if !text.is_empty() {
                text.push_str(if cell_before && paragraph.cell { "\n" } else { "\n\n" });
            }
            text.push_str(&paragraph.text);
            cell_before = paragraph.cell;
        }
        text
    }
}
