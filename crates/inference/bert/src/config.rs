//! `config.json` of a Hugging Face folder.

use std::path::Path;

use docmill_core::StageError;
use serde::Deserialize;

/// The shape of a BERT encoder.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// Values per token.
    pub hidden_size: usize,
    /// How many layers.
    pub num_hidden_layers: usize,
    /// Heads of attention in a layer.
    pub num_attention_heads: usize,
    /// Values per token inside a feed-forward block.
    pub intermediate_size: usize,
    /// Added to the variance in layer normalization.
    #[serde(default = "default_eps")]
    pub layer_norm_eps: f32,
    /// Wordpieces that have an embedding.
    pub vocab_size: usize,
    /// Kinds of token.
    #[serde(default = "default_types")]
    pub type_vocab_size: usize,
    /// The longest sequence, with `[CLS]` and `[SEP]`.
    pub max_position_embeddings: usize,
    #[serde(default = "default_act")]
    hidden_act: String,
    #[serde(default = "default_model")]
    model_type: String,
    #[serde(default)]
    position_embedding_type: Option<String>,
}

fn default_eps() -> f32 {
    1e-12
}

fn default_types() -> usize {
    2
}

fn default_act() -> String {
    "gelu".into()
}

fn default_model() -> String {
    "bert".into()
}

impl Config {
    /// Reads `config.json` of `folder` and checks that this crate can run the model.
    pub fn load(folder: &Path) -> Result<Self, StageError> {
        let path = folder.join("config.json");
        let text = std::fs::read(&path).map_err(|e| {
            StageError::file(&path, format!("cannot read it: {e}"), "give the folder of a Hugging Face model")
        })?;
        let config: Self = serde_json::from_slice(&text).map_err(|e| {
            let help = "give a BERT model's folder, as saved by save_pretrained";
            StageError::file(&path, format!("not the configuration of a BERT model: {e}"), help)
        })?;
        match config.unfit() {
            Some(reason) => Err(StageError::file(
                &path,
                reason,
                "use another model, or the `rust-bert` engine for this one",
            )),
            None => Ok(config),
        }
    }

    /// Why this crate cannot run the model.
    fn unfit(&self) -> Option<String> {
        if self.model_type != "bert" {
            return Some(format!("the default engine runs models of type `bert`, not `{}`", self.model_type));
        }
        if self.hidden_act != "gelu" {
            return Some(format!("the default engine has the activation `gelu`, not `{}`", self.hidden_act));
        }
        match self.position_embedding_type.as_deref() {
            None | Some("absolute") => {}
            Some(other) => {
                return Some(format!("the default engine has `absolute` positions, not `{other}`"));
            }
        }
        let sizes = [
            ("hidden_size", self.hidden_size),
            ("intermediate_size", self.intermediate_size),
            ("num_attention_heads", self.num_attention_heads),
            ("vocab_size", self.vocab_size),
            ("type_vocab_size", self.type_vocab_size),
            ("max_position_embeddings", self.max_position_embeddings),
        ];
        if let Some((name, _)) = sizes.into_iter().find(|(_, size)| *size == 0) {
            return Some(format!("`{name}` is 0"));
        }
        for (name, size) in [&sizes[0], &sizes[1]] {
            if size % 16 != 0 {
                return Some(format!("the default engine needs a multiple of 16 as `{name}`, not {size}"));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return Some(format!(
                "{} heads do not divide a hidden size of {}",
                self.num_attention_heads, self.hidden_size
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(change: (&str, &str)) -> Config {
        let text = r#"{"model_type": "bert", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
            "intermediate_size": 128, "vocab_size": 100, "max_position_embeddings": 64}"#;
        serde_json::from_str(&text.replace(change.0, change.1)).unwrap()
    }

    #[test]
    fn says_why_a_model_does_not_fit() {
        assert_eq!(parse(("", "")).unfit(), None);
        for (change, reason) in [
            ((r#""bert""#, r#""roberta""#), "not `roberta`"),
            ((r#""vocab_size": 100"#, r#""vocab_size": 100, "hidden_act": "relu""#), "not `relu`"),
            (
                (r#""vocab_size": 100"#, r#""vocab_size": 1, "position_embedding_type": "relative_key""#),
                "not `relative_key`",
            ),
            ((r#""hidden_size": 64"#, r#""hidden_size": 72"#), "multiple of 16 as `hidden_size`, not 72"),
            ((r#""num_attention_heads": 4"#, r#""num_attention_heads": 5"#), "5 heads"),
            ((r#""num_attention_heads": 4"#, r#""num_attention_heads": 0"#), "`num_attention_heads` is 0"),
        ] {
            let unfit = parse(change).unfit().unwrap_or_default();
            assert!(unfit.contains(reason), "{change:?}: {unfit}");
        }
    }
}
