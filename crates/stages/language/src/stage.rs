//! The running stage.

use docmill_core::layers::Language;
use docmill_core::{Document, Meta, Stage, StageError};

use crate::codes::{of_lang, of_word};
use crate::settings::LanguageSettings;

/// Adds the language.
#[derive(Debug)]
pub(crate) struct LanguageStage(pub LanguageSettings);

impl Stage for LanguageStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let code = self.stated(&doc.meta).or_else(|| self.detected(doc.text()));
        doc.layers_mut().insert(Language { code });
        Ok(())
    }
}

impl LanguageStage {
    fn stated(&self, meta: &Meta) -> Option<String> {
        let value = |name: &String| meta.extra.iter().find(|field| field.key.eq_ignore_ascii_case(name));
        self.0.fields.iter().filter_map(value).find_map(|field| of_word(&field.value))
    }

    fn detected(&self, text: &str) -> Option<String> {
        let start = text.floor_char_boundary(self.0.max_bytes.min(text.len()));
        let info = whatlang::detect(text.get(..start).filter(|_| self.0.detect)?)?;
        (info.is_reliable() || !self.0.reliable).then(|| of_lang(info.lang()).to_owned())
    }
}
