//! From what each mention names to clusters with a canonical name.

use std::sync::Arc;

use docmill_core::layers::{Belonging, Cluster, ClusterMention, Clusters, CountrySource, MentionForm};
use docmill_core::one_line;
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::states::States;

/// Which thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Which {
    State(u16),
    Town(u16),
    Person(u32),
    OrgName(u32),
}

/// What a mention names, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'d> {
    pub which: Which,
    /// For persons settled here: it depends on the fullest name.
    pub form: MentionForm,
    /// The name as it may stand for all.
    pub text: &'d str,
    /// How full the name is: the number of its words.
    pub words: usize,
    /// The state that a person or an organization belongs to.
    pub of: Option<(u16, CountrySource)>,
    /// The usual name of an organization that is known under this abbreviation.
    pub usual: Option<&'d str>,
}

/// Makes clusters of mentions; those that name nothing known are in none.
pub(crate) fn assemble(scene: &Context<'_>, named: &[Option<Named<'_>>]) -> Clusters {
    let mut number: FxHashMap<Which, usize> = FxHashMap::default();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (i, this) in named.iter().enumerate() {
        let Some(this) = this else { continue };
        let cluster = *number.entry(this.which).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[cluster].push(i);
    }
    let state_label = state_label(scene, named);
    let items =
        (members.iter()).filter_map(|members| cluster(scene, named, members, state_label.as_ref())).collect();
    Clusters { items }
}

fn cluster(
    scene: &Context<'_>,
    named: &[Option<Named<'_>>],
    members: &[usize],
    state_label: Option<&Arc<str>>,
) -> Option<Cluster> {
    let all = || members.iter().filter_map(|&i| Some((i, named[i]?)));
    let (_, first) = all().next()?;
    // The fullest name, the first of several; not in capitals if it is also written otherwise.
    let rank = |this: &Named<'_>| {
        let (whole, part) = (this.form == MentionForm::Name, this.form == MentionForm::Short);
        (whole, !part, this.words, is_mixed(this.text))
    };
    let fullest = all()
        .map(|(_, this)| this)
        .reduce(|best, this| if rank(&this) > rank(&best) { this } else { best })?;
    let (canonical, country) = match first.which {
        Which::State(state) => {
            let state = &States::shipped().rows[state as usize];
            (state.name.to_owned(), state.code.map(Arc::from))
        }
        Which::Town(_) | Which::Person(_) | Which::OrgName(_) => {
            let is_short = fullest.form == MentionForm::Acronym;
            let usual = all().find_map(|(_, this)| this.usual).filter(|_| is_short);
            (usual.map_or_else(|| tidy(fullest.text), str::to_owned), None)
        }
    };
    let own = label(scene, all().filter(|(_, this)| this.form != MentionForm::Demonym).map(|(i, _)| i));
    let label = match first.which {
        Which::State(_) => own.filter(|label| Some(label) == state_label).or_else(|| state_label.cloned()),
        Which::Town(_) | Which::Person(_) | Which::OrgName(_) => own,
    };
    let mention = |(i, this): (usize, Named<'_>)| {
        let part = matches!(this.which, Which::Person(_)) && this.words < fullest.words;
        ClusterMention { entity: i as u32, form: if part { MentionForm::Short } else { this.form } }
    };
    let label = label.unwrap_or_else(|| scene.entities[members[0]].label.clone());
    // What a mention's own words say goes before what a list says.
    let of = all().filter_map(|(_, this)| this.of).min_by_key(|(_, source)| *source == CountrySource::List);
    let belongs = of.and_then(|(state, source)| {
        Some(Belonging { country: States::shipped().rows[state as usize].code?.into(), source })
    });
    Some(Cluster { canonical, label, country, belongs, mentions: all().map(mention).collect() })
}

/// The label that most states have which are named in full.
fn state_label(scene: &Context<'_>, named: &[Option<Named<'_>>]) -> Option<Arc<str>> {
    let is_full = |this: &Named<'_>| matches!(this.which, Which::State(_)) && this.form == MentionForm::Name;
    label(scene, (0..named.len()).filter(|&i| named[i].as_ref().is_some_and(is_full)))
}

/// The label that most of the mentions have, the first of several.
fn label(scene: &Context<'_>, mentions: impl Iterator<Item = usize>) -> Option<Arc<str>> {
    let mut votes: Vec<(&Arc<str>, usize)> = Vec::new();
    for i in mentions {
        let label = &scene.entities[i].label;
        match votes.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => votes.push((label, 1)),
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max()?;
    votes.into_iter().find(|(_, count)| *count == most).map(|(label, _)| label.clone())
}

/// False for a name in capitals.
pub(crate) fn is_mixed(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
}

/// White space as one blank, without `the` and a possessive.
fn tidy(text: &str) -> String {
    let text = one_line(text.strip_prefix('#').unwrap_or(text));
    let text = ["'s", "’s"].iter().find_map(|mark| text.strip_suffix(mark)).unwrap_or(&text);
    text.strip_prefix("the ").unwrap_or(text).to_owned()
}
