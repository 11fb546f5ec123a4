//! Texts with names to fill in, and lines that stand under a condition.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

/// What a template is filled with: `__name__` is replaced, and lines between `%% if batch not layer` and `%% end` stay
/// if those hold. The marks stand in comments of the template's language.
#[derive(Debug, Default)]
pub struct Template {
    values: BTreeMap<String, String>,
    conditions: BTreeMap<&'static str, bool>,
}

impl Template {
    pub fn new() -> Self {
        Self::default()
    }

    /// `__name__` is `value`.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.values.insert(format!("__{name}__"), value.to_owned());
        self
    }

    /// Whether `condition` holds.
    pub fn when(mut self, condition: &'static str, holds: bool) -> Self {
        self.conditions.insert(condition, holds);
        self
    }

    /// The text.
    ///
    /// # Errors
    /// If the template itself is wrong.
    pub fn fill(&self, template: &str) -> Result<String> {
        let mut text = String::new();
        let mut open: Vec<bool> = Vec::new();
        for line in template.lines() {
            match line.split_once("%% ").map(|(_, mark)| mark.trim_end_matches("-->").trim()) {
                Some("end") if open.pop().is_some() => {}
                Some("end") => bail!("a template ends a condition that it has not begun"),
                Some(mark) => open.push(self.holds(mark)?),
                None if open.iter().all(|&holds| holds) => {
                    text.push_str(line);
                    text.push('\n');
                }
                None => {}
            }
        }
        if !open.is_empty() {
            bail!("a template does not end a condition");
        }
        Ok(self.values.iter().fold(text, |text, (name, value)| text.replace(name, value)))
    }

    fn holds(&self, mark: &str) -> Result<bool> {
        let Some(conditions) = mark.strip_prefix("if ") else { bail!("a template says `{mark}`") };
        let mut all = true;
        let mut wanted = true;
        for word in conditions.split_whitespace() {
            if word == "not" {
                wanted = false;
                continue;
            }
            let Some(&holds) = self.conditions.get(word) else { bail!("a template asks for `{word}`") };
            all &= holds == wanted;
            wanted = true;
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_nest_and_names_are_filled_in() {
        let text =
            "// %% if a\n1\n// %% if a not b\n2 __x__\n// %% end\n# %% if not a\n3\n# %% end\n// %% end\n4\n";
        let template = |a, b| Template::new().with("x", "y").when("a", a).when("b", b);
        assert_eq!(template(true, false).fill(text).unwrap(), "1\n2 y\n4\n");
        assert_eq!(template(true, true).fill(text).unwrap(), "1\n4\n");
        assert_eq!(template(false, false).fill(text).unwrap(), "4\n");
        assert!(template(true, true).fill("// %% if a\n").is_err());
        assert!(template(true, true).fill("// %% if c\n// %% end\n").is_err());
        assert!(template(true, true).fill("// %% end\n").is_err());
    }
}
