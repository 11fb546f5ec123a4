//! The running stage.

use docmill_core::layers::{Entities, Quote, QuoteAct, Quotes, Roles, Sentences, Speaker, Syntax, Tokens};
use docmill_core::{Document, Span, Stage, StageError, WordFile};

use crate::cue::CueKind;
use crate::draft::{Draft, Drafter};
use crate::issuer::Issuers;
use crate::lexicon::Lexicon;
use crate::mention::Mentions;
use crate::named_later::NamedLater;
use crate::people::People;
use crate::settings::QuoteSettings;
use crate::tree::Tree;

/// Adds quotations to documents that have entities.
#[derive(Debug)]
pub(crate) struct QuoteStage {
    lexicon: Lexicon,
    attitudes: bool,
    unattributed: bool,
}

impl QuoteStage {
    pub fn new(settings: &QuoteSettings, words: &[WordFile]) -> Result<Self, StageError> {
        let lexicon = Lexicon::new(words)?;
        Ok(Self { lexicon, attitudes: settings.attitudes, unattributed: settings.unattributed })
    }

    fn wanted(&self, draft: &Draft) -> bool {
        (self.attitudes || act(draft.kind) == QuoteAct::Speech && draft.speech)
            && (self.unattributed || draft.speaker.is_some())
    }
}

impl Stage for QuoteStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?;
        let tokens = doc.require::<Tokens>()?;
        let entities = doc.require::<Entities>()?;
        let people = People::new(doc, tokens, entities, &self.lexicon);
        let tree = doc.layers().get::<Syntax>().and_then(|syntax| Tree::new(syntax, tokens));
        let mut drafter = Drafter::new(doc.text(), sentences, tokens, tree.as_ref());
        drafter.read(&self.lexicon, &people);
        let all = tokens.all();
        let span = |range: &std::ops::Range<usize>| all[range.start].cover(all[range.end - 1]);
        let mut drafts = std::mem::take(&mut drafter.drafts);
        drafts.sort_by_key(|draft| (draft.sentence, draft.speaker.as_ref().map(|speaker| speaker.start)));
        let mut mentions = Mentions::new(&people, sentences, tokens, &drafter.regions, &self.lexicon);
        let issuers = tree.as_ref().map(|tree| {
            let clusters = doc.layers().get::<docmill_core::layers::Mentions>();
            Issuers::new(&people, tree, &self.lexicon, entities, sentences, tokens, clusters)
        });
        let roles = doc.layers().get::<Roles>();
        let later = (tree.as_ref().zip(roles))
            .map(|(tree, roles)| NamedLater::new(roles, &people, tree, sentences, tokens));
        let mut pieces: Vec<(Span, usize, Quote)> = Vec::new();
        for (i, draft) in drafts.iter().enumerate() {
            let speaker = draft.speaker.as_ref().map(|range| {
                let entity = mentions.of_speaker(range, draft.sentence);
                let is_person = entity.is_some_and(|mention| people.is_person(mention));
                let named = (!is_person).then(|| people.named_in(range, &self.lexicon)).flatten();
                let issuer = issuers.as_ref().filter(|_| !is_person).and_then(|issuers| issuers.of(range));
                let entity = named.or(issuer).or(entity);
                let entity = entity.or_else(|| later.as_ref().and_then(|later| later.of(range)));
                Speaker { span: span(range), entity }
            });
            if !self.wanted(draft) {
                continue;
            }
            let quote = Quote {
                kind: drafter.kind(draft),
                act: act(draft.kind),
                content: span(&draft.pieces[0]),
                speaker,
                cue: draft.cue.as_ref().map(span),
                continues: None,
            };
            pieces.extend(drafter.parts(draft).iter().map(|part| (span(part), i, quote)));
        }
        pieces.sort_by_key(|(span, draft, _)| (*span, *draft));
        let mut first = vec![None; drafts.len()];
        let items = (pieces.iter().enumerate())
            .map(|(i, (content, draft, quote))| {
                let continues = *first[*draft].get_or_insert(i as u32);
                let continues = (continues != i as u32).then_some(continues);
                Quote { content: *content, continues, ..*quote }
            })
            .collect();
        doc.layers_mut().insert(Quotes { items });
        Ok(())
    }
}

fn act(kind: CueKind) -> QuoteAct {
    match kind {
        CueKind::Say | CueKind::Speech | CueKind::Noun => QuoteAct::Speech,
        CueKind::Attitude | CueKind::Adjective | CueKind::Thought => QuoteAct::Thought,
        CueKind::Evidence => QuoteAct::Appearance,
    }
}
