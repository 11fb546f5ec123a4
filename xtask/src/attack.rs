//! `cargo xtask attack`: collisions, changed bytes and files, failing calls and kills, more of them than the tests make.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::cargo::cargo;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Many more of each: 200 rounds of collisions, 300 changed bytes, more than 2,000 failing calls, 8,000 changed
    /// files, 500 changed outputs, 300 kills of runs, 100 of `retry`
    #[arg(long)]
    long: bool,
    /// What moments and places are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Tests that take their numbers from the environment and add a line to the counts.
const TESTS: [&str; 7] = [
    "runs_that_overlap_on_one_output",
    "a_byte_that_changes_between_two_runs",
    "in_which_a_call_fails",
    "a_retry_that_is_killed",
    "killed_at_any_moment",
    "files_that_are_changed_at_random",
    "outputs_that_are_changed_at_random",
];

/// What each number is in the short form and in the long one.
const NUMBERS: [(&str, u64, u64); 8] = [
    ("DOCMILL_COLLISIONS", 10, 200),
    ("DOCMILL_FLIPS", 20, 300),
    ("DOCMILL_FAULTS", 1, 1000),
    ("DOCMILL_FAULT_DOCUMENTS", 100, 600),
    ("DOCMILL_KILLS", 8, 300),
    ("DOCMILL_RETRY_KILLS", 8, 100),
    ("DOCMILL_MUTATIONS", 200, 8000),
    ("DOCMILL_OUTPUT_MUTATIONS", 14, 500),
];

const SEEDS: [&str; 4] =
    ["DOCMILL_COLLISION_SEED", "DOCMILL_FLIP_SEED", "DOCMILL_KILL_SEED", "DOCMILL_MUTATION_SEED"];

/// Where the attacks' files lie, if the system has it and TMPDIR names nothing else: in memory, where `fsync` costs
/// nothing. What is tested is the order of calls, which is the same there, and not the disk.
const IN_MEMORY: &str = "/dev/shm";

/// A line that a test adds.
#[derive(Debug, Clone, Deserialize)]
struct Counts {
    attack: String,
    tried: u64,
    losses: u64,
    wrong: u64,
    panics: u64,
    others: u64,
    note: String,
}

/// Runs the attacks one after another, and prints what they counted.
pub fn run(args: &Args) -> Result<()> {
    let started = Instant::now();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("counts");
    let mut environment: BTreeMap<String, String> = NUMBERS
        .iter()
        .map(|(name, short, long)| ((*name).to_owned(), if args.long { long } else { short }.to_string()))
        .collect();
    environment.extend(SEEDS.map(|name| (name.to_owned(), args.seed.to_string())));
    if Path::new(IN_MEMORY).is_dir() && std::env::var_os("TMPDIR").is_none() {
        environment.insert("TMPDIR".to_owned(), IN_MEMORY.to_owned());
    }
    environment.insert("DOCMILL_ATTACK_COUNTS".to_owned(), path.display().to_string());
    let environment: Vec<(String, String)> = environment.into_iter().collect();
    let test = ["test", "-p", "docmill-cli", "--test", "it", "--", "--nocapture", "--test-threads=1"];
    let ended = cargo(&[&test[..], &TESTS[..]].concat(), &environment);
    let counts = fs::read_to_string(&path).unwrap_or_default();
    let counts: Vec<Counts> = counts
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("a line of the counts cannot be read")?;
    println!("{}", table(&counts));
    println!("{} s", started.elapsed().as_secs());
    ended?;
    if counts.len() < TESTS.len() {
        bail!("only {} attacks ended", counts.len());
    }
    Ok(())
}

/// The counts as a table.
fn table(counts: &[Counts]) -> String {
    let row = |name: &str, figures: [&str; 5], note: &str| {
        let [tried, losses, wrong, panics, others] = figures;
        format!("{name:<26} {tried:>7} {losses:>7} {wrong:>12} {panics:>7} {others:>7}   {note}")
    };
    let mut rows = vec![row("attack", ["tried", "losses", "wrong bytes", "panics", "other"], "")];
    rows.extend(counts.iter().map(|counts| {
        let figures = [counts.tried, counts.losses, counts.wrong, counts.panics, counts.others];
        row(
            &counts.attack,
            figures.map(|figure| figure.to_string()).each_ref().map(String::as_str),
            &counts.note,
        )
    }));
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_become_rows() {
        let line =
            r#"{"attack":"collisions","tried":200,"losses":1,"wrong":0,"panics":0,"others":2,"note":"x"}"#;
        let counts: Counts = serde_json::from_str(line).unwrap();
        let table = table(&[counts]);
        let row: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
        assert_eq!(row, ["collisions", "200", "1", "0", "0", "2", "x"]);
    }
}
