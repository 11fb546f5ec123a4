//! docmill with one more stage.

fn main() -> std::process::ExitCode {
    docmill_cli::main_with(&[watch_list::STAGES])
}
