//! Gold of times: `TimeML` with TIMEX3 tags, as TempEval-3 and `WikiWars` have them.

use anyhow::{Result, bail};

/// An article with its expressions of time.
#[derive(Debug, PartialEq, Eq)]
pub struct Article {
    /// The text, without tags.
    pub text: String,
    /// Its date, if it has one.
    pub date: Option<String>,
    /// The outermost expressions.
    pub times: Vec<Timex>,
}

/// An expression of time.
#[derive(Debug, PartialEq, Eq)]
pub struct Timex {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// TIMEX3 value.
    pub value: String,
}

/// Reads a file.
///
/// # Errors
/// If it is no `TimeML`.
pub fn parse(file: &str, name: &str) -> Result<Article> {
    let between = |open: &str, close: &str| file.split(open).nth(1)?.split(close).next();
    let Some(body) = between("<TEXT>", "</TEXT>") else {
        bail!("{name}: it has no `<TEXT>`; give TimeML files, as those of TempEval-3");
    };
    let date = between("<DCT>", "</DCT>").and_then(|tag| attribute(tag, "value")).and_then(|v| v.get(..10));
    let (mut text, mut times, mut open) = (String::new(), Vec::new(), Vec::<(usize, String)>::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text += &unescape(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).and_then(|tag| tag.split_inclusive('>').next()).unwrap_or_default();
        if tag.starts_with("<TIMEX3") {
            open.push((text.len(), attribute(tag, "value").unwrap_or_default().to_owned()));
        } else if tag.starts_with("</TIMEX3")
            && let Some((start, value)) = open.pop()
            && open.is_empty()
        {
            times.push(Timex { start, end: text.len(), value });
        }
        rest = rest.get(at + tag.len()..).unwrap_or_default();
    }
    text += &unescape(rest);
    Ok(Article { text, date: date.map(str::to_owned), times })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_have_values() {
        let file = "<DCT><TIMEX3 value=\"2005-09-13\">Sept. 13</TIMEX3></DCT>\n<TEXT>A &amp; B met on \
                    <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2005-09-20\">Tuesday</TIMEX3>.</TEXT>";
        let article = parse(file, "a.tml").unwrap();
        assert_eq!(article.text, "A & B met on Tuesday.");
        assert_eq!(article.date.as_deref(), Some("2005-09-13"));
        assert_eq!(article.times, [Timex { start: 13, end: 20, value: "2005-09-20".into() }]);
        assert!(parse("no tags", "a.tml").is_err());
    }
}
