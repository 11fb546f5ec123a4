//! Files of words that a configuration adds to the shipped ones.

use std::str;
use std::sync::Arc;

/// A file of words that a configuration adds (`[lexicon] extend`); `docmill-lexicon` reads it.
///
/// ```
/// use docmill_core::WordFile;
///
/// let file = WordFile::new("my.tsv", "# list: outlets\nname\nSteppe Wire\n");
/// assert!(file.text().unwrap().ends_with("Steppe Wire\n"));
/// assert_eq!(WordFile::new("my.tsv", b"name\n\xff\n".as_slice()).text(), Err(2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFile {
    name: Arc<str>,
    content: Arc<[u8]>,
}

impl WordFile {
    /// A file that messages call `name`.
    pub fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self { name: name.into(), content: content.as_ref().into() }
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes, for instance to hash them.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// Its text.
    ///
    /// # Errors
    /// The 1-based line of the first bytes that are not UTF-8.
    pub fn text(&self) -> Result<&str, usize> {
        str::from_utf8(&self.content).map_err(|error| {
            let before = &self.content[..error.valid_up_to()];
            before.split(|&byte| byte == b'\n').count()
        })
    }
}
