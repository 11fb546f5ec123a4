//! Whose a role is: the organization or state before its noun or behind it.

use docmill_core::Span;
use docmill_core::layers::Upos;

use crate::items::{Item, is_side};
use crate::words::{ARTICLES, BODIES, GRADES, INSIDE, MAX_WORDS, PERSONAL, SENT, SMALL};

/// Whose a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A mention of an organization or a state.
    Name(u32),
    /// A mention of a person.
    Person(u32),
    /// Words for an organization: `government`, `its`.
    Words(Span),
}

/// The organization or state before the first word of a role, and where its words begin.
pub(crate) fn owner_before(items: &[Item<'_>], start: usize, noun: &Item<'_>) -> (Option<Owner>, usize) {
    let possessive = start > 0 && items[start - 1].is_one(&["'s", "’s", "'", "’"]);
    let beside = start.checked_sub(1 + usize::from(possessive));
    let is_personal = PERSONAL.iter().any(|word| noun.is(word));
    if let Some(name) = beside.and_then(|at| items.get(at)).filter(|item| item.name.is_some())
        && (!name.person || possessive || is_personal || name.text.ends_with("'s") || name.text.ends_with("’s"))
        && !is_side(name.text)
        // `Conservative prime minister`, `Local Administration Minister`: a party, a field.
        && (possessive || name.state || !(noun.sort.state && noun.sort.portfolio))
    {
        let first = beside.unwrap_or(start);
        // `Russia's UN envoy` is one of Russia.
        if SENT.iter().any(|word| noun.is(word))
            && let Some((first, sender)) = state_before(items, first)
        {
            return (Some(Owner::Name(sender)), first);
        }
        (name.name.map(if name.person { Owner::Person } else { Owner::Name }), first)
    } else if let Some((first, name)) = before_brackets(items, start) {
        (Some(Owner::Name(name)), first)
    } else if start > 0 && items[start - 1].is_of(&BODIES) && !noun.sort.profession {
        // `junta leader`
        (Some(Owner::Words(items[start - 1].span)), start - 1)
    } else if let Some((first, name)) = described_owner(items, start) {
        (Some(Owner::Name(name)), first)
    } else if possessive && let Some((first, words)) = possessor(items, start - 1) {
        (Some(Owner::Words(words)), first)
    } else {
        (None, start)
    }
}

/// True for a word that says what sort of organization it is.
pub(crate) fn is_body(item: &Item<'_>) -> bool {
    item.is_of(&BODIES) || item.is_of(&INSIDE)
}

/// A state right before an item, with or without a possessive mark.
fn state_before(items: &[Item<'_>], start: usize) -> Option<(usize, u32)> {
    let possessive = start > 0 && items[start - 1].is_one(&["'s", "’s", "'", "’"]);
    let at = start.checked_sub(1 + usize::from(possessive))?;
    Some((at, items.get(at).filter(|item| item.state)?.name?))
}

/// The name before an abbreviation in brackets and a role: `Labour Party (LP) leader`, `CPI(M) secretary`.
fn before_brackets(items: &[Item<'_>], start: usize) -> Option<(usize, u32)> {
    let close = start.checked_sub(1).filter(|&at| items[at].is_one(&[")", "”", "\""]))?;
    let open = close.checked_sub(2).filter(|&at| items[at].is_one(&["(", "“", "\""]))?;
    let at = open.checked_sub(1)?;
    Some((at, items.get(at).filter(|item| !item.person)?.name?))
}

/// The name before adjectives and a role: `North Korea's uncrowned leader`, `the Ukrainian far-right leader`.
fn described_owner(items: &[Item<'_>], start: usize) -> Option<(usize, u32)> {
    let mut at = start;
    while at > 0 && start - at < 3 && {
        let before = &items[at - 1];
        before.is("new") || before.text == "-" || (before.upos == Some(Upos::Adj) && !before.is_capitalised())
    } {
        at -= 1;
    }
    if at == start {
        return None;
    }
    let possessive = at > 0 && items[at - 1].is_one(&["'s", "’s", "'", "’"]);
    let beside = at.checked_sub(1 + usize::from(possessive))?;
    let name = items.get(beside).filter(|item| !item.person && (possessive || item.state))?;
    Some((beside, name.name?))
}

/// An organization that a role is named with: `government` of `senior government spokesman`, `foreign ministry`.
pub(crate) fn body_within(items: &[Item<'_>], first: usize, head: usize) -> Option<Span> {
    let body = (first..head).rev().find(|&at| items[at].is_of(&BODIES))?;
    let mut from = body;
    while from > first && items[from - 1].is_word() && !items[from - 1].is_of(&GRADES) {
        from -= 1;
    }
    Some(items[from].span.cover(items[body].span))
}

/// The organization before a possessive mark, and where its phrase begins: `the ruling party's leader`.
fn possessor(items: &[Item<'_>], mark: usize) -> Option<(usize, Span)> {
    let body = mark.checked_sub(1).filter(|&at| is_body(&items[at]))?;
    let mut from = body;
    while from > 0 && body - from < 3 && items[from - 1].is_nominal() && !items[from - 1].is_of(&SMALL) {
        from -= 1;
    }
    Some((from, items[from].span.cover(items[body].span)))
}

/// Where the words in capitals that begin at `at` end: `Federation of Cuban Women`.
pub(crate) fn capitalised(items: &[Item<'_>], at: usize) -> usize {
    let is_part = |at: usize| items.get(at).is_some_and(|item| item.is_capitalised() || item.state);
    let mut end = at + 1;
    while end - at < MAX_WORDS {
        let small = items.get(end).is_some_and(|item| item.is_one(&["of", "for", "and"]));
        if is_part(end) {
            end += 1;
        } else if small && is_part(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// The organization whose phrase begins at `at`, and where it ends: `extreme-right party Dawn`, `secret service`, `lower
/// house of the parliament of Peru`.
pub(crate) fn body(items: &[Item<'_>], at: usize) -> Option<(usize, Owner)> {
    let goes_on = |at: usize| {
        items.get(at).is_some_and(|item| {
            let rank = item.sort.rank && item.is_capitalised();
            item.text == "-" || (item.is_nominal() && !item.is_of(&SMALL) && !rank)
        })
    };
    let mut end = at;
    while end - at < MAX_WORDS && goes_on(end) {
        end += 1;
    }
    let last = end.checked_sub(1).filter(|&last| last >= at)?;
    if !is_body(&items[last]) {
        return None;
    }
    let named = |at: usize| items.get(at).filter(|item| !item.person).and_then(|item| item.name);
    if let Some(name) = named(end) {
        return Some((end + 1, Owner::Name(name)));
    }
    // `Federation of River Women` is a name that is not known as one.
    let is_capitalised = |at: usize| items.get(at).is_some_and(Item::is_capitalised);
    if is_capitalised(last) && items.get(end).is_some_and(|item| item.is("of")) && is_capitalised(end + 1) {
        return None;
    }
    let words = Owner::Words(items[at].span.cover(items[last].span));
    // `of the People's Army` behind it says whose it is.
    let mut to = end;
    if items.get(to).is_some_and(|item| item.is_one(&["of", "in"])) {
        to += 1;
        while items.get(to).is_some_and(|item| item.is_of(&ARTICLES)) {
            to += 1;
        }
        if let Some(name) = named(to) {
            return Some((to + 1, Owner::Name(name)));
        }
    }
    Some((end, words))
}
