//! A program for any x86-64 Linux: linked against musl, nothing left to load.
//!
//! zstd's C needs a compiler for musl: `musl-gcc` where it is installed, else Zig's, from the Python package registry.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::cargo;
use crate::python::target;

const TARGET: &str = "x86_64-unknown-linux-musl";
/// The package that brings the Zig compiler, with the sum of its wheel for x86-64 Linux.
const ZIG: &str =
    "ziglang==0.13.0 --hash=sha256:3ce0c9f16547e5d61b32e0d226926e9a2552ef4b91fccf7ab5ea1a623a77824b\n";

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Builds it, and runs it without its surroundings.
pub fn run(_: &Args) -> Result<()> {
    build().map(drop)
}

/// The program's path, once it is built and has run.
pub fn build() -> Result<PathBuf> {
    let added = Command::new("rustup").args(["target", "add", TARGET]).status();
    ensure!(added.is_ok_and(|status| status.success()), "`rustup target add {TARGET}` failed");
    let mut environment = Vec::new();
    let found = Command::new("musl-gcc").arg("--version").output();
    if !found.is_ok_and(|output| output.status.success()) {
        let compiler = zig()?;
        environment.push(("CC_x86_64_unknown_linux_musl".to_owned(), compiler.display().to_string()));
    }
    // Rust brings its own C library and start files for this target; rust-lld needs no C compiler to link them.
    let link = "-Clinker=rust-lld -Clink-self-contained=yes -Ctarget-feature=+crt-static";
    environment.push(("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS".to_owned(), link.to_owned()));
    cargo(&["build", "--release", "-p", "docmill-cli", "--target", TARGET], &environment)?;
    let program = target().join(format!("{TARGET}/release/docmill"));
    check(&program)?;
    Ok(program)
}

/// Runs it on a text in an empty folder, without environment but a place for the model.
fn check(program: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("docmill");
    fs::copy(program, &copy)?;
    let input = folder.path().join("a.txt");
    fs::write(&input, "Russia condemned the attack, Interfax said in Moscow.\n")?;
    let mut command = Command::new(&copy);
    command.env_clear().env("HOME", folder.path()).current_dir(folder.path()).args(["run", "a.txt", "-q"]);
    let output = command.output().with_context(|| copy.display().to_string())?;
    let line = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() && line.contains("\"Moscow\""),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let needs = Command::new("ldd").arg(program).output();
    if let Ok(output) = needs {
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        ensure!(said.contains("static") || said.contains("not a dynamic"), "it is not static: {said}");
    }
    eprintln!("{}: {} MB, nothing to load", program.display(), fs::metadata(program)?.len() / 1_000_000);
    Ok(())
}

/// A script that calls `zig cc` for musl.
fn zig() -> Result<PathBuf> {
    let tools = target().join("tools");
    let packages = tools.join("zig");
    if !packages.join("ziglang/zig").exists() {
        fs::create_dir_all(&tools)?;
        let requirements = tools.join("zig.txt");
        fs::write(&requirements, ZIG)?;
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]);
        pip.arg("--target").arg(&packages).arg("-r").arg(&requirements);
        if !pip.status().is_ok_and(|status| status.success()) {
            bail!("install musl-gcc (Debian: musl-tools), or pip for Python 3, to compile C for musl");
        }
    }
    let script = tools.join("zig-cc-musl");
    // The cc crate passes Rust's name of the target, which Zig does not know.
    let text = format!(
        "#!/bin/sh\nfor a; do shift; case \"$a\" in --target=*) ;; *) set -- \"$@\" \"$a\";; esac; done\n\
         exec '{}' cc -target x86_64-linux-musl \"$@\"\n",
        packages.join("ziglang/zig").display()
    );
    fs::write(&script, text)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    }
    Ok(script)
}
