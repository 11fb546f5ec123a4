//! What a person may have meant by a command that there is not.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};
use docmill_core::settings::suggest;

use crate::args::Args;

/// Tells an error of the command line, with the nearest command, and ends the program.
pub fn exit(mut error: Error) -> ! {
    if error.kind() == ErrorKind::InvalidSubcommand
        && error.get(ContextKind::SuggestedSubcommand).is_none()
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && let Some(near) = nearest(word)
    {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![near]));
    }
    error.exit()
}

/// The command that differs in two letters at most, or in two that changed places.
fn nearest(word: &str) -> Option<String> {
    let command = Args::command();
    let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let told = suggest(word, known.iter().copied(), "command");
    told.strip_prefix("did you mean `").and_then(|near| near.strip_suffix("`?")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_changed_places_are_seen_through() {
        assert_eq!(nearest("rnu").as_deref(), Some("run"));
        assert_eq!(nearest("explian").as_deref(), Some("explain"));
        assert_eq!(nearest("xyz"), None);
    }
}
