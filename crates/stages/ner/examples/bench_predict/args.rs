//! The command line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::Result;

/// What the command line says.
pub struct Args {
    /// docmill's: `native` or `rust-bert`.
    pub engine: String,
    pub model: PathBuf,
    pub text: PathBuf,
    /// Turns between two of the slow peers'.
    pub slow_every: usize,
    /// An interpreter with the packages of models/train, for the peers in Python.
    pub python: Option<PathBuf>,
    /// Their script.
    pub peers: PathBuf,
}

impl Args {
    pub fn read() -> Result<Self> {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        let mut words = std::env::args().skip(1);
        while let Some(flag) = words.next() {
            let name = flag.strip_prefix("--").ok_or_else(|| format!("what is `{flag}`?"))?;
            values.insert(name.to_owned(), words.next().ok_or_else(|| format!("`{flag}` needs a value"))?);
        }
        let mut take = |name: &str| values.remove(name);
        let args = Self {
            engine: take("engine").unwrap_or_else(|| "native".to_owned()),
            model: take("model").ok_or("--model FOLDER is needed")?.into(),
            text: take("text").ok_or("--text FOLDER is needed")?.into(),
            slow_every: take("slow-every").map_or(Ok(1), |n| n.parse())?,
            python: take("python").map(PathBuf::from),
            peers: take("peers").unwrap_or_else(|| "models/train/bench_peers.py".to_owned()).into(),
        };
        match values.keys().next() {
            Some(unknown) => Err(format!("unknown option --{unknown}").into()),
            None if args.slow_every == 0 => Err("--slow-every is 1 or more".into()),
            None => Ok(args),
        }
    }
}
