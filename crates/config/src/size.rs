//! Sizes, as people write them.

use docmill_jsonl::Shards;

/// Units by their names in lower case.
const UNITS: [(&str, u64); 10] = [
    ("", 1),
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
];

/// Reads `64MB`, `1.5GiB` (bytes) or `10000docs`.
pub fn parse_shard_size(text: &str) -> Result<Shards, String> {
    let wrong =
        || format!("{text} is no size; name bytes, such as 64MB or 1GiB, or documents, such as 10000docs");
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (Some(number), Some(unit)) = (text.get(..digits), text.get(digits..)) else { return Err(wrong()) };
    let unit = unit.trim().to_lowercase();
    if matches!(unit.as_str(), "doc" | "docs") {
        return number.parse().ok().filter(|&count| count > 0).map(Shards::Documents).ok_or_else(wrong);
    }
    bytes(number, &unit).map(Shards::Bytes).ok_or_else(wrong)
}

/// Reads `2GB`, `512 MiB` (bytes).
pub fn parse_bytes(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let parts = text.get(..digits).zip(text.get(digits..));
    let size = parts.and_then(|(number, unit)| bytes(number, &unit.trim().to_lowercase()));
    size.ok_or_else(|| format!("{text} is no size; name bytes, such as 2GB or 512MiB"))
}

fn bytes(number: &str, unit: &str) -> Option<u64> {
    let (_, bytes) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let size = number.parse::<f64>().ok()? * *bytes as f64;
    #[expect(clippy::cast_sign_loss, reason = "it is at least 1")]
    (1.0..1e18).contains(&size).then_some(size as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(parse_shard_size("64MB"), Ok(Shards::Bytes(64_000_000)));
        assert_eq!(parse_shard_size("1.5 GiB"), Ok(Shards::Bytes(3 << 29)));
        assert_eq!(parse_shard_size("4096"), Ok(Shards::Bytes(4096)));
        assert_eq!(parse_shard_size("10000docs"), Ok(Shards::Documents(10_000)));
        assert_eq!(parse_bytes("2GB"), Ok(2_000_000_000));
        assert!(parse_bytes("2docs").unwrap_err().contains("512MiB"));
        for wrong in ["", "MB", "0", "0docs", "-5", "1.5docs", "3 apples", "1e9", "9999999999tb", "5€"] {
            assert!(parse_shard_size(wrong).unwrap_err().contains("64MB"), "{wrong}");
        }
    }
}
