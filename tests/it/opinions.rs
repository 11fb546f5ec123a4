//! Sentiment and stance, with the tiny model of `tests/tiny-bert`: how they are run and scored, not how good they are.

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn tiny() -> Vec<String> {
    let model = root().join("tests/tiny-bert/bert").display().to_string();
    let stages = r#"stages=["tokenize", "encode", "ner", "sentiment", "stance"]"#;
    ["--set", stages, "--set", &format!("model={model}")].map(str::to_owned).to_vec()
}

fn scores(bench: &Bench, args: &[&str]) -> Json {
    let tiny = tiny();
    let args: Vec<&str> = args.iter().copied().chain(tiny.iter().map(String::as_str)).collect();
    serde_json::from_str(&bench.docmill(&args).expect(0).stdout).unwrap()
}

#[test]
fn sentiment_is_scored_by_class() {
    let bench = Bench::new();
    let row = |label: &str| {
        format!(r#"{{"text": "Åland hit Rasht.", "target": {{"start": 10, "end": 15}}, "label": "{label}"}}"#)
    };
    bench.write("gold.jsonl", ["positive", "negative", "neutral"].map(row).join("\n"));
    for engine in ["model", "lexicon"] {
        let engine = format!("sentiment.engine={engine}");
        let scores = scores(&bench, &["eval", "sentiment", "gold.jsonl", "--json", "--set", &engine]);
        assert_eq!(scores["items"], 3);
        // One answer for one sentence: it is right once in three.
        assert!((scores["accuracy"].as_f64().unwrap() - 33.3).abs() < 0.1, "{scores}");
    }
    bench.write("bad.jsonl", row("bad"));
    let bad = bench.docmill(&["eval", "sentiment", "bad.jsonl", "--set", &tiny()[1], "--set", &tiny()[3]]);
    assert!(bad.expect(2).stderr.contains("bad.jsonl:1: `bad` is not negative"));
}

#[test]
fn stance_is_scored_by_class_and_threshold() {
    let bench = Bench::new();
    let row = |label: usize, p: (usize, usize), q: (usize, usize)| {
        format!(
            r#"{{"text": "Naryn denies that Osh attacked Rasht.", "p": {{"start": {}, "end": {}}}, "q": {{"start": {}, "end": {}}}, "label": {label}}}"#,
            p.0, p.1, q.0, q.1
        )
    };
    // The same pair from both sides: the answers mirror each other.
    let (osh, rasht) = ((18, 21), (31, 36));
    let rows: Vec<String> =
        (0..5).flat_map(|label| [row(label, osh, rasht), row([0, 2, 1, 4, 3][label], rasht, osh)]).collect();
    bench.write("gold.jsonl", rows.join("\n"));
    let scores = scores(&bench, &["eval", "stance", "gold.jsonl", "--json"]);
    assert_eq!(scores["items"], 10);
    assert!((scores["accuracy"].as_f64().unwrap() - 20.0).abs() < 1e-9, "{scores}");
    let thresholds = scores["thresholds"].as_array().unwrap();
    let totals: Vec<u64> = thresholds.iter().map(|at| at["found"].as_u64().unwrap()).collect();
    assert!(totals.is_sorted_by(|a, b| a >= b), "{totals:?}");
}

#[test]
fn quotations_are_scored_on_brat_standoff() {
    let bench = Bench::new();
    bench.write("gold/text/a.txt", "“Ça va,” Zoë said. She hopes that it is true. The minister spoke.");
    // The second source is another than the stage finds, the third content is none that it finds.
    let standoff = "T1\tSource 9 12\tZoë\nT2\tContent 0 8\t“Ça va,”\nE1\tAttribution:T9 Source:T1 Content:T2\n\
        T3\tSource 19 28\tShe hopes\nT4\tContent 29 44\tthat it is true\nE2\tAttribution:T10 Source:T3 Content:T4\n\
        T5\tContent 58 63\tspoke\nE3\tAttribution-no-source:T11 Content:T5\n\
        T9\tAttribution 13 17\tsaid\nT10\tAttribution 23 28\thopes\nT11\tAttribution 50 57\tminister\n";
    bench.write("gold/attributions/a_one.ann", standoff);
    bench.write("gold/attributions/a_two.ann", "");
    let model = root().join("tests/tiny-bert/bert").display().to_string();
    let model = format!("model={model}");
    let run = ["eval", "quotes", "gold", "--json", "--set", &model, "--set", "quotes.attitudes=true"];
    let scores: Json = serde_json::from_str(&bench.docmill(&run).expect(0).stdout).unwrap();
    let counts = |of: &str| ["gold", "found", "right"].map(|key| scores[of][key].as_u64().unwrap());
    assert_eq!(counts("source"), [2, 2, 1]);
    // “ Ça va , ” and `that it is true`; `spoke` is missed.
    assert_eq!(counts("content"), [10, 9, 9]);

    std::fs::remove_file(bench.path("gold/attributions/a_one.ann")).unwrap();
    std::fs::remove_file(bench.path("gold/attributions/a_two.ann")).unwrap();
    let bad = bench.docmill(&["eval", "quotes", "gold", "--set", &model]).expect(2);
    assert!(bad.stderr.contains("a.txt: no annotations in gold/attributions"), "{}", bad.stderr);
}

#[test]
fn the_record_has_them_and_verifies() {
    let bench = Bench::new();
    bench.write("in.txt", "Rasht praised Naryn. Émile Zola met Cao Gangchuan in Åland, and he blamed NATO.");
    let tiny = tiny();
    let args = ["run", "in.txt", "-o", "out.jsonl", "--set", "stance.threshold=0.0"];
    let args: Vec<&str> = args.iter().copied().chain(tiny.iter().map(String::as_str)).collect();
    bench.docmill(&args).expect(0);
    let record: Json = serde_json::from_str(&bench.read("out.jsonl")).unwrap();
    assert_eq!(record["sentiment"]["sentences"].as_array().unwrap().len(), 2);
    assert!(record["sentiment"]["document"]["score"].is_f64());
    assert!(record.get("encodings").is_none(), "what only serves stages stays inside");
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
}

#[test]
fn relations_are_scored_by_class_and_half() {
    let bench = Bench::new();
    let rows = "id\tsentence\tmarked_sentence\tgold_penta\n\
                1\tÅland accused Rasht.\t<s>Åland</s> accused <t>Rasht</t>.\t3\n\
                2\tRasht was attacked by Osh.\t<t>Rasht</t> was attacked by <s>Osh</s>.\t4\n\
                3\tOsh aids Rasht.\t<s>Osh</s> aids <t>Rasht</t>.\t1\n\
                4\tOsh eats rice.\t<s>Osh</s> eats rice.\t2\n";
    bench.write("gold.tsv", rows);
    let scores: Json =
        serde_json::from_str(&bench.docmill(&["eval", "relation", "gold.tsv", "--json"]).expect(0).stdout)
            .unwrap();
    assert_eq!(scores["all"]["accuracy"], 50.0);
    let items = |half: &str| scores[half]["items"].as_u64().unwrap();
    assert_eq!(items("half_in_view") + items("half_held_out"), 4);
    assert_eq!(scores["unread"], 1);
    assert_eq!(scores["direction"]["gold"], 3);
    assert_eq!(scores["direction"]["right"], 3);
    let table = bench.docmill(&["eval", "relation", "gold.tsv"]).expect(0).stdout;
    assert!(table.contains("No rule applied in 1 rows; they count as verbal conflict."), "{table}");
    bench.write("bad.tsv", "sentence\n");
    assert!(
        bench
            .docmill(&["eval", "relation", "bad.tsv"])
            .expect(2)
            .stderr
            .contains("no column `marked_sentence`")
    );
}

#[test]
fn the_curve_has_every_hundredth() {
    let bench = Bench::new();
    let row = r#"{"text": "Osh banned Rasht.", "p": {"start": 0, "end": 3}, "q": {"start": 11, "end": 16}, "label": 3}"#;
    bench.write("gold.jsonl", row);
    let run = |more: &[&str]| {
        scores(&bench, &[&["eval", "stance", "gold.jsonl", "--json", "--curve"], more].concat())
    };
    let thresholds = run(&[])["thresholds"].as_array().unwrap().len();
    assert_eq!(thresholds, 100);
    // The rules alone are sure of it.
    let rules = run(&["--set", "stance.engine=rules"]);
    assert_eq!(rules["accuracy"], 100.0);
    let found = |at: usize| rules["thresholds"][at]["found"].as_u64().unwrap();
    assert_eq!((found(0), found(80), found(90)), (1, 1, 0));
}

/// What the rules reach on the gold of `crates/stages/stance`, so that nobody makes it worse unawares: measured 93.8 and 75.8.
#[test]
fn stances_in_articles_by_the_rules() {
    let bench = Bench::new();
    let gold = root().join("crates/stages/stance/tests/gold/articles").display().to_string();
    let stages = r#"stages=["tokenize", "encode", "ner", "quotes", "stance"]"#;
    let args = ["eval", "articles", &gold, "--set", stages, "--set", "stance.engine=rules"];
    let json = bench.docmill(&[&args[..], &["--json"]].concat()).expect(0).stdout;
    let scores: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(scores["articles"].as_array().unwrap().len(), 10);
    assert_eq!(scores["all"]["gold"], 99);
    let percent = |key: &str| scores["all"][key].as_f64().unwrap();
    assert!(percent("precision") > 92.0 && percent("recall") > 73.0, "{scores}");
    assert!(scores["relation"].as_f64().unwrap() > 94.0 && scores["modality"].as_f64().unwrap() > 93.0);
    let table = bench.docmill(&[&args[..], &["--mistakes"]].concat()).expect(0).stdout;
    assert!(table.contains("  missed: s") && table.contains("modality right"), "{table}");
    bench.write("bad.gold", "[Osh|LOC|osh]\n");
    let bad =
        bench.docmill(&["eval", "articles", "bad.gold", "--set", stages, "--set", "stance.engine=rules"]);
    assert!(bad.expect(2).stderr.contains("bad.gold: there is no line `---`"));
}

#[test]
fn evaluations_are_scored_by_signal() {
    let bench = Bench::new();
    let rows = "filename,sentence_text,A0,A2,A4\n\
                a,We condemn Russia .,Direct_NegEval,Country,russian_federation\n\
                a,We thank China .,_,_,_\n\
                a,They lie .,Direct_NegEval,Country,russian_federation\n";
    bench.write("gold.csv", rows);
    let stages = r#"stages=["tokenize", "encode", "ner", "names", "stance"]"#;
    let set = ["--set", stages, "--set", "stance.engine=rules"];
    let run = |more: &[&str]| bench.docmill(&[&["eval", "evaluation", "gold.csv"], more, &set].concat());
    let scores: Json = serde_json::from_str(&run(&["--json"]).expect(0).stdout).unwrap();
    let signal = |i: usize| scores["signals"][i].clone();
    assert_eq!((scores["sentences"].as_u64(), scores["named"].as_u64()), (Some(3), Some(1)));
    assert_eq!((signal(0)["precision"].as_f64(), signal(0)["recall"].as_f64()), (Some(100.0), Some(50.0)));
    assert_eq!((signal(5)["signal"].as_str(), signal(5)["found"].as_u64()), (Some("named"), Some(2)));
    assert!(run(&[]).expect(0).stdout.contains("2 evaluate a country negatively, 1 of those name it"));
    bench.write("gold.csv", rows.replace("russian_federation", "nowhere"));
    assert!(run(&[]).expect(2).stderr.contains("gold names the country `nowhere`, which no state is called"));
}
