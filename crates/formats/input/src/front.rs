//! The front matter of Markdown: facts between two lines `---`.

use docmill_core::{ExtraField, Meta};

/// Front matter may have so many lines.
const LINES: usize = 200;

/// Facts and text of a Markdown file; the text is all of it, if there is no front matter.
pub(crate) fn matter(text: String) -> (Meta, String) {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return (Meta::default(), text);
    };
    let mut meta = Meta::default();
    let mut end = None;
    let mut at = text.len() - rest.len();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in rest.split_inclusive('\n').take(LINES) {
        at += line.len();
        let bare = line.trim_end();
        if matches!(bare, "---" | "...") {
            end = Some(at);
            break;
        }
        if let Some(entry) = bare.trim_start().strip_prefix("- ") {
            if let Some((_, list)) = fields.last_mut() {
                let separator = if list.is_empty() { "" } else { ", " };
                *list += &format!("{separator}{}", unquoted(entry));
            }
        } else if let Some((key, value)) = bare.split_once(':').filter(|(key, _)| is_key(key)) {
            fields.push((key.to_owned(), unquoted(value).to_owned()));
        } else if !bare.is_empty() && !bare.starts_with([' ', '#']) {
            // No front matter, but a line between two rules.
            return (Meta::default(), text);
        }
    }
    let Some(body) = end.and_then(|end| text.get(end..)).filter(|body| !body.trim().is_empty()) else {
        return (Meta::default(), text);
    };
    for (key, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let place = match key.to_ascii_lowercase().as_str() {
            "title" => &mut meta.title,
            "author" | "authors" => &mut meta.author,
            "publication" | "source" => &mut meta.publication,
            "date" | "published" => match crate::date::iso(&value) {
                Some(date) if meta.date.is_none() => {
                    meta.date = Some(date);
                    continue;
                }
                _ => {
                    meta.extra.push(ExtraField { key, value });
                    continue;
                }
            },
            _ => {
                meta.extra.push(ExtraField { key, value });
                continue;
            }
        };
        *place = place.take().or(Some(value));
    }
    let body = body.trim_start_matches(['\r', '\n']).to_owned();
    (meta, body)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)) && !key.starts_with(' ')
}

fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'']).trim_matches(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_go_to_the_metadata() {
        let text = "---\ntitle: \"Raid: the end\"\ndate: 2014-05-04\nauthor:\n  - Ana Ruiz\n  - Bo Lind\ntags: [a, b]\n---\n\nThe raid.\n";
        let (meta, body) = matter(text.to_owned());
        assert_eq!(body, "The raid.\n");
        assert_eq!(meta.title.as_deref(), Some("Raid: the end"));
        assert_eq!(
            (meta.date.as_deref(), meta.author.as_deref()),
            (Some("2014-05-04"), Some("Ana Ruiz, Bo Lind"))
        );
        assert_eq!(meta.extra[0].value, "a, b");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\nOsh waits.\n---\nMore.", "---\ntitle: x\nnever closed", "Osh.\n---\na: b\n---\n"] {
            assert_eq!(matter(text.to_owned()), (Meta::default(), text.to_owned()));
        }
    }
}
