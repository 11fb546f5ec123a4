//! `set={"ner.engine": "native"}` as `--set` flags.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

/// One flag for each entry. Values are text, numbers, booleans and lists of them: as JSON, which for these is TOML.
pub fn flags(set: Option<&Bound<'_, PyMapping>>) -> PyResult<Vec<String>> {
    let Some(set) = set else { return Ok(Vec::new()) };
    let dumps = set.py().import("json")?.getattr("dumps")?;
    let mut flags = Vec::new();
    for entry in set.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        let key = key
            .cast_into::<PyString>()
            .map_err(|_| PyTypeError::new_err("the keys of `set` are settings, such as \"ner.engine\""))?;
        if value.is_none() || value.is_instance_of::<PyDict>() {
            let kind = value.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "set[\"{key}\"] is a {kind}; give text, a number, a boolean or a list of them"
            )));
        }
        let value: String = dumps.call1((value,))?.extract()?;
        flags.push(format!("{key}={value}"));
    }
    Ok(flags)
}
