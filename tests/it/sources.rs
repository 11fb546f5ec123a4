//! Where a text comes from, and what it cites.

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn seeds(stages: &str) -> Vec<Json> {
    let seeds = root().join("seeds").display().to_string();
    let stages = format!("stages={stages}");
    // Years that only the text speaks for are asked for.
    let years = "citations.years_in_text=true";
    let set = if stages.contains("citations") { vec!["--set", years] } else { vec![] };
    Bench::new().docmill(&[&["run", &seeds, "--set", &stages][..], &set].concat()).expect(0).records()
}

#[test]
fn the_headers_of_the_seeds_are_read() {
    let records = seeds("[\"header\"]");
    let read = |journal: &str, key: &str| {
        let record = records.iter().find(|r| r["id"].as_str().unwrap().contains(journal)).unwrap();
        record["meta"][key].as_str().unwrap_or("-").to_owned()
    };
    for (journal, key, value) in [
        ("andean-watch", "publication", "Andean Watch (Lima)"),
        ("andean-watch", "title", "River Posts and Paper Borders"),
        ("andean-watch", "author", "J. A. Huamán Pfeiffer"),
        ("andean-watch", "date", "2011-10-31"),
        ("balkan-ledger", "volume", "8"),
        ("balkan-ledger", "issue", "19"),
        ("balkan-ledger", "title", "Old Powder, New Auditors"),
        ("caucasus-observer", "title", "A Railway, Three Ministries and No Timetable"),
        ("maritime-asia", "publication", "MARITIME ASIA BRIEF"),
        ("northern-flank", "publication", "Northern Flank Notes"),
        ("northern-flank", "date", "2022-11-18"),
        ("red-sea", "date", "2018-07-26"),
        ("sahel-dispatch", "issue", "112"),
        ("sahel-dispatch", "date", "2017-02-09"),
        ("steppe-security", "volume", "2"),
        ("steppe-security", "date", "-"),
    ] {
        assert_eq!(read(journal, key), value, "{journal}, {key}");
    }
    let dateline =
        &records.iter().find(|r| r["id"].as_str().unwrap().contains("sahel")).unwrap()["meta"]["extra"][0];
    assert_eq!((&dateline["key"], &dateline["value"]), (&"dateline".into(), &"NIAMEY, February 8".into()));
}

#[test]
fn the_seeds_cite_these_outlets_on_these_days() {
    let cited = |records: &[Json], journal: &str| -> Vec<(String, String)> {
        let record = records.iter().find(|r| r["id"].as_str().unwrap().contains(journal)).unwrap();
        let text = |c: &Json, key: &str| c[key].as_str().unwrap_or("-").to_owned();
        record["citations"].as_array().unwrap().iter().map(|c| (text(c, "outlet"), text(c, "date"))).collect()
    };
    let expect = |expected: &[(&str, &str)]| -> Vec<(String, String)> {
        expected.iter().map(|&(outlet, date)| (outlet.to_owned(), date.to_owned())).collect()
    };
    let records = seeds("[\"header\", \"tokenize\", \"citations\"]");
    assert_eq!(
        cited(&records, "steppe-security"),
        expect(&[
            ("Kazinform", "2020-03-02"),
            ("Tengrinews", "2020-03-03"),
            ("www.mid.example", "2020-03-03"),
            ("Interfax", "2020-03-04"),
            ("Nezavisimy Flot", "2020-03-04"),
            ("Trend", "2020-03-04"),
            ("Kabar", "2020-03-02"),
            ("24.kg", "2020-03-04"),
            ("Steppe Security Review", "2020-01-16"),
        ])
    );
    assert_eq!(
        cited(&records, "balkan"),
        expect(&[("Dnevni Pregled", "2013-09-20"), ("Glas Dunava", "2013-09-22")])
    );
    // `(October 18)` in the same text is a day, not a source.
    assert_eq!(
        cited(&records, "andean"),
        expect(&[("Los Tiempos del Altiplano", "2011-09-27"), ("RPP Andina", "2011-09-28")])
    );
    let without = seeds("[\"citations\"]");
    assert_eq!(cited(&without, "balkan")[0].1, "2013-09-20", "the text names its year");
}

#[test]
fn volumes_tell_years_by_the_rules_of_the_config() {
    let bench = Bench::new();
    let text = "Publication: Eurasia Daily Monitor Volume: 4 Issue: 2\n\nGas stopped (Kabar, December 29; Avesta, January 2).";
    bench.write("in.txt", text);
    let stages = "stages=[\"header\", \"citations\"]";
    let records = bench.docmill(&["run", "in.txt", "--set", stages]).expect(0).records();
    let dates: Vec<&Json> = records[0]["citations"].as_array().unwrap().iter().map(|c| &c["date"]).collect();
    assert_eq!(dates, ["2006-12-29", "2007-01-02"]);
    assert_eq!(records[0]["citations"][0]["date_inferred"], true);
    bench.write(
        "my.toml",
        format!("{}\n[[citations.publications]]\nname = \"X\"\nfirst_year = 3\n", stages.replace('=', " = ")),
    );
    let refused = bench.docmill(&["run", "in.txt", "--config", "my.toml"]).expect(2);
    assert!(refused.stderr.contains("setting `publications`: `X` with first_year 3"), "{}", refused.stderr);
}

#[test]
fn an_outlet_that_is_cited_is_marked_as_an_entity() {
    let seed = root().join("seeds/steppe-security-review").display().to_string();
    let record = &Bench::new().docmill(&["run", &seed]).expect(0).records()[0];
    let citations = record["citations"].as_array().unwrap();
    let mut marked = 0;
    for entity in record["entities"].as_array().unwrap() {
        let inside = citations.iter().any(|c| {
            c["start"].as_u64() <= entity["start"].as_u64() && entity["end"].as_u64() <= c["end"].as_u64()
        });
        assert_eq!(entity["citation"].is_string(), inside, "{entity}");
        if let Some(id) = entity["citation"].as_str() {
            let citation = citations.iter().find(|c| c["id"] == id).unwrap();
            assert!(
                citation["text"].as_str().unwrap().starts_with(entity["text"].as_str().unwrap()),
                "{entity}: {citation}"
            );
            marked += 1;
        }
    }
    assert!(marked >= 4, "{marked}");
}
