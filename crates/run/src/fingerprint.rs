//! What decides an output.

use docmill_config::Config;
use docmill_jsonl::RunInfo;
use serde_json::{Map, Value, json};

use crate::Options;

/// Everything that decides an output but the content of its inputs: a run whose facts have changed cannot be resumed.
pub fn of_run(options: &Options, config: &Config, info: &RunInfo) -> Value {
    let mut facts = of_records(info);
    facts["named inputs"] = json!(options.inputs);
    facts["list of inputs"] = json!(options.files_from);
    facts["input"] = config.input_tree.clone();
    if let Some(limit) = options.limit {
        facts["--limit"] = json!(limit);
    }
    if let Some(sample) = options.sample {
        facts["--sample"] = json!(sample);
    }
    facts["cut into parts"] = json!(options.layout.shards());
    facts["compression of the output"] = json!(options.layout.compression());
    facts
}

/// What decides the records, keyed as a person would look it up.
pub fn of_records(info: &RunInfo) -> Value {
    // Not by their folders: a model is the same wherever it lies. Two models of one run may have files of one name.
    let mut models: Map<String, Value> = Map::new();
    for model in &info.models {
        let hashes = models.entry(model.role()).or_insert_with(|| json!([]));
        if let Value::Array(hashes) = hashes {
            hashes.push(model.sha256.clone().into());
        }
    }
    let mut facts = json!({
        "docmill version": info.docmill_version,
        "schema version": info.schema_version,
        "stages": info.stages,
        "model files": models,
        "input": info.config.get("input"),
        "output": info.config.get("output"),
        "duplicates": info.config.get("duplicates"),
        "windows": info.config.get("windows"),
    });
    if let Some(lexicon) = info.config.get("lexicon") {
        facts["lexicon"] = lexicon.clone();
    }
    let stages = info.config.get("stages").and_then(Value::as_array);
    for stage in stages.into_iter().flatten() {
        let key = stage.get("stage").and_then(Value::as_str);
        if let (Some(key), Some(settings)) = (key, stage.get("settings")) {
            // No stage can be called `stages`, `lexicon`, `input`, `output`, `duplicates` or `windows`; the other keys have spaces.
            facts[key] = settings.clone();
        }
    }
    facts
}
