//! Messages of one kind: the first are printed, all are counted.

use std::collections::HashMap;

/// How often one kind of message is printed.
const TOLD: u64 = 10;
/// How many kinds are distinguished.
const KINDS: usize = 500;

/// What was said so far.
#[derive(Debug, Default)]
pub struct Repeats {
    times: HashMap<String, u64>,
}

impl Repeats {
    /// Whether to print a message of this kind. Messages that differ in numbers only are of one kind.
    pub fn tell(&mut self, kind: &str) -> bool {
        let kind = kind_of(kind);
        if !self.times.contains_key(&kind) && self.times.len() >= KINDS {
            return self.count("other messages".to_owned());
        }
        self.count(kind)
    }

    fn count(&mut self, kind: String) -> bool {
        let times = self.times.entry(kind).or_default();
        *times += 1;
        *times <= TOLD
    }

    /// What was not printed, the commonest first, and forgets it.
    pub fn untold(&mut self) -> Vec<String> {
        let mut untold: Vec<(String, u64)> =
            std::mem::take(&mut self.times).into_iter().filter(|(_, times)| *times > TOLD).collect();
        untold.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        untold.into_iter().map(|(kind, times)| format!("{} more like this: {kind}", times - TOLD)).collect()
    }
}

/// A message without its numbers, not too long.
fn kind_of(message: &str) -> String {
    let mut kind = String::new();
    for c in message.chars().take(300) {
        if !c.is_ascii_digit() {
            kind.push(c);
        } else if !kind.ends_with('…') {
            kind.push('…');
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again_is_counted() {
        let mut repeats = Repeats::default();
        let told = (0..5000).filter(|number| repeats.tell(&format!("a row of {number} fields"))).count();
        assert_eq!(told, 10);
        assert!(repeats.tell("the file is empty"));
        assert_eq!(repeats.untold(), ["4990 more like this: a row of … fields"]);
        assert_eq!(repeats.untold(), Vec::<String>::new());
        let told = (0..5000).filter(|number| repeats.tell(&"x".repeat(*number))).count();
        // Of those cut to the same beginning, ten; of the shorter ones, each.
        assert_eq!(told, 310);
    }
}
