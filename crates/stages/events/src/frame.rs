//! What a predicate's sides may be, by their places in the tree.

use docmill_core::layers::Upos;

use crate::lexicon::Sort;
use crate::tree::Tree;
use crate::words::{CONTROL, FRAMES, PARTICIPLE_ENDS, RELATIVE_SUBJECTS, RELATIVES, TOWARD};

/// How far up the tree a missing subject is searched for.
const DEPTH: usize = 5;

/// How a predicate came to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Own,
    Shared,
    Relative,
    Participle,
    Infinitive,
    Control,
    None,
}

impl How {
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "conj",
            Self::Relative => "rel",
            Self::Participle => "part",
            Self::Infinitive => "inf",
            Self::Control => "ctrl",
            Self::None => "none",
        }
    }
}

/// The places around a predicate: `subj`, `obj`, `p:with`, ..., each with the words that stand there.
#[derive(Debug)]
pub(crate) struct Frame<'d> {
    pub slots: Vec<(String, usize)>,
    pub passive: bool,
    pub how: How,
    /// The verb that a noun depends on: `hold`, for `held talks`.
    pub governor: Option<&'d str>,
}

impl Frame<'_> {
    /// The words in a place, in text order.
    pub fn at<'a>(&'a self, slot: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.slots.iter().filter(move |(name, _)| name == slot).map(|(_, word)| *word)
    }

    fn add(&mut self, slot: impl Into<String>, word: usize) {
        self.slots.push((slot.into(), word));
    }
}

/// What a relative pronoun stands for: the noun that its clause describes.
fn antecedent(tree: &Tree<'_>, word: usize, verb: usize) -> usize {
    let is_relative = RELATIVES.contains(&tree.words[word].lower);
    let described = tree.words[verb].head.filter(|_| tree.words[verb].relation.starts_with("acl"));
    described.filter(|_| is_relative).unwrap_or(word)
}

/// A verb's subject: the words, whether they undergo what it says, and how it was found.
pub(crate) fn subject(tree: &Tree<'_>, verb: usize, depth: usize) -> (Vec<usize>, bool, How) {
    let passive = tree.is_passive(verb);
    if depth > DEPTH {
        return (Vec::new(), passive, How::None);
    }
    let subjects =
        |kid: &&usize| matches!(tree.words[**kid].relation, "nsubj" | "nsubj:pass" | "nsubj:outer");
    let own = tree.kids(verb).iter().find(subjects).copied();
    if let Some(own) = own {
        let undergoes = passive || tree.words[own].relation == "nsubj:pass";
        return (vec![antecedent(tree, own, verb)], undergoes, How::Own);
    }
    let word = &tree.words[verb];
    let Some(head) = word.head else { return (Vec::new(), passive, How::None) };
    let to = tree.has_to(verb);
    let object = || -> Vec<usize> {
        let kids = tree.kids(head).iter().copied();
        kids.filter(|&kid| matches!(tree.words[kid].relation, "obj" | "iobj")).collect()
    };
    let above = |how: How| {
        let (found, _, _) = subject(tree, head, depth + 1);
        let how = if found.is_empty() { How::None } else { how };
        (found, how)
    };
    match word.basic() {
        "conj" => {
            let (found, how) = above(How::Shared);
            (found, passive, how)
        }
        "acl" if word.relation == "acl:relcl" => (vec![head], passive, How::Relative),
        "acl" if word.lower.ends_with("ing") => (vec![head], passive, How::Participle),
        "acl" if to => {
            // `Iran's decision to attack`, `made a decision to attack`
            let owner: Vec<usize> = tree.by(head, "nmod:poss").collect();
            if !owner.is_empty() {
                return (owner, passive, How::Infinitive);
            }
            let governed = matches!(tree.words[head].basic(), "obj" | "obl");
            let above = tree.words[head].head.filter(|_| governed);
            let found = above.map(|verb| subject(tree, verb, depth + 1).0).unwrap_or_default();
            let how = if found.is_empty() { How::None } else { How::Infinitive };
            (found, passive, how)
        }
        "acl" => (vec![head], true, How::Participle),
        "xcomp" => {
            let controlled = object();
            if !controlled.is_empty() {
                return (controlled, passive, How::Control);
            }
            let (found, how) = above(How::Infinitive);
            (found, passive, how)
        }
        "ccomp" => {
            let (found, how) = above(How::Infinitive);
            (found, passive, how)
        }
        "advcl" => {
            let controlled = object();
            if to && !controlled.is_empty() && CONTROL.contains(tree.words[head].lemma) {
                return (controlled, passive, How::Control);
            }
            let (found, how) = above(How::Participle);
            let bare = !tree.kids(verb).iter().any(|&kid| matches!(tree.words[kid].basic(), "aux" | "obj"));
            let ends = |end: &str| word.lower.ends_with(end);
            let participle = bare && !to && (ends("ed") || ends("wn") || ends("en"));
            (found, passive || participle, how)
        }
        _ => (Vec::new(), passive, How::None),
    }
}

/// The places around a verb or noun.
pub(crate) fn frame<'d>(tree: &Tree<'d>, i: usize, sort: Sort) -> Frame<'d> {
    match sort {
        Sort::Verb => of_verb(tree, i),
        Sort::Noun => of_noun(tree, i),
    }
}

