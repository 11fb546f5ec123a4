//! Names made one, on a sample article and with the shipped model.

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn record(seed: &str, bench: &Bench) -> Json {
    let seeds = root().join("seeds").join(seed).display().to_string();
    bench.docmill(&["run", &seeds, "-o", "out.jsonl"]).expect(0);
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    serde_json::from_str(&bench.read("out.jsonl")).unwrap()
}

/// The mentions of the cluster with a name, each with its form, without repetitions.
fn forms(record: &Json, canonical: &str) -> Vec<String> {
    let clusters = record["clusters"].as_array().unwrap();
    let cluster = clusters.iter().find(|cluster| cluster["canonical"] == canonical);
    let cluster = cluster.unwrap_or_else(|| panic!("no {canonical} in {clusters:#?}"));
    let entities = record["entities"].as_array().unwrap();
    // Pronouns and noun phrases are no entities.
    let named = cluster["mentions"].as_array().unwrap().iter().filter(|mention| !mention["entity"].is_null());
    let mut forms: Vec<String> = named
        .map(|mention| {
            let entity = entities.iter().find(|entity| entity["id"] == mention["entity"]).unwrap();
            assert_eq!((&entity["cluster"], &entity["canonical"]), (&cluster["id"], &cluster["canonical"]));
            format!("{} {}", entity["text"].as_str().unwrap(), mention["form"].as_str().unwrap())
        })
        .collect();
    forms.sort();
    forms.dedup();
    forms
}

#[test]
fn states_persons_and_organizations_of_an_article_are_one() {
    let record = record("steppe-security-review", &Bench::new());
    assert_eq!(
        forms(&record, "Kazakhstan"),
        ["Kazakhstan name", "Kazakhstani demonym", "Nur-Sultan capital"]
    );
    assert_eq!(forms(&record, "Azerbaijan"), ["Azerbaijan name", "Azerbaijani demonym", "Baku capital"]);
    assert_eq!(forms(&record, "Baku"), ["Baku name"], "the town where officers meet");
    assert_eq!(forms(&record, "Marat Dzhaksybekov"), ["Dzhaksybekov short", "Marat Dzhaksybekov name"]);
    assert_eq!(
        forms(&record, "National Security Committee"),
        ["NSC acronym", "National Security Committee name"]
    );
    assert_eq!(forms(&record, "Russian Ministry of Foreign Affairs"), ["Ministry of Foreign Affairs name"]);
    let clusters = record["clusters"].as_array().unwrap();
    let code = |name: &str| &clusters.iter().find(|c| c["canonical"] == name).unwrap()["country"];
    assert_eq!(code("Kazakhstan"), "KAZ");
    assert_eq!(code("Baku"), &Json::Null);
}

#[test]
fn a_setting_turns_capitals_into_towns() {
    let bench = Bench::new();
    bench.write("in.txt", "Moscow denied it. Russia has sent nobody, the Kremlin said.");
    bench.docmill(&["run", "in.txt", "-o", "out.jsonl", "--set", "names.governments=false"]).expect(0);
    let record: Json = serde_json::from_str(&bench.read("out.jsonl")).unwrap();
    assert_eq!(forms(&record, "Moscow"), ["Moscow name"]);
    let bad = bench.docmill(&["run", "in.txt", "-o", "b.jsonl", "--set", r#"names.same=[["x"]]"#]).expect(2);
    assert!(bad.stderr.contains("give two names or more"), "{}", bad.stderr);
}
