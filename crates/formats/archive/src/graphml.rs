//! `GraphML`, which Gephi, yEd, Cytoscape and networkx read.

use std::path::Path;

use crate::edges::Edge;
use crate::error::ArchiveError;
use crate::row::NameRow;
use crate::text_file::TextFile;

/// Attributes: of what, name, type.
const KEYS: [(&str, &str, &str); 15] = [
    ("node", "label", "string"),
    ("node", "kind", "string"),
    ("node", "country", "string"),
    ("node", "documents", "long"),
    ("node", "mentions", "long"),
    ("node", "latitude", "double"),
    ("node", "longitude", "double"),
    ("node", "first", "string"),
    ("node", "last", "string"),
    ("edge", "kind", "string"),
    ("edge", "label", "string"),
    ("edge", "count", "long"),
    ("edge", "documents", "long"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
];

/// A graph on its way to a file: nodes, then edges.
#[derive(Debug)]
pub(crate) struct GraphMl {
    file: TextFile,
    edges: u64,
}

impl GraphMl {
    /// Begins the file.
    pub fn create(path: &Path) -> Result<Self, ArchiveError> {
        let mut head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                        <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
            .to_owned();
        for (of, name, kind) in KEYS {
            head += &format!(
                "  <key id=\"{of}.{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"
            );
        }
        head += "  <graph id=\"archive\" edgedefault=\"directed\">\n";
        let mut file = TextFile::create(path)?;
        file.write(&head)?;
        Ok(Self { file, edges: 0 })
    }

    /// Adds a node.
    pub fn node(&mut self, row: &NameRow) -> Result<(), ArchiveError> {
        let mut text = format!("    <node id=\"{}\">\n", row.id);
        data(&mut text, "node.label", Some(&row.name));
        data(&mut text, "node.kind", Some(row.kind.name()));
        data(&mut text, "node.country", row.country.as_deref());
        data(&mut text, "node.documents", Some(&row.documents.to_string()));
        data(&mut text, "node.mentions", Some(&row.counts.mentions.to_string()));
        data(&mut text, "node.latitude", row.latitude.map(|degrees| degrees.to_string()).as_deref());
        data(&mut text, "node.longitude", row.longitude.map(|degrees| degrees.to_string()).as_deref());
        data(&mut text, "node.first", row.first.as_deref());
        data(&mut text, "node.last", row.last.as_deref());
        text += "    </node>\n";
        self.file.write(&text)
    }

    /// Adds an edge.
    pub fn edge(&mut self, edge: &Edge) -> Result<(), ArchiveError> {
        let Edge { source, target, .. } = edge;
        let mut text = format!("    <edge id=\"e{}\" source=\"{source}\" target=\"{target}\">\n", self.edges);
        self.edges += 1;
        data(&mut text, "edge.kind", Some(edge.kind.name()));
        data(&mut text, "edge.label", Some(edge.label.as_str()).filter(|label| !label.is_empty()));
        data(&mut text, "edge.count", Some(&edge.count.to_string()));
        data(&mut text, "edge.documents", Some(&edge.documents.to_string()));
        data(&mut text, "edge.first", edge.first.as_deref());
        data(&mut text, "edge.last", edge.last.as_deref());
        text += "    </edge>\n";
        self.file.write(&text)
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), ArchiveError> {
        self.file.write("  </graph>\n</graphml>\n")?;
        self.file.finish()
    }
}

fn data(text: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        *text += &format!("      <data key=\"{key}\">{}</data>\n", escape(value));
    }
}

/// Text for XML; control characters and noncharacters, which XML cannot hold, are blanks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_xml_are_escaped() {
        assert_eq!(escape("a<b & \"c\"\u{1}]]>"), "a&lt;b &amp; \"c\" ]]&gt;");
    }
}
