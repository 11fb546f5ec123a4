//! The formats of tables.

/// What the row groups under way may take together (bytes), before the largest of them is written: 122,880 articles
/// with their texts would be a gigabyte.
pub(crate) const BUFFERED: usize = 128 << 20;

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, compressed with zstd.
    Parquet,
    /// CSV in UTF-8 with a header; lists are JSON.
    Csv {
        /// Puts `'` before texts that a spreadsheet would run as a formula.
        spreadsheet_safe: bool,
    },
}

impl Format {
    /// What the names of files end with, the dot included.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Parquet => ".parquet",
            Self::Csv { .. } => ".csv",
        }
    }
}
