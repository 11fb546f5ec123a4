//! docmill as a Python module: `Pipeline(config, set={...}).annotate(texts, jobs=...)`.
//!
//! The lines are those of `docmill run`; Python's own `json` takes them apart, so that every number is the one that a
//! reader of the JSONL gets.

mod documents;
mod settings;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use docmill_run::{Annotator, Item, keep_shipped_in, with_causes};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyMapping};

create_exception!(
    docmill,
    Error,
    PyException,
    "docmill could not run: a setting, a file or a model is at fault. Says what is wrong, where, and how to fix it."
);

/// How often a run looks for Ctrl-C.
const SIGNALS_EVERY: Duration = Duration::from_millis(100);

/// A configuration with everything loaded.
#[pyclass(frozen, module = "docmill")]
struct Pipeline {
    annotator: Annotator,
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(
        signature = (config = PathBuf::from("news"), *, set = None),
        text_signature = "(config='news', *, set=None)"
    )]
    fn new(py: Python<'_>, config: PathBuf, set: Option<&Bound<'_, PyMapping>>) -> PyResult<Self> {
        let sets = settings::flags(set)?;
        find_model(py)?;
        // `news` is the built-in configuration; anything else is a file.
        let file = (config.as_os_str() != "news").then_some(config.as_path());
        let made = py.detach(|| Annotator::new(file, &sets, &[]));
        made.map(|annotator| Self { annotator }).map_err(|error| Error::new_err(with_causes(&error)))
    }

    /// Keys of the stages, in order.
    #[getter]
    fn stages(&self) -> Vec<String> {
        self.annotator.stages().to_vec()
    }

    /// Id of every run with this configuration and these models, as in each record.
    #[getter]
    fn run_id(&self) -> &str {
        self.annotator.run_id()
    }

    #[pyo3(signature = (texts, *, jobs = None))]
    fn annotate<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let jobs = match jobs.map(NonZeroUsize::new) {
            Some(None) => return Err(PyValueError::new_err("jobs is 1 or more")),
            jobs => jobs.flatten(),
        };
        let items = documents::items(texts, self.annotator.archive())?;
        let lines = py.detach(|| self.lines(items, jobs))?;
        let loads = py.import("json")?.getattr("loads")?;
        let records = PyList::empty(py);
        for line in lines {
            match line {
                Some(line) => records.append(loads.call1((PyBytes::new(py, &line),))?)?,
                None => records.append(py.None())?,
            }
        }
        Ok(records)
    }

    fn __repr__(&self) -> String {
        format!("<docmill.Pipeline {}>", self.annotator.stages().join(", "))
    }
}

impl Pipeline {
    /// Runs without Python's lock.
    fn lines(&self, items: Vec<Item>, jobs: Option<NonZeroUsize>) -> PyResult<Vec<Option<Vec<u8>>>> {
        let mut lines = Vec::with_capacity(items.len());
        let mut looked = Instant::now();
        self.annotator.annotate(items.into_iter(), jobs, |line| {
            lines.push(line);
            if looked.elapsed() >= SIGNALS_EVERY {
                looked = Instant::now();
                Python::attach(|py| py.check_signals())?;
            }
            Ok::<(), PyErr>(())
        })?;
        Ok(lines)
    }
}

/// Names the folder of the model inside the package, if the package was built with it.
fn find_model(py: Python<'_>) -> PyResult<()> {
    let package: PathBuf = py.import("docmill")?.getattr("__file__")?.extract()?;
    let model = package.with_file_name("models").join("news-en");
    if model.join("config.json").is_file() {
        keep_shipped_in(model);
    }
    Ok(())
}

/// What the package `docmill` shows.
#[pymodule]
fn _docmill(module: &Bound<'_, PyModule>) -> PyResult<()> {
    docmill_run::quiet_panics();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add_class::<Pipeline>()
}
