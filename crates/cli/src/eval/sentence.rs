//! A gold text as a document of one sentence.

use anyhow::Result;
use docmill_core::layers::{Entities, Entity, Sentence, Sentences, Tokens};
use docmill_core::{BuildContext, Document, Meta, Source, Span};
use docmill_engine::Plan;

use super::stages::Stages;

/// Answers for single sentences with given mentions. The text is taken as one sentence, whatever the stage `tokenize`
/// makes of it; its words are that stage's.
pub struct SentenceStages {
    words: Stages,
    rest: Stages,
}

impl SentenceStages {
    /// The stages that the stage `key` needs.
    pub fn new(key: &str, plan: &Plan, context: &BuildContext) -> Result<Self> {
        let provider = |layer: &str| {
            let stages = plan.stages().iter();
            let mut provides = stages.filter(|s| s.config.provides().iter().any(|k| k.name() == layer));
            provides.next().map_or_else(|| "tokenize".to_owned(), |stage| stage.key.clone())
        };
        Ok(Self {
            words: Stages::up_to(&provider("tokens"), &[], plan, context)?,
            rest: Stages::up_to(key, &["sentences", "tokens", "entities"], plan, context)?,
        })
    }

    /// The text with the mentions at `spans` and what the stages say of it. Mention `i` of the layer is the `i`th of
    /// `spans` in text order.
    pub fn annotate(&mut self, text: &str, spans: &[Span]) -> Result<Document> {
        let mut doc = Document::new("gold", Source::default(), Meta::default(), text.to_owned())?;
        self.words.annotate(&mut doc)?;
        let words = doc.require::<Tokens>()?.all().to_vec();
        let mut tokens = Tokens::default();
        for word in words {
            tokens.push(word);
        }
        tokens.end_sentence();
        let whole = Sentence { span: Span::new(0, text.len()), paragraph: 0 };
        let mut spans = spans.to_vec();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        let entity = |span| Entity { span, label: "MISC".into(), score: 1.0, sentence: 0 };
        doc.layers_mut().insert(Sentences { items: vec![whole] });
        doc.layers_mut().insert(tokens);
        doc.layers_mut().insert(Entities { items: spans.into_iter().map(entity).collect() });
        self.rest.annotate(&mut doc)?;
        Ok(doc)
    }
}
