//! `docmill init`

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_input::{Archive, FieldSettings, InputSettings, Item, check_named};
use serde_json::Value;

use super::print;
use crate::args::InitArgs;
use crate::exit::Ended;
use crate::say::say;

/// Documents that are looked at.
const LOOKED_AT: usize = 2000;
/// Of those, documents that are read whole.
const READ: usize = 100;
/// A field whose texts are shorter (characters, on average) is hardly the text of a document.
const SHORTEST: u64 = 80;
/// Fields that are listed.
const FIELDS: usize = 40;

/// Which names fields go by: what they mean and a name, the likeliest first.
const FIELD_NAMES: &str = include_str!("../../data/field_names.tsv");

/// Looks at an archive and writes a configuration for it.
pub fn run(args: &InitArgs) -> Result<Ended> {
    check_named(&args.inputs)?;
    if args.inputs.iter().any(|input| input.as_os_str() == "-") {
        bail!("standard input can be read only once; name files or folders");
    }
    let to_stdout = args.output.as_os_str() == "-";
    if !to_stdout && args.output.exists() && !args.overwrite {
        bail!(
            "{} exists already; name another file with -o, or replace it with --overwrite",
            args.output.display()
        );
    }
    // Without a name for the text, no table is refused.
    let fields = FieldSettings { text: String::new(), ..FieldSettings::default() };
    let archive = Archive::new(InputSettings { fields, ..InputSettings::default() })?;
    let mut found = Found::default();
    for item in archive.open(&args.inputs)?.take(LOOKED_AT) {
        found.add(&item, archive.fields(&item));
    }
    if found.documents == 0 {
        bail!("no documents found; docmill reads text, HTML, PDF, Word, mail, tables and archives of them");
    }
    let names = found.names();
    found.failed = unread(args, &names)?;
    found.passed_over = archive.passed_over();
    let inputs: Vec<String> = args.inputs.iter().map(|input| quoted(input)).collect();
    let config = found.config(&inputs.join(" "), &names);
    if to_stdout {
        print(&config)?;
        return Ok(Ended::Clean);
    }
    fs::write(&args.output, config).with_context(|| format!("cannot write {}", args.output.display()))?;
    say(&format!(
        "wrote {}: {}. Review it, then run: docmill run {} --config {} --sample 20",
        args.output.display(),
        found.kinds(),
        inputs.join(" "),
        quoted(&args.output)
    ));
    Ok(Ended::Clean)
}

/// The first documents that cannot be read with the fields that were found: how many of how many, and the first reason.
fn unread(args: &InitArgs, names: &BTreeMap<&str, String>) -> Result<Option<String>> {
    let mut fields = FieldSettings::default();
    for (role, name) in names {
        let place = match *role {
            "id" => &mut fields.id,
            "text" => &mut fields.text,
            "title" => &mut fields.title,
            "date" => &mut fields.date,
            "author" => &mut fields.author,
            "publication" => &mut fields.publication,
            _ => continue,
        };
        name.clone_into(place);
    }
    let archive = Archive::new(InputSettings { fields, ..InputSettings::default() })?;
    let (mut read, mut failed, mut first) = (0, 0, None);
    for item in archive.open(&args.inputs)?.take(READ) {
        read += 1;
        if let Err(unreadable) = archive.load(item) {
            failed += 1;
            first.get_or_insert_with(|| format!("{}: {}", unreadable.id, unreadable.message));
        }
    }
    Ok(first.map(|first| format!("{failed} of the first {read} documents cannot be read: {first}")))
}

/// What was found.
#[derive(Default)]
struct Found {
    documents: u64,
    kinds: BTreeMap<String, u64>,
    /// Fields of records: how many have one, and how long their texts are together.
    fields: BTreeMap<String, (u64, u64)>,
    records: u64,
    failed: Option<String>,
    passed_over: Vec<(String, u64)>,
}

impl Found {
    fn add(&mut self, item: &Item, fields: Option<Vec<(String, Value)>>) {
        self.documents += 1;
        let source = item.source();
        let name = source.member.as_deref().unwrap_or(&source.path);
        let name = name.rsplit('/').next().unwrap_or(name);
        let kind = name.split_once('.').filter(|(stem, _)| !stem.is_empty());
        let kind = kind.and_then(|(_, ends)| ends.rsplit('.').find(|end| !PACKED.contains(end)));
        let kind =
            kind.map_or_else(|| "without an extension".to_owned(), |end| format!(".{}", end.to_lowercase()));
        *self.kinds.entry(kind).or_default() += 1;
        let Some(fields) = fields else { return };
        self.records += 1;
        for (name, value) in fields {
            self.field(&name, &value, 0);
        }
    }

