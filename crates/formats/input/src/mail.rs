//! Mail messages, alone and in mailboxes.

pub(crate) mod headers;

use std::borrow::Cow;
use std::io::{BufReader, Read};

use docmill_core::{ExtraField, Meta, Source};
use encoding_rs::Encoding;
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::channel::Disconnected;
use crate::codec::{describe, too_long};
use crate::container::{Container, Reader, Stream};
use crate::item::record;
use crate::lines::{Line, Lines, trim_end};
use crate::{html, quoted_printable};

/// A mailbox (mbox).
pub(crate) struct Mailbox;

impl Container for Mailbox {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        reader.mailbox(stream.place, stream.input, stream.depth)
    }
}

impl Reader<'_> {
    /// Each message becomes an item; its number is the record's. A message begins with a line `From WHOM WHEN`, or
    /// with `From` alone after an empty line or at the start.
    fn mailbox(&mut self, place: &Source, input: &mut dyn Read, depth: u32) -> Result<(), Disconnected> {
        let limit = self.settings.settings.max_bytes;
        let mut lines = Lines::new(BufReader::with_capacity(1 << 16, input), limit);
        let mut message: Vec<u8> = Vec::new();
        let (mut number, mut too_much, mut after_empty) = (0, false, true);
        loop {
            let line = match lines.next() {
                Ok(line) => line,
                Err(error) => {
                    // The message is not whole.
                    return self.fault(record(place, number.max(1)), describe(&error));
                }
            };
            let begins = matches!(&line, Some(Line::Whole(line))
                if after_empty && (is_separator(line) || line.trim_ascii() == b"From")
                    || is_dated_separator(line));
            if begins || line.is_none() {
                let before = std::mem::take(&mut message);
                if too_much {
                    self.fault(record(place, number), too_long(limit))?;
                } else if number > 0 {
                    self.letter(&record(place, number), before, true, depth)?;
                } else if !before.trim_ascii().is_empty() {
                    let reason = "not a mailbox: it does not begin with a line `From ...`";
                    return self.fault(place.clone(), reason);
                }
                too_much = false;
                number += 1;
            }
            match line {
                None => return Ok(()),
                Some(Line::TooLong) => too_much = true,
                Some(Line::Whole(line)) => {
                    after_empty = trim_end(&line).is_empty();
                    if !begins {
                        too_much |= (message.len() + line.len()) as u64 > limit;
                        if too_much {
                            message = Vec::new();
                        } else {
                            message.extend_from_slice(&line);
                        }
                    }
                }
            }
        }
    }
}

/// `From WHOM Tue Sep 20 08:00:00 2005`: not every mailbox marks other lines that begin so, but none has a time.
fn is_separator(line: &[u8]) -> bool {
    let is_time = |w: &[u8]| w[2] == b':' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit);
    line.starts_with(b"From ") && line.len() < 1000 && line.windows(5).any(is_time)
}

/// A separator that no sentence is, whatever stands before it: it ends in the weekday, month, day, time and year.
fn is_dated_separator(line: &[u8]) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(rest) = line.strip_prefix(b"From ").filter(|_| is_separator(line)) else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let words: Vec<&str> = rest.split_whitespace().take(12).collect();
    let number =
        |word: &str, most: usize| word.len() <= most && word.bytes().all(|byte| byte.is_ascii_digit());
    words.windows(5).any(|words| {
        let [weekday, month, day, time, year] = words else { return false };
        DAYS.contains(weekday)
            && month.len() == 3
            && number(day, 2)
            && time.contains(':')
            && (number(year, 4) || words.len() == 5 && year.len() <= 5)
    })
}

/// Whether an attachment is a mailbox by its type or name.
pub(crate) fn is_mailbox(part: &MessagePart<'_>) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype());
    let named = part.attachment_name().and_then(|name| name.rsplit_once('.'));
    subtype.is_some_and(|subtype| subtype.eq_ignore_ascii_case("mbox"))
        || named.is_some_and(|(_, end)| ["mbox", "mbx"].iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// The messages of a mailbox that lies in memory.
pub(crate) fn letters(mailbox: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let (mut at, mut after_empty) = (0, true);
    for line in mailbox.split_inclusive(|&byte| byte == b'\n') {
        if after_empty && (is_separator(line) || line.trim_ascii() == b"From") || is_dated_separator(line) {
            starts.push((at, at + line.len()));
        }
        after_empty = trim_end(line).is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(separator, _)| *separator).chain([mailbox.len()]);
    let letters = starts.iter().zip(ends).filter_map(|((_, start), end)| mailbox.get(*start..end));
    letters.filter(|letter| !letter.trim_ascii().is_empty()).collect()
}

/// The message as it was before it was put into a mailbox, where lines that begin with `From ` got a `>`.
pub(crate) fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let quoted = marks > 0 && line[marks..].starts_with(b"From ");
        plain.extend_from_slice(if quoted { &line[1..] } else { line });
    }
    plain
}

