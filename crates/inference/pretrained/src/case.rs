//! The case of a word, carried by the token types.
//!
//! An uncased model reads lower-cased pieces, and in news case is half of what makes a name. BERT has token types
//! that a tagger does not use; a model trained with case classes in them names `docmill.case_types` in its
//! config.json. `models/train` defines the classes.

/// Case class of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Without capitals and digits.
    Lower,
    /// Capital first, and after a letter none: `Rasht`, `Asia-Plus`, `O'Brien`, `J`.
    Title,
    /// Two letters or more, all capitals: `NATO`, `U.S.`.
    Upper,
    /// Any other word with a capital: `al-Qaeda`, `T-90`.
    Mixed,
    /// Digits and no capital: `13`, `201st`.
    Digit,
}

impl Case {
    /// The class by the name that a config uses.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "lower" => Some(Self::Lower),
            "title" => Some(Self::Title),
            "upper" => Some(Self::Upper),
            "mixed" => Some(Self::Mixed),
            "digit" => Some(Self::Digit),
            _ => None,
        }
    }

    /// The class of a word.
    pub fn of(word: &str) -> Self {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let digits = word.chars().any(is_digit);
        if !letters().any(char::is_uppercase) {
            return if digits { Self::Digit } else { Self::Lower };
        }
        if digits {
            return Self::Mixed;
        }
        if letters().nth(1).is_some() && letters().all(char::is_uppercase) {
            return Self::Upper;
        }
        let mut before = ' ';
        for c in word.chars() {
            if c.is_uppercase() && before.is_alphabetic() {
                return Self::Mixed;
            }
            before = c;
        }
        if letters().next().is_some_and(char::is_uppercase) { Self::Title } else { Self::Mixed }
    }
}

/// As Python's `str.isdigit`: numerals, but neither fractions nor Roman ones.
fn is_digit(c: char) -> bool {
    c.is_numeric() && !matches!(c, '¼'..='¾' | '\u{2150}'..='\u{218b}')
}

/// Token type of each case class in a model; all 0 for a model that does not use them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseTypes([u8; 5]);

impl CaseTypes {
    /// From the classes in the order of their token types; the error is the name that is not known.
    pub fn from_names(names: &[String]) -> Result<Self, &str> {
        let mut types = [0; 5];
        for (token_type, name) in names.iter().enumerate() {
            let case = Case::from_name(name).ok_or(name.as_str())?;
            types[case as usize] = token_type as u8;
        }
        Ok(Self(types))
    }

    /// Highest token type in use.
    pub fn highest(self) -> u8 {
        self.0.into_iter().max().unwrap_or(0)
    }

    /// Token type of a word.
    pub fn of(self, word: &str) -> u8 {
        // Most models use none: no look at the letters then.
        if self.highest() == 0 { 0 } else { self.0[Case::of(word) as usize] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_the_recipe() {
        for (word, class) in [
            ("talks", Case::Lower),
            (",", Case::Lower),
            ("العالم", Case::Lower),
            ("Rasht", Case::Title),
            ("Asia-Plus", Case::Title),
            ("O'Brien", Case::Title),
            ("J", Case::Title),
            ("J.", Case::Title),
            ("Hizb-ut-Tahrir", Case::Title),
            ("Élysée", Case::Title),
            ("NATO", Case::Upper),
            ("U.S.", Case::Upper),
            ("МИД", Case::Upper),
            ("al-Qaeda", Case::Mixed),
            ("RIA-Novosti", Case::Mixed),
            ("T-90", Case::Mixed),
            ("McCain", Case::Mixed),
            ("201st", Case::Digit),
            ("13", Case::Digit),
            ("½", Case::Lower),
        ] {
            assert_eq!(Case::of(word), class, "{word}");
        }
    }

    #[test]
    fn types_follow_the_order_of_the_config() {
        let names = ["lower", "title", "upper", "mixed", "digit"].map(String::from);
        let types = CaseTypes::from_names(&names).unwrap();
        assert_eq!((types.of("x"), types.of("X-Ray"), types.of("2"), types.highest()), (0, 1, 4, 4));
        assert_eq!(CaseTypes::default().of("NATO"), 0);
        assert_eq!(CaseTypes::from_names(&["lower".into(), "tall".into()]), Err("tall"));
    }
}
