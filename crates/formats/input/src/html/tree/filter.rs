//! What the parser's builder of trees gets to see of a page.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};

use super::NODES;

/// Elements that may stand open, and formatting elements that may wait to be opened again: the builder looks through
/// all of them at many tags. Tags over it are left out; what stands in them is not. Browsers have 512.
const OPEN: usize = 768;

/// The same for formatting elements, which are opened again in every paragraph.
const OPEN_FORMATTING: usize = 256;

/// Attributes of a formatting element: those of all that are open are compared with those of a new one.
const FORMATTING_ATTRIBUTES: usize = 16;

/// Start tags of `html` and of `body` that are read.
const BODIES: usize = 16;

/// Tags between two counts of what stands open.
const COUNTED_EVERY: usize = 64;

/// How the tokenizer takes what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    /// As tags and text.
    Not,
    /// As text until the end tag of this name.
    Until(LocalName),
    /// As text, all of it.
    All,
}

/// Start tags of a name that no end tag has followed.
#[derive(Debug, Default, Clone, Copy)]
struct Started {
    /// Of those that the builder has seen.
    passed: usize,
    /// Of those that were left out.
    left_out: usize,
}

/// Stands between the tokenizer and the builder of trees.
pub(super) struct Filter {
    builder: TreeBuilder<NodeId, Document>,
    /// Text that is not yet handed on, so that what belongs together is one piece.
    text: RefCell<StrTendril>,
    started: RefCell<HashMap<LocalName, Started>>,
    /// How many stand open at most, and tags since they were counted.
    open: Cell<usize>,
    since: Cell<usize>,
    raw: RefCell<Raw>,
}

impl Default for Filter {
    fn default() -> Self {
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        // The builder adds these where they are left out.
        let implied = [local_name!("html"), local_name!("head"), local_name!("body")];
        let started = implied.map(|name| (name, Started { passed: 1, left_out: 0 }));
        Self {
            builder: TreeBuilder::new(Document::default(), options),
            text: RefCell::default(),
            started: RefCell::new(started.into()),
            open: Cell::new(0),
            since: Cell::new(0),
            raw: RefCell::new(Raw::Not),
        }
    }
}

impl Filter {
    /// Whether the tree has too many nodes.
    pub fn is_full(&self) -> bool {
        self.builder.sink.tree.len() > NODES
    }

    pub fn raw(&self) -> Raw {
        self.raw.borrow().clone()
    }

    pub fn tree(self) -> Document {
        self.builder.sink
    }

    fn build(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let result = self.builder.process_token(token, line);
        // Nobody reads what is wrong with the page, and there may be more of it than of the page.
        self.builder.sink.errors.borrow_mut().clear();
        result
    }

    fn build_text(&self, line: u64) {
        let text = self.text.take();
        if !text.is_empty() {
            let _ = self.build(Token::CharacterTokens(text), line);
        }
    }

    /// Whether the builder sees a tag. The end of what was not begun says nothing to it, but it would look for the
    /// beginning through all that stands open.
    fn passes(&self, tag: &mut Tag) -> bool {
        let name = &tag.name;
        let mut started = self.started.borrow_mut();
        if tag.kind == TagKind::EndTag {
            // These make an element where none is open.
            if matches!(*name, local_name!("p") | local_name!("br")) {
                return true;
            }
            let Some(started) = started.get_mut(&key(name)) else { return false };
            if started.left_out > 0 {
                started.left_out -= 1;
                return false;
            }
            let passes = started.passed > 0;
            started.passed = started.passed.saturating_sub(1);
            self.since.set(self.since.get() + usize::from(passes));
            return passes;
        }
        if is_void(name) && !self.adjusted_current_node_present_but_not_in_html_namespace() {
            if *name == local_name!("col") {
                started.entry(local_name!("colgroup")).or_default().passed += 1;
            }
            return true;
        }
        let formatting = is_formatting(name);
        if formatting {
            tag.attrs.truncate(FORMATTING_ATTRIBUTES);
        }
        let too_deep = self.is_too_deep(if formatting { OPEN_FORMATTING } else { OPEN });
        let count = started.entry(key(name)).or_default();
        // Attributes of a body that stands open are added to its own.
        let again = matches!(*name, local_name!("html") | local_name!("body")) && count.passed > BODIES;
        if too_deep || again {
            count.left_out += 1;
            return false;
        }
        count.passed += 1;
        for implied in implied(name) {
            started.entry(implied.clone()).or_default().passed += 1;
        }
        self.open.set(self.open.get() + 1);
        true
    }

    fn is_too_deep(&self, bound: usize) -> bool {
        self.since.set(self.since.get() + 1);
        if self.open.get() < bound {
            return false;
        }
        if self.since.get() >= COUNTED_EVERY {
            let count = Count(Cell::new(0));
            self.builder.trace_handles(&count);
            self.open.set(count.0.get());
            self.since.set(0);
        }
        self.open.get() >= bound
    }
}

impl TokenSink for Filter {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let token = match token {
            Token::ParseError(_) | Token::CommentToken(_) => return TokenSinkResult::Continue,
            Token::CharacterTokens(text) => {
                let mut before = self.text.borrow_mut();
                if before.is_empty() {
                    *before = text;
                } else {
                    before.push_tendril(&text);
                }
                return TokenSinkResult::Continue;
            }
            Token::TagToken(mut tag) => {
                self.raw.replace(Raw::Not);
                if !self.passes(&mut tag) {
                    return TokenSinkResult::Continue;
                }
                Token::TagToken(tag)
            }
            other => other,
        };
        self.build_text(line);
        let name = match &token {
            Token::TagToken(tag) => Some(tag.name.clone()),
            _ => None,
        };
        let result = self.build(token, line);
        if let (Some(name), TokenSinkResult::RawData(kind)) = (name, &result) {
            debug_assert!(!matches!(kind, RawKind::ScriptDataEscaped(_)));
            self.raw.replace(Raw::Until(name));
        } else if matches!(result, TokenSinkResult::Plaintext) {
            self.raw.replace(Raw::All);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts what the builder holds.
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

/// The name under which tags are counted: any heading's end ends any heading.
fn key(name: &LocalName) -> LocalName {
    match &**name {
        "h2" | "h3" | "h4" | "h5" | "h6" => local_name!("h1"),
        _ => name.clone(),
    }
}

/// Elements that hold nothing.
fn is_void(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that the builder opens again where a block has closed them. Links are among them, but one at a time.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        &**name,
        "b" | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// Elements that the builder opens around an element.
fn implied(name: &LocalName) -> &'static [LocalName] {
    const TR: &[LocalName] = &[local_name!("tbody")];
    const TD: &[LocalName] = &[local_name!("tbody"), local_name!("tr")];
    match &**name {
        "tr" => TR,
        "td" | "th" => TD,
        _ => &[],
    }
}
