//! Who speaks, with the model that docmill carries.

use serde_json::Value as Json;

use crate::program::Bench;

/// Text and name of each speaker.
fn speakers(text: &str) -> Vec<(String, String)> {
    let bench = Bench::new();
    bench.write("in/a.txt", text);
    bench.docmill(&["run", "in", "-o", "out.jsonl", "--quiet"]).expect(0);
    let record: Json = serde_json::from_str(bench.read("out.jsonl").lines().next().unwrap()).unwrap();
    let said = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let speaker = |quote: &Json| (said(&quote["speaker"]["text"]), said(&quote["speaker"]["name"]));
    record["quotes"].as_array().unwrap().iter().map(speaker).collect()
}

#[test]
fn a_statement_speaks_for_its_issuer() {
    let text = "Ministry rejects ferry deal\n\n\
        The Transport Ministry said in a statement on Monday that the ferry contract would not be renewed.\n\n\
        Residents of the islands were angry. The statement said the old ships were unsafe. It added that new ships \
        would arrive in May.\n\n\
        A report by the Island Council says the ministry ignored three warnings.\n";
    let of = |text: &str, name: &str| (text.to_owned(), name.to_owned());
    assert_eq!(
        speakers(text),
        [
            of("The Transport Ministry", "Transport Ministry"),
            of("The statement", "Transport Ministry"),
            of("It", "Transport Ministry"),
            of("A report by the Island Council", "Island Council"),
        ]
    );
}

#[test]
fn a_headline_names_its_speaker_by_the_office_alone() {
    let text = "Border to stay closed this winter: ministry spokesman\n\n\
        The northern border will stay closed until March, Interior Ministry spokesman Omar Haddad said on Monday.\n";
    let found = speakers(text);
    assert_eq!(found[0], ("ministry spokesman".to_owned(), "Omar Haddad".to_owned()), "{found:?}");
}
