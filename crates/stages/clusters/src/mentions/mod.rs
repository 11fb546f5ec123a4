//! What stands for the clusters beside their names: pronouns and noun phrases, the stage `mentions`.
//!
//! - `scan` finds pronouns, noun phrases (`nouns`, `phrases`) and names by the syntax, in text order.
//! - `discourse` keeps what is known of each thing spoken of so far: its kind, its sex, its offices, where it stood last.
//! - `link` goes through the mentions. Relative pronouns, appositions and `the Greek government` are linked by rule; for
//!   all else a model ranks a bounded number of things spoken of before, and nothing (`features`, `model`). What is
//!   likelier than the threshold is linked; all else is left open. `offices` names who was called by an office first.
//! - `unnamed` makes clusters of the things that have no name.
//!
//! The model is log-linear, one set of weights for each class of mention, learned by `models/train/news_en/coref.py`;
//! `rows` writes what it learns from.

mod class;
mod discourse;
mod features;
mod link;
mod model;
mod nouns;
mod offices;
mod phrases;
mod reach;
mod rows;
mod scan;
mod settings;
mod stage;
mod unnamed;
mod words;

pub use rows::rows;
pub use settings::MentionsSettings;
pub use unnamed::Unnamed;
