//! Words that tell a source from something else.

/// In lower case. A name with one of them is a source, or speaks for one.
#[rustfmt::skip]
pub const SOURCE_WORDS: &[&str] = &[
    "agency", "agencies", "aktuell", "avisen", "blad", "blog", "bote", "broadcasting", "bulletin", "business", "center", "centre",
    "channel", "chronicle", "college", "communiqué", "correspondent", "courier", "daily", "department", "digest",
    "dispatch", "embassy", "express", "facebook", "fm", "foundation", "gazeta", "gazette", "gazzetta", "globe",
    "guardian", "haber", "herald", "independent", "info", "inform", "institute", "instagram", "journal", "kanal", "komsomolets", "kurier", "kuryer", "list",
    "live", "magazine", "mail", "media", "ministry", "mirror", "monitor", "monitoring", "morgen", "nachrichten",
    "network", "news", "newsletter", "newsline", "newspaper", "newswire", "notes", "novine", "novosti", "observer", "online", "podcast", "portal",
    "post", "pravda", "press", "presse", "publishing", "quarterly", "radio", "record", "report", "reporter", "reports", "review", "revue", "rundschau",
    "secretariat", "service", "shimbun", "standard", "star", "statement", "sun", "svoboda", "telegram", "telegraph", "television", "telex", "times", "today",
    "transcript", "tribune", "tv", "twitter", "university", "vestnik", "vesti", "wire", "weekly", "website", "world", "yearbook", "youtube", "zeitung",
];

/// In lower case. What is named with one of them at its head or end happened, was signed, or is a day; it is no source.
#[rustfmt::skip]
pub const EVENT_WORDS: &[&str] = &[
    "accord", "accords", "act", "act.", "agreement", "anniversary", "annex", "armistice", "army", "article", "assault", "attack",
    "attacks", "award", "battalion", "battle", "bill", "birthday", "bombing", "bombings", "brigade", "campaign", "ceasefire",
    "championship", "championships", "chapter", "charter", "christmas", "conference", "congress", "convention", "coup", "crash",
    "crisis", "cup", "day", "deadline", "decision", "declaration", "decree", "directive", "disaster", "division", "document", "documents",
    "doctrine", "easter", "earthquake", "edition", "eid", "election", "elections", "embargo", "epiphany", "eve", "exercise", "exercises", "expedition",
    "explosion", "fair", "festival", "figure", "final", "flight", "forum", "framework", "games", "hearing", "holiday", "incident",
    "independence", "installment", "invasion", "kurultai", "law", "massacre", "meeting", "memorandum", "mission", "murder", "navruz", "nevruz", "nowruz", "novruz", "offensive", "olympics",
    "operation", "order", "ordinance", "pact", "paragraph", "parade", "part", "phase", "plenum", "poll", "pogrom", "pogroms", "project", "protest", "protests",
    "protocol", "ramadan", "rally", "referendum", "regiment", "resolution", "revolt", "revolution", "riot", "riots", "round", "scandal", "seminar", "section", "session", "shooting",
    "siege", "sitting", "speech", "stage", "storm", "strike", "style", "summit", "symposium", "table", "talks", "term", "time", "tournament", "treaty", "trial", "uprising", "verdict", "visit",
    "vote", "war", "workshop", "year",
];

/// In lower case. A name with one of them is a person's.
#[rustfmt::skip]
pub const TITLES: &[&str] = &[
    "ambassador", "chancellor", "col", "congressman", "congresswoman", "dr", "emir", "gen", "governor", "king", "lt", "maj", "minister", "mr",
    "mrs", "ms", "patriarch", "pope", "premier", "president", "prof", "queen", "secretary", "secretary-general", "sen", "senator",
    "spokesman", "spokesperson", "spokeswoman", "sultan",
];

/// Lower-case words that names of outlets hold. Any other of [`FUNCTION_WORDS`] makes a phrase.
#[rustfmt::skip]
pub const CONNECTORS: &[&str] = &[
    "a", "al", "and", "da", "das", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "el", "et", "for", "i", "la",
    "las", "le", "les", "los", "of", "the", "und", "v", "van", "von", "y", "&",
];

/// English words that run a sentence on.
#[rustfmt::skip]
pub const FUNCTION_WORDS: &[&str] = &[
    "about", "after", "against", "among", "an", "are", "as", "at", "be", "because", "been", "before", "being", "between", "but",
    "by", "can", "could", "did", "does", "during", "effective", "except", "from", "had", "has", "have", "he", "her", "his", "if",
    "in", "into", "is", "it", "its", "just", "may", "might", "more", "must", "no", "not", "now", "on", "or", "our", "out", "over",
    "per", "she", "should", "since", "so", "than", "that", "their", "then", "there", "they", "this", "through", "till", "to",
    "under", "until", "up", "upon", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "will",
    "with", "within", "without", "would", "you", "not", "only", "also", "both", "including", "due", "aged", "born", "died",
];

/// In lower case, longest first where one begins another. What leads in an outlet.
#[rustfmt::skip]
pub const LEADS: &[&str] = &[
    "see, for example,", "see for example", "see for instance", "see, e.g.,", "see e.g.", "see also", "see", "cf.", "cf", "e.g.,", "e.g.",
    "also", "as cited by", "as cited in", "as quoted by", "as quoted in", "as reported by", "as reported in", "as carried by",
    "accessed at", "accessed via", "available at", "according to", "broadcast by", "broadcast on", "carried by", "cited by", "cited in", "citing",
    "posted on", "posted at", "published by", "published in", "published on", "quoted by", "quoted in", "quoting", "reported by", "reported in",
    "reported on", "reprinted in", "translated by", "transmitted by", "via", "sources:", "source:", "sources", "source",
];

/// In lower case. They lead in an outlet only if it is surely one: `in Kommersant`, `by Reuters`.
#[rustfmt::skip]
pub const WEAK_LEADS: &[&str] = &[
    "all", "all from", "also in", "and", "and the", "article in", "as told to", "at", "both", "by", "editorial in", "from", "in", "in the",
    "interview by", "interview in", "interview on", "interview to", "interview with", "interviewed by", "on", "op-ed in", "per",
    "report by", "report in", "the", "writing in",
];

/// In lower case. What may stand between an outlet and its date.
#[rustfmt::skip]
pub const BEFORE_DATE: &[&str] = &[
    "on", "of", "dated", "accessed", "accessed on", "retrieved", "retrieved on", "posted", "posted on", "published", "published on", "for",
    "issue of", "issue for", "edition of", "print edition",
];

/// In lower case. Remarks that say nothing of the source.
#[rustfmt::skip]
pub const ASIDES: &[&str] = &[
    "author’s translation", "author's translation", "by subscription", "cited above", "emphasis added", "english edition", "in arabic", "in chinese",
    "in english", "in farsi", "in french", "in german", "in persian", "in russian", "in spanish", "in turkish", "in ukrainian", "online edition",
    "print edition", "same date", "same day", "see above", "see below", "subscription required", "translated", "video", "web edition",
];

/// In lower case. The source named before.
pub const IBIDEM: &[&str] =
    &["ibid", "ibid.", "ibidem", "idem", "op. cit.", "op cit", "op. cit", "op.cit.", "loc. cit."];

/// Whether `words`, sorted or not, holds `word` in lower case.
pub fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
