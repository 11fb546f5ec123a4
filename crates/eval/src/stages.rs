//! The stages that answer for a layer, with the layers before it given.

use anyhow::{Result, anyhow};
use docmill_core::testing::Ready;
use docmill_core::{BuildContext, Document, LayerKey};
use docmill_engine::{Plan, PlannedStage};

/// Loaded stages, in plan order.
pub struct Stages(Vec<Ready>);

impl Stages {
    /// The stage `key` of a plan and those before it that it needs, but for those whose layers are `given`.
    pub fn up_to(key: &str, given: &[&str], plan: &Plan, context: &BuildContext) -> Result<Self> {
        Self::with(key, &[], given, plan, context)
    }

    /// The stage of a plan that makes a layer, and those before it that it needs.
    pub fn up_to_layer(layer: &str, given: &[&str], plan: &Plan, context: &BuildContext) -> Result<Self> {
        let makes = |stage: &&PlannedStage| stage.config.provides().iter().any(|key| key.name() == layer);
        let stage = plan.stages().iter().find(makes);
        let stage = stage
            .ok_or_else(|| anyhow!("the configuration has no stage that provides the layer `{layer}`"))?;
        Self::up_to(&stage.key, given, plan, context)
    }

    /// [`Stages::up_to`], with those before it that make one of the layers `also`, if there are some.
    pub fn with(
        key: &str,
        also: &[&str],
        given: &[&str],
        plan: &Plan,
        context: &BuildContext,
    ) -> Result<Self> {
        let stages = plan.stages();
        let last = stages.iter().position(|stage| stage.key == key);
        let last = last.ok_or_else(|| anyhow!("the configuration has no stage `{key}` to score"))?;
        let mut ready = Vec::new();
        let mut needed: Vec<LayerKey> = stages[last].config.provides();
        for stage in stages[..=last].iter().rev() {
            let wanted = |layer: &LayerKey| {
                (needed.contains(layer) || also.contains(&layer.name())) && !given.contains(&layer.name())
            };
            if !stage.config.provides().iter().any(wanted) {
                continue;
            }
            needed.extend(stage.config.requires());
            stage.config.check(context)?;
            ready.push(Ready::new(stage.config.build(context)?)?);
        }
        ready.reverse();
        Ok(Self(ready))
    }

    /// Runs them over one document.
    pub fn annotate(&mut self, doc: &mut Document) -> Result<()> {
        for stage in &mut self.0 {
            stage.annotate(doc)?;
        }
        Ok(())
    }
}
