//! Facts in JSON-LD, `meta`, microdata and `time`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::super::words::{in_order, of_class};
use crate::date;

static TYPES: LazyLock<Words> = LazyLock::new(|| of_class("article"));

/// Pieces of text under the headline in which a date is looked for, and bytes of one.
const UNDER_HEADLINE: usize = 40;
const DATE_BYTES: usize = 60;

/// Objects of JSON-LD inside one another that are looked into.
const DEPTH: usize = 16;

/// What a page states.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publication: Option<String>,
    /// Dates of publication, the surest first, as they stand there.
    pub dates: Vec<String>,
}

impl Stated {
    pub fn of(tree: &Document) -> Self {
        let mut seen = Seen::default();
        for node in tree.root().descendants_it() {
            seen.look(&node);
        }
        seen.stated()
    }
}

#[derive(Default)]
struct Seen {
    json: Stated,
    /// Dates of objects that are no articles.
    other: Vec<String>,
    meta: Vec<(String, String)>,
    items: Vec<String>,
    /// Names in microdata or of links with `rel=author`.
    authors: Vec<String>,
    times: Vec<String>,
    /// Dates in the address that the page states.
    addresses: Vec<String>,
    /// Pieces of text since the first headline.
    since_headline: Option<usize>,
    /// The first text under the headline that is a date.
    under_headline: Option<String>,
}

impl Seen {
    fn look(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            self.text(node);
            return;
        }
        let Some(name) = node.node_name() else { return };
        match name.as_ref() {
            "h1" => self.since_headline = self.since_headline.or(Some(0)),
            "script" => {
                if node.attr("type").is_some_and(|of| of.to_ascii_lowercase().contains("ld+json")) {
                    self.json_ld(&node.text());
                }
            }
            "meta" => {
                let Some(content) = node.attr("content").filter(|content| !content.trim().is_empty()) else {
                    return;
                };
                for attribute in ["property", "name", "itemprop", "http-equiv"] {
                    if let Some(key) = node.attr(attribute) {
                        let key = key.trim().to_ascii_lowercase();
                        if matches!(
                            key.as_str(),
                            "og:url" | "twitter:url" | "al:web:url" | "canonical" | "url"
                        ) {
                            self.addresses.extend(date_of_address(&content));
                        }
                        self.meta.push((key, content.trim().to_owned()));
                    }
                }
            }
            tag => self.element(tag, node),
        }
    }

    /// A date often stands under the headline and nothing says that it is one.
    fn text(&mut self, node: &NodeRef<'_>) {
        let Some(since) = self.since_headline.filter(|&since| since < UNDER_HEADLINE) else { return };
        if self.under_headline.is_some() {
            return;
        }
        let text = node.text();
        let text = text.trim();
        let unread =
            |up: NodeRef<'_>| up.node_name().is_some_and(|name| matches!(name.as_ref(), "script" | "style"));
        if text.is_empty() || node.parent().is_some_and(unread) {
            return;
        }
        self.since_headline = Some(since + 1);
        if (8..=DATE_BYTES).contains(&text.len()) {
            self.under_headline = date::whole(text);
        }
    }

    fn element(&mut self, tag: &str, node: &NodeRef<'_>) {
        let property = node.attr("itemprop").or_else(|| node.attr("property"));
        if let Some(property) = property {
            let property = property.to_ascii_lowercase();
            if property.contains("datepublished") || property.contains("datecreated") {
                let value = node.attr("datetime").or_else(|| node.attr("content"));
                self.items.push(value.map_or_else(|| short_text(node), |value| value.to_string()));
            }
        }
        match tag {
            "time" => {
                if let Some(value) = node.attr("datetime") {
                    self.times.push(value.to_string());
                }
            }
            "link"
                if (node.attr("rel"))
                    .is_some_and(|rel| matches!(rel.as_ref(), "canonical" | "amphtml" | "shortlink")) =>
            {
                let address = node.attr("href").or_else(|| node.attr("content"));
                self.addresses.extend(address.and_then(|address| date_of_address(&address)));
            }
            "abbr" if node.has_class("published") => {
                self.items.extend(node.attr("title").map(|value| value.to_string()));
            }
            "a" if node.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "author")) => {
                self.authors.push(short_text(node));
            }
            _ => {}
        }
    }

    fn json_ld(&mut self, json: &str) {
        let json = json.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
        let json = json.trim_start_matches("<![CDATA[").trim_end_matches("-->");
        let json = json.trim().trim_end_matches("]]>").trim_end_matches("//").trim_end_matches(';');
        // Line ends inside strings are forbidden, and common.
        let plain: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if let Ok(value) = serde_json::from_str::<Value>(&plain) {
            self.object(&value, 0);
        }
    }

    fn object(&mut self, value: &Value, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.object(value, depth + 1)),
            Value::Object(fields) => {
                let of =
                    |types: &Value| types.as_str().is_some_and(|of| TYPES.contains(&of.to_ascii_lowercase()));
                let article = match fields.get("@type") {
                    Some(Value::Array(types)) => types.iter().any(of),
                    Some(types) => of(types),
                    None => false,
                };
                let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
                let date = text("datePublished").or_else(|| text("dateCreated"));
                if article {
                    self.json.dates.extend(date);
                    let author = fields.get("author").or_else(|| fields.get("creator"));
                    self.json.author = self.json.author.take().or_else(|| author.and_then(names));
                    self.json.title = self.json.title.take().or_else(|| text("headline"));
                    let publisher = fields.get("publisher").and_then(names);
                    self.json.publication = self.json.publication.take().or(publisher);
                } else {
                    self.other.extend(date);
                }
                fields.values().for_each(|value| self.object(value, depth + 1));
            }
            _ => {}
        }
    }

    fn stated(self) -> Stated {
        let of_meta = |class: &'static str| {
            let mut all: Vec<String> = Vec::new();
            for name in in_order(class) {
                all.extend(self.meta.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()));
            }
            all
        };
        // Names of sites' own: `sn-post-date`.
        let own = |name: &str| {
            let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            in_order("date-end").any(|end| plain.ends_with(end))
        };
        let own_dates = self.meta.iter().filter(|(key, _)| own(key)).map(|(_, value)| value.clone());
        let mut dates = self.json.dates;
        dates.extend(of_meta("date"));
        dates.extend(own_dates);
        dates.extend(self.items);
        dates.extend(self.other);
        dates.extend(self.addresses);
        dates.extend(self.times.into_iter().take(1));
        dates.extend(self.under_headline);
        let authors = of_meta("author").into_iter().filter(|author| !author.contains("://"));
        let author = self.json.author.or_else(|| authors.chain(self.authors).next());
        Stated { title: self.json.title, author, publication: self.json.publication, dates }
    }
}

