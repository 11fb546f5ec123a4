//! Gold of stances: articles with marked mentions, and who is for or against whom in which sentence.
//!
//! A file is a text, a line `---`, and a line for each stance. Mentions are `[words|LABEL|thing]`. A stance is holder,
//! target, `favor` or `against`, relation (`-` for none), modality, and words of its sentence, with tabs between.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use docmill_core::Span;
use docmill_core::layers::{Cluster, ClusterMention, Clusters, Entities, Entity, MentionForm, Sentences};

/// An article with gold.
#[derive(Debug, PartialEq)]
pub struct Article {
    /// The text, without marks.
    pub text: String,
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
    /// Stances in the order of the file.
    pub stances: Vec<GoldStance>,
}

/// A mention.
#[derive(Debug, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its type.
    pub label: String,
    /// What it names.
    pub thing: String,
}

/// Who is for or against whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldStance {
    /// Thing that holds it, or `author`.
    pub holder: String,
    /// Thing that it is about.
    pub target: String,
    /// `favor` or `against`.
    pub polarity: String,
    /// As in the record; none if gold says none.
    pub relation: Option<String>,
    /// As in the record.
    pub modality: String,
    /// Byte at which words of its sentence begin.
    pub at: usize,
}

/// Reads a file.
///
/// # Errors
/// With the line, if it is no such file.
pub fn parse(file: &str, name: &str) -> Result<Article> {
    let (marked, table) = file
        .split_once("\n---\n")
        .with_context(|| format!("{name}: there is no line `---` between text and stances"))?;
    let (text, mentions) = unmark(marked).with_context(|| name.to_owned())?;
    let first = marked.lines().count() + 2;
    let mut stances = Vec::new();
    for (line, row) in (first..).zip(table.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let [holder, target, polarity, relation, modality, words] = row.split('\t').collect::<Vec<_>>()[..]
        else {
            bail!("{name}:{line}: a stance has six fields, with tabs between");
        };
        let known = |thing: &str| mentions.iter().any(|mention| mention.thing == thing);
        if !(holder == "author" || known(holder)) || !known(target) {
            bail!("{name}:{line}: no mention names `{holder}` or `{target}`");
        }
        let mut places = text.match_indices(words);
        let (Some((at, _)), None) = (places.next(), places.next()) else {
            bail!("{name}:{line}: the words `{words}` must occur exactly once in the text");
        };
        stances.push(GoldStance {
            holder: holder.to_owned(),
            target: target.to_owned(),
            polarity: polarity.to_owned(),
            relation: (relation != "-").then(|| relation.to_owned()),
            modality: modality.to_owned(),
            at,
        });
    }
    Ok(Article { text, mentions, stances })
}

fn unmark(marked: &str) -> Result<(String, Vec<Mention>)> {
    let mut text = String::with_capacity(marked.len());
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text += before;
        let (mention, next) = after.split_once(']').context("a bracket is open")?;
        let [words, label, thing] = mention.split('|').collect::<Vec<_>>()[..] else {
            bail!("`[{mention}]` is not `[words|LABEL|thing]`");
        };
        let span = Span::new(text.len(), text.len() + words.len());
        mentions.push(Mention { span, label: label.to_owned(), thing: thing.to_owned() });
        text += words;
        rest = next;
    }
    Ok((text + rest, mentions))
}

/// A state that is not named: the code of an unspecified nationality (ICAO Doc 9303, part 3, section 5).
const SOME_STATE: &str = "XXX";

impl Article {
    /// The mentions as layers, in the sentences of `sentences`.
    pub fn layers(&self, sentences: &Sentences) -> (Entities, Clusters) {
        let entity = |mention: &Mention| Entity {
            span: mention.span,
            label: mention.label.as_str().into(),
            score: 1.0,
            sentence: sentences.index_at(mention.span.start).unwrap_or_default() as u32,
        };
        let entities = self.mentions.iter().map(entity).collect();
        let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for (i, mention) in self.mentions.iter().enumerate() {
            let cluster = clusters.entry(&mention.thing).or_insert_with(|| {
                order.push(&mention.thing);
                // Places that act are states; gold does not say which.
                let country = (mention.label == "LOC").then(|| Arc::from(SOME_STATE));
                let canonical = mention.thing.clone();
                Cluster {
                    canonical,
                    label: mention.label.as_str().into(),
                    country,
                    belongs: None,
                    mentions: Vec::new(),
                }
            });
            cluster.mentions.push(ClusterMention { entity: i as u32, form: MentionForm::Name });
        }
        let items = order.into_iter().filter_map(|thing| clusters.remove(thing)).collect();
        (Entities { items: entities }, Clusters { items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "[Åland|LOC|aland] banned [Rasht|LOC|rasht].\n---\naland\trasht\tagainst\t-\tasserted\tbanned\n";

    #[test]
    fn a_file_has_mentions_and_stances() {
        let article = parse(FILE, "a.gold").unwrap();
        assert_eq!(article.text, "Åland banned Rasht.");
        assert_eq!(article.mentions[1].span.slice(&article.text), Some("Rasht"));
        assert_eq!(article.stances[0].relation, None);
        assert_eq!(article.stances[0].at, 7);
        let (entities, clusters) = article.layers(&Sentences::default());
        assert_eq!((entities.items.len(), clusters.items.len()), (2, 2));
        assert_eq!(clusters.items[0].canonical, "aland");
    }

    #[test]
    fn what_is_no_gold_is_named() {
        let error = |file: &str| format!("{:#}", parse(file, "a.gold").unwrap_err());
        assert!(error("text").contains("no line `---`"));
        assert!(
            error(&FILE.replace("asserted\tbanned", "asserted\tmissing")).starts_with("a.gold:3: the words")
        );
        assert!(error(&FILE.replace("\trasht", "")).contains("a.gold:3: a stance has six fields"));
        assert!(error(&FILE.replace("aland\trasht", "naryn\trasht")).contains("no mention names `naryn`"));
        assert!(error(&FILE.replace("|LOC|rasht", "")).contains("is not `[words|LABEL|thing]`"));
    }
}
