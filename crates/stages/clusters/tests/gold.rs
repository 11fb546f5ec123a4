//! The stage against gold clusters: `cargo test -p docmill-clusters --test gold -- --nocapture`.
//!
//! A gold file declares clusters, one a line (`key LABEL ALPHA-3 canonical name`), then, after a blank line, gives an
//! article with mentions as `{key|text}` or `{key:form|text}`; forms are s(hort), a(cronym), d(emonym), c(apital), h(ouse,
//! a seat). The mentions are given to the stage; demonyms as MISC, as the shipped model has them.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test that panics has failed")]
#![expect(clippy::print_stdout, reason = "the figures are read")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use docmill_clusters::NamesSettings;
use docmill_core::layers::{Clusters, Entities, Entity, MentionForm, Sentences};
use docmill_core::testing::build_shared;
use docmill_core::{BuildContext, Document, Span, Stage, StageConfig};

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

struct Declared {
    label: String,
    country: Option<String>,
    canonical: String,
}

struct Gold {
    text: String,
    clusters: BTreeMap<String, Declared>,
    mentions: Vec<(Span, String, MentionForm)>,
}

impl Gold {
    fn read(path: &Path) -> Self {
        let file = fs::read_to_string(path).unwrap();
        let (head, marked) = file.split_once("\n\n").unwrap();
        let mut clusters = BTreeMap::new();
        for line in head.lines() {
            let mut fields = line.splitn(4, ' ');
            let mut next = || fields.next().unwrap().to_owned();
            let (key, label, country, canonical) = (next(), next(), next(), next());
            let country = Some(country).filter(|country| country != "-");
            assert!(clusters.insert(key, Declared { label, country, canonical }).is_none(), "{line}");
        }
        let (mut text, mut mentions, mut rest) = (String::new(), Vec::new(), marked);
        while let Some(open) = rest.find('{') {
            let close = rest.find('}').unwrap();
            text.push_str(&rest[..open]);
            let (key, mention) = rest[open + 1..close].split_once('|').unwrap();
            let (key, form) = key.split_once(':').unwrap_or((key, ""));
            let form = match form {
                "" => MentionForm::Name,
                "s" => MentionForm::Short,
                "a" => MentionForm::Acronym,
                "d" => MentionForm::Demonym,
                "c" => MentionForm::Capital,
                "h" => MentionForm::Seat,
                other => panic!("form {other}"),
            };
            assert!(clusters.contains_key(key), "{}: {key}", path.display());
            let start = text.len();
            text.push_str(mention);
            mentions.push((Span::new(start, text.len()), key.to_owned(), form));
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        Self { text, clusters, mentions }
    }

    fn document(&self, tokenize: &dyn Stage) -> Document {
        let mut doc = Document::from_text("gold", &self.text);
        tokenize.annotate(&mut doc).unwrap();
        let sentences = doc.require::<Sentences>().unwrap();
        let items = (self.mentions.iter())
            .map(|(span, key, form)| Entity {
                span: *span,
                label: if *form == MentionForm::Demonym { "MISC" } else { &*self.clusters[key].label }.into(),
                score: 0.9,
                sentence: sentences.index_at(span.start).unwrap() as u32,
            })
            .collect();
        doc.layers_mut().insert(Entities { items });
        doc
    }
}

/// Sums over mentions.
#[derive(Debug, Default)]
struct Scores {
    mentions: f64,
    precision: f64,
    recall: f64,
    pairs: [f64; 3],
    canonical: f64,
    form: f64,
    country: f64,
}

impl Scores {
    /// B-cubed F1: for each mention, how much of its cluster is right and how much of the right one it has.
    fn b_cubed(&self) -> f64 {
        f1(self.precision / self.mentions, self.recall / self.mentions)
    }

    /// Fails below these B-cubed and pairwise F1, or where one attribute in twenty is wrong.
    #[track_caller]
    fn assert(&self, b_cubed: f64, pairwise: f64) {
        assert!(self.b_cubed() >= b_cubed && self.pairwise() >= pairwise, "{self:?}");
        for right in [self.canonical, self.form, self.country] {
            assert!(right / self.mentions >= 0.95, "{self:?}");
        }
    }

    /// F1 over pairs of mentions.
    fn pairwise(&self) -> f64 {
        f1(self.pairs[0] / self.pairs[1], self.pairs[0] / self.pairs[2])
    }

