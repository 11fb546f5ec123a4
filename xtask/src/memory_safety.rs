//! `cargo xtask memory-safety`: the crate with unsafe code under Miri and the address sanitizer.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::root;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What is run: a toolchain's name, the arguments, and RUSTFLAGS.
///
/// Miri executes every instruction that it knows: the scalar kernels, and those for AVX2. The address sanitizer runs on the
/// processor itself, so it sees the kernels for every instruction set that this one has.
const RUNS: [(&str, &[&str], &str); 3] = [
    ("Miri, scalar", &["miri", "test", "-p", "docmill-kernels", "--lib"], ""),
    ("Miri, AVX2", &["miri", "test", "-p", "docmill-kernels", "--lib"], "-Ctarget-feature=+avx2,+fma"),
    (
        "address sanitizer, all that this processor has",
        &["test", "-p", "docmill-kernels", "--lib", "--target", "x86_64-unknown-linux-gnu"],
        "-Zsanitizer=address",
    ),
];

/// Runs the tests of the kernels in each way. Needs a nightly toolchain with the component miri.
pub fn run(_: &Args) -> Result<()> {
    for (name, arguments, flags) in RUNS {
        eprintln!("xtask: {name}");
        let mut command = Command::new("rustup");
        command.args(["run", "nightly", "cargo"]).args(arguments).current_dir(root());
        // Each with a folder of its own: other flags build everything anew.
        command.env("CARGO_TARGET_DIR", root().join("target/memory-safety")).env("RUSTFLAGS", flags);
        command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
        ensure!(command.status().context("rustup run nightly cargo")?.success(), "{name}: failed");
    }
    Ok(())
}
