//! Scores of a model against gold.

pub mod bootstrap;
pub mod conll;
pub mod spans;
pub mod stages;
