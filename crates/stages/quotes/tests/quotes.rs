//! Each construction on its own, and what the stage promises of any text.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::time::{Duration, Instant};

use common::{annotate, build, document};
use docmill_core::layers::{Entities, Quote, QuoteAct, QuoteKind, Quotes};
use docmill_core::testing::{Conformance, plain_layers};
use docmill_core::{Document, Span};
use docmill_quotes::QuoteSettings;
use proptest::prelude::*;

const NAMES: &[(&str, &str)] = &[
    ("PER", "Petrov"),
    ("PER", "Anna Weiss"),
    ("PER", "Weiss"),
    ("ORG", "Foreign Ministry"),
    ("LOC", "Osh"),
    ("ORG", "Interfax"),
];

/// `speaker > cue > content` of each quotation.
fn quoted(text: &str) -> Vec<String> {
    let mut doc = document(text, NAMES);
    let show = |span: Span| span.slice(text).unwrap();
    let part = |quote: &Quote| {
        let speaker = quote.speaker.map_or("-", |speaker| show(speaker.span));
        let cue = quote.cue.map_or("-", show);
        format!("{speaker} > {cue} > {}", show(quote.content))
    };
    annotate(&mut doc).iter().map(part).collect()
}

/// The mention that the last speaker of a text is.
fn last_mention(text: &str) -> Option<(u32, String)> {
    let mut doc = document(text, NAMES);
    let mention = annotate(&mut doc).last().unwrap().speaker.unwrap().entity?;
    let entities = doc.require::<Entities>().unwrap();
    let name = entities.items[mention as usize].span.slice(text).unwrap();
    Some((mention, name.to_owned()))
}

fn prepare(doc: &mut Document) {
    plain_layers(doc);
    doc.layers_mut().insert(Entities::default());
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&QuoteSettings::default()).prepare(prepare).check();
    let speech = QuoteSettings { attitudes: false, unattributed: false };
    Conformance::of(&speech).prepare(prepare).check();
}

#[test]
fn a_quotation_before_its_cue() {
    assert_eq!(quoted("“We left,” Petrov said."), ["Petrov > said > “We left,”"]);
    assert_eq!(
        quoted("\"We left,\" said Petrov, the mayor of Osh."),
        ["Petrov, the mayor of Osh > said > \"We left,\""]
    );
    assert_eq!(quoted("“Why?” asked Petrov."), ["Petrov > asked > “Why?”"]);
    assert_eq!(quoted("‘We left,’ Petrov said."), ["Petrov > said > ‘We left,’"]);
    assert_eq!(quoted("''We left,'' he told reporters."), ["he > told > ''We left,''"]);
}

#[test]
fn a_quotation_after_its_cue() {
    assert_eq!(quoted("Petrov said: “We left.”"), ["Petrov > said > “We left.”"]);
    assert_eq!(quoted("Petrov added, “We left.”"), ["Petrov > added > “We left.”"]);
    assert_eq!(quoted("He called the vote “a farce.”"), ["He > called > the vote “a farce.”"]);
}

#[test]
fn a_quotation_around_its_cue_is_one_in_two_parts() {
    let text = "“We left,” Petrov said, “and we will be back.” He smiled.";
    let mut doc = document(text, NAMES);
    let quotes = annotate(&mut doc);
    let continues: Vec<_> = quotes.iter().map(|quote| quote.continues).collect();
    assert_eq!(continues, [None, Some(0)]);
    assert_eq!(quotes[1].content.slice(text), Some("“and we will be back.”"));
    assert_eq!(quotes[1].speaker, quotes[0].speaker);
}

#[test]
fn a_quotation_over_sentences_and_paragraphs() {
    let text =
        "“We left. Nobody saw us,” Petrov said. “It was dark.”\n\n“We are safe now.\n\n“But we are cold.”";
    assert_eq!(
        quoted(text),
        [
            "Petrov > said > “We left. Nobody saw us,”",
            "Petrov > said > “It was dark.”",
            "Petrov > said > “We are safe now.",
            "Petrov > said > “But we are cold.”",
        ]
    );
}

