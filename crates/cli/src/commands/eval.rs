//! `docmill eval`

use anyhow::Result;
use docmill_engine::Registry;
use docmill_eval::{articles, evaluation, ner, places, quotes, relation, sentiment, stance, syntax, times};

use super::print;
use crate::args::EvalCommand;
use crate::exit::Ended;

/// Runs a stage of a configuration over gold and scores it.
pub fn run(command: &EvalCommand, registry: &Registry) -> Result<Ended> {
    let (scored, json) = match command {
        EvalCommand::Ner(args) => {
            let config = args.config.options([]);
            (ner::run(&args.gold, &args.rename, &args.only, &config, registry)?, args.json)
        }
        EvalCommand::Quotes(args) => {
            (quotes::run(&args.folder, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Sentiment(args) => {
            (sentiment::run(&args.gold, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Articles(args) => {
            (articles::run(&args.gold, args.mistakes, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Evaluation(args) => {
            (evaluation::run(&args.gold, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Places(args) => {
            (places::run(&args.gold, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Times(args) => (times::run(&args.gold, &args.config.options([]), registry)?, args.json),
        EvalCommand::Relation(args) => {
            (relation::run(&args.gold, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Syntax(args) => {
            (syntax::run(&args.gold, &args.config.options([]), registry)?, args.json)
        }
        EvalCommand::Stance(args) => {
            let (rows, config) = (&args.rows, args.rows.config.options([]));
            (stance::run(&rows.gold, args.curve, &config, registry)?, rows.json)
        }
    };
    print(if json { &scored.json } else { &scored.table })?;
    Ok(Ended::Clean)
}
