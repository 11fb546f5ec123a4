//! Running heads, feet and numbers of pages: what stands at the same place of many pages.

use std::collections::HashMap;

use super::columns::Line;

/// Lines at the top and at the bottom of a page that are looked at.
const EDGE: usize = 3;

/// Drops them.
pub(super) fn drop_running(pages: &mut [Vec<Line>]) {
    if pages.len() < 2 {
        return;
    }
    let mut times: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<_> = edge(page).into_iter().map(|at| key(&page[at])).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *times.entry(key).or_insert(0) += 1;
        }
    }
    let least = 2.max(pages.len() / 8);
    for page in pages.iter_mut() {
        let outermost = outermost(page);
        let drop: Vec<usize> = edge(page)
            .into_iter()
            .filter(|&at| {
                let repeats = times.get(&key(&page[at])).is_some_and(|&times| times >= least);
                repeats || outermost.contains(&at) && is_number(&page[at].text)
            })
            .collect();
        // What stands at the head of a column begins it, whatever stood above it.
        for &at in &drop {
            if page[at].first
                && let Some(next) = page.get_mut(at + 1)
            {
                next.first = true;
            }
        }
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !drop.contains(&(at - 1))
        });
        set_edges(page);
    }
}

/// The edges of each column, without what was dropped.
fn set_edges(page: &mut [Line]) {
    let mut start = 0;
    while start < page.len() {
        let next = page.iter().skip(start + 1).position(|line| line.first);
        let end = next.map_or(page.len(), |next| start + 1 + next);
        let column = &mut page[start..end];
        let left = column.iter().map(|line| line.x0).fold(f64::MAX, f64::min);
        let right = column.iter().map(|line| line.x1).fold(f64::MIN, f64::max);
        for line in column {
            (line.left, line.right) = (left, right);
        }
        start = end;
    }
}

/// Lines at the edges of a page.
fn edge(page: &[Line]) -> Vec<usize> {
    let by_height = by_height(page);
    let mut edge: Vec<usize> =
        by_height.iter().take(EDGE).chain(by_height.iter().rev().take(EDGE)).copied().collect();
    edge.sort_unstable();
    edge.dedup();
    edge
}

fn outermost(page: &[Line]) -> Vec<usize> {
    let by_height = by_height(page);
    by_height.first().into_iter().chain(by_height.last()).copied().collect()
}

fn by_height(page: &[Line]) -> Vec<usize> {
    let mut all: Vec<usize> = (0..page.len()).collect();
    all.sort_by(|&a, &b| page[b].y.total_cmp(&page[a].y));
    all
}

/// What a line says but for its numbers, and how high it stands.
fn key(line: &Line) -> (String, i64) {
    let mut text = String::new();
    for c in line.text.chars().filter(|c| c.is_alphanumeric()) {
        if !c.is_ascii_digit() {
            text.extend(c.to_lowercase());
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    (text, (line.y / 4.0).round() as i64)
}

/// `12`, `– 12 –`, `Page 12 of 40`, `xii`.
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut numbers = 0;
    for word in &mut words {
        let number = word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
        let roman = word.len() <= 6 && word.chars().all(|c| "ivxl".contains(c));
        match word {
            "page" | "p" | "pg" | "of" => {}
            _ if number || roman => numbers += 1,
            _ => return false,
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_told_from_text() {
        for text in ["12", "– 12 –", "Page 3 of 40", "xii", "3/40"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["In 2005", "12 dead in Osh", "Page", "1 2 3"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
