//! `docmill lexicon`

use anyhow::{Result, bail};
use docmill_config::Config;
use docmill_core::WordFile;
use docmill_core::settings::suggest;
use docmill_engine::Registry;
use docmill_lexicon::{List, counts, lists};

use super::print;
use crate::args::{ConfigArgs, LexiconCheckArgs, LexiconCommand, LexiconListArgs};
use crate::exit::Ended;

/// Shows the lists of words and names, or checks files that add to them.
pub fn run(command: &LexiconCommand, registry: &Registry) -> Result<Ended> {
    match command {
        LexiconCommand::List(args) => list(args, registry),
        LexiconCommand::Check(args) => check(args, registry),
    }
}

fn words(config: &ConfigArgs, registry: &Registry) -> Result<Vec<WordFile>> {
    Ok(Config::load(config.config.as_deref(), &config.sets, registry)?.words)
}

fn list(args: &LexiconListArgs, registry: &Registry) -> Result<Ended> {
    let words = words(&args.config, registry)?;
    let Some(name) = &args.name else {
        print(&overview(&words)?)?;
        return Ok(Ended::Clean);
    };
    let Some(list) = lists::ALL.iter().find(|list| list.name == *name) else {
        let known = lists::ALL.iter().map(|list| list.name);
        bail!("there is no list `{name}`; {}", suggest(name, known, "list"));
    };
    print(&entries(list, &words)?)?;
    Ok(Ended::Clean)
}

/// A line for each list.
fn overview(words: &[WordFile]) -> Result<String> {
    let mut text = String::new();
    for list in lists::ALL {
        let table = list.extended(words)?;
        let (all, added) = (table.rows().count(), table.rows().filter(|row| row.place().is_some()).count());
        let fixed = if list.fixed.is_none() { "" } else { " (cannot be extended)" };
        let added =
            if added > 0 { format!(", {added} of them from the configuration") } else { String::new() };
        text += &format!("{:<16} {all:>5} {}{fixed}{added}\n", list.name, list.summary);
    }
    Ok(text)
}

/// The entries of a list, as a file that can be read again.
fn entries(list: &'static List, words: &[WordFile]) -> Result<String> {
    let names: Vec<&str> = list.columns.iter().map(|column| column.name).collect();
    let mut text = format!("# {}\n# list: {}\n{}\n", list.summary, list.name, names.join("\t"));
    for row in list.extended(words)?.rows() {
        if let Some(place) = row.place() {
            text += &format!("# {place}\n");
        }
        let fields: Vec<&str> = (0..names.len()).map(|column| row.get(column)).collect();
        text += &format!("{}\n", fields.join("\t"));
    }
    Ok(text)
}

fn check(args: &LexiconCheckArgs, registry: &Registry) -> Result<Ended> {
    let files = if args.files.is_empty() { words(&args.config, registry)? } else { named(args)? };
    if files.is_empty() {
        bail!("nothing to check; name a file of words, or a configuration that has [lexicon] extend");
    }
    let mut text = String::new();
    for file in &files {
        for (list, count) in counts(file)? {
            let shipped = list.shipped().rows().count();
            let all = list.extended(std::slice::from_ref(file))?.rows().count();
            let overrides = count - (all - shipped);
            let entries = if count == 1 { "entry" } else { "entries" };
            text += &format!(
                "{}: {}: {count} {entries}, {overrides} of them override shipped ones\n",
                file.name(),
                list.name
            );
        }
    }
    print(&(text + "ok\n"))?;
    Ok(Ended::Clean)
}

fn named(args: &LexiconCheckArgs) -> Result<Vec<WordFile>> {
    let read = |path: &std::path::PathBuf| match std::fs::read(path) {
        Ok(content) => Ok(WordFile::new(&path.display().to_string(), content)),
        Err(error) => bail!("{} cannot be read: {error}; name a file of words", path.display()),
    };
    args.files.iter().map(read).collect()
}
