//! `cargo xtask bench memory`: peak memory of whole runs, as the number of documents grows, and the length of one.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, Result, bail, ensure};

use super::{WITHOUT_MODEL, peak_of};
use crate::cargo::{cargo, root};

/// Options. Without any, the number of short documents grows, with the whole default profile.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of short documents
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    documents: Vec<u64>,
    /// One document of so many megabytes, instead
    #[arg(long, value_name = "N", conflicts_with = "documents")]
    megabytes: Option<u64>,
    /// An archive of so many gigabytes through a pipe, instead
    #[arg(long, value_name = "N", conflicts_with_all = ["documents", "megabytes"])]
    gigabytes: Option<u64>,
    /// A folder of .txt files that the archive or the one document repeats, with changes
    #[arg(long, conflicts_with = "documents")]
    text: Option<PathBuf>,
    /// Leave the model's stages out; always so with --gigabytes
    #[arg(long)]
    without_model: bool,
    /// Worker threads
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Passed on to `docmill run`, such as --max-memory=1GB
    #[arg(last = true)]
    more: Vec<String>,
}

/// Runs everything and prints a line for each run.
pub fn run(args: &Args) -> Result<()> {
    cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
    println!("{:>12} {:>10} {:>9} {:>9}", "documents", "MB", "seconds", "peak MB");
    if let Some(gigabytes) = args.gigabytes {
        let texts = texts(args.text.as_deref())?;
        return measure(args, |out| archive(out, &texts, gigabytes * 1_000_000_000), true);
    }
    if let Some(megabytes) = args.megabytes {
        let texts = args.text.as_deref().map(|folder| texts(Some(folder))).transpose()?.unwrap_or_default();
        return measure(args, |out| one(out, &texts, megabytes * 1_000_000), args.without_model);
    }
    for &documents in &args.documents {
        measure(args, |out| short(out, documents), args.without_model)?;
    }
    Ok(())
}

/// What was fed.
#[derive(Debug, Default)]
struct Fed {
    documents: u64,
    bytes: u64,
}

/// One run, fed through a pipe: nothing of it lies on the disk.
fn measure(
    args: &Args,
    write: impl Fn(&mut dyn Write) -> std::io::Result<Fed> + Sync,
    without_model: bool,
) -> Result<()> {
    let mut command = Command::new(root().join("target/release/docmill"));
    command.args(["run", "-", "--input-format", "jsonl", "-o", "/dev/null", "--quiet"]);
    command.args(["--jobs", &args.jobs.to_string()]).args(&args.more);
    if without_model {
        command.args(["--set", WITHOUT_MODEL]);
    }
    let start = Instant::now();
    let mut child = command.current_dir(root()).stdin(Stdio::piped()).spawn().context("docmill")?;
    let input = child.stdin.take().context("a pipe to docmill")?;
    let (fed, peak) = thread::scope(|scope| {
        let feeder = scope.spawn(|| {
            let mut input = BufWriter::with_capacity(1 << 20, input);
            let fed = write(&mut input)?;
            input.flush()?;
            Ok::<Fed, std::io::Error>(fed)
        });
        let peak = watch(&mut child);
        (feeder.join(), peak)
    });
    let peak = peak?;
    let fed = fed.map_err(|_| anyhow::anyhow!("the feeder panicked"))??;
    let (megabytes, seconds) = (fed.bytes as f64 / 1e6, start.elapsed().as_secs_f64());
    println!("{:>12} {megabytes:>10.1} {seconds:>9.1} {peak:>9.0}", fed.documents);
    Ok(())
}

/// Waits for the end; the most memory it had (MB).
fn watch(child: &mut Child) -> Result<f64> {
    let mut peak = 0.0_f64;
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(peak) } else { bail!("docmill: {status}") };
        }
        peak = peak.max(peak_of(child.id()).unwrap_or(0.0));
        thread::sleep(Duration::from_millis(20));
    }
}

