//! `docmill eval quotes`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Quotes, Tokens};
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::brat::{Attributions, attributions};
use crate::measures::counts::Counts;
use crate::measures::line::{Line, table};
use crate::stages::Stages;
use crate::{Scored, load, read};

#[derive(Serialize)]
struct Scores {
    texts: usize,
    /// Distinct speakers by place: right if they cover the same tokens.
    source: Line,
    /// Tokens that are part of something attributed.
    content: Line,
}

/// Scores speakers and contents of quotations.
pub fn run(folder: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let pairs = pairs(folder)?;
    let (config, context) = load(config, &[], registry)?;
    let mut stages = Stages::up_to("quotes", &[], &config.plan, &context)?;
    let mut counted: Vec<(Counts, Counts)> = Vec::with_capacity(pairs.len());
    for (text, standoff) in &pairs {
        let (text, _) = read(text)?;
        let (standoff, name) = read(standoff)?;
        let gold = attributions(&standoff, &text, &name)?;
        let mut doc = Document::new("gold", Source::default(), Meta::default(), text)?;
        stages.annotate(&mut doc)?;
        counted.push(count(&gold, &doc)?);
    }
    let scores = Scores {
        texts: counted.len(),
        source: Line::of(&counted.iter().map(|c| c.0).collect::<Vec<_>>()),
        content: Line::of(&counted.iter().map(|c| c.1).collect::<Vec<_>>()),
    };
    Scored::new(
        &scores,
        table(
            &format!("{} texts", scores.texts),
            16,
            &[("source, exact", &scores.source), ("content, tokens", &scores.content)],
        ),
    )
}

/// Each text of the folder with its annotations: `NAME.ann`, else the first `NAME_*.ann`, in order of names.
fn pairs(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    let by_stem = |sub: &str, extension: &str| -> Result<BTreeMap<String, PathBuf>> {
        let folder = folder.join(sub);
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry.with_context(|| folder.display().to_string())?.path();
            if path.extension().is_some_and(|found| found == extension)
                && let Some(stem) = path.file_stem()
            {
                files.insert(stem.to_string_lossy().into_owned(), path);
            }
        }
        Ok(files)
    };
    let (texts, gold) = (by_stem("text", "txt")?, by_stem("attributions", "ann")?);
    let mut pairs = Vec::with_capacity(texts.len());
    for (stem, text) in texts {
        let annotator = format!("{stem}_");
        let first = gold.range(annotator.clone()..).next().filter(|(name, _)| name.starts_with(&annotator));
        match gold.get(&stem).or(first.map(|(_, path)| path)) {
            Some(standoff) => pairs.push((text, standoff.clone())),
            None => bail!("{}: no annotations in {}/attributions", text.display(), folder.display()),
        }
    }
    if pairs.is_empty() {
        bail!("{}/text: no .txt file in it", folder.display());
    }
    Ok(pairs)
}

/// Speakers and tokens of content, in gold, found, and both.
fn count(gold: &Attributions, doc: &Document) -> Result<(Counts, Counts)> {
    let tokens = doc.require::<Tokens>()?.all();
    let quotes = &doc.require::<Quotes>()?.items;
    let touched = |span: &Span| -> Range<usize> {
        let start = tokens.partition_point(|token| token.end <= span.start);
        start..tokens.partition_point(|token| token.start < span.end).max(start)
    };
    let spots = |spans: &mut dyn Iterator<Item = Span>| -> BTreeSet<(usize, usize)> {
        spans.map(|span| touched(&span)).map(|range| (range.start, range.end)).collect()
    };
    let contents = |spans: &mut dyn Iterator<Item = Span>| -> BTreeSet<usize> {
        spans.flat_map(|span| touched(&span)).collect()
    };
    let wanted = spots(&mut gold.sources.iter().copied());
    let found = spots(&mut quotes.iter().filter_map(|quote| Some(quote.speaker?.span)));
    let source =
        Counts { gold: wanted.len(), found: found.len(), right: wanted.intersection(&found).count() };
    let wanted = contents(&mut gold.contents.iter().copied());
    let found = contents(&mut quotes.iter().map(|quote| quote.content));
    let content =
        Counts { gold: wanted.len(), found: found.len(), right: wanted.intersection(&found).count() };
    Ok((source, content))
}
