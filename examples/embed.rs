//! docmill inside another program, for texts in memory: `cargo run --example embed`

use std::num::NonZeroUsize;

use docmill_run::{Annotator, with_causes};

fn main() {
    let texts = ["President Rahmon met Uzbek officials in Dushanbe.", "Tashkent rejected the accusation."];
    // The built-in configuration; a file may be named instead. No network, no files.
    let annotator = match Annotator::new(None, &["output.text=false".to_owned()], &[]) {
        Ok(annotator) => annotator,
        Err(error) => return eprintln!("{}", with_causes(&error)),
    };
    let items = texts
        .iter()
        .enumerate()
        .map(|(i, text)| annotator.archive().text(&i.to_string(), (*text).to_owned()));
    let written = annotator.annotate(items, NonZeroUsize::new(2), |line| {
        // One line of JSON for each text, in order: that of `docmill run`.
        print_line(&line.unwrap_or_default());
        Ok::<(), std::io::Error>(())
    });
    if let Err(error) = written {
        eprintln!("{error}");
    }
}

#[expect(clippy::print_stdout, reason = "it is what the example shows")]
fn print_line(line: &[u8]) {
    print!("{}", String::from_utf8_lossy(line));
}
