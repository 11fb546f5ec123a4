//! Any text into sentences and words: spans are slices, in order, inside one another; nothing but white space is left
//! out.
#![no_main]

use std::sync::LazyLock;

use docmill_tokenize::Segmenter;
use libfuzzer_sys::fuzz_target;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::default);

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let sentences = SEGMENTER.sentences(&text);
    let tokens = SEGMENTER.tokens(&text, &sentences);
    assert_eq!(tokens.sentences(), sentences.items.len());
    let mut end = 0;
    for (i, sentence) in sentences.items.iter().enumerate() {
        let span = sentence.span;
        assert!(span.start >= end && span.slice(&text).is_some_and(|slice| !slice.is_empty()));
        let between = &text.as_bytes()[end as usize..span.start as usize];
        assert!(std::str::from_utf8(between).is_ok_and(|between| !between.contains(char::is_alphanumeric)));
        end = span.end;
        let mut token_end = span.start;
        for &token in tokens.of_sentence(i) {
            assert!(token.start >= token_end && span.contains(token));
            assert!(token.slice(&text).is_some_and(|slice| !slice.is_empty()));
            token_end = token.end;
        }
    }
    let rest = text.get(end as usize..).expect("a sentence ends between characters");
    assert!(!rest.contains(char::is_alphanumeric));
});
