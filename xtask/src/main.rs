//! Developer chores: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a program of its own, whose output is its purpose")]

mod attack;
mod bench;
mod book;
mod bounds;
mod browser;
mod cargo;
mod encodings;
mod fuzz;
mod html;
mod integrations;
mod kill;
mod libtorch;
mod memory_safety;
mod picture;
mod python;
mod release;
mod segmentation;
mod spark;
mod static_build;
mod test;
mod wheel;

use clap::{Parser, Subcommand};

/// Developer chores of docmill.
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Lets runs collide, changes bytes between runs, kills runs, and counts.
    Attack(attack::Args),
    /// Measures speed.
    Bench(bench::Args),
    /// Reads hostile pages and mails of growing size, and prints how the time grows.
    Bounds(bounds::Args),
    /// Builds the documentation: docs/, and a reference that the program writes.
    Book(book::Args),
    /// Tests the pages of `docmill show` in headless Chromium.
    Browser(browser::Args),
    /// Tells the encodings of the same texts beside chardet and charset-normalizer.
    Encodings(encodings::Args),
    /// Runs the fuzz targets with the address sanitizer, and counts executions. Needs a nightly toolchain.
    Fuzz(fuzz::Args),
    /// Measures the main text of web pages on the article extraction benchmark.
    Html(html::Args),
    /// Tests integrations/ with the Python packages that it is for.
    Integrations(integrations::Args),
    /// Kills runs at random moments and compares what they leave.
    Kill(kill::Args),
    /// Fetches libtorch from the Python package registry, for the `rust-bert` feature.
    Libtorch(libtorch::Args),
    /// Tests the kernels, which have unsafe code, under Miri and the address sanitizer. Needs a nightly toolchain.
    MemorySafety(memory_safety::Args),
    /// Takes the picture of the page that the README shows.
    Picture(picture::Args),
    /// Builds what a release gives away: the static program and the wheel, with checksums.
    Release(release::Args),
    /// Measures sentence and token F1 on gold files.
    Segmentation(segmentation::Args),
    /// Runs docmill on a Spark cluster of two workers, one of them killed.
    Spark(spark::Args),
    /// Builds a program for any x86-64 Linux, which needs no library.
    Static(static_build::Args),
    /// Runs every test there is.
    Test(test::Args),
    /// Builds the Python package and tests it in a fresh virtual environment.
    Wheel(wheel::Args),
}

fn main() -> anyhow::Result<()> {
    match Args::parse().chore {
        Chore::Attack(args) => attack::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::Book(args) => book::run(&args),
        Chore::Bounds(args) => bounds::run(&args),
        Chore::Browser(args) => browser::run(&args),
        Chore::Encodings(args) => encodings::run(&args),
        Chore::Fuzz(args) => fuzz::run(&args),
        Chore::Html(args) => html::run(&args),
        Chore::Integrations(args) => integrations::run(&args),
        Chore::Kill(args) => kill::run(&args),
        Chore::Libtorch(args) => libtorch::run(&args),
        Chore::MemorySafety(args) => memory_safety::run(&args),
        Chore::Picture(args) => picture::run(&args),
        Chore::Release(args) => release::run(&args),
        Chore::Segmentation(args) => segmentation::run(&args),
        Chore::Spark(args) => spark::run(&args),
        Chore::Static(args) => static_build::run(&args),
        Chore::Test(args) => test::run(&args),
        Chore::Wheel(args) => wheel::run(&args),
    }
}
