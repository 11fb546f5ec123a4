//! The order of reading: columns, and what spans them.

use super::draw::Piece;

/// Columns inside columns.
const DEPTH: usize = 8;
/// Places across a page at which a gutter is looked for.
const BINS: usize = 400;

/// A line in the order of reading.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its text.
    pub text: String,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Base line.
    pub y: f64,
    /// Size of its font.
    pub size: f64,
    /// Left edge of its column.
    pub left: f64,
    /// Right edge of its column.
    pub right: f64,
    /// It is the first of its column, or of what spans several.
    pub first: bool,
}

/// The lines of a page in the order of reading.
pub(super) fn ordered(turns: Vec<Vec<Piece>>) -> Vec<Line> {
    let mut blocks = Vec::new();
    for pieces in turns {
        order(pieces, 0, &mut blocks);
    }
    blocks.into_iter().flat_map(lines).collect()
}

/// Splits pieces, which come from top to bottom, into blocks that are read one after another.
fn order(pieces: Vec<Piece>, depth: usize, blocks: &mut Vec<Vec<Piece>>) {
    let Some(gutter) = (depth < DEPTH).then(|| gutter(&pieces)).flatten() else {
        if !pieces.is_empty() {
            blocks.push(pieces);
        }
        return;
    };
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        let spans = piece.x0 < gutter && piece.x1 > gutter;
        if spans && !(left.is_empty() && right.is_empty()) {
            blocks.extend((!across.is_empty()).then(|| std::mem::take(&mut across)));
            order(std::mem::take(&mut left), depth + 1, blocks);
            order(std::mem::take(&mut right), depth + 1, blocks);
        } else if !spans && !across.is_empty() {
            blocks.push(std::mem::take(&mut across));
        }
        match (spans, piece.x1 <= gutter) {
            (true, _) => across.push(piece),
            (false, true) => left.push(piece),
            (false, false) => right.push(piece),
        }
    }
    blocks.extend((!across.is_empty()).then_some(across));
    order(left, depth + 1, blocks);
    order(right, depth + 1, blocks);
}

/// The place of the emptiest strip between two columns of prose.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    let left = pieces.iter().map(|piece| piece.x0).min_by(f64::total_cmp)?;
    let right = pieces.iter().map(|piece| piece.x1).max_by(f64::total_cmp)?;
    let width = right - left;
    if pieces.len() < 6 || width <= 0.0 {
        return None;
    }
    let bin = |x: f64| (((x - left) / width * BINS as f64) as usize).min(BINS - 1);
    let mut changes = vec![0_i64; BINS + 1];
    for piece in pieces {
        changes[bin(piece.x0)] += 1;
        changes[bin(piece.x1) + 1] -= 1;
    }
    let mut covered = 0;
    let cover: Vec<i64> = changes
        .iter()
        .map(|change| {
            covered += change;
            covered
        })
        .collect();
    let mut sizes: Vec<f64> = pieces.iter().map(|piece| piece.size).collect();
    sizes.sort_by(f64::total_cmp);
    let least = (sizes[sizes.len() / 2] * 0.7 / width * BINS as f64).max(1.0) as usize;
    // Runs of bins that are covered alike, away from the edges.
    let mut best: Option<(i64, usize, usize)> = None;
    let mut start = BINS / 10;
    while start < BINS * 9 / 10 {
        let end = (start..BINS).find(|&at| cover[at] != cover[start]).unwrap_or(BINS);
        let run = (cover[start], end - start, start);
        if end - start >= least
            && best.is_none_or(|(cover, length, _)| (run.0, -(run.1 as i64)) < (cover, -(length as i64)))
        {
            best = Some(run);
        }
        start = end;
    }
    let (_, length, start) = best?;
    let place = left + (start as f64 + length as f64 / 2.0) / BINS as f64 * width;
    are_columns(pieces, place).then_some(place)
}

/// Whether what stands on either side is prose beside prose.
fn are_columns(pieces: &[Piece], gutter: f64) -> bool {
    let side = |left: bool| -> Vec<&Piece> {
        pieces.iter().filter(|piece| if left { piece.x1 <= gutter } else { piece.x0 >= gutter }).collect()
    };
    let (left, right) = (side(true), side(false));
    let across = pieces.len() - left.len() - right.len();
    if left.len() < 3 || right.len() < 3 || across * 3 > left.len() + right.len() {
        return false;
    }
    let reach = |side: &[&Piece]| {
        let top = side.iter().map(|piece| piece.y).fold(f64::MIN, f64::max);
        let bottom = side.iter().map(|piece| piece.y).fold(f64::MAX, f64::min);
        (bottom, top)
    };
    let ((low, high), (lower, higher)) = (reach(&left), reach(&right));
    let shared = high.min(higher) - low.max(lower);
    let shorter = (high - low).min(higher - lower);
    let median = |side: &[&Piece]| {
        let mut lengths: Vec<usize> = side.iter().map(|piece| piece.text.chars().count()).collect();
        lengths.sort_unstable();
        lengths[lengths.len() / 2]
    };
    shared > 0.4 * shorter && median(&left).min(median(&right)) >= 12
}

/// The lines of a block; pieces that stand on one line, as cells of a table do, make one.
fn lines(block: Vec<Piece>) -> Vec<Line> {
    let left = block.iter().map(|piece| piece.x0).fold(f64::MAX, f64::min);
    let right = block.iter().map(|piece| piece.x1).fold(f64::MIN, f64::max);
    let mut lines: Vec<Line> = Vec::with_capacity(block.len());
    for piece in block {
        let text = piece.text.trim();
        if let Some(last) = lines.last_mut()
            && (last.y - piece.y).abs() < 0.3 * last.size.max(piece.size)
            && piece.x0 >= last.x1 - 0.5 * last.size
        {
            last.text.push(' ');
            last.text.push_str(text);
            last.x1 = piece.x1;
            continue;
        }
        lines.push(Line {
            text: text.to_owned(),
            x0: piece.x0,
            x1: piece.x1,
            y: piece.y,
            size: piece.size,
            left,
            right,
            first: lines.is_empty(),
        });
    }
    lines
}