/// Towns and people of no place, so that no two documents are alike.
const NAMES: [&str; 12] = [
    "Osh",
    "Naryn",
    "Khorog",
    "Aktau",
    "Balkh",
    "Termez",
    "Herat",
    "Batken",
    "Talas",
    "Karakol",
    "Termirtau",
    "Gharm",
];
const PEOPLE: [&str; 8] =
    ["Karimov", "Lindqvist", "Sadyrov", "Nazarov", "Weiss", "Petrov", "Abdullaeva", "Reiter"];
const DEEDS: [&str; 6] = [
    "criticized",
    "praised the plan of",
    "met envoys from",
    "accused",
    "signed an accord with",
    "threatened",
];

/// A sentence with two names and a number.
fn sentence(n: u64) -> String {
    let pick = |list: &[&'static str], by: u64| list[(n / by % list.len() as u64) as usize];
    format!(
        "Minister {} of {} {} {} on day {n} of the talks.",
        pick(&PEOPLE, 1),
        pick(&NAMES, 3),
        pick(&DEEDS, 7),
        pick(&NAMES, 5)
    )
}

/// Documents of one or two sentences.
fn short(out: &mut dyn Write, documents: u64) -> std::io::Result<Fed> {
    let mut fed = Fed::default();
    for n in 0..documents {
        let mut text = sentence(n);
        if n % 2 == 1 {
            text = format!("{text} {}", sentence(n + 7_000_000));
        }
        put(out, &mut fed, &text)?;
    }
    Ok(fed)
}

/// One document of paragraphs: made-up sentences, or those of the texts with such a sentence behind each.
fn one(out: &mut dyn Write, texts: &[String], bytes: u64) -> std::io::Result<Fed> {
    let mut text = String::new();
    let mut paragraphs = texts.iter().flat_map(|text| text.split("\n\n")).cycle();
    let mut n = 0;
    while (text.len() as u64) < bytes {
        n += 1;
        let paragraph = paragraphs.next();
        if let Some(paragraph) = paragraph {
            text += paragraph.trim();
            text += " ";
        }
        text += &sentence(n);
        text += if paragraph.is_some() || n % 4 == 0 { "\n\n" } else { " " };
    }
    let mut fed = Fed::default();
    put(out, &mut fed, &text)?;
    Ok(fed)
}

/// The texts again and again; in each some words are others.
fn archive(out: &mut dyn Write, texts: &[String], bytes: u64) -> std::io::Result<Fed> {
    let mut fed = Fed::default();
    for round in 0.. {
        for (i, text) in texts.iter().enumerate() {
            if fed.bytes >= bytes {
                return Ok(fed);
            }
            let changed = text.replace(" the ", &format!(" the{} ", (round + i as u64) % 977));
            let first = sentence(fed.documents);
            put(out, &mut fed, &format!("{first}\n\n{changed}"))?;
        }
    }
    Ok(fed)
}

fn put(out: &mut dyn Write, fed: &mut Fed, text: &str) -> std::io::Result<()> {
    serde_json::to_writer(
        &mut *out,
        &serde_json::json!({"id": format!("d{}", fed.documents), "text": text}),
    )?;
    fed.documents += 1;
    fed.bytes += text.len() as u64;
    out.write_all(b"\n")
}

/// The texts of a folder, or made-up ones.
fn texts(folder: Option<&Path>) -> Result<Vec<String>> {
    let Some(folder) = folder else {
        return Ok((0..1000)
            .map(|i| (0..60 + i % 90).map(|n| sentence(i * 1000 + n) + " ").collect())
            .collect());
    };
    let mut files = super::texts::collect(folder)?;
    // A few hundred megabytes at most: they are kept.
    files.truncate(5000);
    let texts: Vec<String> = files.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    ensure!(!texts.is_empty(), "no .txt in {}", folder.display());
    Ok(texts)
}
