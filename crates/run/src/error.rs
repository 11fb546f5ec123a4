//! Errors, as the program writes them.

use anyhow::Error;

/// An error with its causes, one a line.
pub fn with_causes(error: &Error) -> String {
    let mut causes = error.chain().map(ToString::to_string);
    let mut last = causes.next().unwrap_or_default();
    let mut text = last.clone();
    for cause in causes {
        // Some errors repeat their source in their own message.
        if !last.contains(&cause) {
            text += &format!("\n  cause: {cause}");
        }
        last = cause;
    }
    text
}
