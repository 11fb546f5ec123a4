//! The files of `models/news-en` as bytes of the program (71 MB), so that an installed docmill needs no folder.
//!
//! A crate of its own, so that nothing else is compiled again with them. What the files hold, how they were made and
//! their licence: `models/news-en/MODEL.md`.

/// The first 16 hexadecimal digits of the SHA-256 of all [`files`], one after the other: names the folder into which
/// they are unpacked.
pub const ID: &str = "cd9f466176cbaa40";

/// Name and content of each file that the engines read.
// A function that is not inlined: a constant would be copied into every crate that names it.
#[inline(never)]
pub fn files() -> [(&'static str, &'static [u8]); 5] {
    [
        ("vocab.txt", include_bytes!("../../vocab.txt")),
        ("model.safetensors", include_bytes!("../../model.safetensors")),
        ("config.json", include_bytes!("../../config.json")),
        ("lemmas.tsv", include_bytes!("../../lemmas.tsv")),
        ("context.safetensors", include_bytes!("../../context.safetensors")),
    ]
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_id_is_that_of_the_files() {
        let mut sum = Sha256::new();
        for (_, content) in files() {
            sum.update(content);
        }
        let digits: Vec<String> = sum.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(ID, digits.concat(), "the files have changed: put this id in");
    }
}
