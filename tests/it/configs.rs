//! Wrong configs end the run before it begins, and say how to mend them.

use crate::program::{Bench, plain_run, root};

#[track_caller]
fn refused(config: &str, expected: &str) {
    let bench = Bench::new();
    bench.write("my.toml", config);
    bench.write("in.txt", "Some text.");
    let answer = bench.docmill(&["run", "in.txt", "--config", "my.toml", "-o", "out.jsonl"]).expect(2);
    assert!(answer.stderr.contains(expected), "{}", answer.stderr);
    assert_eq!(answer.stdout, "");
    assert!(!bench.path("out.jsonl").exists());
}

#[test]
fn an_unknown_stage_or_key_is_told_with_its_line_and_the_nearest() {
    refused("stages = [\"tokenise\"]", "my.toml:1: unknown stage `tokenise`; did you mean `tokenize`?");
    refused(
        "stages = [\"tokenize\"]\n[outputs]\n",
        "my.toml:2: unknown key `outputs`; did you mean `output`?",
    );
    refused(
        "stages = [\"tokenize\"]\n\n[output]\ntoken = true\n",
        "my.toml:4: `output`: unknown key `token`; did you mean `tokens`?",
    );
    refused(
        "stages = [\"tokenize\"]\n[output]\ntokens = 3\n",
        "my.toml:3: `output.tokens`: 3 is not true or false",
    );
    refused("stages = [\"tokenize\"]\n[output\n", "my.toml:2: not TOML");
    refused("stages = [\"tokenize\", \"tokenize\"]", "`stages` lists `tokenize` twice");
}

#[test]
fn an_unmet_requirement_is_told_with_its_mend() {
    refused(
        "stages = [\"ner\"]",
        "my.toml:1: stage `ner`: requires the layer `sentences`, which no stage before it provides; add `tokenize` before it in `stages`",
    );
}

#[test]
fn a_missing_input_ends_the_run() {
    let bench = Bench::new();
    let answer = bench.docmill(&plain_run(&["nowhere"])).expect(2);
    assert!(answer.stderr.contains("docmill: nowhere: No such file"), "{}", answer.stderr);
}

#[test]
fn an_input_named_twice_is_told() {
    let bench = Bench::new();
    bench.write("in/sub/a.txt", "Some text.");
    for args in [["in", "in/sub"], ["in/sub/a.txt", "./in/sub/a.txt"], ["-", "-"]] {
        let answer = bench.docmill(&plain_run(&args)).expect(2);
        assert!(answer.stderr.contains("is named twice"), "{}", answer.stderr);
    }
}

#[test]
fn a_report_without_a_folder_is_told_before_the_work() {
    let bench = Bench::new();
    bench.write("in.txt", "Some text.");
    let args = plain_run(&["in.txt", "-o", "out.jsonl", "--report", "no/such/report.json"]);
    let answer = bench.docmill(&args).expect(2);
    assert!(answer.stderr.contains("the folder no/such does not exist"), "{}", answer.stderr);
    assert!(!bench.path("out.jsonl").exists());
}

#[test]
fn a_folder_without_texts_is_told() {
    let bench = Bench::new();
    bench.write("in/readme.xls", "Not a text.");
    let answer = bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(2);
    assert!(answer.stderr.contains("no documents found in the inputs"), "{}", answer.stderr);
    assert!(!bench.path("out.jsonl").exists());
}

#[test]
fn a_flag_is_named_in_its_error() {
    let bench = Bench::new();
    bench.write("in.txt", "Some text.");
    let answer = bench.docmill(&plain_run(&["in.txt", "--set", "output.offsets=utf8"])).expect(2);
    assert!(
        answer.stderr.contains("--set output.offsets: `output.offsets`: unknown value \"utf8\""),
        "{}",
        answer.stderr
    );
}

