//! What a run has found, for the end of it.

use std::collections::BTreeMap;
use std::path::Path;

use docmill_jsonl::{Counted, Reader, Summary};

/// A longer output (bytes) is not read once more for this.
const LONGEST: u64 = 256 << 20;
/// How many of each kind are named.
const TOP: usize = 5;

/// What is in an output: how many names, quotations and so on; with `names`, the commonest of them. None if the output
/// is long, or cannot be read.
pub fn found(output: &Path, names: bool) -> Option<String> {
    if output.metadata().ok().filter(std::fs::Metadata::is_file)?.len() > LONGEST {
        return None;
    }
    Some(describe(&Summary::read(Reader::open(output).ok()?, TOP).ok()?, names))
}

fn describe(summary: &Summary, names: bool) -> String {
    let all = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
    let mentions: Vec<Counted> =
        summary.names.iter().map(|name| Counted { what: name.name.clone(), times: name.mentions }).collect();
    let events: Vec<Counted> = {
        let mut events: Vec<Counted> = summary
            .events
            .iter()
            .map(|(what, times)| Counted { what: what.clone(), times: *times })
            .collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.times));
        events.truncate(TOP);
        events
    };
    let mut text = String::new();
    for (what, count, top) in [
        ("names", all(&summary.entities), &mentions),
        ("quotations", all(&summary.quotes), &summary.speakers),
        ("stances", all(&summary.stances), &summary.sides),
        ("events", all(&summary.events), &events),
    ] {
        if count == 0 {
            continue;
        }
        text += &format!("  {what:<10} {count:>8}");
        if names && !top.is_empty() {
            let top: Vec<String> = top.iter().map(|one| format!("{} {}", one.what, one.times)).collect();
            text += &format!("  {}", top.join(", "));
        }
        text.push('\n');
    }
    let others: Vec<String> = summary
        .languages
        .iter()
        .filter(|(code, _)| *code != "en")
        .map(|(code, documents)| format!("{documents} {code}"))
        .collect();
    if !others.is_empty() && !summary.skipped_by_stage.is_empty() {
        text += &format!(
            "  documents in other languages: {}; the English stages skipped them\n",
            others.join(", ")
        );
    }
    text
}
