//! A stage with settings and a layer of spans:
//! `cargo run --example layer-stage -- run seeds --set 'stages=["tokenize", "percents"]'`

use std::process::ExitCode;

use docmill_core::layers::Tokens;
use docmill_core::{
    BuildContext, BuiltStage, Document, Layer, LayerItem, LayerKey, Span, Stage, StageConfig, StageEntry,
    StageError, settings,
};

/// The layer `percents`: a list of the percentages in a document.
#[derive(Debug, Layer)]
#[layer(transparent)]
struct Percents {
    items: Vec<Percent>,
}

/// A percentage.
#[derive(Debug, LayerItem)]
struct Percent {
    /// The number and its sign.
    span: Span,
    /// The number.
    value: f64,
}

/// Which percentages are kept.
#[settings]
#[derive(Clone, Default)]
struct Settings {
    /// The smallest one.
    least: f64,
}

impl StageConfig for Settings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Tokens>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Percents>()]
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(Finder { least: self.least }))
    }
}

struct Finder {
    least: f64,
}

impl Stage for Finder {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let (text, tokens) = (doc.text(), doc.require::<Tokens>()?.all());
        let percent = |pair: &[Span]| {
            let value: f64 = pair[0].slice(text)?.parse().ok()?;
            let sign = ["%", "percent"].contains(&pair[1].slice(text)?);
            (sign && value >= self.least).then(|| Percent { span: pair[0].cover(pair[1]), value })
        };
        let items = tokens.windows(2).filter_map(percent).collect();
        doc.layers_mut().insert(Percents { items });
        Ok(())
    }
}

fn main() -> ExitCode {
    docmill_cli::main_with(&[&[StageEntry::new::<Settings>("percents", "finds percentages")]])
}
