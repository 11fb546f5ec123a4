//! Whether, when and where.

use docmill_core::layers::{EventStatus, EventType};
use docmill_lexicon::Words;

use crate::features::{form, modality};
use crate::reader::{Label, Reader};
use crate::tree::Tree;
use crate::words::{AHEAD, ALLEGED, AT_PLACE, BE, CHARGES, DENIALS, LASTING, ONGOING, PLANS};

/// Whether an event took place, by what stands above and beside its predicate.
pub(crate) fn status(tree: &Tree<'_>, i: usize, lemma: &str, kind: EventType) -> EventStatus {
    let how = modality(tree, i);
    let is = |name: &str| how.iter().any(|how| how == name);
    let governor = how.iter().find_map(|how| how.strip_prefix("gov=")).unwrap_or_default();
    if DENIALS.contains(governor) || (is("neg") && kind != EventType::Reject) {
        return EventStatus::Denied;
    }
    let word = &tree.words[i];
    let beside = |words: &Words| tree.kids(i).iter().any(|&kid| words.contains(&tree.words[kid].lower));
    if is("will") || beside(&AHEAD) || (PLANS.contains(governor) && (is("to") || !word.is_verb())) {
        return EventStatus::Planned;
    }
    if CHARGES.contains(governor) || beside(&ALLEGED) {
        return EventStatus::Alleged;
    }
    let be = tree.by(i, "aux").any(|kid| BE.contains(&tree.words[kid].lower));
    let goes_on = be && word.is_verb() && form(lemma, &word.lower) == "ing";
    if goes_on || LASTING.contains(governor) || beside(&ONGOING) {
        return EventStatus::UnderWay;
    }
    EventStatus::Happened
}

/// The nearest expression of time in the sentence: one that depends on the predicate, else one within reach.
pub(crate) fn time(reader: &Reader<'_>, tree: &Tree<'_>, i: usize) -> Option<u32> {
    let times = &reader.times?.items;
    let nearest = |words: &mut dyn Iterator<Item = usize>| {
        words.filter(|&word| tree.words[word].timed).min_by_key(|&word| (word.abs_diff(i), word))
    };
    let below = |&word: &usize| {
        let mut at = word;
        for _ in 0..4 {
            match tree.words[at].head {
                Some(head) if head == i => return true,
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    };
    let own = nearest(&mut (i.saturating_sub(40)..(i + 40).min(tree.words.len())).filter(below));
    let near = || nearest(&mut (i.saturating_sub(12)..(i + 12).min(tree.words.len())));
    let word = own.or_else(near)?;
    let span = tree.words[word].span;
    let at = times.partition_point(|time| time.span.end <= span.start);
    times.get(at).filter(|time| time.span.overlaps(span)).map(|_| at as u32)
}

/// The place that depends on a predicate, or on the verb above a noun: `in Ramallah`, `at the border`.
pub(crate) fn place(reader: &Reader<'_>, tree: &Tree<'_>, i: usize, sides: &[Option<u32>]) -> Option<u32> {
    let of = |word: usize| {
        tree.kids(word).iter().find_map(|&kid| {
            let entity = tree.words[kid].entity?;
            let located = AT_PLACE.contains(tree.case(kid));
            let place = matches!(reader.label(entity)?, Label::Place | Label::Country);
            (located && place && !sides.contains(&reader.cluster_of(entity))).then_some(entity)
        })
    };
    let above = tree.words[i].head.filter(|_| !tree.words[i].is_verb());
    of(i).or_else(|| of(above?))
}
