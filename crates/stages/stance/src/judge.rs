//! A class becomes a stance.

use docmill_core::layers::StancePolarity;

/// What the head says of a pair (p, q), as `models/train` numbers it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judgement {
    /// True if p is the holder, q the target; false the other way round.
    pub forward: bool,
    /// For or against.
    pub polarity: StancePolarity,
    /// Probability of the class, in (0, 1].
    pub score: f32,
}

/// How many classes there are: neutral, p for q, q for p, p against q, q against p.
pub(crate) const CLASSES: usize = 5;

/// The likeliest class by scores before softmax; none if it is neutral, or less likely than `threshold`.
pub(crate) fn judge(scores: &[f32], threshold: f32) -> Option<Judgement> {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    let sum: f32 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
    let score = 1.0 / sum;
    let (forward, polarity) = match best {
        1 => (true, StancePolarity::Favor),
        2 => (false, StancePolarity::Favor),
        3 => (true, StancePolarity::Against),
        4 => (false, StancePolarity::Against),
        _ => return None,
    };
    (score >= threshold).then_some(Judgement { forward, polarity, score })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_holder_and_side() {
        let sure = |class: usize| {
            let mut scores = [0.0; CLASSES];
            scores[class] = 9.0;
            judge(&scores, 0.5).map(|j| (j.forward, j.polarity))
        };
        assert_eq!(sure(0), None);
        assert_eq!(sure(1), Some((true, StancePolarity::Favor)));
        assert_eq!(sure(2), Some((false, StancePolarity::Favor)));
        assert_eq!(sure(3), Some((true, StancePolarity::Against)));
        assert_eq!(sure(4), Some((false, StancePolarity::Against)));
    }

    #[test]
    fn in_doubt_nothing_is_said() {
        let scores = [0.0, 0.1, 0.0, 0.0, 0.0];
        assert_eq!(judge(&scores, 0.5), None);
        let found = judge(&scores, 0.0).unwrap();
        assert!((found.score - 0.1_f32.exp() / (4.0 + 0.1_f32.exp())).abs() < 1e-6);
        assert_eq!(judge(&[f32::NAN; CLASSES], 0.0), None);
    }
}
