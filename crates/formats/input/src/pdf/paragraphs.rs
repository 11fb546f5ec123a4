//! From lines to paragraphs.

use std::collections::HashSet;

use super::columns::Line;

/// The text of all pages, its paragraphs apart, and the number of the character with which each page begins.
pub(super) fn text(pages: Vec<Vec<Line>>) -> (String, Vec<usize>) {
    let compounds = compounds(&pages);
    let mut text = String::new();
    let mut length = 0;
    let mut starts = Vec::with_capacity(pages.len());
    let mut before: Option<Line> = None;
    for page in pages {
        let typical = typical_gap(&page);
        let mut begun = false;
        for line in page {
            if line.text.is_empty() {
                continue;
            }
            let old = text.len();
            match &before {
                None => {}
                Some(before) if is_break(before, &line, begun, typical) => text.push_str("\n\n"),
                Some(_) => join(&mut text, &line.text, &compounds),
            }
            if text.len() < old {
                // A hyphen went.
                length -= 1;
            } else {
                length += text.get(old..).map_or(0, |added| added.chars().count());
            }
            if !begun {
                starts.push(length);
                begun = true;
            }
            let own = line.text.replace('\u{AD}', "");
            // A soft hyphen at the end is one at which the word goes on.
            let own = if line.text.ends_with('\u{AD}') { format!("{own}-") } else { own };
            length += own.chars().count();
            text.push_str(&own);
            before = Some(line);
        }
        if !begun {
            starts.push(length);
        }
    }
    (text, starts)
}

/// The usual distance of two lines.
fn typical_gap(page: &[Line]) -> Option<f64> {
    let pairs = page.windows(2).filter(|pair| !pair[1].first);
    let mut gaps: Vec<f64> = pairs.map(|pair| pair[0].y - pair[1].y).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f64::total_cmp);
    // Below the middle: on a page of short paragraphs, every other gap is one between them.
    gaps.get(gaps.len() * 2 / 5).copied()
}

/// Whether a paragraph ends between two lines.
fn is_break(a: &Line, b: &Line, same_page: bool, typical: Option<f64>) -> bool {
    let size = a.size.max(b.size);
    let alike = a.size.min(b.size) > 0.88 * size;
    if !alike || b.text.starts_with(['•', '▪', '■', '►']) {
        return true;
    }
    let ends = a.text.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', '…']);
    let goes_on = b.text.chars().next().is_some_and(char::is_lowercase);
    if b.first || !same_page {
        // At the top of a column or page.
        let short = a.x1 < a.right - 0.2 * (a.right - a.left);
        let hyphen = a.text.ends_with(['-', '\u{AD}']);
        return (ends || short) && !goes_on && !hyphen;
    }
    let gap = a.y - b.y;
    let wide = typical.is_some_and(|typical| gap > 1.35 * typical.max(0.9 * size)) || gap < -size;
    let indented = b.x0 - b.left > 0.8 * size && a.x0 - a.left < 0.5 * size;
    let short = a.x1 < a.right - 0.25 * (a.right - a.left);
    wide || indented && !goes_on || short && ends && !goes_on
}

/// Makes the end of the text ready for the line that goes on.
fn join(text: &mut String, next: &str, compounds: &HashSet<String>) {
    let Some(stem) = text.strip_suffix(['-', '\u{AD}', '\u{2010}']) else {
        text.push(' ');
        return;
    };
    let last = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let first = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if last.is_empty() || first.is_empty() {
        // A dash between blanks.
        text.push(' ');
        return;
    }
    let capitals = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let split = last.chars().all(char::is_alphabetic) && first.starts_with(char::is_lowercase)
        || capitals(last) && capitals(first);
    if split && !compounds.contains(&format!("{last}-{first}").to_lowercase()) {
        text.pop();
    }
}

/// Words with a hyphen that stand within a line: they keep it at its end, too.
fn compounds(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut found = HashSet::new();
    for line in pages.iter().flatten() {
        for word in line.text.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.contains('-') {
                found.insert(word.to_lowercase());
            }
        }
    }
    found
}
