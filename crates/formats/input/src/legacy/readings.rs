//! Ways to read bytes, eight bits a character.

use std::sync::LazyLock;

use encoding_rs::Encoding;
use oem_cp::code_table as oem;

/// The Macintosh's encodings that no crate has: name, and the characters from 80 to FF.
const MAC: &str = include_str!("../../data/mac.tsv");

/// A way to read bytes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    Standard(&'static Encoding),
    Table(&'static str, &'static [char; 128]),
    /// A table that leaves bytes without a character.
    Gaps(&'static str, &'static [Option<char>; 128]),
}

impl Reading {
    pub fn read(self, bytes: &[u8]) -> String {
        match self {
            Self::Standard(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Table(_, table) => oem_cp::decode_string_complete_table(bytes, table),
            Self::Gaps(_, table) => {
                let high = |byte: &u8| table.get(usize::from(byte & 0x7F)).copied().flatten();
                let of = |byte: &u8| match byte {
                    byte if byte.is_ascii() => char::from(*byte),
                    byte => high(byte).unwrap_or('\u{FFFD}'),
                };
                bytes.iter().map(of).collect()
            }
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => encoding.name(),
            Self::Table(name, _) | Self::Gaps(name, _) => name,
        }
    }
}

/// Those of other scripts than the Latin one, the usual ones first.
pub(super) static FOREIGN: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    use encoding_rs::{
        IBM866, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1253,
        WINDOWS_1255, WINDOWS_1256, X_MAC_CYRILLIC,
    };
    let standard = [
        WINDOWS_1251,
        WINDOWS_1253,
        WINDOWS_1255,
        WINDOWS_1256,
        KOI8_R,
        KOI8_U,
        ISO_8859_5,
        ISO_8859_6,
        ISO_8859_7,
        ISO_8859_8,
        IBM866,
        X_MAC_CYRILLIC,
    ];
    let mut all: Vec<Reading> = standard.into_iter().map(Reading::Standard).collect();
    all.extend([
        Reading::Table("IBM855", &oem::DECODING_TABLE_CP855),
        Reading::Table("IBM737", &oem::DECODING_TABLE_CP737),
        Reading::Table("IBM869", &oem::DECODING_TABLE_CP869),
        Reading::Table("IBM862", &oem::DECODING_TABLE_CP862),
        Reading::Table("IBM720", &oem::DECODING_TABLE_CP720),
    ]);
    all.extend(mac().filter(|reading| reading.name() == "x-mac-greek"));
    all
});

/// Those of the Latin script, the usual ones first.
pub(super) static LATIN: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    use encoding_rs::{
        ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_13, ISO_8859_14, ISO_8859_15, ISO_8859_16, MACINTOSH,
        WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
    };
    let standard = [
        WINDOWS_1252,
        WINDOWS_1250,
        WINDOWS_1254,
        WINDOWS_1257,
        ISO_8859_2,
        ISO_8859_15,
        ISO_8859_4,
        ISO_8859_13,
        ISO_8859_3,
        ISO_8859_14,
        ISO_8859_16,
        MACINTOSH,
    ];
    let mut all: Vec<Reading> = standard.into_iter().map(Reading::Standard).collect();
    all.extend([
        Reading::Table("IBM850", &oem::DECODING_TABLE_CP850),
        Reading::Table("IBM437", &oem::DECODING_TABLE_CP437),
        Reading::Table("IBM852", &oem::DECODING_TABLE_CP852),
        Reading::Table("IBM775", &oem::DECODING_TABLE_CP775),
        Reading::Gaps("IBM857", &oem::DECODING_TABLE_CP857),
        Reading::Table("IBM865", &oem::DECODING_TABLE_CP865),
        Reading::Table("IBM860", &oem::DECODING_TABLE_CP860),
        Reading::Table("IBM861", &oem::DECODING_TABLE_CP861),
        Reading::Table("IBM863", &oem::DECODING_TABLE_CP863),
    ]);
    all.extend(mac().filter(|reading| reading.name() != "x-mac-greek"));
    all
});

fn mac() -> impl Iterator<Item = Reading> {
    static TABLES: LazyLock<Vec<(&str, [char; 128])>> = LazyLock::new(|| {
        let table = |line: &'static str| {
            let (name, codes) = line.split_once('\t')?;
            let code = |code: &str| u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
            let chars: Option<Vec<char>> = codes.split(' ').map(code).collect();
            Some((name, chars?.try_into().ok()?))
        };
        MAC.lines().filter_map(table).collect()
    });
    TABLES.iter().map(|(name, table)| Reading::Table(name, table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_whole() {
        assert_eq!(mac().count(), MAC.lines().count());
        let names = |readings: &[Reading]| readings.iter().map(|reading| reading.name()).collect::<Vec<_>>();
        assert!(names(&FOREIGN).contains(&"x-mac-greek") && names(&LATIN).contains(&"x-mac-ce"));
    }
}
