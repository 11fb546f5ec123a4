//! What an attack has counted.

use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;

use crate::program::{Answer, Files};

/// What an attack may do that nothing may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// A document, or a file of the output, is missing.
    Loss,
    /// The output has other bytes than an undisturbed run would have written.
    WrongBytes,
    /// The program panicked or was ended by a signal of its own.
    Panic,
    /// It ended otherwise than it should have, or said less.
    Other,
}

const HARMS: [Harm; 4] = [Harm::Loss, Harm::WrongBytes, Harm::Panic, Harm::Other];

/// Environment: the file to which each tally adds its line, for the table of `cargo xtask attack`.
const COUNTS: &str = "DOCMILL_ATTACK_COUNTS";

/// The places of an attack that are shown.
const SHOWN: usize = 20;

/// Counts what was tried and what went wrong; an attack goes on after the first harm.
pub struct Tally {
    attack: &'static str,
    tried: u64,
    harms: Vec<(Harm, String)>,
    note: String,
}

impl Tally {
    pub fn new(attack: &'static str) -> Self {
        Self { attack, tried: 0, harms: Vec::new(), note: String::new() }
    }

    /// One more was tried.
    pub fn tried(&mut self) {
        self.tried += 1;
    }

    /// Notes a harm and its place, from which it can be repeated.
    pub fn harm(&mut self, harm: Harm, place: &dyn fmt::Display) {
        eprintln!("{harm:?} ({}): {place}", self.attack);
        self.harms.push((harm, place.to_string()));
    }

    /// Notes a panic, if the program says so. True if it did.
    pub fn panicked(&mut self, code: Option<i32>, stderr: &str, place: &dyn fmt::Display) -> bool {
        let panicked = matches!(code, Some(101))
            || ["panicked at", "internal error"].iter().any(|sign| stderr.contains(sign));
        if panicked {
            self.harm(Harm::Panic, &format!("{place}: {stderr}"));
        }
        panicked
    }

    /// Notes an answer with another exit code, or one that tells of a panic. True if all is well.
    pub fn ended(&mut self, answer: &Answer, codes: &[i32], place: &dyn fmt::Display) -> bool {
        if self.panicked(Some(answer.code), &answer.stderr, place) {
            return false;
        }
        let well = codes.contains(&answer.code);
        if !well {
            self.harm(Harm::Other, &format!("{place}: exit code {}: {}", answer.code, answer.stderr));
        }
        well
    }

    /// Compares what was left with what should be. True if it is the same.
    pub fn compare(&mut self, found: &Files, expected: &Files, place: &dyn fmt::Display) -> bool {
        if found == expected {
            return true;
        }
        let missing = expected.iter().find(|(path, _)| !found.iter().any(|(other, _)| other == path));
        let length = |files: &Files| files.iter().map(|(_, content)| content.len()).sum::<usize>();
        match missing {
            Some((path, _)) => self.harm(Harm::Loss, &format!("{place}: {} is missing", path.display())),
            None if length(found) < length(expected) => self.harm(Harm::Loss, place),
            None => self.harm(Harm::WrongBytes, place),
        }
        false
    }

    /// A line of figures for the reader.
    pub fn note(&mut self, note: String) {
        self.note = note;
    }

    /// Tells the counts, and fails if there was any harm.
    pub fn end(self) {
        let count = |harm| self.harms.iter().filter(|(found, _)| *found == harm).count();
        let [losses, wrong, panics, others] = HARMS.map(count);
        eprintln!("{}: {} tried; {}", self.attack, self.tried, self.note);
        if let Some(path) = std::env::var_os(COUNTS) {
            let line = serde_json::json!({
                "attack": self.attack, "tried": self.tried, "losses": losses, "wrong": wrong, "panics": panics,
                "others": others, "note": self.note,
            });
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.and_then(|mut file| writeln!(file, "{line}")).unwrap();
        }
        let shown: Vec<String> =
            self.harms.iter().take(SHOWN).map(|(harm, place)| format!("{harm:?}: {place}")).collect();
        assert!(self.harms.is_empty(), "{} of {}:\n{}", self.harms.len(), self.tried, shown.join("\n"));
        assert!(self.tried > 0, "{}: nothing was tried", self.attack);
    }
}
