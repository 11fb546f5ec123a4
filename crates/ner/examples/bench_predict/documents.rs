//! What everybody reads.

use std::path::{Path, PathBuf};

use docmill_core::Document;
use docmill_core::layers::{Sentences, Tokens};
use docmill_tokenize::Segmenter;
use walkdir::WalkDir;

use crate::Result;
use crate::args::Args;

/// Documents spread evenly over the text files of a folder, with sentences and tokens.
pub fn documents(args: &Args) -> Result<Vec<Document>> {
    let files = text_files(&args.text)?;
    if files.is_empty() {
        return Err(format!("no .txt in {}", args.text.display()).into());
    }
    let segmenter = Segmenter::default();
    let count = args.documents.min(files.len());
    let mut documents = Vec::with_capacity(count);
    for i in 0..count {
        let path = &files[i * files.len() / count];
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

/// The .txt files below a folder, in order; without hidden ones, such as what macOS leaves in archives.
fn text_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "txt")
        {
            files.push(entry.into_path());
        }
    }
    Ok(files)
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
