//! What a run has done, kept so that it can be resumed.

use std::time::{Duration, Instant};

use anyhow::{Error, Result, anyhow};
use docmill_engine::{Finished, Status, Totals};
use docmill_journal::{Ending, Entry, Journal};
use docmill_jsonl::{
    FailedDocument, Layout, Output, Position, Quarantine, RunInfo, RunTotals, Seal, discard, publish,
};
use serde::{Deserialize, Serialize};

use crate::line::Line;

/// A commit is due as well once so many bytes wait for it: memory does not grow with the speed of the run.
const PENDING: usize = 4 << 20;

/// What a commit of the journal says: what the files are, and what was counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Where the output was.
    pub output: Position,
    /// The quarantine.
    pub quarantine: Seal,
    /// What was counted.
    pub totals: Totals,
    /// `run.json`, once everything is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_info: Option<Seal>,
}

impl State {
    /// Checks an output that has ended, all but being put in place. `states` are those of every commit and this one.
    pub fn check<'s>(&self, layout: &Layout, states: impl IntoIterator<Item = &'s Self>) -> Result<()> {
        Output::check_sealed(layout, &Position::joined(states.into_iter().map(|state| &state.output)))?;
        if let Some(seal) = &self.run_info {
            RunInfo::check_sealed(layout, seal)?;
        }
        Ok(Quarantine::check_sealed(layout, &self.quarantine)?)
    }
}

/// The output of a run, with everything that makes it outlive a crash.
pub struct Ledger {
    pub(super) layout: Layout,
    pub(super) output: Output,
    /// None for standard output and devices, which cannot be resumed.
    pub(super) durable: Option<Durable>,
    /// What was done, before a crash too.
    pub(super) totals: Totals,
    /// Inputs that are safe on the disk.
    pub(super) committed: u64,
    pub(super) every: Duration,
    pub(super) last_commit: Instant,
}

/// What lies beside an output that can be resumed.
pub(super) struct Durable {
    pub journal: Journal<State>,
    pub quarantine: Quarantine,
}

impl Ledger {
    /// What was done, before a crash too.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Writes what became of an input.
    pub fn take(&mut self, finished: &Finished<Line>) -> Result<()> {
        let line = finished.output.as_ref().map_or(&[][..], |line| &line.bytes);
        self.output.write(line)?;
        self.totals.count(finished);
        self.totals.marked += u64::from(finished.output.as_ref().is_some_and(|line| line.marked));
        let Some(durable) = &mut self.durable else { return Ok(()) };
        if let Some(failed) = failed_document(finished, 1) {
            durable.quarantine.write(&failed)?;
        }
        durable.journal.note(&entry(finished, line.len() as u64))?;
        let due = self.last_commit.elapsed() >= self.every || durable.journal.pending() >= PENDING;
        if due && self.output.can_commit() {
            self.commit()?;
        }
        Ok(())
    }

    /// The files first, then the journal that says so: at every moment it is true.
    fn commit(&mut self) -> Result<()> {
        let Some(durable) = &mut self.durable else { return Ok(()) };
        let state = State {
            output: self.output.commit()?,
            quarantine: durable.quarantine.commit()?,
            totals: self.totals.clone(),
            run_info: None,
        };
        durable.journal.commit(&state)?;
        self.committed = self.totals.read;
        self.last_commit = Instant::now();
        Ok(())
    }

    /// Ends a run early, so that the same command resumes after what is safe. Returns where that is.
    pub fn stop(&mut self) -> Result<String> {
        if self.durable.is_none() {
            self.output.stop()?;
            let place = output_name(&self.layout);
            return Ok(format!("{} documents, which are in {place}", self.totals.read));
        }
        if self.output.can_commit() {
            self.commit()?;
        } else {
            self.output.stop()?;
        }
        Ok(format!(
            "{} documents, which are in {}; repeat the command to resume",
            self.committed,
            self.layout.partial().display()
        ))
    }

    /// The error of a run in which more documents failed than may; what was done is kept.
    pub fn too_many_failures(mut self, error: &Error) -> Error {
        match self.stop() {
            Ok(kept) => {
                anyhow!(
                    "{error}. Fix the inputs or allow more failures with --max-failures; stopped after {kept}"
                )
            }
            Err(error) => self.broken(error),
        }
    }

    /// What to do about an error of the disk.
    pub fn broken(self, error: Error) -> Error {
        if self.durable.is_none() {
            return error;
        }
        let journal = self.layout.journal();
        if journal.exists() {
            anyhow!(
                "{error}. {} documents are safe ({}). Fix the problem and repeat the command to resume",
                self.committed,
                journal.display()
            )
        } else {
            anyhow!(
                "{error}. Restore the folder and repeat the command to resume after the {} documents in it, or create an \
                 empty folder to start over",
                self.committed
            )
        }
    }

    /// Gives up before the work: what an earlier run has left stays.
    pub fn abandon(self) -> Result<()> {
        if self.committed == 0 { self.discard() } else { Ok(()) }
    }

    /// Gives up: nothing is left of the run.
    pub fn discard(self) -> Result<()> {
        drop(self.output);
        let Some(durable) = self.durable else { return Ok(()) };
        drop(durable.quarantine);
        durable.journal.check()?;
        discard(&self.layout)?;
        Ok(durable.journal.remove()?)
    }

    /// Ends the run and puts everything in its place.
    pub fn finish(&mut self, info: &RunInfo) -> Result<()> {
        let sealed = self.output.seal()?;
        let Some(durable) = &mut self.durable else { return Ok(()) };
        let quarantine = durable.quarantine.commit()?;
        let (shards, totals) = (self.layout.shards(), Some(run_totals(&self.totals)));
        let info = RunInfo { totals, shards, ..info.clone() }.of(&sealed).write(&self.layout)?;
        let totals = self.totals.clone();
        durable.journal.done(&State { output: sealed.position, quarantine, totals, run_info: Some(info) })?;
        self.committed = self.totals.read;
        durable.journal.check()?;
        publish(&self.layout)?;
        Ok(durable.journal.remove()?)
    }
}

/// What `run.json` reports of the totals: nothing that depends on how a run went.
fn run_totals(totals: &Totals) -> RunTotals {
    let &Totals { read, ok, failed, filtered, duplicates, marked, .. } = totals;
    RunTotals { read, ok, failed, filtered, duplicates, marked }
}

fn entry(finished: &Finished<Line>, line: u64) -> Entry {
    Entry {
        id: finished.id.clone(),
        sha256: finished.source.sha256.clone(),
        bytes: finished.source.bytes,
        modified: finished.source.modified,
        ending: match finished.status {
            Status::Ok => Ending::Ok,
            Status::Failed => Ending::Failed,
            Status::Filtered => Ending::Filtered,
            Status::Duplicate => Ending::Duplicate,
        },
        line,
        signature: finished.output.as_ref().and_then(|line| line.first.clone()),
    }
}

/// What the quarantine says of a document that failed.
pub fn failed_document(finished: &Finished<Line>, attempt: u32) -> Option<FailedDocument> {
    let failure = finished.failure.as_ref()?;
    Some(FailedDocument {
        id: finished.id.clone(),
        source: finished.source.clone(),
        stage: failure.stage.clone(),
        message: failure.message.clone(),
        causes: failure.causes.clone(),
        attempt,
    })
}

/// The output as a person calls it.
pub fn output_name(layout: &Layout) -> String {
    let name = layout.name();
    if name.as_os_str() == "-" { "standard output".to_owned() } else { name.display().to_string() }
}
