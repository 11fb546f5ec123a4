//! Speech that a text only speaks of: what one should say, would say, has never said.

use crate::spoken::{Finder, Spoken};
use crate::tags::Tags;
use crate::tree::CLIMB;

impl Finder<'_> {
    /// Whether one speaks of speech that did not happen: in what another says, with `should`, `would` or `never`.
    pub fn is_unsaid(&self, inner: &Spoken, all: &[Spoken]) -> bool {
        let verb = inner.cue.end - 1;
        let told = |outer: &Spoken| {
            outer.cue != inner.cue && outer.contents.iter().any(|content| content.contains(&verb))
        };
        (self.is_marked_at(verb) || all.iter().any(told)) && self.is_unreal(verb)
    }

    /// Whether the verb `v`, or that on which its infinitive or gerund hangs, is one of something that did not happen.
    fn is_unreal(&self, v: usize) -> bool {
        let tree = self.tree;
        let mut at = v;
        for _ in 0..CLIMB {
            let unreal = tree.children(at).any(|c| {
                matches!(tree.base(c), "aux" | "advmod")
                    && self.lexicon.look_up(self.people.word(c)).tags.any(Tags::MODAL | Tags::NEG)
            });
            if unreal {
                return true;
            }
            match tree.head(at) {
                Some(head) if matches!(tree.base(at), "xcomp" | "conj") => at = head,
                _ => return false,
            }
        }
        false
    }
}
