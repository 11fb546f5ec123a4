//! What a page draws, operator by operator (ISO 32000-1, 7.8.2).

/// An operand or operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number.
    Number(f64),
    /// A string, its bytes.
    Text(Vec<u8>),
    /// A name, without `/`.
    Name(Vec<u8>),
    /// `[`.
    Begin,
    /// `]`.
    End,
    /// An operator.
    Operator(Vec<u8>),
}

/// Tokens of a content stream. Nothing in it is an error: what makes no sense is passed over.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A string after its `(`.
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    text.push(byte);
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    text.push(byte);
                }
                b'\\' => {
                    let Some(escaped) = self.peek() else { break };
                    self.at += 1;
                    match escaped {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                                code = code * 8 + u32::from(digit - b'0');
                                self.at += 1;
                            }
                            text.push((code & 0xFF) as u8);
                        }
                        other => text.push(other),
                    }
                }
                byte => text.push(byte),
            }
        }
        text
    }

    /// A string in hexadecimal digits, after its `<`.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let digits = self.take_while(|byte| byte != b'>');
        self.at += 1;
        let digits: Vec<u8> = digits
            .iter()
            .filter_map(|&byte| char::from(byte).to_digit(16))
            .map(|digit| digit as u8)
            .collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }

    /// The bytes of a picture that stands in the stream, up to `EI` between blanks.
    fn skip_picture(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_end = |at: &usize| {
            let before = at.checked_sub(1).and_then(|at| rest.get(at));
            before.is_none_or(u8::is_ascii_whitespace) && rest.get(at + 2).is_none_or(u8::is_ascii_whitespace)
        };
        let end = memchr::memmem::find_iter(rest, b"EI").find(is_end);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 2);
    }
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte)
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let byte = self.peek()?;
            match byte {
                0 | b'\t' | b'\n' | 12 | b'\r' | b' ' | b')' | b'{' | b'}' | b'>' => self.at += 1,
                b'%' => drop(self.take_while(|byte| byte != b'\n' && byte != b'\r')),
                b'(' => {
                    self.at += 1;
                    return Some(Token::Text(self.literal()));
                }
                b'<' => {
                    self.at += 1;
                    // Dictionaries state properties of marked content; only their names are of use.
                    if self.peek() == Some(b'<') {
                        self.at += 1;
                        continue;
                    }
                    return Some(Token::Text(self.hexadecimal()));
                }
                b'[' => {
                    self.at += 1;
                    return Some(Token::Begin);
                }
                b']' => {
                    self.at += 1;
                    return Some(Token::End);
                }
                b'/' => {
                    self.at += 1;
                    return Some(Token::Name(name(self.take_while(|byte| !is_delimiter(byte)))));
                }
                _ => {
                    let word = self.take_while(|byte| !is_delimiter(byte));
                    if let Some(number) = number(word) {
                        return Some(Token::Number(number));
                    }
                    if word == b"ID" {
                        self.skip_picture();
                        continue;
                    }
                    return Some(Token::Operator(word.to_vec()));
                }
            }
        }
    }
}

/// A name, `#41` resolved.
fn name(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'#').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        if let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            name.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else {
            name.push(byte);
            rest = after;
        }
    }
    name
}

fn number(word: &[u8]) -> Option<f64> {
    let first = *word.first()?;
    if !(first.is_ascii_digit() || b"+-.".contains(&first)) {
        return None;
    }
    let word = std::str::from_utf8(word).ok()?;
    // Some programs write `--5` and `1.2-3`.
    let clean = word.trim_start_matches("--");
    let end = clean.char_indices().skip(1).find(|(_, c)| *c == '-').map_or(clean.len(), |(at, _)| at);
    clean
        .get(..end)?
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map(|number| number.clamp(-1e9, 1e9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_and_operators() {
        let bytes = b"q /F#311 12.5 Tf[(a\\(b\\051\\n) -20 <4F73680>]TJ % no\n<</MCID 1>> BDC BI /W 1 ID \x00EI\xffEI\n EI Q (open";
        let tokens: Vec<Token> = Tokens::new(bytes).collect();
        let op = |name: &str| Token::Operator(name.as_bytes().to_vec());
        assert_eq!(
            tokens,
            [
                op("q"),
                Token::Name(b"F11".to_vec()),
                Token::Number(12.5),
                op("Tf"),
                Token::Begin,
                Token::Text(b"a(b)\n".to_vec()),
                Token::Number(-20.0),
                Token::Text(vec![0x4F, 0x73, 0x68, 0]),
                Token::End,
                op("TJ"),
                Token::Name(b"MCID".to_vec()),
                Token::Number(1.0),
                op("BDC"),
                op("BI"),
                Token::Name(b"W".to_vec()),
                Token::Number(1.0),
                op("Q"),
                Token::Text(b"open".to_vec()),
            ]
        );
    }
}
