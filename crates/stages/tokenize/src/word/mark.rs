//! ASCII punctuation and symbols.

const FACES: [&str; 16] =
    [":-)", ":)", ";-)", ";)", ":-(", ":(", ":D", ":-D", ":P", ":-P", ":p", "=)", "<3", ":-/", ":/", ":o"];

/// Length of the mark that begins `rest`, which holds no space.
pub fn len(rest: &[u8]) -> usize {
    let first = rest[0];
    let face = FACES.iter().find(|face| {
        rest.starts_with(face.as_bytes())
            && rest.get(face.len()).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'/')
    });
    if let Some(face) = face {
        return face.len();
    }
    let run = |set: &[u8]| rest.iter().take_while(|b| set.contains(b)).count();
    match first {
        b'-' | b'=' => run(b"-="),
        b'\'' | b'`' => rest.iter().take(2).take_while(|&&b| b == first).count(),
        b'*' | b'_' | b'~' | b'+' | b'#' | b'^' | b'<' | b'>' | b'$' | b'\\' | b'/' | b'|' => run(&[first]),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_faces_are_one_mark() {
        for (text, expected) in
            [("--", 2), ("----==", 6), ("***", 3), ("((", 1), (":-)", 3), (":x", 1), ("''", 2), ("$$$", 3)]
        {
            assert_eq!(len(text.as_bytes()), expected, "{text}");
        }
    }
}