/// Nodes in an element that are looked at for a date or a name, and bytes of text from which on no more is taken:
/// hundreds of such elements may stand inside one another.
const SHORT_NODES: usize = 64;
const SHORT_BYTES: usize = 256;

/// The text of an element that should hold a date or a name.
fn short_text(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for part in node.descendants_it().take(SHORT_NODES).filter(NodeRef::is_text) {
        let part = part.text();
        let end = part.floor_char_boundary(SHORT_BYTES);
        text.push_str(part.get(..end).unwrap_or_default());
        if text.len() >= SHORT_BYTES {
            break;
        }
    }
    text
}

/// `2023-01-02` of `https://desk.example/2023/01/02/radar.html`.
fn date_of_address(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    let number =
        |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    let found = parts.windows(3).find(|part| {
        let [year, month, day] = part else { return false };
        let named = month.len() == 3 && month.bytes().all(|byte| byte.is_ascii_alphabetic());
        let month = named || !month.is_empty() && number(month, 2);
        year.len() == 4 && number(year, 4) && month && !day.is_empty() && number(day, 2)
    })?;
    Some(found.join("-"))
}

/// The names of a person or organization, or of a list of them.
fn names(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => name.trim().to_owned(),
        Value::Object(fields) => fields.get("name").and_then(names)?,
        Value::Array(values) => {
            let mut all: Vec<String> = values
                .iter()
                .take(32)
                .filter_map(|value| match value {
                    Value::Array(_) => None,
                    value => names(value),
                })
                .collect();
            all.dedup();
            all.join(", ")
        }
        _ => return None,
    };
    (!name.is_empty()).then_some(name)
}
