//! What is explained, for people.

use std::time::Duration;

use docmill_run::Estimate;

use super::{Explained, ExplainedStage};

/// The table.
pub fn of(explained: &Explained) -> String {
    let mut text = format!(
        "configuration  {}\nrun            {} (docmill {}, settings {})\n\nstages\n",
        explained.configs.join(", then "),
        explained.run_id,
        explained.docmill_version,
        short(&explained.config_sha256),
    );
    for (i, stage) in explained.stages.iter().enumerate() {
        text += &format!("{:>4}  {:<16} {} ({})\n", i + 1, stage.stage, stage.summary, stage.origin);
        text += &details(stage);
    }
    for stage in &explained.left_out {
        text += &format!(
            "   -  {:<16} left out: no later stage reads what it adds ({})\n",
            stage.stage, stage.origin
        );
    }
    text += "\nsettings\n";
    let width = |part: fn(&super::Origined) -> usize| explained.settings.iter().map(part).max().unwrap_or(0);
    let keys = width(|setting| setting.key.len()).min(40);
    for setting in &explained.settings {
        let value =
            if setting.value.is_null() { "not set".to_owned() } else { cut(&setting.value.to_string()) };
        text += &format!("      {:<keys$}  {value}  ({})\n", setting.key, setting.origin);
    }
    if !explained.models.is_empty() {
        text += "\nmodel files\n";
    }
    for model in &explained.models {
        text += &format!(
            "      {}  {}, sha256 {}\n",
            model.info.name,
            megabytes(model.info.bytes as f64),
            short(&model.info.sha256)
        );
    }
    if let Some(estimate) = &explained.estimate {
        text += &describe(estimate);
    }
    text
}

fn details(stage: &ExplainedStage) -> String {
    let list = |names: &[&str]| if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let mut text = format!("{:23}requires {}; adds {}\n", "", list(&stage.requires), list(&stage.provides));
    if let Some(when) = &stage.when {
        text += &format!("{:23}only when {when}\n", "");
    }
    if !stage.models.is_empty() {
        text += &format!("{:23}model {}\n", "", stage.models.join(", "));
    }
    text
}

fn describe(estimate: &Estimate) -> String {
    let more = if estimate.complete { "" } else { "at least " };
    let mut text = format!(
        "\ninput          {more}{} documents, {}\n",
        estimate.documents,
        megabytes(estimate.bytes as f64)
    );
    let not_read: Vec<(String, u64)> = estimate.not_read.clone().into_iter().collect();
    if let Some(describe) = docmill_run::not_read(&not_read) {
        text += &format!("               {describe}\n");
    }
    let sample = &estimate.sample;
    if let (Some(seconds), Some(bytes)) = (estimate.seconds, estimate.record_bytes) {
        text += &format!(
            "estimate       {more}{} with {} {}, {} of records: from {} documents ({}) in {:.1} s",
            duration(seconds),
            estimate.jobs,
            if estimate.jobs == 1 { "job" } else { "jobs" },
            megabytes(bytes),
            sample.documents,
            megabytes(sample.bytes as f64),
            sample.seconds,
        );
        if sample.failed > 0 {
            text += &format!(", {} of which failed", sample.failed);
        }
        text += "\n";
    }
    text
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// A value of one line's length.
fn cut(value: &str) -> String {
    const MOST: usize = 60;
    let mut chars = value.chars();
    let head: String = chars.by_ref().take(MOST).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

fn megabytes(bytes: f64) -> String {
    format!("{:.2} MB", bytes / 1e6)
}

fn duration(seconds: f64) -> String {
    let whole = Duration::try_from_secs_f64(seconds.round()).unwrap_or_default().as_secs();
    match whole {
        0..60 => format!("{seconds:.1} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_words() {
        let describe = [0.34, 59.4, 61.0, 3599.0, 3661.0, 90_000.0].map(duration);
        assert_eq!(describe, ["0.3 s", "59.4 s", "1 min 1 s", "59 min 59 s", "1 h 1 min", "25 h 0 min"]);
        assert_eq!(cut("é".repeat(61).as_str()).chars().count(), 61);
    }
}
