//! What a model's config.json says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use docmill_core::StageError;
use docmill_core::settings::suggest;
use serde::Deserialize;
use serde_json::Value;

use crate::case::CaseTypes;
use crate::specials::Specials;

/// Architectures with a token-classification head that answer right.
///
/// Of those that rust-bert has, `MobileBERT` is left out because its convolution reads the padding after `[SEP]`, so
/// that a sentence's answer depends on its neighbours; and DeBERTa (v1 to v3) because rust-bert's relative attention
/// is wrong: v1 takes the number of heads for the length of the input, v2 leaves out an offset and a square root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// ALBERT.
    Albert,
    /// BERT.
    Bert,
    /// DistilBERT.
    DistilBert,
    /// ELECTRA.
    Electra,
    /// RoBERTa, XLM-RoBERTa, `CamemBERT`.
    Roberta,
}

impl Family {
    const KNOWN: [(&str, Self); 7] = [
        ("albert", Self::Albert),
        ("bert", Self::Bert),
        ("camembert", Self::Roberta),
        ("distilbert", Self::DistilBert),
        ("electra", Self::Electra),
        ("roberta", Self::Roberta),
        ("xlm-roberta", Self::Roberta),
    ];

    fn by_name(name: &str) -> Option<Self> {
        Self::KNOWN.iter().find(|known| known.0 == name).map(|known| known.1)
    }
}

/// The part of config.json that is ours to know; engines read the rest from [`ModelConfig::json`].
#[derive(Debug)]
pub struct ModelConfig {
    /// Its architecture.
    pub family: Family,
    /// Labels in the order of the scores.
    pub labels: Vec<String>,
    /// Most positions of one input, special ones included.
    pub max_positions: usize,
    /// Token types that words carry.
    pub case_types: CaseTypes,
    /// How well label j goes after label i, at `i * labels + j`, to be added to the scores before softmax; if the
    /// model says so. `O` stands before the first word.
    pub transitions: Option<Vec<f32>>,
    /// Id of the padding piece, if the config names one.
    pub pad_id: Option<u32>,
    /// Whether the vocabulary is of lower-case pieces, if the config says so.
    pub lower_case: Option<bool>,
    /// The whole file, with `id2label` filled in.
    pub json: Value,
}

/// As the file writes it.
#[derive(Debug, Deserialize)]
struct Written {
    model_type: Option<String>,
    id2label: Option<BTreeMap<String, String>>,
    label2id: Option<BTreeMap<String, usize>>,
    #[serde(default = "usual_positions")]
    max_position_embeddings: usize,
    pad_token_id: Option<u32>,
    type_vocab_size: Option<usize>,
    position_embedding_type: Option<String>,
    #[serde(default)]
    docmill: Extension,
}

/// What models made for docmill say besides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Extension {
    case_types: Vec<String>,
    do_lower_case: Option<bool>,
    max_length: Option<usize>,
    transitions: Option<Vec<Vec<f32>>>,
}

fn usual_positions() -> usize {
    512
}

impl ModelConfig {
    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self, StageError> {
        let text = fs::read_to_string(path)
            .map_err(|e| StageError::file(path, e.to_string(), "give a readable file"))?;
        Self::parse(&text).map_err(|(reason, help)| StageError::file(path, reason, help))
    }

