//! The rules of `data/rules.tsv`.

use docmill_core::layers::TimeKind;

/// What an atom of a pattern takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Atom {
    Word(&'static str),
    /// A class of the list `time_words`.
    Listed(&'static str),
    Month,
    May,
    LastMonth,
    Day,
    Nth,
    LastDay,
    AnyDay,
    Year,
    Short,
    Old,
    AnyOld,
    Number,
    Hour,
    Clock,
    Weekday,
    Decades,
    Iso,
}

/// What an element does with the words that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Take,
    /// Looks at the word before.
    Before,
    /// Looks at the words behind.
    Behind,
}

#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub atoms: Vec<Atom>,
    pub optional: bool,
    pub role: Role,
    pub negated: bool,
}

/// What a step counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// The document's date.
    Now,
    /// The last date of the text.
    Focus,
    /// One or the other, by the kind of text.
    Auto,
    /// A day from the document's date.
    Day,
    /// A night from the document's date.
    Night,
    /// A year from the document's.
    Year,
}

/// How many units a length has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Captured,
    One,
    Unknown,
    /// The captured number and a half.
    AndHalf,
    Half,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    None,
    Date,
    /// A further day of the date before.
    More,
    /// A year before Christ, if the text is about such years.
    Old,
    Century,
    Every,
    Value(&'static str),
    Length(Length),
    Step(From, i32),
    /// By the captured number, forward or back.
    Shift(From, i32),
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub elements: Vec<Element>,
    pub kind: TimeKind,
    pub operation: Operation,
}

/// Every rule, and the lines that are none (a test keeps this empty).
pub(crate) fn rules() -> (Vec<Rule>, Vec<&'static str>) {
    let mut bad = Vec::new();
    let lines = include_str!("../data/rules.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let rules = lines.filter_map(|line| rule(line).or_else(|| (bad.push(line), None).1)).collect();
    (rules, bad)
}

fn rule(line: &'static str) -> Option<Rule> {
    let mut columns = line.split('\t');
    let (pattern, kind, operation) = (columns.next()?, columns.next()?, columns.next()?);
    let kind = match kind {
        "DATE" | "-" => TimeKind::Date,
        "TIME" => TimeKind::Time,
        "DURATION" => TimeKind::Duration,
        "SET" => TimeKind::Set,
        _ => return None,
    };
    let elements = pattern.split_whitespace().map(element).collect();
    Some(Rule { elements, kind, operation: parse_operation(operation)? })
}

fn element(written: &'static str) -> Element {
    let (role, rest) = match written.strip_prefix('<') {
        Some(rest) => (Role::Before, rest),
        None => written.strip_prefix('>').map_or((Role::Take, written), |rest| (Role::Behind, rest)),
    };
    let (negated, rest) = rest.strip_prefix('!').map_or((false, rest), |rest| (true, rest));
    let (optional, rest) = rest.strip_suffix('?').map_or((false, rest), |rest| (true, rest));
    Element { atoms: rest.split('|').map(atom).collect(), optional, role, negated }
}

fn atom(written: &'static str) -> Atom {
    match written {
        "MONTH" => Atom::Month,
        "MAY" => Atom::May,
        "LASTMONTH" => Atom::LastMonth,
        "DAY" => Atom::Day,
        "NTH" => Atom::Nth,
        "LASTDAY" => Atom::LastDay,
        "ANYDAY" => Atom::AnyDay,
        "YEAR" => Atom::Year,
        "SHORT" => Atom::Short,
        "OLD" => Atom::Old,
        "ANYOLD" => Atom::AnyOld,
        "NUMBER" => Atom::Number,
        "HOUR" => Atom::Hour,
        "TIMES" => Atom::Clock,
        "WEEKDAY" => Atom::Weekday,
        "DECADES" => Atom::Decades,
        "ISO" => Atom::Iso,
        class if class.bytes().all(|b| b.is_ascii_uppercase()) => Atom::Listed(class),
        word => Atom::Word(word),
    }
}

fn parse_operation(written: &'static str) -> Option<Operation> {
    if let Some(value) = written.strip_prefix('=') {
        return Some(Operation::Value(value));
    }
    let known = match written {
        "none" => Operation::None,
        "date" => Operation::Date,
        "more" => Operation::More,
        "old" => Operation::Old,
        "century" => Operation::Century,
        "every" => Operation::Every,
        "length" => Operation::Length(Length::Captured),
        "one" => Operation::Length(Length::One),
        "vague" => Operation::Length(Length::Unknown),
        "half" => Operation::Length(Length::AndHalf),
        "halfunit" => Operation::Length(Length::Half),
        _ => return step(written),
    };
    Some(known)
}

/// `now-1`, `focus+*`.
fn step(written: &str) -> Option<Operation> {
    let at = written.find(['+', '-'])?;
    let (from, steps) = written.split_at_checked(at)?;
    let from = match from {
        "now" => From::Now,
        "focus" => From::Focus,
        "auto" => From::Auto,
        "day" => From::Day,
        "night" => From::Night,
        "year" => From::Year,
        _ => return None,
    };
    match steps {
        "+*" => Some(Operation::Shift(from, 1)),
        "-*" => Some(Operation::Shift(from, -1)),
        steps => steps.parse().ok().map(|steps| Operation::Step(from, steps)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_line_is_a_rule_and_every_class_has_words() {
        let (rules, bad) = rules();
        assert_eq!(bad, Vec::<&str>::new());
        let lexicon = Lexicon::new(&[]).unwrap();
        for atom in rules.iter().flat_map(|rule| &rule.elements).flat_map(|element| &element.atoms) {
            if let Atom::Listed(class) = atom {
                assert!(lexicon.words(class).next().is_some(), "class {class} has no words");
            }
        }
    }
}
