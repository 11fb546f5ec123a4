//! A page as blocks of text: paragraphs, headings, entries of lists, cells.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use dom_query::{Document, NodeRef};

use super::words::{in_order, of_class, split};

static INLINE: LazyLock<Words> = LazyLock::new(|| of_class("inline-tag"));
static UNREAD: LazyLock<Words> = LazyLock::new(|| of_class("unread-tag"));
static BESIDE_TAGS: LazyLock<Words> = LazyLock::new(|| of_class("beside-tag"));
static BESIDE: LazyLock<Words> = LazyLock::new(|| of_class("beside"));
static NEVER: LazyLock<Words> = LazyLock::new(|| of_class("never"));
static BODY: LazyLock<Vec<&str>> = LazyLock::new(|| in_order("body").collect());
static POINTERS: LazyLock<Vec<&str>> = LazyLock::new(|| in_order("pointer").collect());
static NOSCRIPT: LazyLock<Vec<&str>> = LazyLock::new(|| in_order("noscript").collect());
static STAMPS: LazyLock<Vec<&str>> = LazyLock::new(|| in_order("stamp").collect());
static CAPTION: LazyLock<Words> = LazyLock::new(|| of_class("caption"));
static OVER: LazyLock<Words> = LazyLock::new(|| of_class("over"));
static CARD: LazyLock<Words> = LazyLock::new(|| of_class("card"));
static WITH: LazyLock<Words> = LazyLock::new(|| of_class("with"));

/// Marks where a blank may be wanted: between two inline elements, and after a time.
const BETWEEN: char = '\u{1f}';
const AFTER: char = '\u{1e}';

/// Elements around a post that its page has for nothing else.
const POST_DEPTH: usize = 4;

/// The elements of a page that are not inline, and the text between them.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub elements: Vec<Element>,
    pub blocks: Vec<Block>,
}

/// An element that breaks the line.
#[derive(Debug)]
pub(super) struct Element {
    pub parent: Option<usize>,
    pub name: String,
    /// Its tag or a word of its class or id says that it stands beside the text.
    pub beside: bool,
    /// It is hardly ever the text, however much of the page it is: what readers wrote, notices of cookies.
    pub never: bool,
    /// Its class or property says that it is the article's text.
    pub body: bool,
    /// The class that says so.
    pub class: String,
}

/// Text between two line breaks of the layout.
#[derive(Debug)]
pub(super) struct Block {
    /// The element that it stands in.
    pub element: usize,
    pub text: String,
    /// Characters without white space at the ends, and those of them that are links.
    pub chars: usize,
    pub linked: usize,
    /// It stands in `h1` to `h6`.
    pub heading: bool,
    /// It stands in `p`.
    pub paragraph: bool,
}

impl Block {
    /// A part of the text, not of the frame: little of it links, and it is long or ends as a sentence does.
    pub fn is_prose(&self) -> bool {
        let free = self.chars.saturating_sub(self.linked);
        let links =
            self.linked * 2 >= self.chars && !(self.paragraph && free >= 80 && free * 3 > self.linked);
        if links || self.heading || self.is_address() {
            return false;
        }
        let announces = self.paragraph && (self.chars >= 40 || self.chars >= 15 && self.text.ends_with(':'));
        announces || self.chars >= 80 || self.chars >= 8 && self.ends_sentence()
    }

    /// Hardly more than addresses of the web.
    fn is_address(&self) -> bool {
        let addresses =
            self.text.split_whitespace().filter(|word| word.contains("://")).map(str::len).sum::<usize>();
        addresses * 2 > self.text.len()
    }

    /// It points elsewhere, as readers are shown on: `Read more:`, `Sign up for our newsletter`, or is a line of the
    /// layout, `Updated 5:27 am`.
    pub fn points_elsewhere(&self) -> bool {
        let start = self.text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start: String = start.chars().take(40).flat_map(char::to_lowercase).collect();
        let opens = |phrases: &[&str]| phrases.iter().any(|phrase| start.starts_with(phrase));
        self.linked > 0 && self.chars < 300 && opens(&POINTERS)
            || self.chars < 80 && opens(&STAMPS) && self.text.chars().any(|c| c.is_ascii_digit())
            || self.chars < 160 && self.text.contains("JavaScript") && opens(&NOSCRIPT)
    }

    pub fn ends_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(|c: char| "\"'”’»)] ".contains(c));
        end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
    }
}

impl Page {
    /// Takes a page apart.
    pub fn of(document: &Document) -> Self {
        let mut page = Reader::default();
        page.read(document.root());
        page.page
    }

