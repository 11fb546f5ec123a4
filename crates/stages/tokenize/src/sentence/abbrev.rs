//! Abbreviations: what a stop after a word means.

use std::collections::BTreeSet;

/// How a word with a stop behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a noun follows: `Gen.`, `Mr.`, `vs.`, `e.g.`; the stop never ends a sentence.
    Inner,
    /// The same, where the word is written with a capital: `Rep.`, but not "a rep."
    InnerCapital,
    /// May end a sentence, and does so if the next word is one that begins sentences: `Inc.`, `Jr.`, `U.S.`
    Either,
    /// The same, where the word is written with a capital: `Sept.`, `Mass.`, but not "the mass."
    EitherCapital,
    /// A number follows, or it is no abbreviation: `No. 5`, `p. 3`, `Art. 51`.
    Number,
    /// Ends a sentence before any capital: `etc.`
    Open,
    /// A time of day, which ends a sentence before any capital but names of days and zones: `p.m.`
    Time,
}

use Kind::{Either, EitherCapital, Inner, InnerCapital, Number, Open, Time};

/// Sorted by word. Dotted acronyms (`U.S.`, `S.C.O.`) and initials need no entry.
const TABLE: &[(&str, Kind)] = &[
    ("a.k.a", Inner),
    ("a.m", Time),
    ("abp", InnerCapital),
    ("acad", InnerCapital),
    ("adj", InnerCapital),
    ("adm", InnerCapital),
    ("al", Either),
    ("ala", EitherCapital),
    ("amb", InnerCapital),
    ("approx", Inner),
    ("apr", EitherCapital),
    ("apt", Number),
    ("archbp", InnerCapital),
    ("ariz", EitherCapital),
    ("ark", EitherCapital),
    ("art", Number),
    ("arts", Number),
    ("assn", Either),
    ("assoc", Either),
    ("asst", InnerCapital),
    ("atty", InnerCapital),
    ("aug", EitherCapital),
    ("ave", EitherCapital),
    ("bat", InnerCapital),
    ("bldg", Either),
    ("blvd", Either),
    ("bn", InnerCapital),
    ("bp", InnerCapital),
    ("brig", InnerCapital),
    ("bros", Either),
    ("btw", Inner),
    ("c.f", Inner),
    ("ca", Number),
    ("cal", EitherCapital),
    ("calif", EitherCapital),
    ("capt", InnerCapital),
    ("cdr", InnerCapital),
    ("cf", Inner),
    ("ch", Number),
    ("chap", Number),
    ("cir", Number),
    ("cllr", InnerCapital),
    ("cmdr", InnerCapital),
    ("cmdt", InnerCapital),
    ("co", Either),
    ("col", InnerCapital),
    ("colo", EitherCapital),
    ("comdr", InnerCapital),
    ("cong", InnerCapital),
    ("conn", EitherCapital),
    ("cont", Inner),
    ("corp", Either),
    ("cos", EitherCapital),
    ("cpl", InnerCapital),
    ("cpt", InnerCapital),
    ("ct", EitherCapital),
    ("d.c", Either),
    ("dec", EitherCapital),
    ("del", EitherCapital),
    ("dep", InnerCapital),
    ("dept", Either),
    ("det", InnerCapital),
    ("dipl", InnerCapital),
    ("dist", InnerCapital),
    ("div", InnerCapital),
    ("dr", InnerCapital),
    ("drs", InnerCapital),
    ("e.g", Inner),
    ("ed", InnerCapital),
    ("eds", InnerCapital),
    ("eg", Inner),
    ("ens", InnerCapital),
    ("esp", Inner),
    ("esq", Either),
    ("est", Number),
    ("etc", Open),
    ("exec", InnerCapital),
    ("ext", Number),
    ("f.e", Inner),
    ("feb", EitherCapital),
    ("fig", Number),
    ("figs", Number),
    ("fla", EitherCapital),
    ("flt", InnerCapital),
    ("fn", Number),
    ("fr", InnerCapital),
    ("fri", EitherCapital),
    ("ft", InnerCapital),
    ("ga", EitherCapital),
    ("gen", InnerCapital),
    ("gens", InnerCapital),
    ("gmbh", Either),
    ("gov", InnerCapital),
    ("govs", InnerCapital),
    ("govt", Either),
    ("gvt", Either),
    ("hon", InnerCapital),
    ("hr", Either),
    ("hrs", Either),
    ("i.e", Inner),
    ("i.q", Either),
    ("ibid", Either),
    ("ie", Inner),
    ("ill", EitherCapital),
    ("im", Inner),
    ("inc", Either),
    ("incl", Inner),
    ("ind", EitherCapital),
    ("insp", InnerCapital),
    ("intl", Inner),
    ("jan", EitherCapital),
    ("jnr", Either),
    ("jr", Either),
    ("jul", EitherCapital),
    ("jun", EitherCapital),
    ("kan", EitherCapital),
    ("km", Either),
    ("kr", Number),
    ("ky", EitherCapital),
    ("la", EitherCapital),
    ("lbs", Either),
    ("lcdr", InnerCapital),
    ("lieut", InnerCapital),
    ("lt", InnerCapital),
    ("ltd", Either),
    ("maj", InnerCapital),
    ("mar", EitherCapital),
    ("mass", EitherCapital),
    ("md", EitherCapital),
    ("messrs", InnerCapital),
    ("mfg", Either),
    ("mgr", InnerCapital),
    ("mi", Number),
    ("mich", EitherCapital),
    ("mil", Inner),
    ("min", Either),
    ("minn", EitherCapital),
    ("misc", Either),
    ("miss", EitherCapital),
    ("mlle", InnerCapital),
    ("mm", InnerCapital),
    ("mme", InnerCapital),
    ("mo", EitherCapital),
    ("mon", EitherCapital),
    ("mont", EitherCapital),
    ("mr", InnerCapital),
    ("mrs", InnerCapital),
    ("ms", InnerCapital),
    ("msgr", InnerCapital),
    ("mss", InnerCapital),
    ("mt", InnerCapital),
    ("mts", InnerCapital),
    ("natl", Inner),
    ("neb", EitherCapital),
    ("nev", EitherCapital),
    ("no", Number),
    ("nos", Number),
    ("nov", EitherCapital),
    ("nr", Number),
    ("n°", Number),
    ("obl", Inner),
    ("oct", EitherCapital),
    ("okla", EitherCapital),
    ("op", Number),
    ("ord", InnerCapital),
    ("ore", EitherCapital),
    ("oz", Either),
    ("p.a", Either),
    ("p.m", Time),
    ("pa", EitherCapital),
    ("para", Number),
    ("paras", Number),
    ("pars", Number),
    ("penn", EitherCapital),
    ("pfc", InnerCapital),
    ("ph", InnerCapital),
    ("plc", Either),
    ("pp", Number),
    ("pres", InnerCapital),
    ("prof", InnerCapital),
    ("profs", InnerCapital),
    ("prov", InnerCapital),
    ("pseud", Inner),
    ("pt", Number),
    ("pte", Either),
    ("pty", Either),
    ("pvt", InnerCapital),
    ("qtd", Inner),
    ("r-n", Inner),
    ("rd", EitherCapital),
    ("regt", InnerCapital),
    ("rep", InnerCapital),
    ("reps", InnerCapital),
    ("resp", Inner),
    ("ret", Either),
    ("rev", InnerCapital),
    ("rs", Number),
    ("rt", InnerCapital),
    ("sat", EitherCapital),
    ("sec", Number),
    ("secs", Number),
    ("sect", Number),
    ("sects", Number),
    ("secy", InnerCapital),
    ("sen", InnerCapital),
    ("sens", InnerCapital),
    ("sep", EitherCapital),
    ("sept", EitherCapital),
    ("sgt", InnerCapital),
    ("snr", Either),
    ("spc", InnerCapital),
    ("spec", InnerCapital),
    ("sq", Inner),
    ("sr", Either),
    ("srs", InnerCapital),
    ("ss", InnerCapital),
    ("st", InnerCapital),
    ("sta", InnerCapital),
    ("sto", InnerCapital),
    ("sts", InnerCapital),
    ("sun", EitherCapital),
    ("supp", Either),
    ("supt", InnerCapital),
    ("tel", Number),
    ("tenn", EitherCapital),
    ("tex", EitherCapital),
    ("thu", EitherCapital),
    ("thur", EitherCapital),
    ("thurs", EitherCapital),
    ("trans", InnerCapital),
    ("tsp", Inner),
    ("tue", EitherCapital),
    ("tues", EitherCapital),
    ("ul", Inner),
    ("univ", Either),
    ("v", Inner),
    ("va", EitherCapital),
    ("ven", InnerCapital),
    ("vil", Inner),
    ("viz", Inner),
    ("vol", Number),
    ("vols", Number),
    ("vs", Inner),
    ("vt", EitherCapital),
    ("wash", EitherCapital),
    ("wed", EitherCapital),
    ("wg", InnerCapital),
    ("wis", EitherCapital),
    ("wyo", EitherCapital),
    ("yr", Either),
    ("yrs", Either),
];

