//! Follows what a page draws, and gives the characters with their places.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::content::{Token, Tokens};
use super::font::Font;
use super::open::{Page, dict};

/// Forms inside one another.
const FORMS: usize = 12;
/// States saved on one page, and operands of one operator.
const STATES: usize = 4096;
/// Characters of one page.
const GLYPHS: usize = 1_000_000;
/// Content that is followed in one file, and the longest piece of it (bytes).
const FOLLOWED: u64 = 1 << 30;
const LONGEST: u64 = 64 << 20;
/// Forms that are drawn on one page, and in one file: a form may draw others, and these others again.
const DRAWN: u64 = 10_000;
const DRAWN_IN_ALL: u64 = 200_000;

/// Text on the page, upright (`x` grows along the line, `y` upwards; units of the page): a character as it is drawn, and
/// then the characters that stand together on a line.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Base line.
    pub y: f64,
    /// Size of the font as it stands on the page.
    pub size: f64,
    /// Quarters by which its line is turned.
    pub turn: u8,
    /// Its text.
    pub text: String,
}

type Matrix = [f64; 6];

/// Draws pages of one file.
pub(super) struct Drawer<'d> {
    document: &'d Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    /// Bytes that may still be unpacked.
    budget: u64,
    followed: u64,
    /// Forms that were drawn, and how many more may be on this page.
    drawn: u64,
    may_draw: u64,
    /// Characters that no font explains.
    pub unmapped: u64,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    words: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

struct Run<'d> {
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Marks of content that are open; true for what is no part of the document, such as page numbers.
    marks: Vec<bool>,
    glyphs: Vec<Piece>,
    quarters: i64,
    /// Fonts of this page that have no number.
    inline: HashMap<*const Dictionary, Rc<Font>>,
    open: std::marker::PhantomData<&'d ()>,
}

impl<'d> Drawer<'d> {
    pub fn new(document: &'d Document, budget: u64) -> Self {
        Self { document, fonts: HashMap::new(), budget, followed: 0, drawn: 0, may_draw: 0, unmapped: 0 }
    }

