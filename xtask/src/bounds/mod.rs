//! `cargo xtask bounds`: how the time of reading grows with hostile pages and mails.

mod hostile;

use std::fs;
use std::path::Path;
use std::slice;
use std::time::Duration;

use anyhow::{Result, ensure};
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

/// Each size is measured so often, and the shortest time counts: other programs, and caches that they have taken, only
/// ever add to it.
const ROUNDS: u32 = 2;

/// The same while the exponent is over the bound.
const MOST_ROUNDS: u32 = 6;

/// How much larger the files are that are read where the exponent stays over the bound: at the smaller sizes, what is
/// read still fits a cache at first and no longer at last, which looks like growth.
const LARGER: usize = 8;

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
    let (mut worst, mut seen, mut again) = (0.0_f64, 0, 0);
    for hostile in HOSTILE.iter().filter(|hostile| hostile.name.contains(&args.only)) {
        let growth = Growth::measured(&archive, folder.path(), hostile, sizes, args.most)?;
        let mut exponent = growth.exponent();
        println!("{}", growth.row(hostile.name));
        if exponent > Some(args.most) {
            let larger = sizes.map(|size| size * LARGER);
            let growth = Growth::measured(&archive, folder.path(), hostile, larger, args.most)?;
            exponent = growth.exponent();
            println!("{}", growth.row(&format!("  {LARGER} times the bytes")));
            again += 1;
        }
        worst = worst.max(exponent.unwrap_or(0.0));
        seen += 1;
    }
    ensure!(seen > 0, "no generator is named like {:?}", args.only);
    println!(
        "{seen} generators, {again} of them measured at {LARGER} times the bytes; highest exponent {worst:.2}, allowed {:.2}",
        args.most
    );
    ensure!(worst <= args.most, "the time of a generator grows too fast");
    Ok(())
}

/// How the time to load a file grows with it.
struct Growth {
    sizes: [usize; 4],
    times: [Duration; 4],
    /// What became of the largest.
    outcome: String,
}

impl Growth {
    /// Measures a generator; more often while the exponent is over `most`.
    fn measured(
        archive: &Archive,
        folder: &Path,
        hostile: &Hostile,
        sizes: [usize; 4],
        most: f64,
    ) -> Result<Self> {
        let path = folder.join(format!("a.{}", hostile.ending));
        let mut growth = Self { sizes, times: [Duration::MAX; 4], outcome: String::new() };
        for round in 1..=MOST_ROUNDS {
            for (size, best) in sizes.into_iter().zip(&mut growth.times) {
                fs::write(&path, hostile.file(size))?;
                let before = processor();
                for item in archive.open(slice::from_ref(&path))? {
                    growth.outcome = match archive.load(item) {
                        Ok(document) => format!("{} bytes of text", document.text().len()),
                        Err(failed) => failed.message,
                    };
                }
                *best = processor().saturating_sub(before).min(*best);
            }
            if round >= ROUNDS && growth.exponent() <= Some(most) {
                break;
            }
        }
        Ok(growth)
    }

    fn exponent(&self) -> Option<f64> {
        exponent(&self.sizes, &self.times)
    }

    fn row(&self, name: &str) -> String {
        let columns: Vec<String> =
            self.times.iter().map(|time| format!("{:>8.1}", time.as_secs_f64() * 1e3)).collect();
        let exponent = self.exponent().map_or("    -".to_owned(), |exponent| format!("{exponent:5.2}"));
        format!("{name:<28} {}  {exponent}     {}", columns.join(" "), self.outcome)
    }
}

/// Time that all threads of this program have had on processors: other programs do not count.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
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
