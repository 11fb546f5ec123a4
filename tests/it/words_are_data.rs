//! Words and names are data: no stage has a list of English words in its code. They are lists of `data/en`, where one can
//! see, check and extend them.

use std::collections::BTreeSet;
use std::fs;

use crate::program::root;

/// So many words in a row are a list.
const LIST: usize = 4;

/// Words in a row that are no list of English words: what the parser calls relations and what a stage calls the places
/// of a frame.
const TERMS: &str = "nsubj csubj obj iobj obl nmod amod acl advcl advmod xcomp ccomp conj cc det compound nummod flat \
    appos case mark aux cop expl parataxis dep root fixed goeswith discourse list reparandum dislocated \
    orphan punct vocative advcl:relcl \
    subj pass giobj gobj nobj sobj csubj mod cmod poss gsubj gpass";

/// Files with such lists, and what they are.
const NO_WORDS: [(&str, &str); 2] = [
    ("places/src/features.rs", "names of features, as in the file of weights"),
    ("times/src/matcher.rs", "`st`, `nd`, `rd`, `th` behind a number"),
];

#[test]
fn stages_have_no_list_of_words_in_their_code() {
    let stages = root().join("crates/stages");
    let mut looked_at = 0;
    for entry in walkdir::WalkDir::new(&stages).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let name = path.strip_prefix(&stages).unwrap().display().to_string();
        let is_test = name.contains("test") || !name.contains("/src/");
        let is_code = path.extension().is_some_and(|extension| extension == "rs");
        if !is_code || is_test || NO_WORDS.iter().any(|(file, _)| name == *file) {
            continue;
        }
        looked_at += 1;
        let code = fs::read_to_string(&path).unwrap();
        let code = code.split("#[cfg(test)]\nmod ").next().unwrap();
        if let Some(words) = lists(code).first() {
            panic!("crates/stages/{name}: {words:?}; make it a list of data/en, as CONTRIBUTING.md says");
        }
    }
    assert!(looked_at > 150, "only {looked_at} files were looked at");
}

/// The lists of words in Rust code: string literals with `|` or a comma between them.
fn lists(code: &str) -> Vec<BTreeSet<String>> {
    let code = code.replace("'\"'", "").replace("\\\"", "");
    let code: String = code.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    let mut list = BTreeSet::new();
    // Odd parts are in quotation marks.
    for (i, part) in code.split('"').enumerate() {
        if i % 2 == 1 {
            let plain = part.len() > 1 && part.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c));
            let word = plain && part.contains(char::is_lowercase);
            if word && !TERMS.split_whitespace().any(|term| term == part) {
                list.insert(part.to_lowercase());
            }
        } else if !matches!(part.trim().trim_end_matches('b').trim_end(), "|" | ",") {
            found.push(std::mem::take(&mut list));
        }
    }
    found.retain(|list| list.len() >= LIST);
    found
}

#[test]
fn lists_of_words_are_found() {
    let count = |code: &str| lists(code).iter().map(BTreeSet::len).collect::<Vec<_>>();
    assert_eq!(count(r#"matches!(word, "he" | "she" | "they" | "who")"#), [4]);
    assert_eq!(
        count("const A: [&str; 5] = [\n    \"Jan\", \"Feb\",\n    \"Mar\", \"Apr\", \"May\",\n];"),
        [5]
    );
    assert_eq!(count(r#"f(b"one" , b"two", b"three", b"four")"#), [4]);
    for none in [
        r#"matches!(word, "in" | "In" | "during" | "During")"#,
        r#"matches!(relation, "nsubj" | "obj" | "obl" | "nmod" | "conj")"#,
        r#"match x { "one" => 1, "two" => 2, "three" => 3, "four" => 4 }"#,
        r#"// "one" | "two" | "three" | "four""#,
    ] {
        assert!(count(none).is_empty(), "{none}");
    }
}
