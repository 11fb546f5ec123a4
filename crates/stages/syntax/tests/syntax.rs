//! The stage on the tiny BERT of `tests/tiny-bert`.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::{Arc, OnceLock};

use docmill_core::layers::{Encodings, Syntax, Tokens, Upos};
use docmill_core::testing::{Conformance, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, Stage, StageConfig};
use docmill_syntax::SyntaxSettings;
use proptest::prelude::*;

fn tiny(name: &str) -> BuildContext {
    let model = format!("{}/../../../tests/tiny-bert/{name}", env!("CARGO_MANIFEST_DIR"));
    BuildContext { model, ..BuildContext::default() }
}

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &tiny("bert")).unwrap()
}

fn prepare(doc: &mut Document) {
    static ENCODE: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    plain_layers(doc);
    let encode = ENCODE.get_or_init(|| build(&docmill_encode::EncodeSettings::default()));
    encode.annotate(doc).unwrap();
}

fn parsed(text: &str) -> Document {
    static SYNTAX: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    let mut doc = Document::from_text("d", text);
    prepare(&mut doc);
    SYNTAX.get_or_init(|| build(&SyntaxSettings::default())).annotate(&mut doc).unwrap();
    doc
}

/// Every sentence is one tree with one root, whose relation alone is `root`.
fn check_trees(doc: &Document) {
    let (tokens, syntax) = (doc.require::<Tokens>().unwrap(), doc.require::<Syntax>().unwrap());
    assert_eq!(syntax.words().len(), tokens.all().len());
    for sentence in 0..tokens.sentences() {
        let range = tokens.range_of(sentence);
        let roots = range.clone().filter(|&i| syntax.head(i).is_none()).count();
        assert_eq!(roots, usize::from(!range.is_empty()), "sentence {sentence}");
        for i in range.clone() {
            assert_eq!(syntax.head(i).is_none(), syntax.relation(i) == "root", "token {i}");
            let mut node = i;
            let mut steps = 0;
            while let Some(head) = syntax.head(node) {
                assert!(range.contains(&head), "token {node} hangs on another sentence");
                node = head;
                steps += 1;
                assert!(steps <= range.len(), "a cycle at token {i}");
            }
        }
    }
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&SyntaxSettings::default()).context(tiny("bert")).prepare(prepare).check();
}

#[test]
fn each_token_of_a_hyphenated_word_has_its_own_rows() {
    let doc = parsed("Asia-Plus denies it");
    let encodings = doc.require::<Encodings>().unwrap();
    assert_eq!(encodings.words.len(), 3);
    assert_eq!(encodings.tokens.len(), 5);
    let word = encodings.words[0].rows.clone();
    let parts: Vec<_> = encodings.tokens[..3].iter().map(|token| token.rows.clone()).collect();
    assert_eq!((parts[0].start, parts[2].end), (word.start, word.end));
    assert!(parts.windows(2).all(|two| two[0].end == two[1].start && !two[0].is_empty()));
    assert_eq!(encodings.tokens[3].rows, encodings.words[1].rows);
    check_trees(&doc);
}

#[test]
fn a_sentence_of_one_token_is_its_root() {
    let doc = parsed("Rasht");
    let syntax = doc.require::<Syntax>().unwrap();
    assert_eq!((syntax.head(0), syntax.relation(0)), (None, "root"));
}

#[test]
fn a_sentence_of_several_windows_is_one_tree() {
    let doc = parsed(&"the talks go on in Dushanbe and ".repeat(100));
    check_trees(&doc);
    let encodings = doc.require::<Encodings>().unwrap();
    assert!(encodings.windows.len() > 3, "{} windows", encodings.windows.len());
    let syntax = doc.require::<Syntax>().unwrap();
    assert_eq!(syntax.words().len(), 700);
    let root = (0..700).find(|&i| syntax.head(i).is_none()).unwrap();
    let hung =
        (0..700).filter(|&i| syntax.head(i) == Some(root) && syntax.relation(i) == "parataxis").count();
    assert!(hung >= encodings.windows.len() - 1, "{hung}");
}

#[test]
fn what_the_tokenizer_drops_hangs_on_the_root() {
    let doc = parsed("\u{200b} Rasht denies it\n\u{1}\n\nhe \u{200b} \u{200b}");
    check_trees(&doc);
    let syntax = doc.require::<Syntax>().unwrap();
    assert_eq!((syntax.relation(0), syntax.words()[0].upos), ("dep", Upos::X));
    assert_eq!(syntax.words()[0].lemma.as_ref(), "\u{200b}");
}

#[test]
fn no_words_have_no_syntax() {
    assert!(parsed("").require::<Syntax>().unwrap().words().is_empty());
}

#[test]
fn a_package_without_the_head_is_named() {
    let error = SyntaxSettings::default().check(&tiny("electra")).unwrap_err().to_string();
    assert!(error.contains("the model has no head `syntax`; use a model with a head `syntax`"), "{error}");
    assert!(error.ends_with("or leave out the stage that needs it"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_text_is_made_of_trees(text in "([a-zA-Z0-9.,“”\u{200b}\u{e9}中-]{1,12}[ \n]){0,60}") {
        check_trees(&parsed(&text));
    }
}
