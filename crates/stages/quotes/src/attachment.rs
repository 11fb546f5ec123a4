//! What the parser hangs on the wrong word around a verb of speech: participles behind what is said, clauses behind a
//! listener.

use std::ops::Range;

use crate::cue::{Cue, CueKind, Takes};
use crate::spoken::Finder;
use crate::tree::CLIMB;

impl Finder<'_> {
    /// Whose the participle behind a comma is: `He said that prices rose, adding that ...`. It is that of the clause with
    /// the verb of speech, though the parser hangs it on what is said.
    pub fn participle(&self, v: usize, nested: bool) -> Option<usize> {
        let tree = self.tree;
        let behind = v.checked_sub(1).is_some_and(|before| self.is(before, ","));
        let own = tree.children(v).any(|c| matches!(tree.base(c), "nsubj" | "aux" | "cop"));
        if !behind || own || nested || !self.people.word(v).ends_with("ing") {
            return None;
        }
        let mut at = tree.head(v)?;
        let mut found = None;
        for _ in 0..CLIMB {
            let subject = tree.child(at, "nsubj").filter(|&c| c < v && !self.is_marked_at(c));
            let speaks = self.cue(at).is_some();
            // The innermost clause has it, unless that is what a verb of speech before it says.
            if subject.is_some() && (found.is_none() || speaks && at < v) {
                found = subject;
            }
            if speaks && subject.is_some() {
                break;
            }
            let Some(head) = tree.head(at) else { break };
            // `wished the country continued growth, adding`: not what somebody wishes adds.
            if matches!(tree.base(at), "ccomp" | "acl") {
                found = None;
            }
            at = head;
        }
        found
    }

    /// A clause with `that` which the parser hung on what stands between: `told reporters after the talks that they left`,
    /// `expressed fears that they left`.
    pub fn apart(&self, v: usize, cue: Cue) -> Option<usize> {
        let tree = self.tree;
        let that = |c: &usize| {
            *c > v
                && tree.base(*c) == "acl"
                && tree.child(*c, "nsubj").is_some()
                && tree.children(*c).any(|mark| tree.base(mark) == "mark" && self.is(mark, "that"))
        };
        let said = cue.kind == CueKind::Say;
        let between = |c: &usize| match tree.base(*c) {
            "obl" | "iobj" => said,
            "obj" => !said || cue.takes.any(Takes::LISTENER),
            _ => false,
        };
        let clauses = |c: usize| tree.children(c).chain(tree.children(c).flat_map(|c| tree.children(c)));
        let behind = tree.children(v).filter(|c| *c > v).filter(between).flat_map(clauses).find(that);
        behind.or_else(|| self.clause_at(v + 1).filter(|_| said))
    }

    /// The verb of the clause that begins with `that` at `mark`, whatever the parser hangs it on.
    fn clause_at(&self, mark: usize) -> Option<usize> {
        let tree = self.tree;
        let verb = tree.head(mark).filter(|&verb| verb > mark && tree.base(mark) == "mark")?;
        (self.is(mark, "that") && tree.is_clause(verb)).then_some(verb)
    }

    /// `The statement said for some, prices rose`: the main clause, which the parser took the verb of speech for an
    /// adjunct of.
    pub fn main_clause(&self, v: usize) -> Option<Range<usize>> {
        let tree = self.tree;
        let main =
            tree.head(v).filter(|&head| head > v && tree.base(v) == "advcl" && tree.is_clause(head))?;
        // Not `when they said`.
        let first = |subject: usize| subject < v && tree.reach(subject).start == tree.reach(v).start;
        let plain = tree.child(v, "nsubj").is_some_and(first);
        plain.then(|| v + 1..tree.reach(main).end)
    }
}
