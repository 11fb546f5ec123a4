//! Who holds a lock.

use std::fs::File;

/// The process that holds the lock on a file, as far as the system tells: `process 4711 (docmill run in -o out.jsonl)`.
#[cfg(target_os = "linux")]
pub(crate) fn holder(file: &File) -> Option<String> {
    use std::fs;
    use std::os::unix::fs::MetadataExt;

    let inode = file.metadata().ok()?.ino();
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let process = locks.lines().find_map(|line| process_of(line, inode))?;
    let arguments = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let command = readable(&String::from_utf8_lossy(&arguments));
    Some(if command.is_empty() {
        format!("process {process}")
    } else {
        format!("process {process} ({command})")
    })
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn holder(_file: &File) -> Option<String> {
    None
}

/// The process of a line of `/proc/locks` that tells of a lock held on an inode:
/// `1: FLOCK  ADVISORY  WRITE 4711 fd:01:123 0 EOF`. A line of a process that waits has an arrow in the second place.
#[cfg(target_os = "linux")]
fn process_of(line: &str, inode: u64) -> Option<u32> {
    let mut fields = line.split_whitespace().skip(1);
    let kind = fields.next()?;
    let (process, place) = (fields.nth(2)?, fields.next()?);
    let same = place.rsplit(':').next()?.parse() == Ok(inode);
    // Another container's process is 0 here.
    process.parse().ok().filter(|&process| kind == "FLOCK" && same && process > 0)
}

/// The last part of the program's name and the arguments, without control characters, cut at 100 characters.
#[cfg(target_os = "linux")]
fn readable(arguments: &str) -> String {
    let mut words = arguments.split('\0').filter(|word| !word.is_empty());
    let program = words.next().and_then(|program| program.rsplit('/').next()).unwrap_or_default();
    let command = std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ");
    command.chars().filter(|c| !c.is_control()).take(100).collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn lines_of_proc_locks_are_understood() {
        let line = "12: FLOCK  ADVISORY  WRITE 4711 fd:01:123 0 EOF";
        assert_eq!(process_of(line, 123), Some(4711));
        assert_eq!(process_of(line, 23), None);
        assert_eq!(process_of("12: -> FLOCK  ADVISORY  WRITE 4712 fd:01:123 0 EOF", 123), None);
        assert_eq!(process_of("12: POSIX  ADVISORY  WRITE 4711 fd:01:123 0 EOF", 123), None);
        assert_eq!(process_of("", 123), None);
    }

    #[test]
    fn a_command_line_is_cleaned() {
        assert_eq!(readable("/usr/bin/docmill\0run\0\u{1b}[31min\0"), "docmill run [31min");
        assert_eq!(readable(&"x".repeat(500)).len(), 100);
    }
}