    /// The characters of a page, in the order in which they are drawn.
    pub fn page(&mut self, page: &Page<'d>) -> Vec<Piece> {
        self.may_draw = DRAWN.min(DRAWN_IN_ALL.saturating_sub(self.drawn));
        let mut bytes = Vec::new();
        let contents = page.dict.get(b"Contents").and_then(|contents| self.document.dereference(contents));
        match contents {
            Ok((_, Object::Stream(stream))) => bytes = self.unpacked(stream),
            Ok((_, Object::Array(parts))) => {
                for part in parts {
                    if let Ok((_, Object::Stream(stream))) = self.document.dereference(part) {
                        bytes.extend(self.unpacked(stream));
                        bytes.push(b'\n');
                    }
                }
            }
            _ => {}
        }
        let state = State {
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            font: None,
            size: 0.0,
            between: 0.0,
            words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut run = Run {
            text: state.matrix,
            line: state.matrix,
            state,
            saved: Vec::new(),
            marks: Vec::new(),
            glyphs: Vec::new(),
            quarters: page.quarters,
            inline: HashMap::new(),
            open: std::marker::PhantomData,
        };
        self.follow(&bytes, page.resources, &mut run, 0);
        run.glyphs
    }

    fn follow(&mut self, bytes: &[u8], resources: Option<&'d Dictionary>, run: &mut Run<'d>, depth: usize) {
        self.followed += bytes.len() as u64;
        if self.followed > FOLLOWED {
            return;
        }
        let mut operands: Vec<Token> = Vec::new();
        for token in Tokens::new(bytes) {
            let Token::Operator(operator) = token else {
                if operands.len() < STATES {
                    operands.push(token);
                }
                continue;
            };
            if operator == b"Do" {
                self.form(&operands, resources, run, depth);
            } else if operator == b"Tf" {
                self.set_font(&operands, resources, run);
            } else {
                self.operate(&operator, &operands, run);
            }
            operands.clear();
            if run.glyphs.len() > GLYPHS {
                return;
            }
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Token], run: &mut Run<'d>) {
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|token| if let Token::Number(number) = token { Some(*number) } else { None })
            .collect();
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
        let six = || -> Option<Matrix> { numbers.get(..6)?.try_into().ok() };
        let state = &mut run.state;
        match operator {
            b"q" if run.saved.len() < STATES => run.saved.push(run.state.clone()),
            b"Q" => {
                if let Some(saved) = run.saved.pop() {
                    run.state = saved;
                }
            }
            b"cm" => {
                if let Some(matrix) = six() {
                    state.matrix = times(&matrix, &state.matrix);
                }
            }
            b"BT" => {
                run.text = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
                run.line = run.text;
            }
            b"Tc" => state.between = number(0),
            b"Tw" => state.words = number(0),
            b"Tz" => state.scale = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Td" => run.next_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                run.next_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = six() {
                    run.text = matrix;
                    run.line = matrix;
                }
            }
            b"T*" => run.next_line(0.0, -run.state.leading),
            b"Tj" | b"TJ" => self.show(operands, run),
            b"'" => {
                run.next_line(0.0, -run.state.leading);
                self.show(operands, run);
            }
            b"\"" => {
                (state.words, state.between) = (number(0), number(1));
                run.next_line(0.0, -run.state.leading);
                self.show(operands.get(2..).unwrap_or_default(), run);
            }
            b"BMC" | b"BDC" if run.marks.len() < STATES => {
                let artifact = matches!(operands.first(), Some(Token::Name(name)) if name == b"Artifact");
                run.marks.push(artifact);
            }
            b"EMC" => drop(run.marks.pop()),
            _ => {}
        }
    }

    /// Strings, and numbers that move the pen back (thousandths of an em).
    fn show(&mut self, operands: &[Token], run: &mut Run<'d>) {
        for operand in operands {
            match operand {
                Token::Number(back) => {
                    run.advance(-back / 1000.0 * run.state.size * run.state.scale);
                }
                Token::Text(bytes) => {
                    let Some(font) = run.state.font.clone() else { continue };
                    let artifact = run.marks.contains(&true);
                    for drawn in font.drawn(bytes) {
                        let state = &run.state;
                        let width = drawn.width * state.size * state.scale;
                        let words = if drawn.blank { state.words } else { 0.0 };
                        let step = width + (state.between + words) * state.scale;
                        match drawn.text {
                            Some(text) if !text.is_empty() && !artifact => run.glyph(text, width),
                            Some(_) => {}
                            None => self.unmapped += 1,
                        }
                        run.advance(step);
                    }
                }
                _ => {}
            }
        }
    }

    fn set_font(&mut self, operands: &[Token], resources: Option<&'d Dictionary>, run: &mut Run<'d>) {
        let [Token::Name(name), Token::Number(size), ..] = operands else { return };
        run.state.size = *size;
        let fonts = resources.and_then(|resources| dict(self.document, resources.get(b"Font").ok()));
        let Some(font) = fonts.and_then(|fonts| fonts.get(name).ok()) else {
            run.state.font = None;
            return;
        };
        let Some(own) = dict(self.document, Some(font)) else { return };
        let known = match font {
            Object::Reference(id) => self.fonts.get(id),
            _ => run.inline.get(&std::ptr::from_ref(own)),
        };
        let loaded = if let Some(known) = known {
            known.clone()
        } else {
            let document = self.document;
            let loaded = Rc::new(Font::new(document, own, |stream| match stream {
                Object::Stream(stream) => self.unpacked(stream),
                _ => Vec::new(),
            }));
            match font {
                Object::Reference(id) => drop(self.fonts.insert(*id, loaded.clone())),
                _ => drop(run.inline.insert(std::ptr::from_ref(own), loaded.clone())),
            }
            loaded
        };
        run.state.font = Some(loaded);
    }

    fn form(
        &mut self,
        operands: &[Token],
        resources: Option<&'d Dictionary>,
        run: &mut Run<'d>,
        depth: usize,
    ) {
        let Some(Token::Name(name)) = operands.first() else { return };
        let forms = resources.and_then(|resources| dict(self.document, resources.get(b"XObject").ok()));
        let form = forms
            .and_then(|forms| forms.get(name).ok())
            .and_then(|form| self.document.dereference(form).ok());
        let Some((_, Object::Stream(form))) = form else { return };
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        if !is_form || depth >= FORMS || self.may_draw == 0 {
            return;
        }
        self.may_draw -= 1;
        self.drawn += 1;
        let bytes = self.unpacked(form);
        let saved = (run.state.clone(), run.text, run.line, run.marks.len());
        let matrix = form.dict.get(b"Matrix").and_then(Object::as_array).ok();
        let matrix: Option<Vec<f64>> =
            matrix.map(|all| all.iter().filter_map(|number| number.as_float().ok()).map(f64::from).collect());
        if let Some(matrix) = matrix.and_then(|all| Matrix::try_from(all).ok()) {
            run.state.matrix = times(&matrix, &run.state.matrix);
        }
        let own = dict(self.document, form.dict.get(b"Resources").ok()).or(resources);
        self.follow(&bytes, own, run, depth + 1);
        (run.state, run.text, run.line) = (saved.0, saved.1, saved.2);
        run.marks.truncate(saved.3);
    }

    /// The bytes of a stream, as far as the budget reaches; none of a filter that holds pictures.
    fn unpacked(&mut self, stream: &Stream) -> Vec<u8> {
        let mut bytes = stream.content.clone();
        for filter in stream.filters().unwrap_or_default() {
            bytes = match filter {
                b"FlateDecode" | b"Fl" => inflated(&bytes, self.budget.min(LONGEST)),
                b"ASCII85Decode" | b"A85" => ascii85(&bytes),
                b"ASCIIHexDecode" | b"AHx" => hexadecimal(&bytes),
                b"LZWDecode" | b"LZW" if (bytes.len() as u64) < self.budget / 1400 => lzw(bytes, stream),
                _ => return Vec::new(),
            };
        }
        self.budget = self.budget.saturating_sub(bytes.len() as u64);
        bytes
    }
}