    /// The error is what is wrong, and what helps.
    fn parse(text: &str) -> Result<Self, (String, String)> {
        let whole_file = || "take the file from the model's repository again".to_owned();
        let mut json: Value =
            serde_json::from_str(text).map_err(|e| (format!("not JSON: {e}"), whole_file()))?;
        let written = Written::deserialize(&json).map_err(|e| (e.to_string(), whole_file()))?;

        let known = Family::KNOWN.iter().map(|known| known.0);
        let Some(name) = &written.model_type else {
            return Err(("no `model_type`".to_owned(), format!("add one of {}", join(known))));
        };
        let Some(family) = Family::by_name(name) else {
            if name.starts_with("deberta") {
                let reason = "DeBERTa is not supported: rust-bert computes its attention wrongly".to_owned();
                return Err((reason, format!("choose a model of type {}", join(known))));
            }
            return Err((
                format!("models of type `{name}` are not supported"),
                suggest(name, known, "model type"),
            ));
        };
        if let Some(kind) = written.position_embedding_type.filter(|kind| kind != "absolute") {
            let reason = format!("position embeddings of type `{kind}` are not supported");
            return Err((reason, "choose a model with absolute ones".to_owned()));
        }

        let labels = labels(written.id2label.as_ref(), written.label2id.as_ref())
            .map_err(|reason| (reason, NAME_LABELS.to_owned()))?;
        let by_id: serde_json::Map<_, _> =
            labels.iter().enumerate().map(|(i, l)| (i.to_string(), l.as_str().into())).collect();
        json["id2label"] = Value::Object(by_id);

        let case_types = CaseTypes::from_names(&written.docmill.case_types).map_err(|name| {
            let help = "use lower, title, upper, mixed, digit".to_owned();
            (format!("`docmill.case_types` names an unknown class `{name}`"), help)
        })?;
        let token_types = match family {
            Family::DistilBert => 0,
            _ => written.type_vocab_size.unwrap_or(0),
        };
        if usize::from(case_types.highest()) >= token_types.max(1) {
            let reason = format!("`docmill.case_types` needs more than {token_types} token types");
            return Err((reason, "correct `type_vocab_size` and the weights".to_owned()));
        }

        let transitions = (written.docmill.transitions)
            .map(|rows| {
                let square = rows.len() == labels.len() && rows.iter().all(|row| row.len() == labels.len());
                let finite = rows.iter().flatten().all(|score| score.is_finite());
                (square && finite).then(|| rows.concat())
            })
            .map(|scores| {
                scores.ok_or_else(|| {
                    let help = format!(
                        "give {0} rows of {0} numbers, one for each label, or leave it out",
                        labels.len()
                    );
                    ("`docmill.transitions` does not fit the labels".to_owned(), help)
                })
            })
            .transpose()?;

        // RoBERTa counts positions from `pad_token_id + 1` on: 514 rows serve 512 positions.
        let reserved = if family == Family::Roberta { 2 } else { 0 };
        let positions = written.max_position_embeddings.saturating_sub(reserved);
        let max_positions = written.docmill.max_length.map_or(positions, |max| max.min(positions));
        if max_positions <= Specials::COUNT {
            let reason = format!("`max_position_embeddings` leaves {max_positions} positions");
            return Err((reason, whole_file()));
        }
        Ok(Self {
            family,
            labels,
            max_positions,
            case_types,
            transitions,
            pad_id: written.pad_token_id,
            lower_case: written.docmill.do_lower_case,
            json,
        })
    }
}

const NAME_LABELS: &str =
    "list the labels in `id2label`, such as {\"0\": \"O\", \"1\": \"B-PER\", \"2\": \"I-PER\"}";

