//! docmill's own stages, built as a run builds them.

use docmill_core::settings::{Node, Origin, Value};
use docmill_core::{BatchStage, BuildContext, BuiltStage, Document, StageEntry};

use crate::Result;
use crate::args::Args;

/// The stages that make mentions of words.
pub struct Stages(Vec<One>);

enum One {
    Shared(std::sync::Arc<dyn docmill_core::Stage>),
    Own(Box<dyn BatchStage>),
}

impl Stages {
    /// `native`: the stages `encode` and `ner`, as in the default configuration; `rust-bert`: `ner` alone.
    pub fn new(args: &Args) -> Result<Self> {
        let model = args.model.display().to_string();
        let context = BuildContext { model: model.clone(), ..BuildContext::default() };
        let stages = match &*args.engine {
            "native" => vec![
                build(&docmill_encode::STAGES[0], &[], &context)?,
                build(&docmill_ner::STAGES[0], &[], &context)?,
            ],
            engine => {
                vec![build(&docmill_ner::STAGES[0], &[("engine", engine), ("model", &model)], &context)?]
            }
        };
        Ok(Self(stages))
    }

    pub fn annotate(&mut self, document: &mut Document) -> Result<()> {
        for stage in &mut self.0 {
            match stage {
                One::Shared(stage) => stage.annotate(document)?,
                One::Own(stage) => stage.annotate_batch(&mut [document]).remove(0)?,
            }
        }
        Ok(())
    }
}

fn build(entry: &StageEntry, settings: &[(&str, &str)], context: &BuildContext) -> Result<One> {
    let mut table = Node::empty_table(Origin::default());
    for (key, value) in settings {
        let value = Value::String((*value).to_owned());
        table.set(&[*key], Node { value, origin: Origin::default() });
    }
    let config = entry.parse(&table)?;
    config.check(context)?;
    Ok(match config.build(context)? {
        BuiltStage::Batched { factory, .. } => One::Own(factory()?),
        BuiltStage::PerDocument(stage) => One::Shared(stage),
    })
}
