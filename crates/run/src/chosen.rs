//! Which of the documents are taken: the first ones, or some from all over the inputs.

use std::collections::{BinaryHeap, HashSet};

use anyhow::{Result, bail};
use docmill_input::Item;
use sha2::{Digest, Sha256};

/// The place of an id in an order that has nothing to do with the inputs', and is the same each time.
fn place(id: &str) -> u128 {
    let hash = Sha256::digest(id.as_bytes());
    hash.iter().take(16).fold(0, |place, byte| place << 8 | u128::from(*byte))
}

/// Places of the ids that a sample of so many takes.
pub fn sampled(items: impl Iterator<Item = Item>, size: usize) -> HashSet<u128> {
    let mut nearest: BinaryHeap<u128> = BinaryHeap::new();
    for item in items {
        nearest.push(place(&item.id()));
        if nearest.len() > size {
            nearest.pop();
        }
    }
    nearest.into_iter().collect()
}

/// Whether a sample takes the item.
pub fn is_in(sample: &HashSet<u128>, item: &Item) -> bool {
    sample.contains(&place(&item.id()))
}

/// Standard input cannot be read twice: once to choose, once to read.
pub fn check(sample: Option<usize>, paths: &[std::path::PathBuf]) -> Result<()> {
    if sample.is_some() && paths.iter().any(|path| path.as_os_str() == "-") {
        bail!(
            "--sample reads the inputs twice, and standard input can be read once; take --limit, or name files"
        );
    }
    Ok(())
}
