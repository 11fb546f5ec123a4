//! Wordpieces per second on one thread: `throughput MODEL TEXT [int8|fp32] [SECONDS] [INSTRUCTIONS]`.
//!
//! TEXT has one sentence a line, words between spaces. Prints the median over batches, by the thread's
//! own processor time where Linux tells it (other programs do not count), else by the clock.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use docmill_bert::{Checkpoint, Encoded, Encoder, Isa, Precision, Scratch, Sequence, WordPiece};
use docmill_core::StageError;

fn main() -> Result<(), StageError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, text, rest @ ..] = arguments.as_slice() else {
        println!("throughput MODEL TEXT [int8|fp32] [SECONDS] [INSTRUCTIONS]");
        return Ok(());
    };
    let precision = match rest.first().map(String::as_str) {
        Some("fp32") => Precision::Fp32,
        _ => Precision::Int8,
    };
    let seconds = rest.get(1).and_then(|s| s.parse().ok()).unwrap_or(10.0);
    let text = std::fs::read_to_string(text)
        .map_err(|e| StageError::file(text, e.to_string(), "give a text, one sentence a line"))?;

    let start = Instant::now();
    let folder = Path::new(model);
    let words = WordPiece::load(folder)?;
    let isa = match rest.get(2) {
        None => Isa::detect(),
        Some(name) => Isa::available().into_iter().find(|isa| isa.name() == name).ok_or_else(|| {
            let names: Vec<_> = Isa::available().into_iter().map(Isa::name).collect();
            StageError::setting("INSTRUCTIONS", format!("no `{name}` here"), format!("give one of {names:?}"))
        })?,
    };
    let encoder = Encoder::with_isa(&Checkpoint::open(folder)?, precision, isa)?;
    println!("loaded in {:?}, {}", start.elapsed(), encoder.isa().name());

    let start = Instant::now();
    let longest = encoder.config().max_position_embeddings;
    let sentences: Vec<Vec<u32>> = text.lines().map(|line| sentence(&words, line, longest)).collect();
    let tokens: usize = sentences.iter().map(Vec::len).sum();
    let cut = start.elapsed();
    println!("{tokens} wordpieces, {:.1} million/s to cut", tokens as f64 / cut.as_secs_f64() / 1e6);

    let batch: Vec<Sequence<'_>> = sentences.iter().map(|ids| Sequence { ids, types: &[] }).collect();
    let (mut scratch, mut out) = (Scratch::default(), Encoded::default());
    let mut speeds = Vec::new();
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    while Instant::now() < end {
        for batch in batch.chunks(64) {
            let start = Stopwatch::start();
            encoder.encode(batch, &mut scratch, &mut out)?;
            let tokens = out.rows().len() / out.hidden();
            speeds.push(tokens as f64 / start.seconds());
        }
    }
    speeds.sort_by(f64::total_cmp);
    let (median, best) = (speeds[speeds.len() / 2], speeds[speeds.len() * 9 / 10]);
    println!("{median:.0} wordpieces/s (median of batches of 64; best tenth {best:.0})");
    Ok(())
}

fn sentence(words: &WordPiece, line: &str, longest: usize) -> Vec<u32> {
    let mut ids = vec![words.cls()];
    for word in line.split_whitespace() {
        words.pieces(word, &mut ids);
    }
    ids.truncate(longest - 1);
    ids.push(words.sep());
    ids
}

struct Stopwatch {
    clock: Instant,
    processor: Option<f64>,
}

impl Stopwatch {
    fn start() -> Self {
        Self { clock: Instant::now(), processor: processor_seconds() }
    }

    fn seconds(&self) -> f64 {
        let clock = self.clock.elapsed().as_secs_f64();
        self.processor.zip(processor_seconds()).map_or(clock, |(start, end)| end - start)
    }
}

/// How long this thread has run on a processor.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
