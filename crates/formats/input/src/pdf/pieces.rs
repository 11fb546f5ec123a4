//! From glyphs to pieces of lines.

use std::collections::HashSet;

use super::draw::Piece;

/// A gap is a blank from so much of the size on.
const BLANK: f64 = 0.15;
/// Pieces farther apart belong to two columns, or to two cells of a table.
const APART: f64 = 0.95;

/// Pieces of the lines of a page; those of the commonest direction first.
pub(super) fn pieces(glyphs: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut turns: [Vec<Piece>; 4] = Default::default();
    for piece in joined(glyphs) {
        if let Some(same) = turns.get_mut(usize::from(piece.turn)) {
            same.push(piece);
        }
    }
    let mut turns: Vec<Vec<Piece>> =
        turns.into_iter().filter(|pieces| !pieces.is_empty()).map(merged).collect();
    turns.sort_by_key(|pieces| std::cmp::Reverse(pieces.iter().map(|piece| piece.text.len()).sum::<usize>()));
    turns
}

/// Glyphs that follow one another on a line.
fn joined(glyphs: Vec<Piece>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    for glyph in glyphs {
        let follows = open.as_ref().is_some_and(|piece| {
            let gap = glyph.x0 - piece.x1;
            let size = piece.size.max(glyph.size);
            let alike = piece.size.min(glyph.size) > 0.8 * size;
            let level = (glyph.y - piece.y).abs() < 0.2 * size;
            piece.turn == glyph.turn && alike && level && gap < APART * size && gap > -0.4 * size
        });
        let piece = match &mut open {
            Some(piece) if follows => piece,
            _ => {
                pieces.extend(open.take());
                open.insert(Piece { x1: glyph.x0, text: String::new(), ..glyph })
            }
        };
        let blank = glyph.text.trim().is_empty();
        let gap = glyph.x0 - piece.x1 > BLANK * glyph.size;
        if (blank || gap) && !piece.text.is_empty() && !piece.text.ends_with(' ') {
            piece.text.push(' ');
        }
        if !blank {
            piece.text.push_str(glyph.text.trim());
        }
        piece.x1 = piece.x1.max(glyph.x1);
    }
    pieces.extend(open);
    // A shadow, or bold print made of two, is one text.
    let mut seen: HashSet<(String, i64, i64)> = HashSet::new();
    let coarse = |place: f64, size: f64| (place / (size * 0.2).max(0.5)).round() as i64;
    pieces.retain(|piece| {
        !piece.text.trim().is_empty()
            && seen.insert((piece.text.clone(), coarse(piece.x0, piece.size), coarse(piece.y, piece.size)))
    });
    pieces
}

/// Pieces that stand side by side on one line, from top to bottom and left to right.
fn merged(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut merged: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut line: Vec<Piece> = Vec::new();
    for piece in pieces {
        let same = line.last().is_some_and(|last| (last.y - piece.y).abs() < 0.3 * last.size.max(piece.size));
        if !same {
            merged.extend(side_by_side(std::mem::take(&mut line)));
        }
        line.push(piece);
    }
    merged.extend(side_by_side(line));
    merged
}

fn side_by_side(mut line: Vec<Piece>) -> Vec<Piece> {
    line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut merged: Vec<Piece> = Vec::with_capacity(line.len());
    for piece in line {
        let Some(last) = merged.last_mut() else {
            merged.push(piece);
            continue;
        };
        let size = last.size.max(piece.size);
        let gap = piece.x0 - last.x1;
        let is_mark = piece.text.trim().chars().all(|c| c.is_ascii_digit() || "*†‡".contains(c));
        if is_mark && piece.size < 0.8 * last.size && piece.y > last.y + 0.1 * last.size && gap < 0.5 * size {
            // The mark of a note.
            last.x1 = last.x1.max(piece.x1);
            continue;
        }
        if gap >= APART * size || gap < -0.5 * size {
            merged.push(piece);
            continue;
        }
        if gap > BLANK * piece.size.min(last.size) && !last.text.ends_with(' ') {
            last.text.push(' ');
        }
        last.text.push_str(&piece.text);
        last.x1 = last.x1.max(piece.x1);
        if piece.size > last.size {
            (last.size, last.y) = (piece.size, piece.y);
        }
    }
    merged
}
