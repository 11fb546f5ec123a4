//! What the model learns from.

use std::fmt::Write as _;

use docmill_core::{Document, StageError};

use super::features::Feature;
use super::link::Linker;
use super::model::{Model, RANKED};
use super::scan::Scan;
use super::words::MentionLists;

/// Writes a document's mentions and what each was ranked among, for `models/train/news_en/coref.py`: a line `m` for each
/// mention (bytes of its phrase and of its head, its class, its thing, its cluster, its name, bytes of its whole phrase), before it a line `r` for each thing
/// that it was ranked against (`-`: nothing) with `read`, what the language model says of it, and the features.
/// `weights`: a table of weights instead of the shipped one, without a mix.
///
/// # Errors
/// If a layer is missing.
pub fn rows(doc: &Document, threshold: f32, weights: Option<&str>) -> Result<String, StageError> {
    rows_with(doc, &MentionLists::new(&[])?, threshold, weights)
}

/// The same with the word lists of a configuration.
pub(crate) fn rows_with(
    doc: &Document,
    lists: &MentionLists,
    threshold: f32,
    weights: Option<&str>,
) -> Result<String, StageError> {
    let given = weights.map(|weights| Model::read(weights, ""));
    let scan = Scan::new(doc, lists)?;
    let mut ranked: Vec<String> = vec![String::new(); scan.found.len()];
    let mut linker = Linker::new(&scan, given.as_ref().unwrap_or(Model::shipped()), threshold);
    linker.run(&mut |i, _, choice| {
        let things = choice.things.iter().map(ToString::to_string).chain(["-".to_owned()]);
        for (at, (thing, values)) in things.zip(choice.values).enumerate() {
            _ = write!(ranked[i], "r\t{thing}");
            if let Some(read) = choice.read {
                _ = write!(ranked[i], "\tread={}", read.get(at).copied().unwrap_or(0.0));
            }
            for (feature, value) in values {
                _ = write!(ranked[i], "\t{}={value}", Feature::ALL[*feature as usize].1);
            }
            ranked[i].push('\n');
        }
    });
    let mut out = String::new();
    for ((found, link), ranked) in scan.found.iter().zip(&linker.links).zip(&ranked) {
        let (first, head) = (scan.tokens[found.first], scan.tokens[found.head]);
        let (_, phrase) = scan.spans(found);
        let class = RANKED.iter().find(|(class, _)| *class == found.class).map_or("-", |(_, name)| name);
        let cluster = link.cluster.map_or("-".to_owned(), |cluster| cluster.to_string());
        let name = found.entity.map_or("-".to_owned(), |entity| entity.to_string());
        _ = writeln!(
            out,
            "{ranked}m\t{}\t{}\t{}\t{}\t{class}\t{:?}\t{}\t{cluster}\t{name}\t{}\t{}",
            first.start, head.start, head.end, found.head, found.class, link.thing, phrase.start, phrase.end
        );
    }
    Ok(out)
}
