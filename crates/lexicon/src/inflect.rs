//! The forms of English verbs and nouns.

use std::collections::HashMap;

use docmill_core::WordFile;

use crate::LexiconError;
use crate::lists::IRREGULAR_VERBS;

/// The forms of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// `veto`
    pub base: String,
    /// `vetoes`
    pub third: String,
    /// `vetoed`
    pub past: String,
    /// `vetoed`
    pub participle: String,
    /// `vetoing`
    pub ing: String,
}

/// Inflects verbs: by rules, and by the list `irregular_verbs`.
#[derive(Debug, Clone, Default)]
pub struct Inflector {
    irregular: HashMap<Box<str>, Vec<Verb>>,
}

impl Inflector {
    /// The rules, the shipped list, and the files that a configuration adds.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let mut irregular: HashMap<Box<str>, Vec<Verb>> = HashMap::new();
        for forms in IRREGULAR_VERBS.extended(words)?.fields() {
            let [base, third, past, participle, ing] = forms.map(str::to_owned);
            irregular.entry((*base).into()).or_default().push(Verb { base, third, past, participle, ing });
        }
        Ok(Self { irregular })
    }

    /// The forms of a verb; several where it has several spellings.
    ///
    /// ```
    /// use docmill_lexicon::inflect::Inflector;
    ///
    /// let inflector = Inflector::new(&[])?;
    /// assert_eq!(inflector.verb("deny")[0].past, "denied");
    /// assert_eq!(inflector.verb("say")[0].past, "said");
    /// # Ok::<(), docmill_lexicon::LexiconError>(())
    /// ```
    pub fn verb(&self, base: &str) -> Vec<Verb> {
        self.irregular.get(base).cloned().unwrap_or_else(|| vec![regular(base)])
    }
}

/// The forms of a regular verb. A final consonant after one short vowel is doubled in words of one syllable.
fn regular(base: &str) -> Verb {
    let stem = match base.as_bytes() {
        [.., b'i', b'e'] => format!("{}y", base.strip_suffix("ie").unwrap_or(base)),
        [.., b'e' | b'o' | b'y', b'e'] => base.to_owned(),
        [.., b'e'] => base.strip_suffix('e').unwrap_or(base).to_owned(),
        bytes if doubles(bytes) => base.chars().chain(base.chars().last()).collect(),
        _ => base.to_owned(),
    };
    let past = match base.as_bytes() {
        [.., b'e'] => format!("{base}d"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ied", base.strip_suffix('y').unwrap_or(base)),
        _ => format!("{stem}ed"),
    };
    Verb {
        base: base.to_owned(),
        third: plural(base),
        participle: past.clone(),
        past,
        ing: format!("{stem}ing"),
    }
}

/// The plural of a noun, and the third person of a verb: `embassies`, `clashes`, `vetoes`.
pub fn plural(base: &str) -> String {
    match base.as_bytes() {
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => format!("{base}es"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ies", base.strip_suffix('y').unwrap_or(base)),
        [.., before, b'o'] if !is_vowel(*before) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn doubles(bytes: &[u8]) -> bool {
    let [.., before, vowel, last] = bytes else { return false };
    let one_vowel = bytes.iter().filter(|byte| is_vowel(**byte) || **byte == b'y').count() == 1;
    one_vowel
        && is_vowel(*vowel)
        && !is_vowel(*before)
        && !is_vowel(*last)
        && !matches!(last, b'w' | b'x' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        let forms = |base| {
            let Verb { base, third, past, participle, ing } = regular(base);
            [base, third, past, participle, ing].join(" ")
        };
        assert_eq!(forms("accuse"), "accuse accuses accused accused accusing");
        assert_eq!(forms("agree"), "agree agrees agreed agreed agreeing");
        assert_eq!(forms("attack"), "attack attacks attacked attacked attacking");
        assert_eq!(forms("ban"), "ban bans banned banned banning");
        assert_eq!(forms("bomb"), "bomb bombs bombed bombed bombing");
        assert_eq!(forms("deny"), "deny denies denied denied denying");
        assert_eq!(forms("deploy"), "deploy deploys deployed deployed deploying");
        assert_eq!(forms("free"), "free frees freed freed freeing");
        assert_eq!(forms("plan"), "plan plans planned planned planning");
        assert_eq!(forms("press"), "press presses pressed pressed pressing");
        assert_eq!(forms("veto"), "veto vetoes vetoed vetoed vetoing");
        assert_eq!(forms("vie"), "vie vies vied vied vying");
        assert_eq!(plural("embassy"), "embassies");
        assert_eq!(plural("clash"), "clashes");
        assert_eq!(plural("embargo"), "embargoes");
    }

    #[test]
    fn irregular_forms_and_two_spellings() {
        let inflector = Inflector::new(&[]).unwrap();
        let past = |base: &str| inflector.verb(base).into_iter().map(|verb| verb.past).collect::<Vec<_>>();
        assert_eq!(past("tell"), ["told"]);
        assert_eq!(past("admit"), ["admitted"]);
        assert_eq!(past("cancel"), ["canceled", "cancelled"]);
        let mine = "# list: irregular_verbs\nbase\tthird\tpast\tparticiple\ting\nblog\tblogs\tblog\tblog\tblogging\n";
        let inflector = Inflector::new(&[WordFile::new("my.tsv", mine)]).unwrap();
        assert_eq!(inflector.verb("blog")[0].past, "blog");
    }
}
