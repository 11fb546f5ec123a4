//! Readers of gold, one for each format.

pub mod articles;
pub mod brat;
pub mod conll;
pub mod conllu;
pub mod jsonl;
pub mod pairs;
pub mod speeches;
pub mod timeml;
pub mod toponyms;
