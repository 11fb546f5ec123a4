//! Where a tag ends, and where its attributes become too many.

/// Attributes that a tag may have: the parser compares each with all before it.
pub(super) const MOST: usize = 128;

/// A tag of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Behind its `>`, or the end of the page.
    pub end: usize,
    /// Where the attributes begin that are too many.
    pub cut: Option<usize>,
}

/// The tag whose name begins at `name`, by the states of the HTML standard's tokenizer.
pub(super) fn tag(page: &[u8], name: usize) -> Tag {
    let mut at = skip(page, name, |byte| !is_space(byte) && byte != b'/' && byte != b'>');
    let (mut count, mut cut) = (0, None);
    loop {
        at = skip(page, at, |byte| is_space(byte) || byte == b'/');
        match page.get(at) {
            None => return Tag { end: page.len(), cut },
            Some(b'>') => return Tag { end: at + 1, cut },
            Some(_) => {}
        }
        count += 1;
        if count > MOST && cut.is_none() {
            cut = Some(at);
        }
        // The first character of a name may be `=`.
        at = skip(page, at + 1, |byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let equals = skip(page, at, is_space);
        if page.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip(page, equals + 1, is_space);
        at = match page.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let rest = page.get(at + 1..).unwrap_or_default();
                memchr::memchr(quote, rest).map_or(page.len(), |length| at + 1 + length + 1)
            }
            _ => skip(page, at, |byte| !is_space(byte) && byte != b'>'),
        };
    }
}

/// The first place from `at` on whose byte is another.
fn skip(page: &[u8], at: usize, of: impl Fn(u8) -> bool) -> usize {
    let rest = page.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| !of(byte)).unwrap_or(rest.len())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_the_standard_says() {
        let end = |page: &str| tag(page.as_bytes(), 1).end;
        let whole =
            ["<p>", "<p a>", "<p a = 'x>y'>", "<p a=\"'>\" b>", "<p/a=/>", "<p =>", "<p a=>", "<p a/=b>"];
        for page in whole {
            assert_eq!(end(&format!("{page}rest>")), page.len(), "{page}");
        }
        for page in ["<p a='x>y", "<p", "<p a", "<p a="] {
            assert_eq!(end(page), page.len(), "{page}");
        }
    }

    #[test]
    fn attributes_over_the_bound_are_found() {
        let page = format!("<p{}>", " a='>'".repeat(MOST + 1));
        assert_eq!(tag(page.as_bytes(), 1).cut, Some(3 + 6 * MOST));
        assert_eq!(tag(&page.as_bytes()[6..], 0).cut, None);
    }
}
