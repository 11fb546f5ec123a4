//! ISO 639-1 codes.

use whatlang::Lang;

/// The code of a language that the detector knows.
pub(crate) fn of_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

/// The code that a word stands for: a code of two letters or three (the three of those that the detector knows), with or
/// without a region, or a language's English name.
pub(crate) fn of_word(word: &str) -> Option<String> {
    let word = word.trim();
    let by_name = |lang: &&Lang| lang.eng_name().eq_ignore_ascii_case(word);
    if let Some(lang) = Lang::all().iter().find(by_name) {
        return Some(of_lang(*lang).to_owned());
    }
    let code = word.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match code.len() {
        2 if code.bytes().all(|b| b.is_ascii_lowercase()) => Some(code),
        3 => Lang::from_code(code).map(|lang| of_lang(lang).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_understood() {
        for (word, code) in [
            ("en", Some("en")),
            (" EN-gb ", Some("en")),
            ("eng", Some("en")),
            ("English", Some("en")),
            ("kk", Some("kk")),
            ("pt_BR", Some("pt")),
            ("xyz", None),
            ("", None),
            ("англ", None),
            ("various", None),
        ] {
            assert_eq!(of_word(word).as_deref(), code, "{word}");
        }
    }

    #[test]
    fn no_two_languages_share_a_code() {
        let mut codes: Vec<&str> = Lang::all().iter().map(|lang| of_lang(*lang)).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Lang::all().len());
    }
}
