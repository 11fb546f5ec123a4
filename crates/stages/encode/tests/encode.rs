//! The stage on the tiny BERT of `tests/tiny-bert`.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use docmill_core::layers::Encodings;
use docmill_core::testing::{Conformance, plain_layers};
use docmill_core::{BuildContext, BuiltStage, Cache, Document, Stage, StageConfig};
use docmill_encode::{EncodeSettings, Precision};

fn context(model: &str) -> BuildContext {
    let model = format!("{}/../../../tests/tiny-bert/{model}", env!("CARGO_MANIFEST_DIR"));
    BuildContext { model, ..BuildContext::default() }
}

fn build(settings: &EncodeSettings) -> Arc<dyn Stage> {
    match settings.build(&context("bert")).unwrap() {
        BuiltStage::PerDocument(stage) => stage,
        BuiltStage::Batched { .. } => panic!("a batch would hold the encodings of a whole chunk"),
    }
}

fn encode(stage: &dyn Stage, text: &str) -> Encodings {
    let mut doc = Document::from_text("d", text);
    plain_layers(&mut doc);
    stage.annotate(&mut doc).unwrap();
    doc.require::<Encodings>().unwrap().clone()
}

const NEWS: &str = "\
Gen Cao Gangchuan met Sherali Khayrulloyev in Dushanbe on September 15
\u{200b}
Émile Zola said that Åland-wide talks were delayed
Душанбе и Пекин 🛰 подписали соглашение";

#[test]
fn keeps_what_every_stage_promises() {
    for precision in [Precision::Int8, Precision::Fp32] {
        let settings = EncodeSettings { precision, ..EncodeSettings::default() };
        Conformance::of(&settings).context(context("bert")).check();
    }
}

#[test]
fn a_sentence_has_the_same_rows_to_the_last_bit_whatever_stands_beside_it() {
    let stage = build(&EncodeSettings::default());
    let together = encode(&*stage, NEWS);
    let alone = NEWS.lines().flat_map(|line| encode(&*stage, line).rows);
    assert!(together.rows.iter().map(|x| x.to_bits()).eq(alone.map(f32::to_bits)));
}

#[test]
fn every_word_is_kept_once_and_has_its_rows() {
    let narrow = EncodeSettings { max_window: NonZeroUsize::new(10), ..EncodeSettings::default() };
    for settings in [EncodeSettings::default(), narrow] {
        let all = encode(&*build(&settings), NEWS);
        let mut kept = Vec::new();
        let mut row = 0;
        for window in &all.windows {
            assert_eq!(window.rows.start, row, "windows follow one another");
            let words = all.words_of(window);
            assert_eq!(words[0].rows.start, row + 1, "[CLS] comes first");
            assert_eq!(words[words.len() - 1].rows.end + 1, window.rows.end, "[SEP] comes last");
            assert!(
                words.iter().all(|word| NEWS.get(word.span.start as usize..word.span.end as usize).is_some())
            );
            kept.extend(
                all.words[window.keep.start as usize..window.keep.end as usize].iter().map(|w| w.span),
            );
            row = window.rows.end;
        }
        assert_eq!(all.rows.len(), row as usize * all.hidden);
        let text = |i: usize| NEWS.get(kept[i].start as usize..kept[i].end as usize).unwrap();
        let words: Vec<&str> = (0..kept.len()).map(text).collect();
        let expected: Vec<&str> = NEWS.split_whitespace().filter(|word| *word != "\u{200b}").collect();
        assert_eq!(words, expected);
    }
}

#[test]
fn what_it_cannot_run_is_refused_with_a_mend() {
    let settings = EncodeSettings::default();
    let error = settings.check(&context("roberta")).unwrap_err().to_string();
    assert!(error.contains("must be a BERT") && error.contains("ner.engine"), "{error}");
    let tight = EncodeSettings { max_window: NonZeroUsize::new(3), ..EncodeSettings::default() };
    assert!(tight.check(&context("bert")).unwrap_err().to_string().contains("max_window"));
    let wrong = EncodeSettings {
        checksum: [("model.safetensors".to_owned(), "0".repeat(64))].into(),
        ..EncodeSettings::default()
    };
    assert!(wrong.build(&context("bert")).err().unwrap().to_string().contains("its SHA-256 is"));
}

#[test]
fn kept_rows_are_found_with_every_bit_and_damaged_ones_are_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let cache = || Arc::new(Cache::open(folder.path()).unwrap());
    let built = |cache: &Arc<Cache>| {
        let context = BuildContext { cache: Some(cache.clone()), ..context("bert") };
        match EncodeSettings::default().build(&context).unwrap() {
            BuiltStage::PerDocument(stage) => stage,
            BuiltStage::Batched { .. } => panic!("not a batch"),
        }
    };
    let plain = encode(&*build(&EncodeSettings::default()), NEWS);
    let counts = |cache: &Cache| (cache.counts().found, cache.counts().made);
    let same = |found: &Encodings| {
        found.rows.iter().map(|x| x.to_bits()).eq(plain.rows.iter().map(|x| x.to_bits())) && *found == plain
    };

    let (first, second) = (cache(), cache());
    assert!(same(&encode(&*built(&first), NEWS)) && same(&encode(&*built(&second), NEWS)));
    assert_eq!((counts(&first), counts(&second)), ((0, 1), (1, 0)));
    // The same words in other sentences are not the same.
    encode(&*built(&second), &NEWS.replace('\n', " "));
    assert_eq!(counts(&second), (1, 1));

    let files = walk(folder.path());
    assert_eq!(files.len(), 2);
    for damage in [|bytes: &mut Vec<u8>| bytes[7] ^= 1, |bytes: &mut Vec<u8>| bytes.truncate(20), Vec::clear]
    {
        for file in &files {
            let mut bytes = std::fs::read(file).unwrap();
            damage(&mut bytes);
            std::fs::write(file, bytes).unwrap();
        }
        let third = cache();
        assert!(same(&encode(&*built(&third), NEWS)));
        assert_eq!(counts(&third), (0, 1));
        encode(&*built(&third), &NEWS.replace('\n', " "));
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
