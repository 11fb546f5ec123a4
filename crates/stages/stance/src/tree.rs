//! A sentence's dependency tree, and who does what in it.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{Syntax, Upos};

use crate::vocabulary;
use crate::words::Words;

/// So many steps up a tree are taken at most: a text without sentence ends costs no more than its length.
const CLIMB: usize = 24;

/// The tree of one sentence; words are counted from the sentence's first.
pub(crate) struct Tree<'d> {
    syntax: &'d Syntax,
    tokens: Range<usize>,
    children: Vec<Vec<usize>>,
}

impl<'d> Tree<'d> {
    /// The tree over `tokens`, indices of all tokens of a document.
    pub fn new(syntax: &'d Syntax, tokens: Range<usize>) -> Self {
        let mut children = vec![Vec::new(); tokens.len()];
        for i in tokens.clone() {
            if let Some(head) = syntax.head(i).filter(|head| tokens.contains(head)) {
                children[head - tokens.start].push(i - tokens.start);
            }
        }
        Self { syntax, tokens, children }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The head of word `i`; none for the root.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = self.syntax.head(self.tokens.start + i).filter(|head| self.tokens.contains(head))?;
        Some(head - self.tokens.start)
    }

    pub fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], |children| children)
    }

    pub fn relation(&self, i: usize) -> &'d str {
        self.syntax.relation(self.tokens.start + i)
    }

    pub fn lemma(&self, i: usize) -> &'d str {
        self.syntax.words().get(self.tokens.start + i).map_or("", |word| &word.lemma)
    }

    pub fn upos(&self, i: usize) -> Upos {
        self.syntax.words().get(self.tokens.start + i).map_or(Upos::X, |word| word.upos)
    }

    /// The word of `range` that carries the others.
    pub fn top(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().find(|&i| self.head(i).is_none_or(|head| !range.contains(&head)))
    }

    /// The relation of `i` to its head, with its preposition: `obl_against`; `nsubj:pass`, `obl:agent` keep their subtype.
    pub fn role(&self, i: usize) -> String {
        let full = self.relation(i);
        let base = full.split(':').next().unwrap_or_default();
        match full {
            "nsubj:pass" | "obl:agent" | "nmod:poss" | "acl:relcl" => return full.to_owned(),
            _ => {}
        }
        let case = self.children(i).iter().find(|&&c| self.relation(c) == "case");
        match case {
            Some(&case) if matches!(base, "obl" | "nmod") => {
                if base == "obl" && self.lemma(case) == "by" && self.is_passive(self.head(i).unwrap_or(i)) {
                    return "obl:agent".to_owned();
                }
                format!("{base}_{}", self.lemma(case).to_lowercase())
            }
            _ => base.to_owned(),
        }
    }

    fn is_passive(&self, i: usize) -> bool {
        self.children(i).iter().any(|&c| matches!(self.relation(c), "aux:pass" | "nsubj:pass"))
    }

    /// The head of the name or list that `i` is in: `Norland and Ukraine`, `Chancellor Weiss`.
    pub fn nominal(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..CLIMB {
            let base = self.relation(at).split(':').next().unwrap_or_default();
            let Some(head) = self.head(at) else { break };
            let noun = matches!(self.upos(head), Upos::Noun | Upos::Propn | Upos::Pron | Upos::X);
            let within = matches!(base, "flat" | "appos" | "conj")
                || base == "compound" && self.upos(head) == Upos::Propn;
            if !(noun && within) {
                break;
            }
            at = head;
        }
        at
    }

    /// Who does what `p` tells: subject, agent, owner; through coordination, control, participles and relative clauses.
    pub fn agent(&self, p: usize) -> Option<usize> {
        let mut at = p;
        for _ in 0..CLIMB {
            match self.own_agent(at) {
                Own::Is(agent) => return Some(agent),
                Own::Nobody => return None,
                Own::Of(next) => at = next,
            }
        }
        None
    }

    fn own_agent(&self, p: usize) -> Own {
        let passive = self.is_passive(p);
        let verb = matches!(self.upos(p), Upos::Verb | Upos::Aux | Upos::Adj);
        let agent = self.children(p).iter().copied().find(|&c| self.role(c) == "obl:agent");
        let subject = self
            .children(p)
            .iter()
            .copied()
            .find(|&c| self.relation(c) == "nsubj" || self.relation(c) == "nsubj:outer");
        if passive {
            return agent.map_or(Own::Nobody, Own::Is);
        }
        let base = self.relation(p).split(':').next().unwrap_or_default();
        if let Some(subject) = subject {
            // `Turkey, which condemned Israel`
            let relative = self.relation(p) == "acl:relcl"
                && vocabulary::is_relative(self.lemma(subject))
                && self.upos(subject) == Upos::Pron;
            return match self.head(p).filter(|_| relative) {
                Some(noun) => Own::Is(noun),
                None => Own::Is(subject),
            };
        }
        if let Some(agent) = agent {
            return Own::Is(agent);
        }
        let Some(head) = self.head(p) else { return Own::Nobody };
        if verb {
            return match base {
                "xcomp" => self
                    .object(head)
                    .filter(|_| !matches!(self.lemma(head), "promise" | "threaten"))
                    .map_or(Own::Of(head), Own::Is),
                "conj" | "advcl" | "ccomp" | "parataxis" => Own::Of(head),
                "acl" => Own::Is(head),
                _ => Own::Nobody,
            };
        }
        // A noun: `Norland's attack on`, `the Norlandic attack on`, `launched an attack on`.
        let owner = self
            .children(p)
            .iter()
            .copied()
            .find(|&c| self.relation(c) == "nmod:poss" || self.role(c) == "nmod_by");
        if let Some(owner) = owner {
            return Own::Is(owner);
        }
        match base {
            "obj" | "conj" | "obl" | "xcomp" => Own::Of(head),
            _ => Own::Nobody,
        }
    }

    fn object(&self, p: usize) -> Option<usize> {
        self.children(p).iter().copied().find(|&c| matches!(self.relation(c), "obj" | "iobj"))
    }

    /// What `i` is to the predicate `p`: `A0` for who does it, `A0.amod` for a word that describes them, else the relation
    /// with its preposition; `-` for nothing.
    pub fn part(&self, i: usize, p: usize) -> String {
        let head = self.nominal(i);
        if let Some(agent) = self.agent(p) {
            let agent = self.nominal(agent);
            if agent == head {
                return "A0".to_owned();
            }
            let base = self.relation(head).split(':').next().unwrap_or_default();
            if self.head(head).map(|above| self.nominal(above)) == Some(agent)
                && matches!(base, "nmod" | "amod" | "compound" | "appos" | "flat")
            {
                return format!("A0.{}", self.role(head));
            }
        }
        if self.head(head) == Some(p) { self.role(head) } else { "-".to_owned() }
    }

    /// The predicates over `i`, nearest first, each with what leads to it.
    pub fn above(&self, i: usize, most: usize) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut at = self.nominal(i);
        while let Some(head) = self.head(at).filter(|_| found.len() < most) {
            found.push((head, self.role(at)));
            at = head;
        }
        found
    }

    /// Whether `i` is an infinitive with `to`.
    pub fn is_infinitive(&self, i: usize) -> bool {
        self.children(i).iter().any(|&c| self.relation(c) == "mark" && self.lemma(c) == "to")
    }

    /// The words of the clause around its verb `i`, without the words that lead to it and the marks at its ends.
    pub fn clause(&self, i: usize) -> Range<usize> {
        let mut range = i..i + 1;
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            for &c in self.children(at) {
                if !(at == i && matches!(self.relation(c), "mark" | "punct" | "cc")) {
                    range = range.start.min(c)..range.end.max(c + 1);
                    open.push(c);
                }
            }
        }
        while range.end > i + 1 && self.upos(range.end - 1) == Upos::Punct {
            range.end -= 1;
        }
        while range.start < i && self.upos(range.start) == Upos::Punct {
            range.start += 1;
        }
        range
    }

    /// The relations from `i` up to the first word that is over both, and from there down to `j`; none if it is far.
    pub fn path(&self, i: usize, j: usize) -> Option<String> {
        let up = self.climb(i);
        let down = self.climb(j);
        let (a, b) =
            up.iter().enumerate().find_map(|(a, word)| Some((a, down.iter().position(|w| w == word)?)))?;
        if a + b > 7 {
            return None;
        }
        let mut path = String::new();
        for &word in up.get(..a)? {
            path.push_str(&self.role(word));
            path.push('>');
        }
        for &word in down.get(..b)?.iter().rev() {
            path.push('<');
            path.push_str(&self.role(word));
        }
        Some(path)
    }

    fn climb(&self, i: usize) -> Vec<usize> {
        let mut chain = vec![i];
        let mut at = i;
        while let Some(head) = self.head(at).filter(|_| chain.len() < CLIMB) {
            chain.push(head);
            at = head;
        }
        chain
    }

    /// Whether a word denies `p`: `did not`, `neither`, `no country`.
    pub fn is_negated(&self, p: usize, words: &Words<'_>) -> bool {
        let denies = |&c: &usize| vocabulary::is_negation(words.get(c));
        self.children(p).iter().any(|c| {
            denies(c) || self.relation(*c).starts_with("nsubj") && self.children(*c).iter().any(denies)
        })
    }

    /// Auxiliaries and marks of `p` that make it less than a fact, by lemma.
    pub fn moods(&self, p: usize) -> impl Iterator<Item = &'d str> + '_ {
        self.children(p)
            .iter()
            .copied()
            .filter(|&c| matches!(self.relation(c), "aux" | "mark"))
            .map(|c| self.lemma(c))
    }

    /// A noun phrase around its head `i`, without article: from its first adjective or noun to the head.
    pub fn phrase(&self, i: usize, words: &Words<'_>) -> Option<Span> {
        let first = self
            .children(i)
            .iter()
            .copied()
            .filter(|&c| c < i && i - c < 8)
            .find(|&c| {
                let base = self.relation(c).split(':').next().unwrap_or_default();
                matches!(base, "amod" | "compound" | "nummod") || self.relation(c) == "nmod:poss"
            })
            .unwrap_or(i);
        Some(words.span(first)?.cover(words.span(i)?))
    }
}

/// Where the one who does something is found.
enum Own {
    /// It is this word.
    Is(usize),
    /// It is who does what this word tells.
    Of(usize),
    /// Nobody is named.
    Nobody,
}
