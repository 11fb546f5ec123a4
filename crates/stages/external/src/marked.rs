//! What a child has started in sessions of its own.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

/// Environment variable with the mark of a child. What the child starts inherits it, also in a session of its own
/// (`setsid`), which is outside the child's group.
pub const MARK: &str = "DOCMILL_CHILD";

/// Marks a child that is about to be started: no other has this mark.
pub fn mark(command: &mut Command) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mark = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    command.env(MARK, &mark);
    mark
}

/// Ends all processes whose environment has one of these marks, wherever they are: a group does not reach what has called
/// `setsid`, and a parent's number does not reach what a process that has ended left behind.
///
/// Only on Linux, which shows the environment of one's own processes in `/proc`.
#[cfg(target_os = "linux")]
pub fn kill_marked(marks: &[&str]) {
    let marks: Vec<String> = marks.iter().map(|mark| format!("{MARK}={mark}")).collect();
    // Again until there is none: a process may have started another just before it was killed.
    for _ in 0..PASSES {
        if marks.is_empty() || !kill_once(&marks) {
            return;
        }
        std::thread::sleep(PAUSE);
    }
}

/// How often the processes are looked through, and how long those that were killed get in between to be gone.
#[cfg(target_os = "linux")]
const PASSES: usize = 50;
#[cfg(target_os = "linux")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(2);

/// True if a process was found.
#[cfg(target_os = "linux")]
fn kill_once(marks: &[String]) -> bool {
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
    let Ok(entries) = std::fs::read_dir("/proc") else { return false };
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let mut found = false;
    for process in numbers.filter_map(Pid::from_raw) {
        // Held before its environment is read: the number cannot go to another process in between.
        let Ok(held) = pidfd_open(process, PidfdFlags::empty()) else { continue };
        let path = format!("/proc/{}/environ", process.as_raw_nonzero());
        // Those of other users cannot be read.
        let Ok(environment) = std::fs::read(path) else { continue };
        let mut variables = environment.split(|&byte| byte == 0);
        if variables.any(|variable| marks.iter().any(|mark| mark.as_bytes() == variable)) {
            // It may have ended by itself.
            let _ = pidfd_send_signal(&held, Signal::KILL);
            found = true;
        }
    }
    found
}

#[cfg(not(target_os = "linux"))]
pub fn kill_marked(_marks: &[&str]) {}
