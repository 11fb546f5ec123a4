//! Words to wordpieces, with the very ids of Hugging Face's tokenizer.
//!
//! Each word is encoded by itself, as `is_split_into_words=True` does in Python and as taggers are trained: the
//! pieces of a word depend on that word alone, and a space stands before every word for the models that read one.

use std::collections::HashMap;
use std::fs;

use docmill_core::StageError;
use serde::Deserialize;
use serde_json::{Value, json};
use tokenizers::models::bpe::BPE;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::tokenizer::Model as _;
use tokenizers::{ModelWrapper, Tokenizer as HfTokenizer};

use crate::config::ModelConfig;
use crate::folder::{MERGES, ModelDir, TOKENIZER, TokenizerKind, VOCAB_JSON, VOCAB_TXT};
use crate::specials::Specials;

/// A model's tokenizer.
pub struct Tokenizer {
    inner: HfTokenizer,
    specials: Specials,
}

impl Tokenizer {
    /// Reads the model's tokenizer. `lower_case` overrules what the model says.
    pub fn load(dir: &ModelDir, config: &ModelConfig, lower_case: Option<bool>) -> Result<Self, StageError> {
        let settings = TokenizerConfig::read(dir)?;
        let (file, inner) = match dir.tokenizer() {
            TokenizerKind::Json => (TOKENIZER, from_json(dir, lower_case)),
            TokenizerKind::WordPiece => {
                let lower_case = lower_case.or(settings.do_lower_case).or(config.lower_case);
                (VOCAB_TXT, word_pieces(dir, &settings, lower_case))
            }
            TokenizerKind::BytePairs => (VOCAB_JSON, byte_pairs(dir)),
        };
        let unusable = |reason: String| {
            StageError::file(dir.file(file), reason, "take the file from the model's repository again")
        };
        let mut inner = inner.map_err(|e| unusable(e.to_string()))?;
        // Windows and batches are ours.
        inner.with_padding(None);
        inner.with_truncation(None).map_err(|e| unusable(e.to_string()))?;
        let specials = specials(&inner, config.pad_id)
            .ok_or_else(|| unusable("no [CLS] and [SEP], nor <s> and </s>".to_owned()))?;
        Ok(Self { inner, specials })
    }

    /// The special pieces of every row.
    pub fn specials(&self) -> Specials {
        self.specials
    }

    fn pieces(&self, word: &str) -> Result<Vec<u32>, StageError> {
        let words = [cut(word)];
        let encoded = self
            .inner
            .encode_fast(&words[..], false)
            .map_err(|e| StageError::caused(format!("the tokenizer failed on `{}`", words[0]), e))?;
        Ok(encoded.get_ids().to_vec())
    }
}

/// The beginning of a word. What a model makes of a word of thousands of letters is of no use, but some tokenizers
/// take a time that grows faster than its length.
fn cut(word: &str) -> &str {
    const LONGEST: usize = 1024;
    word.get(..word.floor_char_boundary(LONGEST)).unwrap_or(word)
}

/// The pieces of the words met so far: in news, nine words in ten are met again.
#[derive(Debug, Default)]
pub struct WordCache {
    by_word: HashMap<Box<str>, Box<[u32]>>,
    /// Of the last word that is not kept.
    last: Vec<u32>,
}

impl WordCache {
    /// When to forget them all: some 5 MB. Beyond that come rare names and misprints.
    const MOST: usize = 50_000;

    /// The pieces of a word; none if the tokenizer drops it. Numbers are not kept: there is no end of them.
    pub fn pieces(&mut self, tokenizer: &Tokenizer, word: &str) -> Result<&[u32], StageError> {
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            self.last = tokenizer.pieces(word)?;
            return Ok(&self.last);
        }
        if !self.by_word.contains_key(word) {
            if self.by_word.len() >= Self::MOST {
                self.by_word.clear();
            }
            self.by_word.insert(word.into(), tokenizer.pieces(word)?.into());
        }
        Ok(&self.by_word[word])
    }
}

/// What `tokenizer_config.json` says of a tokenizer made from vocab.txt.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TokenizerConfig {
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: Option<bool>,
}

impl TokenizerConfig {
    fn read(dir: &ModelDir) -> Result<Self, StageError> {
        let Some(path) = dir.tokenizer_config() else { return Ok(Self::default()) };
        let read = fs::read_to_string(&path).map_err(|e| e.to_string());
        read.and_then(|text| serde_json::from_str(&text).map_err(|e| e.to_string()))
            .map_err(|e| StageError::file(path, e, "take the file from the model's repository again"))
    }
}

type AnyError = Box<dyn std::error::Error + Send + Sync>;

