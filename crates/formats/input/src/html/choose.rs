//! Which blocks of a page are its article.

use std::collections::HashSet;

use super::blocks::{Block, Page};

/// The blocks that are the article's, by their places.
pub(super) fn article(page: &Page) -> Vec<usize> {
    let beside = beside(page);
    let prose = |at: &usize| page.blocks[*at].is_prose();
    let all: Vec<usize> = (0..page.blocks.len()).filter(|&at| !beside[at]).collect();
    let mass = |blocks: &[usize]| {
        blocks.iter().filter(|at| prose(at)).map(|&at| page.blocks[at].chars).sum::<usize>()
    };
    let roots = roots(page, &beside);
    // Of a note, no part is the article.
    let note = all.iter().map(|&at| page.blocks[at].chars).sum::<usize>() < NOTE;
    let inside: Vec<usize> = (all.iter().copied())
        .filter(|&at| page.around(page.blocks[at].element).any(|element| note || roots.contains(&element)))
        .collect();
    let chosen = trimmed(page, &once(page, &inside));
    let all = once(page, &all);
    if mass(&chosen) * 10 < mass(&all) * 3 {
        // The choice went wrong: better too much than an article lost.
        return trimmed(page, &all);
    }
    if chosen.is_empty() { all } else { chosen }
}

/// Each text once: what stands there twice stands there for the layout.
fn once(page: &Page, blocks: &[usize]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let new = |at: &usize| page.blocks[*at].chars < 40 || seen.insert(page.blocks[*at].text.as_str());
    blocks.iter().copied().filter(new).collect()
}

/// Which blocks stand beside the text: in menus, captions, boxes. A mark on what holds nearly all there is says
/// nothing: `article-with-sidebar`.
fn beside(page: &Page) -> Vec<bool> {
    let mut marked: Vec<bool> = page.elements.iter().map(|element| element.beside).collect();
    for _ in 0..8 {
        let under = under(page, &marked);
        let mut mass = vec![0_usize; page.elements.len()];
        let (mut free, mut whole) = (0, 0);
        for (block, under) in page.blocks.iter().zip(&under) {
            if !block.is_prose() {
                continue;
            }
            let never = page.around(block.element).any(|element| page.elements[element].never);
            let chars = if never { block.chars / 8 } else { block.chars };
            whole += chars;
            if !under {
                free += chars;
                continue;
            }
            for element in page.around(block.element).filter(|&element| marked[element]) {
                mass[element] += chars;
            }
        }
        // The outermost of those that hold the most is pardoned.
        let enough = free * 4 >= whole;
        let may = |element: usize| !enough || !page.elements[element].never;
        let most =
            (0..mass.len()).filter(|&element| may(element)).map(|element| mass[element]).max().unwrap_or(0);
        if enough && most * 2 < whole {
            return under;
        }
        match (0..mass.len()).find(|&element| may(element) && mass[element] == most && most > 0) {
            Some(element) => marked[element] = false,
            None => return under,
        }
    }
    under(page, &marked)
}

fn under(page: &Page, marked: &[bool]) -> Vec<bool> {
    let mut inherited = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        // Parents stand before their children.
        inherited[at] = marked[at] || element.parent.is_some_and(|parent| inherited[parent]);
    }
    page.blocks.iter().map(|block| inherited[block.element]).collect()
}

/// The elements that hold the article: those that say so if they hold enough of it, else the one where prose
/// outweighs the frame most.
fn roots(page: &Page, beside: &[bool]) -> Vec<usize> {
    let mut gain = vec![0_i64; page.elements.len()];
    let mut prose = vec![0_i64; page.elements.len()];
    for (block, &beside) in page.blocks.iter().zip(beside) {
        let weight = if beside { 0 } else { weight(page, block) };
        for element in page.around(block.element) {
            gain[element] += weight;
            prose[element] += weight.max(0);
        }
    }
    // Parents stand before their children: of two of the same gain, the inner one.
    let best = (0..gain.len()).max_by_key(|&at| gain[at]).unwrap_or(0);
    let most = |wanted: &dyn Fn(usize) -> bool| {
        (0..prose.len()).filter(|&at| wanted(at)).max_by_key(|&at| prose[at])
    };
    let outer_body = |at: usize| {
        page.elements[at].body
            && !page.elements[at].parent.is_some_and(|up| page.around(up).any(|up| page.elements[up].body))
    };
    let article_of = |at: usize| page.around(at).find(|&up| page.elements[up].name == "article");
    if let Some(body) = most(&outer_body) {
        // A text in parts, with an advertisement between them.
        let article = article_of(body);
        let part = |at: usize| match article {
            Some(_) => article_of(at) == article,
            None => page.elements[at].class == page.elements[body].class,
        };
        let parts: Vec<usize> =
            (0..prose.len()).filter(|&at| at == body || outer_body(at) && part(at)).collect();
        if parts.iter().map(|&at| prose[at]).sum::<i64>() * 3 > prose[best] {
            return parts;
        }
    }
    let article = most(&|at| page.elements[at].name == "article").filter(|&at| prose[at] * 2 > prose[best]);
    match article {
        Some(article) if page.around(article).any(|up| up == best) => vec![article],
        _ => vec![best],
    }
}

