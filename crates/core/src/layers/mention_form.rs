use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a mention names its thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// A name in full: `Nikolai Bordyuzha`, `Russia`, `Russian Federation`, `Defense Ministry of Tajikistan`.
    Name,
    /// Part of the name: a surname, a name with initials, `the Ministry`.
    Short,
    /// Initials or another abbreviation: `CSTO`, `U.S.`.
    Acronym,
    /// An adjective or the people, for the state: `Tajik`, `Tajiks`.
    Demonym,
    /// A capital, for the government in it: `Moscow denied this`.
    Capital,
    /// A building, a street or another town, for the government in it: `the Kremlin`.
    Seat,
    /// A pronoun: `he`, `its`, `who`. Not a name, so no entity mention.
    Pronoun,
    /// A noun phrase without a name: `the minister`, `his government`. No entity mention either.
    Nominal,
}
