//! The text of an Outlook message, with what the message says of itself.

use docmill_core::{Meta, Source};
use encoding_rs::Encoding;

use crate::settings::InputSettings;
use crate::text::unmarked;
use crate::{html, packed_rtf, rtf};

/// What a message says of itself, without its text.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub meta: Meta,
    pub body: Body,
    pub encoding: Option<&'static Encoding>,
}

/// How the text of a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    Text,
    Html,
    /// RTF, packed.
    Rich,
}

impl Facts {
    /// Whether the text becomes a tree, which takes more memory.
    pub fn is_page(&self) -> bool {
        self.body == Body::Html
    }

    /// Text and facts, of the bytes of the text.
    pub fn read(
        &self,
        bytes: Vec<u8>,
        limits: &InputSettings,
        source: &mut Source,
    ) -> Result<(Meta, String), String> {
        let text = match self.body {
            Body::Rich => rtf::rtf(&packed_rtf::unpacked(&bytes, limits.max_bytes)?)?.1,
            Body::Html => {
                let stated = html::stated_encoding(&bytes).or(self.encoding);
                html::text(&decoded(bytes, stated, source))?
            }
            Body::Text => decoded(bytes, self.encoding, source),
        };
        let text = text.trim_end();
        if text.trim().is_empty() {
            return Err("a mail message without text".to_owned());
        }
        Ok((self.meta.clone(), text.replace("\r\n", "\n")))
    }
}

fn decoded(bytes: Vec<u8>, stated: Option<&'static Encoding>, source: &mut Source) -> String {
    let decoded = unmarked(bytes, stated);
    source.encoding = Some(decoded.encoding.to_owned());
    source.replaced = decoded.replaced;
    decoded.text
}
