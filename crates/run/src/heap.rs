//! How the C library's allocator keeps memory.

/// From this size on an allocation is a mapping of its own, which is gone as soon as it is freed (bytes).
///
/// Documents of some kilobytes need none so large; texts, words and lines of long ones do.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OWN_MAPPING: libc::c_int = 256 << 10;

/// Makes what is freed go back to the system at once, for the rest of the process. Costs 1 to 2% of the time of a run
/// with the model.
///
/// Left alone, glibc raises the limit from which allocations are mappings up to 32 MB as large ones are freed, and keeps
/// a heap for each thread, with what large documents left there: a run that was to stay below 100 MB (the texts of
/// `tests/it/memory.rs`, release build) took 104, and 95 after this call. With other C libraries this does nothing.
///
/// Says whether it was done.
pub fn give_back() -> bool {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "the C library has no safe way to say it")]
        // SAFETY: mallopt only sets parameters of the allocator, under its own lock; glibc's manual lists both.
        let set = |parameter, value| unsafe { libc::mallopt(parameter, value) } == 1;
        // A parameter that is set is not raised by itself any more.
        set(libc::M_MMAP_THRESHOLD, OWN_MAPPING) && set(libc::M_TRIM_THRESHOLD, OWN_MAPPING)
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    false
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use std::fs;

    /// Memory of this process in a kind of `/proc/self/status` (kB).
    fn resident() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        line.and_then(|kb| kb.parse().ok()).unwrap_or(0)
    }

    #[test]
    fn what_is_freed_is_gone() {
        assert!(super::give_back());
        // Freed from the first on, so that the last alone would keep a heap as large as all.
        let blocks: Vec<Vec<u8>> = (0..64).map(|i| vec![i; 1 << 20]).collect();
        let full = resident();
        let last: Vec<Vec<u8>> = blocks.into_iter().skip(63).collect();
        assert!(resident() + 40_000 < full, "{} of {full} kB", resident());
        assert_eq!(last[0][0], 63);
    }
}
