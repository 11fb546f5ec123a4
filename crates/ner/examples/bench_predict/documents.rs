//! What everybody reads.

use std::path::{Path, PathBuf};

use docmill_core::Document;
use docmill_core::layers::{Sentences, Tokens};
use docmill_tokenize::Segmenter;

use crate::Result;
use crate::args::Args;

/// Documents spread evenly over the text files of a folder, with sentences and tokens.
pub fn documents(args: &Args) -> Result<Vec<Document>> {
    let mut files = Vec::new();
    collect(&args.text, &mut files)?;
    files.sort();
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

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // What macOS leaves in archives.
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !hidden && path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    Ok(())
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
