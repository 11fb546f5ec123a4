//! How much a reading of bytes looks like a text of one language.
//!
//! The letters beyond ASCII must be those of one language's alphabet; a letter beside them, an upper-case letter or a
//! sign inside a word, or two scripts in one, count against the reading.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language's letters beyond ASCII. Those of other scripts than the Latin one stand by frequency.
const ALPHABETS: &str = include_str!("../../data/alphabets.tsv");

/// What a letter counts that the language does not have.
const STRANGE: f64 = -1.0;

static LANGUAGES: LazyLock<Vec<Alphabet>> = LazyLock::new(|| {
    let of = |line: &'static str| line.split_once('\t').map(|(_, letters)| Alphabet::new(letters));
    ALPHABETS.lines().filter_map(of).collect()
});

/// The letters of a language, and what each counts for it.
#[derive(Debug)]
struct Alphabet {
    script: Script,
    weights: HashMap<char, f64>,
}

impl Alphabet {
    /// Letters of the Latin script count 1; of others, from 1.3 for the most frequent to -0.3 for the rarest.
    fn new(letters: &str) -> Self {
        let script = letters.chars().find_map(script).unwrap_or(Script::Latin);
        let all = letters.chars().count();
        let weight = |rank: usize| 1.3 - 1.6 * rank as f64 / all as f64;
        let of = |(rank, letter)| (letter, if script == Script::Latin { 1.0 } else { weight(rank) });
        Self { script, weights: letters.chars().enumerate().map(of).collect() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
}

/// The script that a letter beyond ASCII is of.
fn script(c: char) -> Option<Script> {
    match u32::from(c) {
        0xC0..=0x24F | 0x1E00..=0x1EFF => Some(Script::Latin),
        0x370..=0x3FF => Some(Script::Greek),
        0x400..=0x52F => Some(Script::Cyrillic),
        0x590..=0x5FF => Some(Script::Hebrew),
        0x600..=0x6FF => Some(Script::Arabic),
        _ => None,
    }
}

fn script_of_any(c: char) -> Option<Script> {
    if c.is_ascii_alphabetic() { Some(Script::Latin) } else { script(c) }
}

/// About 1 for a text, below 0 for none: the mean over `high` bytes that are not ASCII.
pub(super) fn score(text: &str, high: usize) -> f64 {
    let mut order = 0.0;
    let mut letters: HashMap<char, f64> = HashMap::new();
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            order += of_char(before, c, chars.peek().copied().unwrap_or(' '), &mut letters);
        } else if c.is_ascii_alphabetic() && script(before).is_some_and(|script| script != Script::Latin) {
            order -= 1.5;
        }
        before = c;
    }
    (order + best_language(&letters)) / high as f64
}

/// What the letters count for the language that they fit best.
fn best_language(letters: &HashMap<char, f64>) -> f64 {
    let mut all: Vec<(char, f64)> = letters.iter().map(|(letter, times)| (*letter, *times)).collect();
    // Sums of numbers depend on their order in the last bits.
    all.sort_unstable_by_key(|(letter, _)| *letter);
    let of = |language: &Alphabet| {
        let fits = |letter: char| match language.weights.get(&letter) {
            Some(weight) => *weight,
            None if script(letter) == Some(language.script) => STRANGE,
            None => 2.0 * STRANGE,
        };
        all.iter().map(|(letter, times)| times * fits(*letter)).sum::<f64>()
    };
    LANGUAGES.iter().map(of).max_by(f64::total_cmp).unwrap_or(0.0)
}

/// What a character counts by its neighbours; a letter is noted to be compared with alphabets.
fn of_char(before: char, c: char, after: char, letters: &mut HashMap<char, f64>) -> f64 {
    let inside = before.is_alphabetic() && after.is_alphabetic();
    if c == '\u{FFFD}' || c.is_control() {
        return -3.0;
    }
    if !c.is_alphabetic() {
        return of_sign(before, c, after, inside);
    }
    let Some(script) = script(c) else { return -1.0 };
    if before.is_alphabetic() && script_of_any(before) != Some(script) {
        return -2.0;
    }
    let mut lower = c.to_lowercase();
    let (lower, single) = (lower.next().unwrap_or(c), lower.next().is_none());
    if c != lower && before.is_lowercase() {
        return -2.0;
    }
    let times = if c == lower || !single { 1.0 } else { 0.5 };
    *letters.entry(lower).or_default() += times;
    0.0
}

fn of_sign(before: char, c: char, after: char, inside: bool) -> f64 {
    let opens = "“„«‘".contains(c) && !before.is_alphanumeric() && after.is_alphanumeric();
    let closes = "”“»’".contains(c) && !before.is_whitespace() && !after.is_alphanumeric();
    let dash = "–—".contains(c) && before.is_whitespace() == after.is_whitespace();
    if opens || closes || dash || c == '’' && inside {
        return 1.0;
    }
    let usual = "“”„‘’‚«»–—…№§°€·•\u{A0}©®".contains(c);
    match (usual, inside) {
        (true, false) => 0.1,
        (false, false) => -0.7,
        (_, true) => -1.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_language_fit_together() {
        let of = |text: &str| score(text, text.chars().filter(|c| !c.is_ascii()).count());
        assert!(of("båten och äldre öar") > 0.9);
        assert!(of("bćten och äldre öar") < 0.5);
        assert!(of("Капитан порта") > of("йюОХРЮМ ОНПРЮ") + 0.5);
        assert!(of("d…rsena del capit…") < 0.0);
    }
}
