//! The stage `mentions` on sentences that are parsed by hand: `word/UPOS/relation/head`, heads counted from 1 in the
//! sentence, 0 for the root; the lemma is the word in lower case unless `=lemma` follows it. Names are given beside.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test that panics has failed")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use docmill_clusters::{MentionsSettings, NamesSettings};
use docmill_core::layers::{
    Clusters, Entities, Entity, MentionForm, Mentions, Role, RoleStatus, Roles, Sentence, Sentences, Syntax,
    Tokens, Upos, Word,
};
use docmill_core::testing::build_shared;
use docmill_core::{BuildContext, Document, Span, Stage, StageConfig};

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

/// A document of sentences; each is a paragraph.
fn document(sentences: &[String], names: &[(&str, &str)]) -> Document {
    let (mut text, mut spans) = (String::new(), Sentences::default());
    let (mut tokens, mut relations) = (Tokens::default(), Vec::<String>::new());
    let (mut words, mut entities) = (Vec::new(), Vec::new());
    for (paragraph, sentence) in sentences.iter().enumerate() {
        let (start, first) = (text.len(), words.len());
        for (at, word) in sentence.split(' ').enumerate() {
            let fields: Vec<&str> = word.split('/').collect();
            let [form, upos, relation, head] = fields[..] else { panic!("{word}") };
            let (form, lemma) =
                form.split_once('=').map_or((form, form.to_lowercase()), |(f, l)| (f, l.to_owned()));
            if at > 0 {
                text.push(' ');
            }
            tokens.push(Span::new(text.len(), text.len() + form.len()));
            text.push_str(form);
            let number = relations.iter().position(|known| known == relation).unwrap_or_else(|| {
                relations.push(relation.to_owned());
                relations.len() - 1
            });
            let head = head.parse::<usize>().unwrap().checked_sub(1).unwrap_or(at) + first;
            let upos = Upos::parse(upos).unwrap();
            words.push(Word { lemma: lemma.into(), upos, head: head as u32, relation: number as u8 });
        }
        tokens.end_sentence();
        let whole = &text[start..];
        for (name, label) in names {
            for (at, _) in whole.match_indices(name) {
                let span = Span::new(start + at, start + at + name.len());
                entities.push(Entity {
                    span,
                    label: (*label).into(),
                    score: 1.0,
                    sentence: paragraph as u32,
                });
            }
        }
        spans.items.push(Sentence { span: Span::new(start, text.len()), paragraph: paragraph as u32 });
        text.push_str("\n\n");
    }
    entities.sort_by_key(|entity| entity.span);
    let mut syntax = Syntax::new(relations);
    for word in words {
        syntax.push(word);
    }
    let mut doc = Document::from_text("d", &text);
    doc.layers_mut().insert(spans);
    doc.layers_mut().insert(tokens);
    doc.layers_mut().insert(syntax);
    doc.layers_mut().insert(Entities { items: entities });
    build(&NamesSettings::default()).annotate(&mut doc).unwrap();
    doc
}

/// `phrase = name` of each mention.
fn linked(doc: &mut Document, threshold: f32) -> Vec<String> {
    build(&MentionsSettings { threshold, ..MentionsSettings::default() }).annotate(doc).unwrap();
    let clusters = doc.require::<Clusters>().unwrap();
    let mentions = doc.require::<Mentions>().unwrap();
    let show = |mention: &docmill_core::layers::Mention| {
        let phrase = mention.span.slice(doc.text()).unwrap();
        format!("{phrase} = {}", clusters.items[mention.cluster as usize].canonical)
    };
    mentions.items.iter().map(show).collect()
}

