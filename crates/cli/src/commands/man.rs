//! `docmill man`

use anyhow::{Context, Result};
use clap::CommandFactory;

use super::print;
use crate::args::{Args, ManArgs};
use crate::exit::Ended;

/// Prints the page of the program, or writes one page for each subcommand.
pub fn run(args: &ManArgs) -> Result<Ended> {
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
        clap_mangen::generate_to(Args::command(), dir)
            .with_context(|| format!("{}: pages cannot be written", dir.display()))?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Args::command()).render(&mut page)?;
        print(&String::from_utf8_lossy(&page))?;
    }
    Ok(Ended::Clean)
}