/// Labels by id, from either direction of the mapping.
fn labels(
    id2label: Option<&BTreeMap<String, String>>,
    label2id: Option<&BTreeMap<String, usize>>,
) -> Result<Vec<String>, String> {
    let mut by_id: BTreeMap<usize, &str> = BTreeMap::new();
    match (id2label, label2id) {
        (Some(map), _) => {
            for (id, label) in map {
                let id = id.parse().map_err(|_| format!("`id2label` has the key `{id}`, not a number"))?;
                by_id.insert(id, label);
            }
        }
        (None, Some(map)) => by_id.extend(map.iter().map(|(label, &id)| (id, label.as_str()))),
        (None, None) => return Err("no `id2label`: the labels of the model are not known".to_owned()),
    }
    if by_id.is_empty() || !by_id.keys().copied().eq(0..by_id.len()) {
        return Err("`id2label` does not number the labels 0, 1, 2 and so on".to_owned());
    }
    Ok(by_id.into_values().map(str::to_owned).collect())
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let (reason, help) = ModelConfig::parse(text).unwrap_err();
        format!("{reason}; {help}")
    }

    const LABELS: &str = r#""id2label": {"0": "O", "1": "B-X", "10": "K", "2": "C", "3": "D", "4": "E", "5": "F",
        "6": "G", "7": "H", "8": "I", "9": "J"}"#;

    #[test]
    fn labels_stand_in_the_order_of_their_numbers() {
        let config = ModelConfig::parse(&format!(r#"{{"model_type": "bert", {LABELS}}}"#)).unwrap();
        assert_eq!(config.labels[10], "K");
        assert_eq!(config.max_positions, 512);
    }

    #[test]
    fn the_other_direction_will_do() {
        let config = ModelConfig::parse(r#"{"model_type": "bert", "label2id": {"X": 1, "O": 0}}"#).unwrap();
        assert_eq!(config.labels, ["O", "X"]);
        assert_eq!(config.json["id2label"]["1"], "X");
    }

    #[test]
    fn roberta_has_two_positions_fewer() {
        let text = format!(r#"{{"model_type": "xlm-roberta", "max_position_embeddings": 514, {LABELS}}}"#);
        assert_eq!(ModelConfig::parse(&text).unwrap().max_positions, 512);
    }

    #[test]
    fn a_shorter_length_in_training_is_kept() {
        let text = format!(r#"{{"model_type": "bert", "docmill": {{"max_length": 256}}, {LABELS}}}"#);
        assert_eq!(ModelConfig::parse(&text).unwrap().max_positions, 256);
    }

    #[test]
    fn case_types_need_rows() {
        let text = |rows: usize| {
            let case = r#"{"case_types": ["lower", "title", "upper", "mixed", "digit"]}"#;
            format!(r#"{{"model_type": "bert", "type_vocab_size": {rows}, "docmill": {case}, {LABELS}}}"#)
        };
        assert_eq!(ModelConfig::parse(&text(5)).unwrap().case_types.of("NATO"), 2);
        assert!(error(&text(2)).starts_with("`docmill.case_types` needs more than 2 token types"));
    }

    #[test]
    fn transitions_need_a_row_for_each_label() {
        let text = |rows: &str| {
            let labels = r#""id2label": {"0": "O", "1": "X"}"#;
            format!(r#"{{"model_type": "bert", "docmill": {{"transitions": {rows}}}, {labels}}}"#)
        };
        let config = ModelConfig::parse(&text("[[0, -1.5], [0.25, -10000]]")).unwrap();
        assert_eq!(config.transitions, Some(vec![0.0, -1.5, 0.25, -10_000.0]));
        for rows in ["[]", "[[0, 1]]", "[[0, 1], [0]]", "[[0, 1e39], [0, 0]]"] {
            assert_eq!(
                error(&text(rows)),
                "`docmill.transitions` does not fit the labels; give 2 rows of 2 numbers, one for each label, or leave \
                 it out"
            );
        }
    }

    #[test]
    fn errors_say_what_to_do() {
        assert!(error("{").starts_with("not JSON: "));
        assert!(error("{}").starts_with("no `model_type`; add one of albert, bert, "));
        assert_eq!(
            error(r#"{"model_type": "berd"}"#),
            "models of type `berd` are not supported; did you mean `bert`?"
        );
        assert!(error(r#"{"model_type": "deberta-v2"}"#).starts_with("DeBERTa is not supported"));
        assert!(error(r#"{"model_type": "bert"}"#).starts_with("no `id2label`: "));
        assert!(
            error(r#"{"model_type": "bert", "id2label": {"0": "O", "2": "X"}}"#)
                .starts_with("`id2label` does not number")
        );
        let relative =
            format!(r#"{{"model_type": "bert", "position_embedding_type": "relative_key", {LABELS}}}"#);
        assert!(error(&relative).contains("relative_key"));
    }
}
