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
  0    everything was done
  1    everything was done, some documents failed
  2    could not run, or stopped at a failure (--fail-fast, --max-failures, a full disk); what was done is kept
  130  stopped by Ctrl-C; what was done is kept

What is kept goes on with the same command.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Annotate documents and write one JSON line each
    Run(RunArgs),
    /// Check a configuration and its model files, without loading or running anything
    Check(ConfigArgs),
    /// Tell what a run would be: stages, settings and where they come from, model files, and how long it would take
    Explain(ExplainArgs),
    /// List the stages of this program and their settings
    Stages(StagesArgs),
    /// Print the JSON Schema of the output, or of configurations
    Schema(SchemaArgs),
    /// Check an output file: shape, ids, and that every span's text is its slice of the document
    Verify(VerifyArgs),
    /// Make one HTML page of an output file: texts, who is for or against whom, sentiment over time
    Show(ShowArgs),
    /// Run the documents of an output that failed once more, and put them in their places
    Retry(RetryArgs),
    /// Count what an output holds: documents, names, stances, quotations, citations
    Stats(StatsArgs),
    /// Tell what changed between two outputs: documents, and items of each layer
    Diff(DiffArgs),
    /// Write an output as tables, Parquet or CSV: documents, sentences, entities, stances, quotes and so on
    Tables(TablesArgs),
    /// Write an output in the format of another tool: spaCy, CoNLL, brat, W3C Web Annotation
    Convert(ConvertArgs),
    /// Put outputs, or the parts of one, together into one file
    Merge(MergeArgs),
    /// Score a stage against gold
    #[command(subcommand)]
    Eval(EvalCommand),
    /// Make a crate with a stage of your own: it compiles, passes its tests and runs
    NewStage(NewStageArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all subcommands into a folder
    Man(ManArgs),
}

#[derive(Debug, Default, clap::Args)]
pub struct ConfigArgs {
    /// A configuration file, or a built-in configuration: news (default), entities, rules, rust-bert
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Change one setting; may be given several times
    #[arg(long = "set", value_name = "STAGE.KEY=VALUE")]
    pub sets: Vec<String>,
    /// Never touch the network
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
    after_help = "With inputs, up to 32 of their documents are run, for at most 20 seconds; nothing is written.\n\n\
Examples:\n  docmill explain --config my.toml\n  docmill explain articles --set stance.engine=rules --json"
)]
pub struct ExplainArgs {
    /// Files, folders or archives for an estimate of size and time
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Worker threads; all processors if not given
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
    #[command(flatten)]
    pub config: ConfigArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The records that a configuration gives
    #[default]
    Records,
    /// Configurations of this program, for an editor
    Config,
}

const SCHEMA_EXAMPLES: &str = "\
Editors with taplo (Even Better TOML in VS Code) check and complete a configuration whose first line is
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
    /// Read what this file names too, one path a line; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// Read files and standard input as this format, whatever their names say: text, jsonl, ...
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<String>,
    /// Where the lines go; `.gz` and `.zst` compress, `-` is standard output; with parts, a folder
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub shards: ShardArgs,
    /// Worker threads; all processors if not given
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Copy the records of an earlier run for documents that have not changed; its settings must be the same
    #[arg(long, value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub reuse: Option<PathBuf>,
    /// Keep what the language model makes of each document in this folder, and take it from there if it is there (some
    /// 2 MB for a thousand words): for trying other settings behind the stage `encode`
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
    /// How much memory the run may take: 2GB, 512MiB; documents wait to be read while it is spent (`run.max_memory`)
    #[arg(long, value_name = "SIZE", value_parser = parse_bytes)]
    pub max_memory: Option<u64>,
    /// Leave out documents that say the same as an earlier one; otherwise they are marked (`[duplicates]`)
    #[arg(long)]
    pub drop_duplicates: bool,
    #[command(flatten)]
    pub again: AgainArgs,
    #[command(flatten)]
    pub failures: FailureArgs,
    /// Write what was counted and timed, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
    /// Tell failures only: no progress, no table
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, clap::Args)]
pub struct AgainArgs {
    /// Begin anew, though an earlier run can be gone on with
    #[arg(long)]
    pub restart: bool,
    /// Go on though inputs that were done have changed: do what follows the first of them again
    #[arg(long, conflicts_with = "restart")]
    pub redo_changed: bool,
}

