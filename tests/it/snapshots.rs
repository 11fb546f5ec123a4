//! What people see, word for word: help, lists, errors, and what the articles in `seeds` give.
//!
//! The expected texts are files in `tests/it/snapshots`. After a change that is meant,
//! `UPDATE_EXPECT=1 cargo nextest run -p docmill-cli --test it snapshots` writes them anew; read the difference before it
//! is committed.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect_file;
use serde_json::Value as Json;

use crate::program::{Bench, root};

/// Compares with the file `name`.
fn matches(name: &str, text: &str) {
    let file = root().canonicalize().unwrap().join("tests/it/snapshots").join(name);
    expect_file![file].assert_eq(text);
}

#[test]
fn help_of_every_command() {
    let bench = Bench::new();
    let top = bench.docmill(&["--help"]).expect(0).stdout;
    let commands = top.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("    "));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 15, "{top}");
    let mut help = format!("$ docmill --help\n{top}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let text = bench.docmill(&[command, "--help"]).expect(0).stdout;
        help += &format!("\n$ docmill {command} --help\n{text}");
    }
    matches("help.txt", &help);
}

#[test]
fn stages_of_the_program() {
    matches("stages.txt", &Bench::new().docmill(&["stages"]).expect(0).stdout);
}

#[test]
fn explain_tells_a_run() {
    let bench = Bench::new();
    bench.write("my.toml", "extends = \"rules\"\n\n[output]\ntokens = true\n");
    let text =
        bench.docmill(&["explain", "--config", "my.toml", "--set", "run.commit_seconds=9"]).expect(0).stdout;
    let masked = |line: &str| {
        // A hash, and lines of files that others edit.
        if line.starts_with("run ") {
            return "run            ID (docmill VERSION, settings HASH)".to_owned();
        }
        match line.rsplit_once(".toml:") {
            Some((start, _)) if start.contains("(the built-in ") => format!("{start}.toml:LINE)"),
            _ => line.to_owned(),
        }
    };
    let lines: Vec<String> = text.lines().map(masked).collect();
    matches("explain.txt", &(lines.join("\n") + "\n"));
}

#[test]
fn errors_say_what_is_wrong_where_and_what_helps() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    bench.write("typo.toml", "stages = [\"tokenize\"]\n\n[tokenise]\nparagraphs = \"line\"\n");
    bench.write("type.toml", "extends = \"news\"\n\n[stance]\nthreshold = \"high\"\n");
    bench.write("value.toml", "extends = \"news\"\n\n[tokenize]\nparagraphs = \"lines\"\n");
    bench.write("order.toml", "stages = [\"sentiment\", \"tokenize\"]\n");
    bench.write("later.toml", "stages = [\"tokenize\", \"encode\", \"ner\", \"quotes\", \"citations\"]\n");
    bench.write("syntax.toml", "stages = [\"tokenize\"\n");
    bench.write("records.jsonl", "{\"id\":\"a\"}\nnot JSON\n");
    let cases: [&[&str]; 16] = [
        &["run", "a.txt", "--config", "typo.toml", "-o", "-"],
        &["run", "a.txt", "--config", "type.toml", "-o", "-"],
        &["run", "a.txt", "--config", "value.toml", "-o", "-"],
        &["run", "a.txt", "--config", "order.toml", "-o", "-"],
        &["check", "--config", "later.toml"],
        &["check", "--config", "syntax.toml"],
        &["check", "--config", "none.toml"],
        &["run", "none", "-o", "out.jsonl"],
        &["run", "a.txt", "-o", "no/folder/out.jsonl"],
        &["run", "a.txt", "-o", "-", "--set", "tokenize.paragraph=line"],
        &["run", "a.txt", "-o", "-", "--set", "stages=[\"tokenise\"]"],
        &["verify", "records.jsonl"],
        &["verify", "none.jsonl"],
        &["tables", "none.jsonl", "-d", "tables"],
        &["new-stage", "Weather Report"],
        &["rum", "a.txt"],
    ];
    let mut text = String::new();
    for args in cases {
        let answer = bench.docmill(args);
        assert!(answer.code != 0 || args.contains(&"later.toml"), "{args:?}");
        text +=
            &format!("$ docmill {}\n{}{}[{}]\n\n", args.join(" "), answer.stdout, answer.stderr, answer.code);
    }
    matches("errors.txt", &text.replace(&bench.path("").display().to_string(), "FOLDER/"));
}

/// Records of the articles in `seeds`.
fn seeds(bench: &Bench, args: &[&str]) -> Vec<Json> {
    let folder = root().canonicalize().unwrap().join("seeds").display().to_string();
    bench.docmill(&[&["run", &folder, "-q", "-o", "-"], args].concat()).expect(0).records()
}

#[test]
fn quotations_in_the_seeds() {
    let bench = Bench::new();
    let stages = "stages=[\"header\", \"tokenize\", \"citations\", \"encode\", \"ner\", \"quotes\"]";
    // The rules find them; a tiny model, which knows nothing, keeps the shipped one's weights out of this.
    let model = format!("model={}", root().join("tests/tiny-bert/bert").display());
    let mut text = String::new();
    for record in seeds(&bench, &["--set", stages, "--set", &model]) {
        let name = record["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        text += &format!("# {name}\n");
        for quote in record["quotes"].as_array().unwrap() {
            let words = |value: &Json| value["text"].as_str().unwrap_or("-").replace(['\n', '\r'], " ");
            let kind = quote["kind"].as_str().unwrap();
            let (speaker, cue, content) = (&quote["speaker"], &quote["cue"], &quote["content"]);
            text += &format!("{kind} | {} | {} | {}\n", words(speaker), words(cue), words(content));
        }
    }
    matches("seeds-quotes.txt", &text);
}

/// Every path of the records, with the types of its values: what a reader can rely on, whatever the model's weights.
#[test]
fn shape_of_the_records_of_the_seeds() {
    fn visit(value: &Json, path: &str, paths: &mut BTreeMap<String, BTreeSet<&'static str>>) {
        let kind = match value {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(number) if number.is_f64() => "float",
            Json::Number(_) => "integer",
            Json::String(_) => "text",
            Json::Array(_) => "list",
            Json::Object(_) => "object",
        };
        paths.entry(path.to_owned()).or_default().insert(kind);
        match value {
            Json::Array(items) => items.iter().for_each(|item| visit(item, &format!("{path}[]"), paths)),
            Json::Object(fields) => {
                for (key, field) in fields {
                    visit(field, &format!("{path}.{key}"), paths);
                }
            }
            _ => {}
        }
    }
    let bench = Bench::new();
    let mut paths = BTreeMap::new();
    for record in seeds(&bench, &["--set", "output.tokens=true"]) {
        // Whether a thing that is rare is found hangs on the weights; that a list of it is there does not.
        for key in ["stances", "quotes", "entities", "sentences", "clusters"] {
            assert!(record[key].is_array(), "{key}");
        }
        visit(&record, "", &mut paths);
    }
    for needed in [".stances[].holder.kind", ".stances[].evidence.text", ".quotes[].speaker.text"] {
        assert!(paths[needed].contains("text"), "{needed}");
    }
    // Null or not is the weights' business, for each single value.
    let line = |(path, kinds): (&String, &BTreeSet<&str>)| {
        let kinds: Vec<&str> =
            kinds.iter().filter(|kind| kinds.len() == 1 || **kind != "null").copied().collect();
        format!("{path} {}\n", kinds.join(" or "))
    };
    matches("seeds-shape.txt", &paths.iter().map(line).collect::<String>());
}
