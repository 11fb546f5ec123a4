//! CSV for `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv`.

use std::path::Path;

use crate::edges::Edge;
use crate::error::ArchiveError;
use crate::row::{NameKind, NameRow};
use crate::text_file::TextFile;

const NODES: &str = "id:ID,:LABEL,name,country,documents:long,mentions:long,latitude:double,longitude:double,first,last,\
                     aliases:string[]\n";
const EDGES: &str = ":START_ID,:END_ID,:TYPE,label,count:long,documents:long,first,last\n";

/// A graph on its way to two files.
#[derive(Debug)]
pub(crate) struct Neo4j {
    nodes: TextFile,
    edges: TextFile,
}

impl Neo4j {
    /// Begins the files.
    pub fn create(nodes: &Path, edges: &Path) -> Result<Self, ArchiveError> {
        let mut files = Self { nodes: TextFile::create(nodes)?, edges: TextFile::create(edges)? };
        files.nodes.write(NODES)?;
        files.edges.write(EDGES)?;
        Ok(files)
    }

    /// Adds a node.
    pub fn node(&mut self, row: &NameRow) -> Result<(), ArchiveError> {
        let label = match row.kind {
            NameKind::Person => "Person",
            NameKind::Organization => "Organization",
            NameKind::State => "State",
            NameKind::Place => "Place",
        };
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        // A semicolon parts the items of a list.
        let aliases: Vec<String> = row.aliases.iter().map(|alias| alias.name.replace(';', ",")).collect();
        self.nodes.write(&line(&[
            &row.id,
            label,
            &row.name,
            row.country.as_deref().unwrap_or_default(),
            &row.documents.to_string(),
            &row.counts.mentions.to_string(),
            &degrees(row.latitude),
            &degrees(row.longitude),
            row.first.as_deref().unwrap_or_default(),
            row.last.as_deref().unwrap_or_default(),
            &aliases.join(";"),
        ]))
    }

    /// Adds an edge.
    pub fn edge(&mut self, edge: &Edge) -> Result<(), ArchiveError> {
        self.edges.write(&line(&[
            &edge.source,
            &edge.target,
            edge.kind.name(),
            &edge.label,
            &edge.count.to_string(),
            &edge.documents.to_string(),
            edge.first.as_deref().unwrap_or_default(),
            edge.last.as_deref().unwrap_or_default(),
        ]))
    }

    /// Ends the files.
    pub fn finish(self) -> Result<(), ArchiveError> {
        self.nodes.finish()?;
        self.edges.finish()
    }
}

/// A line of CSV. Line breaks are blanks: the import refuses fields over several lines unless it is asked for them.
fn line(fields: &[&str]) -> String {
    let quoted = |field: &&str| {
        let field = field.replace(['\n', '\r'], " ");
        if field.contains(['"', ',']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
    };
    fields.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_marks_are_quoted() {
        assert_eq!(line(&["a", "b,c", "d\"e\nf", ""]), "a,\"b,c\",\"d\"\"e f\",\n");
    }
}
