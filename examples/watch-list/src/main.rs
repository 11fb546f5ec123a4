//! docmill with one more stage.

use std::process::ExitCode;

fn main() -> ExitCode {
    docmill_cli::main_with(&[watch_list::STAGES])
}
