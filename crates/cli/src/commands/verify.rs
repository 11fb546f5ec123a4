//! `docmill verify`

use anyhow::Result;
use docmill_jsonl::{Reader, verify, verify_whole};

use super::print;
use crate::args::VerifyArgs;
use crate::exit::Ended;

/// Checks an output file.
pub fn run(args: &VerifyArgs) -> Result<Ended> {
    let mut report = verify(Reader::open(&args.file)?)?;
    verify_whole(&args.file, &mut report);
    let mut text = String::new();
    for problem in &report.problems {
        text += &format!("{problem}\n");
    }
    print(&(text + &report.summary() + "\n"))?;
    Ok(if report.is_clean() { Ended::Clean } else { Ended::SomeFailed })
}
