//! The noun phrase of a role: its words, whose it is, how it is held.

use std::sync::LazyLock;

use docmill_core::Span;
use docmill_core::layers::{RoleStatus, Upos};

use docmill_lexicon::Words;
use docmill_lexicon::lists::ROLE_WORDS;

use crate::items::{Item, is_side};

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

/// A role in a sentence, not yet tied to a person.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// First item with everything that belongs to it: article, owner, status.
    pub start: usize,
    /// One past the last item, with what follows `of`.
    pub end: usize,
    /// The words of the role.
    pub role: Span,
    /// The organization or state.
    pub owner: Option<Owner>,
    pub status: RoleStatus,
    /// True if several persons bear it.
    pub plural: bool,
    /// True if the owner stands behind the noun.
    pub owned_behind: bool,
    /// True for an office of a state.
    pub of_state: bool,
    /// True for what is no office: `journalist`.
    pub profession: bool,
    /// True if something besides the noun shows that it is a description: an article, an owner, a complement.
    pub described: bool,
}

/// Words looked at to the left of a noun of office.
const MAX_WORDS: usize = 10;
static ARTICLES: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("article"));
static BODIES: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("body"));
static INSIDE: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("inside"));
static FIELDS: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("field"));
static GRADES: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("grade"));
static PERSONAL: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("personal"));
static NATIONAL: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("national"));
static JOINTS: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("joint"));
/// Roles whose place of duty belongs to their name: `ambassador to China`.
static SENT: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("sent"));
/// Offices with `General` behind the noun: `Secretary-General`.
static GENERALS: LazyLock<Words> = LazyLock::new(|| ROLE_WORDS.shipped().of_class("general"));