#[derive(Debug, clap::Args)]
pub struct FailureArgs {
    /// Stop (exit code 2) once more documents have failed: a number, or a share such as 1.5% once 100 are through
    #[arg(long, value_name = "N|P%")]
    pub max_failures: Option<FailureLimit>,
    /// Stop (exit code 2) at the first document that fails
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
    /// Write a folder of parts, named by -o, each of so many bytes of lines before compression (64MB, 1GiB) or so many
    /// documents (10000docs)
    #[arg(long, value_name = "SIZE", value_parser = parse_shard_size)]
    pub shard_size: Option<Shards>,
    /// Write a folder of so many parts; documents go to them in turn
    #[arg(long, value_name = "N", conflicts_with = "shard_size", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub shards: Option<u32>,
    /// Compression of the parts; zst if not given
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
A run that was killed, or stopped by Ctrl-C or a full disk, goes on with the same command.
Documents that failed stand in the output with status failed, and in out.failed.jsonl for `docmill retry`.

Examples:
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
    /// A .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-`
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    /// Names that are listed
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
    /// Scores that differ by no more are the same
    #[arg(long, value_name = "DIFFERENCE", default_value_t = 0.0)]
    pub tolerance: f64,
    /// Differences, and documents that only one has, that are listed; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub list: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

const DIFF_EXAMPLES: &str = "\
Documents are matched by id, whatever their order; items by where they stand in the text. Which run made a record is no
difference. If a text changed, its layers are not compared.

Exit codes, as those of diff(1):
  0  nothing changed
  1  something changed
  2  an output could not be read

Examples:
  docmill diff before.jsonl after.jsonl
  docmill diff before.jsonl.zst parts --tolerance 0.01 --list 100
  docmill diff before.jsonl after.jsonl --json | jq .layers.stances";

#[derive(Debug, clap::Args)]
#[command(after_help = TABLES_EXAMPLES)]
pub struct TablesArgs {
    /// A .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-`
    #[arg(value_name = "OUTPUT", required_unless_present = "describe", requires = "directory",
          value_hint = ValueHint::AnyPath)]
    pub output: Option<PathBuf>,
    /// Folder of the tables; one that holds tables is replaced as a whole
    #[arg(short, long, value_name = "DIR", required_unless_present = "describe", value_hint = ValueHint::DirPath)]
    pub directory: Option<PathBuf>,
    /// Parquet, compressed with zstd, or CSV in UTF-8
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet)]
    pub format: TableFormat,
    /// Put ' before texts in CSV that begin with = + - @ and would run as formulas in a spreadsheet
    #[arg(long)]
    pub spreadsheet_safe: bool,
    /// Print what the tables and their columns are, as Markdown
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
In CSV a null is an empty cell, an empty text is \"\", and lists are JSON. Texts stand as they are, unless
--spreadsheet-safe is given: articles are foreign, and a spreadsheet runs a cell such as =HYPERLINK(...).

Examples:
  docmill tables out.jsonl.zst -d tables
  docmill tables parts -d csv --format csv --spreadsheet-safe
  duckdb -c \"SELECT label, count(*) FROM 'tables/entities.parquet' GROUP BY label\"";

#[derive(Debug, clap::Args)]
#[command(after_help = CONVERT_EXAMPLES)]
pub struct ConvertArgs {
    /// A .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-`
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: ConvertTo,
    /// Where it goes: a file (`.gz` and `.zst` compress), `-` for standard output; with brat a new folder
    #[arg(short = 'o', long = "output", value_name = "PATH", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub into: PathBuf,
}

/// Format of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConvertTo {
    /// A JSON object a line, for `Doc.from_json` of spaCy
    Spacy,
    /// A word and its BIO tag on a line, as CoNLL 2003 has them
    Conll,
    /// CoNLL-U: a word on a line with lemma, part of speech, head and relation
    Conllu,
    /// A folder of .txt and .ann files
    Brat,
    /// JSON-LD, an `AnnotationPage` a line
    W3c,
}

const CONVERT_EXAMPLES: &str = "\
Positions in all of them count code points. Words are those of the run if it had output.tokens=true, else they are made
again from its sentences. Documents that failed without a text are left out.

