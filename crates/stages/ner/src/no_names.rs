//! Words that are no name alone.

use docmill_core::WordFile;
use docmill_core::layers::Entity;
use docmill_lexicon::{LexiconError, Words, lists};

/// The list `no_names`, and what the files of a configuration add.
#[derive(Debug, Default)]
pub(crate) struct NoNames {
    words: Words,
    /// Bytes of the longest.
    longest: usize,
}

impl NoNames {
    /// Reads the list.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(files: &[WordFile]) -> Result<Self, LexiconError> {
        let list = lists::NO_NAMES.extended(files)?;
        let words = Words::new(list.fields().map(|[word]| word));
        let longest = words.iter().map(str::len).max().unwrap_or_default();
        Ok(Self { words, longest })
    }

    /// Drops the entities that are such a word and nothing else: `Jan.`, `Brig.`.
    pub fn drop_from(&self, text: &str, entities: &mut Vec<Entity>) {
        entities.retain(|entity| {
            let word = entity.span.slice(text).unwrap_or_default();
            word.len() > self.longest || !self.words.contains(&word.to_lowercase())
        });
    }
}

#[cfg(test)]
mod tests {
    use docmill_core::Span;

    use super::*;

    #[test]
    fn abbreviations_alone_go() {
        let text = "Jan. Brig. Amos RT Oct. 7 Amos";
        let spans = [(0, 4), (5, 10), (5, 15), (16, 18), (19, 25), (26, 30)];
        let mut entities: Vec<Entity> = (spans.into_iter())
            .map(|(start, end)| Entity {
                span: Span::new(start, end),
                label: "LOC".into(),
                score: 1.0,
                sentence: 0,
            })
            .collect();
        let files = [WordFile::new("my.tsv", "# list: no_names\nword\namos\n")];
        let mut fewer = entities.clone();
        NoNames::new(&[]).unwrap().drop_from(text, &mut entities);
        NoNames::new(&files).unwrap().drop_from(text, &mut fewer);
        let left: Vec<&str> = entities.iter().map(|entity| entity.span.slice(text).unwrap()).collect();
        assert_eq!(left, ["Brig. Amos", "Oct. 7", "Amos"]);
        let left: Vec<&str> = fewer.iter().map(|entity| entity.span.slice(text).unwrap()).collect();
        assert_eq!(left, ["Brig. Amos", "Oct. 7"]);
    }
}
