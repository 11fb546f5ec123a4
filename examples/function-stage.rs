//! The smallest stage: a function. `cargo run --example function-stage -- run seeds --set 'stages=["treaties"]'`
use docmill_core::{Document, Function, Layer, StageEntry, StageError};

/// How often a document says "treaty".
#[derive(Debug, Layer)]
struct Treaties {
    count: usize,
}

fn count(doc: &Document) -> Result<Treaties, StageError> {
    Ok(Treaties { count: doc.text().matches("treaty").count() })
}

fn main() -> std::process::ExitCode {
    docmill_cli::main_with(&[&[StageEntry::function("treaties", "counts treaties", &Function(count))]])
}
