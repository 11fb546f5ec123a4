//! `docmill graph`

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::archive_records::article;
use crate::program::Bench;

/// Two articles: a minister of one state against another state, twice; a meeting in a town; a quotation.
fn archive() -> String {
    let first = article("a", "2005-09-13")
        .name("LOC", Some("TJK"), &["Tajikistan"])
        .name("PER", None, &["Sherali \"S\" Khairulloev", "Khairulloev"])
        .name("LOC", Some("UZB"), &["Uzbekistan"])
        .name("LOC", None, &["Osh"])
        .name("ORG", None, &["A & B <Bank>, Ltd"])
        .place(3, 1_527_534, "Osh", "KGZ", [40.53, 72.8])
        .role(1, "Defense Minister", Some(0))
        .stance(1, "against", 2)
        .stance(1, "against", 2)
        .event("CONSULT", &[0], &[2, 4], Some(3))
        .quote(1);
    let second = article("b", "2006-01-02")
        .name("LOC", Some("UZB"), &["Republic of Uzbekistan"])
        .name("PER", None, &["Sherali \"S\" Khairulloev"])
        .stance(1, "against", 0);
    first.line() + &second.line()
}

fn entities(bench: &Bench) -> Vec<Json> {
    bench.read("graph/entities.ftm.json").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn edges_are_counted_over_documents() {
    let bench = Bench::new();
    bench.write("out.jsonl", archive());
    let answer = bench.docmill(&["graph", "out.jsonl", "-o", "graph"]).expect(0);
    assert!(answer.stderr.contains("graph: nodes 5, edges 8, out of 13 facts"), "{}", answer.stderr);
    let nodes = bench.read("graph/nodes.csv");
    let id = |name: &str| {
        let line = nodes.lines().find(|line| line.contains(name)).unwrap();
        line.split(',').next().unwrap().to_owned()
    };
    let (minister, uzbekistan, tajikistan) = (id("Khairulloev"), id(",UZB,"), id(",Tajikistan,"));
    let edges = bench.read("graph/edges.csv");
    assert!(
        edges.starts_with(":START_ID,:END_ID,:TYPE,label,count:long,documents:long,first,last\n"),
        "{edges}"
    );
    let against = format!("{minister},{uzbekistan},AGAINST,deeds,3,2,2005-09-13,2006-01-02");
    assert!(edges.lines().any(|line| line == against), "{edges}");
    let role = format!("{minister},{tajikistan},ROLE,defense minister,1,1,2005-09-13,2005-09-13");
    assert!(edges.lines().any(|line| line == role), "{edges}");
    assert_eq!(edges.lines().filter(|line| line.contains(",EVENT,CONSULT,")).count(), 2);
    assert_eq!(edges.lines().filter(|line| line.contains(",QUOTE,,")).count(), 4);
    assert!(
        nodes.contains(",Organization,\"A & B <Bank>, Ltd\",")
            && nodes.contains("\"Sherali \"\"S\"\" Khairulloev\"")
    );

    let xml = bench.read("graph/graph.graphml");
    assert!(xml.contains("A &amp; B &lt;Bank&gt;, Ltd") && xml.ends_with("</graphml>\n"));
    assert_eq!((xml.matches("<node ").count(), xml.matches("<edge ").count()), (5, 8));
}

#[test]
fn mentions_are_entities_beside_those_that_they_mean() {
    let bench = Bench::new();
    bench.write("out.jsonl", archive());
    bench.docmill(&["graph", "out.jsonl", "-o", "graph", "--format", "ftm"]).expect(0);
    assert_eq!(bench.left().len(), 2, "the output, and entities.ftm.json");
    let entities = entities(&bench);
    let of = |schema: &str| entities.iter().filter(|entity| entity["schema"] == schema).collect::<Vec<_>>();
    let person = of("Person")[0];
    let mentions: Vec<&Json> = (of("Mention").into_iter())
        .filter(|mention| mention["properties"]["resolved"] == json!([person["id"]]))
        .collect();
    assert_eq!(mentions.len(), 2, "one for each document");
    assert_eq!(mentions[0]["properties"]["name"], json!(["Sherali \"S\" Khairulloev", "Khairulloev"]));
    assert_eq!(of("Article").len(), 2);
    assert_eq!(person["properties"]["country"], json!(["tj"]));
    assert_eq!(of("Membership")[0]["properties"]["role"], json!(["defense minister"]));
    let event = &of("Event")[0]["properties"];
    assert_eq!((&event["location"], &event["date"]), (&json!(["Osh"]), &json!(["2005-09-13"])));
    assert_eq!(event["involved"].as_array().unwrap().len(), 2);
    assert_eq!(of("UnknownLink").len(), 4, "three stances, a quotation");
    let ids: BTreeSet<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len());
}

#[test]
fn corrections_and_order_are_those_of_names() {
    let bench = Bench::new();
    let archive = archive();
    bench.write("out.jsonl", &archive);
    bench.write("my.tsv", "drop\tplace\tOsh\nrename\tperson\tSherali \"S\" Khairulloev\tS. Khairulloev\n");
    bench.docmill(&["graph", "out.jsonl", "-o", "graph", "--corrections", "my.tsv"]).expect(0);
    let nodes = bench.read("graph/nodes.csv");
    assert!(nodes.contains(",S. Khairulloev,") && !nodes.contains("Osh"), "{nodes}");
    let ids = |table: &str| -> BTreeSet<String> {
        table.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    let names = bench.docmill(&["names", "out.jsonl", "--corrections", "my.tsv", "-o", "names.csv"]);
    names.expect(0);
    assert_eq!(ids(&nodes), ids(&bench.read("names.csv")));

    // Nodes and edges do not depend on the order of documents, nor on how often the folder was written.
    let graph = bench.read("graph/edges.csv");
    bench.write("turned.jsonl", archive.lines().rev().collect::<Vec<_>>().join("\n") + "\n");
    bench.docmill(&["graph", "turned.jsonl", "-o", "graph", "--corrections", "my.tsv"]).expect(0);
    assert!(bench.read("graph/edges.csv") == graph && bench.read("graph/nodes.csv") == nodes);
}

#[test]
fn a_folder_with_other_things_is_not_replaced() {
    let bench = Bench::new();
    bench.write("out.jsonl", archive());
    bench.write("papers/thesis.tex", "years of work");
    let answer = bench.docmill(&["graph", "out.jsonl", "-o", "papers"]).expect(2);
    assert!(answer.stderr.contains("papers: contains thesis.tex"), "{}", answer.stderr);
    bench.docmill(&["graph", "none.jsonl", "-o", "graph"]).expect(2);
    assert!(!bench.path("graph").exists() && !bench.path("graph.partial").exists());
}
