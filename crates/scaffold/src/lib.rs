//! A crate with a stage of one's own, ready to run: what `docmill new-stage` makes.

mod name;
mod source;
mod target;
mod template;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_engine::Registry;

use name::Name;
use source::Source;
use target::Target;
use template::Template;

/// The files of the crate, as templates; they are compiled in tests.
const FILES: [(&str, &str); 10] = [
    ("Cargo.toml", include_str!("../templates/stage/Cargo.toml.in")),
    ("README.md", include_str!("../templates/stage/README.md.in")),
    ("rustfmt.toml", include_str!("../templates/stage/rustfmt.toml.in")),
    (".gitignore", include_str!("../templates/stage/gitignore.in")),
    ("src/lib.rs", include_str!("../templates/stage/src/lib.rs.in")),
    ("src/main.rs", include_str!("../templates/stage/src/main.rs.in")),
    ("src/settings.rs", include_str!("../templates/stage/src/settings.rs.in")),
    ("src/stage.rs", include_str!("../templates/stage/src/stage.rs.in")),
    ("src/layer.rs", include_str!("../templates/stage/src/layer.rs.in")),
    ("tests/conformance.rs", include_str!("../templates/stage/tests/conformance.rs.in")),
];

/// Cargo's own settings, where the crate shares what a checkout has compiled.
const CARGO_CONFIG: &str = include_str!("../templates/stage/cargo-config.toml.in");

/// Its configuration, which is named after the stage.
const CONFIG: &str = include_str!("../templates/stage/config.toml.in");

/// What is wanted.
#[derive(Debug)]
pub struct NewStage<'a> {
    /// Name of the stage and of its crate: `watch-list`.
    pub name: &'a str,
    /// Folder that the crate's folder is made in.
    pub parent: &'a Path,
    /// Where docmill's crates are: a checkout, or the URL of a git repository; none to look for a checkout.
    pub docmill: Option<&'a str>,
    /// An instance for each worker.
    pub batch: bool,
    /// A layer of its own.
    pub layer: bool,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// Folder of the crate.
    pub folder: PathBuf,
    /// Where it takes docmill from.
    pub docmill: String,
    /// Articles to try it on, if docmill comes from a checkout.
    pub seeds: Option<PathBuf>,
}

impl NewStage<'_> {
    /// Makes the crate. `registry` has the stages that there are already.
    ///
    /// # Errors
    /// If the name is taken, the folder exists, or docmill's crates are not found.
    pub fn make(&self, registry: &Registry) -> Result<Made> {
        let name = Name::new(self.name, self.layer, registry)?;
        let target = Target::new(self.parent, &name)?;
        let source = Source::find(self.docmill, &target)?;
        let files = self.files(&name, &target, &source)?;
        write(target.folder(), &files)?;
        copy_lock(&source, &target)?;
        let folder = target.folder().to_owned();
        Ok(Made { folder, docmill: source.to_string(), seeds: source.seeds() })
    }

    /// The files of the crate: the path below its folder, and the text.
    fn files(&self, name: &Name, target: &Target, source: &Source) -> Result<Vec<(String, String)>> {
        let template = Template::new()
            .with("name", name.as_str())
            .with("snake", name.snake())
            .with("core", &source.dependency("crates/core", target))
            .with("cli", &source.dependency("crates/cli", target))
            .with("target", &source.target_folder(target).unwrap_or_default())
            .when("batch", self.batch)
            .when("layer", self.layer)
            .when("root", !target.is_member());

        let mut files: Vec<(String, String)> = Vec::new();
        for (path, text) in FILES {
            // A member of a workspace is formatted and ignored as that says.
            let wanted = match path {
                "src/layer.rs" => self.layer,
                "rustfmt.toml" | ".gitignore" => !target.is_member(),
                _ => true,
            };
            if wanted {
                files.push((path.to_owned(), template.fill(text)?));
            }
        }
        if !target.is_member() && source.target_folder(target).is_some() {
            files.push((".cargo/config.toml".to_owned(), template.fill(CARGO_CONFIG)?));
        }
        files.push((format!("{}.toml", name.as_str()), template.fill(CONFIG)?));
        Ok(files)
    }
}

fn write(folder: &Path, files: &[(String, String)]) -> Result<()> {
    // The check and the making are one call: nothing that is there is ever written over.
    if let Err(error) = fs::create_dir(folder) {
        bail!("{}: {error}; name another stage, or another folder with --dir", folder.display());
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Begins with the versions of other crates that docmill is tested with. Cargo drops those that are not needed.
fn copy_lock(source: &Source, target: &Target) -> Result<()> {
    let Some(lock) = source.lock().filter(|_| !target.is_member()) else { return Ok(()) };
    let to = target.folder().join("Cargo.lock");
    fs::copy(&lock, &to).with_context(|| to.display().to_string()).map(drop)
}
