//! The conformance kit: what every stage must keep, as a test that a stage crate runs on itself.
//!
//! ```no_run
//! # use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
//! # #[derive(Debug, Default)] struct Settings {}
//! # impl StageConfig for Settings {
//! #     fn provides(&self) -> Vec<LayerKey> { vec![] }
//! #     fn build(&self, _: &BuildContext) -> Result<BuiltStage, StageError> { Err(StageError::MissingLayer("x")) }
//! # }
//! docmill_core::testing::Conformance::of(&Settings::default()).check();
//! ```

mod conformance;
mod corpus;
mod marked;
mod plain;
mod ready;

pub use conformance::Conformance;
pub use corpus::corpus;
pub use marked::Marked;
pub use plain::plain_layers;
pub use ready::{Ready, annotate, build, build_shared};
