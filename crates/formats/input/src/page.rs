//! A page of a web archive.

use docmill_core::{ExtraField, Meta};
use encoding_rs::Encoding;

use crate::{Format, http};

/// A page that was captured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// Its address.
    pub uri: Option<String>,
    /// When it was captured.
    pub date: Option<String>,
    /// What it is.
    pub format: Option<Format>,
    /// Its encoding, as the server stated.
    pub encoding: Option<&'static Encoding>,
    /// How the body was packed on its way.
    pub transfer: http::Transfer,
}

impl Page {
    /// What is known of the page besides what it says itself.
    pub fn add_to(&self, meta: &mut Meta) {
        let facts = [("url", &self.uri), ("captured", &self.date)];
        let facts = facts.into_iter().filter_map(|(key, value)| Some((key, value.clone()?)));
        meta.extra.extend(facts.map(|(key, value)| ExtraField { key: key.to_owned(), value }));
    }
}
