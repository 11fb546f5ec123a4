//! One run from inputs to outputs: resume, reuse, duplicates, memory bound. No command line: the program, the Python
//! package and tests say what they want in [`Options`], and hear of it through an [`Observer`].

mod annotator;
mod duplicates;
mod error;
mod exclude_outputs;
mod failed;
mod finalize;
mod fingerprint;
mod heap;
mod job;
mod ledger;
mod limit;
mod line;
mod listed;
mod memory;
mod merge;
mod observer;
mod options;
mod report;
mod resume;
mod retry;
mod reuse;
mod run;
mod setup;
mod sink;
mod stages;
mod summary;
mod unchanged;

pub use annotator::Annotator;
pub use docmill_config::ConfigOptions;
pub use docmill_engine::quiet_panics;
pub use docmill_input::{Archive, Item};
pub use docmill_pretrained::keep_shipped_in;
pub use error::with_causes;
pub use job::Lines;
pub use limit::FailureLimit;
pub use line::{Input, Line};
pub use merge::merge;
pub use observer::Observer;
pub use options::Options;
pub use report::{FailureLine, check as check_report};
pub use retry::{Retried, RetryOptions, retry};
pub use run::{Run, run};
pub use setup::Setup;
pub use stages::{STAGES, registry};
pub use summary::{RunEnding, Summary};
