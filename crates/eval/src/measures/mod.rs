//! What scores are made of.

pub mod bootstrap;
pub mod classes;
pub mod conll18;
pub mod counts;
pub mod line;
pub mod spans;