#[test]
fn a_quotation_in_a_quotation_is_part_of_it() {
    let text = "“She said, ‘Run,’ and we ran,” Petrov said.";
    assert_eq!(quoted(text), ["Petrov > said > “She said, ‘Run,’ and we ran,”"]);
    let text = "'He said \"no\" twice,' Petrov said.";
    assert_eq!(quoted(text), ["Petrov > said > 'He said \"no\" twice,'"]);
}

#[test]
fn marks_without_a_partner_and_apostrophes_open_nothing() {
    assert_eq!(
        quoted("The soldiers' pay and the teachers' pay are late, Petrov said."),
        ["Petrov > said > The soldiers' pay and the teachers' pay are late"]
    );
    assert_eq!(quoted("The “bridge was closed. Petrov said it was open."), ["Petrov > said > it was open"]);
}

#[test]
fn kinds() {
    let kind = |text: &str| annotate(&mut document(text, NAMES))[0].kind;
    assert_eq!(kind("“We left,” Petrov said."), QuoteKind::Direct);
    assert_eq!(kind("Petrov said that he had left."), QuoteKind::Indirect);
    assert_eq!(kind("Petrov said that he had “simply left.”"), QuoteKind::Mixed);
}

#[test]
fn indirect_speech_and_thought() {
    assert_eq!(
        quoted("Petrov denied that Osh had been shelled."),
        ["Petrov > denied > that Osh had been shelled"]
    );
    assert_eq!(
        quoted("The Foreign Ministry believes the talks will fail."),
        ["The Foreign Ministry > believes > the talks will fail"]
    );
    assert_eq!(quoted("Osh was calm, officials said Monday."), ["officials > said > Osh was calm"]);
    assert_eq!(quoted("Petrov wants to sell the mine."), ["Petrov > wants > to sell the mine"]);
    assert_eq!(
        quoted("According to Petrov, the mine is empty."),
        ["Petrov > According to > the mine is empty"]
    );
    assert_eq!(
        quoted("The mine is empty, according to Petrov."),
        ["Petrov > according to > The mine is empty"]
    );
    assert_eq!(
        quoted("Petrov is confident that the mine is empty."),
        ["Petrov > is confident > that the mine is empty"]
    );
    assert_eq!(
        quoted("His claim that the mine is empty surprised us."),
        ["His > claim > that the mine is empty surprised us"]
    );
}

#[test]
fn speakers_are_whole_phrases() {
    assert_eq!(
        quoted("Anna Weiss, who led the inquiry in Osh, said the files were gone."),
        ["Anna Weiss, who led the inquiry in Osh > said > the files were gone"]
    );
    assert_eq!(
        quoted("On Monday a spokesman for the Foreign Ministry said it was true."),
        ["a spokesman for the Foreign Ministry > said > it was true"]
    );
    assert_eq!(quoted("Petrov, however, said it was true."), ["Petrov > said > it was true"]);
}

#[test]
fn verbs_share_a_subject() {
    assert_eq!(quoted("Petrov met them in Osh and said he was ill."), ["Petrov > said > he was ill"]);
    assert_eq!(
        quoted("Petrov left the room, saying that he was ill."),
        ["Petrov > saying > that he was ill"]
    );
}

#[test]
fn what_something_is_for_is_no_opinion() {
    let text = "The state is not relying entirely on foreign donors to support its own efforts.";
    assert_eq!(quoted(text), [] as [&str; 0]);
    assert_eq!(quoted("Petrov wants to support the plan."), ["Petrov > wants > to support the plan"]);
}

#[test]
fn nouns_that_look_like_cues_are_none() {
    assert_eq!(quoted("The report was long. The state of the claims is bad."), [] as [&str; 0]);
}

