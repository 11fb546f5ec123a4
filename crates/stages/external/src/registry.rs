//! The children that are alive, so that none outlives docmill.

use std::collections::BTreeMap;
use std::process::Child;
use std::sync::{Mutex, PoisonError};

use crate::marked::kill_marked;
use crate::watchdog;

/// Process groups of the children that are alive, with their marks. Each child leads a group of its own: so a Ctrl-C in
/// the terminal, which docmill answers by finishing the documents in flight, does not end it, and its own children end
/// with it.
static LIVE: Mutex<BTreeMap<u32, String>> = Mutex::new(BTreeMap::new());

/// Ends every child at once, for a program that is about to end without dropping its stages.
pub fn kill_all() {
    let live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
    // What is killed here is waited for by nobody; the system does so when docmill has ended.
    live.keys().for_each(|&group| kill_group(group));
    kill_marked(&live.values().map(String::as_str).collect::<Vec<_>>());
}

/// A child's process group.
pub struct Group(Option<u32>);

impl Group {
    /// Notes a child that was started in a group of its own, with its mark.
    pub fn of(child: &Child, mark: String) -> Self {
        LIVE.lock().unwrap_or_else(PoisonError::into_inner).insert(child.id(), mark);
        watchdog::note(child.id(), true);
        Self(Some(child.id()))
    }

    /// Ends the child and all that it has started. To be called before the child was waited for, or at once after it: as
    /// long as one of the group is alive its number belongs to nobody else, and for a while after.
    pub fn kill(&mut self, child: &mut Child) {
        if let Some(group) = self.0.take() {
            kill_group(group);
            watchdog::note(group, false);
            let mark = LIVE.lock().unwrap_or_else(PoisonError::into_inner).remove(&group);
            kill_marked(&mark.iter().map(String::as_str).collect::<Vec<_>>());
        }
        // Where there are no groups. It may have ended by itself.
        let _ = child.kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0.take() {
            watchdog::note(group, false);
            LIVE.lock().unwrap_or_else(PoisonError::into_inner).remove(&group);
        }
    }
}

#[cfg(unix)]
fn kill_group(group: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(pid) = i32::try_from(group).ok().and_then(Pid::from_raw) {
        // A group that has ended is no fault.
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_group: u32) {}
