//! `docmill eval times`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Time, Times};
use docmill_core::{Document, Meta, Source};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::timeml::{Article, parse};
use crate::measures::counts::Counts;
use crate::measures::line::{Line, table};
use crate::stages::Stages;
use crate::{Scored, load, read};

#[derive(Serialize)]
struct Scores {
    texts: usize,
    /// An expression is right if it overlaps with one of the gold (TempEval-3, lenient).
    lenient: Line,
    /// If its span is the gold's.
    strict: Line,
    /// If it overlaps and its value is the gold's.
    value: Line,
}

/// Scores expressions of time.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (config, context) = load(config, &[], registry)?;
    let mut stages = Stages::up_to("times", &[], &config.plan, &context)?;
    let mut counted = Vec::new();
    for path in files(gold)? {
        let (file, name) = read(&path)?;
        let article = parse(&file, &name)?;
        let meta = Meta { date: article.date.clone(), ..Meta::default() };
        let mut doc = Document::new("gold", Source::default(), meta, article.text.clone())?;
        stages.annotate(&mut doc)?;
        counted.push(count(&article, &doc.require::<Times>()?.items));
    }
    let line = |which: usize| Line::of(&counted.iter().map(|counts| counts[which]).collect::<Vec<_>>());
    let scores = Scores { texts: counted.len(), lenient: line(0), strict: line(1), value: line(2) };
    Scored::new(
        &scores,
        table(
            &format!("{} texts", scores.texts),
            12,
            &[("lenient", &scores.lenient), ("strict", &scores.strict), ("with value", &scores.value)],
        ),
    )
}

/// The file, or the files of a folder that end with `.tml`.
fn files(gold: &Path) -> Result<Vec<PathBuf>> {
    if !gold.is_dir() {
        return Ok(vec![gold.to_owned()]);
    }
    let entries = fs::read_dir(gold).with_context(|| gold.display().to_string())?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "tml")).collect();
    if paths.is_empty() {
        bail!("{}: no file in it ends with .tml", gold.display());
    }
    paths.sort();
    Ok(paths)
}

/// Lenient, strict, with value.
fn count(article: &Article, found: &[Time]) -> [Counts; 3] {
    let mut counts = [Counts { gold: article.times.len(), found: found.len(), right: 0 }; 3];
    let mut used = vec![false; article.times.len()];
    for time in found {
        let (start, end) = (time.span.start as usize, time.span.end as usize);
        let matching = article
            .times
            .iter()
            .enumerate()
            .position(|(i, gold)| !used[i] && gold.start < end && start < gold.end);
        let Some(at) = matching else { continue };
        used[at] = true;
        let gold = &article.times[at];
        counts[0].right += 1;
        counts[1].right += usize::from((gold.start, gold.end) == (start, end));
        counts[2].right += usize::from(gold.value == time.value);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::timeml::Timex;
    use docmill_core::Span;
    use docmill_core::layers::TimeKind;

    #[test]
    fn overlap_value_and_span_count_apart() {
        let timex = |start, end, value: &str| Timex { start, end, value: value.into() };
        let article = Article {
            text: "last Tuesday and 1999".into(),
            date: None,
            times: vec![timex(5, 12, "2005-09-20"), timex(17, 21, "1999")],
        };
        let time = |start, end, value: &str| Time {
            span: Span::new(start, end),
            kind: TimeKind::Date,
            value: value.into(),
            value_end: None,
            anchor: None,
        };
        let found = [time(0, 12, "2005-09-20"), time(17, 21, "1998"), time(14, 15, "x")];
        let right: Vec<usize> = count(&article, &found).iter().map(|counts| counts.right).collect();
        assert_eq!(right, [2, 1, 1]);
    }
}
