//! Web and e-mail addresses.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::WORD_PARTS;

/// How the names of hosts end.
static DOMAINS: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("domain"));

/// End of the address that begins at `start`, in a stretch without spaces that ends with `bytes`.
pub fn end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    let letters = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'+').count();
    let scheme = rest[letters..].starts_with(b"://") && rest.len() > letters + 3;
    if scheme || rest.starts_with(b"www.") || is_domain_with_path(rest) {
        let len =
            rest.iter().take_while(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"')).count();
        let trimmed = rest[..len].iter().rev().take_while(|b| b".,;:!?)]}'".contains(b)).count();
        return (len > trimmed).then_some(start + len - trimmed);
    }
    let local =
        rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
    let domain = rest.get(local + 1..)?;
    if rest[local] != b'@' || !domain.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let len = domain.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
    let trimmed = domain[..len].iter().rev().take_while(|b| b"._-".contains(b)).count();
    Some(start + local + 1 + len - trimmed)
}

/// `example.com/news`
fn is_domain_with_path(rest: &[u8]) -> bool {
    let len = rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    if rest.get(len) != Some(&b'/') {
        return false;
    }
    let mut labels = rest[..len].rsplitn(2, |&b| b == b'.');
    let last = labels.next().unwrap_or_default();
    labels.next().is_some_and(|name| !name.is_empty()) && DOMAINS.contains_bytes(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        end(text.as_bytes(), 0).and_then(|end| text.get(..end))
    }

    #[test]
    fn addresses_end_before_closing_marks() {
        assert_eq!(first("http://www.example.org/a-b?c=d&e=1)."), Some("http://www.example.org/a-b?c=d&e=1"));
        assert_eq!(first("www.example.org,"), Some("www.example.org"));
        assert_eq!(first("example.com/news/1."), Some("example.com/news/1"));
        assert_eq!(first("jane.doe@example.com."), Some("jane.doe@example.com"));
        assert_eq!(first("and/or"), None);
        assert_eq!(first("a@"), None);
    }
}