impl Run<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f64) {
        self.text = times(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.text);
    }

    fn glyph(&mut self, text: String, width: f64) {
        let whole =
            times(&[1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise], &times(&self.text, &self.state.matrix));
        let [along, rises, slants, upright, ..] = whole;
        let (x, y) = (whole[4], whole[5]);
        // Which way the line runs, after the page is turned clockwise.
        let turn = if along.abs() >= rises.abs() {
            if along >= 0.0 { 0 } else { 2 }
        } else if rises > 0.0 {
            1
        } else {
            3
        };
        let turn = (turn - self.quarters).rem_euclid(4);
        let (x, y) = turned(x, y, self.quarters);
        let (x, y) = turned(x, y, turn);
        let length = width * along.hypot(rises);
        let size = (self.state.size * slants.hypot(upright)).abs();
        let sound = [x, y, length, size].iter().all(|number| number.is_finite()) && size > 0.1;
        if sound {
            self.glyphs.push(Piece { x0: x, x1: x + length.abs(), y, size, turn: turn as u8, text });
        }
    }
}

/// A point after so many quarters clockwise.
fn turned(x: f64, y: f64, quarters: i64) -> (f64, f64) {
    match quarters {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn inflated(bytes: &[u8], limit: u64) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // What comes out before damage counts.
    let _ = ZlibDecoder::new(bytes).take(limit).read_to_end(&mut unpacked);
    if unpacked.is_empty() && bytes.len() > 2 {
        let _ =
            DeflateDecoder::new(bytes.get(2..).unwrap_or_default()).take(limit).read_to_end(&mut unpacked);
    }
    unpacked
}

fn lzw(bytes: Vec<u8>, stream: &Stream) -> Vec<u8> {
    let mut dict = dictionary! { "Filter" => "LZWDecode" };
    if let Ok(settings @ Object::Dictionary(_)) = stream.dict.get(b"DecodeParms") {
        dict.set("DecodeParms", settings.clone());
    }
    Stream::new(dict, bytes).decompressed_content().unwrap_or_default()
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> =
        digits.filter_map(|&byte| char::from(byte).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut end = |group: &[u32]| {
        let mut five = [84; 5];
        five[..group.len()].copy_from_slice(group);
        let word = five.iter().fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(*digit));
        plain.extend_from_slice(&word.to_be_bytes()[..group.len().saturating_sub(1)]);
    };
    for &byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => end(&[0; 5]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    end(&group);
                    group.clear();
                }
            }
            _ => {}
        }
    }
    if group.len() > 1 {
        end(&group);
    }
    plain
}
