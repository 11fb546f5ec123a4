//! `cargo xtask attack`: collisions, changed bytes, failing calls and kills, more of them than the tests make.

use anyhow::Result;

use crate::cargo::cargo;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Many more of each: 200 rounds of collisions, 300 changed bytes, 300 kills of runs, 100 of `retry`,
    /// calls that fail at up to 60 places of each kind
    #[arg(long)]
    long: bool,
    /// What moments and places are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Tests that take their numbers from the environment and print what they counted.
const TESTS: [&str; 5] = [
    "runs_that_overlap_on_one_output",
    "a_byte_that_changes_between_two_runs",
    "in_which_a_call_fails",
    "a_retry_that_is_killed",
    "killed_at_any_moment",
];

/// Runs the attacks one after another.
pub fn run(args: &Args) -> Result<()> {
    let (collisions, flips, faults, kills, retry_kills) =
        if args.long { (200, 300, 60, 300, 100) } else { (10, 20, 2, 8, 8) };
    let environment = [
        ("DOCMILL_COLLISIONS", collisions),
        ("DOCMILL_FLIPS", flips),
        ("DOCMILL_FAULTS", faults),
        ("DOCMILL_KILLS", kills),
        ("DOCMILL_RETRY_KILLS", retry_kills),
        ("DOCMILL_COLLISION_SEED", args.seed),
        ("DOCMILL_FLIP_SEED", args.seed),
        ("DOCMILL_KILL_SEED", args.seed),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_string()));
    let test = ["test", "-p", "docmill-cli", "--test", "it", "--", "--nocapture", "--test-threads=1"];
    cargo(&[&test[..], &TESTS[..]].concat(), &environment)
}