/// Text and bibliographic facts of a message. What is attached is named; texts and messages among it are read, too.
pub(crate) fn message(bytes: &[u8], source: &mut Source) -> Result<(Meta, String), String> {
    parsed(bytes, source, true)
}

/// The same without the messages inside it.
pub(crate) fn outer_message(bytes: &[u8], source: &mut Source) -> Result<(Meta, String), String> {
    parsed(bytes, source, false)
}

fn parsed(bytes: &[u8], source: &mut Source, inner: bool) -> Result<(Meta, String), String> {
    let bounded = headers::bounded(bytes);
    let plain = without_encoded_messages(&bounded);
    let message = MessageParser::default().parse(&plain[..]).ok_or("not a mail message: it has no header")?;
    let facts = facts(&message, source, inner);
    dismantle(message);
    facts
}

/// Messages lie inside one another; to drop them one by one takes no recursion, which would overflow the stack.
pub(crate) fn dismantle(message: Message<'_>) {
    let mut open = vec![message];
    while let Some(mut message) = open.pop() {
        let inner = message.parts.drain(..).filter_map(|part| match part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        });
        open.extend(inner);
    }
}

/// The message, in which messages in base64 or quoted-printable are attachments like others. MIME forbids them, and
/// the parser copies messages inside them by recursion.
pub(crate) fn without_encoded_messages(bytes: &[u8]) -> Cow<'_, [u8]> {
    let lower = bytes.to_ascii_lowercase();
    let has = |block: &[u8], word: &[u8]| memchr::memmem::find(block, word).is_some();
    let digest = has(&lower, b"multipart/digest");
    if !digest && !has(&lower, b"message") {
        return Cow::Borrowed(bytes);
    }
    // Headers end with an empty line.
    let encoded = |block: &[u8]| {
        has(block, b"content-transfer-encoding")
            && (has(block, b"base64") || has(block, b"quoted-printable"))
            && (has(block, b"message/") || digest && !has(block, b"content-type"))
    };
    let mut plain: Vec<u8> = Vec::new();
    let (mut copied, mut block, mut line) = (0, 0, 0);
    for end in memchr::memchr_iter(b'\n', &lower).chain([lower.len()]) {
        if trim_end(&lower[line..end]).is_empty() || end == lower.len() {
            if encoded(&lower[block..end]) {
                plain.extend_from_slice(&bytes[copied..block]);
                plain.extend_from_slice(&relabelled(&bytes[block..end], &lower[block..end]));
                copied = end;
            }
            block = end;
        }
        line = (end + 1).min(lower.len());
    }
    if copied == 0 {
        return Cow::Borrowed(bytes);
    }
    plain.extend_from_slice(&bytes[copied..]);
    Cow::Owned(plain)
}

/// A header that no longer says that a message follows: `message/` is `x-letter/` in it.
fn relabelled(block: &[u8], lower: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(block.len() + 64);
    let mut copied = 0;
    for at in memchr::memmem::find_iter(lower, b"message/") {
        plain.extend_from_slice(&block[copied..at]);
        plain.extend_from_slice(b"x-letter/");
        copied = at + b"message/".len();
    }
    plain.extend_from_slice(&block[copied..]);
    if copied == 0 {
        // In a digest, a part is a message if it does not say what it is.
        plain.splice(0..0, b"\nContent-Type: application/octet-stream".iter().copied());
    }
    plain
}

fn facts(message: &Message<'_>, source: &mut Source, inner: bool) -> Result<(Meta, String), String> {
    if message.headers().is_empty() {
        return Err("not a mail message: it has no header".to_owned());
    }
    let mut texts: Vec<String> = Vec::new();
    let mut parts: Vec<_> = message.text_body.iter().filter_map(|&part| message.part(part)).collect();
    if parts.is_empty() {
        // What was cut off has no bodies, but it may have parts.
        parts = message.parts.iter().collect();
    }
    for part in parts {
        match &part.body {
            PartType::Text(text) => texts.push(plain(message, part, text)),
            PartType::Html(page) => texts.push(html::text(page)?),
            _ => continue,
        }
        let stated = part.content_type().and_then(|kind| kind.attribute("charset"));
        let encoding = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
        source.encoding = source.encoding.take().or(encoding.map(|encoding| encoding.name().to_owned()));
    }
    attached(message, &mut texts, inner);
    let text = texts.join("\n\n");
    if text.trim().is_empty() {
        return Err("a mail message without text".to_owned());
    }
    source.replaced = text.matches('\u{FFFD}').count() as u64;
    let mut meta = Meta {
        title: message.subject().map(str::to_owned),
        date: message
            .date()
            .filter(|date| date.is_valid())
            .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        author: message.from().and_then(first),
        ..Meta::default()
    };
    let mut extra = |key: &str, value: Option<String>| {
        meta.extra.extend(value.map(|value| ExtraField { key: key.to_owned(), value }));
    };
    extra("to", message.to().and_then(first));
    extra("message_id", message.message_id().map(str::to_owned));
    for attachment in message.attachments() {
        extra("attachment", attachment.attachment_name().map(str::to_owned));
    }
    Ok((meta, text))
}

