//! `cargo xtask fuzz`: the targets of `fuzz/`, with the address sanitizer, and how often each was executed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::root;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Seconds for each target
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Longest input (bytes)
    #[arg(long, default_value_t = 4096)]
    bytes: u64,
    /// Only these targets
    targets: Vec<String>,
}

/// What libFuzzer needs to see which code an input reaches, and the address sanitizer.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Zsanitizer=address -Cdebug-assertions";

const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// Builds the targets, runs one after another, and prints what libFuzzer counted.
pub fn run(args: &Args) -> Result<()> {
    let fuzz = root().join("fuzz");
    let targets = targets(&fuzz, &args.targets)?;
    let mut build = Command::new("rustup");
    build.args(["run", "nightly", "cargo", "build", "--release", "--bins", "--target", TRIPLE]);
    build.current_dir(&fuzz).env("RUSTFLAGS", FLAGS).env("RUSTC_WRAPPER", fuzz.join("rustc.sh"));
    build.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    ensure!(build.status().context("rustup run nightly cargo")?.success(), "the targets do not build");
    let mut total = 0;
    for target in &targets {
        let executed = executed(&fuzz, target, args)?;
        println!("{target:<12} {executed:>12} executions in {} s", args.seconds);
        total += executed;
    }
    println!("{total} executions, no crash");
    Ok(())
}

/// The targets that are asked for: as a rule all.
fn targets(fuzz: &Path, asked: &[String]) -> Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(fuzz.join("fuzz_targets"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // A module that targets share is none.
        if fs::read_to_string(&path)?.contains("fuzz_target!") {
            targets.push(name);
        }
    }
    targets.sort();
    if let Some(unknown) = asked.iter().find(|name| !targets.contains(name)) {
        bail!("no target {unknown}; there are {}", targets.join(", "));
    }
    targets.retain(|name| asked.is_empty() || asked.contains(name));
    Ok(targets)
}

/// Runs a target with its corpus. What crashes it is kept below `fuzz/artifacts`.
fn executed(fuzz: &Path, target: &str, args: &Args) -> Result<u64> {
    let (corpus, artifacts) = (fuzz.join("corpus").join(target), fuzz.join("artifacts").join(target));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let mut command = Command::new(fuzz.join("target").join(TRIPLE).join("release").join(target));
    command.arg(&corpus).args(seeds(fuzz, target)).arg(format!("-artifact_prefix={}/", artifacts.display()));
    command.arg(format!("-max_total_time={}", args.seconds)).arg(format!("-max_len={}", args.bytes));
    command.args(["-print_final_stats=1", "-print_funcs=0", "-timeout=60"]);
    let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output().context("a target")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        bail!("{target}: {}\n{}", output.status, last.into_iter().rev().collect::<Vec<_>>().join("\n"));
    }
    counted(&said).with_context(|| format!("{target} printed no counts"))
}

/// The folder with what a target starts from, if it has one; libFuzzer writes new inputs to the first folder only.
fn seeds(fuzz: &Path, target: &str) -> Option<PathBuf> {
    Some(fuzz.join("seeds").join(target)).filter(|folder| folder.is_dir())
}

/// The executions in libFuzzer's last lines.
fn counted(said: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_read_from_the_last_lines() {
        let said = "#2 INITED cov: 4\nstat::number_of_executed_units: 210345\nstat::average_exec_per_sec:     3451\n";
        assert_eq!(counted(said), Some(210_345));
        assert_eq!(counted("==1==ERROR: stack-overflow"), None);
    }

    #[test]
    fn shared_modules_are_no_targets() {
        let fuzz = root().join("fuzz");
        let all = targets(&fuzz, &[]).unwrap();
        assert!(all.contains(&"journal".to_owned()) && !all.contains(&"names".to_owned()), "{all:?}");
        let error = targets(&fuzz, &["nothing".to_owned()]).unwrap_err().to_string();
        // Their seeds are those of targets.
        let seeds = fs::read_dir(fuzz.join("seeds")).unwrap();
        for folder in seeds.map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
            assert!(all.contains(&folder), "fuzz/seeds/{folder} is of no target");
        }
        assert!(error.contains("no target nothing; there are archive"), "{error}");
    }
}
