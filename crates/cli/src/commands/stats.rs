//! `docmill stats`

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use docmill_jsonl::{Layout, LeftOut, Reader, RunInfo, Summary};

use super::print;
use crate::args::StatsArgs;
use crate::exit::Ended;

/// Outlets that the table lists.
const OUTLETS: usize = 5;

/// Counts what an output holds.
pub fn run(args: &StatsArgs) -> Result<Ended> {
    let mut summary = Summary::read(Reader::open(&args.output)?, args.top)?;
    summary.left_out = left_out(&args.output);
    if args.json {
        print(&(serde_json::to_string_pretty(&summary)? + "\n"))?;
    } else {
        print(&table(&summary))?;
    }
    Ok(Ended::Clean)
}

/// What `run.json` says of documents that are not in the output.
fn left_out(output: &Path) -> Option<LeftOut> {
    let info = RunInfo::read(&Layout::existing(output).ok()?.run_info()).ok()?;
    let totals = info.totals?;
    Some(LeftOut { filtered: totals.filtered, duplicates: totals.duplicates })
}

fn table(summary: &Summary) -> String {
    let total = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
    let mut table = format!(
        "documents  {}, of which {} failed{}\n",
        summary.documents,
        summary.failed,
        parts(": ", &summary.failed_by_stage, usize::MAX)
    );
    if !summary.skipped_by_stage.is_empty() {
        let skipped = parts("", &summary.skipped_by_stage, usize::MAX);
        table += &format!("skipped    {skipped} (documents, by stage)\n");
    }
    if total(&summary.duplicates) > 0 {
        let marked = parts(": ", &summary.duplicates, usize::MAX);
        table += &format!("duplicates {} marked{marked}\n", total(&summary.duplicates));
    }
    if let Some(LeftOut { filtered, duplicates }) = summary.left_out.filter(|out| *out != LeftOut::default())
    {
        table += &format!("left out   {duplicates} duplicates, {filtered} filtered\n");
    }
    table += &format!(
        "bytes      {:.2} MB read, {:.2} MB of records\n",
        summary.source_bytes as f64 / 1e6,
        summary.record_bytes as f64 / 1e6
    );
    table += &format!("sentences  {}\n", summary.sentences);
    for (name, counts, most) in [
        ("entities", &summary.entities, usize::MAX),
        ("stances", &summary.stances, usize::MAX),
        ("quotes", &summary.quotes, usize::MAX),
        ("citations", &summary.citations, OUTLETS),
    ] {
        table += &format!("{name:<10} {}{}\n", total(counts), parts(": ", counts, most));
    }
    if !summary.names.is_empty() {
        table += &format!("\n{:>10} {:>10}  {:<6} name\n", "mentions", "documents", "type");
    }
    for name in &summary.names {
        table += &format!("{:>10} {:>10}  {:<6} {}\n", name.mentions, name.documents, name.label, name.name);
    }
    table
}

/// `: LOC 12, PER 3`, the most frequent first; empty if there are none.
fn parts(lead: &str, counts: &BTreeMap<String, u64>, most: usize) -> String {
    let mut parts: Vec<(&String, &u64)> = counts.iter().collect();
    parts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let listed: Vec<String> = parts.iter().take(most).map(|(key, count)| format!("{key} {count}")).collect();
    let more = if parts.len() > most { format!(", {} more", parts.len() - most) } else { String::new() };
    if listed.is_empty() { String::new() } else { format!("{lead}{}{more}", listed.join(", ")) }
}