/// Longest word in the table, and longest extra one that is looked up.
pub const LONGEST: usize = 24;

/// The built-in abbreviations and those of the settings.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    extra: BTreeSet<Box<[u8]>>,
}

impl Abbreviations {
    pub fn with_extra(words: &[String]) -> Self {
        let fold = |word: &String| word.trim_end_matches('.').to_lowercase().into_bytes().into_boxed_slice();
        Self { extra: words.iter().map(fold).collect() }
    }

    /// How `word`, the bytes before a stop, behaves; `None` if it is an ordinary word.
    pub fn kind(&self, word: &[u8]) -> Option<Kind> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut buffer = [0; LONGEST];
        let folded = &mut buffer[..word.len()];
        folded.copy_from_slice(word);
        folded.make_ascii_lowercase();
        if !self.extra.is_empty() && self.is_extra(word) {
            return Some(Inner);
        }
        let found = TABLE.binary_search_by(|(entry, _)| entry.as_bytes().cmp(folded));
        match found.map(|i| TABLE[i].1) {
            Ok(InnerCapital) => word[0].is_ascii_uppercase().then_some(Inner),
            Ok(EitherCapital) => word[0].is_ascii_uppercase().then_some(Either),
            Ok(kind) => Some(kind),
            Err(_) => is_acronym(word).then_some(Either),
        }
    }

    fn is_extra(&self, word: &[u8]) -> bool {
        let folded = String::from_utf8_lossy(word).to_lowercase();
        self.extra.contains(folded.as_bytes())
    }
}

