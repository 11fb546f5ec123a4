//! Abbreviations that a document explains: `Collective Security Treaty Organization (CSTO)`, `SCO (Shanghai Cooperation
//! Organization)`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::NAME_WORDS;
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::fold::{acronym, plain, words};
use crate::org_name::{abbreviates, initials};
use crate::states::States;

/// What an abbreviation stands for.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// The mention of the long form.
    pub long: usize,
    /// The words of the long form that it abbreviates, in plain spelling.
    pub words: String,
}

/// The document's own abbreviations; the first explanation of each holds.
pub(crate) type Definitions = FxHashMap<String, Definition>;

/// Longest abbreviation looked for after a mention, in bytes.
const MAX_BYTES: usize = 16;

/// Finds the abbreviations that a document explains. `is_person` tells which mentions are of persons.
pub(crate) fn definitions(scene: &Context<'_>, is_person: impl Fn(usize) -> bool) -> Definitions {
    let mut found = Definitions::default();
    for i in (0..scene.entities.len()).filter(|&i| !is_person(i)) {
        let surface = scene.surface(i);
        if let Some(short) = acronym(surface) {
            // `SCO (Shanghai Cooperation Organization)`: only if the letters fit.
            let long = (scene.gap(i) == Some(" (") && !is_person(i + 1)).then_some(i + 1);
            if let Some(words) = long.and_then(|long| abbreviated(&short, scene.surface(long))) {
                found.entry(short).or_insert(Definition { long: i + 1, words });
            }
            continue;
        }
        let Some((short, by_itself)) = bracketed(scene, i) else { continue };
        let fitting = abbreviated(&short, surface);
        // `Organization for Security and Co-operation` in `Europe` (OSCE), as models part it.
        let parted = || {
            let start = i.checked_sub(1).filter(|&start| fitting.is_none() && !is_person(start))?;
            Some((start, abbreviated(&short, scene.with_next(start)?)?))
        };
        if let Some((long, words)) = parted() {
            found.entry(short).or_insert(Definition { long, words });
            continue;
        }
        // `National Security Service (SNB)`: the letters of another language.
        let foreign = || {
            let written = words(surface);
            let fits =
                by_itself && written.len() > 1 && scene.entities[i].label == scene.entities[i + 1].label;
            (fits && !is_state(&written) && !AGENCIES.contains(&short))
                .then(|| plain_words(&written).join(" "))
        };
        if let Some(words) = fitting.or_else(foreign) {
            found.entry(short).or_insert(Definition { long: i, words });
        }
    }
    found
}

/// The abbreviation in brackets right after a mention, and whether it stands there alone and cites nobody.
fn bracketed(scene: &Context<'_>, mention: usize) -> Option<(String, bool)> {
    let end = scene.entities[mention].span.end as usize;
    let rest = scene.text.get(end..)?.strip_prefix(" (")?;
    let close = rest
        .char_indices()
        .take_while(|(at, _)| *at <= MAX_BYTES)
        .find(|(_, c)| matches!(c, ')' | ',' | ';'));
    let (at, mark) = close?;
    let short = acronym(rest.get(..at)?)?;
    let is_next = scene.gap(mention) == Some(" (");
    Some((short, mark == ')' && is_next && !scene.cited(mention + 1)))
}

/// The words of `name` that `short` abbreviates: the end of it whose initials it is, else all if the letters fit.
fn abbreviated(short: &str, name: &str) -> Option<String> {
    let written = words(name);
    if written.is_empty() || is_state(&written) {
        return None;
    }
    let words = plain_words(&written);
    if let [word] = &words[..] {
        // `KazMunayGas (KMG)`
        let capitals: String = name.chars().filter(|c| c.is_uppercase()).collect();
        return (capitals == short).then(|| word.clone());
    }
    let wanted = short.to_uppercase();
    let from = (0..words.len() - 1).rev().take(12).find(|&from| initials(&words[from..]).contains(&wanted));
    match from {
        Some(from) => Some(words[from..].join(" ")),
        None => abbreviates(short, &words).then(|| words.join(" ")),
    }
}

fn plain_words(words: &[String]) -> Vec<String> {
    words.iter().map(|word| plain(word)).collect()
}

/// What a state goes by, the table knows.
fn is_state(words: &[String]) -> bool {
    States::shipped().by_words(&words.join(" ")).is_some()
}

/// Abbreviations that in brackets after a name say who reported it.
static AGENCIES: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("agency"));
