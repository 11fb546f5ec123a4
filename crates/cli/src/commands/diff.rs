//! `docmill diff`

use anyhow::{Result, bail};
use docmill_jsonl::{Change, Diff, DiffSettings, Difference, Field, diff};
use serde_json::Value;

use super::print;
use crate::args::DiffArgs;
use crate::exit::Ended;

/// Tells what changed between two outputs.
pub fn run(args: &DiffArgs) -> Result<Ended> {
    if !(args.tolerance >= 0.0 && args.tolerance.is_finite()) {
        bail!("--tolerance {}: give a number that is not negative, such as 0.01", args.tolerance);
    }
    for path in [&args.a, &args.b] {
        if path.as_os_str() == "-" {
            bail!(
                "-: standard input cannot be compared, because docmill reads outputs twice; name a file or a folder"
            );
        }
    }
    let found = diff(&args.a, &args.b, DiffSettings { tolerance: args.tolerance, listed: args.list })?;
    if args.json {
        print(&(serde_json::to_string_pretty(&found)? + "\n"))?;
    } else {
        print(&table(&found))?;
    }
    Ok(if found.is_same() { Ended::Clean } else { Ended::SomeFailed })
}

fn table(diff: &Diff) -> String {
    let mut table = format!(
        "documents  {} in A, {} in B: {} same, {} changed, {} removed, {} added\n",
        diff.documents_a, diff.documents_b, diff.same, diff.changed, diff.removed, diff.added
    );
    if diff.text_changed > 0 {
        table += &format!("           {} of the changed have another text\n", diff.text_changed);
    }
    if !diff.layers.is_empty() {
        table += &format!(
            "\n{:<22} {:>10} {:>8} {:>8} {:>8} {:>8}\n",
            "layer", "documents", "added", "removed", "changed", "scores"
        );
    }
    for (layer, counts) in &diff.layers {
        table += &format!(
            "{layer:<22} {:>10} {:>8} {:>8} {:>8} {:>8}\n",
            counts.documents, counts.added, counts.removed, counts.changed, counts.scores
        );
    }
    if !diff.is_same() {
        table += "\n";
    }
    for (sign, ids) in [('-', &diff.removed_ids), ('+', &diff.added_ids)] {
        for id in ids {
            table += &format!("{sign} document {}\n", visible(id));
        }
    }
    for difference in &diff.differences {
        table += &line(difference);
    }
    let all: u64 = diff.layers.values().map(|l| l.added + l.removed + l.changed + l.scores).sum();
    let listed = diff.removed_ids.len() + diff.added_ids.len() + diff.differences.len();
    let left = (all + diff.removed + diff.added).saturating_sub(listed as u64);
    if left > 0 {
        table += &format!("and {left} more; --list sets how many are listed\n");
    }
    table
}

fn line(difference: &Difference) -> String {
    let sign = match difference.change {
        Change::Added => '+',
        Change::Removed => '-',
        Change::Changed | Change::Score => '~',
    };
    let text = difference.text.as_ref().map(|text| format!(" {:?}", cut(text))).unwrap_or_default();
    let at = if difference.at.is_empty() { String::new() } else { format!(" {}", visible(&difference.at)) };
    let fields: Vec<String> = difference.fields.iter().map(field).collect();
    let fields = if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) };
    format!("{sign} {} {}{at}{text}{fields}\n", visible(&difference.id), visible(&difference.layer))
}

fn field(field: &Field) -> String {
    let value = |value: &Value| match value {
        Value::String(text) => visible(&cut(text)),
        other => cut(&other.to_string()),
    };
    let change = format!("{} -> {}", value(&field.a), value(&field.b));
    if field.key.is_empty() { change } else { format!("{} {change}", visible(&field.key)) }
}

/// The head of a text.
fn cut(text: &str) -> String {
    const MOST: usize = 48;
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(MOST).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

/// What could steer a terminal is shown as U+FFFD: ids and names are whatever an archive says.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
