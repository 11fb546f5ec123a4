//! The rules held against a text.

use docmill_core::layers::TimeKind;
use docmill_dates::Date;
use rustc_hash::FxHashMap;

use crate::captured::{Amount, Captured};
use crate::lex::{Kind, Token};
use crate::lexicon::Lexicon;
use crate::rules::{Atom, Element, Operation, Role, Rule, rules};

/// An expression, before its value is known.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Tokens of it.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    pub kind: TimeKind,
    pub operation: Operation,
    pub captured: Captured,
    /// Whether it is a further day of the date before.
    pub further: bool,
}

/// The rules, by the words that they can begin with.
#[derive(Debug)]
pub(crate) struct Matcher {
    lexicon: Lexicon,
    rules: Vec<Rule>,
    words: FxHashMap<&'static str, Vec<usize>>,
    numbers: Vec<usize>,
    names: Vec<usize>,
}

/// A state of matching: the next token, what was captured, and where the expression ends if that is known.
type State = (usize, Captured, Option<usize>);

impl Matcher {
    /// The rules, with the words of `lexicon`.
    pub fn new(lexicon: Lexicon) -> Self {
        let mut this = Self {
            lexicon,
            rules: rules().0,
            words: FxHashMap::default(),
            numbers: Vec::new(),
            names: Vec::new(),
        };
        for at in 0..this.rules.len() {
            this.index(at);
        }
        for list in this.words.values_mut().chain([&mut this.numbers, &mut this.names]) {
            list.dedup();
        }
        this
    }

    /// Notes what a rule can begin with.
    fn index(&mut self, at: usize) {
        let elements = self.rules[at].elements.iter().filter(|element| element.role == Role::Take);
        for element in elements {
            for atom in &element.atoms {
                match atom {
                    Atom::Word(word) => self.words.entry(word).or_default().push(at),
                    Atom::Listed(class) => {
                        for word in self.lexicon.words(class) {
                            self.words.entry(word).or_default().push(at);
                        }
                    }
                    Atom::Month | Atom::May | Atom::LastMonth | Atom::Weekday => self.names.push(at),
                    Atom::Number => {
                        self.numbers.push(at);
                        for word in self.lexicon.words("NUM").chain(self.lexicon.words("TENS")) {
                            self.words.entry(word).or_default().push(at);
                        }
                    }
                    _ => self.numbers.push(at),
                }
            }
            if !element.optional {
                break;
            }
        }
    }

    /// The class of a word, for what stands around expressions.
    pub fn is(&self, token: &Token<'_>, class: &str) -> bool {
        self.lexicon.value(&token.lower, class).is_some()
    }