fn from_json(dir: &ModelDir, lower_case: Option<bool>) -> Result<HfTokenizer, AnyError> {
    let mut json: Value = serde_json::from_slice(&fs::read(dir.file(TOKENIZER))?)?;
    space_before_words(&mut json["pre_tokenizer"]);
    if let Some(lower_case) = lower_case {
        set_lower_case(&mut json["normalizer"], lower_case);
    }
    Ok(serde_json::from_value(json)?)
}

/// Byte-level tokenizers tell a word that follows a space from one that does not. As in Python, words given one by
/// one all follow a space.
fn space_before_words(pre_tokenizer: &mut Value) {
    if pre_tokenizer["type"] == "ByteLevel" {
        pre_tokenizer["add_prefix_space"] = true.into();
    }
    let parts = pre_tokenizer.get_mut("pretokenizers").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        space_before_words(part);
    }
}

fn set_lower_case(normalizer: &mut Value, lower_case: bool) {
    match normalizer["type"].as_str() {
        Some("BertNormalizer") => normalizer["lowercase"] = lower_case.into(),
        Some("Sequence") => {
            let parts = normalizer["normalizers"].as_array_mut().map(std::mem::take).unwrap_or_default();
            let parts = parts.into_iter().filter(|part| part["type"] != "Lowercase");
            let parts = lower_case.then(|| json!({"type": "Lowercase"})).into_iter().chain(parts);
            normalizer["normalizers"] = parts.collect();
        }
        Some("Lowercase") if !lower_case => *normalizer = Value::Null,
        Some(_) if lower_case => {
            let inner = normalizer.take();
            *normalizer = json!({"type": "Sequence", "normalizers": [{"type": "Lowercase"}, inner]});
        }
        None if lower_case => *normalizer = json!({"type": "Lowercase"}),
        _ => {}
    }
}

fn word_pieces(
    dir: &ModelDir,
    settings: &TokenizerConfig,
    lower_case: Option<bool>,
) -> Result<HfTokenizer, AnyError> {
    let vocab = dir.file(VOCAB_TXT);
    check_vocabulary(&fs::read_to_string(&vocab)?, dir)?;
    let vocab = vocab.to_str().ok_or("its path is not UTF-8")?;
    let model = WordPiece::from_file(vocab).unk_token("[UNK]".to_owned()).build()?;
    if model.token_to_id("[UNK]").is_none() {
        return Err("no [UNK]".into());
    }
    // Hugging Face assumes an uncased model where nothing is said; the vocabulary knows better.
    let lower_case = lower_case.unwrap_or_else(|| {
        // In ASCII: that of bert-base-uncased holds ℝ.
        let cased = |piece: &str| !piece.starts_with('[') && piece.contains(|c: char| c.is_ascii_uppercase());
        !model.get_vocab().keys().any(|piece| cased(piece))
    });
    let chinese = settings.tokenize_chinese_chars.unwrap_or(true);
    let mut tokenizer = HfTokenizer::new(ModelWrapper::WordPiece(model));
    tokenizer.with_normalizer(Some(BertNormalizer::new(true, chinese, settings.strip_accents, lower_case)));
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    Ok(tokenizer)
}

/// Rows of the weights that may have no wordpiece: some models round their number up.
const SPARE_ROWS: u64 = 1024;

/// Whether a vocabulary fits the weights. A line that stands twice gives one of its two rows away; what is cut off
/// makes the rest of the words unknown: answers get worse and nothing says so.
fn check_vocabulary(vocabulary: &str, dir: &ModelDir) -> Result<(), AnyError> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for (number, piece) in (1..).zip(vocabulary.lines()) {
        if let Some(before) = lines.insert(piece, number) {
            return Err(format!("line {number} of {VOCAB_TXT} repeats line {before}: {piece}").into());
        }
    }
    let config: Value = serde_json::from_slice(&fs::read(dir.config())?)?;
    let (Some(rows), pieces) = (config["vocab_size"].as_u64(), lines.len() as u64) else { return Ok(()) };
    if pieces > rows || pieces + SPARE_ROWS < rows {
        let reason = format!("{VOCAB_TXT} has {pieces} wordpieces, and config.json says {rows}");
        return Err(reason.into());
    }
    Ok(())
}

fn byte_pairs(dir: &ModelDir) -> Result<HfTokenizer, AnyError> {
    let (vocab, merges) = (dir.file(VOCAB_JSON), dir.file(MERGES));
    let path = |path: &std::path::Path| path.to_str().map(str::to_owned).ok_or("its path is not UTF-8");
    let model = BPE::from_file(&path(&vocab)?, &path(&merges)?).unk_token("<unk>".to_owned()).build()?;
    let mut tokenizer = HfTokenizer::new(ModelWrapper::BPE(model));
    tokenizer.with_pre_tokenizer(Some(ByteLevel::new(true, true, true)));
    Ok(tokenizer)
}

