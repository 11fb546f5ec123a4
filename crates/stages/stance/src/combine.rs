//! The model and the rules make one judgement.
//!
//! The head gives five classes their scores before softmax. Where the rules read a side, their vote is added to the
//! score of the class that they name, as evidence is added in naive Bayes. So the rules lift a stance over the threshold
//! that the model was unsure of. Where the two contradict each other, nothing is said.
//!
//! How much the vote counts (`stance.rule_weight`) was chosen on the five tuned articles of `tests/gold/articles` and on
//! the validation part of the directed sentiment of Park and others (ACL 2021), with the threshold. In nats the vote would
//! be worth 3 (the logarithm of how much oftener the rules name a class where it is right than where it is not), if the
//! head's scores were honest; but it says .95 where it is right in 71 of 100, so its scores are several times too large,
//! and the vote has to be.

use docmill_core::layers::StancePolarity;

use crate::direction::Agent;
use crate::judge::{Judgement, judge};

/// What the rules say of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Vote {
    pub agent: Agent,
    pub polarity: StancePolarity,
}

impl Vote {
    /// The vote for a side: 1, -1, or none for 0.
    pub fn new(agent: Agent, side: i8) -> Option<Self> {
        let polarity = match side {
            1 => StancePolarity::Favor,
            -1 => StancePolarity::Against,
            _ => return None,
        };
        Some(Self { agent, polarity })
    }

    /// Whether a judgement is what the vote is for.
    fn says(self, judged: Judgement) -> bool {
        let agent = if judged.forward { Agent::First } else { Agent::Second };
        self.polarity == judged.polarity && (self.agent == Agent::Both || self.agent == agent)
    }

    /// Classes that the vote is for, as the head numbers them.
    fn classes(self) -> &'static [usize] {
        match (self.polarity, self.agent) {
            (StancePolarity::Against, Agent::First) => &[3],
            (StancePolarity::Against, Agent::Second) => &[4],
            (StancePolarity::Against, Agent::Both) => &[3, 4],
            (_, Agent::First) => &[1],
            (_, Agent::Second) => &[2],
            (_, Agent::Both) => &[1, 2],
        }
    }
}

/// The stances of a pair by the model's scores before softmax and the rules' vote: none if neutral is likelier, if they
/// are less likely than `threshold`, or if model and rules contradict each other. Two where the rules say that both hold
/// it.
pub(crate) fn combine(scores: &[f32], vote: Option<Vote>, weight: f32, threshold: f32) -> Vec<Judgement> {
    let mut scores = scores.to_vec();
    for &class in vote.map_or(&[][..], Vote::classes) {
        if let Some(score) = scores.get_mut(class) {
            *score += weight;
        }
    }
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    let share = |class: usize| scores.get(class).map_or(0.0, |score| (score - top).exp() / sum);
    // One either way: they are one answer to which side there is.
    if let Some(vote) = vote.filter(|vote| vote.agent == Agent::Both) {
        let score: f32 = vote.classes().iter().map(|&class| share(class)).sum();
        let others = (0..scores.len()).filter(|class| !vote.classes().contains(class)).map(share);
        if score >= threshold && others.fold(0.0, f32::max) < score {
            return [true, false]
                .map(|forward| Judgement { forward, polarity: vote.polarity, score })
                .to_vec();
        }
        return Vec::new();
    }
    let judged = judge(&scores, threshold).filter(|&judged| vote.is_none_or(|vote| vote.says(judged)));
    judged.into_iter().collect()
}

/// The stances of a pair by the rules alone. Their score is the share of the stances that the rules read which were
/// right in the train part of the directed sentiment of Park and others (ACL 2021): 564 of 669 against, 263 of 351 for.
pub(crate) fn rules_alone(vote: Option<Vote>, threshold: f32) -> Vec<Judgement> {
    let Some(vote) = vote else { return Vec::new() };
    let score = if vote.polarity == StancePolarity::Against { 0.84 } else { 0.75 };
    let ways: &[bool] = match vote.agent {
        Agent::First => &[true],
        Agent::Second => &[false],
        Agent::Both => &[true, false],
    };
    let judged = ways.iter().map(|&forward| Judgement { forward, polarity: vote.polarity, score });
    judged.filter(|judged| judged.score >= threshold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(scores: [f32; 5], vote: Option<Vote>) -> Option<(bool, StancePolarity)> {
        combine(&scores, vote, 1.5, 0.7).first().map(|j| (j.forward, j.polarity))
    }

    #[test]
    fn the_rules_lift_and_forbid() {
        let against = Vote::new(Agent::First, -1);
        let unsure = [1.0, 0.0, 0.0, 1.2, 0.0];
        assert_eq!(one(unsure, None), None);
        assert_eq!(one(unsure, against), Some((true, StancePolarity::Against)));
        let sure = [0.0, 0.0, 0.0, 3.0, 0.0];
        assert_eq!(one(sure, None), Some((true, StancePolarity::Against)));
        assert_eq!(one(sure, Vote::new(Agent::First, 1)), None);
        assert_eq!(one(sure, Vote::new(Agent::Second, -1)), None);
        // They do not talk the model out of what it is certain of.
        assert_eq!(one([6.0, 0.0, 0.0, 0.0, 0.0], against), None);
        assert_eq!(Vote::new(Agent::First, 0), None);
    }

    #[test]
    fn both_hold_it() {
        let both = Vote::new(Agent::Both, 1);
        let found = combine(&[0.0, 1.0, 1.0, -2.0, -2.0], both, 1.5, 0.7);
        assert_eq!(found.iter().map(|j| j.forward).collect::<Vec<_>>(), [true, false]);
        assert!(found[0].score > 0.9 && found[0].score < 1.0);
        assert_eq!(combine(&[5.0, 1.0, 1.0, -2.0, -2.0], both, 1.5, 0.7), []);
        assert_eq!(rules_alone(both, 0.7).len(), 2);
        assert_eq!(rules_alone(both, 0.8), []);
        assert_eq!(rules_alone(None, 0.0), []);
    }

    #[test]
    fn no_numbers_say_nothing() {
        assert_eq!(combine(&[f32::NAN; 5], Vote::new(Agent::Both, 1), 1.5, 0.0), []);
        assert_eq!(combine(&[f32::NAN; 5], None, 1.5, 0.0), []);
    }
}
