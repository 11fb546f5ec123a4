//! Things without a name as clusters.

use std::sync::Arc;

use docmill_core::layers::{UnnamedCluster, UnnamedMention};
use docmill_core::schemars::{self, JsonSchema};
use serde::Deserialize;

use super::class::Class;
use super::link::Linker;
use super::scan::Scan;
use super::words::Kind;

/// Things without a name in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unnamed {
    /// None of them.
    None,
    /// Those that are spoken of at least twice: `a widow`, later `she`.
    Several,
    /// All: every noun phrase and pronoun is a mention of some cluster.
    All,
}

/// The things without a name, in text order of the first mention.
pub(super) fn unnamed(scan: &Scan<'_>, linker: &Linker<'_, '_>, shown: Unnamed) -> Vec<UnnamedCluster> {
    let least = match shown {
        Unnamed::None => usize::MAX,
        Unnamed::Several => 2,
        Unnamed::All => 1,
    };
    let mut of_thing: Vec<Vec<usize>> = vec![Vec::new(); linker.things.len()];
    for (i, (found, link)) in scan.found.iter().zip(&linker.links).enumerate() {
        let is_expletive = scan.syntax.relation(found.head).starts_with("expl");
        if link.cluster.is_none() && found.entity.is_none() && found.class != Class::Relative && !is_expletive
        {
            of_thing[link.thing as usize].push(i);
        }
    }
    let mut clusters: Vec<UnnamedCluster> = (of_thing.iter().zip(&linker.things))
        // `Bush and Putin` is a thing of its own if the text speaks of the two again.
        .filter(|(mentions, _)| match mentions[..] {
            [] => false,
            [one] => scan.found[one].class != Class::Pair,
            _ => true,
        })
        .map(|(mentions, thing)| cluster(scan, mentions, thing.kind, mentions.len() >= least))
        .collect();
    clusters.sort_by_key(|cluster| cluster.mentions[0].span);
    clusters
}

fn cluster(scan: &Scan<'_>, mentions: &[usize], kind: Kind, shown: bool) -> UnnamedCluster {
    let label = match kind {
        Kind::Person | Kind::Group => "PER",
        Kind::Organization => "ORG",
        Kind::State | Kind::Place => "LOC",
        Kind::Time | Kind::Thing => "MISC",
    };
    let mut members: Vec<UnnamedMention> = Vec::with_capacity(mentions.len());
    let mut canonical = "";
    let mut is_noun = false;
    for &mention in mentions {
        let found = &scan.found[mention];
        let (short, phrase) = scan.spans(found);
        let text = short.slice(scan.text).unwrap_or_default();
        let noun = !found.class.is_pronoun();
        if canonical.is_empty() || (noun, text.len()) > (is_noun, canonical.len()) {
            (canonical, is_noun) = (text, noun);
        }
        members.push(UnnamedMention { span: short, phrase, form: found.form() });
    }
    members.sort_by_key(|mention| (mention.span, mention.phrase));
    UnnamedCluster { canonical: canonical.to_owned(), label: Arc::from(label), mentions: members, shown }
}
