//! The stages of a run, checked against each other before anything is loaded.

use std::fmt;

use docmill_core::settings::{Node, Origin, Value};
use docmill_core::{BuildContext, LayerKey, ModelFile, StageConfig, StageError};

use crate::registry::Registry;
use crate::when::When;

/// A stage as a config asks for it.
#[derive(Debug)]
pub struct PlannedStage {
    /// Key of the stage.
    pub key: String,
    /// Where the config asks for it.
    pub origin: Origin,
    /// Its table in the config, for telling where a setting was written.
    pub table: Node,
    /// Its settings.
    pub config: Box<dyn StageConfig>,
    /// On which documents it runs; on all if there is no condition.
    pub when: Option<When>,
}

/// The stages of a run in order. Each finds the layers it requires; no two provide the same one.
#[derive(Debug)]
pub struct Plan {
    stages: Vec<PlannedStage>,
    idle: Vec<PlannedStage>,
    /// Layers that the output shows though they are no part of the record by themselves.
    shown: Vec<LayerKey>,
    warnings: Vec<Problem>,
}

/// One thing that is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the stage at fault.
    pub stage: String,
    /// Where the config asks for that stage.
    pub origin: Origin,
    /// What is wrong, and how to fix it.
    pub message: String,
}

/// Everything that is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    /// At least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PlanError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: stage `{}`: {}", self.origin, self.stage, self.message)
    }
}

impl PlannedStage {
    /// Layers that must be there before the stage runs: those it reads, and those its condition asks about.
    pub fn requires(&self) -> Vec<LayerKey> {
        let asked = self.when.iter().flat_map(When::requires);
        self.config.requires().into_iter().chain(asked).collect()
    }

    /// Layers that must be kept for the stage: those it requires, and those it uses if they are there.
    fn reads(&self) -> Vec<LayerKey> {
        let mut layers = self.requires();
        layers.extend(self.config.uses());
        layers
    }

    /// Where the invalid setting was written, or else where the stage was listed.
    fn origin_of(&self, error: &StageError) -> &Origin {
        let node = match error {
            StageError::Setting { key, .. } => self.table.get(key),
            StageError::File { path, .. } => match &self.table.value {
                Value::Table(entries) => entries.iter().map(|(_, node)| node).find(|node| {
                    matches!(&node.value, Value::String(text) if !text.is_empty() && path.starts_with(text))
                }),
                _ => None,
            },
            _ => None,
        };
        node.map_or(&self.origin, |node| &node.origin)
    }
}

impl Plan {
    /// Checks that the stages fit together. `registry` is used for help texts only.
    pub fn new(stages: Vec<PlannedStage>, registry: &Registry) -> Result<Self, PlanError> {
        Self::showing(stages, Vec::new(), registry)
    }

    /// [`Plan::new`] where the output shows layers, such as the syntax of its tokens, that are no part of the record by
    /// themselves.
    pub fn showing(
        stages: Vec<PlannedStage>,
        shown: Vec<LayerKey>,
        registry: &Registry,
    ) -> Result<Self, PlanError> {
        let mut problems = Vec::new();
        let mut provided: Vec<(LayerKey, &str)> = Vec::new();
        for (i, stage) in stages.iter().enumerate() {
            let mut problem = |message: String| {
                problems.push(Problem { stage: stage.key.clone(), origin: stage.origin.clone(), message });
            };
            for needed in stage.requires() {
                let name = needed.name();
                match provided.iter().find(|(key, _)| key.name() == name) {
                    Some((key, _)) if *key == needed => {}
                    Some((_, by)) => problem(format!(
                        "requires a layer `{name}` of another type than stage `{by}` provides; build both with one version of docmill-core"
                    )),
                    None => {
                        let asks = if stage.config.requires().contains(&needed) {
                            "requires"
                        } else {
                            "has a condition (`when`) on"
                        };
                        problem(format!("{asks} the layer `{name}`, {}", help(name, i, &stages, registry)));
                    }
                }
            }
            for layer in stage.config.provides() {
                let name = layer.name();
                match provided.iter().find(|(key, _)| key.name() == name) {
                    Some((_, by)) => problem(format!(
                        "provides the layer `{name}`, which stage `{by}` provides already; remove one of the two"
                    )),
                    None => provided.push((layer, &stage.key)),
                }
            }
        }
        if !problems.is_empty() {
            return Err(PlanError { problems });
        }
        let warnings = used_too_early(&stages);
        let (stages, idle) = without_idle(stages, &shown);
        Ok(Self { stages, idle, shown, warnings })
    }

    /// What is allowed and probably not meant: a stage that uses a layer which only a later stage provides.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Listed stages that do not run: they only serve later stages, and no later stage reads their layers.
    pub fn idle(&self) -> &[PlannedStage] {
        &self.idle
    }

    /// The stages, in order.
    pub fn stages(&self) -> &[PlannedStage] {
        &self.stages
    }

    /// The layers that reach the output, in plan order.
    ///
    /// ```
    /// # use docmill_core::{Document, Function, Layer, StageEntry, StageError};
    /// #
    /// # /// Lines of a document.
    /// # #[derive(Debug, Layer)]
    /// # struct Lines {
    /// #     count: usize,
    /// # }
    /// #
    /// # fn count(doc: &Document) -> Result<Lines, StageError> {
    /// #     Ok(Lines { count: doc.text().lines().count() })
    /// # }
    /// #
    /// # const STAGES: &[StageEntry] = &[StageEntry::function("line-count", "counts lines", &Function(count))];
    /// use docmill_core::settings::{Node, Origin};
    /// use docmill_engine::{Plan, PlannedStage, Registry};
    ///
    /// let registry = Registry::new(&[STAGES]).unwrap();
    /// let (origin, table) = (Origin::default(), Node::empty_table(Origin::default()));
    /// let config = STAGES[0].parse(&table).unwrap();
    /// let stage = PlannedStage { key: "line-count".into(), origin, table, config, when: None };
    /// let plan = Plan::new(vec![stage], &registry).unwrap();
    /// assert_eq!(plan.record_layers()[0].name(), "lines");
    /// assert!(plan.warnings().is_empty());
    /// ```
    pub fn record_layers(&self) -> Vec<LayerKey> {
        self.stages.iter().flat_map(|s| s.config.provides()).filter(LayerKey::in_record).collect()
    }

