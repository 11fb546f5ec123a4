//! A mail message as it is handed over.

/// A message, and what is known of its surroundings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letter {
    /// Whether messages inside it are documents of their own.
    pub split: bool,
    /// Whether it comes from a mailbox, which marks lines that begin with `From `.
    pub unquote: bool,
}
