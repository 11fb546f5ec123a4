//! Writes the smaller bad files of `tests/hostile` as seeds of the target `archive`: `seeds FOLDER`.

#[path = "../../tests/hostile/mod.rs"]
#[allow(dead_code, reason = "what is expected is no matter here")]
mod hostile;
mod names;

use std::fs;
use std::path::Path;

/// Larger ones slow the fuzzer down (bytes).
const MOST: usize = 32 << 10;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "corpus/archive".to_owned());
    fs::create_dir_all(&folder)?;
    for case in hostile::cases().into_iter().filter(|case| case.bytes.len() <= MOST) {
        let extension = case.name.split_once('.').map_or("", |(_, extension)| extension);
        let alike = |name: &&str| name.strip_prefix("a.") == Some(extension);
        let Some(chosen) = names::NAMES.iter().position(|name| alike(&name)) else { continue };
        fs::write(Path::new(&folder).join(case.name), [&[chosen as u8], &case.bytes[..]].concat())?;
    }
    Ok(())
}
