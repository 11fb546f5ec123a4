//! Builds the book: the pages under docs/, and a reference that the program itself writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::{cargo, root};

/// What reads the pages.
const MDBOOK: &str = "0.5.4";
/// What draws the pictures; the sum is of `package/dist/mermaid.min.js`.
const MERMAID: &str = "12.3.0";
const MERMAID_SHA256: &str = "336df803d87a38b70a01e736e666c8f7601d2ce42f5e47c8fafe5d721074b9a3";

/// Fetches and unpacks one file of an npm package: `python3 -c FETCH VERSION TARGET SHA256`.
const FETCH: &str = r#"
import hashlib, io, sys, tarfile, urllib.request
version, target, wanted = sys.argv[1:]
url = f"https://registry.npmjs.org/mermaid/-/mermaid-{version}.tgz"
with urllib.request.urlopen(url, timeout=60) as answer:
    package = tarfile.open(fileobj=io.BytesIO(answer.read()))
script = package.extractfile("package/dist/mermaid.min.js").read()
found = hashlib.sha256(script).hexdigest()
if found != wanted:
    sys.exit(f"{url}: the script's SHA-256 is {found}, not {wanted}")
open(target, "wb").write(script)
"#;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fetch nothing: pictures show as their source
    #[arg(long)]
    offline: bool,
}

/// Builds it into target/book; any warning of mdBook's is an error.
pub fn run(args: &Args) -> Result<()> {
    let (source, out) = (root().join("target/book-source"), root().join("target/book"));
    if source.exists() {
        fs::remove_dir_all(&source)?;
    }
    copy(&root().join("docs"), &source)?;
    reference(&source.join("src/reference"))?;
    every_page_is_listed(&source.join("src"))?;
    mermaid(&source.join("mermaid.min.js"), args.offline)?;
    let output = Command::new(mdbook()?).arg("build").arg(&source).arg("-d").arg(&out).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    ensure!(output.status.success(), "mdbook: {}", output.status);
    ensure!(!said.contains("WARN") && !said.contains("ERROR"), "mdbook warned");
    eprintln!("the book is at {}", out.join("index.html").display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Pages that the program writes about itself.
fn reference(folder: &Path) -> Result<()> {
    cargo(&["build", "--quiet", "-p", "docmill-cli"], &[])?;
    fs::create_dir_all(folder)?;
    let top = docmill(&["--help"])?;
    let mut commands = format!("# Commands\n\nWhat `--help` says.\n\n## docmill\n\n```text\n{top}```\n");
    for name in subcommands(&top) {
        let help = docmill(&[&name, "--help"])?;
        commands.push_str(&format!("\n## docmill {name}\n\n```text\n{help}```\n"));
        if name == "eval" {
            for task in subcommands(&help) {
                let help = docmill(&["eval", &task, "--help"])?;
                commands.push_str(&format!("\n## docmill eval {task}\n\n```text\n{help}```\n"));
            }
        }
    }
    fs::write(folder.join("commands.md"), commands)?;
    let stages = docmill(&["stages", "--verbose"])?;
    let about = "What `docmill stages --verbose` says.";
    fs::write(
        folder.join("stages.md"),
        format!("# Stages and settings\n\n{about}\n\n```text\n{stages}```\n"),
    )?;
    let schema = docmill(&["schema"])?;
    let about = "What `docmill schema` says: JSON Schema of one line of the output.";
    fs::write(folder.join("record.md"), format!("# The record\n\n{about}\n\n```json\n{schema}```\n"))?;
    let config = fs::read_to_string(root().join("configs/news.toml"))?;
    let about = "`configs/news.toml`, built into the program.";
    let page = format!("# The default configuration\n\n{about}\n\n```toml\n{config}```\n");
    fs::write(folder.join("configuration.md"), page)?;
    Ok(())
}

/// Names under `Commands:` in a help text.
fn subcommands(help: &str) -> Vec<String> {
    let after = help.split_once("Commands:\n").map_or("", |(_, after)| after);
    let lines = after.lines().take_while(|line| !line.is_empty());
    // A name stands two spaces in; text that goes on stands further in.
    let names = lines.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    names
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

fn docmill(args: &[&str]) -> Result<String> {
    let output = Command::new(root().join("target/debug/docmill")).args(args).current_dir(root()).output()?;
    ensure!(
        output.status.success(),
        "docmill {}: {}",
        args.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// mdBook makes empty pages for what is listed and not there, and passes over what is there and not listed.
fn every_page_is_listed(src: &Path) -> Result<()> {
    let summary = fs::read_to_string(src.join("SUMMARY.md"))?;
    let listed: BTreeSet<PathBuf> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(path, _)| path.into())
        .collect();
    let mut there = BTreeSet::new();
    pages(src, src, &mut there)?;
    there.remove(Path::new("SUMMARY.md"));
    if let Some(page) = listed.difference(&there).next() {
        bail!("docs/src/SUMMARY.md lists {}, which is not there", page.display());
    }
    if let Some(page) = there.difference(&listed).next() {
        bail!("docs/src/{} is not listed in docs/src/SUMMARY.md", page.display());
    }
    Ok(())
}

fn pages(top: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pages(top, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.insert(path.strip_prefix(top)?.to_owned());
        }
    }
    Ok(())
}

/// The script that draws pictures, kept in target/ once it is fetched.
fn mermaid(target: &Path, offline: bool) -> Result<()> {
    let kept = root().join(format!("target/mermaid-{MERMAID}.min.js"));
    if !kept.exists() && !offline {
        let kept = kept.to_str().context("the workspace's folder is not UTF-8")?;
        let fetched = Command::new("python3").args(["-c", FETCH, MERMAID, kept, MERMAID_SHA256]).status();
        ensure!(
            fetched.is_ok_and(|status| status.success()),
            "mermaid {MERMAID} could not be fetched from registry.npmjs.org; with --offline pictures show as their source"
        );
    }
    if kept.exists() {
        fs::copy(kept, target)?;
    } else {
        fs::write(target, "")?;
    }
    Ok(())
}

/// mdBook: the one on the path, else ours, installed into target/tools.
fn mdbook() -> Result<PathBuf> {
    if Command::new("mdbook").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok("mdbook".into());
    }
    let tools = root().join("target/tools");
    let ours = tools.join("bin/mdbook");
    if !ours.exists() {
        let tools = tools.to_str().context("the workspace's folder is not UTF-8")?;
        let what =
            ["install", "mdbook", "--version", MDBOOK, "--locked", "--no-default-features", "--root", tools];
        cargo(&what, &[])?;
    }
    Ok(ours)
}
