//! Files that are no texts and are not read, by their first bytes: told by name, never analysed as if they were words.

/// What a file is that is not read, if its first bytes tell.
pub(crate) fn kind(head: &[u8]) -> Option<&'static str> {
    let head = head.strip_prefix(crate::lines::BOM).unwrap_or(head);
    let starts = |mark: &[u8]| head.starts_with(mark);
    let at = |place: usize, mark: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(mark));
    let kinds: [(bool, &'static str); 17] = [
        (starts(b"%!PS"), "a PostScript file"),
        (
            starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            "an old Office file (.doc, .xls, .ppt) or an Outlook message under another name",
        ),
        (starts(b"\x89PNG\r\n"), "a PNG image"),
        (starts(b"\xFF\xD8\xFF"), "a JPEG image"),
        (starts(b"GIF87a") || starts(b"GIF89a"), "a GIF image"),
        (starts(b"II*\0") || starts(b"MM\0*"), "a TIFF image"),
        (starts(b"RIFF"), "a sound, film or picture (RIFF)"),
        (at(4, b"ftyp"), "a film or sound (MPEG-4)"),
        (starts(b"ID3"), "a sound (MP3)"),
        (starts(b"OggS"), "a sound (Ogg)"),
        (starts(b"7z\xBC\xAF\x27\x1C"), "a 7-Zip archive"),
        (starts(b"Rar!\x1A\x07"), "a RAR archive"),
        (starts(b"SQLite format 3\0"), "an SQLite database"),
        (starts(b"\x7FELF"), "a program"),
        (starts(b"!BDN"), "an Outlook mailbox (PST)"),
        (starts(b"ORC"), "an ORC table"),
        (starts(b"Obj\x01"), "an Avro file"),
    ];
    kinds.iter().find(|(is, _)| *is).map(|(_, kind)| *kind)
}

/// The reason of a file of such a kind.
pub(crate) fn refused(head: &[u8]) -> Option<String> {
    let kind = kind(head)?;
    Some(format!("{kind}, which is not read; convert it to text or HTML first"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert!(
            refused(b"%!PS-Adobe-3.0").is_some_and(|reason| reason.starts_with("a PostScript file, which"))
        );
        assert_eq!(kind(b"Osh waits."), None);
    }
}
