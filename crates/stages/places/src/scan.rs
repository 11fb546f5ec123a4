//! The names of places in a document: mentions, and names inside the names of other things.

use docmill_core::Span;
use docmill_core::layers::{Citations, Entities, PlaceFeature, PlaceForm};

use crate::fold::fold;
use crate::world::{Candidate, Manner, World};

/// A name in the text that has candidates.
#[derive(Debug)]
pub(crate) struct Toponym {
    pub span: Span,
    pub entity: Option<u32>,
    pub form: PlaceForm,
    pub key: String,
    pub candidates: Vec<Candidate>,
    /// True if it counts only where the document names the place by itself too.
    pub doubtful: bool,
}

/// The most words of a name inside another name.
const LONGEST: usize = 5;
/// Logarithm of the population from which a town of three letters counts inside another name: `Osh`.
const CITY: f32 = 5.0;
/// How far behind `D-` the name of a place may reach.
const PARTY_REACH: usize = 30;

/// Every toponym, sorted by span, without overlap.
pub(crate) fn toponyms(
    world: &World,
    text: &str,
    entities: &Entities,
    citations: Option<&Citations>,
) -> Vec<Toponym> {
    let mut found = Vec::new();
    for (i, mention) in entities.items.iter().enumerate() {
        let Some(written) = mention.span.slice(text) else { continue };
        if citations.is_some_and(|citations| citations.index_around(mention.span).is_some()) {
            continue;
        }
        let scan = Scan { world, text, base: mention.span.start, entity: Some(i as u32) };
        match &*mention.label {
            "LOC" => scan.place(written, &mut found),
            "ORG" | "MISC" => scan.other(written, &mut found),
            _ => {}
        }
    }
    found.sort_by_key(|toponym| toponym.span);
    parties(world, text, &mut found);
    let named: Vec<String> = {
        let sure = found.iter().filter(|toponym| toponym.form == PlaceForm::Name);
        let mut named: Vec<String> = sure.map(|toponym| toponym.key.clone()).collect();
        named.sort_unstable();
        named
    };
    found.retain(|toponym| !toponym.doubtful || named.binary_search(&toponym.key).is_ok());
    found
}

/// One entity mention.
struct Scan<'a> {
    world: &'a World,
    text: &'a str,
    base: u32,
    entity: Option<u32>,
}

impl Scan<'_> {
    /// A mention of a place: as a whole, else each name in it (`Fort Worth, Texas`).
    fn place(&self, written: &str, found: &mut Vec<Toponym>) {
        let candidates = self.candidates(written, 0);
        if candidates.is_empty() {
            let first = found.len();
            self.inside(written, found);
            for toponym in found.iter_mut().skip(first) {
                // `South Philadelphia`, `Fort Worth, Texas`: the mention is of this place, or of a part of it.
                toponym.form = PlaceForm::Name;
                toponym.doubtful = false;
            }
        } else {
            self.push(written, 0, PlaceForm::Name, candidates, false, found);
        }
    }

    /// A mention of something else: an adjective or the name of a state, else each name in it.
    fn other(&self, written: &str, found: &mut Vec<Toponym>) {
        if self.world.is_known(&fold(written)) {
            let candidates = self.candidates(written, 0);
            if !candidates.is_empty() {
                self.push(written, 0, PlaceForm::Name, candidates, false, found);
                return;
            }
        }
        self.inside(written, found);
    }

    /// The longest names of places in a longer name, from the left.
    fn inside(&self, written: &str, found: &mut Vec<Toponym>) {
        let pieces = pieces(written);
        let mut at = 0;
        while at < pieces.len() {
            let last = (at + LONGEST).min(pieces.len());
            let hit = (at + 1..=last).rev().find_map(|end| {
                let whole = Span::new(pieces[at].start as usize, pieces[end - 1].end as usize);
                if end - at == pieces.len() && whole.start == 0 && whole.end as usize == written.len() {
                    return None;
                }
                self.name_at(written, whole).map(|(span, candidates)| (end, span, candidates))
            });
            let Some((end, span, candidates)) = hit else {
                at += 1;
                continue;
            };
            let name = span.slice(written).unwrap_or_default();
            let before = written.get(..span.start as usize).unwrap_or_default().trim_end();
            let opens = before.is_empty()
                || before.ends_with([',', '-', '/', '('])
                || before.rsplit(' ').next().is_some_and(|word| self.world.words.is_before(word));
            let state =
                candidates.iter().any(|c| matches!(c.kind, PlaceFeature::Country | PlaceFeature::Region));
            self.push(name, span.start, PlaceForm::Part, candidates, !(opens || state), found);
            at = end;
        }
    }

    /// The name that some words of a longer name are, without a possessive or a full stop behind it.
    fn name_at(&self, written: &str, whole: Span) -> Option<(Span, Vec<Candidate>)> {
        let name = whole.slice(written)?;
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        let cut = |end: &str| name.strip_suffix(end).map(str::len);
        let lengths = [Some(name.len()), cut("."), cut("'s"), cut("’s")];
        lengths.into_iter().flatten().find_map(|length| {
            let name = name.get(..length)?;
            let key = fold(name);
            if key.len() < 2 || self.world.words.is_no_name(&key) {
                return None;
            }
            let candidates = self.candidates(name, whole.start);
            let large = |c: &Candidate| {
                matches!(c.kind, PlaceFeature::Country | PlaceFeature::Region)
                    || (key.len() == 3 && c.size >= CITY)
            };
            let fits = !candidates.is_empty() && (key.len() > 3 || candidates.iter().any(large));
            fits.then(|| (Span::new(whole.start as usize, whole.start as usize + length), candidates))
        })
    }

    /// The candidates of a name; an abbreviation has to look like one (`Ill.`, `IL`, `Aurora, Ill`).
    fn candidates(&self, name: &str, at: u32) -> Vec<Candidate> {
        let mut found = self.world.find(name);
        let start = (self.base + at) as usize;
        let behind_comma = self.text.get(..start).is_some_and(|before| before.trim_end().ends_with(','));
        let upper = name.len() > 1 && !name.contains(char::is_lowercase);
        if !(name.ends_with('.') || upper || behind_comma) {
            found.retain(|candidate| candidate.manner != Manner::Short);
        }
        found
    }

    fn push(
        &self,
        name: &str,
        at: u32,
        form: PlaceForm,
        candidates: Vec<Candidate>,
        doubtful: bool,
        found: &mut Vec<Toponym>,
    ) {
        let start = self.base + at;
        let span = Span { start, end: start + name.len() as u32 };
        found.push(Toponym { span, entity: self.entity, form, key: fold(name), candidates, doubtful });
    }
}

