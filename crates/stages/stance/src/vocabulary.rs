//! Small closed classes of English words that the rules look at.

/// Prepositions.
pub(crate) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "with"
            | "against"
            | "to"
            | "from"
            | "for"
            | "by"
            | "into"
            | "over"
            | "under"
            | "about"
            | "between"
            | "among"
            | "toward"
            | "towards"
            | "near"
            | "through"
            | "than"
            | "around"
            | "across"
            | "within"
            | "without"
            | "despite"
            | "behind"
            | "upon"
            | "onto"
            | "outside"
            | "inside"
            | "via"
            | "like"
    )
}

/// Words at which another clause begins.
pub(crate) fn is_break(word: &str) -> bool {
    matches!(
        word,
        "," | ";"
            | ":"
            | "."
            | "?"
            | "!"
            | "("
            | ")"
            | "\""
            | "“"
            | "”"
            | "--"
            | "—"
            | "–"
            | "but"
            | "while"
            | "although"
            | "though"
            | "whereas"
            | "because"
            | "after"
            | "before"
            | "when"
            | "if"
            | "unless"
            | "since"
            | "as"
            | "that"
            | "how"
            | "what"
            | "why"
            | "who"
            | "whom"
            | "whose"
            | "which"
            | "where"
            | "until"
            | "amid"
            | "whether"
            | "said"
            | "says"
    )
}

/// Auxiliaries, pronouns, conjunctions and adverbs that may follow a subject or an object.
pub(crate) fn is_function_word(word: &str) -> bool {
    is_auxiliary(word)
        || matches!(
            word,
            "be" | "been"
                | "being"
                | "not"
                | "and"
                | "or"
                | "nor"
                | "also"
                | "now"
                | "then"
                | "again"
                | "once"
                | "later"
                | "still"
                | "long"
                | "yesterday"
                | "today"
                | "already"
                | "ever"
                | "soon"
                | "both"
                | "all"
                | "too"
                | "there"
                | "here"
                | "it"
                | "he"
                | "she"
                | "they"
                | "this"
                | "last"
                | "next"
                | "so"
                | "even"
                | "itself"
                | "themselves"
                | "himself"
                | "herself"
                | "never"
                | "yet"
                | "together"
                | "alone"
                | "first"
                | "two"
                | "instead"
                | "went"
                | "came"
                | "took"
                | "plan"
                | "plans"
                | "wants"
                | "want"
                | "wanted"
                | "used"
                | "using"
                | "ahead"
                | "the"
        )
}

/// Auxiliary verbs.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "will"
            | "would"
            | "shall"
            | "should"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "cannot"
    )
}

/// Those who are against the one they are named with: `A's rivals`.
pub(crate) fn is_adversary(word: &str) -> bool {
    matches!(
        word,
        "rival"
            | "rivals"
            | "opponent"
            | "opponents"
            | "critic"
            | "critics"
            | "enemy"
            | "enemies"
            | "foe"
            | "foes"
            | "adversary"
            | "adversaries"
            | "opposition"
            | "challenger"
            | "challengers"
            | "dissident"
            | "dissidents"
    )
}

/// What belongs to a state or body and is hit in its stead: `banned Belarusian carriers`.
pub(crate) fn is_belonging(word: &str) -> bool {
    matches!(
        word,
        "carrier"
            | "carriers"
            | "truck"
            | "trucks"
            | "ship"
            | "ships"
            | "vessel"
            | "vessels"
            | "plane"
            | "planes"
            | "aircraft"
            | "jet"
            | "jets"
            | "boat"
            | "boats"
            | "tanker"
            | "tankers"
            | "company"
            | "companies"
            | "firm"
            | "firms"
            | "goods"
            | "citizen"
            | "citizens"
            | "national"
            | "nationals"
            | "trader"
            | "traders"
            | "position"
            | "positions"
            | "target"
            | "targets"
            | "base"
            | "bases"
            | "import"
            | "imports"
            | "export"
            | "exports"
            | "products"
            | "bank"
            | "banks"
            | "pilot"
            | "pilots"
            | "crew"
            | "crews"
            | "student"
            | "students"
            | "media"
            | "territory"
            | "village"
            | "villages"
            | "town"
            | "towns"
            | "coal"
            | "gas"
            | "oil"
            | "airspace"
            | "interests"
            | "economy"
            | "gendarmerie"
            | "convoy"
            | "patrol"
            | "border"
            | "borders"
            | "side"
            | "policy"
            | "plan"
            | "policies"
    )
}

