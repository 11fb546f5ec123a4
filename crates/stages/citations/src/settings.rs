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
    /// Additional outlets. A listed outlet is recognized without a date (`(Steppe Wire)`) and after `the`.
    pub outlets: Vec<String>,
    /// Names that are never outlets, for instance ships or exercises that appear in brackets with a date.
    pub not_outlets: Vec<String>,
    /// Publications whose volume number gives the year of a document without a date: tables with `name`, `first_year`
    /// and optionally `issues_a_year`.
    pub publications: Vec<PublicationRule>,
    /// Whether citations without a year may take it from a year named in the text, if nothing else gives one. Off by
    /// default: on 37 real documents without a date, 28 of the years found this way were wrong.
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
