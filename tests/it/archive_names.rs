//! `docmill names`

use std::fs;

use serde_json::{Value as Json, json};

use crate::archive_records::{Article, article};
use crate::program::Bench;

/// Six articles: two ministers of one name, one who is known by her surname, a ministry under three names, and a town
/// under two.
fn archive() -> Vec<String> {
    let first = article("a", "2005-09-13")
        .name("LOC", Some("TJK"), &["Tajikistan", "Tajikistan"])
        .name("PER", None, &["Sherali Khairulloev", "Khairulloev"])
        .name("ORG", None, &["Tajik Defence Ministry"])
        .name("LOC", None, &["Kiev"])
        .name("ORG", None, &["NATO"])
        .place(3, 703_448, "Kyiv", "UKR", [50.45, 30.52])
        .role(1, "Defense Minister", Some(0))
        .stance(1, "against", 4)
        .event("CONSULT", &[0], &[4], Some(3))
        .quote(1);
    let second = article("b", "2005-09-20")
        .name("LOC", Some("TJK"), &["Republic of Tajikistan"])
        .name("PER", None, &["SHERALI KHAIRULLOEV"])
        .name("ORG", None, &["Defense Ministry of Tajikistan"])
        .name("LOC", None, &["Kyiv"])
        .name("ORG", None, &["North Atlantic Treaty Organization"])
        .place(3, 703_448, "Kyiv", "UKR", [50.45, 30.52]);
    let third = article("c", "2006-01-02")
        .name("PER", None, &["Sherali Khairulloev"])
        .name("LOC", Some("USA"), &["United States"])
        .role(0, "coach", Some(1))
        .name("ORG", None, &["Defense Ministry"])
        .name("PER", None, &["Orlov"]);
    let fourth = article("d", "")
        .name("PER", None, &["Orlov"])
        .name("ORG", None, &["Russian Defense Ministry"])
        .name("ORG", None, &["Bank of America"]);
    [first, second, third, fourth].into_iter().map(Article::line).collect()
}

fn rows(lines: &str) -> Vec<Json> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Name, country and documents of the rows of a kind.
fn told(rows: &[Json], kind: &str) -> Json {
    let of_kind = rows.iter().filter(|row| row["kind"] == kind);
    of_kind.map(|row| json!([row["name"], row["country"], row["documents"]])).collect()
}

#[test]
fn names_of_documents_are_one_by_stated_rules_alone() {
    let bench = Bench::new();
    bench.write("out.jsonl", archive().concat());
    let answer = bench.docmill(&["names", "out.jsonl"]).expect(0);
    assert!(
        answer.stderr.contains("-: persons 4, organizations 5, states 2, places 1, in 4 documents"),
        "{}",
        answer.stderr
    );
    let rows = rows(&answer.stdout);
    // The coach is of another state and field; the one without an office fits both.
    assert_eq!(
        told(&rows, "person"),
        json!([
            ["Orlov", null, 2],
            ["SHERALI KHAIRULLOEV", null, 1],
            ["Sherali Khairulloev", "TJK", 1],
            ["Sherali Khairulloev", "USA", 1]
        ])
    );
    assert_eq!(rows[0]["ambiguous"], true);
    assert_eq!(
        told(&rows, "organization"),
        json!([
            ["Defense Ministry of Tajikistan", "TJK", 2],
            ["North Atlantic Treaty Organization", null, 2],
            ["Bank of America", null, 1],
            ["Defense Ministry", null, 1],
            ["Russian Defense Ministry", "RUS", 1]
        ])
    );
    assert_eq!(
        told(&rows, "state"),
        json!([["Republic of Tajikistan", "TJK", 2], ["United States", "USA", 1]])
    );
    assert_eq!(told(&rows, "place"), json!([["Kiev", "UKR", 2]]));

    let minister = &rows[2];
    assert_eq!(
        minister["roles"],
        json!([{ "role": "defense minister", "organization": "x", "status": "current", "first": "2005-09-13",
            "last": "2005-09-13", "documents": 1 }])
    );
    assert_eq!(minister["aliases"][0], json!({ "name": "Khairulloev", "count": 1 }));
    assert_eq!(
        (&minister["holds_against"], &minister["quotes"], &minister["mentions"]),
        (&json!(1), &json!(1), &json!(2))
    );
    let nato = rows.iter().find(|row| row["name"] == "North Atlantic Treaty Organization").unwrap();
    assert_eq!((&nato["meets_against"], &nato["receives"]), (&json!(1), &json!(1)));
    assert_eq!(
        nato["merges"],
        json!([{ "rule": "known-alias", "name": "NATO", "documents": 1 },
            { "rule": "known-alias", "name": "North Atlantic Treaty Organization", "documents": 1 }])
    );
    let place = rows.last().unwrap();
    assert_eq!((&place["geonames"], &place["hosts"]), (&json!(703_448), &json!(1)));
    assert_eq!((&place["first"], &place["last"]), (&json!("2005-09-13"), &json!("2005-09-20")));
}