/// The role that ends with the noun of office at `head`; none if it goes on to a later noun.
pub(crate) fn phrase(items: &[Item<'_>], head: usize) -> Option<Phrase> {
    let noun = items.get(head)?;
    if !noun.sort.office || goes_on(items, head) {
        return None;
    }
    let mut status = None;
    let mut first = head;
    let mut at = head;
    while at > 0 && head - at < MAX_WORDS {
        let before = &items[at - 1];
        let hyphen = matches!(before.text, "-" | "‑") && before.span.end == items[at].span.start && at > 1;
        if hyphen {
            if let Some(told) = items[at - 2].sort.status {
                status = status.or(Some(told));
                at -= 2;
                continue;
            }
            if !items[at - 2].is_word() {
                break;
            }
            at -= 2;
            first = at;
            continue;
        }
        if let Some(told) = before.sort.status {
            status = status.or(Some(told));
            at -= 1;
            continue;
        }
        // `Gender Minister`: a word of a title in capitals, but not the first of a sentence.
        let titled = before.is_capitalised() && items[first].is_capitalised() && at > 1 && !before.sort.rank;
        if before.sort.is_part() || (titled && !is_small(before)) {
            at -= 1;
            first = at;
            continue;
        }
        break;
    }
    let mut start = at;
    let mut owner = None;
    let possessive = start > 0 && items[start - 1].is_one(&["'s", "’s", "'", "’"]);
    let beside = start.checked_sub(1 + usize::from(possessive));
    let is_personal = PERSONAL.iter().any(|word| noun.is(word));
    if let Some(name) = beside.and_then(|at| items.get(at)).filter(|item| item.name.is_some())
        && (!name.person || possessive || is_personal || name.text.ends_with("'s") || name.text.ends_with("’s"))
        && !is_side(name.text)
        // `Conservative prime minister`, `Local Administration Minister`: a party, a field.
        && (possessive || name.state || !(noun.sort.state && noun.sort.portfolio))
    {
        owner = name.name.map(if name.person { Owner::Person } else { Owner::Name });
        start = beside.unwrap_or(start);
        // `Russia's UN envoy` is one of Russia.
        if SENT.iter().any(|word| noun.is(word))
            && let Some((first, sender)) = state_before(items, start)
        {
            (owner, start) = (Some(Owner::Name(sender)), first);
        }
    } else if let Some((first, name)) = before_brackets(items, start) {
        (owner, start) = (Some(Owner::Name(name)), first);
    } else if start > 0 && items[start - 1].is_of(&BODIES) && !noun.sort.profession {
        // `junta leader`
        start -= 1;
        owner = Some(Owner::Words(items[start].span));
    } else if let Some((first, name)) = described_owner(items, start) {
        (owner, start) = (Some(Owner::Name(name)), first);
    } else if possessive && let Some((first, words)) = possessor(items, start - 1) {
        (owner, start) = (Some(Owner::Words(words)), first);
    }
    let described_before = owner.is_some();
    let mut described = described_before;
    while start > 0 && at - start < MAX_WORDS {
        let before = &items[start - 1];
        // `deputy Taliban chief`, `former Angolan president`, `ex - PM`.
        if let Some(told) = before.sort.status {
            status = status.or(Some(told));
        } else if before.is_of(&ARTICLES) {
            described |= !before.is("new") && !before.is("also");
            if owner.is_none() && before.is_one(&["its", "their", "our"]) {
                owner = Some(Owner::Words(before.span));
            }
        } else if !belongs(items, start - 1, owner.is_some()) {
            break;
        }
        start -= 1;
    }
    let last = with_general(items, head);
    let owned_before = owner.is_some();
    let mut phrase = Phrase {
        start,
        end: last + 1,
        role: items[first].span.cover(items[last].span),
        owner,
        status: status.unwrap_or(RoleStatus::Current),
        plural: noun.sort.plural,
        owned_behind: false,
        of_state: is_of_state(items, first, head),
        profession: noun.sort.profession,
        described,
    };
    complement(items, head, &mut phrase);
    phrase.owned_behind = !owned_before && phrase.owner.is_some();
    if phrase.owner.is_none() && !noun.sort.profession {
        phrase.owner = body_within(items, first, head).map(Owner::Words);
    }
    // `president - elect`
    if items.get(phrase.end).is_some_and(|item| item.text == "-")
        && let Some(told) = items.get(phrase.end + 1).and_then(|item| item.sort.status)
    {
        phrase.status = told;
        phrase.end += 2;
    }
    Some(phrase)
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
fn body_within(items: &[Item<'_>], first: usize, head: usize) -> Option<Span> {
    let body = (first..head).rev().find(|&at| items[at].is_of(&BODIES))?;
    let mut from = body;
    while from > first && items[from - 1].is_word() && !items[from - 1].is_of(&GRADES) {
        from -= 1;
    }
    Some(items[from].span.cover(items[body].span))
}

/// The organization before a possessive mark, and where its phrase begins: `the ruling party's leader`.
fn possessor(items: &[Item<'_>], mark: usize) -> Option<(usize, Span)> {
    let body = mark.checked_sub(1).filter(|&at| items[at].is_of(&BODIES) || items[at].is_of(&INSIDE))?;
    let mut from = body;
    while from > 0 && body - from < 3 && items[from - 1].is_nominal() && !is_small(&items[from - 1]) {
        from -= 1;
    }
    Some((from, items[from].span.cover(items[body].span)))
}

/// True for an office of a state, where nothing else is said: `president`, `finance minister`, `home secretary`.
fn is_of_state(items: &[Item<'_>], first: usize, head: usize) -> bool {
    let is_field = |at: usize| at < head && items[at].is_of(&FIELDS);
    let secretary = items[head].is_one(&["secretary", "undersecretary"])
        && (head > first && is_field(head - 1)
            || items.get(head + 1).is_some_and(|of| of.is("of"))
                && items.get(head + 2).is_some_and(|field| field.is_of(&FIELDS)));
    items[head].sort.state
        || secretary
        || (first..head).any(|at| items[at].is_of(&NATIONAL))
        || (items[head].is("attorney") && items.get(head + 1).is_some_and(|item| item.is("general")))
}

/// The last item of an office with what stands behind its noun: `Secretary General`, `Secretary-General`.
fn with_general(items: &[Item<'_>], head: usize) -> usize {
    let hyphen = items.get(head + 1).is_some_and(|item| matches!(item.text, "-" | "‑"));
    let at = head + 1 + usize::from(hyphen);
    let is_general = GENERALS.iter().any(|word| items[head].is(word))
        && items.get(at).is_some_and(|item| item.is("general"));
    if is_general { at } else { head }
}

/// True if a word to the left of the owner is part of the role still: `deputy Taliban chief`, the hyphen of `ex-`.
fn belongs(items: &[Item<'_>], at: usize, owned: bool) -> bool {
    let hyphen = matches!(items[at].text, "-" | "‑");
    (owned && items[at].sort.is_part()) || (hyphen && at > 0 && items[at - 1].sort.status.is_some())
}

/// True if the words behind `head` lead to another noun of office: `vice president nominee`, `prime minister`.
fn goes_on(items: &[Item<'_>], head: usize) -> bool {
    let mut at = head + 1;
    while let Some(item) = items.get(at).filter(|_| at - head < MAX_WORDS) {
        let hyphen = item.text == "-" && items.get(at + 1).is_some_and(|next| next.sort.office);
        if item.sort.office && !item.sort.rank {
            return true;
        }
        if !hyphen && (item.sort.rank || !item.sort.modifier) {
            return false;
        }
        at += 1;
    }
    false
}

/// What follows the noun: `of the National Archives`, `of tourism`, `to China`.
fn complement(items: &[Item<'_>], head: usize, phrase: &mut Phrase) {
    let mut at = phrase.end;
    let is_portfolio = items[head].sort.portfolio && phrase.end == head + 1;
    let is_sent = SENT.iter().any(|word| items[head].is(word));
    for _ in 0..2 {
        let Some(joint) = items.get(at).filter(|item| item.is_of(&JOINTS)) else { return };
        let mut to = at + 1;
        while items.get(to).is_some_and(|item| item.is_one(&["the", "its", "a", "an", "this"])) {
            to += 1;
        }
        let Some(object) = items.get(to) else { return };
        if object.name.is_some() {
            if object.person {
                return;
            }
            if is_sent && joint.is("to") {
                phrase.role = phrase.role.cover(object.span);
            } else if is_portfolio && joint.is_one(&["of", "for"]) && !object.state {
                // `minister of Higher Education`: models take the field for a name.
                phrase.role = phrase.role.cover(object.span);
            } else if phrase.owner.is_none() {
                phrase.owner = object.name.map(Owner::Name);
            }
            phrase.end = in_brackets(items, to + 1);
            phrase.described = true;
            at = phrase.end;
            continue;
        }
        if let Some((end, owner)) = body(items, to) {
            phrase.owner = phrase.owner.or(Some(owner));
            phrase.end = in_brackets(items, end);
            phrase.described = true;
            return;
        }
        // `secretary of the Federation of Women`: a name that is not known as one.
        let is_name = !is_portfolio || object.is_of(&BODIES) || object.is_of(&INSIDE);
        if is_name && to > at + 1 && object.is_capitalised() && !object.sort.office {
            let end = capitalised(items, to);
            // `President of the Republic` does not say of which.
            if end == to + 1 && object.is_one(&["republic", "nation", "state", "union", "country"]) {
                phrase.end = end;
                return;
            }
            phrase.owner = phrase.owner.or(Some(Owner::Words(object.span.cover(items[end - 1].span))));
            phrase.end = in_brackets(items, end);
            phrase.described = true;
            return;
        }
        let is_field = joint.is_one(&["of", "for"]) && object.is_word();
        // `Minister of Justice`, but not `spokesman for General Berg`.
        let is_rank = object.sort.rank && !(is_portfolio && joint.is("of"));
        if !is_field || is_small(object) || is_rank {
            return;
        }
        let mut end = to + 1;
        while let Some(item) = items.get(end).filter(|_| end - to < 6) {
            let and = item.is("and")
                && items.get(end + 1).is_some_and(Item::is_capitalised)
                && object.is_capitalised();
            let more = item.is_word() && object.is_capitalised() && item.is_capitalised() && !is_office(item);
            // `chief of the general staff`
            let lower = end == to + 1 && !object.is_capitalised() && item.is_word() && !item.is_capitalised();
            if !(and || more || (lower && !is_small(item)) || (item.sort.modifier && !item.sort.rank)) {
                break;
            }
            end += 1;
        }
        phrase.role = phrase.role.cover(items[end - 1].span);
        phrase.end = end;
        phrase.described = true;
        at = end;
    }
}

/// Where the words in capitals that begin at `at` end: `Federation of Cuban Women`.
fn capitalised(items: &[Item<'_>], at: usize) -> usize {
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
fn body(items: &[Item<'_>], at: usize) -> Option<(usize, Owner)> {
    let goes_on = |at: usize| {
        items.get(at).is_some_and(|item| {
            let rank = item.sort.rank && item.is_capitalised();
            item.text == "-" || (item.is_nominal() && !is_small(item) && !rank)
        })
    };
    let mut end = at;
    while end - at < MAX_WORDS && goes_on(end) {
        end += 1;
    }
    let last = end.checked_sub(1).filter(|&last| last >= at)?;
    let is_body = items[last].is_of(&BODIES) || items[last].is_of(&INSIDE);
    if !is_body {
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

/// Where an abbreviation in brackets at `at` ends: `of the Supreme Tribunal (TSE), X`.
fn in_brackets(items: &[Item<'_>], at: usize) -> usize {
    let is = |n: usize, mark: &str| items.get(at + n).is_some_and(|item| item.is(mark));
    if is(0, "(") && is(2, ")") { at + 3 } else { at }
}

fn is_office(item: &Item<'_>) -> bool {
    item.sort.office || item.sort.rank
}

/// Words that are no part of a title though they may be written with a capital.
fn is_small(item: &Item<'_>) -> bool {
    item.is_one(&[
        "the", "a", "an", "and", "or", "but", "of", "for", "in", "on", "at", "to", "by", "as", "with",
        "that", "this", "his", "her", "its", "their", "he", "she", "it", "they", "we", "said", "says",
        "told", "is", "was", "are", "were", "when", "while", "so", "from", "has", "had", "have", "will",
        "would", "be", "been", "not", "also", "into", "over", "after", "before", "if", "then", "which",
        "who", "those", "these", "all", "some",
    ])
}
