//! The outlets that a piece of a bracket names.

use std::ops::Range;

use crate::judge::{Judge, Verdict, site};
use crate::pieces::trim;
use crate::words::{BEFORE_DATE, LEADS, WEAK_LEADS};

/// An outlet by name.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// Where the name stands.
    pub range: Range<usize>,
    /// The name on one line; of a web address, its host.
    pub name: String,
    /// [`Verdict::Name`] or better.
    pub verdict: Verdict,
}

/// Numbers of issues behind a name.
const NUMBERS: &[&str] =
    &[" no. ", " no ", " nr. ", " nr ", " #", " vol. ", " vol ", " issue ", " №", " p. ", " pp. "];

/// The outlets in `range`: none for a place, `None` for prose.
pub fn outlets(text: &str, range: Range<usize>, judge: &Judge) -> Option<Vec<Outlet>> {
    let (range, weak) = without_leads(text, range);
    let range = without_tail(text, range);
    let name = text.get(range.clone())?;
    let verdict = judge.judge(name);
    let least = if weak { Verdict::Shaped } else { Verdict::Name };
    if verdict < Verdict::Known
        && let Some(parts) = parts(text, &range, judge)
    {
        return Some(parts);
    }
    match verdict {
        Verdict::Place => Some(Vec::new()),
        verdict if verdict >= least => Some(vec![outlet(name, range, verdict)]),
        _ => None,
    }
}

/// The outlet that a quoted title is, if nothing else in its group is one: `“Kommersant”`.
pub fn quoted(text: &str, range: Range<usize>, judge: &Judge) -> Option<Outlet> {
    let quotes = ['“', '”', '„', '«', '»', '"', ',', '.', ' '];
    let inside = text.get(range.clone())?;
    let name = inside.trim_matches(quotes);
    let start = range.start + (inside.len() - inside.trim_start_matches(quotes).len());
    let verdict = judge.judge(name);
    let fits = verdict >= Verdict::Name && name.split_whitespace().count() <= 4;
    fits.then(|| outlet(name, start..start + name.len(), verdict))
}

fn outlet(name: &str, range: Range<usize>, verdict: Verdict) -> Outlet {
    let name = site(name).unwrap_or(name).split_whitespace().collect::<Vec<_>>().join(" ");
    Outlet { range, name, verdict }
}

/// `Reuters and AFP`, `AFP/Reuters`: the parts, if they are outlets without doubt. A name on the list makes a doubtful
/// one beside it an outlet, unless a slash joins them.
fn parts(text: &str, range: &Range<usize>, judge: &Judge) -> Option<Vec<Outlet>> {
    let name = text.get(range.clone())?;
    for (separator, least) in [(" and ", Verdict::Name), (" & ", Verdict::Name), ("/", Verdict::Known)] {
        if !name.contains(separator) {
            continue;
        }
        let mut found = Vec::new();
        let mut at = range.start;
        for part in name.split(separator) {
            let (part, weak) = without_leads(text, trim(text, at..at + part.len()));
            at += text.get(at..range.end)?.find(separator).map_or(0, |len| len + separator.len());
            let name = text.get(part.clone())?;
            let verdict = judge.judge(name);
            // `Radio` alone is no part of `Radio and Television of Moldova`.
            let bare = verdict == Verdict::Shaped && name.split_whitespace().count() == 1;
            let least = if weak { Verdict::Shaped } else { least };
            if verdict < least || bare {
                break;
            }
            found.push(outlet(name, part, verdict));
        }
        let whole = found.len() == name.split(separator).count();
        if whole && found.iter().any(|outlet| outlet.verdict == Verdict::Known) {
            return Some(found);
        }
    }
    None
}

/// The range without `see`, `quoted by`, `the` and the like before the name; whether what was left out asks for a
/// better name.
fn without_leads(text: &str, mut range: Range<usize>) -> (Range<usize>, bool) {
    let mut weak = false;
    loop {
        let inside = text.get(range.clone()).unwrap_or_default();
        let lead = |lead: &&str| {
            let head = inside.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
            head && inside.get(lead.len()..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        };
        let sure = LEADS.iter().map(|lead| &**lead).find(lead);
        // `The` with a capital is part of the name.
        let small = inside.starts_with(char::is_lowercase);
        let doubtful = WEAK_LEADS.iter().map(|lead| &**lead).filter(|_| small).find(lead);
        let Some(found) = sure.or(doubtful) else { return (range, weak) };
        weak |= sure.is_none();
        range = trim(text, range.start + found.len()..range.end);
    }
}

/// The range without marks, a place in brackets, an issue number, or `on`, `dated` behind the name.
fn without_tail(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    // The stop of `U.S.` is its own.
    let inside = inside.strip_suffix('.').filter(|name| !name.contains('.')).unwrap_or(inside);
    let inside = inside.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—'));
    let mut end = inside.len();
    if let Some(open) = inside.rfind(['(', '[']).filter(|open| *open > 0 && inside.ends_with([')', ']'])) {
        end = open;
    }
    let head = inside.get(..end).unwrap_or_default();
    let lower = head.to_ascii_lowercase();
    let number = NUMBERS
        .iter()
        .filter_map(|number| lower.find(number))
        .filter(|at| lower.get(*at..).is_some_and(|tail| tail.bytes().any(|b| b.is_ascii_digit())));
    end = number.min().unwrap_or(end);
    let head = head.get(..end).unwrap_or_default().trim_end();
    let before_date = BEFORE_DATE.iter().filter_map(|word| {
        let name = head.strip_suffix(word)?;
        name.ends_with(char::is_whitespace).then_some(name.len())
    });
    let end = before_date.min().unwrap_or(head.len());
    trim(text, range.start..range.start + end)
}
