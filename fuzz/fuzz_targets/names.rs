//! Names that the first byte of an input chooses from.

pub const NAMES: [&str; 16] = [
    "a.txt",
    "a.html",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.eml",
    "a.mbox",
    "a.warc",
    "a.tar",
    "a.zip",
    "a.parquet",
    "a.txt.gz",
    "a.jsonl.zst",
    "a.tar.bz2",
    "a.md.xz",
    "a.gz",
];
