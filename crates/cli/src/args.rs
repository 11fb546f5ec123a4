//! The command line, as clap reads it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use docmill_config::{ConfigOptions, parse_bytes, parse_shard_size};
use docmill_jsonl::{Compression, Shards};
use docmill_run::FailureLimit;

/// Turns archives of English news into one JSON line per document: sentences, named entities, and more.
#[derive(Debug, Parser)]
#[command(name = "docmill", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    success
  1    the run finished, but some documents failed
  2    the command could not run, or the run stopped early (--fail-fast, --max-failures, disk full)
  130  stopped by Ctrl-C

A run that stopped early keeps its work. Repeat the same command to resume it.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Annotate documents and write one JSON line each
    Run(Box<RunArgs>),
    /// Look at an archive and write a configuration for it
    Init(InitArgs),
    /// Check a configuration and its model files without running anything
    Check(ConfigArgs),
    /// Describe a run before it starts: stages, settings and their sources, model files, estimated time
    Explain(ExplainArgs),
    /// List the available stages and their settings
    Stages(StagesArgs),
    /// Show the word lists, or check files that extend them
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Print the JSON Schema of output records or of configurations
    Schema(SchemaArgs),
    /// Check an output: record structure, ids, and that every span matches its text
    Verify(VerifyArgs),
    /// Write an output as one HTML page: the archive with facets, map, events, stances, and its texts
    Show(ShowArgs),
    /// Rerun the failed documents of an output and replace their records
    Retry(RetryArgs),
    /// Count documents, names, stances, quotations and citations in an output
    Stats(StatsArgs),
    /// Compare two outputs: documents, and the items of each layer
    Diff(DiffArgs),
    /// Write an output as Parquet or CSV tables: documents, sentences, entities, stances, quotes, ...
    Tables(TablesArgs),
    /// List the names of a whole archive: persons, organizations, states, places, each once
    Names(NamesArgs),
    /// Write names and what stands between them as a graph for Gephi, networkx, Neo4j or Aleph
    Graph(GraphArgs),
    /// Convert an output for another tool: spaCy, CoNLL, brat, W3C Web Annotation
    Convert(ConvertArgs),
    /// Merge several outputs, or the parts of one, into one file
    Merge(MergeArgs),
    /// Score a stage against annotated texts
    #[command(subcommand)]
    Eval(EvalCommand),
    /// Create a crate for a stage of your own, ready to compile, test and run
    NewStage(NewStageArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write the pages of all subcommands to a folder
    Man(ManArgs),
}

#[derive(Debug, Default, clap::Args)]
pub struct ConfigArgs {
    /// A configuration file, or a built-in configuration: news (default), entities, rules, rust-bert
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Override one setting; repeatable
    #[arg(long = "set", value_name = "STAGE.KEY=VALUE")]
    pub sets: Vec<String>,
    /// Never access the network
    #[arg(long)]
    pub offline: bool,
}