Examples:
  docmill convert out.jsonl --to spacy -o out.spacy.jsonl
  docmill convert parts --to conll | grep -c B-PER
  docmill convert out.jsonl.zst --to brat -o standoff
  docmill convert out.jsonl --to w3c -o annotations.jsonl.gz";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The inputs are found by the paths in the output, and the settings must be those of the run.\n\n\
Examples:\n  docmill retry out.jsonl\n  docmill retry parts --config my.toml"
)]
pub struct RetryArgs {
    /// The output: a file or a folder of parts
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Worker threads; all processors if not given
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Tell failures only
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  docmill merge parts -o out.jsonl.gz")]
pub struct MergeArgs {
    /// Files or folders of parts, in order
    #[arg(required = true, value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Where the lines go; `.gz` and `.zst` compress, `-` is standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Merge records of different runs too
    #[arg(long)]
    pub mixed: bool,
}

#[derive(Debug, clap::Args)]
pub struct StagesArgs {
    /// Show each stage's settings: type, default, meaning
    #[arg(long)]
    pub verbose: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = NEW_STAGE_EXAMPLES)]
pub struct NewStageArgs {
    /// Name of the crate, of the stage and of its table in configurations: watch-list
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Show the batch trait: an instance per worker, which sees all documents of a chunk at once
    #[arg(long)]
    pub batch: bool,
    /// Add a layer of the stage's name to the output and its JSON Schema
    #[arg(long)]
    pub layer: bool,
    /// The folder that the crate's folder is made in
    #[arg(short, long, value_name = "FOLDER", default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Where docmill's crates are: the folder of a checkout, or a git address, with #COMMIT if one is meant
    #[arg(long, value_name = "FOLDER|URL")]
    pub docmill: Option<String>,
}

const NEW_STAGE_EXAMPLES: &str = "\
Without --docmill, the crate uses the checkout around it, else the one that this program was built from.
docmill is on no registry.

Examples:
  docmill new-stage money --layer && cd money && cargo test
  docmill new-stage topics --batch --layer --dir stages
  docmill new-stage topics --docmill https://example.org/docmill.git#5b0c1de";

#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A .jsonl, .jsonl.gz or .jsonl.zst file, a folder of parts, or `-`
    #[arg(value_name = "OUTPUT", value_hint = ValueHint::AnyPath)]
    pub file: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// A .jsonl, .jsonl.gz or .jsonl.zst file, or `-`
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where the page goes; `-` is standard output
    #[arg(short, long, value_name = "PAGE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Show the document with this id; may be given several times
    #[arg(long = "id", value_name = "ID")]
    pub ids: Vec<String>,
    /// Show so many documents, the first ones; the page says how many were left out
    #[arg(long, value_name = "N", default_value = "2000")]
    pub max_documents: NonZeroUsize,
}

const SHOW_EXAMPLES: &str = "\
The page needs no network and no other file; it shows any text as text, whatever it holds.

Examples:
  docmill show out.jsonl -o out.html
  docmill show out.jsonl.zst --id articles/2005-09-20.txt -o article.html
  docmill run article.txt | docmill show - > article.html
  jq -c 'select(.meta.publication == \"Interfax\")' out.jsonl | docmill show - --max-documents 500 -o interfax.html";

#[derive(Debug, Subcommand)]
pub enum EvalCommand {
    /// Named entities: strict span precision, recall and F1, by type and micro
    Ner(EvalNerArgs),
    /// Quotations: F1 of exact speakers and of the tokens of what is attributed
    #[command(after_help = QUOTES_GOLD)]
    Quotes(EvalQuotesArgs),
    /// Sentiment toward given mentions: macro-F1 over negative, neutral, positive
    #[command(after_help = SENTIMENT_GOLD)]
    Sentiment(EvalRowsArgs),
    /// Stances in articles with given mentions: precision and recall of sentence, holder, target and side
    #[command(after_help = ARTICLES_GOLD)]
    Articles(EvalArticlesArgs),
    /// Negative evaluations of countries in speeches, by stance and by sentiment: precision, recall, F1
    #[command(after_help = EVALUATION_GOLD)]
    Evaluation(EvalRowsArgs),
    /// What passes between given pairs (PLOVER's quad classes), by the rules: accuracy and macro-F1
    #[command(after_help = RELATION_GOLD)]
    Relation(EvalRowsArgs),
    /// Stance between given pairs: macro-F1 over five classes, precision and recall by threshold
    #[command(after_help = STANCE_GOLD)]
    Stance(EvalStanceArgs),
    /// Parts of speech, lemmas and dependency trees: CoNLL 2018's measures on the gold's words and on raw text
    #[command(after_help = SYNTAX_GOLD)]
    Syntax(EvalRowsArgs),
}

