//! What was found, as a configuration.

use std::collections::BTreeMap;

use serde_json::Value;

use super::LOOKED_AT;
use super::found::Found;

/// Fields that are listed.
const FIELDS: usize = 40;

/// What the configuration says.
pub(super) struct Drafted<'f> {
    pub found: &'f Found,
    /// The field for each fact of a document.
    pub names: &'f BTreeMap<&'static str, String>,
    /// What cannot be read with these fields.
    pub failed: Option<String>,
    /// Files that docmill does not read, by the ends of their names.
    pub passed_over: Vec<(String, u64)>,
}

impl Drafted<'_> {
    /// The configuration. `inputs` stand in its first comment.
    pub fn config(&self, inputs: &str) -> String {
        let more = if self.found.documents as usize >= LOOKED_AT { "the first " } else { "" };
        let mut config = format!(
            "# Configuration for: docmill run {inputs} --config THIS_FILE -o out.jsonl\n\
             # Settings not listed here come from the built-in configuration `news` (docmill explain shows them).\n#\n\
             # Looked at {more}{} documents: {}\n",
            self.found.documents,
            self.found.kinds()
        );
        if let Some(failed) = &self.failed {
            config += &format!("# {}\n", one_line(failed));
        }
        if !self.passed_over.is_empty() {
            let kinds: Vec<String> =
                self.passed_over.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            config += &format!("# docmill does not read these files: {}\n", kinds.join(", "));
        }
        config += "\nextends = \"news\"\n";
        if self.found.records > 0 {
            config += &self.fields_section();
        }
        config += "\n# [input]\n# exclude = [\"drafts/\", \"*.bak\"]   # files and folders that are left out\n\
                   # include = [\"*.txt\"]                # or only these\n\
                   \n# [output]\n# tokens = true        # words with lemma, part of speech and syntax\n\
                   \n# [duplicates]\n# drop = true          # leave doubles out in place of marking them\n";
        config
    }

    fn fields_section(&self) -> String {
        let mut section =
            String::from("\n# Fields of the records, with the average length of their texts:\n");
        for (name, times) in self.found.fields().take(FIELDS) {
            section += &format!(
                "#   {} ({} characters, in {times} of {})\n",
                one_line(name),
                self.found.mean(name),
                self.found.records
            );
        }
        section += "[input.fields]\n";
        for role in ["text", "id", "title", "date", "author", "publication"] {
            match self.names.get(role) {
                Some(name) => section += &format!("{role} = {}\n", Value::from(name.as_str())),
                None if role == "text" => {
                    section += "# text = \"...\"   # no field looks like the text; name the field here\n";
                }
                None => section += &format!("# {role} = \"...\"\n"),
            }
        }
        section
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}