    fn add(&mut self, gold: &Gold, found: &Clusters) {
        let of = found.of_entities(gold.mentions.len());
        let form = |i: usize| {
            let cluster = &found.items[of[i]? as usize];
            cluster.mentions.iter().find(|mention| mention.entity as usize == i).map(|mention| mention.form)
        };
        for (i, (span, key, gold_form)) in gold.mentions.iter().enumerate() {
            let cluster = of[i].map(|c| &found.items[c as usize]);
            let in_gold = |j: usize| gold.mentions[j].1 == *key;
            let in_found = |j: usize| i == j || (of[i].is_some() && of[i] == of[j]);
            let all = 0..gold.mentions.len();
            let count = |test: &dyn Fn(usize) -> bool| all.clone().filter(|&j| test(j)).count() as f64;
            let (right, theirs, ours) =
                (count(&|j| in_gold(j) && in_found(j)), count(&in_gold), count(&in_found));
            self.mentions += 1.0;
            self.precision += right / ours;
            self.recall += right / theirs;
            for (sum, count) in self.pairs.iter_mut().zip([right, ours, theirs]) {
                *sum += count - 1.0;
            }
            let declared = &gold.clusters[key];
            let name = cluster.map(|cluster| cluster.canonical.as_str());
            let country = cluster.and_then(|cluster| cluster.country.as_deref());
            self.canonical += f64::from(u8::from(name == Some(&declared.canonical)));
            self.form += f64::from(u8::from(form(i) == Some(*gold_form)));
            self.country += f64::from(u8::from(country == declared.country.as_deref()));
            if name != Some(&declared.canonical) || form(i) != Some(*gold_form) {
                let around = &gold.text[gold.text.floor_char_boundary(span.start.saturating_sub(20) as usize)
                    ..span.end as usize];
                println!(
                    "    {around:?}: {name:?} {:?}, gold {:?} {gold_form:?}",
                    form(i),
                    declared.canonical
                );
            }
        }
    }

    fn print(&self, name: &str) {
        let share = |sum: f64| 100.0 * sum / self.mentions;
        println!(
            "{name}: {} mentions, B-cubed P {:.1} R {:.1} F1 {:.1}, pairwise F1 {:.1}, \
             canonical {:.1}, form {:.1}, country {:.1}",
            self.mentions,
            share(self.precision),
            share(self.recall),
            100.0 * self.b_cubed(),
            100.0 * self.pairwise(),
            share(self.canonical),
            share(self.form),
            share(self.country),
        );
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    2.0 * precision * recall / (precision + recall)
}

/// The gold files whose names begin with `part`.
fn gold(part: &str) -> Vec<PathBuf> {
    let folder = format!("{}/tests/gold", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with(part));
    paths.sort();
    paths
}

/// Scores the gold files whose names begin with `part`.
fn score(part: &str) -> Scores {
    let tokenize = build(&docmill_tokenize::TokenizeSettings::default());
    let names = build(&NamesSettings::default());
    let mut all = Scores::default();
    for path in gold(part) {
        let gold = Gold::read(&path);
        let mut doc = gold.document(&*tokenize);
        names.annotate(&mut doc).unwrap();
        let mut one = Scores::default();
        println!("{}", path.file_name().unwrap().display());
        one.add(&gold, doc.require::<Clusters>().unwrap());
        one.print("  file");
        all.add_up(&one);
    }
    all.print(part);
    all
}

impl Scores {
    fn add_up(&mut self, other: &Self) {
        self.mentions += other.mentions;
        self.precision += other.precision;
        self.recall += other.recall;
        for (sum, count) in self.pairs.iter_mut().zip(other.pairs) {
            *sum += count;
        }
        self.canonical += other.canonical;
        self.form += other.form;
        self.country += other.country;
    }
}

#[test]
fn ten_articles() {
    score("dev").assert(0.97, 0.97);
}

#[test]
fn held_out_articles() {
    // Written, or taken from the sample articles, before the rules; the rules were not tuned on them. At the first run
    // B-cubed F1 was 97.3, pairwise 93.0; two things that it showed were then mended: the code of a state in brackets,
    // and a road between two capitals.
    score("held").assert(0.95, 0.90);
}

/// `cargo test --release -p docmill-clusters --test gold speed -- --ignored --nocapture`, on a quiet machine.
#[test]
#[ignore = "a measurement"]
fn speed() {
    let tokenize = build(&docmill_tokenize::TokenizeSettings::default());
    let names = build(&NamesSettings::default());
    let mut docs: Vec<Document> = gold("").iter().map(|path| Gold::read(path).document(&*tokenize)).collect();
    let bytes: usize = docs.iter().map(|doc| doc.text().len()).sum();
    let start = std::time::Instant::now();
    let times = 300;
    for _ in 0..times {
        for doc in &mut docs {
            names.annotate(doc).unwrap();
        }
    }
    let rate = (times * bytes) as f64 / start.elapsed().as_secs_f64() / 1e6;
    println!("{rate:.1} MB/s on one core");
}
