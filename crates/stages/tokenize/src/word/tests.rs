//! One test a rule; tokens are parted by a space in what is expected.

use crate::Segmenter;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let segmenter = Segmenter::default();
        let tokens = segmenter.tokens(text, &segmenter.sentences(text));
        let words: Vec<&str> = tokens.all().iter().map(|t| t.slice(text).unwrap()).collect();
        assert_eq!(words.join(" "), *expected);
    }
}

#[test]
fn clitics_stand_alone() {
    check(&[
        ("China’s role, they don't say.", "China ’s role , they do n't say ."),
        ("The soldiers’ pay; O'Neill can’t; I'll", "The soldiers ’ pay ; O'Neill ca n’t ; I 'll"),
        ("the '90s, 'em", "the '90s , 'em"),
        ("BUSH'S WIN", "BUSH 'S WIN"),
    ]);
}

#[test]
fn stops_belong_to_abbreviations() {
    check(&[
        ("Gen. Li of the U.S. Army left the U.S.", "Gen. Li of the U.S. Army left the U.S."),
        ("J. R. Smith saw No. 5. No.", "J. R. Smith saw No. 5 . No ."),
        ("Pitt & Co. It is plan B.", "Pitt & Co. It is plan B ."),
        ("He has a Ph.D. and sold it to Li Inc..", "He has a Ph.D. and sold it to Li Inc. ."),
    ]);
}

#[test]
fn hyphens_part_words_but_not_affixes() {
    check(&[
        ("a 15-year term", "a 15 - year term"),
        ("Hizb-ut-Tahrir, Asia-Plus, U.S.-led", "Hizb - ut - Tahrir , Asia - Plus , U.S. - led"),
        ("anti-terrorist, non-aligned, e-mail", "anti-terrorist , non-aligned , e-mail"),
    ]);
}

#[test]
fn numbers_money_and_units() {
    check(&[
        ("$1,000.50, 5.3% at 10:30", "$ 1,000.50 , 5.3 % at 10:30"),
        ("21-23 September 2004-2005", "21 - 23 September 2004 - 2005"),
        ("the 201st, 82mm shells, US$5 and €3", "the 201st , 82 mm shells , US$ 5 and € 3"),
        ("303-555-0160 or 2005-09-20, .5", "303-555-0160 or 2005-09-20 , .5"),
    ]);
}

#[test]
fn addresses_are_one_token() {
    check(&[
        (
            "(http://www.example.org/a-b?c=1), jane@example.com.",
            "( http://www.example.org/a-b?c=1 ) , jane@example.com .",
        ),
        ("@handle and #tag at example.com", "@handle and #tag at example.com"),
    ]);
}

#[test]
fn marks() {
    check(&[
        ("“Yes” — (no) -- wait... what?!", "“ Yes ” — ( no ) -- wait ... what ?!"),
        ("and/or, n/a; well :-)", "and / or , n/a ; well :-)"),
        ("it is…over", "it is … over"),
    ]);
}

#[test]
fn clusters_stay_whole() {
    check(&[
        ("👩‍👩‍👧 🇹🇯🇨🇳 e\u{301}te\u{301}", "👩‍👩‍👧 🇹🇯 🇨🇳 e\u{301}te\u{301}"),
        ("mili\u{ad}tary\u{a0}aid\u{200b}now", "mili\u{ad}tary aid now"),
        ("Душанбе, Пекин", "Душанбе , Пекин"),
    ]);
}