    /// Every expression of a text, in order.
    pub fn all(&self, tokens: &[Token<'_>]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(tokens, at, found.last()) {
                Some(next) => {
                    at = next.end;
                    // The year at the end of a list is that of all its days.
                    if let (true, Some(previous)) = (next.further, found.last_mut()) {
                        previous.captured.year = previous.captured.year.or(next.captured.year);
                    }
                    if next.operation != Operation::None {
                        found.push(next);
                    }
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, tokens: &[Token<'_>], at: usize, previous: Option<&Found>) -> Option<Found> {
        let token = tokens.get(at)?;
        let mut best: Option<(usize, usize, Captured)> = None;
        let by_word = self.words.get(&*token.lower).map_or(&[][..], Vec::as_slice);
        let numbers = if token.kind == Kind::Number { &self.numbers[..] } else { &[] };
        let is_name = token.month.is_some() || token.weekday.is_some();
        let names = if is_name { &self.names[..] } else { &[] };
        for &rule in by_word.iter().chain(numbers).chain(names) {
            let further = self.rules[rule].operation == Operation::More;
            if further && !previous.is_some_and(|previous| continues(tokens, previous, at)) {
                continue;
            }
            let Some((end, captured)) = self.matches(&self.rules[rule], tokens, at) else { continue };
            let better = best
                .is_none_or(|(length, other, _)| end - at > length || (end - at == length && rule < other));
            if end > at && better {
                best = Some((end - at, rule, captured));
            }
        }
        let (length, rule, mut captured) = best?;
        let Rule { kind, operation, .. } = self.rules[rule];
        let mut operation = operation;
        let further = operation == Operation::More;
        if further {
            let before = previous?.captured;
            (captured.month, captured.year) =
                (before.last_month.or(before.month), captured.year.or(before.year));
            operation = Operation::Date;
        }
        Some(Found { first: at, end: at + length, kind, operation, captured, further })
    }

    fn matches(&self, rule: &Rule, tokens: &[Token<'_>], at: usize) -> Option<(usize, Captured)> {
        let (next, captured, end) = self.walk(&rule.elements, tokens, (at, Captured::default(), None), at)?;
        Some((end.unwrap_or(next), captured))
    }

    /// The longest way through the elements.
    fn walk(&self, elements: &[Element], tokens: &[Token<'_>], state: State, first: usize) -> Option<State> {
        let Some((element, rest)) = elements.split_first() else { return Some(state) };
        let (at, captured, end) = state;
        if element.role == Role::Before {
            let before = first.checked_sub(1);
            let is = before.is_some_and(|before| self.any(element, tokens, before));
            return (is != element.negated).then(|| self.walk(rest, tokens, state, first)).flatten();
        }
        let end = if element.role == Role::Behind { end.or(Some(at)) } else { end };
        if element.negated {
            let is = self.any(element, tokens, at);
            return (!is).then(|| self.walk(rest, tokens, (at, captured, end), first)).flatten();
        }
        let taken = element.atoms.iter().filter_map(|atom| {
            let mut captured = captured;
            let next = self.take(atom, tokens, at, &mut captured)?;
            self.walk(rest, tokens, (next, captured, end), first)
        });
        let left = element.optional.then(|| self.walk(rest, tokens, (at, captured, end), first)).flatten();
        // Of equal ones the first: `max_by_key` gives the last.
        left.into_iter().chain(taken).reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    fn any(&self, element: &Element, tokens: &[Token<'_>], at: usize) -> bool {
        element.atoms.iter().any(|atom| self.take(atom, tokens, at, &mut Captured::default()).is_some())
    }

    /// What an atom takes at a token: the token after it.
    fn take(&self, atom: &Atom, tokens: &[Token<'_>], at: usize, captured: &mut Captured) -> Option<usize> {
        let token = tokens.get(at)?;
        let digits = token.number.filter(|_| token.suffix.is_empty());
        match atom {
            Atom::Word(word) => return (*token.lower == **word).then_some(at + 1),
            Atom::Listed(class) => {
                let value = self.lexicon.value(&token.lower, class)?;
                capture(class, value, captured);
            }
            Atom::Month | Atom::May | Atom::LastMonth => {
                let month = token.month?;
                let plain = is_plain_month(token);
                if (*atom == Atom::Month) != plain && *atom != Atom::LastMonth {
                    return None;
                }
                if *atom == Atom::LastMonth {
                    captured.last_month = Some(month);
                } else {
                    captured.month = Some(month);
                }
                let stop =
                    tokens.get(at + 1).is_some_and(|next| *next.lower == *"." && next.start == token.end);
                return Some(at + 1 + usize::from(stop && token.lower.len() <= 4 && *token.lower != *"may"));
            }
            Atom::Day | Atom::LastDay | Atom::AnyDay | Atom::Nth => {
                let (value, count) = token.number?;
                let suffix = matches!(token.suffix, "st" | "nd" | "rd" | "th");
                let day = u8::try_from(value).ok().filter(|day| (1..=31).contains(day) && count <= 2)?;
                if !(suffix || (token.suffix.is_empty() && *atom != Atom::Nth)) {
                    return None;
                }
                match atom {
                    Atom::LastDay => captured.last_day = Some(day),
                    Atom::AnyDay => {}
                    _ => captured.day = Some(day),
                }
            }
            Atom::Year => {
                let (value, count) = digits?;
                captured.year = Some(i32::try_from(value).ok()?);
                return (count == 4 && (1000..=2199).contains(&value)).then_some(at + 1);
            }
            Atom::Short => {
                let (value, count) = digits?;
                captured.short_year = Some(i32::try_from(value).ok()?);
                return (count == 2).then_some(at + 1);
            }
            Atom::Old | Atom::AnyOld => {
                let (value, count) =
                    token.number.filter(|_| token.suffix.is_empty() || token.suffix == "s")?;
                if *atom == Atom::Old {
                    let year = i32::try_from(value).ok()?;
                    captured.year = Some(year);
                    captured.decade = (token.suffix == "s").then_some(year);
                }
                return ((1..=4).contains(&count) && (1..=3500).contains(&value)).then_some(at + 1);
            }
            Atom::Number => return self.number(tokens, at, captured),
            Atom::Hour => {
                let (value, count) = digits?;
                captured.clock = Some((value, 0));
                return (count <= 2 && (1..=12).contains(&value)).then_some(at + 1);
            }
            Atom::Clock => return clock(tokens, at, captured),
            Atom::Weekday => {
                let whole = token.lower.ends_with("day");
                captured.weekday = Some(token.weekday.filter(|_| whole)?);
            }
            Atom::Decades => {
                let (value, count) = token.number?;
                captured.decade = Some(i32::try_from(value).ok()?);
                return (count == 4 && token.suffix == "s" && value % 10 == 0).then_some(at + 1);
            }
            Atom::Iso => return iso(tokens, at, captured),
        }
        Some(at + 1)
    }

    /// `12`, `twelve`, `twenty-two`, `two hundred`.
    fn number(&self, tokens: &[Token<'_>], at: usize, captured: &mut Captured) -> Option<usize> {
        let token = tokens.get(at)?;
        if let Some((value, _)) = token.number {
            captured.amount = Some(Amount::Number(value));
            return token.suffix.is_empty().then_some(at + 1);
        }
        let value = |at: usize, class: &str| -> Option<u32> {
            self.lexicon.value(&tokens.get(at)?.lower, class)?.parse().ok()
        };
        if let Some(tens) = value(at, "TENS") {
            let hyphen = tokens.get(at + 1).is_some_and(|next| *next.lower == *"-");
            let ones = at + 1 + usize::from(hyphen);
            let (ones, end) = value(ones, "NUM").filter(|v| *v < 10).map_or((0, at + 1), |v| (v, ones + 1));
            captured.amount = Some(Amount::Number(tens + ones));
            return Some(end);
        }
        let number = value(at, "NUM")?;
        let (number, end) = match value(at + 1, "NUM") {
            Some(100) if number < 20 => (number * 100, at + 2),
            _ => (number, at + 1),
        };
        captured.amount = Some(Amount::Number(number));
        Some(end)
    }
}

/// Whether a day may follow a date as a further one: nothing but `,`, `and`, `or`, `to` stands between.
fn continues(tokens: &[Token<'_>], previous: &Found, at: usize) -> bool {
    let between = tokens.get(previous.end..at).unwrap_or_default();
    let joint = |token: &Token<'_>| matches!(&*token.lower, "," | "and" | "or" | "to" | "&");
    (1..=2).contains(&between.len())
        && between.iter().all(joint)
        && previous.captured.month.is_some()
        && previous.captured.day.is_some()
}

/// Whether a month's name is no other word and written in full.
fn is_plain_month(token: &Token<'_>) -> bool {
    !matches!(&*token.lower, "may" | "march")
        && (token.lower.len() > 4 || matches!(&*token.lower, "june" | "july"))
}

fn capture(class: &str, value: &'static str, captured: &mut Captured) {
    let number = || value.parse::<u32>().ok();
    match class {
        "UNIT" | "UNITS" => captured.unit = Some(value),
        "SEASON" | "SURESEASON" => captured.season = Some(value),
        "POD" => captured.part_of_day = Some(value),
        "HALF" => captured.half = Some(value),
        "VAGUE" => captured.amount = Some(Amount::Unknown),
        "ORD" => captured.ordinal = number(),
        "DECADE" => captured.decade = value.parse().ok(),
        "ERA" => captured.before_christ = true,
        "HOLIDAY" => {
            let mut parts = value.split('-').filter_map(|part| part.parse().ok());
            (captured.month, captured.day) = (parts.next(), parts.next());
        }
        "AMPM" => captured.afternoon = Some(value == "pm"),
        _ => {}
    }
}

/// `10:30`, `1430hrs`.
fn clock(tokens: &[Token<'_>], at: usize, captured: &mut Captured) -> Option<usize> {
    let token = tokens.get(at)?;
    let (hour, digits) = token.number?;
    if token.suffix == "hrs" && digits == 4 {
        captured.clock = Some((hour / 100, hour % 100));
        return (hour / 100 < 24 && hour % 100 < 60).then_some(at + 1);
    }
    let colon = tokens.get(at + 1).filter(|colon| *colon.lower == *":" && colon.start == token.end)?;
    let minute = tokens.get(at + 2).filter(|minute| minute.start == colon.end)?;
    let (value, count) = minute.number?;
    captured.clock = Some((hour, value));
    match minute.suffix {
        "am" | "pm" => captured.afternoon = Some(minute.suffix == "pm"),
        "" | "hrs" | "h" => {}
        _ => return None,
    }
    (token.suffix.is_empty() && hour < 24 && digits <= 2 && value < 60 && count == 2).then_some(at + 3)
}

/// `2005-09-13`.
fn iso(tokens: &[Token<'_>], at: usize, captured: &mut Captured) -> Option<usize> {
    let [year, hyphen, month, other, day] = tokens.get(at..at + 5)? else { return None };
    if *hyphen.lower != *"-" || *other.lower != *"-" || year.end + 6 != day.end || !day.suffix.is_empty() {
        return None;
    }
    let part = |token: &Token<'_>| token.number.and_then(|(value, _)| u8::try_from(value).ok());
    let date = Date::new(i32::try_from(year.number?.0).ok()?, part(month)?, part(day)?)?;
    (captured.year, captured.month, captured.day) = (Some(date.year()), Some(date.month()), Some(date.day()));
    Some(at + 5)
}