impl ConfigArgs {
    /// What was chosen, with `more` settings over it.
    pub fn options(&self, more: impl IntoIterator<Item = String>) -> ConfigOptions {
        ConfigOptions {
            file: self.config.clone(),
            sets: self.sets.iter().cloned().chain(more).collect(),
            offline: self.offline,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Looks at up to 2,000 documents and writes what it found as comments. Runs no stage.\n\n\
Examples:\n  docmill init archive\n  docmill init export.csv mails -o my.toml"
)]
pub struct InitArgs {
    /// Files, folders or archives
    #[arg(required = true, value_name = "ARCHIVE", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Configuration file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "docmill.toml", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "With inputs, docmill runs up to 32 documents for at most 20 seconds to estimate the time. It writes nothing.\n\n\
Examples:\n  docmill explain --config my.toml\n  docmill explain articles --set stance.engine=rules --json"
)]
pub struct ExplainArgs {
    /// Files, folders or archives from which to estimate size and time
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Worker threads [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Show all word lists, or the entries of one
    List(LexiconListArgs),
    /// Check word files, or those that a configuration adds
    Check(LexiconCheckArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = LEXICON_LIST_EXAMPLES)]
pub struct LexiconListArgs {
    /// Show the entries of this list
    #[arg(value_name = "LIST")]
    pub name: Option<String>,
    #[command(flatten)]
    pub config: ConfigArgs,
}

const LEXICON_LIST_EXAMPLES: &str = "\
With --config, lists include the entries that the configuration adds; a comment names the file and line of each.

Examples:
  docmill lexicon list
  docmill lexicon list outlets | grep -i herald
  docmill lexicon list outlets --config my.toml";

#[derive(Debug, clap::Args)]
#[command(after_help = LEXICON_CHECK_EXAMPLES)]
pub struct LexiconCheckArgs {
    /// Word files; if none is given, those of the configuration
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
}

const LEXICON_CHECK_EXAMPLES: &str = "\
A word file names a list, then its columns, then one entry per line; tabs separate columns:
  # list: outlets
  name         evidence
  Steppe Wire  alone

A configuration adds it to the shipped list:
  [lexicon]
  extend = [\"my.tsv\"]

Examples:
  docmill lexicon check my.tsv
  docmill lexicon check --config my.toml";

#[derive(Debug, clap::Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub struct SchemaArgs {
    /// What to describe
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
    #[command(flatten)]
    pub config: ConfigArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The records that a configuration produces
    #[default]
    Records,
    /// Configurations, for use in an editor
    Config,
}

const SCHEMA_EXAMPLES: &str = "\
Editors with taplo (Even Better TOML in VS Code) check and complete a configuration that begins with
  #:schema ./docmill.schema.json

Examples:
  docmill schema --config my.toml > records.schema.json
  docmill schema config > docmill.schema.json";

#[derive(Debug, clap::Args)]
#[command(after_help = RUN_EXAMPLES)]
pub struct RunArgs {
    /// Files, folders, archives, or `-` for one document on standard input
    #[arg(required_unless_present = "files_from", value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Also read the paths listed in this file, one per line; `-` for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// Read every file as this format, regardless of its name: text, jsonl, ...
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<String>,
    /// Output file (compressed if it ends in .gz or .zst), a folder with --shards or --shard-size, or `-` for standard
    /// output [default: standard output; on a terminal, only a summary]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace the output file even if docmill did not write it
    #[arg(long)]
    pub overwrite: bool,
    /// Read only the first N documents
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "sample")]
    pub limit: Option<u64>,
    /// Read N documents chosen from all inputs, the same ones each time
    #[arg(long, value_name = "N", value_parser = parse_sample)]
    pub sample: Option<usize>,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub shards: ShardArgs,
    /// Worker threads [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Copy records from this earlier output for documents that have not changed; requires the same settings
    #[arg(long, value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub reuse: Option<PathBuf>,
    /// Cache the language model's results in this folder (about 2 MB per thousand words), to rerun later stages quickly
    /// with other settings
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
    /// Pause reading while the documents in flight are estimated to need more than this: 2GB, 512MiB
    #[arg(long, value_name = "SIZE", value_parser = parse_bytes)]
    pub max_memory: Option<u64>,
    /// Drop documents that duplicate an earlier one, instead of marking them
    #[arg(long)]
    pub drop_duplicates: bool,
    #[command(flatten)]
    pub again: AgainArgs,
    #[command(flatten)]
    pub failures: FailureArgs,
    /// Write counts and timings to this JSON file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
    /// Report failures only: no progress, no summary
    #[arg(short, long)]
    pub quiet: bool,
}

/// So many threads, at least one.
fn parse_jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "give a whole number, 1 or more; all processors work if it is left out".to_owned())
}

/// So many documents, at least one.
fn parse_sample(text: &str) -> Result<usize, String> {
    let number = text.parse::<NonZeroUsize>().map(NonZeroUsize::get);
    number.map_err(|_| "give a whole number of documents, 1 or more".to_owned())
}

#[derive(Debug, clap::Args)]
pub struct AgainArgs {
    /// Start over, even if an earlier run could be resumed
    #[arg(long)]
    pub restart: bool,
    /// If inputs changed since the run stopped, redo everything from the first changed one
    #[arg(long, conflicts_with = "restart")]
    pub redo_changed: bool,
}

