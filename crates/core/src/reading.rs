//! A word as it reads: without the line break inside it.

use std::borrow::Cow;

/// The word that `token` spells: a hyphen at a line's end and the break after it go, and the sign of a hashtag.
///
/// A token is a stretch of the text, so a word that a narrow column breaks holds the break. Models, lemmas and names
/// want the word.
///
/// ```
/// use docmill_core::reading;
///
/// assert_eq!(reading("Euro-\npean"), "European");
/// assert_eq!(reading("#Ukraine"), "Ukraine");
/// assert_eq!(reading("Asia-Plus"), "Asia-Plus");
/// ```
pub fn reading(token: &str) -> Cow<'_, str> {
    let bare = token.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(token);
    if !bare.contains('\n') {
        return Cow::Borrowed(bare);
    }
    let mut whole = String::with_capacity(bare.len());
    for line in bare.split('\n') {
        let line = if whole.is_empty() { line } else { line.trim_start() };
        let end = line.trim_end_matches('\r');
        whole.push_str(end.strip_suffix(['-', '\u{2010}', '\u{ad}']).unwrap_or(end));
    }
    Cow::Owned(whole)
}

/// A name on one line: white space as one blank, and a hyphen at a line's end gone where the word resumes in lower
/// case.
///
/// ```
/// use docmill_core::one_line;
///
/// assert_eq!(one_line("the Euro-\npean\nCommission"), "the European Commission");
/// assert_eq!(one_line("Asia-\nPlus"), "Asia-Plus");
/// ```
pub fn one_line(name: &str) -> String {
    let mut line = String::with_capacity(name.len());
    let mut broken = false;
    for stretch in name.split('\n') {
        for word in stretch.split_whitespace() {
            if broken {
                if word.starts_with(char::is_lowercase) {
                    line.pop();
                }
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            broken = false;
        }
        broken = line.ends_with('-') && !line.ends_with(" -");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_on_one_line() {
        assert_eq!(one_line("  Marta\r\n\tVidal "), "Marta Vidal");
        assert_eq!(one_line("Kyiv -\nlater"), "Kyiv - later");
        assert_eq!(one_line("Azerba-\r\n ijan"), "Azerbaijan");
        assert_eq!(one_line("\n-\n"), "-");
    }

    #[test]
    fn breaks_go_and_the_rest_stays() {
        assert_eq!(reading("Brus-\r\n   sels"), "Brussels");
        assert_eq!(reading("Dushan\u{2010}\nbe"), "Dushanbe");
        assert_eq!(reading("#"), "#");
        assert_eq!(reading("#1"), "#1");
        assert_eq!(reading("-"), "-");
        assert_eq!(reading(""), "");
        assert_eq!(reading("Душан-\nбе"), "Душанбе");
    }
}
