//! What can be set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
