//! A gold text as a document of one sentence.

use anyhow::Result;
use docmill_core::layers::{Entities, Entity, Sentence, Sentences, Tokens};
use docmill_core::{BuildContext, Document, Meta, Source, Span};
use docmill_engine::Plan;

use super::stages::Stages;

/// Words of gold texts, by the stage that provides them.
pub struct SentenceWords(Stages);

impl SentenceWords {
    /// The stage of a plan that provides words.
    pub fn new(plan: &Plan, context: &BuildContext) -> Result<Self> {
        Stages::up_to_layer("tokens", &[], plan, context).map(Self)
    }

    /// The text as one sentence, whatever the stage makes of it; its words are that stage's.
    pub fn document(&mut self, text: &str) -> Result<Document> {
        let mut doc = Document::new("gold", Source::default(), Meta::default(), text.to_owned())?;
        self.0.annotate(&mut doc)?;
        let words = doc.require::<Tokens>()?.all().to_vec();
        let mut tokens = Tokens::default();
        for word in words {
            tokens.push(word);
        }
        tokens.end_sentence();
        let whole = Sentence { span: Span::new(0, text.len()), paragraph: 0 };
        doc.layers_mut().insert(Sentences { items: vec![whole] });
        doc.layers_mut().insert(tokens);
        Ok(doc)
    }
}

/// Answers for single sentences with given mentions. The text is taken as one sentence, whatever the stage `tokenize`
/// makes of it; its words are that stage's.
pub struct SentenceStages {
    words: SentenceWords,
    rest: Stages,
}

impl SentenceStages {
    /// The stages that the stage `key` needs.
    pub fn new(key: &str, plan: &Plan, context: &BuildContext) -> Result<Self> {
        Ok(Self {
            words: SentenceWords::new(plan, context)?,
            rest: Stages::up_to(key, &["sentences", "tokens", "entities"], plan, context)?,
        })
    }

    /// The text with the mentions at `spans` and what the stages say of it. Mention `i` of the layer is the `i`th of
    /// `spans` in text order.
    pub fn annotate(&mut self, text: &str, spans: &[Span]) -> Result<Document> {
        let mut doc = self.words.document(text)?;
        let mut spans = spans.to_vec();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        let entity = |span| Entity { span, label: "MISC".into(), score: 1.0, sentence: 0 };
        doc.layers_mut().insert(Entities { items: spans.into_iter().map(entity).collect() });
        self.rest.annotate(&mut doc)?;
        Ok(doc)
    }
}