    /// The elements around a block, from the inside out.
    pub fn around(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(element), |&element| self.elements[element].parent)
    }

    pub fn name(&self, block: &Block) -> &str {
        &self.elements[block.element].name
    }
}

#[derive(Default)]
struct Reader {
    page: Page,
    /// The elements that stand open.
    open: Vec<usize>,
    /// Links and `pre` that stand open.
    links: usize,
    kept: usize,
    text: String,
    linked: usize,
    /// An inline element has just ended whose neighbour may be glued to it.
    ended: bool,
    /// A link has just ended.
    link_ended: bool,
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(&'static str, bool),
}

impl Reader {
    fn read(&mut self, root: NodeRef<'_>) {
        let root_element = Element {
            parent: None,
            name: String::new(),
            beside: false,
            never: false,
            body: false,
            class: String::new(),
        };
        self.page.elements.push(root_element);
        self.open.push(0);
        let mut steps: Vec<Step<'_>> = root.children_it(true).map(Step::Enter).collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node) if node.is_text() => self.add(&node.text()),
                Step::Enter(node) if node.is_element() => self.enter(node, &mut steps),
                Step::Enter(_) => {}
                Step::Leave(kind, block) => self.leave(kind, block),
            }
        }
        self.flush();
    }

    fn enter<'a>(&mut self, node: NodeRef<'a>, steps: &mut Vec<Step<'a>>) {
        let Some(name) = node.node_name() else { return };
        if UNREAD.contains(&name) || is_hidden(&node) || INLINE.contains(&name) && is_card(&node) {
            return;
        }
        if name.as_ref() == "br" {
            self.text.push('\n');
            self.ended = false;
            return;
        }
        let block = !INLINE.contains(&name) || is_caption(&node);
        let mut kind = "";
        match name.as_ref() {
            "a" => {
                self.links += 1;
                kind = "a";
            }
            "pre" => {
                self.kept += 1;
                kind = "pre";
            }
            "span" => kind = "span",
            "time" => kind = "time",
            _ => {}
        }
        if block {
            self.flush();
            self.open_element(&node, &name);
        } else if kind == "a" && self.link_ended {
            self.text.push(AFTER);
        } else if kind == "time" || self.ended && matches!(kind, "span" | "a") {
            self.part(kind == "time");
        }
        (self.ended, self.link_ended) = (false, false);
        steps.push(Step::Leave(kind, block));
        steps.extend(node.children_it(true).map(Step::Enter));
    }

    fn leave(&mut self, kind: &'static str, block: bool) {
        match kind {
            "a" => self.links = self.links.saturating_sub(1),
            "pre" => {
                self.flush();
                self.kept = self.kept.saturating_sub(1);
            }
            _ => {}
        }
        if block {
            self.flush();
            self.open.pop();
        }
        self.ended = matches!(kind, "a" | "span" | "time");
        self.link_ended = kind == "a";
        if kind == "time" && !self.text.is_empty() {
            self.text.push(AFTER);
        }
    }

    /// Two inline elements side by side are two words on the page, by their margins: `<span>Ruiz</span><span>4 May`.
    /// Not a capital that is set apart, `<span>T</span><span>he`.
    fn part(&mut self, always: bool) {
        let mut end = self.text.chars().rev();
        let (last, before) = (end.next(), end.next());
        let word = before.is_some_and(|c| !c.is_whitespace());
        if last.is_some_and(|c| !c.is_whitespace() && !"([“‘\"'".contains(c)) && (always || word) {
            self.text.push(BETWEEN);
        }
    }

    fn open_element(&mut self, node: &NodeRef<'_>, name: &str) {
        let mut element = Element {
            parent: self.open.last().copied(),
            name: name.to_owned(),
            beside: BESIDE_TAGS.contains(name) || name == "article" && self.is_inner_article(),
            never: false,
            body: node.attr("itemprop").is_some_and(|of| of.split_whitespace().any(|of| of == "articleBody")),
            class: String::new(),
        };
        if !matches!(name, "html" | "body" | "article" | "main" | "p" | "h1") {
            for attribute in ["class", "id", "role"] {
                for value in node.attr(attribute).iter().flat_map(|value| value.split_whitespace()) {
                    let (mut beside, mut never, mut with) = (false, false, false);
                    split(value, |word| {
                        beside |= BESIDE.contains(word);
                        never |= NEVER.contains(word);
                        with |= WITH.contains(word);
                    });
                    // `content-with-sidebar` is no sidebar.
                    element.beside |= (beside || never) && !with;
                    element.never |= never && !with;
                }
            }
        }
        if let Some(class) = node.class().filter(|_| matches!(name, "div" | "section" | "article" | "td")) {
            let says = class.split_whitespace().find(|class| is_body(class));
            element.body |= says.is_some();
            says.unwrap_or(&class).clone_into(&mut element.class);
        }
        element.never |= matches!(name, "nav" | "footer");
        if name == "blockquote" && node.class().is_some_and(|class| has_word(&class, "tweet")) {
            self.pardon();
        }
        self.page.elements.push(element);
        self.open.push(self.page.elements.len() - 1);
    }

    /// What a post of somebody's stands in is often named `social` or `widget`; the article speaks of it.
    fn pardon(&mut self) {
        for &at in self.open.iter().rev().take(POST_DEPTH) {
            let element = &mut self.page.elements[at];
            if element.never || element.body || element.name == "aside" {
                break;
            }
            element.beside = false;
        }
    }

    /// An article inside an article is a comment or a pointer to another; one in a list is a pointer too.
    fn is_inner_article(&self) -> bool {
        let mut around = self.open.iter().map(|&at| self.page.elements[at].name.as_str());
        around.any(|name| matches!(name, "article" | "li"))
    }

    fn add(&mut self, text: &str) {
        let before = self.text.len();
        // A blank of our own stands where a word begins with a capital or a number, so no word is torn.
        if self.text.ends_with(AFTER) {
            self.text.pop();
            if text.chars().next().is_some_and(char::is_alphanumeric) {
                self.text.push(' ');
            }
        } else if self.text.ends_with(BETWEEN) {
            self.text.pop();
            let starts = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
            if starts {
                self.text.push(' ');
            }
        }
        if self.kept > 0 {
            self.text.push_str(text);
        } else {
            for c in text.chars() {
                if !c.is_whitespace() {
                    self.text.push(c);
                } else if !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
        }
        if self.links > 0 {
            self.linked += self.text.len().saturating_sub(before);
        }
        if !text.is_empty() {
            (self.ended, self.link_ended) = (false, false);
        }
    }

    /// Ends the block at hand. Two line breaks in it end a paragraph.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        self.ended = false;
        let element = self.open.last().copied().unwrap_or(0);
        let whole = text.len().max(1);
        let paragraph = self.page.elements[element].name == "p";
        let heading = is_heading(&self.page.elements[element].name);
        let paragraphs: Vec<String> = if self.kept > 0 {
            vec![text.trim_matches('\n').trim_end().to_owned()]
        } else {
            paragraphs(&text)
        };
        for text in paragraphs {
            let chars = text.chars().count();
            if text.trim().is_empty() {
                continue;
            }
            // Counted in bytes so far.
            let linked = (linked * chars / whole).min(chars);
            self.page.blocks.push(Block { element, text, chars, linked, heading, paragraph });
        }
    }
}

