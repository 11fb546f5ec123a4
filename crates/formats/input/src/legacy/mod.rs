//! Encodings that chardetng does not look for, or takes for others: those of DOS and of the Macintosh, rarer parts of
//! ISO 8859, and those that shift within ASCII.
//!
//! A text is read in each way and scored as a text of each language; the best wins if it is better than what chardetng
//! says.

mod johab;
mod readings;
mod score;
mod shifted;

use encoding_rs::{EUC_KR, Encoding};
use readings::{FOREIGN, LATIN, Reading};
use score::score;
pub(crate) use shifted::shifted;

/// How much of a text is scored (bytes), in lines that are not ASCII alone.
const LOOK: usize = 1 << 14;
/// A reading must be so much better than what chardetng says; those of other scripts than the Latin one differ in few
/// letters, and are told by them.
const BETTER: f64 = 0.15;
const BETTER_FOREIGN: f64 = 0.02;
/// Fewer bytes beyond ASCII tell only where chardetng's reading is no text and another is one beyond doubt.
const FEW: usize = 4;
/// Where more than this share of the letters is not ASCII, the text is in another script than the Latin one.
const FOREIGN_SHARE: f64 = 0.35;

/// The text and the name of an encoding that fits the bytes better than `usual`; none if none does.
pub(crate) fn better(bytes: &[u8], usual: &'static Encoding) -> Option<(String, &'static str)> {
    if let Some(text) = johab::read(bytes).filter(|_| EUC_KR.decode_without_bom_handling(bytes).1) {
        return Some((text, "johab"));
    }
    let sample = sample(bytes);
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    // Vietnamese is read by tones, which are no letters.
    if high == 0 || usual == encoding_rs::WINDOWS_1258 {
        return None;
    }
    let foreign = high as f64 > FOREIGN_SHARE * (high + letters) as f64;
    let readings: &[Reading] = if foreign { &FOREIGN } else { &LATIN };
    let of = |reading: Reading| score(&reading.read(&sample), high);
    let now = of(Reading::Standard(usual));
    // Of equals, the first: the usual ones stand first.
    let (best, reading) = readings
        .iter()
        .rev()
        .map(|reading| (of(*reading), *reading))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    let several = is_of_several_bytes(usual);
    let least = match (several, high < FEW) {
        (_, true) => 0.9,
        (true, _) => 0.7,
        _ => 0.3,
    };
    let margin = match (foreign, high < FEW) {
        (_, true) => 0.9,
        (true, _) => BETTER_FOREIGN,
        _ => BETTER,
    };
    let wins = best >= least && (best > now + margin || several && foreign);
    (wins && reading.name() != usual.name()).then(|| (reading.read(bytes), reading.name()))
}

/// The first lines that are not ASCII alone, so that a long English head hides nothing.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        let room = LOOK - sample.len();
        sample.extend_from_slice(line.get(..line.len().min(room)).unwrap_or_default());
        if sample.len() >= LOOK {
            break;
        }
    }
    sample
}

fn is_of_several_bytes(encoding: &'static Encoding) -> bool {
    ["Shift_JIS", "EUC-JP", "EUC-KR", "GBK", "gb18030", "Big5"].contains(&encoding.name())
}
