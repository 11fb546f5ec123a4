//! Developer chores: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a program of its own, whose output is its purpose")]

mod libtorch;
mod segmentation;

use clap::{Parser, Subcommand};

/// Developer chores of docmill.
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Fetches libtorch from the Python package registry, for the `rust-bert` feature.
    Libtorch(libtorch::Args),
    /// Measures sentence and token F1 on gold files.
    Segmentation(segmentation::Args),
}

fn main() -> anyhow::Result<()> {
    match Args::parse().chore {
        Chore::Libtorch(args) => libtorch::run(&args),
        Chore::Segmentation(args) => segmentation::run(&args),
    }
}
