//! From what Python hands over to items.

use docmill_run::{Archive, Item};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

/// An item for each text. What is no text becomes an item that tells so, and costs the others nothing.
pub fn items(texts: &Bound<'_, PyAny>, archive: &Archive) -> PyResult<Vec<Item>> {
    if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyDict>() {
        return Err(PyTypeError::new_err("annotate() takes many texts; for one, write annotate([text])"));
    }
    let mut items = Vec::with_capacity(texts.len().unwrap_or(0));
    for (number, text) in texts.try_iter()?.enumerate() {
        items.push(item(&number.to_string(), &text?, archive)?);
    }
    Ok(items)
}

fn item(name: &str, given: &Bound<'_, PyAny>, archive: &Archive) -> PyResult<Item> {
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(match text.extract::<String>() {
            Ok(text) => archive.text(name, text),
            Err(error) => archive.unreadable(name, reason("the text is not Unicode", &error, given.py())),
        });
    }
    if let Ok(fields) = given.cast::<PyMapping>() {
        return Ok(match json(fields) {
            Ok(json) => archive.object(name, json.into_bytes()),
            Err(error) => archive.unreadable(name, reason("the fields are not JSON", &error, given.py())),
        });
    }
    let kind = given.get_type().name()?;
    Ok(archive.unreadable(name, format!("a {kind}; give text, or a mapping with the field `text`")))
}

/// The mapping as a JSON object. What JSON does not know (dates) stands as its `str`.
fn json(fields: &Bound<'_, PyMapping>) -> PyResult<String> {
    let py = fields.py();
    let options = PyDict::new(py);
    options.set_item(intern!(py, "ensure_ascii"), false)?;
    options.set_item(intern!(py, "default"), py.get_type::<PyString>())?;
    let plain = py.get_type::<PyDict>().call1((fields,))?;
    py.import("json")?.getattr("dumps")?.call((plain,), Some(&options))?.extract()
}

fn reason(what: &str, error: &PyErr, py: Python<'_>) -> String {
    format!("{what}: {}", error.value(py))
}
