//! The journal of a run that goes on.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::chain::Chain;
use crate::holder::holder;
use crate::line::{Header, LineRef, VERSION, push};
use crate::recovered::recover;
use crate::{Checkpoint, Entries, Entry, JournalError, Recovered};

/// How long another process may take to go.
const LOCK_WAIT: Duration = Duration::from_secs(2);
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The journal of a run that goes on. `S` is what a commit says of the output.
///
/// It is locked: no other process can write the same output at the same time.
#[derive(Debug)]
pub struct Journal<S> {
    path: PathBuf,
    file: File,
    /// Lines since the last commit.
    pending: Vec<u8>,
    /// Checksum up to the end of them.
    chain: Chain,
    state: PhantomData<fn() -> S>,
}

impl<S: Serialize + DeserializeOwned> Journal<S> {
    /// Opens and locks a journal, or makes an empty one.
    ///
    /// # Errors
    /// Those of the system, [`JournalError::Busy`], [`JournalError::Finished`].
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = open.map_err(JournalError::io(path))?;
        lock(path, &file)?;
        // Its holder may have removed it before it let go: then the lock is on a file that nobody else will find, and
        // a third process may hold the lock on a new one.
        if !is_at(path, &file) {
            return Err(JournalError::Finished { path: path.to_owned() });
        }
        let (pending, chain) = (Vec::new(), Chain::default());
        Ok(Self { path: path.to_owned(), file, pending, chain, state: PhantomData })
    }

    /// What an earlier run left in it.
    ///
    /// # Errors
    /// Those of the system, [`JournalError::Version`], [`JournalError::Damaged`].
    pub fn recovered(&self) -> Result<Option<Recovered<S>>, JournalError> {
        recover(&self.path, &self.file)
    }

    /// Begins anew, for an output that these facts decide.
    ///
    /// # Errors
    /// Those of the system.
    pub fn begin(&mut self, facts: Value) -> Result<(), JournalError> {
        self.pending.clear();
        self.chain = Chain::default();
        push::<S>(
            &mut self.pending,
            &mut self.chain,
            &LineRef::Journal(&Header { version: VERSION, facts }),
        )?;
        self.cut(0)?;
        self.append()?;
        sync_folder(&self.path);
        Ok(())
    }

    /// Goes on from a mark: what follows it is forgotten.
    ///
    /// # Errors
    /// Those of the system.
    pub fn resume(&mut self, checkpoint: &Checkpoint<S>) -> Result<(), JournalError> {
        self.pending.clear();
        self.chain = checkpoint.chain;
        self.cut(checkpoint.end)?;
        self.file.sync_data().map_err(JournalError::io(&self.path))
    }

    /// The entries before a mark, in input order.
    ///
    /// # Errors
    /// If the journal cannot be opened a second time.
    pub fn entries(&self, checkpoint: &Checkpoint<S>) -> Result<Entries<S>, JournalError> {
        Entries::open(&self.path, checkpoint.end)
    }

    /// Notes an input that is done; it counts from the next commit on.
    ///
    /// # Errors
    /// None in practice: an entry always serializes.
    pub fn note(&mut self, entry: &Entry) -> Result<(), JournalError> {
        Ok(push::<S>(&mut self.pending, &mut self.chain, &LineRef::Doc(entry))?)
    }

    /// Bytes of memory that hold what was noted since the last commit.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Commits what was noted, safely on the disk. The output must be safe on the disk already, as `state` says.
    ///
    /// # Errors
    /// Those of the system. The journal holds then what it held before, and perhaps a torn line, which does not count.
    pub fn commit(&mut self, state: &S) -> Result<(), JournalError> {
        push(&mut self.pending, &mut self.chain, &LineRef::Commit(state))?;
        self.append()
    }

    /// Notes that everything is done, all but putting the output in place. That is no commit to go on from: the
    /// output has ended.
    ///
    /// # Errors
    /// Those of the system.
    pub fn done(&mut self, state: &S) -> Result<(), JournalError> {
        push(&mut self.pending, &mut self.chain, &LineRef::Done(state))?;
        self.append()
    }

    /// Whether this is still the journal of the output: asked for before anything is renamed or removed.
    ///
    /// # Errors
    /// [`JournalError::Gone`] if the file is no longer under its name.
    pub fn check(&self) -> Result<(), JournalError> {
        if is_at(&self.path, &self.file) {
            Ok(())
        } else {
            Err(JournalError::Gone { path: self.path.clone() })
        }
    }

    /// Removes the journal: the output is in place.
    ///
    /// # Errors
    /// Those of the system, [`JournalError::Gone`].
    pub fn remove(&self) -> Result<(), JournalError> {
        // Nobody else removes it between these two steps: that takes the lock, which is ours.
        self.check()?;
        fs::remove_file(&self.path).map_err(JournalError::io(&self.path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn cut(&mut self, at: u64) -> Result<(), JournalError> {
        self.file.set_len(at).map_err(JournalError::io(&self.path))?;
        self.file.seek(SeekFrom::Start(at)).map(drop).map_err(JournalError::io(&self.path))
    }

    fn append(&mut self) -> Result<(), JournalError> {
        // A removed file takes what is written, and everything would be lost at the end.
        self.check()?;
        let written = self.file.write_all(&self.pending).and_then(|()| self.file.sync_data());
        self.pending.clear();
        written.map_err(JournalError::io(&self.path))
    }
}

/// True if a file is what its name leads to.
#[cfg(unix)]
fn is_at(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    path.metadata().ok().map(identity) == file.metadata().ok().map(identity)
}

#[cfg(not(unix))]
fn is_at(path: &Path, _file: &File) -> bool {
    path.exists()
}

/// Makes the journal's name outlive a power cut. Not every system can do so; without the journal, the run begins anew.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Takes the lock; waits a little, since a process that was killed may take a moment to go.
fn lock(path: &Path, file: &File) -> Result<(), JournalError> {
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if waited < LOCK_WAIT => {
                thread::sleep(LOCK_PAUSE);
                waited += LOCK_PAUSE;
            }
            Err(TryLockError::WouldBlock) => {
                return Err(JournalError::Busy { path: path.to_owned(), holder: holder(file) });
            }
            // Some file systems know no locks.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(JournalError::io(path)(error)),
        }
    }
}
