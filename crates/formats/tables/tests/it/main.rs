//! What was written is read back and compared with the records.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod csv_files;
mod describe;
mod layers;
mod polecat;
mod records;
mod round_trip;
