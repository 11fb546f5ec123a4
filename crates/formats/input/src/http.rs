//! Answers of web servers, as web archives keep them.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::codec::{Bounded, Budget, Codec, describe, read_bounded};

/// How a body was packed on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// In chunks, each with its length before it.
    pub chunked: bool,
    /// `gzip`, `deflate`, ...; in lower case, the last applied last.
    pub codings: Vec<String>,
}

/// The header of an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Response {
    pub status: u16,
    /// In lower case.
    pub content_type: String,
    pub transfer: Transfer,
}

/// The header, and where in `head` the body begins.
pub(crate) fn response(head: &[u8]) -> Option<(Response, usize)> {
    let crlf = memchr::memmem::find(head, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = memchr::memmem::find(head, b"\n\n").map(|at| (at, at + 2));
    let (end, body) = crlf.into_iter().chain(lf).min()?;
    let text = String::from_utf8_lossy(&head[..end]);
    let mut lines = text.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
    let mut response = Response { status, ..Response::default() };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = value,
            "transfer-encoding" => response.transfer.chunked = value.contains("chunked"),
            "content-encoding" => {
                let codings = value.split(',').map(str::trim).filter(|coding| !coding.is_empty());
                response.transfer.codings = codings.filter(|c| *c != "identity").map(str::to_owned).collect();
            }
            _ => {}
        }
    }
    Some((response, body))
}

impl Transfer {
    /// The body as the server meant it. Archives often keep bodies unpacked under the header of the packed: what is
    /// not packed stays.
    pub fn undo(&self, mut body: Vec<u8>, limit: u64, ratio: u64) -> Result<Vec<u8>, String> {
        if self.chunked
            && let Some(whole) = dechunked(&body)
        {
            body = whole;
        }
        let budget = Budget::new(body.len() as u64, ratio);
        for coding in self.codings.iter().rev() {
            let packed = body.len() as u64;
            let mut unpacked: Box<dyn Read> = match (coding.as_str(), Codec::of(&body)) {
                ("gzip" | "x-gzip", Some(Codec::Gzip)) => Box::new(MultiGzDecoder::new(&body[..])),
                ("zstd", Some(codec @ Codec::Zstd)) => {
                    codec.open(&body[..], &budget).map_err(|error| describe(&error))?
                }
                ("deflate", _) if is_zlib(&body) => Box::new(ZlibDecoder::new(&body[..])),
                ("gzip" | "x-gzip" | "deflate" | "zstd", _) => continue,
                (other, _) => return Err(format!("a page packed as `{other}`, which is not read")),
            };
            let whole = read_bounded(&mut Bounded::of_member(&mut unpacked, packed, &budget), limit)?;
            drop(unpacked);
            body = whole;
        }
        Ok(body)
    }
}

/// By the checksum of the first two bytes.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 15 == 8 && (u16::from(*first) * 256 + u16::from(*second)) % 31 == 0)
}

/// A body without the lengths between its chunks; none if it is not in chunks. What was cut off is left out.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let length = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        body = &body[end + 1..];
        if length == 0 {
            return Some(whole);
        }
        let chunk = &body[..length.min(body.len())];
        whole.extend_from_slice(chunk);
        body = &body[chunk.len()..];
        body = body.strip_prefix(b"\r").unwrap_or(body);
        body = body.strip_prefix(b"\n").unwrap_or(body);
        if body.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read() {
        let head =
            b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\
                     Content-Encoding: gzip\r\n\r\nbody";
        let (response, body) = response(head).unwrap();
        assert_eq!((response.status, response.content_type.as_str()), (200, "text/html; charset=utf-8"));
        assert_eq!(response.transfer, Transfer { chunked: true, codings: vec!["gzip".to_owned()] });
        assert_eq!(&head[body..], b"body");
        assert_eq!(super::response(b"HTTP/1.1 OK\r\n\r\n"), None);
    }

    #[test]
    fn transfer_is_undone_where_it_was_done() {
        let chunked = Transfer { chunked: true, codings: vec!["gzip".to_owned()] };
        let undo = |body: &[u8]| chunked.undo(body.to_vec(), 100, 200).unwrap();
        assert_eq!(undo(b"4;x=y\r\nOsh \r\n5\r\nwaits\r\n0\r\n\r\n"), b"Osh waits");
        assert_eq!(undo(b"Osh waits"), b"Osh waits");
        assert_eq!(undo(b"ff\r\ncut off"), b"cut off");
        let other = Transfer { chunked: false, codings: vec!["br".to_owned()] };
        assert!(other.undo(b"x".to_vec(), 100, 200).unwrap_err().contains("`br`"));
    }
}
