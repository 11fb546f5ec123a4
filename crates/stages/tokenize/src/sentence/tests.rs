//! One test a rule; `|` marks where the sentences of a text part.

use crate::{Paragraphs, Segmenter, TokenizeSettings};

fn split(text: &str) -> Vec<String> {
    split_with(&TokenizeSettings::default(), text)
}

fn split_with(settings: &TokenizeSettings, text: &str) -> Vec<String> {
    let sentences = Segmenter::new(settings).sentences(text);
    sentences.items.iter().map(|s| s.span.slice(text).unwrap().to_owned()).collect()
}

/// Each text is given with ` |` where a sentence ends.
#[track_caller]
fn check(marked: &[&str]) {
    for marked in marked {
        let text = marked.replace('|', "");
        let expected: Vec<String> = marked.split('|').map(|s| s.trim().to_owned()).collect();
        assert_eq!(split(&text), expected);
    }
}

#[test]
fn stops_end_sentences() {
    check(&[
        "Talks began. |They failed! |Why? |Nobody knows",
        "What now?! |Silence...| Then shots.",
        "The vote was 41 to 3. |It is final.",
        "Fighting went on . |The truce failed .",
    ]);
}

#[test]
fn ranks_and_titles_stand_before_names() {
    check(&[
        "Gen. Cao met Lt. Col. Ivan Petrov. |Maj. Gen. Amirov and Adm. Li were there.",
        "Mr. Karimov, Sen. Lugar and Rep. Smith left with Dr. Khan. |St. Petersburg was next.",
        "It lies in Sogd obl. Penjikent district, near im. Lenina.",
        "Brig. Gen. R. T. Moss of Ft. Bragg spoke. |Gov. Ames did not.",
    ]);
}

#[test]
fn acronyms_and_firms_may_end_a_sentence() {
    check(&[
        "He left the U.S. Army in 2003. |She lives in the U.S. |He does not.",
        "U.S. The Army moved.",
        "It was sold to Kumtor Inc. |The price is secret. |Kumtor Inc. Chairman Lee resigned.",
        "Members of the S.C.O. met in the U.K. |They agreed.",
        "He studied law, history, etc. |Later he taught.",
        "The war of Russia vs. Georgia, i.e. South Ossetia, e.g. Tskhinvali.",
        "Sammy Davis Jr. |was not there.".replace(" |", " ").as_str(),
    ]);
}

#[test]
fn initials_belong_to_names() {
    check(&["J. R. Smith met V. V. Putin. |George W. Bush came, too.", "It was you and I. |Did you know?"]);
    check(&["В. В. Путин приехал. |Он уехал."]);
}

#[test]
fn numbers_keep_their_stops() {
    check(&[
        "Trade rose 5.3 percent to $1,000.50 in 2004. |No. 5 on the list fell; see p. 12 and Art. 51 of Vol. II there.",
        "Is it over? |No. |It is not.",
        "On Sept. 15 and Oct. 3, 2005 they met. |The talks ended in Sept. |They go on in Jan. 2006.",
        "Version 2.0.1 of sec. 3.4 is at www.example.org. |Read it.",
    ]);
}

#[test]
fn times_end_before_capitals() {
    check(&[
        "The raid began at 5 a.m. |Police arrived at 6 p.m. Tuesday. |By 7 p.m. Gen. Li had left.",
        "They met at 9 a.m. Moscow time.",
    ]);
}

#[test]
fn quotations_close_after_the_stop() {
    check(&[
        "“We are close neighbors.” |He left.",
        "“We will go to Osh!” he said. |“Will you?” Petrov asked.",
        "\"It is over.\" |The minister left.",
        "“It is good. |It grows,” he said.",
        "“Why wait? There is no reason!” the crowd cried. |Then it left.",
        "He said it was “a lie.” |Then he left.",
    ]);
}

#[test]
fn a_source_in_brackets_belongs_to_its_sentence() {
    check(&[
        "“It is an important component” (Avesta, September 13; Khovar, September 15). |China agreed.",
        "“It is important.” (Interfax, September 15) |China agreed.",
        "Talks failed. (Interfax, September 15) |China left.",
        "Talks failed. |(They had failed before.) |China left.",
        "He teaches (he was a colonel. He retired.) in Osh. |She, too.",
    ]);
}

#[test]
fn ellipses_end_before_capitals_only() {
    check(&[
        "It was… well… late. |They waited… |Nobody came.",
        "The text . . . is lost. |It went on . . . . |Nobody read it.",
        "The [...] text is lost (?) today.",
    ]);
}

