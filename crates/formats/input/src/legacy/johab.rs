//! Johab, the Korean encoding that composes syllables of their letters' numbers.

use encoding_rs::EUC_KR;

/// Syllables that it takes to tell.
const FEW: usize = 4;

/// The text of bytes in Johab; none if they are not, or if fewer than nine of ten characters are syllables.
pub(super) fn read(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len());
    let (mut syllables, mut others) = (0, 0);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if first.is_ascii() {
            text.push(char::from(*first));
            rest = tail;
            continue;
        }
        let [second, tail @ ..] = tail else { return None };
        if let Some(c) = syllable(*first, *second) {
            text.push(c);
            syllables += 1;
        } else {
            text.push_str(&of_ks_x_1001(*first, *second)?);
            others += 1;
        }
        rest = tail;
    }
    (syllables >= FEW && syllables >= 9 * others).then_some(text)
}

/// The syllable of three numbers of five bits: first consonant, vowel, last consonant.
fn syllable(first: u8, second: u8) -> Option<char> {
    let code = u32::from(first) << 8 | u32::from(second);
    let initial = match code >> 10 & 31 {
        number @ 2..=20 => number - 2,
        _ => return None,
    };
    let vowel = match code >> 5 & 31 {
        number @ 3..=7 => number - 3,
        number @ 10..=15 => number - 5,
        number @ 18..=23 => number - 7,
        number @ 26..=29 => number - 9,
        _ => return None,
    };
    let last = match code & 31 {
        number @ 1..=17 => number - 1,
        number @ 19..=29 => number - 2,
        _ => return None,
    };
    char::from_u32(0xAC00 + (initial * 21 + vowel) * 28 + last)
}

/// Signs and Chinese characters stand in the order of KS X 1001, as EUC-KR has them.
fn of_ks_x_1001(first: u8, second: u8) -> Option<String> {
    let row = match first {
        0xD9..=0xDE => 2 * (u32::from(first) - 0xD9),
        0xE0..=0xF9 => 2 * u32::from(first) - 0x197,
        _ => return None,
    };
    let cell = match second {
        0x31..=0x7E => u32::from(second) - 0x31,
        0x91..=0xFE => u32::from(second) - 0x43,
        _ => return None,
    };
    let high = |number: u32| u8::try_from(number + 0xA1).ok();
    let pair = [high(row + cell / 0x5E)?, high(cell % 0x5E)?];
    let (text, malformed) = EUC_KR.decode_without_bom_handling(&pair);
    (!malformed).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn syllables_are_composed() {
        let port = [0xD0, 0x77, 0xA0, 0x65, 0x20, 0xD0, 0x77, 0xA0, 0x65, 0x2E];
        assert_eq!(read(&port).as_deref(), Some("항만 항만."));
        assert_eq!(read(b"\xCF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0"), None);
        assert_eq!(read(b"caf\xE9"), None);
    }
}
