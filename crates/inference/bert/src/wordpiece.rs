//! Words to wordpieces, as Hugging Face's `BertTokenizerFast` cuts them.

mod normal;
mod vocabulary;

use std::path::Path;

use docmill_core::StageError;
use serde::Deserialize;

use normal::Normal;
use vocabulary::Vocabulary;

/// The longest run between spaces and punctuation that is looked up at all.
const LONGEST: usize = 100;

/// A BERT tokenizer for given words.
///
/// Unlike Hugging Face's, it never takes text for a special token: a document that says `[SEP]` gets
/// three pieces.
#[derive(Debug)]
pub struct WordPiece {
    vocabulary: Vocabulary,
    normal: Normal,
    unknown: u32,
    cls: u32,
    sep: u32,
}

/// What counts in `tokenizer_config.json`.
#[derive(Debug, Deserialize)]
#[serde(default)]
struct Settings {
    do_lower_case: bool,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { do_lower_case: true, strip_accents: None, tokenize_chinese_chars: true }
    }
}

impl WordPiece {
    /// Reads `vocab.txt` of `folder`, and `tokenizer_config.json` if it is there (else words are
    /// lower-cased).
    pub fn load(folder: &Path) -> Result<Self, StageError> {
        let path = folder.join("tokenizer_config.json");
        let settings = if path.exists() {
            let cannot = |e: &dyn std::fmt::Display| {
                StageError::file(&path, format!("cannot read it: {e}"), "repair or remove it")
            };
            let text = std::fs::read(&path).map_err(|e| cannot(&e))?;
            serde_json::from_slice(&text).map_err(|e| cannot(&e))?
        } else {
            Settings::default()
        };
        let path = folder.join("vocab.txt");
        let text = std::fs::read_to_string(&path).map_err(|e| {
            let help = "give a folder of a BERT model with its vocabulary";
            StageError::file(&path, format!("cannot read it: {e}"), help)
        })?;
        Self::new(&text, &settings).map_err(|reason| {
            StageError::file(&path, reason, "give the vocabulary of a BERT model, one wordpiece a line")
        })
    }

    fn new(vocabulary: &str, settings: &Settings) -> Result<Self, String> {
        let vocabulary = Vocabulary::new(vocabulary);
        let id = |token: &str| {
            vocabulary.whole(token.as_bytes()).ok_or_else(|| format!("there is no wordpiece `{token}`"))
        };
        let (unknown, cls, sep) = (id("[UNK]")?, id("[CLS]")?, id("[SEP]")?);
        let normal = Normal {
            lower: settings.do_lower_case,
            strip: settings.strip_accents.unwrap_or(settings.do_lower_case),
            split_chinese: settings.tokenize_chinese_chars,
        };
        Ok(Self { vocabulary, normal, unknown, cls, sep })
    }

    /// The wordpiece that begins a sequence.
    pub fn cls(&self) -> u32 {
        self.cls
    }

    /// The wordpiece that ends a sequence.
    pub fn sep(&self) -> u32 {
        self.sep
    }

    /// The wordpiece for what cannot be cut into known ones.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// How many wordpieces there are.
    pub fn len(&self) -> usize {
        self.vocabulary.len()
    }

    /// Whether there are none, which [`Self::load`] does not allow.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the wordpieces of `word` to `ids`: none if it has only control characters and spaces.
    pub fn pieces(&self, word: &str, ids: &mut Vec<u32>) {
        self.normal.runs(word, |run| self.cut(run, ids));
    }

    /// Cuts a run without spaces into the longest known pieces from its start on.
    fn cut(&self, run: &[u8], ids: &mut Vec<u32>) {
        if let Some(id) = self.vocabulary.whole(run) {
            ids.push(id);
            return;
        }
        let before = ids.len();
        let mut start = 0;
        if run.len() > LONGEST && run.iter().filter(|byte| is_start(**byte)).count() > LONGEST {
            start = run.len();
            ids.push(self.unknown);
        }
        while start < run.len() {
            if let Some((id, length)) = self.vocabulary.longest(&run[start..], start == 0) {
                ids.push(id);
                start += length;
            } else {
                ids.truncate(before);
                ids.push(self.unknown);
                return;
            }
        }
    }
}

/// Whether `byte` begins a character in UTF-8.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\n,\nrasht\n中\n##\u{e9}\ne\nx\n##x\nwant\n##ed\nUn\n[\n]";

    fn pieces(settings: &Settings, word: &str) -> Vec<u32> {
        let tokenizer = WordPiece::new(VOCABULARY, settings).unwrap();
        let mut ids = Vec::new();
        tokenizer.pieces(word, &mut ids);
        ids
    }

    fn lower(word: &str) -> Vec<u32> {
        pieces(&Settings::default(), word)
    }

    #[test]
    fn the_longest_piece_first() {
        assert_eq!(lower("unaffable"), [4, 5, 6]);
        assert_eq!(lower("UnAffable,"), [4, 5, 6, 7]);
        assert_eq!(lower("wanted"), [14, 15]);
    }

    #[test]
    fn a_run_with_an_unknown_end_is_unknown_as_a_whole() {
        assert_eq!(lower("unaffablez,"), [1, 7]);
    }

    #[test]
    fn case_and_accents() {
        assert_eq!(lower("Rāsht"), [8]);
        let cased = Settings { do_lower_case: false, ..Settings::default() };
        assert_eq!(pieces(&cased, "Rasht"), [1]);
        assert_eq!(pieces(&cased, "Unaff"), [16, 5]);
        assert_eq!(pieces(&cased, "x\u{e9}"), [12, 10]);
        assert_eq!(lower("e\u{301}"), [11]);
    }

    #[test]
    fn nothing_to_see() {
        assert_eq!(lower(""), [0_u32; 0]);
        assert_eq!(lower("\u{200b}\u{0}\u{fffd}\u{7f} \t"), [0_u32; 0]);
        assert_eq!(lower("un\u{ad}aff"), [4, 5]);
        assert_eq!(lower("un\u{7}aff"), [4, 5]);
        assert_eq!(lower("un\u{b}aff"), [4, 5]);
        assert_eq!(lower("un\tun"), [4, 4]);
    }

    #[test]
    fn chinese_stands_alone() {
        assert_eq!(lower("un中x"), [4, 9, 12]);
    }

    #[test]
    fn text_is_never_a_special_token() {
        assert_eq!(lower("[SEP]"), [17, 1, 18]);
    }

    #[test]
    fn over_a_hundred_characters_are_unknown() {
        assert_eq!(lower(&"x".repeat(100)).len(), 100);
        assert_eq!(lower(&"x".repeat(101)), [1]);
        assert_eq!(lower(&format!("{},{}", "x".repeat(80), "x".repeat(80))).len(), 161);
    }
}
