//! The shipped model in both engines: the same scores, the same labels.

use std::collections::BTreeSet;
use std::path::Path;

use docmill_bert::Precision;
use docmill_core::layers::{Sentence, Sentences};
use docmill_core::{Document, Span};
use docmill_pretrained::{ModelConfig, ModelDir, Reader, Window};
use docmill_tokenize::Segmenter;

use crate::batch::{self, Batch};
use crate::engines;
use crate::settings::{EngineKind, NerSettings};

const TEMPLATES: [&str; 20] = [
    "{p} met {q} in {l} on September {n}.",
    "The {o} said that {n} soldiers had crossed into {l} ({o2}, May {n}).",
    "{l} and {m} signed a treaty, {p} told {o2}.",
    "“We will not leave {l},” {p} of the {o} said.",
    "According to {o2}, {q} has resigned from the {o}.",
    "US officials told us that {l} would buy {n} tanks from {m}.",
    "{p}, who leads the {o}, accused {m} of arming rebels near {l}",
    "{l}’s foreign ministry rejected the claim.",
    "In {n} days, said {q}, the {o} will hold its summit in {l}.",
    "TALKS IN {l} FAIL AS {m} WALKS OUT",
    "the {o} has asked {m} for help, but {l} refused",
    "Neither {p} nor {q} was in {m} when the bombs fell; {o2} says otherwise.",
    "{o2} reported on {n} March that the {o} had banned the party.",
    "Gen. {q} — once of the {o} — commands the base at {l}.",
    "Trade between {l} and {m} grew by {n} percent.",
    "{p}-{q} talks (see {o2}, June {n}) lasted {n} hours.",
    "A spokesman for {p} did not answer.",
    "The {n}th Brigade left {l} for {m}, said the {o}…",
    "{m}: {n} dead; {l}: none.",
    "Nobody in {l} believes {o2}.",
];
const PERSONS: [&str; 12] = [
    "Cao Gangchuan",
    "Sherali Khayrulloyev",
    "Émile Laurent",
    "Nguyễn Thu Hằng",
    "Tony Blair",
    "al-Maliki",
    "Vladimir Putin",
    "J. P. O'Brien",
    "Park Geun-hye",
    "Nikolai Bordyuzha",
    "Amina Yusuf",
    "Karimov",
];
const PLACES: [&str; 13] = [
    "Dushanbe",
    "Tajikistan",
    "the South China Sea",
    "U.S.",
    "São Tomé",
    "Mountainous Badakhshon",
    "Kyiv",
    "China",
    "Nagorno-Karabakh",
    "Rasht",
    "N'Djamena",
    "Beijing",
    "Central Asia",
];
const BODIES: [&str; 11] = [
    "Collective Security Treaty Organization",
    "NATO",
    "201st Motor Rifle Division",
    "SCO",
    "European Union",
    "Defense Ministry of Tajikistan",
    "Hizb-ut-Tahrir",
    "People's Liberation Army",
    "UN Security Council",
    "Border Service",
    "CSTO",
];
const OUTLETS: [&str; 7] =
    ["Interfax", "RIA-Novosti", "Asia-Plus", "Le Monde", "Eurasia Daily Monitor", "Khovar", "www.mid.ru"];

/// 500 sentences, all different.
fn sentences() -> Vec<String> {
    // Steps without common factors with the lengths: every name meets every template.
    let fill = |i: usize| {
        let pick = |names: &[&str], step: usize| names[(i * step + i / 20) % names.len()].to_owned();
        TEMPLATES[i % TEMPLATES.len()]
            .replace("{p}", &pick(&PERSONS, 5))
            .replace("{q}", &pick(&PERSONS, 7))
            .replace("{l}", &pick(&PLACES, 3))
            .replace("{m}", &pick(&PLACES, 5))
            .replace("{o}", &pick(&BODIES, 3))
            .replace("{o2}", &pick(&OUTLETS, 3))
            .replace("{n}", &(i % 97 + 2).to_string())
    };
    let mut seen = BTreeSet::new();
    (0..).map(fill).filter(|sentence| seen.insert(sentence.clone())).take(500).collect()
}

/// One sentence a line.
fn document() -> Document {
    let mut doc = Document::from_text("parity", &sentences().join("\n"));
    let mut sentences = Sentences::default();
    let mut start = 0;
    for line in doc.text().split('\n') {
        sentences.items.push(Sentence { span: Span::new(start, start + line.len()), paragraph: 0 });
        start += line.len() + 1;
    }
    let tokens = Segmenter::default().tokens(doc.text(), &sentences);
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
    doc
}

#[test]
fn both_engines_score_500_sentences_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/news-en");
    let dir = ModelDir::open(&root, "news-en").unwrap();
    let config = ModelConfig::read(&dir.config()).unwrap();
    let engine = |engine| {
        let settings = NerSettings { engine, precision: Precision::Fp32, ..NerSettings::default() };
        engines::load(&settings, &dir, &config).unwrap()().unwrap()
    };
    let (mut native, mut rust_bert) = (engine(EngineKind::Native), engine(EngineKind::RustBert));
    let mut reader = Reader::load(&dir, &config, None, 256).unwrap();
    let doc = document();
    let input = reader.read(doc.text(), doc.require().unwrap()).unwrap();
    let lengths: Vec<usize> = input.windows.iter().map(|(_, window)| input.len_of(window)).collect();
    let labels = config.labels.len();
    let best = |scores: &[f32]| (0..labels).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap();
    let (mut positions, mut names, mut widest) = (0, 0, 0.0_f32);
    for rows in batch::plan(&lengths, 1024) {
        let windows: Vec<&Window> = rows.iter().map(|&row| &input.windows[row].1).collect();
        let batch = Batch::new(windows.into_iter(), &input.pieces, reader.specials());
        let (ours, theirs) = (native.logits(&batch).unwrap(), rust_bert.logits(&batch).unwrap());
        let rows = ours.chunks_exact(labels).zip(theirs.chunks_exact(labels));
        for ((ours, theirs), _) in rows.zip(&batch.mask).filter(|(_, mask)| **mask == 1) {
            let difference = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            widest = widest.max(difference);
            assert_eq!(best(ours), best(theirs), "labels differ");
            positions += 1;
            names += usize::from(&*config.labels[best(ours)] != "O");
        }
    }
    assert!(widest < 1e-3, "logits differ by {widest}");
    assert!(positions > 5_000 && names > 1_000, "{positions} positions, {names} in names");
}
