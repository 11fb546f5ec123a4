//! Whether an output is what its run wrote, as a whole.

use std::path::Path;

use crate::verify::Report;
use crate::{JsonlError, Layout, RunInfo};

/// Compares the files of an output with the lengths and hashes in its `run.json`.
///
/// # Errors
/// [`JsonlError::Changed`] if one is not what was written, those of the system if one cannot be read.
pub fn check_whole(layout: &Layout, info: &RunInfo) -> Result<(), JsonlError> {
    if let Some(seal) = &info.file {
        seal.check(layout.name())?;
    }
    for part in &info.parts {
        if let Some(seal) = &part.file {
            seal.check(&layout.name().join(&part.name))?;
        }
    }
    Ok(())
}

/// Adds to a report what is wrong with an output as a whole: its length, its hash, the number of its records. Nothing
/// if there is no `run.json` to say what they were.
pub fn verify_whole(output: &Path, report: &mut Report) {
    let layout = match Layout::existing(output) {
        Ok(layout) => layout,
        Err(error) => return report.add_whole(output, &error),
    };
    let path = layout.run_info();
    if !layout.is_durable() || !path.exists() {
        return;
    }
    let info = match RunInfo::read(&path) {
        Ok(info) => info,
        Err(error) => return report.add_whole(&path, &error),
    };
    if let Err(error) = check_whole(&layout, &info) {
        report.add_whole(output, &error);
    }
    let Some(totals) = info.totals else { return };
    if (totals.ok, totals.failed) != (report.ok, report.failed) {
        let message = format!(
            "{} records that are ok and {} that failed, {} says {} and {}",
            report.ok,
            report.failed,
            path.display(),
            totals.ok,
            totals.failed
        );
        report.add_problem(output, message);
    }
}
