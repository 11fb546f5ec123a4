//! Reading a text piece by piece. Every step either takes what it names and moves on, or stays where it was.

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    pub at: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes one of these characters.
    pub fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let c = self.peek().filter(|c| wanted.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Takes white space; true if there was any.
    pub fn space(&mut self) -> bool {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start().len();
        self.at += len;
        len > 0
    }

    /// Takes a word of ASCII letters that ends there.
    pub fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let ends = rest.get(len..)?.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        (len > 0 && ends).then(|| {
            self.at += len;
            rest.get(..len).unwrap_or_default()
        })
    }

    /// Takes this word, in any case.
    pub fn this_word(&mut self, wanted: &str) -> bool {
        let before = *self;
        let is = self.word().is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        if !is {
            *self = before;
        }
        is
    }

    /// Takes a whole number of `len` digits. What follows is the caller's business, but for a further digit.
    pub fn digits(&mut self, len: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let rest = self.rest();
        let count = rest.bytes().take(8).take_while(u8::is_ascii_digit).count();
        let value = rest.get(..count)?.parse().ok()?;
        len.contains(&count).then(|| {
            self.at += count;
            value
        })
    }

    /// Whether a number or word that was just taken ends there.
    pub fn at_boundary(&self) -> bool {
        self.peek().is_none_or(|c| !c.is_alphanumeric() && c != '_')
    }
}