/// Letters with stops between them: `U.S`, `S.C.O`, `i.v`, `Ph.D`, `U.S.-D.C` is not one.
pub fn is_acronym(word: &[u8]) -> bool {
    let mut parts = 0;
    for part in word.split(|&b| b == b'.') {
        parts += 1;
        let short = part.len() == 1
            || (part.len() == 2 && part[0].is_ascii_uppercase() && part[1].is_ascii_lowercase());
        if !short || !part[0].is_ascii_alphabetic() {
            return false;
        }
    }
    parts > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_short() {
        assert!(TABLE.is_sorted_by(|a, b| a.0.as_bytes() < b.0.as_bytes()));
        assert!(TABLE.iter().all(|(word, _)| word.len() <= LONGEST));
    }

    #[test]
    fn capitals_tell_ranks_from_words() {
        let abbreviations = Abbreviations::default();
        assert_eq!(abbreviations.kind(b"Rep"), Some(Inner));
        assert_eq!(abbreviations.kind(b"rep"), None);
        assert_eq!(abbreviations.kind(b"Sept"), Some(Either));
        assert_eq!(abbreviations.kind(b"countries"), None);
        assert_eq!(abbreviations.kind(b"S.C.O"), Some(Either));
        assert_eq!(abbreviations.kind(b"paper.doc"), None);
    }

    #[test]
    fn settings_add_words() {
        let abbreviations = Abbreviations::with_extra(&["Kaz.".to_owned(), "Респ".to_owned()]);
        assert_eq!(abbreviations.kind(b"kaz"), Some(Inner));
        assert_eq!(abbreviations.kind("респ".as_bytes()), Some(Inner));
    }
}