    /// A layer of the output that cannot be joined from those of windows, with its stage: documents must then be
    /// processed whole, see [`Pipeline::with_windows`](crate::Pipeline::with_windows).
    pub fn unjoinable(&self) -> Option<(&str, &'static str)> {
        self.stages.iter().find_map(|stage| {
            let layers = stage.config.provides();
            let reaches = |key: &LayerKey| key.in_record() || self.shown.contains(key);
            let layer = layers.iter().find(|key| reaches(key) && !key.joins())?;
            Some((stage.key.as_str(), layer.name()))
        })
    }

    /// Lets every stage check its files and settings, loading nothing.
    pub fn check(&self, context: &BuildContext) -> Result<(), PlanError> {
        self.for_each(|stage| stage.config.check(context)).map(drop)
    }

    /// The files that decide the answers, in plan order, each once.
    pub fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, PlanError> {
        let mut files: Vec<ModelFile> = Vec::new();
        for file in self.for_each(|stage| stage.config.model_files(context))?.concat() {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        Ok(files)
    }

    /// Names of the layers that neither the output nor a stage after `i` needs, and that are there after `i`.
    pub(crate) fn dropped_after(&self, i: usize) -> Vec<&'static str> {
        let later = &self.stages[i + 1..];
        let needed = |key: &LayerKey| later.iter().any(|stage| stage.reads().contains(key));
        let current = &self.stages[i];
        let touched = current.config.provides().into_iter().chain(current.reads());
        let reaches = |key: &LayerKey| key.in_record() || self.shown.contains(key);
        touched.filter(|key| !reaches(key) && !needed(key)).map(|key| key.name()).collect()
    }

    /// Names of the layers that stages read which run once more over a whole document whose windows are joined.
    pub(crate) fn read_of_the_whole(&self) -> Vec<&'static str> {
        let whole = self.stages.iter().filter(|stage| stage.config.whole_document());
        whole.flat_map(PlannedStage::reads).map(|key| key.name()).collect()
    }

    fn for_each<T>(&self, f: impl Fn(&PlannedStage) -> Result<T, StageError>) -> Result<Vec<T>, PlanError> {
        self.for_each_indexed(|_, stage| f(stage))
    }

    pub(crate) fn for_each_indexed<T>(
        &self,
        f: impl Fn(usize, &PlannedStage) -> Result<T, StageError>,
    ) -> Result<Vec<T>, PlanError> {
        let mut problems = Vec::new();
        let mut values = Vec::new();
        for (i, stage) in self.stages.iter().enumerate() {
            match f(i, stage) {
                Ok(value) => values.push(value),
                Err(error) => problems.push(Problem {
                    stage: stage.key.clone(),
                    origin: stage.origin_of(&error).clone(),
                    message: error.to_string(),
                }),
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(PlanError { problems }) }
    }
}

/// A warning for each layer that a stage uses and only a later one provides.
fn used_too_early(stages: &[PlannedStage]) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for (i, stage) in stages.iter().enumerate() {
        for used in stage.config.uses() {
            let Some(later) = stages[i + 1..].iter().find(|later| later.config.provides().contains(&used))
            else {
                continue;
            };
            let message = format!(
                "uses the layer `{}` if it is there, but `{}`, which provides it, comes later; move `{}` before it in \
                 `stages`",
                used.name(),
                later.key,
                later.key
            );
            warnings.push(Problem { stage: stage.key.clone(), origin: stage.origin.clone(), message });
        }
    }
    warnings
}

/// Divides stages into those that reach the output, directly or through others, and the rest.
fn without_idle(stages: Vec<PlannedStage>, shown: &[LayerKey]) -> (Vec<PlannedStage>, Vec<PlannedStage>) {
    let (mut kept, mut idle): (Vec<PlannedStage>, Vec<PlannedStage>) = (Vec::new(), Vec::new());
    for stage in stages.into_iter().rev() {
        let provides = stage.config.provides();
        let needed = |key: &LayerKey| kept.iter().any(|later| later.reads().contains(key));
        // A stage without layers works on something else: the metadata, or which documents there are.
        let reaches = |key: &LayerKey| key.in_record() || shown.contains(key);
        let works = provides.is_empty() || provides.iter().any(|key| reaches(key) || needed(key));
        if works { kept.push(stage) } else { idle.push(stage) }
    }
    kept.reverse();
    idle.reverse();
    (kept, idle)
}

/// How to get layer `name` to the stage at `i`.
fn help(name: &str, i: usize, stages: &[PlannedStage], registry: &Registry) -> String {
    let provides = |s: &&PlannedStage| s.config.provides().iter().any(|key| key.name() == name);
    if let Some(later) = stages[i..].iter().find(provides) {
        return format!("which comes only later; move `{}` before it in `stages`", later.key);
    }
    match registry.provider_of(name) {
        Some(key) => format!("which no stage before it provides; add `{key}` before it in `stages`"),
        None => "which no stage of this program provides; build with a crate that does".to_owned(),
    }
}
