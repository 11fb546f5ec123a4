//! What a stage may be called.

use anyhow::{Result, bail};
use docmill_engine::Registry;

use docmill_config::SECTIONS;

/// Longer names make no better crates.
const LONGEST: usize = 40;

/// Words of Rust's that no crate can be called by.
const KEYWORDS: &str = " abstract as async await become box break const continue crate do dyn else enum extern false final fn for \
     gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true \
     try type typeof unsafe unsized use virtual where while yield ";

/// Names that cargo keeps for its own folders and crates, that Rust keeps, and that Windows keeps for devices.
const TAKEN: &str = " alloc aux build con core deps doc docmill docmill-cli docmill-core examples incremental nul proc-macro prn std \
     test ";

/// The name of a crate, of its stage, and of its table in configurations: `kebab-case`.
#[derive(Debug)]
pub struct Name {
    name: String,
    snake: String,
}

impl Name {
    /// Checks a name; `layer` is true if the stage adds a layer of that name.
    pub fn new(name: &str, layer: bool, registry: &Registry) -> Result<Self> {
        let parts_hold = name.split('-').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if !parts_hold || name.len() > LONGEST {
            bail!(
                "`{name}` cannot be the name of a stage; write up to {LONGEST} lower-case letters and digits, words \
                 joined by hyphens, each beginning with a letter: watch-list"
            );
        }
        let among = |list: &str| list.contains(&format!(" {name} "));
        if among(KEYWORDS) || among(TAKEN) {
            bail!("`{name}` is reserved by Rust, cargo or the system; choose another name");
        }
        if SECTIONS.contains(&name) {
            bail!("`{name}` is reserved in configurations; choose another name");
        }
        if registry.get(name).is_some() {
            bail!("`{name}` is already a stage of this program; choose another name");
        }
        let snake = name.replace('-', "_");
        if layer {
            check_layer(&snake, registry)?;
        }
        Ok(Self { name: name.to_owned(), snake })
    }

    /// `watch-list`.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// `watch_list`: the crate in code, the layer.
    pub fn snake(&self) -> &str {
        &self.snake
    }
}

/// Refuses a layer that would take the place of another key of the record, or of another stage's layer.
fn check_layer(layer: &str, registry: &Registry) -> Result<()> {
    let schema = docmill_jsonl::schema(&[])?;
    if schema.pointer(&format!("/properties/{layer}")).is_some() {
        bail!("each record already has a key `{layer}`; choose another name, or omit --layer");
    }
    if let Some(stage) = registry.provider_of(layer) {
        bail!("stage `{stage}` already adds a layer `{layer}`; choose another name, or omit --layer");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, layer: bool) -> String {
        let registry = docmill_run::registry(&[]).unwrap();
        Name::new(name, layer, &registry)
            .map_or_else(|error| error.to_string(), |name| name.snake().to_owned())
    }

    #[test]
    fn names_are_checked() {
        for good in ["money", "watch-list", "top10", "a"] {
            assert_eq!(refusal(good, true), good.replace('-', "_"));
        }
        let long = "x".repeat(41);
        for bad in
            ["", "Money", "watch_list", "-a", "a-", "a--b", "2nd", "a-2", "../a", "деньги", "a b", &long]
        {
            assert!(refusal(bad, false).contains("cannot be the name"), "{bad}: {}", refusal(bad, false));
        }
        for kept in ["match", "test", "docmill-core", "con"] {
            assert!(refusal(kept, false).contains("is reserved by"), "{kept}");
        }
        assert!(refusal("output", false).contains("configurations"));
        assert!(refusal("tokenize", false).contains("stage of this program"));
    }

    #[test]
    fn a_layer_takes_no_place_of_another() {
        assert_eq!(refusal("meta", false), "meta");
        assert!(refusal("meta", true).contains("already has a key `meta`"));
        assert!(refusal("encodings", true).contains("stage `encode` already adds"));
    }
}