/// The special pieces: those that the tokenizer puts around an empty text, else those of the usual names.
fn specials(tokenizer: &HfTokenizer, pad: Option<u32>) -> Option<Specials> {
    let around = tokenizer.encode_fast("", true).ok().map(|encoded| encoded.get_ids().to_vec());
    let (first, last) = match around.as_deref() {
        Some(&[first, last]) => (first, last),
        _ => [("[CLS]", "[SEP]"), ("<s>", "</s>")]
            .into_iter()
            .find_map(|(first, last)| Some((tokenizer.token_to_id(first)?, tokenizer.token_to_id(last)?)))?,
    };
    let pad = pad.or_else(|| tokenizer.token_to_id("[PAD]")).or_else(|| tokenizer.token_to_id("<pad>"));
    Some(Specials { first, last, pad: pad.unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_that_does_not_fit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["model.safetensors", "vocab.txt"] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        fs::write(folder.path().join("config.json"), "{\"vocab_size\": 3}").unwrap();
        let dir = ModelDir::open(folder.path(), "m").unwrap();
        let told = |vocabulary: &str| check_vocabulary(vocabulary, &dir).map_err(|error| error.to_string());
        assert_eq!(told("a\nb\nc\n"), Ok(()));
        assert_eq!(told("a\nb\na\n"), Err("line 3 of vocab.txt repeats line 1: a".to_owned()));
        assert!(told("a\nb\nc\nd\n").unwrap_err().contains("has 4 wordpieces, and config.json says 3"));
        fs::write(folder.path().join("config.json"), "{\"vocab_size\": 30522}").unwrap();
        assert!(told("a\nb\nc\n").unwrap_err().contains("has 3 wordpieces, and config.json says 30522"));
    }

    #[test]
    fn words_follow_a_space() {
        let mut json = json!({"type": "Sequence", "pretokenizers": [
            {"type": "Punctuation"}, {"type": "ByteLevel", "add_prefix_space": false}]});
        space_before_words(&mut json);
        assert_eq!(json["pretokenizers"][1]["add_prefix_space"], true);
        let mut none = Value::Null;
        space_before_words(&mut none);
        assert_eq!(none, Value::Null);
    }

    #[test]
    fn lower_case_is_set_wherever_it_stands() {
        let set = |mut json: Value, lower_case: bool| {
            set_lower_case(&mut json, lower_case);
            json
        };
        let lower = json!({"type": "Lowercase"});
        let nfkc = json!({"type": "NFKC"});
        let sequence = |parts: &[&Value]| json!({"type": "Sequence", "normalizers": parts});
        assert_eq!(set(json!({"type": "BertNormalizer", "lowercase": true}), false)["lowercase"], false);
        assert_eq!(set(sequence(&[&nfkc, &lower]), false), sequence(&[&nfkc]));
        assert_eq!(set(sequence(&[&nfkc]), true), sequence(&[&lower, &nfkc]));
        assert_eq!(set(nfkc.clone(), true), sequence(&[&lower, &nfkc]));
        assert_eq!(set(nfkc.clone(), false), nfkc);
        assert_eq!(set(lower.clone(), false), Value::Null);
        assert_eq!(set(Value::Null, true), lower);
    }

    #[test]
    fn a_vocabulary_says_itself_whether_it_has_capitals() {
        let pieces = |vocab: &str| {
            let folder = tempfile::tempdir().unwrap();
            let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
            write("config.json", r#"{"model_type": "bert", "id2label": {"0": "O"}}"#);
            write("model.safetensors", "");
            write("vocab.txt", &format!("[PAD]\n[UNK]\n[CLS]\n[SEP]\n{vocab}"));
            let dir = ModelDir::open(folder.path(), "m").unwrap();
            let config = ModelConfig::read(&dir.config()).unwrap();
            Tokenizer::load(&dir, &config, None).unwrap().pieces("Rome").unwrap()
        };
        // That of bert-base-uncased holds one capital, ℝ.
        assert_eq!(pieces("ℝ\nrome\n"), [5]);
        assert_eq!(pieces("The\nrome\n"), [1]);
    }

    #[test]
    fn a_long_word_is_cut_between_characters() {
        assert_eq!(cut("word"), "word");
        assert_eq!(cut(&"ж".repeat(600)).len(), 1024);
        assert_eq!(cut(&format!("a{}", "ж".repeat(600))).len(), 1023);
    }
}
