//! What the judge is asked about one party as the holder and another as the target.

use std::ops::Range;

use docmill_core::layers::Upos;

use crate::relation::Clause;
use crate::things::Form;
use crate::tree::Tree;
use crate::vocabulary;
use crate::weights::Features;

/// So many predicates over the target are looked at.
const PREDICATES: usize = 4;
/// So many last letters of a noun stand for what kind of thing it is.
const SUFFIX: usize = 3;

/// A question to the judge.
pub(crate) struct Question<'q> {
    pub tree: &'q Tree<'q>,
    pub clause: &'q Clause<'q>,
    /// The words of the holder and of the target.
    pub holder: &'q Range<usize>,
    pub target: &'q Range<usize>,
    /// The form of the target.
    pub form: Form,
    /// What they are: labels of mentions, or the kind of party.
    pub kinds: [&'q str; 2],
    /// What the rules read: -1, 0, 1 from holder to target; none where they read nothing.
    pub vote: Option<i8>,
    /// Where the two stand to the quotation around the target.
    pub scope: &'static str,
}

impl Question<'_> {
    /// The features.
    pub fn features(&self) -> Features {
        let mut features = Features::default();
        let (holder, target) = (self.tree.top(self.holder), self.tree.top(self.target));
        if let Some(target) = target {
            self.frames(holder, target, &mut features);
            if let Some(path) = holder.and_then(|holder| self.tree.path(holder, target)) {
                features.add(format!("P|{path}"));
            }
            self.own(target, &mut features);
            self.agent(holder, target, &mut features);
        }
        self.surroundings(&mut features);
        features
    }

    /// What the target itself is.
    fn own(&self, target: usize, features: &mut Features) {
        let tree = self.tree;
        features.add(format!("form|{}", self.form.letter()));
        for &c in tree.children(target) {
            if tree.relation(c) == "amod" {
                features.add(format!("AM|{}", tree.lemma(c).to_lowercase()));
                features.add(format!("AS|{}", self.sign(c)));
            }
        }
        if self.form == Form::Name {
            return;
        }
        let lemma = tree.lemma(target).to_lowercase();
        let suffix: String = {
            let mut last: Vec<char> = lemma.chars().rev().take(SUFFIX).collect();
            last.reverse();
            last.into_iter().collect()
        };
        features.add(format!("TL|{lemma}"));
        features.add(format!("TX|{suffix}"));
        features.add(format!("TS|{}", self.sign(target)));
        for &c in tree.children(target) {
            match tree.relation(c) {
                "det" | "nmod:poss" | "mark" | "aux" => {
                    let word = if tree.upos(c) == Upos::Propn { "name" } else { tree.lemma(c) };
                    features.add(format!("TD|{}|{}", tree.relation(c), word.to_lowercase()));
                }
                "acl:relcl" => features.add("TD|relcl".to_owned()),
                _ => {}
            }
        }
        if tree.is_negated(target, &self.clause.words) {
            features.add("TN".to_owned());
        }
    }

    /// Whether the holder himself does what stands next over the target, and what that is.
    fn agent(&self, holder: Option<usize>, target: usize, features: &mut Features) {
        let tree = self.tree;
        let above = tree.above(target, 2);
        let Some((p, role)) = above.first() else {
            features.add(format!("root|{}", self.scope));
            return;
        };
        let agent = tree.agent(*p);
        let who = match (agent, holder) {
            (Some(agent), Some(holder)) if tree.nominal(agent) == tree.nominal(holder) => "h",
            (Some(agent), _) if vocabulary::is_own_agent(self.clause.words.get(agent)) => "we",
            (Some(_), _) => "o",
            (None, _) => "n",
        };
        let (sign, lemma) = (self.sign(*p), tree.lemma(*p).to_lowercase());
        features.add(format!("AG|{who}|{sign}|{role}|{}", self.scope));
        features.add(format!("AL|{who}|{lemma}|{role}"));
        features.add(format!("QL|{}|{lemma}|{role}", self.scope));
        if let Some((q, next)) = above.get(1) {
            let (over, other) = (tree.lemma(*q).to_lowercase(), self.sign(*q));
            features.add(format!("A2|{who}|{sign}|{other}|{role}|{next}"));
            features.add(format!("AX|{lemma}|{role}|{over}|{next}"));
        }
        for mood in tree.moods(*p) {
            features.add(format!("m0|{mood}"));
        }
        if tree.is_negated(*p, &self.clause.words) {
            features.add(format!("n0|{sign}|{role}"));
        }
    }

    fn sign(&self, i: usize) -> char {
        let side = self.clause.hits_in(i..i + 1).first().map(|hit| (hit.root.side(), hit.root.is_turning()));
        match side {
            Some((_, true)) => 'x',
            Some((1, _)) => '+',
            Some((-1, _)) => '-',
            Some(_) => '0',
            None => '.',
        }
    }

    /// The predicates over the target, and what the holder is to each.
    fn frames(&self, holder: Option<usize>, target: usize, features: &mut Features) {
        let tree = self.tree;
        let mut above = tree.above(target, PREDICATES);
        // `Israel, which Turkey condemned`
        let relative = tree.children(target).iter().copied().filter(|&c| tree.relation(c) == "acl:relcl");
        above.extend(relative.map(|c| (c, "relcl".to_owned())));
        let mut main = None;
        let mut signs = String::new();
        for (k, (p, role)) in above.iter().enumerate() {
            let sign = self.sign(*p);
            signs.push(sign);
            let part = holder.map_or_else(|| "-".to_owned(), |holder| tree.part(holder, *p));
            let lemma = tree.lemma(*p).to_lowercase();
            if k == 0 {
                features.add(format!("T0|{sign}|{role}"));
                features.add(format!("L0|{lemma}|{role}"));
            }
            if part == "-" || main.is_some() {
                continue;
            }
            main = Some(*p);
            let nearest = above.first().map_or("", |(_, role)| role);
            features.add(format!("F|{part}|{role}"));
            features.add(format!("S|{sign}|{part}|{role}"));
            features.add(format!("L|{lemma}|{part}|{role}"));
            features.add(format!("M|{lemma}|{}", if part.starts_with("A0") { "A0" } else { "o" }));
            features.add(format!("C|{signs}|{}|{nearest}", if part.starts_with("A0") { "A0" } else { "o" }));
            features.add(format!("D|{k}"));
            if k > 0 {
                let (first, role) = (above[0].0, &above[0].1);
                features.add(format!("N|{lemma}|{}|{role}", tree.lemma(first).to_lowercase()));
                features.add(format!(
                    "N0|{}|{role}|{}",
                    tree.lemma(first).to_lowercase(),
                    part.get(..2).unwrap_or(&part)
                ));
            }
            if above[..=k].iter().any(|(p, _)| tree.is_negated(*p, &self.clause.words)) {
                features.add(format!("neg|{signs}"));
                features.add("neg".to_owned());
            }
            for mood in tree.moods(*p) {
                features.add(format!("mood|{mood}"));
            }
        }
        features.add(if main.is_some() { "tied" } else { "loose" }.to_owned());
        // What stands over the holder, where it is no part of what stands over the target.
        if let Some((p, role)) = holder.and_then(|holder| tree.above(holder, 1).into_iter().next()) {
            features.add(format!("H|{}|{role}", self.sign(p)));
            features.add(format!("HL|{}|{role}", tree.lemma(p).to_lowercase()));
        }
    }

    /// What stands between the two, and around them.
    fn surroundings(&self, features: &mut Features) {
        features.add(format!("Q|{}", self.scope));
        features.add(format!("K|{}|{}", self.kinds[0], self.kinds[1]));
        if self.holder.is_empty() {
            features.add("absent".to_owned());
            return;
        }
        let forward = self.holder.start < self.target.start;
        let between =
            if forward { self.holder.end..self.target.start } else { self.target.end..self.holder.start };
        let way = if forward { "f" } else { "b" };
        features.add(format!("way|{way}"));
        let distance = between.len().checked_ilog2().map_or(0, |log| log + 1);
        features.add(format!("dist|{way}|{distance}"));
        if between.len() <= 14 {
            let mut signs = String::new();
            for i in between.clone() {
                let sign = self.sign(i);
                if matches!(sign, '+' | '-' | 'x') {
                    features.add(format!("B|{}|{way}", self.tree.lemma(i).to_lowercase()));
                    signs.push(sign);
                }
            }
            features.add(format!("BS|{signs}|{way}"));
        }
        if between.len() <= 3 {
            let words: Vec<&str> = between.map(|i| self.clause.words.get(i)).collect();
            features.add(format!("W|{}|{way}", words.join("_")));
        }
        features.add(format!("before|{}", self.clause.words.before(self.target.start)));
        if let Some(vote) = self.vote {
            features.add(format!("V|{vote}"));
        }
    }
}
