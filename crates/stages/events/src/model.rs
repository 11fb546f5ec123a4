//! The learned weights.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Weights of one logistic regression by feature.
type Table = FxHashMap<&'static str, f32>;

/// All weights of `data/weights.tsv`.
#[derive(Debug, Default)]
pub(crate) struct Model {
    event: Table,
    actor: Table,
    recipient: Table,
    /// Of the three scores, and a constant.
    last: [f32; 4],
    /// The same where the language model was asked: table and name.
    read: FxHashMap<(&'static str, &'static str), f32>,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../data/weights.tsv")));

/// Which question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Is an event of this type told?
    Event,
    /// Are these its actors?
    Actor,
    /// Are these its recipients?
    Recipient,
}

impl Model {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn read(list: &'static str) -> Self {
        let mut model = Self::default();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [table, feature, weight] = fields[..] else { continue };
            let Ok(weight) = weight.parse::<f32>() else { continue };
            match (table, feature) {
                ("event", _) => _ = model.event.insert(feature, weight),
                ("actor", _) => _ = model.actor.insert(feature, weight),
                ("recipient", _) => _ = model.recipient.insert(feature, weight),
                ("last", "event") => model.last[0] = weight,
                ("last", "actor") => model.last[1] = weight,
                ("last", "recipient") => model.last[2] = weight,
                ("last", "b") => model.last[3] = weight,
                ("read actor" | "read recipient" | "read last", _) => {
                    _ = model.read.insert((table, feature), weight);
                }
                _ => {}
            }
        }
        model
    }

    /// The score of a question before the logistic function. Each feature counts once.
    pub fn score(&self, question: Question, features: &mut Vec<String>) -> f32 {
        features.sort_unstable();
        features.dedup();
        let table = match question {
            Question::Event => &self.event,
            Question::Actor => &self.actor,
            Question::Recipient => &self.recipient,
        };
        features.iter().filter_map(|feature| table.get(feature.as_str())).sum()
    }

    /// The score of a reading of a side: by its features, by what the language model says, and whether it is nobody.
    pub fn side(&self, question: Question, features: f32, read: f32, nobody: bool) -> f32 {
        let table = if question == Question::Actor { "read actor" } else { "read recipient" };
        let weight = |name| self.read.get(&(table, name)).copied().unwrap_or_default();
        let nobody = if nobody { weight("nobody") } else { 0.0 };
        weight("features") * features + weight("read") * read + nobody + weight("b")
    }

    /// [`Self::probability`] where the language model was asked: `event` by features, `trigger` by the model, and the
    /// [scores of the sides](Self::side).
    pub fn read_probability(&self, event: f32, trigger: f32, actor: f32, recipient: f32) -> f32 {
        let weight = |name| self.read.get(&("read last", name)).copied().unwrap_or_default();
        let scores = [("event", event), ("trigger", trigger), ("actor", actor), ("recipient", recipient)];
        logistic(scores.into_iter().map(|(name, score)| weight(name) * score).sum::<f32>() + weight("b"))
    }

    /// The probability that an event, its actors and its recipients are right, from the three scores.
    pub fn probability(&self, event: f32, actor: f32, recipient: f32) -> f32 {
        let [e, a, r, b] = self.last;
        logistic(e * event + a * actor + r * recipient + b)
    }
}

pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_whole() {
        let model = Model::shipped();
        assert!(model.event.len() > 100 && model.actor.len() > 100 && model.recipient.len() > 100);
        assert_eq!(model.read.len(), 4 + 4 + 5);
        assert!(model.last.iter().all(|weight| weight.abs() > 1e-6), "{:?}", model.last);
    }

    #[test]
    fn a_feature_counts_once() {
        let mut model = Model::default();
        model.event.insert("w=attack", 2.0);
        let mut features = vec!["w=attack".to_owned(), "unknown".to_owned(), "w=attack".to_owned()];
        assert!((model.score(Question::Event, &mut features) - 2.0).abs() < 1e-6);
    }
}
