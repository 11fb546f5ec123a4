//! `docmill eval`

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use docmill_core::layers::{Entities, Sentence, Sentences, Tokens};
use docmill_core::{Document, Meta, Source, Span};
use docmill_engine::Registry;

use super::{context, print};
use crate::args::EvalNerArgs;
use crate::config::Config;
use crate::eval::conll::{GoldSentence, Mention, parse};
use crate::eval::spans::{Score, score};
use crate::eval::stages::Stages;
use crate::exit::Ended;

/// Sentences in one document; the given words are the words.
const TOGETHER: usize = 64;

/// Runs the stage `ner` of a configuration over gold and scores it.
pub fn ner(args: &EvalNerArgs, registry: &Registry) -> Result<Ended> {
    let rename = renames(&args.rename)?;
    let text = fs::read_to_string(&args.gold).with_context(|| args.gold.display().to_string())?;
    let gold = parse(&text, &args.gold.display().to_string(), &rename)?;
    let config = Config::load(args.config.config.as_deref(), &args.config.sets, registry)?;
    let context = context(&config, None, args.config.offline);
    let mut stages = Stages::up_to("ner", &["sentences", "tokens"], &config.plan, &context)?;

    let mut sentences = Vec::with_capacity(gold.len());
    for part in gold.chunks(TOGETHER) {
        for (gold, found) in part.iter().zip(answer(&mut stages, part)?) {
            let kept = |mentions: Vec<Mention>| -> Vec<Mention> {
                mentions.into_iter().filter(|(_, l)| args.only.is_empty() || args.only.contains(l)).collect()
            };
            sentences.push((kept(gold.mentions.clone()), kept(found)));
        }
    }
    let scores = score(&sentences);
    print(&if args.json {
        serde_json::to_string_pretty(&scores)? + "\n"
    } else {
        table(&scores, gold.len())
    })?;
    Ok(Ended::Clean)
}

fn renames(flags: &[String]) -> Result<BTreeMap<String, String>> {
    let pair = |flag: &String| match flag.split_once('=') {
        Some((from, to)) => Ok((from.to_owned(), to.to_owned())),
        None => bail!("--rename {flag}: there is no `=`; write for instance --rename person=PER"),
    };
    flags.iter().map(pair).collect()
}

/// What the model finds in each sentence, as ranges of its words.
fn answer(stages: &mut Stages, gold: &[GoldSentence]) -> Result<Vec<Vec<Mention>>> {
    let mut doc = document(gold)?;
    stages.annotate(&mut doc)?;
    let tokens = doc.require::<Tokens>()?;
    let mut found = vec![Vec::new(); gold.len()];
    for entity in &doc.require::<Entities>()?.items {
        let words = tokens.of_sentence(entity.sentence as usize);
        let start = words.partition_point(|word| word.end <= entity.span.start);
        let end = words.partition_point(|word| word.start < entity.span.end);
        found[entity.sentence as usize].push((start..end, entity.label.to_string()));
    }
    Ok(found)
}

/// Sentences as lines, words with a space between.
fn document(gold: &[GoldSentence]) -> Result<Document> {
    let mut text = String::new();
    let (mut sentences, mut tokens) = (Sentences::default(), Tokens::default());
    for (i, sentence) in gold.iter().enumerate() {
        let start = text.len();
        for word in &sentence.words {
            if text.len() > start {
                text.push(' ');
            }
            tokens.push(Span::new(text.len(), text.len() + word.len()));
            text.push_str(word);
        }
        tokens.end_sentence();
        sentences.items.push(Sentence { span: Span::new(start, text.len()), paragraph: i as u32 });
        text.push('\n');
    }
    let mut doc = Document::new("gold", Source::default(), Meta::default(), text)?;
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    Ok(doc)
}

fn table(scores: &[Score], sentences: usize) -> String {
    let mut table = format!(
        "{sentences} sentences, strict spans, percent\n{:<12} {:>9} {:>9} {:>9}  {:<14} {:>7}\n",
        "", "precision", "recall", "F1", "95% interval", "gold"
    );
    for s in scores {
        let interval = format!("{:.1} to {:.1}", s.f1_interval.0, s.f1_interval.1);
        table += &format!(
            "{:<12} {:>9.2} {:>9.2} {:>9.2}  {interval:<14} {:>7}\n",
            s.label, s.precision, s.recall, s.f1, s.counts.gold
        );
    }
    table
}
