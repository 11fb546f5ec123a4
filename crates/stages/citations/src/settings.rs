//! What can be set.

use docmill_core::layers::Citations;
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judge::Judge;
use crate::stage::CitationsStage;

/// Settings of the stage `citations`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CitationsSettings {
    /// Outlets besides the built-in ones, so that they are known without a date (`(Steppe Wire)`) and after `the`.
    pub outlets: Vec<String>,
    /// Names that are never outlets, such as ships or exercises that stand in brackets with a date.
    pub not_outlets: Vec<String>,
    /// Publications whose volumes tell the year, for documents without a date: tables with `name`, `first_year` and,
    /// if it is known, `issues_a_year`.
    pub publications: Vec<PublicationRule>,
    /// Whether a year that the text names may be taken for that of its citations, where nothing else tells it. On 37 real
    /// documents without a date 28 of the years taken so were wrong, so this is off unless set.
    pub years_in_text: bool,
}

/// When the volumes of a publication appeared: one a calendar year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicationRule {
    /// Name of the publication, as headers have it; upper and lower case are the same.
    pub name: String,
    /// Year of volume 1.
    pub first_year: i32,
    /// Issues in a full year. The issue's number then tells the season: a December source in issue 3 is of the year
    /// before. Not used in volume 1, which may have begun late.
    #[serde(default)]
    pub issues_a_year: Option<u32>,
}

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
