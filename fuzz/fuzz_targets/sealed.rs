//! Lines with the checksums that a journal would give them, which no mutation would find.

use sha2::{Digest, Sha256};

/// Each line with its checksum.
pub fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    let mut chain = [0; 8];
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let hash = Sha256::new().chain_update(chain).chain_update(line).finalize();
        chain.copy_from_slice(&hash[..8]);
        lines.extend_from_slice(line);
        lines.extend_from_slice(format!(" {:016x}\n", u64::from_be_bytes(chain)).as_bytes());
    }
    lines
}
