//! What everybody reads.

use std::path::PathBuf;

use docmill_core::Document;
use docmill_core::layers::{Sentences, Tokens};
use docmill_tokenize::Segmenter;

use crate::Result;
use crate::args::Args;

/// The text files of a folder in order of their names, with sentences and tokens.
pub fn documents(args: &Args) -> Result<Vec<Document>> {
    let entries = std::fs::read_dir(&args.text)?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    if files.is_empty() {
        return Err(format!("nothing in {}", args.text.display()).into());
    }
    let segmenter = Segmenter::default();
    let mut documents = Vec::with_capacity(files.len());
    for path in &files {
        let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
        let mut document = Document::from_text(&path.display().to_string(), &text);
        let sentences = segmenter.sentences(document.text());
        let tokens = segmenter.tokens(document.text(), &sentences);
        document.layers_mut().insert(sentences);
        document.layers_mut().insert(tokens);
        documents.push(document);
    }
    Ok(documents)
}

/// Its sentences.
pub fn texts(document: &Document) -> Vec<&str> {
    let Ok(sentences) = document.require::<Sentences>() else { return Vec::new() };
    sentences.items.iter().filter_map(|s| s.span.slice(document.text())).collect()
}

/// How many words it has.
pub fn words(document: &Document) -> usize {
    document.require::<Tokens>().map_or(0, |tokens| tokens.all().len())
}
