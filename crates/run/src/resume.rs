//! Starts a run, or resumes one.

use std::fs::Metadata;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Error, Result, anyhow, bail};
use docmill_engine::Totals;
use docmill_input::{Archive, Item};
use docmill_journal::{Changes, Checkpoint, Ending, Journal, JournalError, Recovered, Tally, differences};
use docmill_jsonl::{Layout, Output, Position, Quarantine, RunInfo, publish};
use serde_json::Value;

use crate::Options;
use crate::chosen;
use crate::claim;
use crate::duplicates::Duplicates;
use crate::exclude_outputs::OwnFiles;
use crate::ledger::{Durable, Ledger, State};
use crate::observer::Observer;
use crate::unchanged::unchanged;

/// How a run starts.
pub enum Begun {
    /// With what is still to be done.
    Run(Box<Ledger>, Box<dyn Iterator<Item = Item>>),
    /// It had ended before; only its output was not yet in place, and is now.
    Complete(Totals),
}

/// What a run is about.
pub struct Work<'w> {
    pub options: &'w Options,
    pub observer: &'w dyn Observer,
    pub layout: &'w Layout,
    /// What decides the output: if it has changed, the run cannot be resumed.
    pub fingerprint: Value,
    /// Reads the inputs.
    pub archive: &'w Archive,
    /// Knows nothing yet.
    pub duplicates: &'w Duplicates,
    pub paths: &'w [PathBuf],
    pub commit_every: Duration,
}