/// Places behind the party of a politician: `D-Winthrop`, `(R-Texas)`.
fn parties(world: &World, text: &str, found: &mut Vec<Toponym>) {
    let mut more = Vec::new();
    for (at, _) in text.match_indices('-') {
        let before = text.get(..at).unwrap_or_default();
        let mut letters = before.chars().rev();
        let party = matches!(letters.next(), Some('D' | 'R'));
        if !party || letters.next().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let start = at + 1;
        let known = found.partition_point(|toponym| (toponym.span.end as usize) <= start);
        if found.get(known).is_some_and(|toponym| toponym.span.start as usize <= start) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find([',', ')', ';', '\n']).filter(|&end| end <= PARTY_REACH);
        let Some(name) = end.and_then(|end| rest.get(..end)) else { continue };
        let scan = Scan { world, text, base: start as u32, entity: None };
        if let Some((span, candidates)) = scan.name_at(name, Span::new(0, name.len())) {
            let name = span.slice(name).unwrap_or_default();
            scan.push(name, 0, PlaceForm::Name, candidates, false, &mut more);
        }
    }
    if !more.is_empty() {
        found.append(&mut more);
        found.sort_by_key(|toponym| toponym.span);
        found.dedup_by(|next, kept| next.span.overlaps(kept.span));
    }
}

/// The words of a name: letters and digits, with stops, apostrophes and `&` between them, and a stop behind.
fn pieces(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        }
        let Some(from) = start else { continue };
        let goes_on = next.is_some_and(char::is_alphanumeric)
            && (c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&'));
        let mark = c.is_alphanumeric() && matches!(next, Some('.' | '\'' | '’' | '&'));
        if goes_on || mark {
            continue;
        }
        let end = if c.is_alphanumeric() || c == '.' { at + c.len_utf8() } else { at };
        found.push(Span::new(from, end));
        start = None;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let words = |text: &str| -> Vec<String> {
            pieces(text).iter().map(|span| span.slice(text).unwrap().to_owned()).collect()
        };
        assert_eq!(words("CHARLESTON, W.Va."), ["CHARLESTON", "W.Va."]);
        assert_eq!(words("Arab- Israeli"), ["Arab", "Israeli"]);
        assert_eq!(words("Iran's army’"), ["Iran's", "army"]);
        assert_eq!(words("St. John's"), ["St.", "John's"]);
        assert_eq!(words(""), Vec::<String>::new());
    }
}
