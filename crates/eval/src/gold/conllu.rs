//! Gold trees in CoNLL-U (<https://universaldependencies.org/format.html>).

use std::ops::Range;

use anyhow::{Result, bail};

/// A syntactic word with what the gold says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldWord {
    /// The word itself.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its universal part of speech.
    pub upos: String,
    /// The word of its sentence that it depends on; none for the root.
    pub head: Option<usize>,
    /// Its relation to the head, without a subtype.
    pub deprel: String,
}

/// What the text has: a word, or several that are written as one (`didn't`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    /// As it is written.
    pub form: String,
    /// Its words.
    pub words: Range<usize>,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A sentence of gold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldTree {
    /// Line of the file on which it begins.
    pub line: usize,
    /// Whether a document, or a paragraph, begins with it.
    pub begins: Option<Begins>,
    /// Its `# text`.
    pub text: Option<String>,
    /// Its syntactic words.
    pub words: Vec<GoldWord>,
    /// What the text has of it.
    pub surface: Vec<Surface>,
}

/// What a sentence begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Begins {
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
}

/// Reads gold. Empty nodes are passed over.
///
/// # Errors
/// With the line, if it is no CoNLL-U.
pub fn parse(text: &str, name: &str) -> Result<Vec<GoldTree>> {
    let mut trees: Vec<GoldTree> = Vec::new();
    let mut tree = GoldTree::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let place = format!("{name}:{}", number + 1);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            if tree.words.is_empty() {
                continue;
            }
            check(&tree, &format!("{name}:{}", tree.line))?;
            trees.push(std::mem::take(&mut tree));
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            if let Some(text) = comment.strip_prefix("text = ") {
                tree.text = Some(text.to_owned());
            } else if is_mark(comment, "newdoc") {
                tree.begins = tree.begins.max(Some(Begins::Document));
            } else if is_mark(comment, "newpar") {
                tree.begins = tree.begins.max(Some(Begins::Paragraph));
            }
        } else {
            if tree.words.is_empty() && tree.surface.is_empty() {
                tree.line = number + 1;
            }
            if let Err(reason) = row(&mut tree, line) {
                bail!("{place}: {reason}");
            }
        }
    }
    Ok(trees)
}

/// `newdoc` or `newdoc id = ...`, but not `newdoc_block`.
fn is_mark(comment: &str, mark: &str) -> bool {
    comment.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '=']))
}

fn row(tree: &mut GoldTree, line: &str) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, _, _, head, deprel, _, misc] = columns.as_slice() else {
        return Err(format!("{} columns; CoNLL-U has ten, divided by tabs", columns.len()));
    };
    if id.contains('.') {
        return Ok(());
    }
    if form.is_empty() {
        return Err("a word without a form".to_owned());
    }
    let space_after = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
    let expected = tree.words.len() + 1;
    if let Some((first, last)) = id.split_once('-') {
        let ids = (first.parse::<usize>().ok(), last.parse::<usize>().ok());
        let (Some(first), Some(last)) = ids else { return Err(format!("`{id}` is no id")) };
        let inside = tree.surface.last().is_some_and(|surface| surface.words.end >= expected);
        if first != expected || last <= first || inside {
            return Err(format!("`{id}` is no range of the words that follow"));
        }
        tree.surface.push(Surface { form: form.to_owned(), words: first - 1..last, space_after });
        return Ok(());
    }
    if id.parse() != Ok(expected) {
        return Err(format!("the id is `{id}`, where {expected} is next"));
    }
    let Ok(head) = head.parse::<usize>() else { return Err(format!("the head is `{head}`, no number")) };
    if tree.surface.last().is_none_or(|surface| surface.words.end < expected) {
        tree.surface.push(Surface { form: form.to_owned(), words: expected - 1..expected, space_after });
    }
    tree.words.push(GoldWord {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        head: head.checked_sub(1),
        deprel: without_subtype(deprel).to_owned(),
    });
    Ok(())
}

/// `nsubj` of `nsubj:pass`.
pub fn without_subtype(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

fn check(tree: &GoldTree, place: &str) -> Result<()> {
    let count = tree.words.len();
    if tree.surface.last().is_some_and(|surface| surface.words.end > count) {
        bail!("{place}: the sentence ends inside a multi-word token");
    }
    if let Some(head) = tree.words.iter().filter_map(|word| word.head).find(|&head| head >= count) {
        bail!("{place}: the sentence has a head {}, but {count} words", head + 1);
    }
    let roots = tree.words.iter().filter(|word| word.head.is_none()).count();
    if roots != 1 {
        bail!("{place}: the sentence has {roots} roots; a tree has one");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns by spaces; `_` where nothing matters.
    fn conllu(rows: &str) -> String {
        rows.lines().map(|row| row.split(' ').collect::<Vec<_>>().join("\t") + "\n").collect()
    }

    #[test]
    fn multi_word_tokens_and_empty_nodes_are_told_from_words() {
        let rows = "1-2 Don't _ _ _ _ _ _ _ _\n1 Do do AUX _ _ 3 aux _ _\n2 n't not PART _ _ 3 advmod:x _ _\n\
                    3 go go VERB _ _ 0 root _ SpaceAfter=No\n3.1 x x X _ _ _ _ _ _\n4 . . PUNCT _ _ 3 punct _ _";
        let text = format!("# newdoc id = a\n# newpar\n# text = Don't go.\n{}\n", conllu(rows));
        let trees = parse(&text, "gold").unwrap();
        let [tree] = &trees[..] else { panic!("one sentence") };
        assert_eq!(
            (tree.line, tree.begins, tree.text.as_deref()),
            (4, Some(Begins::Document), Some("Don't go."))
        );
        let forms: Vec<&str> = tree.words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(forms, ["Do", "n't", "go", "."]);
        assert_eq!(
            (tree.words[1].deprel.as_str(), tree.words[1].head, tree.words[2].head),
            ("advmod", Some(2), None)
        );
        let surface: Vec<_> =
            tree.surface.iter().map(|s| (s.form.as_str(), s.words.clone(), s.space_after)).collect();
        assert_eq!(surface, [("Don't", 0..2, true), ("go", 2..3, false), (".", 3..4, true)]);
    }

    #[test]
    fn what_is_no_conllu_is_named() {
        let error = |rows: &str| parse(&conllu(rows), "g").unwrap_err().to_string();
        assert_eq!(error("1 a"), "g:1: 2 columns; CoNLL-U has ten, divided by tabs");
        assert_eq!(error("2 a a X _ _ 0 root _ _"), "g:1: the id is `2`, where 1 is next");
        assert_eq!(error("1 a a X _ _ x root _ _"), "g:1: the head is `x`, no number");
        assert_eq!(error("1 a a X _ _ 2 dep _ _"), "g:1: the sentence has a head 2, but 1 words");
        assert_eq!(error("1 a a X _ _ 1 dep _ _"), "g:1: the sentence has 0 roots; a tree has one");
        assert_eq!(
            error("1-2 a _ _ _ _ _ _ _ _\n1 a a X _ _ 0 root _ _"),
            "g:1: the sentence ends inside a multi-word token"
        );
        assert_eq!(error("2-3 a _ _ _ _ _ _ _ _"), "g:1: `2-3` is no range of the words that follow");
        assert!(parse("\n\n# text = x\n\n", "g").unwrap().is_empty());
    }
}
