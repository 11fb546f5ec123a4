//! Quotation marks: which open, which close, and what stands between them.
//!
//! A quotation ends in its paragraph, or goes on in the next one, which then begins with a mark of its own (the
//! convention of English print: only the last paragraph has a closing mark). Where paragraphs were joined to lines, the
//! mark of the next one stands behind a full sentence. A mark without a partner is passed over.
//! Marks inside others are part of what is said.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{Sentences, Tokens};

/// So many tokens are looked at for a closing mark.
const LOOKAHEAD: usize = 200;
/// A paragraph of speech has so many tokens, its mark and its stop included.
const SHORTEST_PARAGRAPH: usize = 6;

/// A stretch between quotation marks, marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// True if it goes on in the next region.
    pub goes_on: bool,
}

/// The outermost quotations, in text order.
pub(crate) fn regions(text: &str, sentences: &Sentences, tokens: &Tokens) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut first = 0;
    for paragraph in sentences.items.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let last = first + paragraph.len();
        let range = match paragraph.len() {
            0 => continue,
            _ => tokens.range_of(first).start..tokens.range_of(last - 1).end,
        };
        first = last;
        in_paragraph(text, tokens.all(), range, &mut regions);
    }
    drop_the_unclosed(&mut regions);
    regions
}

/// What a token does as a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Opens; the closing mark is of the same family.
    Opens(Family),
    Closes(Family),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

fn mark(text: &str, token: Span) -> Option<Mark> {
    let word = token.slice(text)?;
    let before = text.get(..token.start as usize)?.chars().next_back();
    let after = text.get(token.end as usize..)?.chars().next();
    let free_before = before.is_none_or(|c| c.is_whitespace() || "([—–-/".contains(c));
    let free_after = after.is_none_or(char::is_whitespace);
    let by_space =
        |family| if free_before && !free_after { Mark::Opens(family) } else { Mark::Closes(family) };
    Some(match word {
        "“" | "„" | "‟" | "«" | "``" => Mark::Opens(Family::Double),
        "”" | "»" => Mark::Closes(Family::Double),
        "\"" | "''" => by_space(Family::Double),
        "‘" | "‚" if free_before => Mark::Opens(Family::Single),
        "'" | "’" => by_space(Family::Single),
        _ => return None,
    })
}

/// A quotation that is open.
#[derive(Clone, Copy)]
struct Open {
    at: usize,
    family: Family,
    /// True if the mark itself shows that it opens.
    faces: bool,
}

fn in_paragraph(text: &str, tokens: &[Span], range: Range<usize>, regions: &mut Vec<Region>) {
    let first = regions.len();
    // What is open, outermost first. Marks of which one cannot see which way they face do not nest.
    let mut open: Vec<Open> = Vec::new();
    for at in range.clone() {
        let Some(mark) = mark(text, tokens[at]) else { continue };
        match mark {
            Mark::Opens(family) => {
                let now = open.last().map(|open| open.family);
                let new = Open { at, family, faces: faces(text, tokens[at]) };
                match (now, family) {
                    (Some(Family::Single), Family::Single) => {
                        open.pop();
                        open.push(new);
                    }
                    (Some(Family::Double), Family::Double) if !new.faces => {
                        if let Some(begun) =
                            open.pop().filter(|begun| is_paragraph(text, tokens, begun.at..at))
                        {
                            regions.push(Region { tokens: begun.at..at, goes_on: true });
                        }
                        open.push(new);
                    }
                    // A single mark that was an apostrophe after all.
                    (Some(Family::Single), Family::Double) if !closes(text, &tokens[at..range.end]) => {
                        open.pop();
                        open.push(new);
                    }
                    _ => open.push(new),
                }
            }
            Mark::Closes(family) => {
                // A closing double mark ends the single ones in it; a closing single mark may be an apostrophe.
                while family == Family::Double
                    && open.last().is_some_and(|open| open.family == Family::Single)
                {
                    open.pop();
                }
                if let Some(begun) = open.pop_if(|open| open.family == family) {
                    while regions.len() > first && regions.last().is_some_and(|r| r.tokens.start > begun.at) {
                        regions.pop();
                    }
                    regions.push(Region { tokens: begun.at..at + 1, goes_on: false });
                }
            }
        }
    }
    let next = tokens.get(range.end).and_then(|&next| mark(text, next));
    let last = open.iter().rev().find(|open| open.family == Family::Double);
    if let Some(open) = last.filter(|_| next == Some(Mark::Opens(Family::Double))) {
        while regions.len() > first && regions.last().is_some_and(|r| r.tokens.start > open.at) {
            regions.pop();
        }
        regions.push(Region { tokens: open.at..range.end, goes_on: true });
    }
}

