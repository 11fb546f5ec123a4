//! Stages that are programs of their own, in any language: the stages `process.NAME`.
//!
//! ```toml
//! stages = ["tokenize", "process.topics"]
//!
//! [process.topics]
//! command = ["python3", "topics.py"]
//! workers = 2
//! ```
//!
//! A child runs for as long as the run; its environment holds `DOCMILL_STAGE`, the name of the stage. It reads JSON lines on its standard input and answers on its standard output:
//!
//! 1. docmill greets it: `{"type":"hello","protocol":1,"docmill":"0.2.0","stage":"topics"}`.
//! 2. It says what it is: `{"type":"hello","protocol":1,"name":"topics","version":"3","requires":["sentences"],
//!    "provides":[{"layer":"topics","schema":{...}}]}`. The schema is JSON Schema of the layer, and may be left out.
//! 3. docmill sends documents, some at once: `{"type":"batch","documents":[{"seq":7,"id":...,"text":...,"meta":{...},
//!    "layers":{"sentences":[...]}}]}`; the layers are those it requires, as the output shows them, in code points.
//! 4. It answers each document on a line of its own, in any order: `{"type":"answer","seq":7,"layers":{"topics":[...]}}`,
//!    or `{"type":"answer","seq":7,"error":"the reason"}`, which costs that document.
//! 5. docmill closes its standard input, and it ends.
//!
//! Each object of a layer whose `start` and `end` are numbers is a span of the text, in code points.
//!
//! What a child does wrong costs documents, never the run: one that hangs, dies, floods or talks nonsense is ended with
//! all its own children and started again; the documents that it has not answered are sent once more, one by one, so
//! that only those at fault fail. An answer may depend on its document alone.

mod child;
mod fault;
mod handshake;
mod marked;
mod passed_on;
mod protocol;
mod registry;
mod said;
mod schema;
mod settings;
mod watchdog;
mod worker;

use docmill_core::StageEntry;

pub use registry::kill_all;
pub use settings::ProcessSettings;

/// The stages of this crate: any number of them, each with its table.
pub const STAGES: &[StageEntry] = &[StageEntry::family::<ProcessSettings>(
    "process",
    "runs a program of yours, in any language, as a stage",
)];

/// Version of what is said between docmill and a child. A child of another version is refused.
pub const PROTOCOL: u32 = 1;