#[test]
fn a_missing_model_is_told_where_it_was_named() {
    let bench = Bench::new();
    bench.write("my.toml", "stages = [\"tokenize\", \"ner\"]\n\n[ner]\nmodel = \"no/model\"\n");
    let answer = bench.docmill(&["check", "--config", "my.toml"]).expect(2);
    assert!(answer.stderr.contains("my.toml:4: stage `ner`: no/model: no such folder"), "{}", answer.stderr);
    let answer = bench.docmill(&["check", "--set", "ner.model=no/model"]).expect(2);
    assert!(answer.stderr.contains("--set ner.model: stage `ner`: no/model: no such"), "{}", answer.stderr);
}

#[cfg(not(feature = "rust-bert"))]
#[test]
fn an_engine_the_program_was_built_without_is_named() {
    let bench = Bench::new();
    bench.write("in.txt", "Some text.");
    let args = ["run", "in.txt", "--set", "ner.engine=rust-bert", "--set", "ner.model=some/folder"];
    let answer = bench.docmill(&args).expect(2);
    assert!(answer.stderr.contains("--features rust-bert"), "{}", answer.stderr);
}

#[test]
fn check_says_what_would_run() {
    let bench = Bench::new();
    let answer = bench.docmill(&["check", "--set", "stages=[\"tokenize\"]"]).expect(0);
    assert!(answer.stdout.contains("tokenize: reads nothing; adds sentences, tokens"), "{}", answer.stdout);
}

#[test]
fn the_encoder_is_left_out_where_nobody_reads_it() {
    let bench = Bench::new();
    let own = format!("ner.model={}", root().join("models/news-en").display());
    let stages = r#"stages=["tokenize", "encode", "ner"]"#;
    let answer = bench.docmill(&["check", "--set", stages, "--set", &own]).expect(0);
    assert!(answer.stdout.contains("encode: left out"), "{}", answer.stdout);
    let answer = bench.docmill(&["check", "--set", "ner.precision=fp32"]).expect(2);
    assert!(answer.stderr.contains("set it for `encode`"), "{}", answer.stderr);
}

#[test]
fn stages_are_listed_with_their_settings() {
    let answer = Bench::new().docmill(&["stages", "--verbose"]).expect(0);
    assert!(answer.stdout.contains("tokenize"), "{}", answer.stdout);
    assert!(
        answer.stdout.contains("ner.engine (one of the values below, default \"native\")"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("run.commit_seconds (float, default 2.0)"), "{}", answer.stdout);
    assert!(answer.stdout.contains("output.text (boolean, default true)"), "{}", answer.stdout);
    assert!(answer.stdout.contains("STAGE.when.meta.date"), "{}", answer.stdout);
    // Every setting says what it means.
    let mut lines = answer.stdout.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("    ") && !line.starts_with("     ") {
            assert!(lines.peek().is_some_and(|doc| doc.len() > 12), "without a meaning: {line}");
        }
    }
    assert!(answer.stdout.contains("\"rust-bert\": rust-bert on libtorch"), "{}", answer.stdout);
}

#[test]
fn help_has_examples() {
    let answer = Bench::new().docmill(&["run", "--help"]).expect(0);
    assert!(answer.stdout.contains("Examples:"), "{}", answer.stdout);
}

#[test]
fn completions_are_made_for_shells() {
    for shell in ["bash", "zsh", "fish"] {
        let answer = Bench::new().docmill(&["completions", shell]).expect(0);
        assert!(answer.stdout.contains("docmill"), "{shell}");
    }
}

#[test]
fn manual_pages_are_made_for_every_subcommand() {
    let bench = Bench::new();
    let answer = bench.docmill(&["man"]).expect(0);
    assert!(answer.stdout.contains(".TH docmill 1"), "{}", answer.stdout);
    bench.docmill(&["man", "-d", "pages"]).expect(0);
    for page in ["docmill.1", "docmill-run.1", "docmill-eval-ner.1"] {
        assert!(bench.read(&format!("pages/{page}")).contains(".SH"), "{page}");
    }
}