#[test]
fn a_source_at_the_end_does_not_enter_the_quotation() {
    let text = "Petrov praised the garrison, “It held for a month without any help” (Interfax, May 3).";
    assert_eq!(quoted(text)[1], "Petrov > praised > “It held for a month without any help”");
}

#[test]
fn a_speaker_is_the_mention_at_its_head() {
    assert_eq!(last_mention("The mayor, Anna Weiss, said it was true.").unwrap().1, "Anna Weiss");
    assert_eq!(last_mention("A spokesman for Petrov said it was true."), None);
    assert_eq!(last_mention("Petrov’s lawyer said it was true."), None);
    assert_eq!(last_mention("The Foreign Ministry said it was true.").unwrap().1, "Foreign Ministry");
}

#[test]
fn pronouns_and_titles_are_resolved_where_the_context_settles_it() {
    assert_eq!(last_mention("Petrov came late. He said he was ill.").unwrap().1, "Petrov");
    // Two people: the one who spoke goes on.
    let text = "Anna Weiss said Petrov was late. She added that he was ill.";
    assert_eq!(last_mention(text).unwrap().1, "Anna Weiss");
    // Two people, nobody spoke.
    assert_eq!(last_mention("Petrov met Weiss. They shook hands. He said it was late."), None);
    // The first name tells.
    let text = "Petrov met Anna Weiss. They shook hands. He said it was late.";
    assert_eq!(last_mention(text).unwrap().1, "Petrov");
    // Whose something is, and who is named in a quotation, is not meant.
    assert_eq!(last_mention("Nobody likes Petrov’s plans. He said it was late."), None);
    assert_eq!(last_mention("“Petrov was late,” Weiss said. He added that it was dark.").unwrap().1, "Weiss");
    assert_eq!(last_mention("Mr. Petrov met Mrs. Weiss. She said it was late.").unwrap().1, "Weiss");
    let text = "Finance Minister Petrov was in Osh. The trip was long. The train was late. The road was bad. \
        The hotel was closed. The minister said it was a disaster.";
    assert_eq!(last_mention(text).unwrap().1, "Petrov");
    let text = "Finance Minister Petrov met Interior Minister Weiss. The minister said it was a disaster.";
    assert_eq!(last_mention(text), None);
    // What spoke before; what did not.
    let text = "The Foreign Ministry denied the report. It said that Osh was calm.";
    assert_eq!(last_mention(text).unwrap().1, "Foreign Ministry");
    assert_eq!(last_mention("Osh was calm. It said that the war was over."), None);
    // Another minister.
    let text = "Finance Minister Petrov was in Osh. The Kazakh minister said it was a disaster.";
    assert_eq!(last_mention(text), None);
    assert_eq!(last_mention("They met Petrov, who said it was late.").unwrap().1, "Petrov");
}

#[test]
fn what_is_told_of_the_content() {
    let acts = |text: &str| -> Vec<QuoteAct> {
        annotate(&mut document(text, NAMES)).iter().map(|quote| quote.act).collect()
    };
    assert_eq!(acts("Petrov praised the plan. Petrov said it was late."), [QuoteAct::Speech; 2]);
    assert_eq!(acts("Petrov fears a war. Petrov is sure that it is late."), [QuoteAct::Thought; 2]);
    // Subject and rest, with the verb between them.
    assert_eq!(acts("Petrov appears to be ill."), [QuoteAct::Appearance; 2]);
}

#[test]
fn ten_thousand_quotations() {
    let text = "“We left,” Petrov said.\n\n".repeat(10_000);
    assert_eq!(annotate(&mut document(&text, &[])).len(), 10_000);
    // As many that never close, and as many brackets.
    annotate(&mut document(&"“We left, Petrov said.\n\n".repeat(10_000), &[]));
    annotate(&mut document(&"he said ( ".repeat(10_000), &[]));
}

