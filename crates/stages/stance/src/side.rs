//! Which side an act takes.

use std::ops::Range;

use crate::lexicon::Form;
use crate::relation::{Clause, Said};
use crate::root::Root;

impl Clause<'_> {
    /// The side that the words of a place take toward what follows them: that of the last thing said, turned about by
    /// what is said of it. None where one is against something bad.
    pub fn side(&self, said: Said, place: Range<usize>) -> i8 {
        // `did not support` is no opposition; `would not support` is.
        if said.negated && !said.intended && !matches!(said.hit.root, Root::End | Root::Cancel) {
            return 0;
        }
        let rest = self.hits_in(said.hit.start + 1..place.end).iter();
        let rest: Vec<Root> = rest.map(|hit| hit.root).filter(|root| root.side() != 0).collect();
        let sides: Vec<i8> = rest.iter().map(|root| root.side()).collect();
        let own = said.root.side();
        let spoken = matches!(said.root, Root::Accuse | Root::Reject);
        let operator = matches!(said.hit.root, Root::End | Root::Cancel);
        match sides[..] {
            _ if operator || said.negated => own,
            [] => own,
            _ if sides.iter().any(|side| *side != sides[0]) => 0,
            // `condemned the attack on`
            [-1, ..] if spoken && rest.iter().any(|root| *root != said.root) => 0,
            [side, ..] if own == side => own,
            // `refused to support`
            [1, ..] if said.root == Root::Reject => -1,
            // `supports sanctions on`, `called for aid to`
            [side, ..] if own == 1 || (said.root == Root::Request && said.hit.form != Form::Other) => side,
            _ => 0,
        }
    }
}

impl Root {
    /// 1 for the other, -1 against it, 0 if neither is plain: one also meets, asks and yields to enemies.
    pub fn side(self) -> i8 {
        match self {
            Self::Support | Self::Agree | Self::Cooperate | Self::Aid => 1,
            Self::Accuse
            | Self::Reject
            | Self::Threaten
            | Self::Protest
            | Self::Sanction
            | Self::Coerce
            | Self::Assault => -1,
            _ => 0,
        }
    }
}
