//! Rich text as Outlook packs it (MS-OXRTFCP).

/// What a packer and an unpacker know before the first byte.
const KNOWN: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Length of the memory into which references point.
const MEMORY: usize = 4096;

/// The rich text; of a damaged one, what can be unpacked.
pub(crate) fn unpacked(bytes: &[u8], limit: u64) -> Result<Vec<u8>, String> {
    const HEADER: usize = 16;
    let kind = bytes.get(8..12).ok_or("a mail message whose rich text is damaged")?;
    let body = bytes.get(HEADER..).unwrap_or_default();
    if kind == b"MELA" {
        return Ok(body.to_vec());
    }
    if kind != b"LZFu" {
        return Err("a mail message whose rich text is damaged".to_owned());
    }
    let mut memory = [b' '; MEMORY];
    memory[..KNOWN.len()].copy_from_slice(KNOWN);
    let mut at = KNOWN.len();
    let mut plain = Vec::new();
    let mut put = |byte: u8, at: &mut usize, memory: &mut [u8; MEMORY]| {
        plain.push(byte);
        memory[*at] = byte;
        *at = (*at + 1) % MEMORY;
        plain.len() as u64
    };
    let mut input = body.iter().copied();
    'all: while let Some(control) = input.next() {
        for bit in 0..8 {
            let Some(first) = input.next() else { break 'all };
            let mut length = 0;
            if control >> bit & 1 == 0 {
                length = put(first, &mut at, &mut memory);
            } else {
                let Some(second) = input.next() else { break 'all };
                let start = usize::from(first) << 4 | usize::from(second >> 4);
                if start == at {
                    break 'all;
                }
                for i in 0..usize::from(second & 15) + 2 {
                    length = put(memory[(start + i) % MEMORY], &mut at, &mut memory);
                }
            }
            if length > limit {
                return Err(crate::codec::too_long(limit));
            }
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    /// The examples of the specification: a simple one, and one whose reference crosses the end of the memory.
    #[test]
    fn rich_text_is_unpacked() {
        let packed = "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232\
                      0af32068656c090020627705b06c647d0a800fa0";
        let plain = unpacked(&hex::decode(packed).unwrap(), 1000).unwrap();
        assert_eq!(plain, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        let packed = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0";
        let plain = unpacked(&hex::decode(packed).unwrap(), 1000).unwrap();
        assert_eq!(plain, b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assert!(unpacked(&hex::decode(packed).unwrap(), 10).unwrap_err().contains("longer than 10"));
        assert!(unpacked(b"short", 10).is_err());
    }
}
