//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::Citations;
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::judge::Judge;
use crate::settings::CitationsSettings;
use crate::stage::CitationsStage;

impl StageConfig for CitationsSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>()]
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        for rule in &self.publications {
            if rule.name.trim().is_empty()
                || !(1500..=2500).contains(&rule.first_year)
                || rule.issues_a_year == Some(0)
            {
                let reason = format!(
                    "`{}` with first_year {} and issues_a_year {:?} is no rule",
                    rule.name, rule.first_year, rule.issues_a_year
                );
                let help = "give a name, the year of volume 1, and one issue a year or more";
                return Err(StageError::setting("publications", reason, help));
            }
        }
        Ok(())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(CitationsStage {
            judge: Judge::new(&context.words, &self.outlets, &self.not_outlets)?,
            publications: self.publications.clone(),
            years_in_text: self.years_in_text,
        }))
    }
}
