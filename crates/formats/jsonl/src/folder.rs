//! Lines to the parts of a folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::frames::FrameFile;
use crate::position::Position;
use crate::shards::{Cutter, Part, Shards, part_name};
use crate::{Compression, JsonlError, Layout, Seal};

/// Lines to the parts of a folder.
pub(crate) struct Folder {
    layout: Layout,
    cutter: Cutter,
    /// The parts that are open: the last one, or all.
    files: Vec<FrameFile>,
    /// Number of the first of them.
    first: usize,
    /// The parts before it.
    closed: Vec<Seal>,
    /// Of these, how many the last position told of.
    told: usize,
}

impl Folder {
    /// Makes the folder, in place of one that was left unfinished.
    pub fn create(layout: &Layout, shards: Shards) -> Result<Self, JsonlError> {
        crate::discard(layout)?;
        let partial = layout.partial();
        fs::create_dir(&partial).map_err(JsonlError::io(&partial))?;
        let mut folder = Self::new(layout, shards, Vec::new());
        for part in 0..folder.cutter.open() {
            folder.files.push(FrameFile::create(&folder.path(part), layout.compression())?);
        }
        Ok(folder)
    }

    /// Resumes at a position, which tells of every part that is closed.
    pub fn resume(layout: &Layout, shards: Shards, at: &Position) -> Result<Self, JsonlError> {
        let mut folder = Self::new(layout, shards, at.closed.clone());
        for (part, seal) in at.closed.iter().enumerate() {
            seal.check(&folder.path(part))?;
        }
        for (i, seal) in at.open.iter().enumerate() {
            let path = folder.path(folder.first + i);
            folder.files.push(FrameFile::resume(&path, layout.compression(), seal)?);
        }
        folder.remove_later_parts()?;
        Ok(folder)
    }

    fn new(layout: &Layout, shards: Shards, closed: Vec<Seal>) -> Self {
        let cutter = Cutter::new(shards, layout.compression());
        let (first, told) = (closed.len(), closed.len());
        Self { layout: layout.clone(), cutter, files: Vec::new(), first, closed, told }
    }

    pub fn compression(&self) -> Compression {
        self.layout.compression()
    }

    /// Where it is now; tells of the parts that were closed since it was last asked for.
    pub fn position(&mut self) -> Position {
        let closed = self.closed.iter().skip(self.told).cloned().collect();
        self.told = self.closed.len();
        Position { closed, open: self.files.iter().map(FrameFile::seal).collect() }
    }

    /// Closes the parts that are open: they are as they will stay.
    pub fn close(&mut self) {
        self.closed.extend(self.files.drain(..).map(|file| file.seal()));
        self.first = self.closed.len();
    }

    /// All parts, once they are closed.
    pub fn parts(&self) -> Vec<Part> {
        let parts = self.cutter.parts().iter().zip(&self.closed);
        parts.map(|(part, seal)| Part { file: Some(seal.clone()), ..part.clone() }).collect()
    }

    /// Bytes of the lines in each part that is open, before compression.
    pub fn open_bytes(&self) -> impl Iterator<Item = u64> {
        self.cutter.parts().iter().skip(self.first).map(|part| part.bytes)
    }

    /// Counts a line that is there already.
    pub fn pass(&mut self, line_bytes: u64) {
        if line_bytes > 0 {
            self.cutter.place(line_bytes);
        }
    }

    /// Writes a line; true if it is the first of a new part, whose predecessor is closed.
    pub fn write(&mut self, line: &[u8]) -> Result<bool, JsonlError> {
        let part = self.cutter.place(line.len() as u64);
        let new = part >= self.first + self.files.len();
        if new {
            self.each(|file| file.end_frame().and_then(|()| file.sync()))?;
            self.close();
            self.files = vec![FrameFile::create(&self.path(part), self.compression())?];
        }
        self.files[part - self.first].write(line)?;
        Ok(new)
    }

    /// Does something to each part that is open.
    pub fn each(
        &mut self,
        act: impl FnMut(&mut FrameFile) -> Result<(), JsonlError>,
    ) -> Result<(), JsonlError> {
        self.files.iter_mut().try_for_each(act)
    }

    fn path(&self, part: usize) -> PathBuf {
        self.layout.partial().join(part_name(part, self.compression()))
    }

    /// Parts behind the position that is gone on from.
    fn remove_later_parts(&self) -> Result<(), JsonlError> {
        for part in self.first + self.files.len().. {
            let path = self.path(part);
            match fs::remove_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                result => result.map_err(JsonlError::io(&path))?,
            }
        }
        Ok(())
    }
}
