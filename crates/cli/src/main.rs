//! The `docmill` program with docmill's own stages.

use std::process::ExitCode;

fn main() -> ExitCode {
    docmill_cli::main()
}
