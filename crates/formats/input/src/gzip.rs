//! gzip, member after member, with the zeros that tapes and block devices put behind it.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Reads all members of a gzip stream; zeros behind one are padding, as gzip itself has it.
pub(crate) struct Members<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub fn new(input: R) -> Self {
        Self { member: Some(GzDecoder::new(input)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(mut member) = self.member.take() {
            let read = member.read(buffer);
            if !matches!(read, Ok(0)) || buffer.is_empty() {
                self.member = Some(member);
                return read;
            }
            let mut input = member.into_inner();
            if after_padding(&mut input)? {
                self.member = Some(GzDecoder::new(input));
            }
        }
        Ok(0)
    }
}

/// Skips zeros; whether anything follows.
fn after_padding(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let rest = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            rest => rest?,
        };
        if rest.is_empty() {
            return Ok(false);
        }
        let zeros = rest.iter().position(|&byte| byte != 0);
        let skipped = zeros.unwrap_or(rest.len());
        input.consume(skipped);
        if zeros.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Write};

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Members::new(BufReader::with_capacity(7, bytes)).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn padding_is_skipped_and_members_are_joined() {
        let zeros = vec![0; 512];
        assert_eq!(read(&[packed("Osh "), packed("waits.")].concat()).unwrap(), "Osh waits.");
        assert_eq!(read(&[packed("Osh"), zeros.clone()].concat()).unwrap(), "Osh");
        assert_eq!(read(&[packed("Osh "), zeros, packed("waits.")].concat()).unwrap(), "Osh waits.");
        assert!(read(&[packed("Osh"), b"garbage".to_vec()].concat()).is_err());
        assert!(read(&packed("Osh waits.")[..12]).is_err());
    }
}
