//! Which mentions of persons are of one person.
//!
//! First the names of two words and more: a name joins a longer one that it is part of (`Islam Karimov`, `Islam
//! Abduganiyevich Karimov`; `V. Putin`, `Vladimir Putin`). Then single words: a surname, else another word of the name.
//! Where two persons fit, the title decides if only one of them bears it; else the mention is left alone.

use rustc_hash::FxHashMap;

use crate::person::PersonName;
use crate::unique::{Found, Unique};

/// A mention of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PersonMention<'n> {
    pub name: &'n PersonName,
    /// The title in or before the mention.
    pub title: Option<&'static str>,
}

/// Longer names are known by their whole and by first and last word only.
const MAX_WORDS: usize = 8;

/// For each mention the number of its person, or `None` where it cannot be told.
pub(crate) fn group(mentions: &[PersonMention<'_>]) -> Vec<Option<u32>> {
    let mut people = People::new();
    // Longest names first, then text order.
    let mut full: Vec<usize> = (0..mentions.len()).filter(|&i| mentions[i].name.words.len() > 1).collect();
    full.sort_by_key(|&i| std::cmp::Reverse(mentions[i].name.fullness()));
    let mut found = vec![None; mentions.len()];
    for &i in &full {
        found[i] = Some(people.full_name(mentions[i].name));
    }
    for i in full {
        if let (Some(person), Some(title)) = (found[i], mentions[i].title) {
            people.titled.insert(titled(title, mentions[i].name.surname()), person);
            // `President Mobutu` of `President Mobutu Sese Seko`.
            for other in &mentions[i].name.others {
                people.titled.insert(titled(title, other), person);
            }
        }
    }
    for (i, mention) in mentions.iter().enumerate() {
        if let [word] = &mention.name.words[..] {
            found[i] = people.single_word(word, mention.title);
        }
    }
    found
}

fn titled(title: &str, surname: &str) -> String {
    format!("{title} {surname}")
}

struct People {
    count: u32,
    whole: FxHashMap<String, u32>,
    /// Parts of names, of at least two words.
    parts: Unique<String>,
    surnames: Unique<String>,
    others: Unique<String>,
    titled: Unique<String>,
    alone: FxHashMap<String, u32>,
}

impl People {
    fn new() -> Self {
        Self {
            count: 0,
            whole: FxHashMap::default(),
            parts: Unique::new(),
            surnames: Unique::new(),
            others: Unique::new(),
            titled: Unique::new(),
            alone: FxHashMap::default(),
        }
    }

    fn full_name(&mut self, name: &PersonName) -> u32 {
        let whole = name.words.join(" ");
        if let Some(&known) = self.whole.get(&whole) {
            return known;
        }
        let part = if name.has_initials_only() {
            [name.words.first().map_or("", String::as_str), name.surname()].join(" ")
        } else {
            whole.clone()
        };
        let person = match self.parts.get(&part) {
            Found::One(person) => person,
            Found::None | Found::Many => self.next(),
        };
        self.whole.insert(whole, person);
        self.register(&name.words, person);
        self.surnames.insert(name.surname().to_owned(), person);
        for other in &name.others {
            self.others.insert(other.clone(), person);
        }
        person
    }

    fn register(&mut self, words: &[String], person: u32) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let initial = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
        self.parts.insert(format!("{first} {last}"), person);
        self.parts.insert(format!("{} {last}", initial(first)), person);
        if words.len() <= MAX_WORDS {
            for cut in 1..words.len() - 1 {
                self.parts.insert(words[..=cut].join(" "), person);
                self.parts.insert(words[cut..].join(" "), person);
            }
            if let [first, middle, last] = words {
                self.parts.insert(format!("{first} {} {last}", initial(middle)), person);
            }
        }
    }

    fn single_word(&mut self, word: &str, title: Option<&str>) -> Option<u32> {
        let found = match self.surnames.get(word) {
            Found::None => self.others.get(word),
            found => found,
        };
        if let Some(Found::One(person)) = title.map(|title| self.titled.get(&titled(title, word))) {
            return Some(person);
        }
        match found {
            Found::One(person) => Some(person),
            Found::Many => None,
            Found::None => {
                if let Some(&known) = self.alone.get(word) {
                    return Some(known);
                }
                let person = self.next();
                self.alone.insert(word.to_owned(), person);
                Some(person)
            }
        }
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mentions by person: equal letters, one person; `-`, none.
    fn grouped(names: &[&str]) -> String {
        let names: Vec<PersonName> = names.iter().map(|name| PersonName::read(name, true).unwrap()).collect();
        let mention = |name| PersonMention { name, title: name.title };
        let found = group(&names.iter().map(mention).collect::<Vec<_>>());
        let mut order = Vec::new();
        let mut letter = |person: u32| {
            let at = order.iter().position(|&p| p == person).unwrap_or_else(|| {
                order.push(person);
                order.len() - 1
            });
            char::from(b'a' + at as u8)
        };
        found.into_iter().map(|person| person.map_or('-', &mut letter)).collect()
    }

    #[test]
    fn surnames_follow_full_names_in_either_order() {
        assert_eq!(grouped(&["Cao Gangchuan", "Cao", "Viktor Sluchenko", "Sluchenko", "Blair"]), "aabbc");
        assert_eq!(grouped(&["Karimov", "Islam Karimov"]), "aa");
        assert_eq!(grouped(&["Nguyễn Văn Hùng", "Hùng", "Nguyen"]), "aaa");
        assert_eq!(grouped(&["Rodrigo Bautista-Lim", "Bautista"]), "aa");
        assert_eq!(grouped(&["Rafael Ignacio Valdivieso Ochoa", "Valdivieso", "Valdivieso Ochoa"]), "aaa");
        assert_eq!(grouped(&["Saddam Hussein", "Saddam"]), "aa");
    }

    #[test]
    fn patronymics_initials_and_spellings_join() {
        assert_eq!(grouped(&["Islam Abduganiyevich Karimov", "Islam Karimov", "I. Karimov"]), "aaa");
        assert_eq!(grouped(&["V. Putin", "Vladimir Putin", "V.V. Putin", "Vladimir V. Putin"]), "aaaa");
        assert_eq!(grouped(&["Emomali Rakhmonov", "Emomali Rahmonov", "Rahmonov"]), "aaa");
        assert_eq!(grouped(&["Kim Jong-un", "Kim Jong Un"]), "aa");
        assert_eq!(grouped(&["Mohammed bin Salman Al Saud", "Mohammed bin Salman", "bin Salman"]), "aaa");
    }

    #[test]
    fn where_two_fit_nobody_is_meant() {
        assert_eq!(grouped(&["Islam Karimov", "Jamshid Karimov", "Karimov", "I. Karimov"]), "ab-a");
        assert_eq!(grouped(&["Kim Jong Un", "Kim Yo Jong", "Kim"]), "ab-");
        assert_eq!(grouped(&["George W. Bush", "George H. W. Bush", "George Bush", "Bush"]), "abc-");
    }

    #[test]
    fn a_title_that_one_of_two_bears_decides() {
        let names = ["President Islam Karimov", "Jamshid Karimov", "President Karimov", "Karimov"];
        assert_eq!(grouped(&names), "aba-");
        let names = ["President Islam Karimov", "President Jamshid Karimov", "President Karimov"];
        assert_eq!(grouped(&names), "ab-");
    }
}