#[derive(Debug, clap::Args)]
pub struct FailureArgs {
    /// Stop with exit code 2 after more than this many failures: a number, or a share such as 1.5% (checked after 100 documents)
    #[arg(long, value_name = "N|P%")]
    pub max_failures: Option<FailureLimit>,
    /// Stop with exit code 2 at the first failure
    #[arg(long, conflicts_with = "max_failures")]
    pub fail_fast: bool,
}

impl FailureArgs {
    /// How many documents may fail.
    pub fn limit(&self) -> Option<FailureLimit> {
        if self.fail_fast { Some(FailureLimit::Count(0)) } else { self.max_failures }
    }
}

#[derive(Debug, clap::Args)]
pub struct ShardArgs {
    /// Split the output into parts of this size, before compression (64MB, 1GiB) or in documents (10000docs)
    #[arg(long, value_name = "SIZE", value_parser = parse_shard_size)]
    pub shard_size: Option<Shards>,
    /// Split the output into this many parts, filled in turn
    #[arg(long, value_name = "N", conflicts_with = "shard_size", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub shards: Option<u32>,
    /// Compression of the parts [default: zst]
    #[arg(long, value_enum)]
    pub compress: Option<Compress>,
}

impl ShardArgs {
    /// How the output is cut into parts, if it is.
    pub fn shards(&self) -> Option<Shards> {
        self.shards.map(Shards::Parts).or(self.shard_size)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Compress {
    Zst,
    Gz,
    None,
}

impl From<Compress> for Compression {
    fn from(compress: Compress) -> Self {
        match compress {
            Compress::Zst => Self::Zstd,
            Compress::Gz => Self::Gzip,
            Compress::None => Self::None,
        }
    }
}

const RUN_EXAMPLES: &str = "\
If a run stops early (killed, Ctrl-C, disk full), repeat the same command to resume it.
Failed documents appear in the output with status \"failed\" and in out.failed.jsonl; rerun them with `docmill retry`.

Examples:
  docmill run articles --sample 20
  docmill run articles -o out.jsonl
  docmill run articles more/one.txt -o out.jsonl.zst --jobs 8 --report report.json
  docmill run articles --set ner.engine=rust-bert --set ner.model=models/my-ner -o out.jsonl
  docmill run articles --set output.tokens=true | jq -r '.entities[].text' | sort | uniq -c
  docmill run archive.tar.zst -o parts --shard-size 256MB --max-failures 1%
  docmill run sample -o b.jsonl --cache cache --set stance.threshold=0.95
  docmill run archive -o today.jsonl.zst --reuse yesterday.jsonl.zst
  docmill run wires -o out.jsonl --drop-duplicates --set duplicates.threshold=0.9
  cat article.txt | docmill run - > record.jsonl
  cat articles.jsonl | docmill run - --input-format jsonl > records.jsonl
  find . -name '*.txt' -newer last-run | docmill run --files-from - -o new.jsonl";

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  docmill stats out.jsonl.zst\n  docmill stats parts --top 50 --json")]
pub struct StatsArgs {
    /// Output of a run: a .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-` for standard input
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    /// How many names to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct DiffArgs {
    /// The earlier output: a .jsonl, .jsonl.gz or .jsonl.zst file, or a folder of parts
    #[arg(value_name = "A", value_hint = ValueHint::AnyPath)]
    pub a: PathBuf,
    /// The later one
    #[arg(value_name = "B", value_hint = ValueHint::AnyPath)]
    pub b: PathBuf,
    /// Treat scores as equal if they differ by no more than this
    #[arg(long, value_name = "DIFFERENCE", default_value_t = 0.0)]
    pub tolerance: f64,
    /// How many differences to list; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub list: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

const DIFF_EXAMPLES: &str = "\
Documents are matched by id and items by position, regardless of order. Run ids are ignored. If a document's text \
changed, its layers are not compared.

Exit codes, as in diff(1):
  0  no differences
  1  differences found
  2  an output could not be read

Examples:
  docmill diff before.jsonl after.jsonl
  docmill diff before.jsonl.zst parts --tolerance 0.01 --list 100
  docmill diff before.jsonl after.jsonl --json | jq .layers.stances";

#[derive(Debug, clap::Args)]
#[command(after_help = TABLES_EXAMPLES)]
pub struct TablesArgs {
    /// Output of a run: a .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-` for standard input
    #[arg(value_name = "OUTPUT", required_unless_present = "describe", requires = "directory",
          value_hint = ValueHint::AnyPath)]
    pub output: Option<PathBuf>,
    /// Folder to write; existing tables in it are replaced
    #[arg(short, long, value_name = "DIR", required_unless_present = "describe", value_hint = ValueHint::DirPath)]
    pub directory: Option<PathBuf>,
    /// Parquet (compressed with zstd) or CSV (UTF-8)
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet)]
    pub format: TableFormat,
    /// In CSV, prefix texts that begin with = + - @ with ', so that a spreadsheet does not run them as formulas
    #[arg(long)]
    pub spreadsheet_safe: bool,
    /// Describe all tables and columns, as Markdown
    #[arg(long, exclusive = true)]
    pub describe: bool,
}