    fn field(&mut self, name: &str, value: &Value, depth: usize) {
        let length = match value {
            Value::Object(fields) if depth < 3 => {
                for (key, value) in fields {
                    self.field(&format!("{name}.{key}"), value, depth + 1);
                }
                return;
            }
            Value::Null => return,
            Value::String(text) => text.chars().count(),
            Value::Array(items) => {
                items.iter().filter_map(Value::as_str).map(|text| text.chars().count()).sum()
            }
            other => other.to_string().len(),
        };
        if self.fields.len() < 1000 || self.fields.contains_key(name) {
            let (times, all) = self.fields.entry(name.to_owned()).or_default();
            *times += 1;
            *all += length as u64;
        }
    }

    fn mean(&self, name: &str) -> u64 {
        self.fields.get(name).map_or(0, |(times, all)| all / (*times).max(1))
    }

    /// The field for each fact of a document.
    fn names(&self) -> BTreeMap<&'static str, String> {
        let mut names: BTreeMap<&'static str, String> = BTreeMap::new();
        for (role, name) in FIELD_NAMES.lines().filter_map(|line| line.split_once('\t')) {
            // A path counts by its last part: `article.body`.
            let is_it = |field: &&String| {
                field.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(name))
            };
            let often = |field: &&String| self.fields.get(*field).map_or(0, |(times, _)| *times);
            let nearest = self
                .fields
                .keys()
                .filter(is_it)
                .max_by_key(|field| (often(field), std::cmp::Reverse(field.matches('.').count())));
            let Some(field) = nearest else { continue };
            if role == "text" && self.mean(field) < SHORTEST / 2 || names.values().any(|taken| taken == field)
            {
                continue;
            }
            // A likelier name loses to one that far more records have.
            let rarer = |taken: &String| often(&taken) * 2 < often(&field);
            if names.get(role).is_none_or(rarer) {
                names.insert(role, field.clone());
            }
        }
        if !names.contains_key("text") {
            let longest = self.fields.keys().max_by_key(|name| self.mean(name));
            if let Some(longest) = longest.filter(|name| self.mean(name) >= SHORTEST) {
                names.retain(|_, name| name != longest);
                names.insert("text", longest.clone());
            }
        }
        names
    }

    /// `500 .jsonl, 12 .pdf`.
    fn kinds(&self) -> String {
        let mut kinds: Vec<(&String, &u64)> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
    }

    fn config(&self, inputs: &str, names: &BTreeMap<&str, String>) -> String {
        let more = if self.documents as usize >= LOOKED_AT { "the first " } else { "" };
        let mut config = format!(
            "# Configuration for: docmill run {inputs} --config THIS_FILE -o out.jsonl\n\
             # Settings not listed here come from the built-in configuration `news` (docmill explain shows them).\n#\n\
             # Looked at {more}{} documents: {}\n",
            self.documents,
            self.kinds()
        );
        if let Some(failed) = &self.failed {
            config += &format!("# {}\n", one_line(failed));
        }
        if !self.passed_over.is_empty() {
            let kinds: Vec<String> =
                self.passed_over.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            config += &format!("# docmill does not read these files: {}\n", kinds.join(", "));
        }
        config += "\nextends = \"news\"\n";
        if self.records > 0 {
            config += &self.fields_section(names);
        }
        config += "\n# [input]\n# exclude = [\"drafts/\", \"*.bak\"]   # files and folders that are left out\n\
                   # include = [\"*.txt\"]                # or only these\n\
                   \n# [output]\n# tokens = true        # words with lemma, part of speech and syntax\n\
                   \n# [duplicates]\n# drop = true          # leave doubles out in place of marking them\n";
        config
    }

    fn fields_section(&self, names: &BTreeMap<&str, String>) -> String {
        let mut section =
            String::from("\n# Fields of the records, with the average length of their texts:\n");
        for (name, (times, _)) in self.fields.iter().take(FIELDS) {
            section += &format!(
                "#   {} ({} characters, in {times} of {})\n",
                one_line(name),
                self.mean(name),
                self.records
            );
        }
        section += "[input.fields]\n";
        for role in ["text", "id", "title", "date", "author", "publication"] {
            match names.get(role) {
                Some(name) => section += &format!("{role} = {}\n", Value::from(name.as_str())),
                None if role == "text" => {
                    section += "# text = \"...\"   # no field looks like the text; name the field here\n";
                }
                None => section += &format!("# {role} = \"...\"\n"),
            }
        }
        section
    }
}

/// Ends of names of compressed files.
const PACKED: [&str; 8] = ["gz", "gzip", "zst", "zstd", "bz2", "xz", "tgz", "txz"];

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,=@%".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
