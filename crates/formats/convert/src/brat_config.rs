//! `annotation.conf`: what brat may expect in a folder.

use std::collections::BTreeSet;

/// The types in a folder of standoff files.
#[derive(Debug, Default)]
pub struct BratConfig {
    entities: BTreeSet<String>,
}

/// All but the labels of entities.
const FIXED: &str = "Quotation
Speaker
Cue
Target
Citation

[relations]
Said_by\tArg1:Quotation, Arg2:<ENTITY>
Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive

[events]
Favor\tHolder?:<ENTITY>, Target?:<ENTITY>|Target
Against\tHolder?:<ENTITY>, Target?:<ENTITY>|Target
Neutral\tHolder?:<ENTITY>, Target?:<ENTITY>|Target

[attributes]
Sentiment\tArg:<ENTITY>, Value:negative|positive
Kind\tArg:Quotation, Value:direct|indirect|mixed
Act\tArg:Quotation, Value:speech|thought|appearance
Modality\tArg:<EVENT>, Value:asserted|negated|conditional|planned|reported
Relation\tArg:<EVENT>, Value:verbal-cooperation|material-cooperation|verbal-conflict|material-conflict
";

impl BratConfig {
    /// Notes a type of entity.
    pub fn entity(&mut self, label: &str) {
        if !self.entities.contains(label) {
            self.entities.insert(label.to_owned());
        }
    }

    /// The file's content.
    pub fn file(&self) -> String {
        let labels: Vec<&str> = self.entities.iter().map(String::as_str).collect();
        ["[entities]"].iter().chain(&labels).chain(&[FIXED]).copied().collect::<Vec<_>>().join("\n")
    }
}
