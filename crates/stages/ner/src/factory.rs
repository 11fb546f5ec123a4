//! How the settings become a stage, and what the stage reads and writes.

use std::num::NonZeroUsize;

use docmill_bert::{Checkpoint, Precision};
use docmill_core::layers::{Encodings, Entities, Sentences, Tokens};
use docmill_core::settings::suggest;
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, Replicas, StageConfig, StageError};
use docmill_pretrained::{ModelConfig, ModelDir, ModelRef, check_sums, verify_sums};

use crate::decode::Tagger;
use crate::engines;
use crate::head::Head;
use crate::labels::{self, Labels};
use crate::no_names::NoNames;
use crate::settings::{Device, EngineKind, NerSettings};
use crate::stage::Model;

impl NerSettings {
    /// The labels of a model as these settings name them, and which of its types are kept.
    fn labels(&self, config: &ModelConfig) -> Result<(Labels, Vec<bool>), String> {
        let labels = Labels::parse(&config.labels, &self.rename)?;
        let kept =
            labels.types().iter().map(|t| self.only.is_empty() || self.only.iter().any(|o| **o == **t));
        let kept = kept.collect();
        Ok((labels, kept))
    }

    /// Whether the stage is a head over the shared model's encodings.
    fn reads_encodings(&self) -> bool {
        self.engine == EngineKind::Native && self.model.is_empty()
    }

    /// The stage's own model, or the shared one.
    fn reference(&self, context: &BuildContext) -> Result<ModelRef, StageError> {
        ModelRef::parse(if self.model.is_empty() { &context.model } else { &self.model })
    }

    /// Refuses settings that a head over encodings would not heed.
    fn check_unread(&self) -> Result<(), StageError> {
        let of_encode = [
            ("precision", self.precision != Precision::default()),
            ("max_window", self.max_window.is_some()),
            ("lower_case", self.lower_case.is_some()),
        ];
        match of_encode.into_iter().find(|(_, set)| *set && self.reads_encodings()) {
            Some((key, _)) => {
                let reason = "the stage `encode` reads the sentences, and this is its business";
                let help = "set it for `encode`, or name a `model` for this stage alone";
                Err(StageError::setting(key, reason, help))
            }
            None => Ok(()),
        }
    }

    /// Most wordpieces in one input.
    fn max_window(&self, config: &ModelConfig) -> usize {
        self.max_window.map_or(config.max_positions, |max| max.get().min(config.max_positions))
    }

    /// Checks what a model on this machine allows to check.
    fn check_model(&self, dir: &ModelDir) -> Result<ModelConfig, StageError> {
        let config = ModelConfig::read(&dir.config())?;
        let types = labels::type_names(&config.labels);
        if let Some(unknown) = self.rename.keys().find(|name| !types.contains(&name.as_str())) {
            let reason = format!("the model has no type `{unknown}`");
            return Err(StageError::setting("rename", reason, suggest(unknown, types.into_iter(), "type")));
        }
        let (labels, _) = self.labels(&config).map_err(|reason| {
            StageError::file(dir.config(), reason, "choose a model that was trained to tag words")
        })?;
        let types = labels.types().iter().map(|t| &**t);
        if let Some(unknown) = self.only.iter().find(|name| !types.clone().any(|t| t == *name)) {
            let reason = format!("the model has no type `{unknown}`");
            return Err(StageError::setting("only", reason, suggest(unknown, types, "type")));
        }
        Ok(config)
    }
}

impl StageConfig for NerSettings {
    fn requires(&self) -> Vec<LayerKey> {
        let mut layers = vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>()];
        if self.reads_encodings() {
            layers.push(LayerKey::of::<Encodings>());
        }
        layers
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Entities>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        if self.max_window.is_some_and(|max| max.get() < 8) {
            let help = "give at least 8, or leave it to the model";
            return Err(StageError::setting("max_window", "too short for words and special pieces", help));
        }
        self.check_unread()?;
        check_sums(&self.checksum, None)?;
        let model = self.reference(context);
        engines::check(self.engine, self.device)?;
        if let Some(dir) = model?.look_up(context)? {
            check_sums(&self.checksum, Some(&dir))?;
            self.check_model(&dir)?;
        }
        Ok(())
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(self.reference(context)?.obtain(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = self.reference(context)?.obtain(context)?;
        check_sums(&self.checksum, Some(&dir))?;
        verify_sums(&self.checksum, &dir)?;
        let config = self.check_model(&dir)?;
        let (labels, kept) = self
            .labels(&config)
            .map_err(|reason| StageError::file(dir.config(), reason, "correct the labels"))?;
        let no_names = NoNames::new(&context.words)?;
        let tagger = Tagger::new(labels, kept, config.transitions.clone(), no_names);
        if self.reads_encodings() {
            let classifier = Checkpoint::open(dir.path())?.linear("classifier")?;
            if classifier.outputs() != tagger.labels().len() {
                let reason = format!(
                    "{} labels, but the weights score {}",
                    tagger.labels().len(),
                    classifier.outputs()
                );
                return Err(StageError::file(dir.config(), reason, "correct `id2label`"));
            }
            return Ok(BuiltStage::per_document(Head { classifier, tagger, consistent: self.consistent }));
        }
        let most = self.max_window(&config);
        let budget = self.token_budget.get();
        let model = Model::load(&dir, &config, self.lower_case, tagger, most, budget, self.consistent)?;
        let engine = engines::load(self, &dir, &config)?;
        let replicas = match self.device {
            Device::Cpu => Replicas::PerJob,
            // One model fills the GPU; a second would only take its memory.
            Device::Cuda(_) => Replicas::Exactly(NonZeroUsize::MIN),
        };
        Ok(BuiltStage::batched(replicas, move || Ok(model.stage(engine()?))))
    }
}