#[test]
fn the_model_inside_the_program_is_unpacked_where_there_is_no_folder() {
    let bench = Bench::new();
    let program = bench.path("bin/docmill");
    std::fs::create_dir_all(program.parent().unwrap()).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_docmill"), &program).unwrap();
    bench.write("a.txt", "Russia condemned the attack, a spokesman said in Moscow.\n");
    for _ in 0..2 {
        let mut command = std::process::Command::new(&program);
        command
            .current_dir(bench.path(""))
            .env("XDG_CACHE_HOME", bench.path("cache"))
            .args(["run", "a.txt", "-q"]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("\"text\":\"Moscow\""));
    }
    assert_eq!(std::fs::read_dir(bench.path("cache/docmill/models")).unwrap().count(), 1);
}

/// A config as JSON.
fn as_json(toml: &str) -> serde_json::Value {
    serde_json::to_value(toml.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn the_readme_of_the_configs_lists_their_stages() {
    let readme = std::fs::read_to_string(root().join("configs/README.md")).unwrap();
    for name in ["news", "entities", "rules", "rust-bert"] {
        let config = std::fs::read_to_string(root().join(format!("configs/{name}.toml"))).unwrap();
        let config: toml::Table = config.parse().unwrap();
        let stages = config["stages"].as_array().unwrap().iter().map(|stage| stage.as_str().unwrap());
        let row = readme.lines().find(|line| line.starts_with(&format!("| [{name}]"))).unwrap();
        let listed = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        assert_eq!(listed, stages.collect::<Vec<_>>().join(", "), "{name}");
    }
}

#[test]
fn configs_fit_their_schema() {
    let schema = Bench::new().docmill(&["schema", "config"]).expect(0);
    let schema = serde_json::from_str(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let news = std::fs::read_to_string(root().join("configs/news.toml")).unwrap();
    let errors: Vec<String> = validator.iter_errors(&as_json(&news)).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let good = "extends = \"news\"\n[stance]\nwhen = { not = { meta = { date = { to = \"2001\" } } }, language = [\"en\"] }";
    assert!(validator.is_valid(&as_json(good)), "{:?}", validator.validate(&as_json(good)));
    for wrong in [
        news.replace("offsets =", "offset ="),
        news.replace("[output]", "[outputs]"),
        news.replace("engine = \"native\"", "engine = \"nativ\""),
        news.replace("\"stance\",", "\"stanze\","),
        news.replace("first_year = 2004", "first_yaer = 2004"),
        "[stance]\nwhen = { lang = \"en\" }".to_owned(),
        "[stance]\nwhen = { any = [{ bytes = { least = 3 } }] }".to_owned(),
    ] {
        assert!(!validator.is_valid(&as_json(&wrong)), "{wrong}");
    }
}

#[test]
fn a_config_is_laid_over_another() {
    let bench = Bench::new();
    bench.write("in.txt", "Some text.");
    bench.write("base/base.toml", "stages = [\"tokenize\"]\n[output]\ntext = false\ntokens = true\n");
    bench.write("top.toml", "extends = \"base/base.toml\"\n[output]\ntext = true\n");
    bench.write("flat.toml", "stages = [\"tokenize\"]\n[output]\ntext = true\ntokens = true\n");
    let run = |config: &str| bench.docmill(&["run", "in.txt", "--config", config]).expect(0).stdout;
    // The id of the run too: what counts is what a configuration comes to.
    assert_eq!(run("top.toml"), run("flat.toml"));
    assert_ne!(run("base/base.toml"), run("flat.toml"));
    bench.write("base/base.toml", "stages = [\"tokenize\"]\n[outptu]\n");
    let answer = bench.docmill(&["check", "--config", "top.toml"]).expect(2);
    assert!(
        answer.stderr.contains("base/base.toml:2: unknown key `outptu`; did you mean `output`?"),
        "{}",
        answer.stderr
    );
    let answer = bench.docmill(&["check", "--set", "extends=news"]).expect(2);
    assert!(answer.stderr.contains("in a configuration file only"), "{}", answer.stderr);
}
