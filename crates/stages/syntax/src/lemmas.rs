//! From a form to its dictionary form.

use std::collections::HashMap;
use std::path::Path;

use docmill_core::StageError;
use docmill_core::layers::Upos;

/// How a lemma is made of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Script {
    /// The form as it is written: `=`.
    Same,
    /// The form without its last letters, and an ending: `3|y`. In lower case, unless the word is a name.
    Ending { less: usize, more: Box<str> },
}

impl Script {
    fn parse(written: &str) -> Option<Self> {
        if written == "=" {
            return Some(Self::Same);
        }
        let (less, more) = written.split_once('|')?;
        Some(Self::Ending { less: less.parse().ok()?, more: more.into() })
    }
}

/// The lemmas of a model's words.
#[derive(Debug, Default)]
pub struct Lemmas {
    scripts: Vec<Script>,
    /// Of forms in lower case.
    exceptions: HashMap<Box<str>, Vec<(Upos, Box<str>)>>,
}

impl Lemmas {
    /// Takes the scripts as the model's config writes them, in the order of their scores.
    ///
    /// # Errors
    /// The script that is none.
    pub fn new(scripts: &[String]) -> Result<Self, String> {
        let scripts = scripts.iter().map(|script| Script::parse(script).ok_or_else(|| script.clone()));
        Ok(Self { scripts: scripts.collect::<Result<_, _>>()?, exceptions: HashMap::new() })
    }

    /// Adds the exceptions that `path` lists: form, part of speech and lemma, divided by tabs.
    pub fn read_exceptions(&mut self, path: &Path) -> Result<(), StageError> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| StageError::file(path, e.to_string(), "give a readable file in UTF-8"))?;
        for (number, line) in text.lines().enumerate() {
            let mut fields = line.split('\t');
            let row = (fields.next(), fields.next().and_then(Upos::parse), fields.next(), fields.next());
            let (Some(form), Some(upos), Some(lemma), None) = row else {
                let reason = format!("line {} is not a form, a part of speech and a lemma", number + 1);
                return Err(StageError::file(path, reason, "take the file from the model's package again"));
            };
            self.exceptions.entry(form.into()).or_default().push((upos, lemma.into()));
        }
        Ok(())
    }

    /// The lemma of `form`, for which the model chose `script`.
    pub fn lemma(&self, form: &str, upos: Upos, script: u32) -> Box<str> {
        let lower = form.to_lowercase();
        let exceptions = self.exceptions.get(lower.as_str());
        if let Some((_, lemma)) = exceptions.and_then(|all| all.iter().find(|(of, _)| *of == upos)) {
            return lemma.clone();
        }
        let Some(Script::Ending { less, more }) = self.scripts.get(script as usize) else {
            return form.into();
        };
        let base = if upos == Upos::Propn { form } else { lower.as_str() };
        let kept = match less.checked_sub(1) {
            None => Some(base),
            Some(last) => base.char_indices().rev().nth(last).and_then(|(at, _)| base.get(..at)),
        };
        match kept {
            Some(kept) if !kept.is_empty() || !more.is_empty() => format!("{kept}{more}").into(),
            // A script for longer words.
            _ => base.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(scripts: &[&str]) -> Lemmas {
        let scripts: Vec<String> = scripts.iter().map(|&script| script.to_owned()).collect();
        Lemmas::new(&scripts).unwrap()
    }

    #[test]
    fn scripts_make_lemmas() {
        let lemmas = lemmas(&["=", "0|", "3|y", "1|", "4|e"]);
        let lemma = |form, script| lemmas.lemma(form, Upos::X, script).into_string();
        assert_eq!(lemma("NATO", 0), "NATO");
        assert_eq!(lemma("The", 1), "the");
        assert_eq!(lemma("Parties", 2), "party");
        assert_eq!(lemma("\u{201c}", 3), "\u{201c}", "nothing would be left");
        assert_eq!(lemma("ab", 4), "ab", "it is too short");
        assert_eq!(lemma("ties", 4), "e");
        assert_eq!(&*lemmas.lemma("Americans", Upos::Propn, 3), "American");
        assert_eq!(lemma("Élites", 3), "élite");
        assert_eq!(lemma("İs", 3), "i\u{307}", "letters are counted, not bytes");
        assert_eq!(lemma("x", 99), "x", "no such script");
    }

    #[test]
    fn exceptions_come_first_for_their_part_of_speech() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "saw\tVERB\tsee\nsaw\tNOUN\tsaw\n").unwrap();
        let mut lemmas = lemmas(&["1|"]);
        lemmas.read_exceptions(file.path()).unwrap();
        assert_eq!(&*lemmas.lemma("Saw", Upos::Verb, 0), "see");
        assert_eq!(&*lemmas.lemma("saw", Upos::Noun, 0), "saw");
        assert_eq!(&*lemmas.lemma("saw", Upos::Adj, 0), "sa");
    }

    #[test]
    fn what_is_no_script_or_exception_is_named() {
        for script in ["", "x|y", "3", "-1|a"] {
            assert_eq!(Lemmas::new(&[script.to_owned()]).unwrap_err(), script);
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        for line in ["saw\tVBD\tsee", "saw\tVERB", "saw\tVERB\tsee\tmore", ""] {
            std::fs::write(file.path(), format!("was\tAUX\tbe\n{line}\n")).unwrap();
            let error = Lemmas::default().read_exceptions(file.path()).unwrap_err().to_string();
            assert!(error.contains("line 2 is not a form"), "{line:?}: {error}");
        }
    }
}