/// Words of time that may open a sentence: `On Tuesday A ...`.
pub(crate) fn is_time(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "spring"
            | "summer"
            | "autumn"
            | "winter"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "day"
            | "days"
            | "today"
            | "yesterday"
            | "time"
            | "morning"
            | "night"
            | "then"
            | "now"
            | "moment"
    ) || word.ends_with(|c: char| c.is_ascii_digit())
}

/// Those who act for a state or a body: `officials of A`.
pub(crate) fn is_agentive(word: &str) -> bool {
    matches!(
        word,
        "president"
            | "minister"
            | "ministers"
            | "prime"
            | "foreign"
            | "defense"
            | "defence"
            | "interior"
            | "deputy"
            | "government"
            | "governments"
            | "official"
            | "officials"
            | "army"
            | "armies"
            | "parliament"
            | "leader"
            | "leaders"
            | "spokesman"
            | "spokeswoman"
            | "forces"
            | "troops"
            | "ministry"
            | "ambassador"
            | "envoy"
            | "court"
            | "police"
            | "authorities"
            | "leadership"
            | "chief"
            | "head"
            | "secretary"
            | "secretary-general"
            | "general"
            | "chancellor"
            | "republic"
            | "kingdom"
            | "military"
            | "navy"
            | "king"
            | "queen"
            | "prince"
            | "emir"
            | "sultan"
            | "premier"
            | "delegation"
            | "representative"
            | "representatives"
            | "members"
            | "officers"
            | "officer"
            | "diplomats"
            | "diplomat"
            | "soldiers"
            | "fighters"
            | "militants"
            | "rebels"
            | "regime"
            | "administration"
            | "commander"
            | "senator"
            | "governor"
            | "mayor"
            | "chairman"
            | "director"
            | "party"
            | "senior"
            | "former"
            | "gen."
            | "mr."
            | "mrs."
            | "ms."
            | "dr."
            | "col."
            | "sen."
            | "states"
            | "state"
    )
}

/// Verbs that leave it to their object to say what is done.
pub(crate) fn is_light_verb(word: &str) -> bool {
    const LIGHT: &[&str] = &[
        "advance",
        "announce",
        "appl",
        "approve",
        "began",
        "begin",
        "boost",
        "build",
        "built",
        "carr",
        "conduct",
        "continue",
        "declare",
        "deepen",
        "develop",
        "enhance",
        "establish",
        "exert",
        "expand",
        "express",
        "extend",
        "gave",
        "give",
        "giving",
        "had",
        "has",
        "have",
        "held",
        "hold",
        "impose",
        "imposing",
        "increas",
        "intensif",
        "launch",
        "lead",
        "led",
        "made",
        "maintain",
        "make",
        "making",
        "mount",
        "offer",
        "order",
        "plan",
        "provid",
        "promot",
        "pursu",
        "renew",
        "reiterate",
        "resum",
        "sent",
        "send",
        "show",
        "sign",
        "stage",
        "staging",
        "start",
        "step",
        "strengthen",
        "voice",
        "vow",
        "want",
        "wage",
        "waging",
        "welcome",
        "seek",
        "sought",
        "enjoy",
    ];
    LIGHT.iter().any(|stem| word.starts_with(stem))
}

/// Verbs and phrases of saying, by which something is told on somebody's word.
pub(crate) fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "say"
            | "saying"
            | "told"
            | "tells"
            | "claimed"
            | "claims"
            | "claim"
            | "claiming"
            | "reported"
            | "reports"
            | "report"
            | "reportedly"
            | "allegedly"
            | "alleged"
            | "alleges"
            | "alleging"
            | "argued"
            | "argues"
            | "believes"
            | "believe"
            | "believed"
            | "stated"
            | "states"
            | "asserted"
            | "asserts"
            | "insisted"
            | "insists"
            | "announced"
            | "announces"
            | "suggested"
            | "suggests"
            | "according"
            | "accused"
            | "accuses"
            | "accusing"
            | "warned"
            | "warns"
            | "declared"
            | "declares"
            | "noted"
            | "added"
            | "commented"
            | "apparently"
            | "supposedly"
    )
}
