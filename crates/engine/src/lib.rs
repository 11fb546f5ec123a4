//! Runs documents through stages: checks the plan before any work, spreads chunks over rayon workers, keeps input
//! order, and lets a bad document cost nothing but itself.
//!
//! - [`Registry`]: the stages a program is built with.
//! - [`Plan`]: the stages a config asks for, checked against each other.
//! - [`Pipeline`]: the plan with everything loaded.
//! - [`run`]: many documents through a pipeline.

mod catch_panic;
mod chunk;
mod executor;
mod loaded_stage;
mod outcome;
mod pipeline;
mod plan;
mod pool;
mod registry;
mod stats;
mod when;
mod window;

pub use catch_panic::{quiet_panics, take_panic_place};
pub use docmill_core::Unreadable;
pub use executor::{Job, Limits, run};
pub use outcome::{Failure, Finished, Outcome, Status};
pub use pipeline::{Pipeline, WindowDone};
pub use plan::{Plan, PlanError, PlannedStage, Problem};
pub use registry::{DuplicateStage, Registry};
pub use stats::{RunStats, StageStats, Totals};
pub use when::When;