#[test]
fn corrections_are_applied_on_each_run() {
    let bench = Bench::new();
    bench.write("out.jsonl", archive().concat());
    bench.write(
        "my.tsv",
        "# mine\nsame\tperson\tOrlov\tSherali Khairulloev\nnot same\torganization\tNATO\tNorth Atlantic Treaty Organization\n\
         rename\tplace\tKiev\tKyiv\ndrop\torganization\tBank of America\ndrop\tperson\tNobody Known\n",
    );
    let answer = bench.docmill(&["names", "out.jsonl", "--corrections", "my.tsv"]).expect(0);
    let warned = "my.tsv:6: no document has a name `Nobody Known`";
    assert!(answer.stderr.contains(warned), "{}", answer.stderr);
    let rows = rows(&answer.stdout);
    let persons = told(&rows, "person");
    assert_eq!(persons.as_array().unwrap().len(), 1, "{persons}");
    assert_eq!(persons[0][2], 4);
    let organizations = told(&rows, "organization").to_string();
    assert!(
        organizations.contains("\"NATO\"") && !organizations.contains("Bank of America"),
        "{organizations}"
    );
    assert_eq!(told(&rows, "place"), json!([["Kyiv", "UKR", 2]]));

    bench.write("my.tsv", "same\tperson\tOrlov\n");
    let answer =
        bench.docmill(&["names", "out.jsonl", "--corrections", "my.tsv", "-o", "names.csv"]).expect(2);
    assert!(answer.stderr.contains("my.tsv:1: `same` takes two names"), "{}", answer.stderr);
    assert!(!bench.path("names.csv").exists());
}

#[test]
fn every_kind_of_output_gives_the_same_names() {
    let bench = Bench::new();
    let lines = archive();
    bench.write("out.jsonl", lines.concat());
    bench.write("one.jsonl", lines[..2].concat());
    bench.write("two.jsonl.zst", zstd::encode_all(lines[2..].concat().as_bytes(), 1).unwrap());
    bench.write("parts/part-00000.jsonl", lines[..1].concat());
    bench.write("parts/part-00001.jsonl", lines[1..].concat());
    let plain = bench.docmill(&["names", "out.jsonl"]).expect(0).stdout;
    for outputs in [&["one.jsonl", "two.jsonl.zst"][..], &["two.jsonl.zst", "one.jsonl"], &["parts"]] {
        let other = bench.docmill(&[&["names"], outputs].concat()).expect(0).stdout;
        assert!(other == plain, "{outputs:?}");
    }
    let stdin = bench.docmill_with_stdin(&["names", "-"], lines.concat().as_bytes()).expect(0);
    assert!(stdin.stdout == plain);
    for name in ["n.jsonl.gz", "n.csv", "n.parquet"] {
        bench.docmill(&["names", "out.jsonl", "-o", name]).expect(0);
        assert!(fs::metadata(bench.path(name)).unwrap().len() > 100, "{name}");
    }
    let csv = bench.read("n.csv");
    assert!(
        csv.starts_with("id,kind,name,country,ambiguous,documents,mentions,first,last,aliases,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1 + plain.lines().count());
    assert!(bench.left().iter().all(|(path, _)| !path.to_string_lossy().ends_with(".partial")));
}

#[test]
fn what_cannot_be_written_or_read_is_told() {
    let bench = Bench::new();
    bench.write("out.jsonl", "{\"cut\": \n".to_owned() + &archive().concat());
    let answer = bench.docmill(&["names", "out.jsonl", "-o", "names.jsonl"]).expect(1);
    assert!(answer.stderr.contains("out.jsonl:1: not a docmill record"), "{}", answer.stderr);
    assert_eq!(bench.read("names.jsonl").lines().count(), 12);
    let error = |args: &[&str]| bench.docmill(&[&["names"], args].concat()).expect(2).stderr;
    assert!(error(&["none.jsonl"]).contains("none.jsonl"));
    assert!(error(&["out.jsonl", "-o", "names.xlsx"]).contains("use .parquet, .csv or .jsonl"));
    assert!(error(&["out.jsonl", "-o", "out.jsonl"]).contains("both input and output"));
    assert!(error(&["out.jsonl", "--corrections", "none.tsv"]).contains("none.tsv"));
}
