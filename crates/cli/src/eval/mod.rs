//! Scores of a model against gold.

pub mod articles;
pub mod bootstrap;
pub mod brat;
pub mod classes;
pub mod conll;
pub mod jsonl;
pub mod pairs;
pub mod sentence;
pub mod spans;
pub mod speeches;
pub mod stages;