#[test]
fn notes_stand_with_their_sentence() {
    check(&["The law passed.[3] |It failed later.12 |Nobody minded.", "Version No.5 Works is a plant."]);
}

#[test]
fn lists_within_a_line() {
    check(&[
        "1. Water |2. Rail links |3. Customs",
        "a) water b |".trim_end_matches(" |").replace(" b", "").as_str(),
        "a) water |b) rail |c) customs",
        "• Water • |".trim_end_matches(" • |"),
        "• Water |• Rail",
        "(a) Water is short. |(b) Rail is slow.",
    ]);
}

#[test]
fn lower_case_goes_on() {
    check(&[
        "He works at Yahoo! in Almaty.",
        "The gen. staff met. |al-Qaeda denied it. |iPhone sales rose.",
        "They met on 5 September 1946. which is long ago.",
        "It ended there. |nobody noticed.",
    ]);
}

#[test]
fn a_space_may_be_lost() {
    check(&[
        "The talks ended.|The sides left.|Mr. Li stayed.",
        "See Docs.The.Com and Jane.Doe@example.com today.",
    ]);
}

#[test]
fn other_scripts_and_symbols() {
    check(&[
        "双方签署了文件。|他说。",
        "МИД сообщил об этом. |Душанбе молчит.",
        "The launch failed. |🚀 Bishkek denied it! |👩‍👩‍👧 came.",
        "Zoe\u{308}. |E\u{301}mile left.",
        "وقع الوزير الاتفاق. |غادر.",
    ]);
}

#[test]
fn lines_and_paragraphs() {
    let text = "DUSHANBE, September 15 — The ministers met in the\ncapital. They signed a\r\nprotocol.\r\n\r\nOsh (AP)\n\n\n1. Water";
    let sentences = Segmenter::default().sentences(text);
    let shown: Vec<(u32, &str)> =
        sentences.items.iter().map(|s| (s.paragraph, s.span.slice(text).unwrap())).collect();
    assert_eq!(
        shown,
        [
            (0, "DUSHANBE, September 15 — The ministers met in the\ncapital."),
            (0, "They signed a\r\nprotocol."),
            (1, "Osh (AP)"),
            (2, "1. Water"),
        ]
    );
}

#[test]
fn settings_change_the_rules() {
    let by_line = TokenizeSettings { paragraphs: Paragraphs::Line, ..TokenizeSettings::default() };
    assert_eq!(split_with(&by_line, "one\ntwo").len(), 2);
    let more = TokenizeSettings { abbreviations: vec!["Resp.".to_owned()], ..TokenizeSettings::default() };
    assert_eq!(split_with(&more, "The Resp. Party won.").len(), 1);
    assert_eq!(split("The Kumtorov. Party won.").len(), 2);
}

#[test]
fn a_letter_behind_its_noun_ends_a_sentence() {
    check(&[
        "The board chose Plan C. |Envoys left. |Nurses gave out vitamin A. |Ruiz asked why.",
        "She announced it on X. |Ruiz replied. |The clip went from X. |Users wrote.",
        "Chile won Group E. |Peru lost Pool B. |Japan drew.",
        "They called on J. Ruiz. |Generals met George W. Bush and Section chief D. Pak.",
    ]);
}

#[test]
fn an_ampersand_goes_on() {
    check(&["He ran Ortiz & Co. & Sons. |It was sold to the Dept. & Bureau of Mines. |He left."]);
}

#[test]
fn remarks_in_brackets_stand_before_names() {
    check(&[
        "Lt. Gen. (ret.) Ada Kral warned of it. |Rear Adm. (Ret) Jon Vik agreed. |Col. (retd.) Rao did not.",
        "It was led by Gen. Kral (ret.). |Others followed. |He met Gen. Kral (ret.) |The others left.",
    ]);
}

#[test]
fn two_spaces_end_a_sentence_where_typists_set_them() {
    check(&["The ship left for the U.S.A.  |Officers boarded it.", "The  ship  of  the U.S.  Navy  left."]);
}

#[test]
fn a_narrow_column_is_running_text() {
    check(&[
        "The interior ministry said it\nhad signed a contract with the\nOsh Transport Agency to buy\nforty buses for the South\n\
         Highway. |Deputy Minister Ada\nKral told the press so.",
        "The deal was signed by Orion\nFreight in Varna. |Later Ada\nKral of the Trade\nUnion praised it.",
    ]);
    // A list stays one.
    check(&["Osh Freight |\nOrion Lines |\nAda Kral"]);
}
