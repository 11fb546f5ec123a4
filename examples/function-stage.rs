//! The smallest stage: a function. `cargo run --example function-stage -- run seeds --set 'stages=["borders"]'`
use docmill_core::{Document, Function, Layer, StageEntry, StageError};
/// How often a document says "border".
#[derive(Debug, Layer)]
struct Borders {
    count: usize,
}
#[expect(clippy::unnecessary_wraps, reason = "this stage cannot fail")]
fn count(doc: &Document) -> Result<Borders, StageError> {
    Ok(Borders { count: doc.text().matches("border").count() })
}
const STAGES: &[StageEntry] = &[StageEntry::function("borders", "counts borders", &Function(count))];
fn main() -> std::process::ExitCode {
    docmill_cli::main_with(&[STAGES])
}
