//! The stage: documents to a child and back, whatever the child does.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use docmill_core::{BatchStage, Document, ForeignLayer, StageError};
use jsonschema::Validator;
use serde_json::{Map, Value};

use crate::child::{Child, Spec};
use crate::fault::{Fault, excerpt};
use crate::handshake::Hello;
use crate::protocol::{Answer, Batch, Sent};

/// What all children of a stage share.
pub struct Shared {
    pub spec: Spec,
    /// What the first one said of itself; the others must say the same.
    pub hello: Hello,
    pub requires: Vec<&'static str>,
    /// The layers they provide, with what holds answers against their schema.
    pub provides: Vec<(&'static str, Option<Validator>)>,
    pub batch: usize,
    pub restarts: u32,
    /// The child of the handshake, until it is given work.
    pub first: Mutex<Option<Child>>,
    /// Starts in a row that have failed.
    pub failed_starts: AtomicU32,
    /// Why there will be no more.
    pub given_up: OnceLock<String>,
}

impl Shared {
    fn start(&self) -> Result<Child, Fault> {
        let child = Child::start(&self.spec)?;
        if *child.hello() == self.hello {
            return Ok(child);
        }
        let (old, new) = (&self.hello, child.hello());
        let change = format!("{} {}, not {} {}", new.name, new.version, old.name, old.version);
        Err(Fault::Changed(excerpt(&change)))
    }

    /// Starts a child, unless too many starts in a row have failed: that has nothing to do with documents.
    fn start_again(&self) -> Result<Child, String> {
        if let Some(reason) = self.given_up.get() {
            return Err(reason.clone());
        }
        match self.start() {
            Ok(child) => {
                self.failed_starts.store(0, Ordering::Relaxed);
                Ok(child)
            }
            Err(fault) => {
                let reason = fault.to_string();
                if self.failed_starts.fetch_add(1, Ordering::Relaxed) >= self.restarts {
                    self.given_up.get_or_init(|| format!("{reason}; it is started no more (`restarts`)"));
                }
                Err(reason)
            }
        }
    }
}

/// One child of the pool, and its successors.
pub struct Worker {
    shared: Arc<Shared>,
    child: Option<Child>,
    next_seq: u64,
}

/// What came of a document; nothing yet.
type Outcome = Option<Result<(), StageError>>;

impl Worker {
    /// A worker with its child running.
    pub fn new(shared: Arc<Shared>) -> Result<Self, StageError> {
        let first = shared.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let child = match first {
            Some(child) => child,
            None => shared.start().map_err(|fault| StageError::Document(fault.to_string()))?,
        };
        Ok(Self { shared, child: Some(child), next_seq: 0 })
    }

    /// Documents that go to the child together.
    fn together(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        let mut outcomes: Vec<Outcome> = docs.iter().map(|_| None).collect();
        if self.ask(docs, &mut outcomes).is_err() {
            // Nobody knows whose fault it was. Each document that has no answer is asked about by itself.
            for (doc, outcome) in docs.iter_mut().zip(&mut outcomes).filter(|(_, outcome)| outcome.is_none())
            {
                *outcome = Some(self.alone(doc));
            }
        }
        let unanswered = || Err(StageError::Document("the process gave no answer".to_owned()));
        outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(unanswered)).collect()
    }

    /// One document, as often as `restarts` allows.
    fn alone(&mut self, doc: &mut Document) -> Result<(), StageError> {
        let mut reason = String::new();
        for _ in 0..self.shared.restarts {
            let mut outcome = [None];
            match self.ask(&mut [&mut *doc], &mut outcome) {
                Ok(()) => {
                    if let [Some(result)] = outcome {
                        return result;
                    }
                }
                Err(told) => reason = told,
            }
        }
        Err(StageError::Document(reason))
    }

    /// Sends documents and takes their answers. A child that is at fault is ended; what it has answered before stands.
    fn ask(&mut self, docs: &mut [&mut Document], outcomes: &mut [Outcome]) -> Result<(), String> {
        let mut child = match self.child.take() {
            Some(child) => child,
            None => self.shared.start_again()?,
        };
        match self.converse(&mut child, docs, outcomes) {
            Ok(()) => {
                self.child = Some(child);
                Ok(())
            }
            Err(fault) => {
                child.kill();
                Err(fault.to_string())
            }
        }
    }

    fn converse(
        &mut self,
        child: &mut Child,
        docs: &mut [&mut Document],
        outcomes: &mut [Outcome],
    ) -> Result<(), Fault> {
        let first = self.next_seq;
        // Numbers are never used twice: a late answer is told from one to a later document.
        self.next_seq += docs.len() as u64;
        let mut documents = Vec::with_capacity(docs.len());
        for ((doc, outcome), seq) in docs.iter().zip(outcomes.iter_mut()).zip(first..) {
            match Sent::new(doc, seq, &self.shared.requires) {
                Ok(sent) => documents.push(sent),
                Err(error) => *outcome = Some(Err(error)),
            }
        }
        let mut waiting = documents.len();
        if waiting > 0 {
            child.send(&Batch { documents })?;
        }
        while waiting > 0 {
            let line = child.receive(self.shared.spec.timeout)?;
            let answer = Answer::read(&line).map_err(|error| {
                Fault::Garbage(format!(
                    "`{}` is no answer: {error}",
                    excerpt(&String::from_utf8_lossy(&line))
                ))
            })?;
            let index = answer.seq.checked_sub(first).and_then(|index| usize::try_from(index).ok());
            let place = index.and_then(|index| Some((docs.get_mut(index)?, outcomes.get_mut(index)?)));
            let Some((doc, outcome @ None)) = place else {
                return Err(Fault::Garbage("an answer to a document that waits for none".to_owned()));
            };
            *outcome = Some(
                answer
                    .result()
                    .and_then(|layers| self.shared.take(layers, doc))
                    .map_err(StageError::Document),
            );
            waiting -= 1;
        }
        Ok(())
    }
}

impl Shared {
    /// Checks the layers of an answer and adds them to their document.
    fn take(&self, mut layers: Map<String, Value>, doc: &mut Document) -> Result<(), String> {
        for (name, validator) in &self.provides {
            let value = layers.remove(*name).ok_or_else(|| format!("the answer has no layer `{name}`"))?;
            if let Some(validator) = validator
                && let Err(error) = validator.validate(&value)
            {
                let reason = excerpt(&error.to_string());
                return Err(format!("layer `{name}`{}: {reason}, by its schema", error.instance_path()));
            }
            let layer = ForeignLayer::from_code_points(name, value, doc.text())
                .map_err(|reason| format!("layer `{name}`{}", excerpt(&reason)))?;
            doc.layers_mut().insert_foreign(layer);
        }
        match layers.keys().next() {
            Some(other) => {
                Err(format!("the answer has a layer `{}`, which it does not provide", excerpt(other)))
            }
            None => Ok(()),
        }
    }
}

impl BatchStage for Worker {
    fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        let batch = self.shared.batch;
        docs.chunks_mut(batch).flat_map(|docs| self.together(docs)).collect()
    }
}
