//! The names of an archive as nodes, and what is between them as edges.

use std::path::Path;

use docmill_jsonl::Record;
use serde::{Deserialize, Serialize};

use crate::edges::Edges;
use crate::error::ArchiveError;
use crate::facts::{End, Fact, Facts, Side};
use crate::ftm::Ftm;
use crate::graphml::GraphMl;
use crate::group::Variant;
use crate::names::Names;
use crate::neo4j::Neo4j;
use crate::row::NameKind;
use crate::sort::Sorter;

/// Files of a graph.
pub const FILES: [&str; 4] = ["graph.graphml", "nodes.csv", "edges.csv", "entities.ftm.json"];

/// Which files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphFormats {
    /// `graph.graphml`.
    pub graphml: bool,
    /// `nodes.csv` and `edges.csv`.
    pub neo4j: bool,
    /// `entities.ftm.json`.
    pub ftm: bool,
}

/// How many of each were written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GraphCounts {
    /// Names.
    pub nodes: u64,
    /// Pairs of names with a kind and label.
    pub edges: u64,
    /// Stances, events, offices, quotations, and mentions if `FollowTheMoney` is written.
    pub facts: u64,
}

/// A graph on its way to the files of a folder.
///
/// Names get their ids when all documents were read. Until then what takes part in a fact waits, sorted by its name; then
/// the facts are put together again, sorted by document; then the edges, sorted by their ends. No step keeps more in memory
/// than a sorter does.
#[derive(Debug)]
pub struct Graph {
    names: Names,
    /// By name: what waits for its id.
    waiting: Sorter,
    /// By document and number: first the fact, then its ends.
    facts: Sorter,
    graphml: Option<GraphMl>,
    neo4j: Option<Neo4j>,
    ftm: Option<Ftm>,
}

/// The end of a fact, whose name has no id yet.
#[derive(Serialize, Deserialize)]
struct Waiting {
    fact: String,
    side: Side,
    kind: NameKind,
    variant: Variant,
}

impl Graph {
    /// Begins the files.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(folder: &Path, formats: GraphFormats, names: Names) -> Result<Self, ArchiveError> {
        let [graphml, nodes, edges, ftm] = FILES.map(|file| folder.join(file));
        Ok(Self {
            names,
            waiting: Sorter::new(),
            facts: Sorter::new(),
            graphml: formats.graphml.then(|| GraphMl::create(&graphml)).transpose()?,
            neo4j: formats.neo4j.then(|| Neo4j::create(&nodes, &edges)).transpose()?,
            ftm: formats.ftm.then(|| Ftm::create(&ftm)).transpose()?,
        })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Those of the system.
    pub fn push(&mut self, record: &Record) -> Result<(), ArchiveError> {
        let filed = self.names.add(record)?;
        if let Some(ftm) = &mut self.ftm {
            ftm.article(record)?;
        }
        let document = self.names.documents();
        for (fact, ends) in Facts::of(record, &filed, document, self.ftm.is_some()) {
            let place = format!("{document:016}{:08}", fact.number);
            self.facts.push(place.clone(), serde_json::to_string(&fact)?)?;
            for (side, name) in ends {
                let (key, sighting) = &filed.names[name];
                let variant = (sighting.country.clone(), sighting.mark.clone());
                let waiting = Waiting { fact: place.clone(), side, kind: sighting.kind, variant };
                self.waiting.push(key.clone(), serde_json::to_string(&waiting)?)?;
            }
        }
        Ok(())
    }

    /// The names so far.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Writes nodes and edges, and ends the files.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> Result<GraphCounts, ArchiveError> {
        let Self { names, waiting, mut facts, mut graphml, mut neo4j, mut ftm } = self;
        let mut counts = GraphCounts::default();

        let mut waiting = waiting.sorted()?.peekable();
        let mut groups = names.groups()?;
        while let Some((key, group)) = groups.next_group()? {
            counts.nodes += group.rows.len() as u64;
            for row in &group.rows {
                graphml.as_mut().map(|file| file.node(row)).transpose()?;
                neo4j.as_mut().map(|file| file.node(row)).transpose()?;
                ftm.as_mut().map(|file| file.name(row)).transpose()?;
            }
            let same =
                |next: &std::io::Result<(String, String)>| next.as_ref().is_ok_and(|(next, _)| *next == key);
            while let Some(next) = waiting.next_if(same) {
                let Waiting { fact, side, kind, variant } = serde_json::from_str(&next?.1)?;
                if let Some(id) = group.ids.get(&variant) {
                    let end = End { side, id: id.clone(), kind, country: variant.0 };
                    facts.push(fact, serde_json::to_string(&end)?)?;
                }
            }
        }
        // What is left is an error of the system.
        waiting.next().transpose()?;

        let mut edges = Edges::default();
        let mut sorted = facts.sorted()?.peekable();
        while let Some(first) = sorted.next() {
            let (place, fact) = first?;
            let mut fact: Fact = serde_json::from_str(&fact)?;
            let same = |next: &std::io::Result<(String, String)>| {
                next.as_ref().is_ok_and(|(next, _)| *next == place)
            };
            while let Some(next) = sorted.next_if(same) {
                fact.ends.push(serde_json::from_str(&next?.1)?);
            }
            // They came in the order of names.
            fact.ends.sort();
            fact.ends.dedup();
            counts.facts += 1;
            ftm.as_mut().map(|file| file.fact(&fact)).transpose()?;
            edges.push(&fact)?;
        }

        for edge in edges.sums()? {
            let edge = edge?;
            counts.edges += 1;
            graphml.as_mut().map(|file| file.edge(&edge)).transpose()?;
            neo4j.as_mut().map(|file| file.edge(&edge)).transpose()?;
        }
        graphml.map(GraphMl::finish).transpose()?;
        neo4j.map(Neo4j::finish).transpose()?;
        ftm.map(Ftm::finish).transpose()?;
        Ok(counts)
    }
}
