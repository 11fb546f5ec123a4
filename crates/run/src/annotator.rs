//! docmill inside another program: configuration, stages and lines of `docmill run`, for documents in memory.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use docmill_core::StageEntry;
use docmill_engine::{Limits, Pipeline};
use docmill_input::{Archive, Item};

use crate::setup::Setup;
use docmill_config::ConfigOptions;

/// A configuration with everything loaded.
pub struct Annotator {
    setup: Setup,
    pipeline: Pipeline,
    limits: Limits,
}

impl fmt::Debug for Annotator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Annotator").field(&self.pipeline).finish()
    }
}

impl Annotator {
    /// Reads a configuration (the built-in one if there is none), lays `sets` over it (`ner.engine="native"`), and
    /// loads its stages. docmill's own model is looked for as the program does, unless [`crate::keep_shipped_in`] named it.
    ///
    /// # Errors
    /// What `docmill run` would end with; [`crate::with_causes`] writes it as the program does.
    pub fn new(config: Option<&Path>, sets: &[String], stages: &[&[StageEntry]]) -> Result<Self> {
        let registry = crate::registry(stages)?;
        let options =
            ConfigOptions { file: config.map(Path::to_path_buf), sets: sets.to_vec(), offline: true };
        let mut setup = Setup::new(&options, None, &registry)?;
        // Texts in memory are UTF-8, whatever the configuration says of files.
        let input = docmill_input::InputSettings { encoding: String::new(), ..setup.config.input.clone() };
        setup.job.archive = Archive::new(input)?;
        let pipeline = setup.pipeline()?;
        let limits = setup.limits()?;
        Ok(Self { setup, pipeline, limits })
    }

    /// Makes the items that [`Self::annotate`] takes: [`Archive::text`], [`Archive::object`], [`Archive::unreadable`].
    pub fn archive(&self) -> &Archive {
        &self.setup.job.archive
    }

    /// Keys of the stages, in order.
    pub fn stages(&self) -> &[String] {
        &self.setup.info.stages
    }

    /// Id of every run with this configuration and these models.
    pub fn run_id(&self) -> &str {
        &self.setup.info.run_id
    }

    /// Annotates documents with so many workers (all processors if not given), and hands over, in their order, the line
    /// of each, or nothing for one that a stage has filtered out. Failed documents have lines too. Duplicates
    /// are not looked for: that takes a run.
    ///
    /// # Errors
    /// Those of `take`, which end the run, and of starting threads.
    pub fn annotate<E: From<std::io::Error>>(
        &self,
        items: impl Iterator<Item = Item>,
        jobs: Option<NonZeroUsize>,
        mut take: impl FnMut(Option<Vec<u8>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let limits = Limits { jobs: jobs.unwrap_or(self.setup.context.jobs), ..self.limits };
        let never = AtomicBool::new(false);
        docmill_engine::run(
            &self.pipeline,
            &self.setup.job,
            items.map(Into::into),
            &limits,
            &never,
            |finished| take(finished.output.map(|line| line.bytes).filter(|bytes| !bytes.is_empty())),
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::with_causes;

    fn annotator(sets: &[&str]) -> Result<Annotator> {
        let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
        Annotator::new(None, &sets, &[])
    }

    #[test]
    fn lines_come_in_order_and_the_encoding_of_files_does_not_matter() {
        let annotator = annotator(&["stages=[\"tokenize\"]", "input.encoding=windows-1251"]).unwrap();
        let item = |i: usize| annotator.archive().text(&i.to_string(), format!("Жизнь {i}."));
        let mut ids = Vec::new();
        let take = |line: Option<Vec<u8>>| {
            let record: serde_json::Value = serde_json::from_slice(&line.unwrap()).unwrap();
            assert_eq!(record["text"], format!("Жизнь {}.", record["id"].as_str().unwrap()));
            assert_eq!(record["run_id"], annotator.run_id());
            ids.push(record["id"].as_str().unwrap().parse::<usize>().unwrap());
            Ok::<(), std::io::Error>(())
        };
        annotator.annotate((0..100).map(item), NonZeroUsize::new(3), take).unwrap();
        assert_eq!(ids, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn faults_are_told_with_their_causes() {
        let error = with_causes(&Annotator::new(Some(Path::new("no-such.toml")), &[], &[]).unwrap_err());
        assert!(error.contains("no-such.toml") && error.contains("\n  cause: No such file"), "{error}");
        assert!(with_causes(&annotator(&["stages=[\"tokenise\"]"]).unwrap_err()).contains("tokenize"));
    }
}
