//! The entities of text files: `cargo run -p docmill-ner --features rust-bert --example entities -- MODEL FILE...`
#![expect(clippy::print_stdout, reason = "a program of its own, whose output is its purpose")]

use std::error::Error;

use docmill_core::layers::Entities;
use docmill_core::{BuildContext, BuiltStage, Document, StageConfig};
use docmill_ner::NerSettings;
use docmill_tokenize::Segmenter;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("which model?")?;
    let settings = NerSettings { model, engine: docmill_ner::EngineKind::RustBert, ..NerSettings::default() };
    let context = BuildContext::default();
    settings.check(&context)?;
    let BuiltStage::Batched { factory, .. } = settings.build(&context)? else {
        return Err("the stage has no instances".into());
    };
    let mut stage = factory()?;
    let segmenter = Segmenter::default();
    for file in args {
        let mut doc = Document::from_text(&file, &std::fs::read_to_string(&file)?);
        let sentences = segmenter.sentences(doc.text());
        let tokens = segmenter.tokens(doc.text(), &sentences);
        doc.layers_mut().insert(sentences);
        doc.layers_mut().insert(tokens);
        stage.annotate_batch(&mut [&mut doc]).remove(0)?;
        for entity in &doc.require::<Entities>()?.items {
            let text = entity.span.slice(doc.text()).unwrap_or_default();
            let (start, end) = (entity.span.start, entity.span.end);
            println!("{start}..{end}\ts{}\t{}\t{:.4}\t{text}", entity.sentence, entity.label, entity.score);
        }
    }
    Ok(())
}
