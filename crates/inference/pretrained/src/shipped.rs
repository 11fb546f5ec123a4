//! Where the model that docmill comes with is found.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use docmill_core::StageError;

#[cfg(feature = "embedded")]
use crate::unpack;

/// The model's folder, from the top of the project.
const NEWS_EN: &str = "models/news-en";

/// Where a program that is not docmill itself keeps the model.
static KEPT: OnceLock<PathBuf> = OnceLock::new();

/// Names the folder of the shipped model, for programs that keep it in a place of their own (a Python package). It goes
/// before all places where it is looked for. The first call counts.
pub fn keep_shipped_in(folder: PathBuf) {
    let _ = KEPT.set(folder);
}

/// The folder of the shipped model: under the working directory, above the program (`target/release/docmill` in a
/// checkout, `bin/docmill` beside `models/` in an installation), or else unpacked from the program itself.
///
/// # Errors
/// If it is in none of these places, which the error names.
pub fn folder() -> Result<PathBuf, StageError> {
    if let Some(kept) = KEPT.get() {
        return Ok(kept.clone());
    }
    let program = env::current_exe().ok();
    let found = find(program.as_deref().into_iter().flat_map(Path::ancestors).skip(1));
    #[cfg(feature = "embedded")]
    let found = found.map_or_else(
        || unpack::folder(docmill_news_en::ID, &docmill_news_en::files()).map(Some),
        |f| Ok(Some(f)),
    )?;
    found.ok_or_else(|| {
        let help = "run docmill in its folder, copy the folder beside the program, or set `model` to a folder with a \
                    Hugging Face token-classification model";
        StageError::file(NEWS_EN, "the shipped model is neither here nor above the program", help)
    })
}

fn find<'p>(above: impl Iterator<Item = &'p Path>) -> Option<PathBuf> {
    let here = [Path::new("")].into_iter();
    here.chain(above).map(|folder| folder.join(NEWS_EN)).find(|folder| folder.join("config.json").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_above_the_program_is_found() {
        let top = tempfile::tempdir().unwrap();
        let model = top.path().join(NEWS_EN);
        let program = top.path().join("target/release/docmill");
        assert_eq!(find(program.ancestors().skip(1).take(3)), None);
        std::fs::create_dir_all(&model).unwrap();
        std::fs::write(model.join("config.json"), "{}").unwrap();
        assert_eq!(find(program.ancestors().skip(1)), Some(model));
    }
}
