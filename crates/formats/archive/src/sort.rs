//! Sorts more entries than fit in memory.
//!
//! Own code rather than the crate `extsort`: that one counts entries, not bytes, has every run open at once, and needs
//! `skeptic` to be built.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// What a sorter keeps in memory (bytes) before it writes a sorted run.
const BUDGET: usize = 64 << 20;
/// Sorted runs that are merged at once: more would be more open files than some systems allow.
const RUNS: usize = 64;
/// What an entry takes besides its bytes.
const OVERHEAD: usize = size_of::<Entry>() + 16;

/// Key and value.
type Entry = (String, String);

/// Entries in, the same entries sorted by their key out; entries of one key stay in their order. Memory does not grow with
/// them.
///
/// ```
/// use docmill_archive::sort::Sorter;
///
/// let mut sorter = Sorter::new();
/// for (key, value) in [("b", "1"), ("a", "2"), ("b", "3")] {
///     sorter.push(key.into(), value.into())?;
/// }
/// let entries = sorter.sorted()?.collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(entries, [("a".into(), "2".into()), ("b".into(), "1".into()), ("b".into(), "3".into())]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Sorter {
    entries: Vec<Entry>,
    bytes: usize,
    budget: usize,
    /// Those on the disk, the earliest first.
    runs: Vec<File>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self::new()
    }
}

impl Sorter {
    /// An empty one.
    pub fn new() -> Self {
        Self::with_budget(BUDGET)
    }

    fn with_budget(budget: usize) -> Self {
        Self { entries: Vec::new(), bytes: 0, budget, runs: Vec::new() }
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn push(&mut self, key: String, value: String) -> io::Result<()> {
        self.bytes += key.len() + value.len() + OVERHEAD;
        self.entries.push((key, value));
        if self.bytes > self.budget { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut entries = std::mem::take(&mut self.entries);
        self.bytes = 0;
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        self.runs.push(written(entries.into_iter().map(Ok))?);
        if self.runs.len() == RUNS {
            let merged = Sorted::new(std::mem::take(&mut self.runs), Vec::new())?;
            self.runs.push(written(merged)?);
        }
        Ok(())
    }

    /// All entries in order.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        self.entries.sort_by(|a, b| a.0.cmp(&b.0));
        Sorted::new(self.runs, self.entries)
    }
}

/// A run on the disk, from its beginning. The file has no name, so nothing of it is left whatever happens.
fn written(entries: impl Iterator<Item = io::Result<Entry>>) -> io::Result<File> {
    let mut out = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
    for entry in entries {
        let (key, value) = entry?;
        for text in [&key, &value] {
            let length =
                u32::try_from(text.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
            out.write_all(&length.to_le_bytes())?;
            out.write_all(text.as_bytes())?;
        }
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// The next text of a run; none at the end.
fn text(reader: &mut impl Read) -> io::Result<Option<String>> {
    let mut length = [0; 4];
    match reader.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    reader.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The entries of a sorter, in order.
#[derive(Debug)]
pub struct Sorted {
    runs: Vec<BufReader<File>>,
    /// Those that were never on the disk, and later than all that were.
    rest: std::vec::IntoIter<Entry>,
    /// The next entry of each run. The run's number stands before the value, so that entries of one key keep their order.
    next: BinaryHeap<Reverse<(String, usize, String)>>,
}

impl Sorted {
    fn new(runs: Vec<File>, rest: Vec<Entry>) -> io::Result<Self> {
        let runs: Vec<_> = runs.into_iter().map(|run| BufReader::with_capacity(1 << 16, run)).collect();
        let count = runs.len();
        let mut sorted = Self { runs, rest: rest.into_iter(), next: BinaryHeap::new() };
        for run in 0..=count {
            sorted.fetch(run)?;
        }
        Ok(sorted)
    }

    /// Reads the next entry of a run; the number behind the last is that of the entries in memory.
    fn fetch(&mut self, run: usize) -> io::Result<()> {
        let entry = match self.runs.get_mut(run) {
            None => self.rest.next(),
            Some(reader) => match text(reader)? {
                None => None,
                Some(key) => {
                    let value = text(reader)?.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
                    Some((key, value))
                }
            },
        };
        if let Some((key, value)) = entry {
            self.next.push(Reverse((key, run, value)));
        }
        Ok(())
    }

    fn next_entry(&mut self) -> io::Result<Option<Entry>> {
        let Some(Reverse((key, run, value))) = self.next.pop() else { return Ok(None) };
        self.fetch(run)?;
        Ok(Some((key, value)))
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_entry().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_over_the_disk_comes_back_in_order() {
        // About 40 runs; and about 400, which are merged on the way.
        for budget in [8_000, 800] {
            let mut sorter = Sorter::with_budget(budget);
            let entries: Vec<Entry> =
                (0..3000u32).map(|i| (format!("k{:03}\t", i * 7919 % 300), format!("v{i}\n"))).collect();
            for (key, value) in entries.clone() {
                sorter.push(key, value).unwrap();
            }
            assert!((2..RUNS).contains(&sorter.runs.len()), "{}", sorter.runs.len());
            let mut expected = entries;
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            let found: Vec<_> = sorter.sorted().unwrap().collect::<io::Result<_>>().unwrap();
            assert_eq!(found, expected);
        }
    }
}
