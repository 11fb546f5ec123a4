//! Lines to the parts of a folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::frames::FrameFile;
use crate::output::Position;
use crate::shards::{Cutter, Part, Shards, part_name};
use crate::{Compression, JsonlError, Layout};

/// Lines to the parts of a folder.
pub(crate) struct Folder {
    layout: Layout,
    cutter: Cutter,
    /// The parts that are open: the last one, or all.
    files: Vec<FrameFile>,
    /// Number of the first of them.
    first: usize,
}

impl Folder {
    /// Makes the folder, in place of one that was left unfinished.
    pub fn create(layout: &Layout, shards: Shards) -> Result<Self, JsonlError> {
        crate::discard(layout)?;
        let partial = layout.partial();
        fs::create_dir(&partial).map_err(JsonlError::io(&partial))?;
        let mut folder = Self::new(layout, shards, 0);
        for part in 0..folder.cutter.open() {
            folder.files.push(FrameFile::create(&folder.path(part), layout.compression())?);
        }
        Ok(folder)
    }

    /// Goes on at a position.
    pub fn resume(layout: &Layout, shards: Shards, at: &Position) -> Result<Self, JsonlError> {
        let mut folder = Self::new(layout, shards, at.part);
        for (i, &length) in at.bytes.iter().enumerate() {
            let path = folder.path(at.part + i);
            folder.files.push(FrameFile::resume(&path, layout.compression(), length)?);
        }
        folder.remove_later_parts()?;
        Ok(folder)
    }

    fn new(layout: &Layout, shards: Shards, first: usize) -> Self {
        let cutter = Cutter::new(shards, layout.compression());
        Self { layout: layout.clone(), cutter, files: Vec::new(), first }
    }

    pub fn compression(&self) -> Compression {
        self.layout.compression()
    }

    pub fn position(&self) -> Position {
        Position { part: self.first, bytes: self.files.iter().map(FrameFile::length).collect() }
    }

    pub fn parts(&self) -> Vec<Part> {
        self.cutter.parts().to_vec()
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
            self.files = vec![FrameFile::create(&self.path(part), self.compression())?];
            self.first = part;
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
