use super::*;

/// An article, invented; 11 sentences.
const ARTICLE: &str = "By Mara Lindqvist\n\nThe upstream republic will close the sluices of the Ak-Suu dam in \
October, a month earlier than in other years, its energy minister told deputies on Tuesday. Farmers in the lower valley, \
where cotton is watered until the first frost, called the decision a breach of the spring accord. \"We were promised \
water until November,\" said Olim Nazarov, who heads a union of growers in Charkol. The minister, Bakyt Sadyrov, said the \
reservoir stood at 61 percent, the lowest level in nine years, and that the cities would need every cubic meter in \
winter.\n\nUnder the accord that three governments signed in April, the lower states deliver coal and gas in exchange for \
releases in summer. Deliveries fell short by a third, according to figures of the commission in Andar. Analysts doubt \
that the quarrel will stay one of engineers. A border post near Kok-Talaa was closed for two days last week after a \
scuffle over a pumping station. The lower state has moved a company of guards to the canal, a step that its foreign \
ministry called routine. Talks are to go on in Andar on Thursday, with envoys of the regional bank at the table. Neither \
side has said what it would offer.\n";

/// Another piece on the same topic, with a sentence of the minister's that both papers have.
const OTHER: &str = "By Tomas Reiter\n\nWater is running out in the cotton districts below the Ak-Suu dam, and patience \
with it. Three governments agreed in April that coal and gas from below would pay for releases from above; by September \
neither was moving as promised. Energy minister Bakyt Sadyrov now wants to shut the sluices in October. The minister, \
Bakyt Sadyrov, said the reservoir stood at 61 percent, the lowest level in nine years, and that the cities would need \
every cubic meter in winter. In Charkol, growers count the days until the frost. Nobody there believes that Thursday's \
round in Andar will bring more than another date. A shop owner near the closed post at Kok-Talaa says that trade has \
halved, and that the guards at the canal are polite, young and bored. The regional bank, whose envoys will sit at the \
table, has lent both sides money for pumps that were never built.\n";

fn found(seen: &str, new: &str) -> Option<Match> {
    let mut index = Index::new(&Settings::default());
    index.insert("seen", &Signature::of(seen), true);
    index.find(&Signature::of(new))
}

#[track_caller]
fn near(new: &str) {
    let found = found(ARTICLE, new).expect("a near duplicate");
    assert_eq!(found.kind, Kind::Near);
    assert!(found.similarity >= 0.8, "{}", found.similarity);
}

#[test]
fn small_changes_make_near_duplicates() {
    near(&ARTICLE.replace("By Mara Lindqvist", "From our correspondent in Andar"));
    near(&ARTICLE.replace("a third", "a quarter").replace("scuffle", "scufle"));
    near(&format!(
        "{ARTICLE}\nCorrection: an earlier version of this article gave the wrong year for the accord. It was signed this \
         April."
    ));
    near(&format!("ANDAR, Sept. 14 (Valley News) -- {ARTICLE}"));
    near(&ARTICLE.replace(
        "Talks are to go on in Andar on Thursday, with envoys of the regional bank at the table. ",
        "",
    ));
    near(&ARTICLE.replace('"', "”").to_uppercase());
}

#[test]
fn white_space_makes_exact_duplicates() {
    let wrapped = ARTICLE.replace(' ', "\r\n  ");
    let exact = Match { first: 0, kind: Kind::Exact, similarity: 1.0 };
    assert_eq!(found(ARTICLE, &wrapped), Some(exact));
    assert_eq!(found("Osh.", " Osh.\n"), Some(exact), "too short to be near");
    assert_eq!(found("", ""), Some(exact));
}

#[test]
fn another_piece_on_the_topic_is_none() {
    assert_eq!(found(ARTICLE, OTHER), None);
    // Half of an article with half of another.
    let half = |text: &str| text.split_whitespace().take(90).collect::<Vec<_>>().join(" ");
    assert_eq!(found(ARTICLE, &format!("{}\n{}", half(ARTICLE), half(OTHER))), None);
    assert_eq!(found(ARTICLE, &half(ARTICLE)), None);
    assert_eq!(found("Osh waits.", "Osh sleeps."), None);
}

#[test]
fn what_is_not_looked_for_is_not_found() {
    let settings = Settings { find: Find::Exact, ..Settings::default() };
    let mut index = Index::new(&settings);
    index.insert("seen", &Signature::of(ARTICLE), true);
    assert!(index.find(&Signature::of(ARTICLE)).is_some());
    assert!(index.find(&Signature::of(&ARTICLE.replace("third", "quarter"))).is_none());
}

/// `size` made-up words; texts with the same seed differ in those of which `part` is another.
fn words(seed: u64, size: u64, changed: u64, part: u64) -> String {
    let word = |i: u64| mix(seed << 40 | i | if i < changed { part << 20 } else { 0 });
    (0..size).map(|i| format!("w{:x}", word(i))).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_of_several_is_told_whatever_came_later() {
    let mut index = Index::new(&Settings::default());
    let texts: Vec<Signature> = (0..40).map(|part| Signature::of(&words(7, 600, 20, part))).collect();
    index.insert("other", &Signature::of(OTHER), true);
    for (i, text) in texts.iter().enumerate() {
        // They are all alike; inserted all the same, as nobody should.
        index.insert(&format!("d{i}"), text, i % 2 == 0);
        let found = index.find(&Signature::of(&words(7, 600, 20, 99))).expect("alike");
        assert_eq!((index.id(found.first), index.is_whole(found.first)), ("d0", true));
    }
    assert_eq!(index.len(), 41);
    assert_eq!(index.id(2), "d1");
    assert!(!index.is_whole(2));
}

/// Share of pairs that are found, by the share of sequences that they have in common, against the curve of the bands.
#[test]
fn pairs_are_found_as_the_curve_says() {
    let pairs = 200;
    for (changed, expected) in [(12_u32, 0.99..=1.0), (22, 0.93..=1.0), (66, 0.0..=0.75), (200, 0.0..=0.05)] {
        let share = (600.0 - f64::from(changed)) / (600.0 + f64::from(changed));
        let hits = (0..pairs)
            .filter(|&seed| {
                let text = |part| words(seed, 602, changed.into(), part);
                found(&text(1), &text(2)).is_some()
            })
            .count();
        let rate = hits as f64 / pairs as f64;
        assert!(expected.contains(&rate), "{share:.2} in common: {rate} found");
    }
}

#[test]
fn documents_take_what_is_said() {
    let mut index = Index::new(&Settings::default());
    for seed in 0..20_000 {
        let signature = Signature::of(&words(seed, 20, 0, 0));
        assert_eq!(index.find(&signature), None);
        index.insert(&format!("archive/2005/09/{seed:06}.txt"), &signature, true);
    }
    let each = index.bytes() / index.len();
    assert!((270..330).contains(&each), "{each} bytes a document with an id of 26");
}

/// Boilerplate that all share, of which every text has some more: bands are full at 32, and time stays linear.
#[test]
fn what_all_share_does_not_take_the_square() {
    let mut index = Index::new(&Settings { threshold: 1.0, ..Settings::default() });
    let boilerplate = words(1, 300, 0, 0);
    for part in 0..400 {
        index.insert("x", &Signature::of(&format!("{boilerplate} {part}")), true);
    }
    let longest = (0..BANDS).map(|band| {
        let key = band_of(&index.values[0], band);
        index.in_band(band, key).count()
    });
    assert!(longest.into_iter().all(|count| count <= PER_BAND));
}
