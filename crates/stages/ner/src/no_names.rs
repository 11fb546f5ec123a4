//! Words that are no name alone.

use std::collections::HashSet;
use std::sync::LazyLock;

use docmill_core::layers::Entity;
use docmill_lexicon::lists;

static NO_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| lists::NO_NAMES.shipped().fields().map(|[word]| word).collect());

/// Drops the entities that are an abbreviation of a month, day or rank and nothing else: `Jan.`, `Brig.`.
pub(crate) fn drop_no_names(text: &str, entities: &mut Vec<Entity>) {
    /// No entry is longer.
    const LONGEST: usize = 6;
    entities.retain(|entity| {
        let word = entity.span.slice(text).unwrap_or_default();
        word.len() > LONGEST || !NO_NAMES.contains(word.to_lowercase().as_str())
    });
}

#[cfg(test)]
mod tests {
    use docmill_core::Span;

    use super::*;

    #[test]
    fn abbreviations_alone_go() {
        let text = "Jan. Brig. Amos RT Oct. 7";
        let spans = [(0, 4), (5, 10), (5, 15), (16, 18), (19, 25)];
        let mut entities: Vec<Entity> = (spans.into_iter())
            .map(|(start, end)| Entity {
                span: Span::new(start, end),
                label: "LOC".into(),
                score: 1.0,
                sentence: 0,
            })
            .collect();
        drop_no_names(text, &mut entities);
        let left: Vec<&str> = entities.iter().map(|entity| entity.span.slice(text).unwrap()).collect();
        assert_eq!(left, ["Brig. Amos", "Oct. 7"]);
        assert!(NO_NAMES.iter().all(|word| word.len() <= 6));
    }
}