/// What a block says for the element that it stands in.
fn weight(page: &Page, block: &Block) -> i64 {
    let chars = i64::try_from(block.chars).unwrap_or(i64::MAX / 8);
    let linked = i64::try_from(block.linked).unwrap_or(i64::MAX / 8);
    if block.is_prose() {
        return chars - 2 * linked;
    }
    match page.name(block) {
        "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "p" | "td" | "th" | "dd" | "dt" | "blockquote" | "pre"
            if linked * 2 < chars =>
        {
            0
        }
        _ if linked == 0 => -(chars / 4 + 2),
        _ => -(2 * linked + (chars - linked) / 2 + 10),
    }
}

/// Characters of a page that is a note: a line of it without an end is not trimmed away.
const NOTE: usize = 400;

/// Without what stands before the first and after the last prose, and without lines of links and labels in between.
fn trimmed(page: &Page, inside: &[usize]) -> Vec<usize> {
    let prose = |at: usize| page.blocks[at].is_prose() && !page.blocks[at].points_elsewhere();
    let Some(mut first) = inside.iter().position(|&at| prose(at)) else { return Vec::new() };
    let linked = |place: usize| {
        matches!(page.name(&page.blocks[inside[place]]), "p" | "li") && beside_prose(page, inside, place)
    };
    while first > 0 && linked(first - 1) {
        first -= 1;
    }
    let mut last = inside.iter().rposition(|&at| prose(at)).unwrap_or(first);
    while last + 1 < inside.len() && linked(last + 1) {
        last += 1;
    }
    // A list or table that ends the text.
    for (place, &at) in inside.iter().enumerate().skip(last + 1) {
        let block = &page.blocks[at];
        match page.name(block) {
            "li" | "dd" | "dt" | "td" if block.linked == 0 => last = place,
            _ if block.heading && block.linked == 0 => {}
            _ => break,
        }
    }
    let note = inside.iter().map(|&at| page.blocks[at].chars).sum::<usize>() < NOTE;
    let inside = if note { inside } else { &inside[first..=last] };
    let mut kept = Vec::new();
    for (place, &at) in inside.iter().enumerate() {
        let block = &page.blocks[at];
        let name = page.name(block);
        let link = block.linked * 2 > block.chars;
        let keep = !block.points_elsewhere()
            && (prose(at)
                || match name {
                    "h1" => false,
                    "h2" | "h3" | "h4" | "h5" | "h6" => !link,
                    "p" | "li" | "dd" | "dt" | "blockquote" | "pre" | "td" | "th" => {
                        !link || beside_prose(page, inside, place)
                    }
                    _ => !link && block.chars >= 40,
                });
        if keep {
            kept.push(at);
        }
    }
    kept
}

/// A paragraph that is mostly a link, between paragraphs of the same element; one that ends as a sentence, near one of
/// them. In capitals it points elsewhere.
fn beside_prose(page: &Page, inside: &[usize], place: usize) -> bool {
    let block = &page.blocks[inside[place]];
    if block.text.chars().any(char::is_uppercase) && !block.text.chars().any(char::is_lowercase) {
        return false;
    }
    let parent = |at: usize| page.elements[page.blocks[at].element].parent;
    let here = parent(inside[place]);
    let like = |at: &usize| page.blocks[*at].is_prose() && parent(*at) == here;
    let before = &inside[..place];
    let after = &inside[place + 1..];
    let sentence = block.linked < block.chars && block.ends_sentence();
    let near = |mut blocks: std::slice::Iter<'_, usize>| blocks.any(like);
    before.last().is_some_and(like) && after.first().is_some_and(like)
        || sentence
            && (near(before[place.saturating_sub(NEAR)..].iter())
                || near(after[..after.len().min(NEAR)].iter()))
}

/// Blocks on either side that are looked at for a neighbour.
const NEAR: usize = 3;
