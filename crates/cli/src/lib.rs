//! The `docmill` program as a library, so that a program with further stages is five lines:
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! # mod my_stage { pub const STAGES: &[docmill_core::StageEntry] = &[]; }
//! fn main() -> ExitCode {
//!     docmill_cli::main_with(&[my_stage::STAGES])
//! }
//! ```
//!
//! It inherits every subcommand; its stages are used in configs by their keys.

mod args;
mod commands;
mod exit;
mod found;
mod nearest;
mod repeats;
mod say;
mod stop;
mod terminal;

use std::process::ExitCode;

use clap::Parser;
use docmill_core::StageEntry;

use crate::args::{Args, Command};

/// The program with docmill's own stages.
pub fn main() -> ExitCode {
    main_with(&[])
}

/// The program with further stages.
pub fn main_with(stages: &[&[StageEntry]]) -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => nearest::exit(error),
    };
    if let Err(error) = stop::watch() {
        return exit::failed(&error);
    }
    docmill_engine::quiet_panics();
    let registry = match docmill_run::registry(stages) {
        Ok(registry) => registry,
        Err(error) => return exit::failed(&error),
    };
    let result = match args.command {
        Command::Run(args) => commands::run::run(&args, &registry),
        Command::Init(args) => commands::init::run(&args),
        Command::Check(args) => commands::check::run(&args, &registry),
        Command::Explain(args) => commands::explain::run(&args, &registry),
        Command::Stages(args) => commands::stages::run(&args, &registry),
        Command::Schema(args) => commands::schema::run(&args, &registry),
        Command::Lexicon(command) => commands::lexicon::run(&command, &registry),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Show(args) => commands::show::run(&args),
        Command::Retry(args) => commands::retry::run(&args, &registry),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Diff(args) => commands::diff::run(&args),
        Command::Names(args) => commands::names::run(&args),
        Command::Graph(args) => commands::graph::run(&args),
        Command::Convert(args) => commands::convert::run(&args),
        Command::Tables(args) => commands::tables::run(&args),
        Command::Merge(args) => commands::merge::run(&args),
        Command::Eval(command) => commands::eval::run(&command, &registry),
        Command::NewStage(args) => commands::new_stage::run(&args, &registry),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
    };
    exit::code(result)
}