/// Format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Parquet,
    Csv,
}

const TABLES_EXAMPLES: &str = "\
In CSV, null is an empty cell, an empty text is \"\", and lists are JSON. Texts are written unchanged. Use \
--spreadsheet-safe before opening a table in a spreadsheet, which would run a cell such as =HYPERLINK(...).

Examples:
  docmill tables out.jsonl.zst -d tables
  docmill tables parts -d csv --format csv --spreadsheet-safe
  duckdb -c \"SELECT label, count(*) FROM 'tables/entities.parquet' GROUP BY label\"";

/// Outputs whose names are made one.
#[derive(Debug, clap::Args)]
pub struct ArchiveArgs {
    /// Outputs of runs: .jsonl, .jsonl.gz or .jsonl.zst files, folders of parts, or `-` for standard input
    #[arg(required = true, value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub outputs: Vec<PathBuf>,
    /// Apply the corrections in this file: same, not same, rename, drop
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub corrections: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = NAMES_EXAMPLES)]
pub struct NamesArgs {
    #[command(flatten)]
    pub archive: ArchiveArgs,
    /// File to write: .parquet, .csv, .jsonl (also .gz or .zst), or `-` for JSON lines on standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub into: PathBuf,
    /// In CSV, prefix texts that begin with = + - @ with ', so that a spreadsheet does not run them as formulas
    #[arg(long)]
    pub spreadsheet_safe: bool,
}

const NAMES_EXAMPLES: &str = "\
A file of corrections has one on each line, with tabs between action, kind and names:
  same      person        V. Orlov         Viktor Orlov
  not same  organization  Dawn             DAWN
  rename    person        Aleksandr Lukin  Alexander Lukin
  drop      place         Monday

Sorting needs a few hundred megabytes of memory at most, and disk for temporary files (TMPDIR).

Examples:
  docmill names out.jsonl.zst -o names.csv
  docmill names 2005.jsonl.zst 2006-parts -o names.parquet --corrections names.tsv
  docmill names parts | jq -r 'select(.kind == \"person\") | .name'";

#[derive(Debug, clap::Args)]
#[command(after_help = GRAPH_EXAMPLES)]
pub struct GraphArgs {
    #[command(flatten)]
    pub archive: ArchiveArgs,
    /// Folder to write; an existing graph in it is replaced
    #[arg(short = 'o', long = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub into: PathBuf,
    /// Write only these formats
    #[arg(long, value_enum, value_name = "FORMAT", value_delimiter = ',')]
    pub format: Vec<GraphFormat>,
}

/// Format of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// graph.graphml, for Gephi, Cytoscape and networkx
    Graphml,
    /// nodes.csv and edges.csv, for `neo4j-admin database import`
    Neo4j,
    /// entities.ftm.json, one entity of `FollowTheMoney` per line
    Ftm,
}

