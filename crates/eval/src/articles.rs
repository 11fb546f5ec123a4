//! `docmill eval articles`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Clusters, HolderKind, Sentences, Stance, Stances};
use docmill_core::{Document, Meta, Source};
use docmill_engine::{Plan, Registry};
use serde::Serialize;
use serde_json::Value as Json;

use crate::gold::articles::{Article, parse};
use crate::measures::bootstrap::interval;
use crate::measures::counts::Counts;
use crate::stages::Stages;
use crate::{Scored, load, read};

/// A stance as it is compared.
#[derive(Debug, Clone, PartialEq)]
struct Judged {
    sentence: u32,
    holder: String,
    target: String,
    polarity: String,
    relation: Option<String>,
    modality: String,
}

impl Judged {
    /// The same sentence, holder, target and side.
    fn is(&self, other: &Self) -> bool {
        (self.sentence, &self.holder, &self.target, &self.polarity)
            == (other.sentence, &other.holder, &other.target, &other.polarity)
    }
}

#[derive(Serialize)]
struct Scores {
    articles: Vec<ArticleScore>,
    all: Score,
    /// 95% bootstrap interval of F1 over articles, in percent.
    f1_interval: (f64, f64),
    /// Of the stances that are right, those whose relation is right, in percent.
    relation: f64,
    /// Of the stances that are right, those whose modality is right, in percent.
    modality: f64,
}

#[derive(Serialize)]
struct ArticleScore {
    file: String,
    #[serde(flatten)]
    score: Score,
    /// Told and not in gold.
    wrong: Vec<String>,
    /// In gold and not told.
    missed: Vec<String>,
    /// Right, with another relation or modality than gold's.
    differs: Vec<String>,
}

#[derive(Serialize)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
    #[serde(flatten)]
    counts: Counts,
}

impl From<Counts> for Score {
    fn from(counts: Counts) -> Self {
        Self { precision: counts.precision(), recall: counts.recall(), f1: counts.f1(), counts }
    }
}

/// Scores stances in articles with given mentions.
pub fn run(gold: &[PathBuf], mistakes: bool, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (config, context) = load(config, &[], registry)?;
    let mut stages = ArticleStages::new(&config.plan, &context)?;
    let mut articles = Vec::new();
    let (mut relation, mut modality, mut all) = (0, 0, Vec::new());
    for path in files(gold)? {
        let (file, name) = read(&path)?;
        let article = parse(&file, &name)?;
        let (gold, judged) = stages.answer(&article)?;
        // What is told of one thing twice in a sentence counts once.
        let mut found: Vec<&Judged> = Vec::new();
        for judged in &judged {
            if !found.iter().any(|found| found.is(judged)) {
                found.push(judged);
            }
        }
        let (mut right, mut differs) = (0, Vec::new());
        for gold in &gold {
            let Some(found) = found.iter().find(|found| found.is(gold)) else { continue };
            right += 1;
            relation += usize::from(gold.relation == found.relation);
            modality += usize::from(gold.modality == found.modality);
            if (&gold.relation, &gold.modality) != (&found.relation, &found.modality) {
                differs.push(format!("{}, in gold {}", shown(found), shown(gold)));
            }
        }
        let counts = Counts { gold: gold.len(), found: found.len(), right };
        let wrong = found.iter().filter(|found| !gold.iter().any(|gold| gold.is(found)));
        let missed = gold.iter().filter(|gold| !found.iter().any(|found| found.is(gold)));
        articles.push(ArticleScore {
            file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or(name),
            score: counts.into(),
            wrong: wrong.map(|judged| shown(judged)).collect(),
            missed: missed.map(shown).collect(),
            differs,
        });
        all.push(counts);
    }
    let sum: Counts = all.iter().sum();
    let share = |part: usize| if sum.right == 0 { 0.0 } else { 100.0 * part as f64 / sum.right as f64 };
    let scores = Scores {
        f1_interval: interval(&all, |sample| sample.sum::<Counts>().f1()),
        articles,
        all: sum.into(),
        relation: share(relation),
        modality: share(modality),
    };
    Scored::new(&scores, table(&scores, mistakes))
}

/// The files; of a folder those that end with `.gold`, sorted.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
        let entries =
            entries.collect::<std::io::Result<Vec<_>>>().with_context(|| path.display().to_string())?;
        let is_gold = |path: &Path| path.extension().is_some_and(|extension| extension == "gold");
        let mut here: Vec<PathBuf> =
            entries.into_iter().map(|entry| entry.path()).filter(|path| is_gold(path)).collect();
        here.sort();
        if here.is_empty() {
            bail!("{}: no file in it ends with .gold", path.display());
        }
        files.extend(here);
    }
    Ok(files)
}

