//! Where lines go.

use std::io::{self, StdoutLock, Write};
use std::path::Path;

use crate::folder::Folder;
use crate::frames::FrameFile;
use crate::layout::Kind;
use crate::position::{Position, Sealed};
use crate::shards::part_name;
use crate::{Compression, JsonlError, Layout, Shards};

/// A frame ends with the line that fills it. Frames, and so the bytes, depend on nothing but the lines; and so little
/// is lost when a run is killed.
const FRAME_BYTES: u64 = 1 << 20;
/// The same, for short lines.
const FRAME_LINES: u64 = 256;

/// Lines on their way to a file, to a folder of parts, or to standard output.
///
/// A file or folder is called `NAME.partial` until [`publish`](crate::publish).
pub struct Output {
    sink: Sink,
    /// Lines and their bytes since frames last ended.
    frame: (u64, u64),
    /// A frame ends at so many lines, or so many bytes.
    frame_limits: (u64, u64),
    /// Bytes of the lines before the place where it resumed.
    passed: u64,
}

enum Sink {
    Stdout(io::BufWriter<StdoutLock<'static>>),
    Device(FrameFile),
    File(FrameFile),
    Folder(Folder),
}

impl Output {
    /// Begins an output. An older one under the name stays until the new one is put in place.
    ///
    /// # Errors
    /// If the folder is missing or may not be written to.
    pub fn create(layout: &Layout) -> Result<Self, JsonlError> {
        let partial = layout.partial();
        let (name, compression) = (layout.name(), layout.compression());
        let sink = match layout.kind() {
            Kind::Stdout => Sink::Stdout(io::BufWriter::new(io::stdout().lock())),
            Kind::Device => Sink::Device(FrameFile::device(name, compression)?),
            Kind::File => Sink::File(FrameFile::create(&partial, compression)?),
            Kind::Folder(shards) => Sink::Folder(Folder::create(layout, shards)?),
        };
        Ok(Self::new(layout, sink))
    }

    /// Resumes at a position that is [joined](Position::joined) from all, behind which everything is cut off.
    /// [`Output::pass`] must be told of the lines before it, and [`Output::check_passed`] asked.
    ///
    /// # Errors
    /// Those of the system, and [`JsonlError::Changed`].
    pub fn resume(layout: &Layout, at: &Position) -> Result<Self, JsonlError> {
        let compression = layout.compression();
        let file = at.open.first().cloned().unwrap_or_default();
        let sink = match layout.kind() {
            Kind::Stdout | Kind::Device => return Self::create(layout),
            Kind::File => Sink::File(FrameFile::resume(&layout.partial(), compression, &file)?),
            Kind::Folder(shards) => Sink::Folder(Folder::resume(layout, shards, at)?),
        };
        Ok(Self::new(layout, sink))
    }

    fn new(layout: &Layout, sink: Sink) -> Self {
        // Every part is to have the end of a frame in it, and parts that are open together end theirs together.
        let frame_limits = match layout.shards() {
            None => (FRAME_LINES, FRAME_BYTES),
            Some(Shards::Bytes(most)) => (FRAME_LINES, FRAME_BYTES.min(most / 2)),
            Some(Shards::Documents(most)) => (FRAME_LINES.min(most), FRAME_BYTES),
            Some(Shards::Parts(parts)) => (FRAME_LINES * u64::from(parts), FRAME_BYTES * u64::from(parts)),
        };
        Self { sink, frame: (0, 0), frame_limits, passed: 0 }
    }

    /// True if the files are as long as the position says, or longer.
    pub fn reaches(layout: &Layout, at: &Position) -> bool {
        let partial = layout.partial();
        match layout.kind() {
            Kind::Stdout | Kind::Device => false,
            Kind::File => at.open.first().is_some_and(|seal| seal.reached_by(&partial)),
            Kind::Folder(_) => {
                let path = |part: usize| partial.join(part_name(part, layout.compression()));
                at.closed.iter().chain(&at.open).enumerate().all(|(part, seal)| seal.reached_by(&path(part)))
            }
        }
    }

    /// Checks an output that has ended, whether it is in place yet or not.
    ///
    /// # Errors
    /// [`JsonlError::Changed`] if it is not what was written, those of the system if it cannot be read.
    pub fn check_sealed(layout: &Layout, at: &Position) -> Result<(), JsonlError> {
        let partial = layout.partial();
        let at_hand = if partial.exists() { &partial } else { layout.place() };
        match layout.kind() {
            Kind::Stdout | Kind::Device => Ok(()),
            Kind::File => at.open.iter().try_for_each(|seal| seal.check(at_hand)),
            Kind::Folder(_) => at.closed.iter().enumerate().try_for_each(|(part, seal)| {
                seal.check(&at_hand.join(part_name(part, layout.compression())))
            }),
        }
    }

