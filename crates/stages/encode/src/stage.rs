//! The running stage.

use std::sync::{Mutex, PoisonError};

use docmill_bert::{Encoded, Encoder, Scratch, Sequence};
use docmill_core::layers::{EncodedToken, EncodedWindow, EncodedWord, Encodings, Sentences, Tokens};
use docmill_core::{Document, Stage, StageError};
use docmill_pretrained::{Input, Reader, Specials};

use crate::kept::Kept;

/// Adds encodings to documents.
///
/// Not a batch stage: those see a whole chunk, and the encodings of all its documents would be in memory at once. So
/// each document goes through all heads before the next one is encoded; memory that can be kept lies in a pool.
pub(crate) struct Encode {
    encoder: Encoder,
    reader: Reader,
    idle: Mutex<Vec<Worker>>,
    kept: Option<Kept>,
}

/// Memory of a call, kept for the next.
struct Worker {
    reader: Reader,
    scratch: Scratch,
    encoded: Encoded,
}

impl Encode {
    pub fn new(encoder: Encoder, reader: Reader, kept: Option<Kept>) -> Self {
        Self { encoder, reader, idle: Mutex::default(), kept }
    }

    /// A worker that nobody uses. One that was in use at a panic is never given back.
    fn worker(&self) -> Worker {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Worker {
            reader: self.reader.clone(),
            scratch: Scratch::default(),
            encoded: Encoded::default(),
        })
    }
}

impl Stage for Encode {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?.items.len();
        let tokens = doc.require::<Tokens>()?;
        if tokens.sentences() != sentences {
            let message = format!("{sentences} sentences, but tokens of {}", tokens.sentences());
            return Err(StageError::Document(message));
        }
        let mut worker = self.worker();
        let input = worker.reader.read(doc.text(), tokens)?;
        let encodings = worker.encode(&self.encoder, self.kept.as_ref(), &input, tokens)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        doc.layers_mut().insert(encodings);
        Ok(())
    }
}

impl Worker {
    fn encode(
        &mut self,
        encoder: &Encoder,
        kept: Option<&Kept>,
        input: &Input,
        tokens: &Tokens,
    ) -> Result<Encodings, StageError> {
        let mut layer = laid_out(input, tokens, encoder.config().hidden_size);
        let Specials { first, last, .. } = self.reader.specials();
        let total = layer.windows.last().map_or(0, |window| window.rows.end as usize);
        let (mut ids, mut types) = (Vec::with_capacity(total), Vec::with_capacity(total));
        for (_, window) in &input.windows {
            ids.push(first);
            types.push(0);
            ids.extend_from_slice(input.pieces.ids_of(window.words.clone()));
            for word in window.words.clone() {
                types.resize(types.len() + input.pieces.len_of(word), input.pieces.type_of(word));
            }
            ids.push(last);
            types.push(0);
        }
        let sequences: Vec<Sequence<'_>> = (layer.windows.iter())
            .map(|window| window.rows.start as usize..window.rows.end as usize)
            .map(|rows| Sequence { ids: &ids[rows.clone()], types: &types[rows] })
            .collect();
        // A document without words has no rows.
        let kept = kept.filter(|_| total > 0).map(|kept| (kept, kept.key(&sequences)));
        let values = total * layer.hidden * if encoder.keeps_middle() { 2 } else { 1 };
        if let Some(mut rows) = kept.as_ref().and_then(|(kept, key)| kept.find(key, values)) {
            layer.middle = rows.split_off(total * layer.hidden);
            layer.rows = rows;
            return Ok(layer);
        }
        encoder.encode(&sequences, &mut self.scratch, &mut self.encoded)?;
        layer.rows = self.encoded.take_rows();
        layer.middle = self.encoded.take_middle();
        if let Some((kept, key)) = kept {
            kept.keep(&key, [&layer.rows, &layer.middle]);
        }
        Ok(layer)
    }
}

/// The layer without its rows: where each word and window will have them.
fn laid_out(input: &Input, tokens: &Tokens, hidden: usize) -> Encodings {
    let mut layer = Encodings { hidden, ..Encodings::default() };
    let mut row = 0;
    let mut next = tokens.all().iter().zip(&input.of_tokens).enumerate().peekable();
    for (sentence, window) in &input.windows {
        let (first_row, first_word) = (row, layer.words.len() as u32);
        row += 1;
        for word in window.words.clone() {
            let end = row + input.pieces.len_of(word) as u32;
            layer.words.push(EncodedWord { span: input.words.all()[word], rows: row..end });
            row = end;
        }
        row += 1;
        let of = |word: usize| first_word + (word - window.words.start) as u32;
        let keep = of(window.keep.start)..of(window.keep.end);
        let first_token = layer.tokens.len() as u32;
        for word in &layer.words[keep.start as usize..keep.end as usize] {
            let mut start = word.rows.start;
            while let Some((token, (span, pieces))) = next.next_if(|(_, (span, _))| span.end <= word.span.end)
            {
                // Those before the word are of sentences that the model does not read.
                if span.start >= word.span.start {
                    layer.tokens.push(EncodedToken { token: token as u32, rows: start..start + pieces });
                    start += pieces;
                }
            }
        }
        layer.windows.push(EncodedWindow {
            sentence: *sentence,
            rows: first_row..row,
            words: first_word..layer.words.len() as u32,
            keep,
            tokens: first_token..layer.tokens.len() as u32,
        });
    }
    layer
}
