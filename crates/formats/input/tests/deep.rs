//! What lies deep does not overflow the stack, which would end the whole run.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use docmill_input::{Archive, InputSettings};

/// Texts and reasons of a file.
fn read(name: &str, content: &[u8]) -> Vec<Result<String, String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let archive = Archive::new(InputSettings::default()).unwrap();
    let load = |item| archive.load(item).map(|d| d.text().to_owned()).map_err(|failed| failed.message);
    archive.open(&[path]).unwrap().map(load).collect()
}

#[test]
fn messages_in_messages() {
    let mail = format!("{}Subject: in\r\n\r\nOsh.", "Content-Type: message/rfc822\r\n\r\n".repeat(50_000));
    assert_eq!(read("a.eml", mail.as_bytes()).len(), 1);
    // Base64 of nothing but the headers of messages: unpacked once, its inside is no message with parts.
    let encoded = format!(
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        "Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMg0KDQpY\r\n".repeat(50_000)
    );
    let unpacked = read("c.eml", encoded.as_bytes());
    assert_eq!(unpacked.len(), 1);
    assert!(unpacked[0].as_ref().is_ok_and(|text| text.starts_with("XContent-Type")));
    let part = |i: u32| format!("Content-Type: multipart/mixed; boundary={i}\r\n\r\n--{i}\r\n");
    let parts = (0..20_000).map(part).collect::<Vec<_>>().concat();
    assert_eq!(read("b.eml", format!("Subject: x\r\n{parts}\r\n\r\nOsh.").as_bytes()).len(), 1);
}

/// A Parquet file of one column inside so many groups: a footer in Thrift's compact protocol.
fn parquet(depth: u32) -> Vec<u8> {
    let varint = |mut n: u32| {
        let mut bytes = Vec::new();
        while n >= 128 {
            bytes.push(n as u8 | 128);
            n >>= 7;
        }
        bytes.push(n as u8);
        bytes
    };
    // version: 1; schema: a list of structs
    let mut footer = vec![0x15, 2, 0x19, 0xFC];
    footer.extend(varint(depth + 1));
    footer.extend(b"\x48\x01r\x15\x02\x00");
    for _ in 1..depth {
        // repetition: optional; name; number of children: 1
        footer.extend(b"\x35\x02\x18\x01a\x15\x02\x00");
    }
    // type: BYTE_ARRAY; repetition; name
    footer.extend(b"\x15\x0c\x25\x02\x18\x01x\x00");
    // rows: 0; row groups: none
    footer.extend([0x16, 0, 0x19, 0x0C, 0]);
    let length = footer.len() as u32;
    [b"PAR1", &footer[..], &length.to_le_bytes(), b"PAR1"].concat()
}

#[test]
fn groups_in_groups() {
    assert!(read("a.parquet", &parquet(3))[0].as_ref().unwrap_err().contains("no field `text`, but `a`"));
    assert!(read("a.parquet", &parquet(200_000))[0].as_ref().unwrap_err().contains("over 64 groups"));
}
