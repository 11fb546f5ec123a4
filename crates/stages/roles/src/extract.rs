//! Roles tied to persons.

use docmill_core::layers::{OrganizationSource, Role, RoleStatus};

use crate::items::Item;
use crate::owners::Owner;
use crate::phrase::{Phrase, phrase};
use crate::words::{BE, BETWEEN};

/// Items looked at between a person and the role that a verb ties to it.
const REACH: usize = 6;
/// How many persons share a role in the plural.
const MAX_PERSONS: usize = 12;

/// A role with what is not part of its layer.
pub(crate) struct Found {
    pub role: Role,
    /// True for an office of a state.
    pub of_state: bool,
    /// True for what is no office.
    pub profession: bool,
}

/// The roles of a sentence.
pub(crate) fn roles(items: &[Item<'_>], sentence: u32) -> Vec<Found> {
    let mut phrases: Vec<Phrase> = (0..items.len()).filter_map(|head| phrase(items, head)).collect();
    drop_inner(&mut phrases);
    let mut persons: Vec<Vec<usize>> = phrases.iter().map(|phrase| titled(items, phrase)).collect();
    let mut status: Vec<RoleStatus> = phrases.iter().map(|phrase| phrase.status).collect();
    for (n, phrase) in phrases.iter().enumerate() {
        if persons[n].is_empty() {
            if phrase.plural {
                continue;
            }
            if let Some(person) = apposed(items, phrase) {
                persons[n].push(person);
            } else if let Some((person, past)) = predicated(items, phrase) {
                persons[n].push(person);
                if past && status[n] == RoleStatus::Current {
                    status[n] = RoleStatus::Former;
                }
            }
        }
        // `X, a peer and former minister`
        if let Some(before) = n.checked_sub(1)
            && persons[n].is_empty()
            && joins(items, phrases[before].end, phrase.start)
            && let [person] = persons[before][..]
            && person < phrases[before].start
        {
            persons[n].push(person);
        }
    }
    // `lawyer and activist X`
    for n in (1..phrases.len()).rev() {
        if persons[n - 1].is_empty()
            && joins(items, phrases[n - 1].end, phrases[n].start)
            && let [person] = persons[n][..]
            && person >= phrases[n].end
        {
            persons[n - 1].push(person);
        }
    }
    share_owners(items, &mut phrases);
    let mut found = Vec::new();
    let mut owner_before: Option<(usize, Owner)> = None;
    for ((phrase, persons), status) in phrases.iter().zip(&persons).zip(status) {
        // `Chinese President Hu Jintao and Premier Wen Jiabao`
        let inherited = owner_before
            .filter(|(_, owner)| !matches!(owner, Owner::Person(_)))
            .filter(|(end, _)| {
                items.get(*end).is_some_and(|item| item.is_one(&["and", ","])) && phrase.start == end + 1
            })
            .map(|(_, owner)| owner);
        let owner = phrase.owner.or(inherited).or_else(|| owner_behind(items, *persons.last()?));
        for &at in persons {
            let Some(person) = items[at].name else { continue };
            let evidence = items[phrase.start].span.cover(items[phrase.end - 1].span).cover(items[at].span);
            let owner = owner.filter(|&owner| owner != Owner::Person(person));
            let (organization, words) = match owner {
                Some(Owner::Name(name) | Owner::Person(name)) => (Some(name), None),
                Some(Owner::Words(words)) => (None, Some(words)),
                None => (None, None),
            };
            let role = Role {
                person,
                role: phrase.role,
                organization,
                words,
                state: None,
                source: owner.map(|_| OrganizationSource::Text),
                status,
                sentence,
                evidence,
            };
            found.push(Found { role, of_state: phrase.of_state, profession: phrase.profession });
        }
        if let (Some(owner), Some(&last)) = (owner, persons.last()) {
            owner_before = Some((last + 1, owner));
        }
    }
    found
}

/// `founder and director of the channel`: what is said of the last office holds for those joined to it.
fn share_owners(items: &[Item<'_>], phrases: &mut [Phrase]) {
    for n in (1..phrases.len()).rev() {
        let (before, after) = (&phrases[n - 1], &phrases[n]);
        if before.owner.is_none()
            && !before.profession
            && !after.profession
            && before.end <= after.start
            && joins(items, before.end, after.start)
            && after.owned_behind
            && !matches!(after.owner, Some(Owner::Person(_)))
        {
            phrases[n - 1].owner = after.owner;
            phrases[n - 1].owned_behind = true;
        }
    }
}

/// `justice` of `minister of justice` is no role of its own.
fn drop_inner(phrases: &mut Vec<Phrase>) {
    let mut end = 0;
    phrases.retain(|phrase| {
        let inner = phrase.start < end;
        end = end.max(phrase.end);
        !inner
    });
}

/// The name behind a person: `Judge Weiss of the High Court`.
fn owner_behind(items: &[Item<'_>], person: usize) -> Option<Owner> {
    let comma = usize::from(items.get(person + 1)?.is(","));
    let joint = person + 1 + comma;
    items.get(joint).filter(|item| item.is("of"))?;
    let the = usize::from(items.get(joint + 1)?.is("the"));
    let name = items.get(joint + 1 + the).filter(|item| !item.person)?;
    name.name.map(Owner::Name)
}

/// True if only `and`, a comma or both stand between `end` and `start`.
fn joins(items: &[Item<'_>], end: usize, start: usize) -> bool {
    let between = items.get(end..start).unwrap_or_default();
    matches!(between.len(), 1 | 2) && between.iter().all(|item| item.is_one(&["and", ",", "&"]))
}

/// Persons whose names follow the role: `Defense Minister Sergei Shoigu`, `the mediator, Mohamed Fakih`, `Presidents Bush
/// and Putin`.
fn titled(items: &[Item<'_>], phrase: &Phrase) -> Vec<usize> {
    let mut at = phrase.end;
    let mut comma = false;
    while let Some(item) = items.get(at).filter(|_| at - phrase.end < REACH) {
        let mark = item.is_one(&[".", "\"", "“", "”", "'", "‘", "’", ":"]) && item.text != ":";
        if item.person {
            break;
        }
        if item.is(",") && !comma && phrase.described {
            comma = true;
        } else if !(mark || item.sort.rank) {
            // `spokesman for the ministry` is read already.
            return Vec::new();
        }
        at += 1;
    }
    if !items.get(at).is_some_and(|item| item.person) {
        return Vec::new();
    }
    // `the minister, Putin's friend`, `the president, Bush said` is no apposition where no comma closes it.
    if comma && !closes(items, at + 1) && !phrase.plural {
        return Vec::new();
    }
    let mut persons = vec![at];
    while phrase.plural && persons.len() < MAX_PERSONS {
        let mut to = at + 1;
        while items.get(to).is_some_and(|item| item.is_one(&[",", "and"]) || item.sort.rank) {
            to += 1;
        }
        if to == at + 1 || !items.get(to).is_some_and(|item| item.person) {
            break;
        }
        persons.push(to);
        at = to;
    }
    persons
}

/// True if a comma, a stop or the end follows an apposition.
fn closes(items: &[Item<'_>], at: usize) -> bool {
    items
        .get(at)
        .is_none_or(|item| item.is_one(&[",", ".", ";", ":", ")", "-", "–", "—", "and", "(", "”", "\""]))
}

/// The person before the role: `Nicola Sturgeon, the leader of the SNP,`, `Benyi (head of the elders)`.
fn apposed(items: &[Item<'_>], phrase: &Phrase) -> Option<usize> {
    let mark = phrase.start.checked_sub(1)?;
    if !items[mark].is_one(&[",", "(", "–", "—", "-", "--"]) {
        return None;
    }
    let mut at = mark.checked_sub(1)?;
    // `Kim Hyun-sook, 54, the minister`
    if items[at].text.starts_with(|c: char| c.is_ascii_digit()) && at > 1 && items[at - 1].is(",") {
        at -= 2;
    }
    // `Sarabi, governor of Bamyan, and Karzai, president`: the name is next to the mark.
    items[at].person.then_some(at)
}

/// The person whom a verb ties to the role, and whether it is in the past: `X was president`, `X, who is the leader`.
fn predicated(items: &[Item<'_>], phrase: &Phrase) -> Option<(usize, bool)> {
    let verb = phrase.start.checked_sub(1)?;
    if !items[verb].is_of(&BE) || (items[verb].is("as") && items.get(verb.wrapping_sub(1))?.is("such")) {
        return None;
    }
    let mut at = verb;
    for _ in 0..REACH {
        at = at.checked_sub(1)?;
        let item = &items[at];
        if item.person {
            return Some((at, items[verb].is("was")));
        }
        let who = item.is(",") && items.get(at + 1).is_some_and(|next| next.is("who"));
        if !(who || item.is_of(&BETWEEN) || item.text.ends_with("ly")) {
            return None;
        }
    }
    None
}
