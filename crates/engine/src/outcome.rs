//! What becomes of a document: under way, and at the end.

use std::error::Error as _;
use std::fmt;

use docmill_core::{Document, Source, StageError, Unreadable};
use serde::Serialize;

/// Why a document failed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Key of the stage; `None` if the input could not be read or the record not be written.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
    /// What caused it, the nearest cause first.
    pub causes: Vec<String>,
}

impl Failure {
    pub(crate) fn of(stage: &str, error: &StageError) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(next) = cause {
            causes.push(next.to_string());
            cause = next.source();
        }
        Self { stage: Some(stage.to_owned()), message: error.to_string(), causes }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stage {
            Some(stage) => write!(f, "stage `{stage}`: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// A document under way, with its failure once it has one.
pub(crate) struct WorkItem {
    pub doc: Document,
    pub failure: Option<Failure>,
    /// Bytes of the windows that have gone through the stages, if it goes in windows.
    pub in_windows: u64,
}

impl WorkItem {
    pub fn new(doc: Document) -> Self {
        Self { doc, failure: None, in_windows: 0 }
    }

    pub fn active(&self) -> bool {
        self.failure.is_none() && self.doc.filtered().is_none()
    }
}

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every stage succeeded.
    Ok,
    /// A stage failed, or the input could not be read.
    Failed,
    /// A stage took it out on purpose.
    Filtered,
    /// Left out as the double of an earlier one.
    Duplicate,
}

/// How an input ended.
#[derive(Debug)]
pub enum Outcome {
    /// Every stage succeeded.
    Done(Document),
    /// A stage failed.
    Failed(Document, Failure),
    /// A stage took the document out on purpose.
    Filtered(Document),
    /// The input did not become a document.
    Unreadable(Box<Unreadable>),
}

/// What the sink is handed for each input, in input order.
#[derive(Debug)]
pub struct Finished<T> {
    /// What to write, if anything.
    pub output: Option<T>,
    /// Id of the document or input.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// How it ended.
    pub status: Status,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// Bytes of its text.
    pub bytes: u64,
    /// Those of them that were reported to [`Job::window`](crate::Job::window).
    pub in_windows: u64,
    /// Its tokens.
    pub words: u64,
    /// True if its output was [known](crate::Job::known) and no stage ran. Bytes are those of the input then, and no tokens are
    /// counted.
    pub reused: bool,
}

impl Outcome {
    pub(crate) fn failed_to_render(self, reason: &str) -> Self {
        let message = format!("internal error: writing the record failed: {reason}");
        match self {
            Self::Done(doc) | Self::Failed(doc, _) | Self::Filtered(doc) => {
                Self::Failed(stripped(doc), Failure { stage: None, message, causes: Vec::new() })
            }
            Self::Unreadable(failed) => Self::Unreadable(Box::new(Unreadable { message, ..*failed })),
        }
    }

    pub(crate) fn source(&self) -> &Source {
        match self {
            Self::Done(doc) | Self::Failed(doc, _) | Self::Filtered(doc) => doc.source(),
            Self::Unreadable(failed) => &failed.source,
        }
    }

    pub(crate) fn summary(&self) -> (String, Status, Option<Failure>) {
        match self {
            Self::Done(doc) => (doc.id().to_owned(), Status::Ok, None),
            Self::Failed(doc, failure) => (doc.id().to_owned(), Status::Failed, Some(failure.clone())),
            Self::Filtered(doc) => (doc.id().to_owned(), Status::Filtered, None),
            Self::Unreadable(failed) => {
                let failure = Failure { stage: None, message: failed.message.clone(), causes: Vec::new() };
                (failed.id.clone(), Status::Failed, Some(failure))
            }
        }
    }
}

fn stripped(mut doc: Document) -> Document {
    let names: Vec<&str> = doc.layers().names().collect();
    for name in names {
        doc.layers_mut().remove(name);
    }
    doc
}
