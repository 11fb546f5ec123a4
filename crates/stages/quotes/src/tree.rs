//! The dependency trees of a document, as the finder of speech reads them.

use std::ops::Range;

use docmill_core::layers::{Syntax, Tokens, Upos};

/// So many steps up a tree are taken at most.
pub(crate) const CLIMB: usize = 24;

/// The trees of all sentences, over the tokens of the document.
pub(crate) struct Tree<'d> {
    syntax: &'d Syntax,
    children: Vec<Vec<u32>>,
    /// For each token, the first and one past the last of what hangs on it.
    reach: Vec<Range<usize>>,
}

impl<'d> Tree<'d> {
    /// The trees of a parsed document; none if the parse is not one of these tokens.
    pub fn new(syntax: &'d Syntax, tokens: &Tokens) -> Option<Self> {
        let all = tokens.all().len();
        if syntax.words().len() != all {
            return None;
        }
        let mut children = vec![Vec::new(); all];
        for i in 0..all {
            if let Some(head) = syntax.head(i) {
                children[head].push(i as u32);
            }
        }
        let mut tree = Self { syntax, children, reach: (0..all).map(|i| i..i + 1).collect() };
        tree.measure(all);
        Some(tree)
    }

    /// Fills `reach`: every token after those that hang on it.
    fn measure(&mut self, all: usize) {
        let mut order: Vec<usize> = (0..all).filter(|&i| self.head(i).is_none()).collect();
        let mut next = 0;
        while let Some(&i) = order.get(next) {
            order.extend(self.children[i].iter().map(|&c| c as usize));
            next += 1;
        }
        for &i in order.iter().rev() {
            if let Some(head) = self.head(i) {
                let (part, whole) = (self.reach[i].clone(), self.reach[head].clone());
                self.reach[head] = whole.start.min(part.start)..whole.end.max(part.end);
            }
        }
    }

    pub fn head(&self, i: usize) -> Option<usize> {
        self.syntax.head(i)
    }

    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children.get(i).into_iter().flatten().map(|&c| c as usize)
    }

    /// All that hangs on `i`, from its first token to its last.
    pub fn reach(&self, i: usize) -> Range<usize> {
        self.reach.get(i).cloned().unwrap_or(i..i)
    }

    /// The relation of `i` to its head, with its subtype: `nsubj:pass`.
    pub fn relation(&self, i: usize) -> &'d str {
        self.syntax.relation(i)
    }

    /// The relation without its subtype.
    pub fn base(&self, i: usize) -> &'d str {
        let full = self.relation(i);
        full.split_once(':').map_or(full, |(base, _)| base)
    }

    pub fn upos(&self, i: usize) -> Upos {
        self.syntax.words().get(i).map_or(Upos::X, |word| word.upos)
    }

    pub fn lemma(&self, i: usize) -> &'d str {
        self.syntax.words().get(i).map_or("", |word| &word.lemma)
    }

    /// The first child with a relation, subtypes aside.
    pub fn child(&self, i: usize, base: &str) -> Option<usize> {
        self.children(i).find(|&c| self.base(c) == base)
    }

    /// The word of `range` that carries the others.
    pub fn top(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().find(|&i| self.head(i).is_none_or(|head| !range.contains(&head)))
    }

    /// Who does what the verb `v` tells: its subject, or that of the verb that it shares one with.
    pub fn subject(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..CLIMB {
            let own = self.own_subject(at);
            let agent = self.children(at).find(|&c| self.is_agent(c));
            if let Some(subject) = agent.or(own.filter(|&c| self.relation(c) != "nsubj:pass")) {
                return Some(subject);
            }
            // `was quoted as saying`: who is quoted says it.
            if let Some(subject) = own.filter(|_| at != v) {
                return Some(subject);
            }
            if own.is_some() || self.children(at).any(|c| self.relation(c) == "aux:pass") {
                return None;
            }
            let head = self.head(at)?;
            match self.base(at) {
                "xcomp" | "advcl" | "conj" | "parataxis" if self.is_verbal(head) => {
                    // `quoted him as saying`, `asked him to say`; but `told him, adding`.
                    let quoted = self.children(at).any(|c| c < at && self.lemma(c) == "as");
                    let controlled = self.base(at) == "xcomp" && self.is_infinitive(at) || quoted;
                    let behind = self.children(head).find(|&c| quoted && c > head && self.base(c) == "nsubj");
                    if let Some(object) = self.child(head, "obj").or(behind).filter(|_| controlled) {
                        return Some(object);
                    }
                    at = head;
                }
                "acl" | "nmod" if self.upos(head) != Upos::Propn || self.base(at) == "acl" => {
                    return Some(head);
                }
                _ => return None,
            }
        }
        None
    }

    /// The subject of `v`: of several, that before it which stands nearest, else the first behind it.
    fn own_subject(&self, v: usize) -> Option<usize> {
        let subjects = || self.children(v).filter(|&c| self.base(c) == "nsubj");
        subjects().rfind(|&c| c < v).or_else(|| subjects().next())
    }

    fn is_agent(&self, c: usize) -> bool {
        self.base(c) == "obl"
            && self.head(c).is_some_and(|v| self.children(v).any(|c| self.relation(c).ends_with(":pass")))
            && self.children(c).any(|case| self.base(case) == "case" && self.lemma(case) == "by")
    }

    pub fn is_verbal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Verb | Upos::Aux | Upos::Adj)
    }

    /// Whether `i` is the verb of a clause with a subject or a finite auxiliary of its own.
    pub fn is_clause(&self, i: usize) -> bool {
        self.children(i).any(|c| matches!(self.base(c), "nsubj" | "csubj" | "expl" | "aux" | "cop"))
    }

    /// Whether a verb in `range` has its subject there too.
    pub fn has_clause(&self, range: &Range<usize>) -> bool {
        range
            .clone()
            .any(|i| self.base(i) == "nsubj" && self.head(i).is_some_and(|head| range.contains(&head)))
    }

    /// Whether `i` is an infinitive with `to`.
    pub fn is_infinitive(&self, i: usize) -> bool {
        self.children(i).any(|c| self.base(c) == "mark" && self.lemma(c) == "to")
    }

    /// The noun phrase around its head `i` that names somebody: without clauses, adverbs, times and asides.
    pub fn phrase(&self, i: usize) -> Range<usize> {
        let mut range = i..i + 1;
        for c in self.children(i) {
            let base = self.base(c);
            let before = matches!(base, "det" | "amod" | "compound" | "nummod" | "nmod" | "flat" | "advmod");
            let beside = self.reach(c).start == i + 1;
            let apposed =
                base == "appos" && (beside || self.upos(i) == Upos::Noun && self.upos(c) == Upos::Propn);
            let after =
                matches!(base, "flat" | "conj" | "case") || base == "nmod" && !self.is_time(c) || apposed;
            let own = if c < i { before && !(base == "advmod" && range.start == i) } else { after };
            if own || self.relation(c) == "nmod:poss" {
                let part = self.reach(c);
                range = range.start.min(part.start)..range.end.max(part.end);
            }
        }
        range
    }

    /// `on Monday`: a phrase of time.
    pub fn is_time(&self, i: usize) -> bool {
        matches!(self.relation(i), "obl:tmod" | "nmod:tmod" | "nmod:unmarked" | "obl:unmarked")
    }
}