fn sentences(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

#[test]
fn pronouns_stand_for_the_person_who_speaks() {
    let lines = sentences(&[
        "Nikolai/PROPN/nsubj/3 Bordyuzha/PROPN/flat/1 arrived=arrive/VERB/root/0 ./PUNCT/punct/3",
        "He/PRON/nsubj/2 said=say/VERB/root/0 his/PRON/nmod:poss/4 plan/NOUN/nsubj/5 failed=fail/VERB/ccomp/2",
    ]);
    let mut doc = document(&lines, &[("Nikolai Bordyuzha", "PER")]);
    assert_eq!(linked(&mut doc, 0.3), ["He = Nikolai Bordyuzha", "his = Nikolai Bordyuzha"]);
    assert_eq!(linked(&mut doc, 1.0), [""; 0], "no pronoun is sure beyond doubt");
}

#[test]
fn a_woman_is_no_he() {
    let lines = sentences(&[
        "Angela/PROPN/nsubj/3 Merkel/PROPN/flat/1 arrived=arrive/VERB/root/0",
        "He/PRON/nsubj/2 left=leave/VERB/root/0",
    ]);
    let mut doc = document(&lines, &[("Angela Merkel", "PER")]);
    let found = linked(&mut doc, 0.5);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_the_syntax_settles_is_linked() {
    let lines = sentences(&[
        "Taro/PROPN/nsubj/7 Aso/PROPN/flat/1 ,/PUNCT/punct/5 the/DET/det/5 minister/NOUN/appos/1 ,/PUNCT/punct/5 \
         spoke=speak/VERB/root/0",
        "Taro/PROPN/obl/0 Aso/PROPN/flat/1 who/PRON/nsubj/4 left=leave/VERB/acl:relcl/1",
        "The/DET/det/3 Greek/ADJ/amod/3 government/NOUN/nsubj/4 refused=refuse/VERB/root/0",
    ]);
    let mut doc = document(&lines, &[("Taro Aso", "PER"), ("Greek", "MISC")]);
    assert_eq!(
        linked(&mut doc, 1.0),
        ["the minister = Taro Aso", "who = Taro Aso", "The Greek government = Greece"]
    );
    let mentions = doc.require::<Mentions>().unwrap();
    let forms: Vec<MentionForm> = mentions.items.iter().map(|mention| mention.form).collect();
    assert_eq!(forms, [MentionForm::Nominal, MentionForm::Pronoun, MentionForm::Nominal]);
}

/// The phrases of each thing without a name, whole.
fn unnamed(doc: &mut Document) -> Vec<Vec<String>> {
    build(&MentionsSettings::default()).annotate(doc).unwrap();
    let text = |span: Span| span.slice(doc.text()).unwrap().to_owned();
    let clusters = &doc.require::<Mentions>().unwrap().unnamed;
    let shown = clusters.iter().filter(|cluster| cluster.shown);
    shown.map(|cluster| cluster.mentions.iter().map(|mention| text(mention.phrase)).collect()).collect()
}

#[test]
fn things_without_a_name_are_clusters_with_their_whole_phrases() {
    let lines = sentences(&[
        "A/DET/det/2 widow/NOUN/nsubj/6 who/PRON/nsubj/4 fled=flee/VERB/acl:relcl/2 had/AUX/aux/6 \
         returned=return/VERB/root/0",
        "She/PRON/nsubj/2 said=say/VERB/root/0 that/SCONJ/mark/6 the/DET/det/5 widow/NOUN/nsubj/6 slept=sleep/VERB/ccomp/2",
    ]);
    let mut doc = document(&lines, &[]);
    assert_eq!(unnamed(&mut doc), [["A widow who fled", "She", "the widow"]]);
    let clusters = &doc.require::<Mentions>().unwrap().unnamed;
    assert_eq!((clusters[0].canonical.as_str(), &*clusters[0].label), ("the widow", "PER"));
}

#[test]
fn a_date_behind_a_name_is_no_apposition() {
    let lines = sentences(&[
        "Taro/PROPN/nsubj/6 Aso/PROPN/flat/1 ,/PUNCT/punct/4 September/PROPN/appos/1 ,/PUNCT/punct/4 spoke=speak/VERB/root/0",
    ]);
    assert_eq!(linked(&mut document(&lines, &[("Taro Aso", "PER")]), 0.0), [""; 0]);
}

#[test]
fn an_office_is_who_is_named_with_it_further_on() {
    let lines = sentences(&[
        "The/DET/det/4 Greek/ADJ/amod/4 foreign/ADJ/amod/4 minister/NOUN/nsubj/5 arrived=arrive/VERB/root/0",
        "Foreign/ADJ/amod/2 minister/NOUN/nsubj/5 Nikos/PROPN/flat/2 Dendias/PROPN/flat/2 spoke=speak/VERB/root/0",
    ]);
    let mut doc = document(&lines, &[("Greek", "MISC"), ("Nikos Dendias", "PER")]);
    let start = doc.text().find("Foreign minister").unwrap();
    let role = Role {
        person: 1,
        role: Span::new(start, start + "Foreign minister".len()),
        organization: Some(0),
        status: RoleStatus::Current,
        sentence: 1,
        evidence: Span::new(start, start + 30),
        words: None,
        state: None,
        source: None,
    };
    assert_eq!(linked(&mut doc, 0.4), [""; 0]);
    doc.layers_mut().insert(Roles { items: vec![role] });
    assert_eq!(linked(&mut doc, 0.4), ["The Greek foreign minister = Nikos Dendias"]);
}

#[test]
fn a_pronoun_before_the_name_of_its_clause_stands_for_it() {
    let lines = sentences(&[
        "When/SCONJ/mark/3 he/PRON/nsubj/3 left=leave/VERB/advcl/6 Taro/PROPN/nsubj/6 Aso/PROPN/flat/4 \
         spoke=speak/VERB/root/0",
    ]);
    assert_eq!(linked(&mut document(&lines, &[("Taro Aso", "PER")]), 0.3), ["he = Taro Aso"]);
}

#[test]
fn a_text_without_names_has_no_mentions() {
    let lines = sentences(&["He/PRON/nsubj/2 left=leave/VERB/root/0"; 3]);
    assert!(linked(&mut document(&lines, &[]), 0.0).is_empty());
}

#[test]
fn many_pronouns_and_many_of_one_surname_take_linear_time() {
    let pronouns = |count: usize| {
        let mut lines = sentences(&["Taro/PROPN/nsubj/3 Aso/PROPN/flat/1 left=leave/VERB/root/0"]);
        lines.extend(vec!["He/PRON/nsubj/2 said=say/VERB/root/0 they/PRON/obj/2".to_owned(); count / 2]);
        document(&lines, &[("Taro Aso", "PER")])
    };
    let namesakes = |count: usize| {
        let line = |i: usize| {
            let mut given = String::from("A");
            write!(given, "{i}").unwrap();
            format!(
                "{given}/PROPN/nsubj/3 Karimov/PROPN/flat/1 left=leave/VERB/root/0 his/PRON/nmod:poss/5 town/NOUN/obj/3"
            )
        };
        let mut doc = document(&(0..count).map(line).collect::<Vec<_>>(), &[]);
        let spans = doc.require::<Sentences>().unwrap().items.clone();
        let entity = |(i, sentence): (usize, &Sentence)| {
            let end = doc.text()[sentence.span.start as usize..].find(" left").unwrap();
            let span = Span::new(sentence.span.start as usize, sentence.span.start as usize + end);
            Entity { span, label: "PER".into(), score: 1.0, sentence: i as u32 }
        };
        let items = spans.iter().enumerate().map(entity).collect();
        doc.layers_mut().insert(Entities { items });
        build(&NamesSettings::default()).annotate(&mut doc).unwrap();
        doc
    };
    let make: [&dyn Fn(usize) -> Document; 2] = [&pronouns, &namesakes];
    for make in make {
        let mut took = [0.0, 0.0];
        for (took, count) in took.iter_mut().zip([2_500, 10_000]) {
            let mut doc = make(count);
            let start = Instant::now();
            let found = linked(&mut doc, 0.3);
            *took = start.elapsed().as_secs_f64();
            assert!(found.len() <= 2 * count);
        }
        assert!(took[1] < 4.0 * took[0] * 4.0 + 0.5, "four times as much took {took:?} seconds");
    }
}