fn of_verb<'d>(tree: &Tree<'d>, verb: usize) -> Frame<'d> {
    let (subjects, passive, how) = subject(tree, verb, 0);
    let mut frame = Frame { slots: Vec::new(), passive, how, governor: None };
    for subject in subjects {
        frame.add(if passive { "pass" } else { "subj" }, subject);
    }
    for &kid in tree.kids(verb) {
        let word = &tree.words[kid];
        match word.basic() {
            "obj" | "iobj" => frame.add(word.basic(), antecedent(tree, kid, verb)),
            "obl" if !matches!(word.relation, "obl:tmod" | "obl:npmod" | "obl:unmarked") => {
                let case = tree.case(kid);
                let slot = if case == "by" && passive { "by".to_owned() } else { format!("p:{case}") };
                frame.add(slot, antecedent(tree, kid, verb));
            }
            "ccomp" | "xcomp" | "advcl" => {
                if let Some(subject) = tree.by(kid, "nsubj").next() {
                    match word.basic() {
                        "ccomp" => frame.add("csubj", subject),
                        "xcomp" => frame.add("obj", subject),
                        _ => {}
                    }
                }
                for object in tree.by(kid, "obj") {
                    frame.add("cobj", object);
                }
            }
            _ => {}
        }
    }
    if frame.at("obj").next().is_none() && !passive {
        // `abusing and insulting the immigrants`
        let takes =
            tree.kids(verb).iter().any(|&kid| matches!(tree.words[kid].basic(), "obl" | "ccomp" | "xcomp"));
        let later = tree.by(verb, "conj").find(|&kid| kid > verb && tree.by(kid, "obj").next().is_some());
        if let Some(later) = later.filter(|_| !takes) {
            for object in tree.by(later, "obj") {
                frame.add("sobj", object);
            }
        }
        // `the men they arrested`
        let word = &tree.words[verb];
        let relative = |kid: usize| RELATIVE_SUBJECTS.contains(&tree.words[kid].lower);
        if let Some(head) = word.head.filter(|_| word.relation == "acl:relcl" && how == How::Own)
            && !tree.by(verb, "nsubj").any(relative)
        {
            frame.add("obj", head);
        }
    }
    frame
}

fn of_noun<'d>(tree: &Tree<'d>, noun: usize) -> Frame<'d> {
    let mut frame = Frame { slots: Vec::new(), passive: false, how: How::None, governor: None };
    for &kid in tree.kids(noun) {
        let word = &tree.words[kid];
        match word.basic() {
            "nmod" if word.relation == "nmod:poss" => frame.add("poss", kid),
            "nmod" | "obl" => frame.add(format!("p:{}", tree.case(kid)), kid),
            "amod" | "compound" if word.entity.is_some() => frame.add("mod", kid),
            "amod" | "compound" if matches!(word.upos, Upos::Noun) => frame.add("cmod", kid),
            "acl" if PARTICIPLE_ENDS.iter().any(|end| word.lower.ends_with(end)) => {
                for side in tree.by(kid, "obl") {
                    frame.add(format!("p:{}", tree.case(side)), side);
                }
            }
            _ => {}
        }
    }
    let mut at = noun;
    let up = |at: usize| tree.words[at].head;
    while tree.words[at].basic() == "conj"
        && let Some(head) = up(at)
    {
        at = head;
    }
    // `a week of talks`
    if let Some(head) = up(at)
        && tree.words[at].basic() == "nmod"
        && matches!(tree.case(at), "of" | "in")
        && FRAMES.contains(tree.words[head].lemma)
    {
        for &kid in tree.kids(head) {
            let word = &tree.words[kid];
            match word.basic() {
                "nmod" if word.relation == "nmod:poss" => frame.add("poss", kid),
                "amod" if word.entity.is_some() => frame.add("mod", kid),
                "nmod" if TOWARD.contains(tree.case(kid)) => {
                    frame.add(format!("p:{}", tree.case(kid)), kid);
                }
                _ => {}
            }
        }
        at = head;
    }
    let Some(verb) = up(at).filter(|&head| tree.words[head].is_verb()) else { return frame };
    frame.governor = Some(tree.words[verb].lemma);
    let relation = tree.words[at].basic();
    let others = || tree.kids(verb).iter().copied().filter(move |&kid| kid != at);
    match relation {
        "obj" | "obl" | "iobj" => {
            let (subjects, passive, _) = subject(tree, verb, 0);
            let side = if passive { "gpass" } else { "gsubj" };
            let place = if relation == "obj" { "obj".to_owned() } else { format!("p:{}", tree.case(at)) };
            for subject in subjects {
                frame.add(format!("{side}:{place}"), subject);
            }
            for kid in others() {
                match tree.words[kid].basic() {
                    "obl" => frame.add(format!("gp:{}", tree.case(kid)), kid),
                    "iobj" => frame.add("giobj", kid),
                    "obj" => frame.add("gobj", kid),
                    _ => {}
                }
            }
        }
        "nsubj" if tree.words[at].relation == "nsubj:pass" => {
            for kid in others().filter(|&kid| tree.words[kid].basic() == "obl") {
                let case = tree.case(kid);
                frame.add(if case == "by" { "p:by".to_owned() } else { format!("gp:{case}") }, kid);
            }
        }
        "nsubj" => {
            for kid in others().filter(|&kid| tree.words[kid].basic() == "obj") {
                frame.add("nobj", kid);
            }
        }
        _ => {}
    }
    frame
}
