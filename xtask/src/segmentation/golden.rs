//! The golden rules: texts with the sentences they should give.
//!
//! The rules come from a program that also rewrites texts. A case passes here if the sentences are the expected
//! ones up to white space (a segmenter by spans cannot take out a line end within a sentence). Cases that expect
//! other rewriting (markup removed, dots dropped) fail.

use anyhow::Context;
use docmill_tokenize::Segmenter;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    text: String,
    sentences: Vec<String>,
}

/// What came of the cases.
#[derive(Debug, Default)]
pub struct Rules {
    pub passed: usize,
    pub total: usize,
    failures: Vec<String>,
}

/// Runs every case of a JSONL file.
pub fn run(segmenter: &Segmenter, file: &str) -> anyhow::Result<Rules> {
    let mut rules = Rules::default();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let case: Case = serde_json::from_str(line).context("a golden rule")?;
        let sentences = segmenter.sentences(&case.text);
        let got: Vec<&str> = sentences.items.iter().filter_map(|s| s.span.slice(&case.text)).collect();
        rules.total += 1;
        let expected: Vec<String> = case.sentences.iter().map(|s| visible(s)).collect();
        if got.iter().map(|s| visible(s)).eq(expected) {
            rules.passed += 1;
        } else {
            rules
                .failures
                .push(format!("{}\n    expected {:?}\n    got      {got:?}", case.name, case.sentences));
        }
    }
    Ok(rules)
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Rules {
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "passed": self.passed, "total": self.total })
    }

    pub fn print_errors(&self, count: usize) {
        println!("\n{} golden rules failed", self.failures.len());
        for failure in self.failures.iter().take(count) {
            println!("  {failure}");
        }
    }
}