/// Parts of a text between empty lines, each line without blanks at its ends.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.split('\n') {
        let line = line.trim();
        let Some(last) = all.last_mut() else { break };
        if line.is_empty() {
            if !last.is_empty() {
                all.push(String::new());
            }
            continue;
        }
        if !last.is_empty() {
            last.push('\n');
        }
        last.push_str(&line.replace([BETWEEN, AFTER], ""));
    }
    all
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether a class is one of those that sites give to the text of an article: `entry-content`, `td-post-content`.
fn is_body(class: &str) -> bool {
    let plain: String =
        class.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    BODY.iter().any(|word| plain.ends_with(word))
}

/// An inline element that is a caption or credit by its class.
fn is_caption(node: &NodeRef<'_>) -> bool {
    let mut caption = false;
    if let Some(class) = node.class() {
        split(&class, |word| caption |= CAPTION.contains(word));
    }
    caption
}

/// What the page shows when the pointer stands over a word: `rollover-block`.
fn is_card(node: &NodeRef<'_>) -> bool {
    let (mut over, mut card) = (false, false);
    if let Some(class) = node.class() {
        split(&class, |word| {
            over |= OVER.contains(word);
            card |= CARD.contains(word);
        });
    }
    over && card
}

/// Whether a class has a word: `twitter-tweet` has `tweet`.
fn has_word(class: &str, wanted: &str) -> bool {
    let mut has = false;
    split(class, |word| has |= word == wanted);
    has
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = |style: &str| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    node.has_attr("hidden") || node.attr("style").is_some_and(|value| style(&value))
}
