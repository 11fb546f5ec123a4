//! The running stage.

use docmill_bert::{Biaffine, Parse};
use docmill_core::layers::{EncodedWindow, Encodings, Sentences, Syntax, Tokens, Upos, Word};
use docmill_core::{Document, Stage, StageError, reading};

use crate::lemmas::Lemmas;
use crate::tree::best_tree;

/// Adds syntax to documents that are encoded.
#[derive(Debug)]
pub struct Parser {
    head: Biaffine,
    lemmas: Lemmas,
    upos: Vec<Upos>,
    /// The model's relations, and those that the stage needs besides.
    relations: Vec<String>,
    root: u8,
    parataxis: u8,
    dep: u8,
}

impl Parser {
    /// Puts a model's head to use. The error is what of the model does not fit.
    pub fn new(head: Biaffine, lemmas: Lemmas) -> Result<Self, String> {
        let upos = head
            .upos()
            .iter()
            .map(|name| Upos::parse(name).ok_or_else(|| format!("`{name}` is no universal part of speech")));
        let upos = upos.collect::<Result<_, _>>()?;
        let mut relations = head.deprel().to_vec();
        let mut index_of = |name: &str| {
            let index = relations.iter().position(&|relation| relation == name).unwrap_or_else(|| {
                relations.push(name.to_owned());
                relations.len() - 1
            });
            u8::try_from(index).map_err(|_| "it has too many relations".to_owned())
        };
        let (root, parataxis, dep) = (index_of("root")?, index_of("parataxis")?, index_of("dep")?);
        Ok(Self { head, lemmas, upos, relations, root, parataxis, dep })
    }

    /// Parses what a window keeps: its words with the token of each, heads among them. Returns the root.
    fn parse_window(
        &self,
        encodings: &Encodings,
        window: &EncodedWindow,
        form: impl Fn(u32) -> Box<str>,
        parse: &mut Parse,
        words: &mut [Option<Word>],
        first: u32,
    ) -> Result<Option<u32>, StageError> {
        let tokens = &encodings.tokens[window.tokens.start as usize..window.tokens.end as usize];
        let mut rows = encodings.row(window.rows.start).to_vec();
        let mut known = Vec::with_capacity(tokens.len());
        for token in tokens.iter().filter(|token| !token.rows.is_empty()) {
            rows.extend_from_slice(encodings.row(token.rows.start));
            known.push(token.token);
        }
        self.head.read(&rows, parse);
        if !parse.arcs.iter().all(|score| score.is_finite()) {
            return Err(StageError::Document("the model gave scores that are not numbers".to_owned()));
        }
        let heads = best_tree(&parse.arcs, known.len());
        let root = self.root;
        let relations = self.head.relations(&heads, &|relation| relation != usize::from(root), parse);
        let mut top = None;
        for (i, (&token, &head)) in known.iter().zip(&heads).enumerate() {
            let upos = self.upos.get(parse.upos[i] as usize).copied().unwrap_or(Upos::X);
            let lemma = self.lemmas.lemma(&form(token), upos, parse.lemma[i]);
            let (head, relation) = match head.checked_sub(1) {
                Some(word) => (known[word], relations[i] as u8),
                None => (token, root),
            };
            if head == token {
                top = Some(token);
            }
            words[(token - first) as usize] = Some(Word { lemma, upos, head, relation });
        }
        Ok(top)
    }
}

impl Stage for Parser {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?.items.len();
        let tokens = doc.require::<Tokens>()?;
        let encodings = doc.require::<Encodings>()?;
        if encodings.hidden != self.head.hidden() && !encodings.rows.is_empty() {
            let (given, wanted) = (encodings.hidden, self.head.hidden());
            let message =
                format!("encodings of {given} values, but the head wants {wanted}; use one model for both");
            return Err(StageError::Document(message));
        }
        let form = |token: u32| -> Box<str> {
            let span = tokens.all().get(token as usize);
            reading(span.and_then(|span| span.slice(doc.text())).unwrap_or_default()).into()
        };
        let mut syntax = Syntax::new(self.relations.iter().map(String::as_str));
        let mut parse = Parse::default();
        for sentence in 0..sentences {
            let range = tokens.range_of(sentence);
            let first = range.start as u32;
            let mut words: Vec<Option<Word>> = vec![None; range.len()];
            let mut root = None;
            for window in encodings.windows_of(sentence as u32) {
                let top = self.parse_window(encodings, window, form, &mut parse, &mut words, first)?;
                match (root, top) {
                    (None, _) => root = top,
                    (Some(root), Some(top)) => {
                        if let Some(word) = &mut words[(top - first) as usize] {
                            (word.head, word.relation) = (root, self.parataxis);
                        }
                    }
                    (Some(_), None) => {}
                }
            }
            // What the model did not read.
            let root = root.unwrap_or(first);
            for (token, word) in (first..).zip(words) {
                let relation = if token == root { self.root } else { self.dep };
                let missing = || Word { lemma: form(token), upos: Upos::X, head: root, relation };
                syntax.push(word.unwrap_or_else(missing));
            }
        }
        doc.layers_mut().insert(syntax);
        Ok(())
    }
}
