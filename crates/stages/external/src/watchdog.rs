//! What ends the children of a docmill that was killed, and so cannot end them itself.

use std::io::Write as _;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::marked::MARK;

/// A shell that reads the numbers of process groups, `+7` for one that lives and `-7` for one that was ended. Its input
/// ends when docmill does, whatever ended it. Then it kills the groups that still live and, where there is `/proc`, every
/// process with a mark of this docmill, which also reaches what left its group and what was started a moment ago.
const SCRIPT: &str = r#"
trap '' HUP INT TERM
live=' '
while read -r line; do
    group=${line#?}
    case $line in
        +*) live="$live$group " ;;
        *) case $live in *" $group "*) live="${live%% $group *} ${live#* $group }" ;; esac ;;
    esac
done
for group in $live; do kill -s KILL -- "-$group"; done
for pass in 1 2 3 4 5 6 7 8 9 10; do
    found=$(grep -laF "$1" /proc/[0-9]*/environ)
    for path in $found; do path=${path#/proc/}; kill -s KILL "${path%/environ}"; done
    [ -n "$found" ] || exit 0
done
"#;

/// The input of the shell.
static SHELL: Mutex<Shell> = Mutex::new(Shell::NotStarted);

enum Shell {
    NotStarted,
    Runs(ChildStdin),
    /// There is none.
    Missing,
}

/// Starts the shell, before the first child is started.
pub fn watch() {
    write("");
}

/// Notes a process group that lives, or one that was ended.
pub fn note(group: u32, lives: bool) {
    let sign = if lives { '+' } else { '-' };
    write(&format!("{sign}{group}\n"));
}

fn write(line: &str) {
    let mut shell = SHELL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Shell::NotStarted = *shell {
        *shell = start().map_or(Shell::Missing, Shell::Runs);
    }
    if let Shell::Runs(input) = &mut *shell {
        // If somebody has killed the shell, docmill still ends its children unless it is killed too.
        let _ = input.write_all(line.as_bytes());
    }
}

/// Starts the shell, in a group of its own: what kills all of docmill's group does not kill it.
#[cfg(unix)]
fn start() -> Option<ChildStdin> {
    use std::os::unix::process::CommandExt as _;
    let mark = format!("{MARK}={}-", std::process::id());
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", SCRIPT, "docmill-watchdog", &mark]).process_group(0).env_remove(MARK).current_dir("/");
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().ok()?.stdin
}

#[cfg(not(unix))]
fn start() -> Option<ChildStdin> {
    None
}
