//! What a rule captures.

use docmill_dates::Weekday;

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    Number(u32),
    /// `several`, `a few`.
    Unknown,
}

/// The pieces of an expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Captured {
    pub year: Option<i32>,
    /// Two digits of a year: `'68`.
    pub short_year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    pub last_day: Option<u8>,
    pub last_month: Option<u8>,
    pub weekday: Option<Weekday>,
    pub amount: Option<Amount>,
    pub unit: Option<&'static str>,
    pub season: Option<&'static str>,
    pub part_of_day: Option<&'static str>,
    pub half: Option<&'static str>,
    pub clock: Option<(u32, u32)>,
    pub afternoon: Option<bool>,
    pub ordinal: Option<u32>,
    /// The first year of a decade, or its place in a century (20 to 90).
    pub decade: Option<i32>,
    pub before_christ: bool,
}
