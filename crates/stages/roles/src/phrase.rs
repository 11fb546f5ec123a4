//! The noun phrase of a role: its words, whose it is, how it is held.

use docmill_core::Span;
use docmill_core::layers::RoleStatus;

use crate::items::Item;
use crate::owners::{Owner, body, body_within, capitalised, is_body, owner_before};
use crate::words::{
    ARTICLES, DETERMINERS, FIELDS, GENERALS, JOINTS, MAX_WORDS, NATIONAL, OWN, REPUBLICS, SENT, SMALL,
};

/// A role in a sentence, not yet tied to a person.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of the phrase")]
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

/// The role that ends with the noun of office at `head`; none if it goes on to a later noun.
pub(crate) fn phrase(items: &[Item<'_>], head: usize) -> Option<Phrase> {
    let noun = items.get(head)?;
    if !noun.sort.office || goes_on(items, head) {
        return None;
    }
    let Front { first, at, mut status } = front(items, head);
    let mut start = at;
    let (mut owner, before) = owner_before(items, start, noun);
    start = before;
    let mut described = owner.is_some();
    while start > 0 && at - start < MAX_WORDS {
        let before = &items[start - 1];
        // `deputy Taliban chief`, `former Angolan president`, `ex - PM`.
        if let Some(told) = before.sort.status {
            status = status.or(Some(told));
        } else if before.is_of(&ARTICLES) {
            described |= !before.is("new") && !before.is("also");
            if owner.is_none() && before.is_of(&OWN) {
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

/// Where a role begins.
struct Front {
    /// The first word of the role.
    first: usize,
    /// The first word with what says how it is held.
    at: usize,
    status: Option<RoleStatus>,
}

/// The words of a role before its noun: `former deputy foreign` of `former deputy foreign minister`.
fn front(items: &[Item<'_>], head: usize) -> Front {
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
        if before.sort.is_part() || (titled && !before.is_of(&SMALL)) {
            at -= 1;
            first = at;
            continue;
        }
        break;
    }
    Front { first, at, status }
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
        while items.get(to).is_some_and(|item| item.is_of(&DETERMINERS)) {
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
        let is_name = !is_portfolio || is_body(object);
        if is_name && to > at + 1 && object.is_capitalised() && !object.sort.office {
            let end = capitalised(items, to);
            // `President of the Republic` does not say of which.
            if end == to + 1 && object.is_of(&REPUBLICS) {
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
        if !is_field || object.is_of(&SMALL) || is_rank {
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
            if !(and || more || (lower && !item.is_of(&SMALL)) || (item.sort.modifier && !item.sort.rank)) {
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

/// Where an abbreviation in brackets at `at` ends: `of the Supreme Tribunal (TSE), X`.
fn in_brackets(items: &[Item<'_>], at: usize) -> usize {
    let is = |n: usize, mark: &str| items.get(at + n).is_some_and(|item| item.is(mark));
    if is(0, "(") && is(2, ")") { at + 3 } else { at }
}

fn is_office(item: &Item<'_>) -> bool {
    item.sort.office || item.sort.rank
}
