//! XML as a sequence of what opens, what closes, and the text between.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A step through an XML text. Names are without their prefix.
pub(super) enum Step<'a> {
    /// An element opens.
    Open(&'a str, &'a BytesStart<'a>),
    /// It closes.
    Close(&'a str),
    /// Text between.
    Text(&'a str),
}

/// Goes through an XML text. Entities of its own are not resolved, so that nothing grows.
pub(super) fn read(xml: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event().map_err(|error| format!("damaged XML: {error}"))? {
            Event::Start(start) => take(Step::Open(start.local_name().as_ref(), &start)),
            Event::Empty(start) => {
                take(Step::Open(start.local_name().as_ref(), &start));
                take(Step::Close(start.local_name().as_ref()));
            }
            Event::End(end) => take(Step::Close(end.local_name().as_ref())),
            Event::Text(text) => take(Step::Text(&text.xml10_content())),
            Event::CData(text) => take(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => match &*reference {
                "amp" => take(Step::Text("&")),
                "lt" => take(Step::Text("<")),
                "gt" => take(Step::Text(">")),
                "quot" => take(Step::Text("\"")),
                "apos" => take(Step::Text("'")),
                _ => {
                    if let Ok(Some(c)) = reference.resolve_char_ref() {
                        take(Step::Text(c.encode_utf8(&mut [0; 4])));
                    }
                }
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start.attributes().with_checks(false).flatten().find_map(|attribute| {
        let own = attribute.key.local_name();
        (own.as_ref() == name)
            .then(|| {
                attribute.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned).ok()
            })
            .flatten()
    })
}

/// The text of each element that is named, in order: for small files of facts.
pub(super) fn texts(xml: &str, names: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open = false;
    // What stands before the damage counts.
    let _ = read(xml, |step| match step {
        Step::Open(name, _) => {
            open = names.contains(&name);
            if open {
                found.push((name.to_owned(), String::new()));
            }
        }
        Step::Close(_) => open = false,
        Step::Text(text) => {
            if let Some((_, all)) = found.last_mut().filter(|_| open) {
                all.push_str(text);
            }
        }
    });
    found
}
