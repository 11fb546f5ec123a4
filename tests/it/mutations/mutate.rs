//! Bytes, changed at random.

use crate::program::Random;

/// Numbers that lengths, counts and places are most likely to be wrong with.
const NUMBERS: [&[u8]; 8] = [
    &[0; 4],
    &[0xff; 4],
    &[0xff, 0xff, 0xff, 0x7f],
    &[0, 0, 0, 0x80],
    b"99999999999999999999",
    b"-1",
    &[0xff; 8],
    &[0xf0, 0x9f],
];

/// The same with one to four changes.
pub fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        change(&mut bytes, random);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    let length = bytes.len() as u64;
    let at = random.below(length + 1) as usize;
    // Short ranges more often than long ones.
    let most = 1 + random.below(1 + length / 4);
    let end = (at + 1 + random.below(most) as usize).min(bytes.len());
    match random.below(9) {
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.below(256) as u8;
            }
        }
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..end)),
        5 => {
            let again = bytes[at..end].to_vec();
            let to = random.below(length + 1) as usize;
            bytes.splice(to..to, again);
        }
        6 => {
            let number = NUMBERS[random.below(NUMBERS.len() as u64) as usize];
            let end = (at + number.len()).min(bytes.len());
            bytes.splice(at..end, number.iter().copied());
        }
        7 => {
            let more: Vec<u8> = (0..random.below(16)).map(|_| random.below(256) as u8).collect();
            bytes.splice(at..at, more);
        }
        _ => {
            // A piece many times: deep, long or doubled.
            let piece = bytes[at..end.min(at + 40)].to_vec();
            let times = 1 + random.below(300) as usize;
            bytes.splice(at..at, piece.repeat(times));
        }
    }
}
