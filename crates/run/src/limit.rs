//! How many documents may fail.

use std::fmt;
use std::str::FromStr;

use docmill_engine::Totals;

/// Documents that must be through before a share of them says anything.
const ENOUGH: u64 = 100;

/// How many documents may fail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FailureLimit {
    /// So many.
    Count(u64),
    /// So many of a hundred, once a hundred are through, and at the end.
    Percent(f64),
}

impl FailureLimit {
    /// True if more have failed than may.
    pub fn exceeded(self, totals: &Totals, at_end: bool) -> bool {
        match self {
            Self::Count(most) => totals.failed > most,
            Self::Percent(most) => {
                (at_end || totals.read >= ENOUGH) && totals.failed as f64 * 100.0 > most * totals.read as f64
            }
        }
    }
}

impl fmt::Display for FailureLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(most) => write!(f, "{most}"),
            Self::Percent(most) => write!(f, "{most}%"),
        }
    }
}

impl FromStr for FailureLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is neither a number nor a percentage, such as 20 or 1.5%");
        match text.strip_suffix('%') {
            Some(number) => match number.parse() {
                Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Self::Percent(percent)),
                _ => Err(wrong()),
            },
            None => text.parse().map(Self::Count).map_err(|_| wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exceeded(limit: &str, failed: u64, read: u64, at_end: bool) -> bool {
        let totals = Totals { read, failed, ok: read - failed, ..Totals::default() };
        limit.parse::<FailureLimit>().unwrap().exceeded(&totals, at_end)
    }

    #[test]
    fn a_number_holds_at_once_and_a_share_once_it_says_something() {
        assert!(!exceeded("2", 2, 2, false) && exceeded("2", 3, 3, false));
        assert!(exceeded("0", 1, 1_000_000, false));
        assert!(!exceeded("1.5%", 9, 99, false) && exceeded("1.5%", 9, 99, true));
        assert!(exceeded("1.5%", 2, 100, false) && !exceeded("1.5%", 3, 200, false));
        for wrong in ["", "x", "-1", "101%", "%", "1.5", "nan%"] {
            assert!(wrong.parse::<FailureLimit>().is_err(), "{wrong}");
        }
    }
}
