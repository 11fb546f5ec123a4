//! Measures the main text of web pages as the article extraction benchmark does
//! (<https://github.com/scrapinghub/article-extraction-benchmark>).
//!
//! The folder holds `html/*.html.gz` and `ground-truth.json` (or `.json.xz`).

mod score;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, ensure};
use docmill_input::{Archive, InputSettings};
use score::Shares;
use serde::Deserialize;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with `html/` and `ground-truth.json.xz`.
    data: PathBuf,
    /// Show so many of the worst pages.
    #[arg(long, default_value_t = 0)]
    worst: usize,
    /// Write what was found of each page to this folder.
    #[arg(long)]
    texts: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(rename = "articleBody")]
    body: String,
    url: String,
}

/// Runs the chore.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let wanted = wanted(&args.data)?;
    let archive = Archive::new(InputSettings::default())?;
    let started = Instant::now();
    let mut pages = Vec::new();
    let (mut dates, mut authors) = (0, 0);
    for item in archive.open(&[args.data.join("html")])? {
        let path = item.source().path.clone();
        let name = Path::new(&path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let key = name.trim_end_matches(".html.gz").to_owned();
        let document = archive.load(item);
        let text = document.as_ref().map_or("", |document| document.text()).to_owned();
        if let Ok(document) = &document {
            dates += usize::from(document.meta.date.is_some());
            authors += usize::from(document.meta.author.is_some());
        }
        pages.push((key, text, document.ok().and_then(|document| document.meta.date)));
    }
    let seconds = started.elapsed().as_secs_f64();
    let mut scored = Vec::new();
    for (key, text, date) in &pages {
        let Some(wanted) = wanted.get(key) else { continue };
        scored.push((Shares::of(&wanted.body, text), key, &wanted.url, date));
        if let Some(folder) = &args.texts {
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join(format!("{key}.txt")), text)?;
            std::fs::write(folder.join(format!("{key}.wanted.txt")), &wanted.body)?;
        }
    }
    ensure!(!scored.is_empty(), "no page of {} is in the ground truth", args.data.display());
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (precision, recall) = (
        mean(scored.iter().filter(|(s, ..)| s.hit + s.extra > 0.0).map(|(s, ..)| s.precision()).collect()),
        mean(scored.iter().filter(|(s, ..)| s.hit + s.missed > 0.0).map(|(s, ..)| s.recall()).collect()),
    );
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("pages {}  precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}", scored.len());
    println!("dates {dates}  authors {authors}  seconds {seconds:.1}");
    scored.sort_by(|a, b| a.0.hit.total_cmp(&b.0.hit));
    for (shares, key, url, date) in scored.iter().take(args.worst) {
        let date = date.as_deref().unwrap_or("-");
        println!(
            "{:.2} +{:.2} -{:.2} {} {date} {url}",
            shares.hit,
            shares.extra,
            shares.missed,
            key.get(..8).unwrap_or(key)
        );
    }
    Ok(())
}

fn wanted(data: &Path) -> anyhow::Result<BTreeMap<String, Wanted>> {
    let (plain, packed) = (data.join("ground-truth.json"), data.join("ground-truth.json.xz"));
    let mut json = Vec::new();
    if plain.exists() {
        File::open(&plain)?.read_to_end(&mut json)?;
    } else {
        let file = File::open(&packed).with_context(|| format!("cannot read {}", packed.display()))?;
        lzma_rust2::XzReader::new(file, true).read_to_end(&mut json)?;
    }
    Ok(serde_json::from_slice(&json)?)
}
