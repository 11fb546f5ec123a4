//! A process that is watched while it runs: time and memory, its children's too. Linux only, by /proc.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often memory is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// What a process took.
#[derive(Debug, Clone)]
pub struct Watched {
    /// From start to end.
    pub seconds: f64,
    /// Processor time, children included (in hundredths of a second).
    pub cpu: f64,
    /// The most memory at one moment, children included, what they share counted once (MB).
    pub peak: f64,
    /// What it wrote to standard output.
    pub output: Vec<u8>,
}

/// Runs a command to its end.
pub fn watch(command: &mut Command) -> Result<Watched> {
    let program = command.get_program().to_string_lossy().into_owned();
    let before = children_cpu()?;
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| program.clone())?;
    let mut stdout = child.stdout.take().context("no pipe to standard output")?;
    // Read beside: a full pipe would stop the child.
    let reader = thread::spawn(move || {
        let mut output = Vec::new();
        std::io::Read::read_to_end(&mut stdout, &mut output).map(|_| output)
    });
    let mut peak = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(memory_of(child.id()));
        thread::sleep(INTERVAL);
    };
    let seconds = start.elapsed().as_secs_f64();
    let cpu = children_cpu()? - before;
    let output = reader.join().map_err(|_| anyhow::anyhow!("{program}: its output was not read"))??;
    if !status.success() {
        bail!("{program}: {status}");
    }
    Ok(Watched { seconds, cpu, peak, output })
}

/// Memory of a process and all below it (MB): the proportional set size, which counts a page that N processes share
/// as one N-th of a page for each. Of one process it is at most the resident set size.
fn memory_of(process: u32) -> f64 {
    let tree = descendants(process);
    let kilobytes = tree.into_iter().filter_map(|process| {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()
    });
    kilobytes.sum::<f64>() / 1024.0
}

/// A process and all below it.
fn descendants(process: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let parent = fields_of(&entry.path().join("stat").display().to_string())
            .and_then(|fields| fields.get(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![process];
    let mut next = 0;
    while let Some(process) = found.get(next) {
        found.extend(children.remove(process).unwrap_or_default());
        next += 1;
    }
    found
}

/// Processor time of the children that this process has waited for (seconds).
fn children_cpu() -> Result<f64> {
    let fields = fields_of("/proc/self/stat").context("/proc/self/stat cannot be read")?;
    // cutime and cstime, the 16th and 17th of proc(5), in clock ticks of a hundredth of a second.
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(13) + ticks(14)) / 100.0)
}

/// The fields of a `stat` file behind the process's name, which may contain anything.
fn fields_of(path: &str) -> Option<Vec<String>> {
    let stat = fs::read_to_string(path).ok()?;
    let (_, behind) = stat.rsplit_once(')')?;
    Some(behind.split_whitespace().map(str::to_owned).collect())
}