/// True if whole sentences stand behind an opening mark.
fn is_paragraph(text: &str, tokens: &[Span], range: Range<usize>) -> bool {
    let word = |at: usize| tokens.get(at).and_then(|token| token.slice(text)).unwrap_or_default();
    range.len() >= SHORTEST_PARAGRAPH
        && word(range.start + 1).starts_with(char::is_uppercase)
        && matches!(word(range.end - 1), "." | "!" | "?")
}

/// True if a mark itself shows that it opens.
fn faces(text: &str, token: Span) -> bool {
    !matches!(token.slice(text), Some("\"" | "''" | "'" | "’"))
}

/// True if a single mark after a comma or stop closes soon: what stands before it is no apostrophe.
fn closes(text: &str, tokens: &[Span]) -> bool {
    tokens.iter().take(LOOKAHEAD).zip(tokens.iter().skip(1)).any(|(&before, &token)| {
        let stopped = before.slice(text).is_some_and(|word| [",", ".", "?", "!"].contains(&word));
        stopped && mark(text, token) == Some(Mark::Closes(Family::Single))
    })
}

/// A region that reaches the end of its paragraph is one only if the next begins where the next paragraph does.
fn drop_the_unclosed(regions: &mut Vec<Region>) {
    let mut kept: Vec<Region> = Vec::with_capacity(regions.len());
    for region in regions.drain(..).rev() {
        if !region.goes_on || kept.last().is_some_and(|next| next.tokens.start == region.tokens.end) {
            kept.push(region);
        }
    }
    kept.reverse();
    *regions = kept;
}

#[cfg(test)]
mod tests {
    use docmill_core::Document;
    use docmill_core::testing::plain_layers;

    use super::*;

    /// The regions of a text in which each line is a paragraph.
    fn found(text: &str) -> Vec<String> {
        let mut doc = Document::from_text("d", text);
        plain_layers(&mut doc);
        let (sentences, tokens) = (doc.require::<Sentences>().unwrap(), doc.require::<Tokens>().unwrap());
        let all = tokens.all();
        let show = |region: &Region| {
            let span = all[region.tokens.start].cover(all[region.tokens.end - 1]);
            span.slice(text).unwrap().to_owned() + if region.goes_on { "..." } else { "" }
        };
        regions(text, sentences, tokens).iter().map(show).collect()
    }

    #[test]
    fn every_kind_of_mark() {
        assert_eq!(
            found("He said “no”, «no», \"no\", ‘no’ and 'no'."),
            ["“no”", "«no»", "\"no\"", "‘no’", "'no'"]
        );
        assert_eq!(found("„Nein“"), [] as [&str; 0], "German marks close with what opens English ones");
    }

    #[test]
    fn the_outermost_is_taken() {
        assert_eq!(
            found("“He said ‘no’ and “never” to me,” she said."),
            ["“He said ‘no’ and “never” to me,”"]
        );
        assert_eq!(found("'He said \"no\" to me,' she said."), ["'He said \"no\" to me,'"]);
    }

    #[test]
    fn marks_without_a_partner_are_passed_over() {
        assert_eq!(found("“He left. “No,” she said. “Yes.”"), ["“No,”", "“Yes.”"]);
        assert_eq!(found("He left.” She said “no.”"), ["“no.”"]);
        assert_eq!(found("The soldiers' pay isn't much, the officers' pay is."), [] as [&str; 0]);
        assert_eq!(found("A 6\" gun and \"a tank\""), ["\"a tank\""]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        assert_eq!(found("He said: “One.\n“Two.\n“Three.”\nFour."), ["“One....", "“Two....", "“Three.”"]);
        assert_eq!(found("He said: “One.\nTwo.\n“Three.”"), ["“Three.”"]);
    }

    #[test]
    fn paragraphs_of_speech_may_be_joined_to_one_line() {
        assert_eq!(
            found("\"They came to Osh at night. \"We saw them there. \"Nobody helped us,\" she said."),
            ["\"They came to Osh at night....", "\"We saw them there....", "\"Nobody helped us,\""]
        );
        assert_eq!(found("A 6\" gun. He said: \"No guns at all.\""), ["\"No guns at all.\""]);
        assert_eq!(found("\"No. \"We never knew,\" she said."), ["\"We never knew,\""], "too short");
    }
}
