//! `cargo xtask bounds`: how the time of reading grows with hostile pages and mails.

mod hostile;

use std::fs;
use std::path::Path;
use std::slice;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use docmill_input::{Archive, InputSettings};
use hostile::{HOSTILE, Hostile};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The largest file (bytes); the others are a half, a quarter and an eighth of it
    #[arg(long, default_value_t = 8 << 20)]
    bytes: usize,
    /// Only those whose name contains this
    #[arg(default_value = "")]
    only: String,
    /// The exponent that none may exceed
    #[arg(long, default_value_t = 1.2)]
    most: f64,
}

/// Times below this tell nothing of growth.
const LEAST: Duration = Duration::from_millis(40);

/// Times above this are measured once: chance is a small part of them.
const REPEATED: Duration = Duration::from_millis(100);

/// Writes files that cost a reader the most that is known, loads them, and prints how the processor's time grows: the
/// exponent is 1 where twice the bytes take twice the time.
pub fn run(args: &Args) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let archive = Archive::new(InputSettings::default())?;
    let sizes = [args.bytes / 8, args.bytes / 4, args.bytes / 2, args.bytes];
    println!(
        "{:<28} {:>8} {:>8} {:>8} {:>8}  exponent",
        "milliseconds at bytes:", sizes[0], sizes[1], sizes[2], sizes[3]
    );
    let (mut worst, mut seen) = (0.0_f64, 0);
    for hostile in HOSTILE.iter().filter(|hostile| hostile.name.contains(&args.only)) {
        let mut times = Vec::new();
        let mut outcome = String::new();
        for &size in &sizes {
            let (time, told) = measured(&archive, folder.path(), hostile, size)?;
            times.push(time);
            outcome = told;
        }
        let exponent = exponent(&sizes, &times);
        let shown = exponent.map_or("    -".to_owned(), |exponent| format!("{exponent:5.2}"));
        let columns: Vec<String> =
            times.iter().map(|time| format!("{:>8.1}", time.as_secs_f64() * 1e3)).collect();
        println!("{:<28} {}  {shown}     {outcome}", hostile.name, columns.join(" "));
        worst = worst.max(exponent.unwrap_or(0.0));
        seen += 1;
    }
    ensure!(seen > 0, "no generator is named like {:?}", args.only);
    println!("{seen} generators, highest exponent {worst:.2}, allowed {:.2}", args.most);
    ensure!(worst <= args.most, "the time of a generator grows too fast");
    Ok(())
}

/// Processor time to load a file, and what became of it. The shorter of two tries: caches are cold at the first.
fn measured(archive: &Archive, folder: &Path, hostile: &Hostile, bytes: usize) -> Result<(Duration, String)> {
    let path = folder.join(format!("a.{}", hostile.ending));
    fs::write(&path, hostile.file(bytes))?;
    let mut best = Duration::MAX;
    let mut told = String::new();
    for _ in 0..2 {
        if best > REPEATED && best < Duration::MAX {
            break;
        }
        for item in archive.open(slice::from_ref(&path))? {
            let before = processor()?;
            let loaded = archive.load(item);
            best = best.min(processor()?.saturating_sub(before));
            told = match loaded {
                Ok(document) => format!("{} bytes of text", document.text().len()),
                Err(failed) => failed.message,
            };
        }
    }
    Ok((best, told))
}

/// Time that this thread has had on a processor: other programs do not count.
fn processor() -> Result<Duration> {
    let path = "/proc/thread-self/schedstat";
    let stat = fs::read_to_string(path).with_context(|| format!("{path}: only Linux tells"))?;
    let nanoseconds = stat.split_whitespace().next().context("schedstat is empty")?.parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// The slope of the line through the logarithms of sizes and times, by least squares; nothing where all is quick.
fn exponent(sizes: &[usize], times: &[Duration]) -> Option<f64> {
    if times.last().is_none_or(|&last| last < LEAST) {
        return None;
    }
    let points: Vec<(f64, f64)> = (sizes.iter().zip(times))
        .filter(|(_, time)| **time >= LEAST / 2)
        .map(|(&size, time)| ((size as f64).ln(), time.as_secs_f64().ln()))
        .collect();
    if points.len() < 2 {
        return None;
    }
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let above: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let below: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    Some(above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_two_for_its_exponent() {
        let times = |of: fn(u64) -> u64| [1, 2, 4, 8].map(|n| Duration::from_millis(of(n)));
        let sizes = [100, 200, 400, 800];
        assert!((exponent(&sizes, &times(|n| 30 * n * n)).unwrap() - 2.0).abs() < 1e-9);
        assert!((exponent(&sizes, &times(|n| 30 * n)).unwrap() - 1.0).abs() < 1e-9);
        assert!(exponent(&sizes, &times(|n| n)).is_none());
    }

    #[test]
    fn files_have_the_size_that_is_asked_for() {
        for hostile in HOSTILE {
            let file = hostile.file(10_000);
            assert!((9_000..11_000).contains(&file.len()), "{}: {}", hostile.name, file.len());
        }
    }
}
