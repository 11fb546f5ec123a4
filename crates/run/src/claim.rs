//! The right to write an output, for commands that write all of it at once.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use docmill_engine::Totals;
use docmill_journal::{Journal, Recovered};
use docmill_jsonl::{Compression, Layout, Position, Seal, Shards, discard, publish};
use serde::Deserialize;
use serde_json::json;

use crate::ledger::State;
use crate::observer::Observer;

/// What the journal's facts say of a command that writes an output at once. A run has other facts.
#[derive(Deserialize)]
struct Facts {
    command: String,
    shards: Option<Shards>,
    compression: Compression,
}

/// The right to write an output: its journal, locked, as a run holds it.
///
/// Once everything is written the journal says so; whatever is interrupted after that, the next command puts the output
/// in its place.
pub struct Claim {
    layout: Layout,
    /// None for standard output and devices.
    journal: Option<Journal<State>>,
}

impl Claim {
    /// Claims an output that no run has begun.
    pub fn take(layout: &Layout, command: &str, observer: &dyn Observer) -> Result<Self> {
        let mut claim = Self { layout: layout.clone(), journal: None };
        if layout.is_durable() {
            let mut journal = Journal::open(&layout.journal())?;
            if let Some(recovered) = journal.recovered()?
                && !complete(&journal, &recovered, layout.name(), observer)?
            {
                bail!(
                    "{}: an unfinished run writes this output; repeat its command to finish it, or delete the journal",
                    journal.path().display()
                );
            }
            let (shards, compression) = (layout.shards(), layout.compression());
            journal.begin(json!({"command": command, "shards": shards, "compression": compression}))?;
            claim.journal = Some(journal);
        }
        Ok(claim)
    }

    /// Puts what was written in its place.
    pub fn publish(mut self, output: Position, quarantine: Seal, run_info: Option<Seal>) -> Result<()> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.done(&State { output, quarantine, totals: Totals::default(), run_info })?;
        publish(&self.layout)?;
        Ok(journal.remove()?)
    }

    /// Gives up: what was written goes, and what was there stays.
    pub fn discard(self) -> Result<()> {
        if let Some(journal) = &self.journal {
            journal.check()?;
            discard(&self.layout)?;
            journal.remove()?;
        }
        Ok(())
    }
}

/// Puts in its place what an interrupted command had written, if it was complete; true if the journal is of such a
/// command, so that nothing is left to do with it.
pub fn complete(
    journal: &Journal<State>,
    recovered: &Recovered<State>,
    name: &Path,
    observer: &dyn Observer,
) -> Result<bool> {
    let Ok(facts) = serde_json::from_value::<Facts>(recovered.facts.clone()) else { return Ok(false) };
    let layout = match facts.shards {
        Some(shards) => Layout::folder(name, shards, facts.compression)?,
        None => Layout::file(name)?,
    };
    if let Some(state) = &recovered.done {
        state.check(&layout, [state])?;
        journal.check()?;
        publish(&layout)?;
        observer.note(&format!(
            "{}: published the output of an interrupted `docmill {}`",
            name.display(),
            facts.command
        ));
    } else {
        discard(&layout)?;
        let _ = fs::remove_file(layout.retried());
    }
    Ok(true)
}

/// Does what [`complete`] does for an output that is about to be looked at, which may not be in place yet.
pub fn recover(name: &Path, observer: &dyn Observer) -> Result<()> {
    let path = Layout::file(name).or_else(|_| Layout::existing(name))?.journal();
    if !path.exists() {
        return Ok(());
    }
    let journal = Journal::open(&path)?;
    if let Some(recovered) = journal.recovered()?
        && complete(&journal, &recovered, name, observer)?
    {
        journal.remove()?;
    }
    Ok(())
}