const GRAPH_EXAMPLES: &str = "\
Nodes are the rows of `docmill names`. Edges are stances (FOR, AGAINST), events (EVENT), offices (ROLE) and quotations that
name somebody (QUOTE), counted over all documents. FollowTheMoney has each of them, with its document, and mentions apart
from persons.

Examples:
  docmill graph out.jsonl.zst -o graph
  docmill graph 2005-parts 2006-parts -o graph --format graphml --corrections names.tsv
  neo4j-admin database import full --nodes=graph/nodes.csv --relationships=graph/edges.csv";

#[derive(Debug, clap::Args)]
#[command(after_help = CONVERT_EXAMPLES)]
pub struct ConvertArgs {
    /// Output of a run: a .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-` for standard input
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    /// Target format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: ConvertTo,
    /// Output file (compressed if it ends in .gz or .zst), `-` for standard output, or a new folder for brat
    #[arg(short = 'o', long = "output", value_name = "PATH", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub into: PathBuf,
}

/// Format of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConvertTo {
    /// One JSON object per line, for `Doc.from_json` of spaCy
    Spacy,
    /// One word and BIO tag per line, as in CoNLL 2003
    Conll,
    /// CoNLL-U: one word per line with lemma, part of speech, head and relation
    Conllu,
    /// A folder of .txt and .ann files
    Brat,
    /// JSON-LD, one `AnnotationPage` per line
    W3c,
}

const CONVERT_EXAMPLES: &str = "\
Positions count code points in all formats. Words come from the run if it had output.tokens=true; otherwise docmill \
splits the sentences again. Failed documents without text are left out.

Examples:
  docmill convert out.jsonl --to spacy -o out.spacy.jsonl
  docmill convert parts --to conll | grep -c B-PER
  docmill convert out.jsonl.zst --to brat -o standoff
  docmill convert out.jsonl --to w3c -o annotations.jsonl.gz";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "docmill finds the inputs by the paths in the output. Use the settings of the original run.\n\n\
Examples:\n  docmill retry out.jsonl\n  docmill retry parts --config my.toml"
)]
pub struct RetryArgs {
    /// Output of a run: a file or a folder of parts
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Worker threads [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Report failures only
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  docmill merge parts -o out.jsonl.gz")]
pub struct MergeArgs {
    /// Outputs to merge, in order: files or folders of parts
    #[arg(required = true, value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Output file (compressed if it ends in .gz or .zst), or `-` for standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Allow records of different runs
    #[arg(long)]
    pub mixed: bool,
}

#[derive(Debug, clap::Args)]
pub struct StagesArgs {
    /// Show the settings of each stage: type, default, meaning
    #[arg(long)]
    pub verbose: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = NEW_STAGE_EXAMPLES)]
pub struct NewStageArgs {
    /// Name of the crate, the stage and its configuration table, for instance watch-list
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Use the batch trait: one instance per worker, which sees all documents of a chunk at once
    #[arg(long)]
    pub batch: bool,
    /// Add a layer with the stage's name to the output and its JSON Schema
    #[arg(long)]
    pub layer: bool,
    /// Folder in which to create the crate
    #[arg(short, long, value_name = "FOLDER", default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Source of docmill's crates: a checkout or a git URL, optionally with #COMMIT
    #[arg(long, value_name = "FOLDER|URL")]
    pub docmill: Option<String>,
}

const NEW_STAGE_EXAMPLES: &str = "\
Without --docmill, the crate uses the checkout that contains it, or else the one this program was built from. \
docmill is not published on crates.io.

Examples:
  docmill new-stage money --layer && cd money && cargo test
  docmill new-stage topics --batch --layer --dir stages
  docmill new-stage topics --docmill https://example.org/docmill.git#5b0c1de";

#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Output of a run: a .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-` for standard input
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// Output of a run: a .jsonl, .jsonl.gz or .jsonl.zst file, or `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Page to write; `-` for standard output
    #[arg(short, long, value_name = "PAGE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Show only the document with this id; repeatable
    #[arg(long = "id", value_name = "ID")]
    pub ids: Vec<String>,
    /// Hold the texts of at most this many documents, a sample; the page counts all documents
    #[arg(long, value_name = "N", default_value = "2000")]
    pub max_documents: NonZeroUsize,
}

