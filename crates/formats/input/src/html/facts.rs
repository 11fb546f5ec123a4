//! What a page says of its article: headline, author, outlet, date.

mod stated;

use docmill_core::{ExtraField, Meta};
use dom_query::Document;
use dom_smoothie::Readability;

use crate::date;
use stated::Stated;

/// Bibliographic facts of a page. What it says in JSON-LD goes before `meta`, and that before elements of the text.
pub(super) fn facts(tree: Document) -> Meta {
    let stated = Stated::of(&tree);
    let Ok(page) = Readability::with_document(tree, None, None) else { return Meta::default() };
    let found = |fact: Option<String>| fact.filter(|fact| !fact.trim().is_empty());
    let article = page.get_article_metadata(page.parse_json_ld());
    let mut meta = Meta {
        title: found(Some(article.title)).or(stated.title),
        author: stated.author.or_else(|| found(article.byline)).and_then(|author| name(&author)),
        publication: found(article.site_name).or(stated.publication),
        ..Meta::default()
    };
    let mut dates: Vec<String> = stated.dates;
    dates.extend(found(article.published_time));
    meta.date = dates.iter().find_map(|date| date::iso(date));
    if meta.date.is_none() {
        let first = dates.into_iter().next();
        meta.extra.extend(first.map(|value| ExtraField { key: "published".to_owned(), value }));
    }
    meta
}

/// A name without `By`; addresses of pages are no names.
fn name(author: &str) -> Option<String> {
    let author = author.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = match author.split_at_checked(3) {
        Some((by, name)) if by.eq_ignore_ascii_case("by ") => name.to_owned(),
        _ => author,
    };
    (!bare.is_empty() && !bare.contains("://")).then_some(bare)
}