#[test]
fn settings_leave_kinds_of_cues_out() {
    let run = |settings: QuoteSettings| {
        let mut doc = document("Petrov wants peace. Petrov said it was late. He appears to be ill.", NAMES);
        build(&settings).annotate(&mut doc).unwrap();
        doc.require::<Quotes>().unwrap().items.len()
    };
    assert_eq!(run(QuoteSettings { attitudes: true, unattributed: true }), 4);
    assert_eq!(run(QuoteSettings::default()), 1, "speech alone");
    assert_eq!(run(QuoteSettings { attitudes: false, unattributed: true }), 1);
    assert_eq!(run(QuoteSettings { attitudes: true, unattributed: false }), 2);
}

/// What is told of each of these by default: speech has a clause, an infinitive or marks.
#[test]
fn the_object_of_a_verb_is_no_speech() {
    let quoted = |text: &str| {
        let mut doc = document(text, NAMES);
        build(&QuoteSettings::default()).annotate(&mut doc).unwrap();
        doc.require::<Quotes>().unwrap().items.len()
    };
    for text in [
        "Petrov praised the plan.",
        "Petrov announced a plan.",
        "Asked about the plan, Petrov left.",
        "The plan was rejected.",
    ] {
        assert_eq!(quoted(text), 0, "{text}");
    }
    for text in [
        "Petrov said the plan was late.",
        "Petrov urged voters to stay.",
        "Petrov rejected “a plan that nobody has seen.”",
        "According to Petrov, the plan was late.",
    ] {
        assert_eq!(quoted(text), 1, "{text}");
    }
}

/// Twice the text may take about twice the time; hostile texts must not make it four times. Measured from a length at
/// which constant costs are small, with room for a busy machine.
#[test]
fn time_is_linear_on_hostile_texts() {
    let seconds = |unit: &str, count: usize| {
        let text = unit.repeat(count);
        let mut doc = document(&text, &[]);
        let start = Instant::now();
        annotate(&mut doc);
        start.elapsed().max(Duration::from_millis(20)).as_secs_f64()
    };
    for unit in [
        "said and said ",
        "“ ",
        "\" ' ",
        "he said “a ",
        "( ",
        "who said ",
        "Petrov, ",
        "the minister said he said, ",
        "according to ",
        "that he was ",
        "of the ",
        "“yes,” ",
        "adding ",
        "told him to ",
    ] {
        let (short, long) = (seconds(unit, 4_000), seconds(unit, 32_000));
        assert!(long < 24.0 * short, "`{unit}`: {short:.3} s, eight times that text {long:.3} s");
    }
}

proptest! {
    /// Whatever the text: spans lie on characters and are not empty, contents are in text order, what continues
    /// something comes after it, speakers are mentions that exist.
    #[test]
    fn any_text_gives_sound_quotations(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "Petrov", "he", "who", "the", "minister", "said", "says", "told", "wants", "claim", "that", "to", "and",
                "but", "was", "by", "of", "according", "“", "”", "\"", "'", "’", "‘", "(", ")", ",", ".", ":", ";", "—",
                "?", "\n\n", "\r\n", "🛰️", "E\u{301}mile", "Душанбе", "Interfax", "adding", "in", "Monday", "praised",
            ]),
            0..60,
        ),
        glued in prop::collection::vec(any::<bool>(), 60),
    ) {
        let mut text = String::new();
        for (word, glued) in words.iter().zip(glued) {
            if !glued && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        let mut doc = document(&text, NAMES);
        let quotes = annotate(&mut doc);
        let entities = doc.require::<Entities>().unwrap().items.len() as u32;
        for (i, quote) in quotes.iter().enumerate() {
            let spans = [Some(quote.content), quote.cue, quote.speaker.map(|speaker| speaker.span)];
            for span in spans.into_iter().flatten() {
                prop_assert!(span.slice(&text).is_some_and(|slice| !slice.is_empty()));
            }
            prop_assert!(i == 0 || quotes[i - 1].content <= quote.content);
            prop_assert!(quote.continues.is_none_or(|first| (first as usize) < i));
            prop_assert!(quote.speaker.and_then(|s| s.entity).is_none_or(|e| e < entities));
        }
    }
}
