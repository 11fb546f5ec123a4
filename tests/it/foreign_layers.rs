//! Layers of somebody else's stages, which no format knows: they appear everywhere as docmill's own do.

use serde_json::{Value as Json, json};

use crate::program::{Bench, plain_run};

/// `NAME.jsonl` of two documents with the layers that the example `layer-stage` and a stage of whole documents add.
fn annotate(bench: &Bench, name: &str, value: f64) {
    bench.write("in/a.txt", "Prices in Osh rose 9 percent.");
    bench.write("in/b.txt", "Nothing rose.");
    let output = format!("{name}.jsonl");
    bench.docmill(&plain_run(&["in", "-q", "-o", &output, "--restart"])).expect(0);
    let mut records: Vec<Json> =
        bench.read(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    records[0]["percents"] =
        json!([{ "span": { "start": 19, "end": 28, "text": "9 percent" }, "value": value }]);
    records[0]["density"] = json!({ "words": 6, "rate": 0.5 });
    (records[1]["percents"], records[1]["density"]) = (json!([]), Json::Null);
    let lines: Vec<String> = records.iter().map(Json::to_string).collect();
    bench.write(&output, lines.join("\n") + "\n");
}

#[test]
fn verify_checks_their_spans() {
    let bench = Bench::new();
    annotate(&bench, "out", 9.0);
    let clean = bench.docmill(&["verify", "out.jsonl"]);
    // The file was edited, which its hash tells; nothing else is wrong.
    assert_eq!(clean.stderr.matches("out.jsonl").count(), clean.stderr.matches("changed since").count());
    bench.write(
        "out.jsonl",
        bench.read("out.jsonl").replace("\"text\":\"9 percent\"", "\"text\":\"8 percent\""),
    );
    let wrong = bench.docmill(&["verify", "out.jsonl"]).expect(1);
    let said = wrong.stdout + &wrong.stderr;
    assert!(said.contains("out.jsonl:1: /percents/0/span: text \"8 percent\""), "{said}");
}

#[test]
fn diff_pairs_their_items() {
    let bench = Bench::new();
    annotate(&bench, "a", 9.0);
    annotate(&bench, "b", 8.5);
    let diff = bench.docmill(&["diff", "a.jsonl", "b.jsonl"]).expect(1).stdout;
    let line = diff.lines().find(|line| line.contains("percents")).unwrap();
    assert!(line.contains('1'), "{diff}");
    assert!(diff.contains("9 percent") && diff.contains("19..28"), "{diff}");
    assert!(!diff.contains("density"), "{diff}");
}

#[test]
fn tables_have_a_row_for_each_item() {
    let bench = Bench::new();
    annotate(&bench, "out", 9.0);
    let counts = bench.docmill(&["tables", "out.jsonl", "-d", "tables", "--format", "csv"]).expect(0).stderr;
    assert!(counts.contains("layers 2"), "{counts}");
    let rows = bench.read("tables/layers.csv");
    let rows: Vec<&str> = rows.lines().collect();
    assert_eq!(rows[0], "doc_id,layer,item,span_start,span_end,text,json");
    assert_eq!(rows[1], r#"in/a.txt,density,0,,,,"{""rate"":0.5,""words"":6}""#);
    let span = r#"{""end"":28,""start"":19,""text"":""9 percent""}"#;
    assert_eq!(
        rows[2],
        format!("in/a.txt,percents,0,19,28,9 percent,\"{{\"\"span\"\":{span},\"\"value\"\":9.0}}\"")
    );
    assert_eq!(rows.len(), 3);
}

#[test]
fn tables_of_their_own_have_typed_columns() {
    let bench = Bench::new();
    annotate(&bench, "out", 9.0);
    let mut records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let hit = |start: u32, end: u32, term: &str| json!({ "span": { "start": start, "end": end, "text": term }, "term": term, "sure": true });
    records[0]["watch_list"] =
        json!({ "terms": ["Osh", "rose"], "hits": [hit(10, 13, "Osh"), hit(14, 18, "rose")] });
    records[1]["watch_list"] = json!({ "terms": ["rose"], "hits": [hit(8, 12, "rose")] });
    let lines: Vec<String> = records.iter().map(Json::to_string).collect();
    bench.write("out.jsonl", lines.join("\n") + "\n");
    let tables = |folder: &str, format: &str| {
        bench.docmill(&["tables", "out.jsonl", "-d", folder, "--format", format]).expect(0).stderr
    };
    let said = tables("tables", "csv");
    for (table, rows) in [
        ("layer_density", "doc_id,item,rate,words\nin/a.txt,0,0.5,6\n"),
        ("layer_percents", "doc_id,item,span_start,span_end,text,value\nin/a.txt,0,19,28,9 percent,9.0\n"),
        (
            "layer_watch_list",
            "doc_id,item,terms\nin/a.txt,0,\"[\"\"Osh\"\",\"\"rose\"\"]\"\nin/b.txt,0,\"[\"\"rose\"\"]\"\n",
        ),
        (
            "layer_watch_list_hits",
            "doc_id,parent,item,span_start,span_end,text,sure,term\nin/a.txt,0,0,10,13,Osh,true,Osh\n\
             in/a.txt,0,1,14,18,rose,true,rose\nin/b.txt,0,0,8,12,rose,true,rose\n",
        ),
    ] {
        assert_eq!(bench.read(&format!("tables/{table}.csv")), rows);
        assert!(said.contains(&format!("{table} {}", rows.lines().count() - 1)), "{said}");
    }
    // A second time over the first, and as Parquet.
    tables("tables", "parquet");
    assert!(bench.path("tables/layer_watch_list_hits.parquet").exists());
    assert!(!bench.path("tables/layer_density.csv").exists());
}

#[test]
fn converted_documents_have_them() {
    let bench = Bench::new();
    annotate(&bench, "out", 9.0);
    let convert = |format: &str| bench.docmill(&["convert", "out.jsonl", "--to", format]).expect(0).stdout;
    let spacy: Json = serde_json::from_str(convert("spacy").lines().next().unwrap()).unwrap();
    assert_eq!(
        spacy["spans"]["percents"],
        json!([{ "start": 19, "end": 28, "label": "percents", "kb_id": "" }])
    );
    assert_eq!(spacy["docmill"]["layers"]["density"]["rate"], json!(0.5));
    let w3c: Json = serde_json::from_str(convert("w3c").lines().next().unwrap()).unwrap();
    let annotation = w3c["items"].as_array().unwrap().last().unwrap();
    assert_eq!(annotation["body"][0]["value"], "percents");
    assert_eq!(annotation["body"][1]["value"], "span: 9 percent, value: 9.0");
    assert_eq!(annotation["target"]["selector"][1]["exact"], "9 percent");
    bench.docmill(&["convert", "out.jsonl", "--to", "brat", "-o", "brat"]).expect(0);
    let standoff = bench.read("brat/in_a.ann");
    assert!(standoff.contains("T1\tpercents 19 28\t9 percent\n"), "{standoff}");
    assert!(standoff.contains("#1\tAnnotatorNotes T1\tspan: 9 percent, value: 9.0\n"), "{standoff}");
    assert!(bench.read("brat/annotation.conf").contains("[entities]\npercents\n"));
}

#[test]
fn the_page_marks_and_lists_them() {
    let bench = Bench::new();
    annotate(&bench, "out", 9.0);
    bench.docmill(&["show", "out.jsonl", "-o", "page.html"]).expect(0);
    let page = bench.read("page.html");
    let start = page.find("id=\"d0\">").unwrap() + "id=\"d0\">".len();
    let block = page.get(start..).unwrap().split("</script>").next().unwrap();
    let document: Json = serde_json::from_str(block).unwrap();
    assert_eq!(document["layers"][1]["layer"], "percents");
    assert_eq!(document["layers"][1]["text"], "9 percent");
    assert_eq!(document["layers"][1]["facts"][1], json!(["value", "9.0"]));
    assert!(document["marks"].as_array().unwrap().contains(&json!(["layer", 1])));
}
