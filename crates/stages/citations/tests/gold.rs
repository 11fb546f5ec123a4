//! Scores on the gold files: a citation is right if its outlet, its date, and whether the year was inferred are.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use docmill_citations::{CitationsSettings, PublicationRule};
use docmill_core::layers::{Citation, Citations};
use docmill_core::{BuildContext, BuiltStage, Document, Meta, Stage, StageConfig};

/// A text with what is cited in it.
struct Case {
    line: usize,
    meta: Meta,
    text: String,
    expected: Vec<String>,
}

/// The form is described at the head of `gold/dev.txt`.
fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut meta = Meta::default();
    let mut open = false;
    for (i, line) in file.lines().enumerate() {
        if let Some(context) = line.strip_prefix('@') {
            meta = context_of(context);
            open = false;
        } else if let Some(expected) = line.strip_prefix("    ") {
            cases.last_mut().unwrap().expected.push(expected.trim().to_owned());
        } else if line.trim().is_empty() {
            open = false;
        } else if line.starts_with('#') {
        } else if open {
            // A text of several lines.
            let case = cases.last_mut().unwrap();
            case.text = format!("{}\n{line}", case.text);
        } else {
            let case = Case { line: i + 1, meta: meta.clone(), text: line.to_owned(), expected: Vec::new() };
            cases.push(case);
            open = true;
        }
    }
    cases
}

fn context_of(line: &str) -> Meta {
    let mut meta = Meta::default();
    for part in line.split(';') {
        let (key, value) = part.split_once('=').unwrap();
        let slot = match key.trim() {
            "date" => &mut meta.date,
            "publication" => &mut meta.publication,
            "volume" => &mut meta.volume,
            "issue" => &mut meta.issue,
            other => panic!("{other}"),
        };
        *slot = Some(value.trim().to_owned());
    }
    meta
}

fn shown(citation: &Citation) -> String {
    let date = match (&citation.date, &citation.date_end) {
        (Some(first), Some(last)) => format!("{first}..{last}"),
        (Some(day), None) => day.clone(),
        (None, _) => "-".to_owned(),
    };
    format!("{} | {}{date}", citation.outlet, if citation.date_inferred { "~" } else { "" })
}

struct Score {
    expected: usize,
    found: usize,
    right: usize,
    /// Texts without a citation, and those of them in which one was found.
    plain: usize,
    false_alarms: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.expected + self.found) as f64
    }
}

fn score(name: &str, file: &str, show_errors: bool) -> Score {
    let rule = PublicationRule {
        name: "Eurasia Daily Monitor".to_owned(),
        first_year: 2004,
        issues_a_year: Some(242),
    };
    let settings =
        CitationsSettings { publications: vec![rule], years_in_text: true, ..CitationsSettings::default() };
    let BuiltStage::PerDocument(stage) = settings.build(&BuildContext::default()).unwrap() else { panic!() };
    let mut score = Score { expected: 0, found: 0, right: 0, plain: 0, false_alarms: 0 };
    for case in cases(file) {
        let found = run(&*stage, &case);
        let mut left = case.expected.clone();
        let hits = found.iter().filter(|shown| {
            let at = left.iter().position(|expected| expected == *shown);
            at.map(|at| left.remove(at)).is_some()
        });
        score.right += hits.count();
        score.expected += case.expected.len();
        score.found += found.len();
        score.plain += usize::from(case.expected.is_empty());
        score.false_alarms += usize::from(case.expected.is_empty() && !found.is_empty());
        if show_errors && found != case.expected {
            eprintln!(
                "{name}:{}: {}\n    expected {:?}\n    found    {found:?}",
                case.line, case.text, case.expected
            );
        }
    }
    eprintln!(
        "{name}: {} citations: precision {:.3}, recall {:.3}, F1 {:.3}; {} of {} texts without one kept so",
        score.expected,
        score.right as f64 / score.found as f64,
        score.right as f64 / score.expected as f64,
        score.f1(),
        score.plain - score.false_alarms,
        score.plain,
    );
    score
}

fn run(stage: &dyn Stage, case: &Case) -> Vec<String> {
    let mut doc = Document::from_text("gold", &case.text);
    doc.meta = case.meta.clone();
    stage.annotate(&mut doc).unwrap();
    doc.layers().get::<Citations>().unwrap().items.iter().map(shown).collect()
}

#[test]
fn gold() {
    let dev = score("dev", include_str!("gold/dev.txt"), true);
    let held_out = score("held-out", include_str!("gold/heldout.txt"), false);
    assert!(dev.expected + held_out.expected >= 150 && dev.plain + held_out.plain >= 100);
    assert!(dev.f1() >= 0.98, "dev");
    assert!(held_out.f1() >= 0.98, "held-out");
}