const SHOW_EXAMPLES: &str = "\
The page is self-contained and needs no network. Markup in a document is shown as text and never executed.

Examples:
  docmill show out.jsonl -o out.html
  docmill show out.jsonl.zst --id articles/2005-09-20.txt -o article.html
  docmill run article.txt | docmill show - > article.html
  jq -c 'select(.meta.publication == \"Interfax\")' out.jsonl | docmill show - --max-documents 500 -o interfax.html";

#[derive(Debug, Subcommand)]
pub enum EvalCommand {
    /// Named entities: strict span precision, recall and F1, by type and micro
    Ner(EvalNerArgs),
    /// Quotations: F1 of exact speakers and of attributed tokens
    #[command(after_help = QUOTES_GOLD)]
    Quotes(EvalQuotesArgs),
    /// Sentiment toward given mentions: macro-F1 over negative, neutral, positive
    #[command(after_help = SENTIMENT_GOLD)]
    Sentiment(EvalRowsArgs),
    /// Stances in articles with given mentions: precision and recall of sentence, holder, target and side
    #[command(after_help = ARTICLES_GOLD)]
    Articles(EvalArticlesArgs),
    /// Negative evaluations of countries in speeches: precision, recall and F1, by stance and by sentiment
    #[command(after_help = EVALUATION_GOLD)]
    Evaluation(EvalRowsArgs),
    /// Relations between given pairs (PLOVER's quad classes), by rules: accuracy and macro-F1
    #[command(after_help = RELATION_GOLD)]
    Relation(EvalRowsArgs),
    /// Stance between given pairs: macro-F1 over five classes, precision and recall by threshold
    #[command(after_help = STANCE_GOLD)]
    Stance(EvalStanceArgs),
    /// Parts of speech, lemmas and dependency trees: CoNLL 2018 measures, on gold words and on raw text
    #[command(after_help = SYNTAX_GOLD)]
    Syntax(EvalRowsArgs),
    /// Places in raw texts: share within 161 km of the gold
    #[command(after_help = PLACES_GOLD)]
    Places(EvalRowsArgs),
    /// Expressions of time: TempEval-3's measures
    #[command(after_help = TIMES_GOLD)]
    Times(EvalRowsArgs),
}

const PLACES_GOLD: &str = "\
Gold: articles with toponyms in XML, as the Local-Global Lexicon and TR-News have them; positions count code points:
  <articles><article><text>Osh waits.</text><toponyms><toponym><start>0</start><end>3</end>
  <gaztag><lat>40.5</lat><lon>72.8</lon></gaztag></toponym></toponyms></article></articles>

The texts go through all stages up to `places`, so a name that is not found is wrong. Toponyms without coordinates are left
out; `places told that gold names` is the share of places that overlap with any toponym.

Example:
  docmill eval places lgl.xml";

const TIMES_GOLD: &str = "\
Gold: a TimeML file, or a folder of files that end with .tml, as those of TempEval-3 and WikiWars.

An expression is right if it overlaps with one of the gold (lenient), if the ends agree (strict), if it overlaps and has the
gold's value (with value); precision, recall and F1 over all texts.

Example:
  docmill eval times wikiwars --json";

const SYNTAX_GOLD: &str = "\
Gold: CoNLL-U, for instance a treebank of Universal Dependencies. Scores are given twice: with the gold's words (multi-word
tokens split), and with docmill's own sentences and words, made from `# text`.

UPOS, lemma, UAS, LAS and CLAS are F1 as in conll18_ud_eval.py: without subtypes of relations; CLAS counts content words
only. The configuration needs the stage `syntax`.

Example:
  docmill eval syntax en_ewt-ud-dev.conllu";

const QUOTES_GOLD: &str = "\
Gold: texts with brat standoff, as in PolNeAR (Newell et al. 2018): FOLDER/text/NAME.txt and
FOLDER/attributions/NAME.ann, or the first of NAME_ANNOTATOR.ann.

