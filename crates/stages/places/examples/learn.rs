//! Prints new weights: `cargo run --release -p docmill-places --example learn > crates/stages/places/data/weights.tsv`.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(docmill_places::learn::weights().as_bytes())
}