/// The text of a part, without the blanks at its end.
fn plain(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let mended = quoted_printable::text(message, part);
    mended.as_deref().unwrap_or(text).trim_end().to_owned()
}

/// Texts and messages inside others that may be read in one message.
const ATTACHED: usize = 10_000;

/// Adds the texts that are attached, and what messages inside the message say, each under its subject.
fn attached(message: &Message<'_>, texts: &mut Vec<String>, inner: bool) {
    let mut open = vec![(message, true)];
    let mut read = 0;
    while let Some((message, outer)) = open.pop() {
        read += 1;
        if read > ATTACHED {
            return;
        }
        if !outer {
            texts.extend(message.subject().map(str::to_owned));
            for part in message.text_body.iter().filter_map(|&part| message.part(part)) {
                match &part.body {
                    PartType::Text(text) => texts.push(plain(message, part, text)),
                    PartType::Html(page) => texts.extend(html::text(page)),
                    _ => {}
                }
            }
        }
        let mut below = Vec::new();
        for part in message.attachments() {
            match &part.body {
                PartType::Message(message) if inner => below.push((message, false)),
                PartType::Text(text) if is_plain(part) => texts.push(text.trim_end().to_owned()),
                _ => {}
            }
        }
        open.extend(below.into_iter().rev());
    }
}

/// Whether an attachment is prose: no calendar, no table, no program.
pub(crate) fn is_plain(part: &MessagePart<'_>) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype());
    let named = part.attachment_name().and_then(|name| name.rsplit_once('.'));
    let prose = |end: &str| ["txt", "text", "md"].iter().any(|known| end.eq_ignore_ascii_case(known));
    subtype.is_none_or(|subtype| subtype.eq_ignore_ascii_case("plain"))
        && named.is_none_or(|(_, end)| prose(end))
}

fn first(address: &Address<'_>) -> Option<String> {
    let first = address.first()?;
    match (&first.name, &first.address) {
        (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
        (name, address) => name.as_ref().or(address.as_ref()).map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mail: &str) -> Result<(Meta, String), String> {
        message(mail.as_bytes(), &mut Source::default())
    }

    #[test]
    fn a_message_gives_text_and_facts() {
        let mail = "From: =?utf-8?q?Aziz_Nabiyev?= <aziz@desk.example>\r\nTo: all@desk.example\r\n\
                    Subject: =?windows-1251?b?zvg=?= today\r\nDate: Tue, 20 Sep 2005 23:30:00 +0500\r\n\
                    Message-ID: <1@desk.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
                    --b\r\nContent-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\nzvgu\r\n\
                    --b\r\nContent-Type: application/pdf; name=map.pdf\r\nContent-Disposition: attachment; filename=map.pdf\r\n\r\nxx\r\n--b--\r\n";
        let mut source = Source::default();
        let (meta, text) = message(mail.as_bytes(), &mut source).unwrap();
        assert_eq!(text, "Ош.");
        assert_eq!(source.encoding.as_deref(), Some("windows-1251"));
        assert_eq!(meta.title.as_deref(), Some("Ош today"));
        assert_eq!(meta.date.as_deref(), Some("2005-09-20"));
        assert_eq!(meta.author.as_deref(), Some("Aziz Nabiyev <aziz@desk.example>"));
        let extra: Vec<_> = meta.extra.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
        let expected =
            [("to", "all@desk.example"), ("message_id", "1@desk.example"), ("attachment", "map.pdf")];
        assert_eq!(extra, expected);
    }

    #[test]
    fn html_alone_becomes_text() {
        let mail = "Subject: x\n\
                    Content-Type: text/html; charset=utf-8\n\n<p>A <b>bold</b> move.<script>no()</script><p>Next.</p>";
        assert_eq!(read(mail).unwrap().1, "A bold move.\n\nNext.");
    }

    #[test]
    fn what_is_no_message_is_told() {
        assert!(read("Subject: x\n\n \n").unwrap_err().contains("without text"));
        assert!(read("").unwrap_err().contains("no header"));
    }

    #[test]
    fn quoted_from_lines_come_back() {
        assert_eq!(
            unquoted(b">From here\n>>From\n> From\n>>From there"),
            b"From here\n>>From\n> From\n>From there"
        );
    }
}
