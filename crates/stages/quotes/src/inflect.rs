//! The forms of English verbs.

use crate::tags::Tags;

/// Forms of a verb with what each is. `say=said=said` gives past and participle; `plan!` doubles its last letter.
pub(crate) fn inflect(verb: &str) -> Vec<(String, Tags)> {
    let mut parts = verb.split('=');
    let given = parts.next().unwrap_or_default();
    let base = given.trim_end_matches('!');
    let stem = match base.chars().last() {
        Some(last) if given.ends_with('!') => format!("{base}{last}"),
        _ => base.to_owned(),
    };
    let regular = past(&stem);
    let (past, participle) = match (parts.next(), parts.next()) {
        (Some(past), Some(participle)) => (past.to_owned(), participle.to_owned()),
        _ => (regular.clone(), regular),
    };
    vec![
        (base.to_owned(), Tags::BASE),
        (third(base), Tags::S3),
        (past, Tags::PAST),
        (participle, Tags::PART),
        (gerund(&stem), Tags::ING),
    ]
}

/// True if a final `y` becomes `i`.
fn ends_in_consonant_y(verb: &str) -> bool {
    let mut letters = verb.chars().rev();
    letters.next() == Some('y') && letters.next().is_some_and(|c| !"aeiou".contains(c))
}

fn third(base: &str) -> String {
    if ends_in_consonant_y(base) {
        return format!("{}ies", base.trim_end_matches('y'));
    }
    let hissing = ["s", "x", "z", "ch", "sh", "go", "do", "to"].iter().any(|end| base.ends_with(end));
    format!("{base}{}", if hissing { "es" } else { "s" })
}

fn past(stem: &str) -> String {
    if ends_in_consonant_y(stem) {
        return format!("{}ied", stem.trim_end_matches('y'));
    }
    format!("{stem}{}", if stem.ends_with('e') { "d" } else { "ed" })
}

fn gerund(stem: &str) -> String {
    if let Some(start) = stem.strip_suffix("ie") {
        return format!("{start}ying");
    }
    let drops = stem.ends_with('e') && !stem.ends_with("ee") && !stem.ends_with("oe");
    format!("{}ing", if drops { stem.strip_suffix('e').unwrap_or(stem) } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(verb: &str) -> Vec<String> {
        inflect(verb).into_iter().map(|(form, _)| form).collect()
    }

    #[test]
    fn regular_and_irregular() {
        assert_eq!(forms("deny"), ["deny", "denies", "denied", "denied", "denying"]);
        assert_eq!(forms("say=said=said"), ["say", "says", "said", "said", "saying"]);
        assert_eq!(forms("plan!"), ["plan", "plans", "planned", "planned", "planning"]);
        assert_eq!(forms("accuse"), ["accuse", "accuses", "accused", "accused", "accusing"]);
        assert_eq!(forms("agree"), ["agree", "agrees", "agreed", "agreed", "agreeing"]);
        assert_eq!(forms("stress"), ["stress", "stresses", "stressed", "stressed", "stressing"]);
    }
}
