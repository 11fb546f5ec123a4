//! Gold of places: articles with toponyms in XML, as the Local-Global Lexicon and TR-News have them.

use anyhow::{Context, Result, bail};
use quick_xml::Reader;
use quick_xml::events::Event;

/// An article.
#[derive(Debug, Default, PartialEq)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Toponyms with coordinates, in the order of the file.
    pub toponyms: Vec<Toponym>,
    /// Toponyms of which gold does not say where they are.
    pub unplaced: Vec<(usize, usize)>,
}

/// A name of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Reads a file.
///
/// # Errors
/// With the place in the file, if it is no such XML.
pub fn parse(file: &str, name: &str) -> Result<Vec<Article>> {
    let mut reader = Reader::from_str(file);
    let mut articles: Vec<Article> = Vec::new();
    let (mut path, mut said): (Vec<String>, String) = (Vec::new(), String::new());
    let (mut ends, mut point) = ([None::<usize>; 2], [None::<f64>; 2]);
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().with_context(|| format!("{name}: byte {at}"))?;
        match event {
            Event::Start(tag) => {
                match tag.local_name().as_ref() {
                    "article" => articles.push(Article::default()),
                    "toponym" => (ends, point) = ([None; 2], [None; 2]),
                    _ => {}
                }
                path.push(tag.local_name().as_ref().to_owned());
                said.clear();
            }
            Event::Text(text) => said += &text.xml10_content(),
            Event::CData(text) => said += &text.xml10_content(),
            Event::GeneralRef(reference) => {
                match (reference.resolve_char_ref().ok().flatten(), &*reference) {
                    (Some(c), _) => said.push(c),
                    (None, "amp") => said.push('&'),
                    (None, "lt") => said.push('<'),
                    (None, "gt") => said.push('>'),
                    (None, "quot") => said.push('"'),
                    (None, "apos") => said.push('\''),
                    (None, entity) => bail!("{name}: byte {at}: the entity `&{entity};` is not known"),
                }
            }
            Event::End(tag) => {
                path.pop();
                let inside = |outer: &str| path.iter().any(|name| name == outer);
                let number = || said.trim().parse::<f64>().ok();
                let position = || said.trim().parse::<usize>().ok();
                let Some(article) = articles.last_mut() else { continue };
                match tag.local_name().as_ref() {
                    "text" if !inside("toponym") => article.text = std::mem::take(&mut said),
                    "start" => ends[0] = position(),
                    "end" => ends[1] = position(),
                    "lat" => point[0] = number(),
                    "lon" => point[1] = number(),
                    "toponym" => {
                        let [Some(start), Some(end)] = ends else {
                            bail!("{name}: byte {at}: a toponym has no `start` or no `end`");
                        };
                        if let [Some(latitude), Some(longitude)] = point {
                            article.toponyms.push(Toponym { start, end, latitude, longitude });
                        } else {
                            article.unplaced.push((start, end));
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if articles.is_empty() {
        bail!("{name}: it has no `<article>`; give a file as the Local-Global Lexicon's");
    }
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_have_toponyms() {
        let file = "<articles><article><text><![CDATA[Osh & Å]]></text><toponyms>\
            <toponym><start>0</start><end>3</end><gaztag geonameid=\"1527534\"><lat>40.5</lat><lon>72.8</lon></gaztag></toponym>\
            <toponym><start>6</start><end>7</end></toponym></toponyms></article></articles>";
        let articles = parse(file, "a.xml").unwrap();
        assert_eq!(articles[0].text, "Osh & Å");
        assert_eq!(articles[0].toponyms, [Toponym { start: 0, end: 3, latitude: 40.5, longitude: 72.8 }]);
        assert_eq!(articles[0].unplaced, [(6, 7)]);
        assert!(parse("<a/>", "a.xml").is_err());
        assert!(parse("<articles><article><text>a &huh; b</text></article></articles>", "a.xml").is_err());
    }
}
