//! `docmill graph`

use std::path::Path;

use anyhow::Result;
use docmill_archive::{FILES, Graph, GraphCounts, GraphFormats, Names};
use docmill_tables::Folder;

use crate::args::{GraphArgs, GraphFormat};
use crate::exit::Ended;
use crate::say::say;

/// Writes the names of outputs, and what stands between them, as a graph.
pub fn run(args: &GraphArgs) -> Result<Ended> {
    let names = Names::new(args.archive.corrections()?);
    let ours = |name: &Path| name.to_str().is_some_and(|name| FILES.contains(&name));
    let folder = Folder::of(&args.into, ours)?;
    let (counts, unreadable) = match write(args, names, folder.partial()) {
        Ok(written) => written,
        Err(error) => {
            folder.discard()?;
            return Err(error);
        }
    };
    folder.publish()?;
    let GraphCounts { nodes, edges, facts } = counts;
    say(&format!("{}: nodes {nodes}, edges {edges}, out of {facts} facts", args.into.display()));
    Ok(if unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
}

fn write(args: &GraphArgs, names: Names, folder: &Path) -> Result<(GraphCounts, u64)> {
    let mut graph = Graph::create(folder, args.formats(), names)?;
    let unreadable = args.archive.each(|record| Ok(graph.push(record)?))?;
    args.archive.tell_unused(graph.names());
    Ok((graph.finish()?, unreadable))
}

impl GraphArgs {
    /// Those that were asked for, or all.
    fn formats(&self) -> GraphFormats {
        let asked = |format| self.format.is_empty() || self.format.contains(&format);
        GraphFormats {
            graphml: asked(GraphFormat::Graphml),
            neo4j: asked(GraphFormat::Neo4j),
            ftm: asked(GraphFormat::Ftm),
        }
    }
}
