//! End-to-end tests: they run the real program, as a person or a script would.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod archive_names;
mod archive_records;
mod archives;
mod bad_input;
mod circles;
mod collisions;
mod conditions;
mod configs;
mod convert;
mod disk;
mod documents;
mod duplicates;
mod entities;
mod examples;
mod explain;
mod failures;
#[cfg(target_os = "linux")]
mod faults;
mod first_hour;
mod foreign_layers;
mod graph;
mod hostile;
mod integrity;
mod lexicon;
// libtorch alone takes more than the test allows.
#[cfg(all(target_os = "linux", not(feature = "rust-bert")))]
mod memory;
mod mutations;
mod names;
mod new_stage;
#[cfg(unix)]
mod open_files;
mod opinions;
mod output;
mod page;
mod parts;
mod process;
mod program;
mod resume;
mod reuse;
mod run;
mod show;
mod snapshots;
mod sources;
mod speakers;
mod stop;
mod syntax;
mod tables;
mod tally;
mod terminal;
mod windows;
mod words_are_data;
