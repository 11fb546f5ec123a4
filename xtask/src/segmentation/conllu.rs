//! Gold sentences and tokens from a CoNLL-U file, with the raw text they stand in.

use anyhow::{Context, bail};
use docmill_core::Span;

/// One document: its raw text, and gold spans in it.
#[derive(Debug, Default)]
pub struct GoldDocument {
    /// Sentences joined by a space, paragraphs by a blank line.
    pub text: String,
    pub sentences: Vec<Span>,
    /// Surface tokens: a multiword token (`don't`) is one.
    pub tokens: Vec<Span>,
    /// The same with `don't` as `do n't`, wherever its words spell the token out.
    pub words: Vec<Span>,
}

/// The documents of a file.
pub fn documents(file: &str) -> anyhow::Result<Vec<GoldDocument>> {
    let mut documents = Vec::new();
    for block in file.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if documents.is_empty() || block.lines().any(|line| line.starts_with("# newdoc")) {
            documents.push(GoldDocument::default());
        }
        let Some(document) = documents.last_mut() else { continue };
        let paragraph = block.lines().any(|line| line.starts_with("# newpar"));
        if !document.text.is_empty() {
            document.text.push_str(if paragraph { "\n\n" } else { " " });
        }
        document.add_sentence(block)?;
    }
    Ok(documents)
}

impl GoldDocument {
    fn add_sentence(&mut self, block: &str) -> anyhow::Result<()> {
        let start = self.text.len();
        let mut range_end = 0;
        let mut words_at = start;
        let mut spelled: Vec<Span> = Vec::new();
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, form, .., misc] = fields[..] else { bail!("not a CoNLL-U line: {line}") };
            if id.contains('.') {
                continue;
            }
            if let Some((first, last)) = id.split_once('-') {
                let _: u32 = first.parse().context("a token range")?;
                range_end = last.parse().context("a token range")?;
                words_at = self.text.len();
                self.add_token(form, misc);
            } else if id.parse::<u32>().context("a token id")? > range_end {
                let token = self.add_token(form, misc);
                self.words.push(token);
            } else {
                let token = *self.tokens.last().context("a range before its words")?;
                spelled.push(Span::new(words_at, words_at + form.len()));
                words_at += form.len();
                if id.parse::<u32>()? == range_end {
                    self.end_range(token, &spelled, block);
                    spelled.clear();
                }
            }
        }
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.sentences.push(Span::new(start, self.text.len()));
        Ok(())
    }

    fn add_token(&mut self, form: &str, misc: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(form);
        let token = Span::new(start, self.text.len());
        self.tokens.push(token);
        if !misc.split('|').any(|m| m == "SpaceAfter=No") {
            self.text.push(' ');
        }
        token
    }

    fn end_range(&mut self, token: Span, spelled: &[Span], block: &str) {
        let form = token.slice(&self.text).unwrap_or_default();
        let clitic = form.contains(['\'', '’']);
        let fits = spelled.last().is_some_and(|last| last.end == token.end);
        if fits && clitic {
            self.words.extend(spelled);
        } else {
            debug_assert!(!block.is_empty());
            self.words.push(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_text_and_spans() {
        let file = "# newdoc id = a\n# text = It's on.\n1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n1\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n\
                    2\t's\t_\t_\t_\t_\t_\t_\t_\t_\n3\ton\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
                    # newpar\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
        let documents = documents(file).unwrap();
        assert_eq!(documents.len(), 1);
        let document = &documents[0];
        assert_eq!(document.text, "It's on.\n\nYes");
        let show = |spans: &[Span]| -> Vec<String> {
            spans.iter().map(|s| s.slice(&document.text).unwrap().to_owned()).collect()
        };
        assert_eq!(show(&document.sentences), ["It's on.", "Yes"]);
        assert_eq!(show(&document.tokens), ["It's", "on", ".", "Yes"]);
        assert_eq!(show(&document.words), ["It", "'s", "on", ".", "Yes"]);
    }
}