/// The stages before the given mentions, and after them.
struct ArticleStages {
    words: Stages,
    rest: Stages,
}

impl ArticleStages {
    fn new(plan: &Plan, context: &docmill_core::BuildContext) -> Result<Self> {
        let given = ["sentences", "tokens", "entities", "clusters"];
        Ok(Self {
            words: Stages::up_to_layer("tokens", &[], plan, context)?,
            rest: Stages::with("stance", &["quotes", "citations"], &given, plan, context)?,
        })
    }

    /// Gold, and what is told.
    fn answer(&mut self, article: &Article) -> Result<(Vec<Judged>, Vec<Judged>)> {
        let mut doc = Document::new("gold", Source::default(), Meta::default(), article.text.clone())?;
        self.words.annotate(&mut doc)?;
        let (entities, clusters) = article.layers(doc.require::<Sentences>()?);
        doc.layers_mut().insert(entities);
        doc.layers_mut().insert(clusters);
        self.rest.annotate(&mut doc)?;
        let sentences = doc.require::<Sentences>()?;
        let gold = article.stances.iter().map(|gold| Judged {
            sentence: sentences.index_at(gold.at as u32).unwrap_or_default() as u32,
            holder: gold.holder.clone(),
            target: gold.target.clone(),
            polarity: gold.polarity.clone(),
            relation: gold.relation.clone(),
            modality: gold.modality.clone(),
        });
        let of = doc.require::<Clusters>()?;
        let things = of.of_entities(article.mentions.len());
        let thing = |entity: u32| {
            let cluster = things.get(entity as usize).copied().flatten();
            cluster
                .and_then(|cluster| of.items.get(cluster as usize))
                .map_or("?", |cluster| &cluster.canonical)
        };
        let named = doc.require::<Stances>()?.items.iter();
        // The gold tells of stances toward names only.
        let named = named.filter(|stance| stance.target.entity.is_some());
        Ok((gold.collect(), named.map(|stance| judged(stance, &thing)).collect()))
    }
}

fn judged<'t>(stance: &Stance, thing: &dyn Fn(u32) -> &'t str) -> Judged {
    let holder = match (stance.holder.kind, stance.holder.entity) {
        (HolderKind::Author, _) => "author",
        (_, Some(entity)) => thing(entity),
        (_, None) => "?",
    };
    Judged {
        sentence: stance.sentence,
        holder: holder.to_owned(),
        target: stance.target.entity.map_or("?", thing).to_owned(),
        polarity: word(&stance.polarity).unwrap_or_default(),
        relation: stance.relation.and_then(|relation| word(&relation)),
        modality: word(&stance.modality).unwrap_or_default(),
    }
}

/// A value as the record has it.
fn word(value: &impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => Some(word),
        _ => None,
    }
}

fn shown(judged: &Judged) -> String {
    let relation = judged.relation.as_deref().unwrap_or("-");
    format!(
        "s{} {} {} {} ({relation}, {})",
        judged.sentence, judged.holder, judged.polarity, judged.target, judged.modality
    )
}

fn table(scores: &Scores, mistakes: bool) -> String {
    let line = |name: &str, s: &Score| {
        format!(
            "{name:<26} {:>9.2} {:>9.2} {:>9.2} {:>7} {:>7}\n",
            s.precision, s.recall, s.f1, s.counts.found, s.counts.gold
        )
    };
    let mut table = format!(
        "Same sentence, holder, target and side; percent\n{:<26} {:>9} {:>9} {:>9} {:>7} {:>7}\n",
        "", "precision", "recall", "F1", "told", "gold"
    );
    for article in &scores.articles {
        table += &line(&article.file, &article.score);
        if mistakes {
            table.extend(article.wrong.iter().map(|judged| format!("  wrong:  {judged}\n")));
            table.extend(article.missed.iter().map(|judged| format!("  missed: {judged}\n")));
            table.extend(article.differs.iter().map(|judged| format!("  differs: {judged}\n")));
        }
    }
    let (low, high) = scores.f1_interval;
    table += &line("all", &scores.all);
    table += &format!(
        "F1 95%: {low:.1} to {high:.1}. Of the right ones, relation right: {:.2}, modality right: {:.2}\n",
        scores.relation, scores.modality
    );
    table
}
