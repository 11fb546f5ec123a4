//! Forms of English verbs and nouns.

/// Base, third person, past, participle and -ing form of a regular verb. Final consonants are doubled after one short
/// vowel in words of one syllable; what is irregular stands in `data/irregular.tsv`.
pub(crate) fn verb_forms(base: &str) -> [String; 5] {
    let stem = match base.as_bytes() {
        [.., b'i', b'e'] => format!("{}y", &base.strip_suffix("ie").unwrap_or(base)),
        [.., b'e' | b'y', b'e'] => base.to_owned(),
        [.., b'e'] => base.strip_suffix('e').unwrap_or(base).to_owned(),
        bytes if doubles(bytes) => format!("{base}{}", char::from(bytes[bytes.len() - 1])),
        _ => base.to_owned(),
    };
    let past = match base.as_bytes() {
        [.., b'e'] => format!("{base}d"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ied", base.strip_suffix('y').unwrap_or(base)),
        _ => format!("{stem}ed"),
    };
    [base.to_owned(), plural(base), past.clone(), past, format!("{stem}ing")]
}

/// Plural of a noun, third person of a verb.
pub(crate) fn plural(base: &str) -> String {
    match base.as_bytes() {
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => format!("{base}es"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ies", base.strip_suffix('y').unwrap_or(base)),
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
        let forms = |base| verb_forms(base).join(" ");
        assert_eq!(forms("accuse"), "accuse accuses accused accused accusing");
        assert_eq!(forms("ban"), "ban bans banned banned banning");
        assert_eq!(forms("veto"), "veto vetos vetoed vetoed vetoing");
        assert_eq!(forms("deny"), "deny denies denied denied denying");
        assert_eq!(forms("deploy"), "deploy deploys deployed deployed deploying");
        assert_eq!(forms("free"), "free frees freed freed freeing");
        assert_eq!(forms("bomb"), "bomb bombs bombed bombed bombing");
        assert_eq!(forms("reject"), "reject rejects rejected rejected rejecting");
        assert_eq!(forms("attack"), "attack attacks attacked attacked attacking");
        assert_eq!(forms("press"), "press presses pressed pressed pressing");
        assert_eq!(forms("vie"), "vie vies vied vied vying");
        assert_eq!(plural("embassy"), "embassies");
        assert_eq!(plural("clash"), "clashes");
    }
}
