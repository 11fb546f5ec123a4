//! Compressed files.

use super::build::{bzip2, cut, gzip, layers, spoilt, tar, xz, zst};
use super::{Case, fails, read};

pub fn cases() -> Vec<Case> {
    let text = "Osh waits for the rain. ".repeat(200);
    let text = text.as_bytes();
    // Text that does not pack: what is spoilt is content, not a table.
    let bytes: Vec<u8> =
        (0..20_000_u32).map(|i| b' ' + (i.wrapping_mul(2_654_435_761) >> 26) as u8).collect();
    let ends = "ends early";
    let halves = |packed: Vec<u8>| cut(&packed, packed.len() / 2);
    let middle = |packed: Vec<u8>| {
        let at = packed.len() / 2;
        spoilt(packed, at)
    };
    // A dictionary of 1.5 GiB in the header of the first block, with its sum.
    let mut dictionary = xz(text);
    dictionary[16] = 37;
    let mut sum = flate2::Crc::new();
    sum.update(&dictionary[12..20]);
    dictionary[20..24].copy_from_slice(&sum.sum().to_le_bytes());
    vec![
        fails("cut.txt.gz", halves(gzip(text)), ends),
        fails("cut.txt.bz2", halves(bzip2(text)), "cannot be read"),
        fails("cut.txt.xz", halves(xz(text)), "cannot be read"),
        fails("cut.txt.zst", halves(zst(text)), "cannot be read"),
        fails("spoilt.txt.gz", middle(gzip(&bytes)), "cannot be read"),
        fails("spoilt.txt.bz2", middle(bzip2(&bytes)), "cannot be read"),
        fails("spoilt.txt.xz", middle(xz(&bytes)), "cannot be read"),
        fails("spoilt.txt.zst", middle(zst(&bytes)), "cannot be read"),
        fails("header-only.txt.gz", cut(&gzip(text), 10), ends),
        fails("sum-cut.txt.gz", cut(&gzip(text), gzip(text).len() - 4), ends),
        fails("packed-nothing.txt.gz", gzip(b""), "the file is empty"),
        fails("rubbish-after.txt.gz", [gzip(text), b"rubbish".to_vec()].concat(), "cannot be read"),
        read("two-parts.txt.gz", [gzip(b"Osh "), gzip(b"waits.")].concat(), "Osh waits."),
        read("not-packed.txt.gz", "Osh waits.", "Osh waits."),
        fails("noise.jsonl.gz", (0..=255).collect::<Vec<u8>>(), "named as a compressed file"),
        fails("bomb.txt.gz", gzip(&vec![b'a'; 40 << 20]), "input.max_"),
        fails("bomb.txt.zst", zst(&vec![b'a'; 200 << 20]), "input.max_"),
        fails("bomb.jsonl.zst", zst(&vec![b'\n'; 200 << 20]), "more than 1000 times its size")
            .at("#16777217"),
        fails("bomb-of-bombs.txt.gz", gzip(&gzip(&vec![b'a'; 40 << 20])), "input.max_"),
        fails("deep.txt.gz", layers(b"Osh.".to_vec(), 10, gzip), "under more than 8 layers"),
        read("deep-enough.txt.gz", layers(b"Osh.".to_vec(), 8, gzip), "Osh."),
        fails("memory.txt.xz", dictionary, "cannot be read"),
        fails("cut.tar.gz", halves(gzip(&tar(&[("a.txt", &bytes)]))), ends).at("!a.txt").and_rest(),
        fails("names-only.tgz", "", "the file is empty"),
    ]
}