impl Work<'_> {
    /// Starts, or resumes after what an earlier run has finished.
    pub fn start(&self) -> Result<Begun> {
        if !self.layout.is_durable() {
            let output = Output::create(self.layout)?;
            return Ok(Begun::Run(Box::new(self.ledger(output, None, State::default())), self.items()?));
        }
        self.check_overwrite()?;
        let journal = Journal::open(&self.layout.journal())?;
        let recovered = match journal.recovered() {
            // What it held is not asked for.
            Err(JournalError::Damaged { .. } | JournalError::Version { .. }) if self.options.restart => None,
            recovered => recovered?,
        };
        let Some(recovered) = recovered else { return self.afresh(journal) };
        if claim::complete(&journal, &recovered, self.layout.name(), self.observer)? {
            return self.afresh(journal);
        }
        if self.options.restart {
            self.observer.note(&format!("processing {} documents of an earlier run again", done(&recovered)));
            return self.afresh(journal);
        }
        if let Some(line) = recovered.damaged {
            self.observer.warn(&format!(
                "{}: damaged at line {line}; processing again what came after it",
                journal.path().display()
            ));
        }
        let changed = differences(&recovered.facts, &self.fingerprint);
        if !changed.is_empty() {
            bail!(
                "cannot resume the run of {} documents in {}, because settings changed since it started: {}. Revert the \
                 change, or start over with --restart",
                done(&recovered),
                self.layout.partial().display(),
                changed.join("; ")
            );
        }
        if let Some(state) = &recovered.done {
            let states = recovered.checkpoints.iter().map(|checkpoint| &checkpoint.state).chain([state]);
            state.check(self.layout, states).map_err(refused)?;
            journal.check()?;
            publish(self.layout)?;
            journal.remove()?;
            return Ok(Begun::Complete(state.totals.clone()));
        }
        self.resume(journal, &recovered)
    }

    /// Refuses to replace a file that docmill has not written, and says what a run replaces.
    fn check_overwrite(&self) -> Result<()> {
        let name = self.layout.name();
        if self.layout.shards().is_some() || self.layout.journal().exists() {
            return Ok(());
        }
        let Some(length) = name.metadata().ok().filter(Metadata::is_file).map(|file| file.len()) else {
            return Ok(());
        };
        match RunInfo::read(&self.layout.run_info()) {
            Ok(info) => {
                let documents = info.totals.map_or(0, |totals| totals.read);
                self.observer.note(&format!(
                    "{}: the {documents} documents of run {} in it are replaced once this run is done",
                    name.display(),
                    info.run_id
                ));
            }
            Err(_) if length > 0 && !self.options.overwrite => bail!(
                "{} is there and is no output of docmill (there is no {} beside it); name another file with -o, or replace \
                 it with --overwrite",
                name.display(),
                self.layout.run_info().display()
            ),
            Err(_) => {}
        }
        Ok(())
    }

    fn afresh(&self, mut journal: Journal<State>) -> Result<Begun> {
        let begin = |journal: &mut Journal<State>| {
            // First the journal, which says that nothing counts; then what it counts.
            journal.begin(self.fingerprint.clone())?;
            anyhow::Ok((Output::create(self.layout)?, Quarantine::create(self.layout)?))
        };
        match begin(&mut journal) {
            Ok((output, quarantine)) => {
                let durable = Durable { journal, quarantine };
                Ok(Begun::Run(Box::new(self.ledger(output, Some(durable), State::default())), self.items()?))
            }
            Err(error) => {
                // Nothing is lost with it.
                let _ = journal.remove();
                Err(error)
            }
        }
    }

    fn resume(&self, mut journal: Journal<State>, recovered: &Recovered<State>) -> Result<Begun> {
        let reached = |checkpoint: &&Checkpoint<State>| {
            Output::reaches(self.layout, &position(recovered, checkpoint))
                && Quarantine::reaches(self.layout, &checkpoint.state.quarantine)
        };
        let found = recovered.checkpoints.iter().rfind(reached);
        let kept = found.map_or(0, |checkpoint| checkpoint.inputs);
        if kept < done(recovered) {
            self.observer.warn(&format!(
                "{} is missing or shorter than its journal says: processing {} of {} documents again",
                self.layout.partial().display(),
                done(recovered) - kept,
                done(recovered)
            ));
        }
        let Some(mut checkpoint) = found else { return self.afresh(journal) };
        // The inputs may take a while to look through.
        self.observer.note(&format!("resuming after {kept} documents of an earlier run"));
        let mut items = self.items()?;
        let changes = Changes::find(
            || journal.entries(checkpoint),
            &mut items,
            Item::id,
            |item, entry| unchanged(self.archive, item, entry),
        )?;
        if changes.any() {
            self.tell(&changes, checkpoint)?;
            let Some(before) =
                recovered.checkpoints.iter().rfind(|m| m.inputs <= changes.same.min(checkpoint.inputs))
            else {
                return self.afresh(journal);
            };
            checkpoint = before;
            let skip = usize::try_from(checkpoint.inputs).unwrap_or(usize::MAX);
            items = Box::new(self.items()?.skip(skip));
        }
        let position = position(recovered, checkpoint);
        let mut output = Output::resume(self.layout, &position).map_err(refused)?;
        for entry in journal.entries(checkpoint)? {
            let entry = entry?;
            output.pass(entry.line);
            if let Some(signature) = &entry.signature {
                self.duplicates.restore(&entry.id, signature, entry.ending == Ending::Ok)?;
            }
        }
        output.check_passed(self.layout, &position).map_err(refused)?;
        let quarantine = Quarantine::resume(self.layout, &checkpoint.state.quarantine).map_err(refused)?;
        journal.resume(checkpoint)?;
        let durable = Durable { journal, quarantine };
        Ok(Begun::Run(Box::new(self.ledger(output, Some(durable), checkpoint.state.clone())), items))
    }

    /// Tells what has changed; an error unless it was asked for going on all the same.
    fn tell(&self, changes: &Changes, checkpoint: &Checkpoint<State>) -> Result<()> {
        let kinds = [("changed", &changes.changed), ("new", &changes.added), ("gone", &changes.removed)];
        let found: Vec<String> =
            kinds.into_iter().filter_map(|(kind, tally)| describe(kind, tally)).collect();
        let found = found.join("; ");
        if !self.options.redo_changed {
            bail!(
                "cannot resume: some of the {} finished inputs changed since the run started: {found}. Restore them, redo \
                 everything from the first changed one with --redo-changed (keeps {}), or start over with --restart",
                checkpoint.inputs,
                changes.same
            );
        }
        self.observer.warn(&format!("{found}; processing again everything from the first of them"));
        Ok(())
    }

    fn items(&self) -> Result<Box<dyn Iterator<Item = Item>>> {
        let reused = self.options.reuse.as_ref().map(|earlier| Layout::existing(earlier)).transpose()?;
        let own = OwnFiles::new(self.layout, reused.as_ref());
        let sample = match self.options.sample {
            Some(size) => {
                Some(chosen::sampled(self.archive.open(self.paths)?.filter(|item| !own.is_from(item)), size))
            }
            None => None,
        };
        let items = self.archive.open(self.paths)?.filter(move |item| !own.is_from(item));
        let items =
            items.filter(move |item| sample.as_ref().is_none_or(|sample| chosen::is_in(sample, item)));
        let limit =
            self.options.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(Box::new(items.take(limit)))
    }

    fn ledger(&self, output: Output, durable: Option<Durable>, state: State) -> Ledger {
        Ledger {
            layout: self.layout.clone(),
            output,
            durable,
            committed: state.totals.read,
            totals: state.totals,
            every: self.commit_every,
            last_commit: Instant::now(),
        }
    }
}

/// Where the output was at a mark.
fn position(recovered: &Recovered<State>, checkpoint: &Checkpoint<State>) -> Position {
    let until = recovered.checkpoints.iter().take_while(|other| !std::ptr::eq(*other, checkpoint));
    Position::joined(until.chain([checkpoint]).map(|checkpoint| &checkpoint.state.output))
}

/// What to do about files that are not what the journal says.
fn refused(error: impl Into<Error>) -> Error {
    anyhow!("{}. Restore it, or start over with --restart", error.into())
}

/// Documents that an earlier run has done.
fn done(recovered: &Recovered<State>) -> u64 {
    recovered.checkpoints.last().map_or(0, |checkpoint| checkpoint.inputs)
}

/// `2 changed: a.txt, b.txt`; nothing if there are none.
fn describe(kind: &str, tally: &Tally) -> Option<String> {
    let more = tally.count - tally.names.len() as u64;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (tally.count > 0).then(|| format!("{} {kind}: {}{more}", tally.count, tally.names.join(", ")))
}
