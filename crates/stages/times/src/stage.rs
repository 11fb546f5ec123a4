//! The running stage.

use docmill_core::layers::{Time, Times};
use docmill_core::{Document, Span, Stage, StageError};

use crate::TextKind;
use crate::anchors::Anchors;
use crate::lex::{Token, tokens};
use crate::lexicon::Lexicon;
use crate::matcher::{Found, Matcher};
use crate::resolve::Resolver;

/// How many words before an expression are searched for a sign of the future.
const REACH: usize = 12;

/// Adds the expressions of time of a document.
#[derive(Debug)]
pub(crate) struct TimesStage {
    matcher: Matcher,
    kind: TextKind,
}

impl TimesStage {
    pub fn new(kind: TextKind, lexicon: Lexicon) -> Self {
        Self { matcher: Matcher::new(lexicon), kind }
    }

    /// Whether the words before an expression, in its sentence, speak of the future.
    fn is_future(&self, tokens: &[Token<'_>], found: &Found) -> bool {
        let before = tokens.get(found.first.saturating_sub(REACH)..found.first).unwrap_or_default();
        let sentence = before.iter().rev().take_while(|token| *token.lower != *".");
        sentence.into_iter().any(|token| self.matcher.is(token, "WILL"))
    }
}

impl Stage for TimesStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let words = tokens(doc.text());
        let expressions = self.matcher.all(&words);
        let anchors = Anchors::of(doc, &words, &expressions, self.kind);
        let mut resolver = Resolver::new(anchors);
        let mut items = Vec::with_capacity(expressions.len());
        for expression in &expressions {
            let (Some(first), Some(last)) = (words.get(expression.first), words.get(expression.end - 1))
            else {
                continue;
            };
            let Some(named) = resolver.resolve(expression, self.is_future(&words, expression)) else {
                continue;
            };
            items.push(Time {
                span: Span::new(first.start, last.end),
                kind: named.kind,
                value: named.value,
                value_end: named.value_end,
                anchor: named.anchor,
            });
        }
        doc.layers_mut().insert(Times { items });
        Ok(())
    }
}