Source: distinct speaker spans; correct if they cover the same tokens. Content: tokens inside any attribution. Both are
summed over all texts.

Example:
  docmill eval quotes polnear_dev";

const SENTIMENT_GOLD: &str = "\
Gold: one sentence per line; positions are 0-based and count code points, as in Python:
  {\"text\": \"Rahmonov praised China.\", \"target\": {\"start\": 17, \"end\": 22}, \"label\": \"positive\"}

Example:
  docmill eval sentiment gold.jsonl --set sentiment.engine=lexicon";

const STANCE_GOLD: &str = "\
Gold: one sentence per line; labels: 0 neutral, 1 p for q, 2 q for p, 3 p against q, 4 q against p:
  {\"text\": \"Dushanbe accused Tashkent.\", \"p\": {\"start\": 0, \"end\": 8}, \"q\": {\"start\": 17, \"end\": 25}, \"label\": 3}

Example:
  docmill eval stance gold.jsonl --curve --set stance.rule_weight=0";

const ARTICLES_GOLD: &str = "\
Gold: per file a text, a line ---, and stances (crates/stages/stance/tests/gold/articles/README.md):
  [Dushanbe|LOC|tajikistan] accused [Tashkent|LOC|uzbekistan].
  ---
  tajikistan <TAB> uzbekistan <TAB> against <TAB> verbal-conflict <TAB> asserted <TAB> accused

Example:
  docmill eval articles crates/stages/stance/tests/gold/articles --mistakes --set stance.engine=rules";

#[derive(Debug, clap::Args)]
pub struct EvalArticlesArgs {
    /// Files, or folders with files that end with .gold
    #[arg(value_name = "GOLD", required = true, value_hint = ValueHint::AnyPath)]
    pub gold: Vec<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// List wrong and missed stances
    #[arg(long)]
    pub mistakes: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "mistakes")]
    pub json: bool,
}

const EVALUATION_GOLD: &str = "\
Gold: sentences.csv of UNSCon (Zaczynska and others, 2024), speeches of the UN Security Council; columns filename,
sentence_text, A0 (Direct_NegEval, Indirect_NegEval), A2 (Country), A4 (russian_federation). The speaker counts as the
author. The configuration needs the stage `names`.

Example:
  docmill eval evaluation sentences.csv --json";

const RELATION_GOLD: &str = "\
Gold: a tab-separated table with these columns; others are ignored. gold_penta: 1 verbal cooperation, 2 material
cooperation, 3 verbal conflict, 4 material conflict:
  sentence <TAB> marked_sentence <TAB> gold_penta
  Dushanbe accused Tashkent. <TAB> <s>Dushanbe</s> accused <t>Tashkent</t>. <TAB> 3

Example:
  docmill eval relation pairs.tsv --json";

#[derive(Debug, clap::Args)]
pub struct EvalStanceArgs {
    #[command(flatten)]
    pub rows: EvalRowsArgs,
    /// Show precision and recall at 100 thresholds instead of eight
    #[arg(long)]
    pub curve: bool,
}

#[derive(Debug, clap::Args)]
pub struct EvalQuotesArgs {
    /// A folder with `text` and `attributions`
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct EvalRowsArgs {
    /// Gold file
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub gold: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  docmill eval ner gold.conll --only PER --only ORG --only LOC --rename person=PER"
)]
pub struct EvalNerArgs {
    /// CoNLL (one word, a tab and its BIO tag per line; an empty line after each sentence), or JSON lines with positions in
    /// code points: {"text": "...", "entities": [{"start": 0, "end": 4, "label": "PER"}]}
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub gold: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Rename a gold type; `O` drops it
    #[arg(long, value_name = "GOLD=MODEL", value_delimiter = ',')]
    pub rename: Vec<String>,
    /// Score only this type; repeatable
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  docmill completions bash > ~/.local/share/bash-completion/completions/docmill"
)]
pub struct CompletionsArgs {
    /// Shell: bash, zsh, fish, elvish or powershell
    pub shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  docmill man | man -l -\n  docmill man -d ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Write docmill.1, docmill-run.1, ... to this folder
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}
