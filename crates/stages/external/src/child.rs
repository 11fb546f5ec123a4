//! One child: started, spoken to, and ended for sure.
//!
//! Nothing here waits without a limit. What may block (writing to a child that does not read, reading from one that does
//! not write) is done by threads of their own, which nobody waits for: they end with the child's pipes.

use std::io::{BufReader, ErrorKind, Write as _};
use std::process::{Child as Process, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use crate::PROTOCOL;
use crate::fault::{Fault, excerpt};
use crate::handshake::{Greeting, Hello};
use crate::marked::mark;
use crate::passed_on::{next_line, pass_on, tell};
use crate::registry::Group;
use crate::watchdog;

/// Lines that are read before they are asked for.
const AHEAD: usize = 4;
/// How long a child may take to end once its input is closed, before it is killed.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long an answer may still be on its way from a child that has closed its input.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What is needed to start a child.
#[derive(Debug, Clone)]
pub struct Spec {
    /// What the config calls the stage.
    pub name: String,
    /// The program and its arguments; never empty.
    pub command: Vec<String>,
    /// Longest wait for the first line.
    pub start: Duration,
    /// Longest wait for a line.
    pub timeout: Duration,
    /// Longest line, in bytes.
    pub max_line: usize,
}

/// Something that a child did.
enum Event {
    Line(Vec<u8>),
    TooLong,
    OutputClosed,
    InputClosed,
}

/// A child that is running.
pub struct Child {
    process: Process,
    group: Group,
    input: Option<Sender<Vec<u8>>>,
    events: Receiver<Event>,
    deaf: bool,
    max_line: usize,
    hello: Hello,
}

impl Child {
    /// Starts a child and lets it say what it is.
    pub fn start(spec: &Spec) -> Result<Self, Fault> {
        let (mut process, mark) = spawn(spec)?;
        let group = Group::of(&process, mark);
        let (events_sender, events) = mpsc::sync_channel(AHEAD);
        if let Some(stdout) = process.stdout.take() {
            let (sender, most) = (events_sender.clone(), spec.max_line);
            thread::spawn(move || read_lines(stdout, &sender, most));
        }
        if let Some(stderr) = process.stderr.take() {
            let stage = format!("process.{}", spec.name);
            thread::spawn(move || pass_on(stderr, &stage, tell));
        }
        let input = process.stdin.take().map(|stdin| {
            let (input, lines) = mpsc::channel();
            thread::spawn(move || write_lines(stdin, &lines, &events_sender));
            input
        });
        let nothing = Hello {
            protocol: PROTOCOL,
            name: String::new(),
            version: String::new(),
            requires: vec![],
            provides: vec![],
        };
        let max_line = spec.max_line;
        let mut child = Self { process, group, input, events, deaf: false, max_line, hello: nothing };
        let greeting = Greeting { protocol: PROTOCOL, docmill: env!("CARGO_PKG_VERSION"), stage: &spec.name };
        child.send(&greeting)?;
        let line = child.receive(spec.start)?;
        child.hello = Hello::read(&line).map_err(|reason| {
            Fault::Garbage(format!(
                "its first line, `{}`: {reason}",
                excerpt(&String::from_utf8_lossy(&line))
            ))
        })?;
        Ok(child)
    }

    /// What it has said of itself.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Hands a line over. It is written in the child's own time.
    pub fn send(&self, message: &impl serde::Serialize) -> Result<(), Fault> {
        let mut line = serde_json::to_vec(message).map_err(|error| Fault::Garbage(error.to_string()))?;
        line.push(b'\n');
        // If it reads no more, what it has written may still answer.
        if let Some(input) = &self.input {
            let _ = input.send(line);
        }
        Ok(())
    }

    /// The next line that it writes.
    pub fn receive(&mut self, timeout: Duration) -> Result<Vec<u8>, Fault> {
        let mut deadline = Instant::now() + timeout;
        loop {
            if self.deaf {
                deadline = deadline.min(Instant::now() + LAST_WORDS);
            }
            match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Event::Line(line)) => return Ok(line),
                Ok(Event::TooLong) => return Err(Fault::Flood(self.max_line)),
                Ok(Event::InputClosed) => self.deaf = true,
                Ok(Event::OutputClosed) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Fault::Ended(self.ended(LAST_WORDS)));
                }
                Err(RecvTimeoutError::Timeout) if self.deaf => return Err(Fault::Deaf),
                Err(RecvTimeoutError::Timeout) => return Err(Fault::Silent(timeout)),
            }
        }
    }

    /// How it has ended, if it does so within `patience`.
    fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + patience;
        loop {
            match self.process.try_wait() {
                Ok(Some(status)) => {
                    // What it has started and left behind.
                    self.group.kill(&mut self.process);
                    return Some(status);
                }
                Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
                _ => return None,
            }
        }
    }

    /// Ends it at once.
    pub fn kill(mut self) {
        self.end_now();
    }

    fn end_now(&mut self) {
        self.input = None;
        self.group.kill(&mut self.process);
        // Whoever was killed ends; a program that hangs in the kernel is left to it.
        self.ended(FAREWELL);
    }
}

impl Drop for Child {
    /// Closes its input, upon which it should end, and kills it if it does not.
    fn drop(&mut self) {
        if self.input.take().is_some() && self.ended(FAREWELL).is_some() {
            return;
        }
        self.end_now();
    }
}

/// Starts the program; with its mark.
fn spawn(spec: &Spec) -> Result<(Process, String), Fault> {
    let program = spec.command.first().map_or("", String::as_str);
    let mut spawned = Command::new(program);
    spawned.args(spec.command.iter().skip(1)).env("DOCMILL_STAGE", &spec.name);
    spawned.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut spawned, 0);
    let mark = mark(&mut spawned);
    watchdog::watch();
    let process = spawned.spawn().map_err(|source| Fault::Start { program: program.to_owned(), source })?;
    Ok((process, mark))
}

fn read_lines(stdout: impl std::io::Read, events: &SyncSender<Event>, most: usize) {
    let mut from = BufReader::new(stdout);
    loop {
        let event = match next_line(&mut from, most) {
            Ok(Some(line)) => Event::Line(line),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Event::TooLong,
            Ok(None) | Err(_) => Event::OutputClosed,
        };
        let more = matches!(event, Event::Line(_));
        if events.send(event).is_err() || !more {
            return;
        }
    }
}

fn write_lines(mut stdin: ChildStdin, lines: &Receiver<Vec<u8>>, events: &SyncSender<Event>) {
    while let Ok(line) = lines.recv() {
        if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
            // Nobody may listen any more.
            let _ = events.send(Event::InputClosed);
            return;
        }
    }
}