const SYNTAX_GOLD: &str = "\
Gold: CoNLL-U, such as the treebanks of Universal Dependencies. Once the words are the gold's; multi-word tokens are taken
apart. Once sentences and words are docmill's own, made of the sentences' `# text`.

UPOS, lemma, UAS, LAS and CLAS are F1 as conll18_ud_eval.py has it: subtypes of relations are cut off, and CLAS counts the
words with content. The configuration needs the stage `syntax`.

Example:
  docmill eval syntax en_ewt-ud-dev.conllu";

const QUOTES_GOLD: &str = "\
Gold: texts with brat standoff, as PolNeAR (Newell et al. 2018) has them: FOLDER/text/NAME.txt and
FOLDER/attributions/NAME.ann or NAME_ANNOTATOR.ann, of which the first is read.

Source: distinct places of speakers in a text; one is right if it covers the same tokens. Content: tokens that are part
of anything attributed. Both are counted over all texts together.

Example:
  docmill eval quotes polnear_dev";

const SENTIMENT_GOLD: &str = "\
Gold: one sentence a line; positions are 0-based and count code points (as Python slices):
  {\"text\": \"Rahmonov praised China.\", \"target\": {\"start\": 17, \"end\": 22}, \"label\": \"positive\"}

Example:
  docmill eval sentiment gold.jsonl --set sentiment.engine=lexicon";

const STANCE_GOLD: &str = "\
Gold: one sentence a line; labels are 0 neutral, 1 p for q, 2 q for p, 3 p against q, 4 q against p:
  {\"text\": \"Dushanbe accused Tashkent.\", \"p\": {\"start\": 0, \"end\": 8}, \"q\": {\"start\": 17, \"end\": 25}, \"label\": 3}

Example:
  docmill eval stance gold.jsonl --curve --set stance.rule_weight=0";

const ARTICLES_GOLD: &str = "\
Gold: a file is a text, a line ---, and stances (crates/stages/stance/tests/gold/articles/README.md):
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
    /// Show what is wrong and what is missed
    #[arg(long)]
    pub mistakes: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "mistakes")]
    pub json: bool,
}

const EVALUATION_GOLD: &str = "\
Gold: sentences.csv of UNSCon (Zaczynska and others, 2024), speeches of the UN Security Council; columns filename,
sentence_text, A0 (Direct_NegEval, Indirect_NegEval), A2 (Country), A4 (russian_federation). The speaker is the author.
The configuration needs the stage that makes clusters.

Example:
  docmill eval evaluation sentences.csv --json";

const RELATION_GOLD: &str = "\
Gold: a table with tabs; columns by their names, others are passed over; gold_penta is 1 verbal cooperation, 2 material
cooperation, 3 verbal conflict, 4 material conflict:
  sentence <TAB> marked_sentence <TAB> gold_penta
  Dushanbe accused Tashkent. <TAB> <s>Dushanbe</s> accused <t>Tashkent</t>. <TAB> 3

Example:
  docmill eval relation pairs.tsv --json";

#[derive(Debug, clap::Args)]
pub struct EvalStanceArgs {
    #[command(flatten)]
    pub rows: EvalRowsArgs,
    /// Precision and recall at every hundredth, not at eight thresholds only
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
    /// The gold
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
    /// CoNLL (a word, a tab and its BIO tag on a line, an empty line after each sentence; the words are the model's), or
    /// JSON lines: {"text": "...", "entities": [{"start": 0, "end": 4, "label": "PER"}]} in code points
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub gold: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Give a type of the gold another name; `O` drops it
    #[arg(long, value_name = "GOLD=MODEL")]
    pub rename: Vec<String>,
    /// Score this type only; may be given several times
    #[arg(long, value_name = "TYPE")]
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
    /// bash, zsh, fish, elvish or powershell
    pub shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  docmill man | man -l -\n  docmill man -d ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Write docmill.1, docmill-run.1, ... into this folder
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}