    /// Tells of a line that was written before [`Output::resume`], so that later ones go to the parts where they
    /// belong.
    pub fn pass(&mut self, line_bytes: u64) {
        self.passed += line_bytes;
        if let Sink::Folder(folder) = &mut self.sink {
            folder.pass(line_bytes);
        }
    }

    /// Checks that the lines that were passed are as many bytes as there are, as far as can be told: not of compressed
    /// files.
    ///
    /// # Errors
    /// [`JsonlError::Changed`] if they are not.
    pub fn check_passed(&self, layout: &Layout, at: &Position) -> Result<(), JsonlError> {
        if layout.compression() != Compression::None {
            return Ok(());
        }
        let written = at.open.iter().map(|seal| seal.bytes);
        let same = match &self.sink {
            Sink::Stdout(_) | Sink::Device(_) => true,
            Sink::File(_) => written.sum::<u64>() == self.passed,
            Sink::Folder(folder) => folder.open_bytes().eq(written),
        };
        let why = || "the lines that the journal lists are not as long as the file".to_owned();
        if same { Ok(()) } else { Err(JsonlError::Changed { path: layout.partial(), why: why() }) }
    }

    /// Writes one line, which ends with its line feed. Nothing is written for an empty one.
    ///
    /// # Errors
    /// Those of the system; a reader of standard output that has gone is [`io::ErrorKind::BrokenPipe`].
    pub fn write(&mut self, line: &[u8]) -> Result<(), JsonlError> {
        if line.is_empty() {
            return Ok(());
        }
        match &mut self.sink {
            Sink::Stdout(out) => {
                return out.write_all(line).map_err(JsonlError::io(Path::new("standard output")));
            }
            Sink::Device(file) | Sink::File(file) => file.write(line)?,
            Sink::Folder(folder) => {
                if folder.write(line)? {
                    self.frame = (0, 0);
                }
            }
        }
        self.frame.0 += 1;
        self.frame.1 += line.len() as u64;
        if self.frame.0 >= self.frame_limits.0 || self.frame.1 >= self.frame_limits.1 {
            self.end_frames()?;
        }
        Ok(())
    }

    fn end_frames(&mut self) -> Result<(), JsonlError> {
        self.frame = (0, 0);
        match &mut self.sink {
            Sink::Stdout(_) => Ok(()),
            Sink::Device(file) | Sink::File(file) => file.end_frame(),
            Sink::Folder(folder) => folder.each(FrameFile::end_frame),
        }
    }

    /// True if [`Output::commit`] can be called: between two frames, or anywhere in a file without compression.
    pub fn can_commit(&self) -> bool {
        let compression = match &self.sink {
            Sink::Stdout(_) | Sink::Device(_) => return false,
            Sink::File(file) => file.compression(),
            Sink::Folder(folder) => folder.compression(),
        };
        self.frame.0 == 0 || compression == Compression::None
    }

    /// Makes everything up to here outlive a power cut, and says where that is. Only where [`Output::can_commit`]
    /// allows it: the frames would end too early.
    ///
    /// # Errors
    /// Those of the system, and [`JsonlError::Gone`].
    pub fn commit(&mut self) -> Result<Position, JsonlError> {
        self.end_frames()?;
        match &mut self.sink {
            Sink::Stdout(_) | Sink::Device(_) => Ok(Position::default()),
            Sink::File(file) => {
                file.sync()?;
                Ok(Position { closed: Vec::new(), open: vec![file.seal()] })
            }
            Sink::Folder(folder) => {
                folder.each(|file| file.sync())?;
                Ok(folder.position())
            }
        }
    }

    /// Ends a run that stops early: what stands behind the last frame goes. To a pipe or standard output everything
    /// goes out.
    ///
    /// # Errors
    /// Those of the system.
    pub fn stop(&mut self) -> Result<(), JsonlError> {
        if self.can_commit() {
            return self.end_frames();
        }
        self.frame = (0, 0);
        match &mut self.sink {
            Sink::Stdout(_) | Sink::Device(_) => self.seal().map(drop),
            Sink::File(file) => file.drop_frame(),
            Sink::Folder(folder) => folder.each(FrameFile::drop_frame),
        }
    }

    /// Ends the output, safely on the disk; [`publish`](crate::publish) gives it its name.
    ///
    /// # Errors
    /// Those of the system.
    pub fn seal(&mut self) -> Result<Sealed, JsonlError> {
        self.frame = (0, 0);
        let mut sealed = Sealed::default();
        match &mut self.sink {
            Sink::Stdout(out) => out.flush().map_err(JsonlError::io(Path::new("standard output")))?,
            Sink::Device(file) => file.end()?,
            Sink::File(file) => {
                file.end()?;
                file.sync()?;
                sealed.file = Some(file.seal());
                sealed.position.open.push(file.seal());
            }
            Sink::Folder(folder) => {
                folder.each(|file| file.end().and_then(|()| file.sync()))?;
                folder.close();
                sealed.parts = folder.parts();
                sealed.position = folder.position();
            }
        }
        Ok(sealed)
    }
}
