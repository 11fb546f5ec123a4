"""Extra NER sentences: names exchanged in real ones, citations appended, case and quotes changed."""

import random
import re
from typing import Callable

from . import names
from .gazetteer import Gazetteer
from .labels import IGNORE
from .readers import Sentence
from .words import words_of

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
RANKS = "Gen. | Maj. Gen. | Lt. Gen. | Col. | Colonel General | Admiral | Lt. Col. | Marshal".split(" | ")
# Names that the held-out outlet check uses; never seen in training.
HELD_OUT_OUTLETS = 12

Tagged = list[tuple[str, str]]


def entity(name: str, kind: str) -> Tagged:
    """The words of a name with their tags."""
    words = [name[s:e] for s, e in words_of(name)]
    return [(w, ("B-" if i == 0 else "I-") + kind) for i, w in enumerate(words)]


def plain(text: str) -> Tagged:
    """Words outside any name."""
    return [(w, "O") for w in text.split()]


class Augmenter:
    """Builds extra sentences from a random source; the same seed gives the same sentences."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        g = gazetteer
        outlets = names.split(names.AGENCIES)
        self.held_out = random.Random(3).sample(outlets, HELD_OUT_OUTLETS)
        self.outlets = [o for o in outlets if o not in self.held_out]
        self.journals = names.split(names.JOURNALS)
        self.alliances = [tuple(a.split("|")) for a in names.split(names.ALLIANCES)]
        self.groups = names.split(names.GROUPS)
        self.ministries = names.split(names.MINISTRIES)
        self.armed = names.split(names.ARMED)
        self.heads = names.split(names.REGION_HEADS)
        self.kinds = names.split(names.REGION_KINDS)
        self.places = names.split(names.PLACES) + g.provinces[::3] + g.capitals * 2
        self.states, self.capitals, self.demonyms = g.states, g.capitals, g.demonyms
        self.regional = names.split(names.REGIONAL)
        self.parties = g.parties
        self.given = names.split(names.GIVEN) + [a for a, _ in g.leaders]
        self.family = names.split(names.FAMILY) + [b for _, b in g.leaders]
        self.persons = names.split(names.PERSONS)
        self.state_set, self.demonym_set = set(self.states) | {"U.S.", "Britain"}, set(self.demonyms)

    # names ------------------------------------------------------------------------------------

    def place(self, r: random.Random) -> Tagged:
        """A state, town or region; now and then with its kind (X Autonomous Region, X Valley)."""
        name = r.choice(r.choice([self.states, self.capitals, self.places, self.places]))
        if r.random() < 0.15 and " " not in name:
            head = r.choice(self.heads) + " " if r.random() < 0.4 else ""
            name = f"{head}{name} {r.choice(self.kinds)}"
        return entity(name, "LOC")

    def person(self, r: random.Random, words: int = 2) -> Tagged:
        """Given and family name, the family name alone, or now and then a longer name."""
        if words > 2 or (words == 2 and r.random() < 0.2):
            return entity(r.choice(self.persons), "PER")
        family = r.choice(self.family)
        return entity(family if words == 1 else f"{r.choice(self.given)} {family}", "PER")

    def unit(self, r: random.Random) -> Tagged:
        """201st Guards Tank Brigade, perhaps with its acronym in brackets."""
        n = r.randint(1, 260)
        end = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        name = r.choice(self.armed)
        short = "".join(w[0] for w in name.split())
        if r.random() < 0.15:
            return entity(f"{n}{end} {short}", "ORG")
        out = entity(f"{n}{end} {name}", "ORG")
        if r.random() < 0.25:
            out += plain("(") + entity(short, "ORG") + plain(")")
        return out

    def ministry(self, r: random.Random) -> Tagged:
        """[Tajik] Ministry of Defense, [Chinese] Defense Ministry; the adjective is MISC."""
        field = r.choice(self.ministries)
        name = f"Ministry of {field}" if r.random() < 0.5 else f"{field.split()[0]} Ministry"
        lead = entity(r.choice(self.demonyms), "MISC") if r.random() < 0.6 else []
        return lead + entity(name, "ORG")

    def alliance(self, r: random.Random) -> Tagged:
        """Long name, acronym, or long name (acronym)."""
        if r.random() < 0.25:
            name, short = r.choice(self.parties)
        else:
            name, short = r.choice(self.alliances)
        form = r.random()
        if not short or form < 0.25:
            return entity(name, "ORG")
        if form < 0.6:
            return entity(short, "ORG")
        return entity(name, "ORG") + plain("(") + entity(short, "ORG") + plain(")")

    def organisation(self, r: random.Random) -> Tagged:
        """Any of the kinds of organisation."""
        kinds: list[Callable[[random.Random], Tagged]] = [
            self.alliance, self.alliance, self.unit, self.ministry,
            lambda r: entity(r.choice(self.groups), "ORG"),
            lambda r: entity(r.choice(self.groups), "ORG"),
            lambda r: entity(r.choice(self.outlets), "ORG"),
        ]  # fmt: skip
        return r.choice(kinds)(r)

    # pieces of sentences ----------------------------------------------------------------------

    def date(self, r: random.Random) -> Tagged:
        """September 13, 13 September, 2005, or nothing but a year."""
        month, day = r.choice(MONTHS), str(r.randint(1, 31))
        forms = [f"{month} {day}"] * 5 + [f"{day} {month}", f"{month} {r.randint(1990, 2024)}"]
        forms += [f"{month} {day} , {r.randint(1990, 2024)}", f"{month[:3]} {day}", r.choice(DAYS)]
        return plain(r.choice(forms))

    def citation(self, r: random.Random, outlets: list[str] | None = None) -> Tagged:
        """( Interfax , RIA-Novosti , September 15 ; Trend , September 16 )"""
        out = plain("(")
        for i in range(r.choice([1, 1, 1, 2, 2, 3])):
            out += plain(";") if i else []
            for j in range(r.choice([1, 1, 1, 2, 3])):
                out += plain(",") if j else []
                pool = self.journals if r.random() < 0.1 else self.outlets
                out += entity(r.choice(outlets or pool), "ORG")
            out += plain(",") + self.date(r) if r.random() < 0.92 else []
        return out + plain(")")

    def bracket(self, r: random.Random) -> Tagged:
        """Brackets that hold something else than an outlet, so that a bracket alone says nothing."""
        inner: list[Callable[[], Tagged]] = [
            lambda: self.place(r) + plain(",") + self.date(r),
            lambda: self.person(r) + plain(",") + self.date(r),
            lambda: self.date(r),
            lambda: plain(r.choice(["see below", "about 12 percent", "in Russian", "emphasis added",
                                    "see Table 2", "an estimate", "then the capital", "sic"])),
            lambda: entity(r.choice(self.demonyms), "MISC"),
            lambda: self.place(r),
            lambda: plain("see") + entity(r.choice(self.journals), "ORG") + plain(",") + self.date(r),
            lambda: plain("born") + self.date(r),
        ]  # fmt: skip
        return plain("(") + r.choice(inner)() + plain(")")

    def header(self, r: random.Random) -> Tagged:
        """Publication : Terrorism Monitor Volume : 3 Issue : 12"""
        out = plain(r.choice(["Publication :", "Source :", "From :", "Publication :"]))
        out += entity(r.choice(self.journals + self.outlets), "ORG")
        if r.random() < 0.7:
            out += plain(f"Volume : {r.randint(1, 30)} Issue : {r.randint(1, 240)}")
        return out

    # whole sentences --------------------------------------------------------------------------

    def template(self, r: random.Random) -> Tagged:
        """A short news sentence around names."""
        P, L, O = self.person, self.place, self.organisation  # noqa: E741
        dem = lambda: entity(r.choice(self.demonyms * 3 + self.regional * 6), "MISC")  # noqa: E731
        capital = lambda: entity(r.choice(self.capitals), "LOC")  # noqa: E731
        country = lambda: entity(r.choice(self.states + ["US", "U.S.", "UK", "U.K."] * 6), "LOC")  # noqa: E731
        group = lambda: entity(r.choice(self.groups), "ORG")  # noqa: E731
        office = r.choice(["President", "Prime Minister", "Foreign Minister", "Defense Minister",
                           "Secretary-General", "spokesman", "Deputy Prime Minister", "Ambassador"])  # fmt: skip
        made = r.choice([
            lambda: country() + plain("'s") + self.unit(r) + plain(", based in") + L(r) + plain(", held a military exercise"),
            lambda: plain("The continued presence of the") + self.unit(r) + plain("in") + L(r) + plain("worries") + country(),
            lambda: P(r) + plain(f", {office} of the") + self.alliance(r) + plain(", arrived in") + L(r) + plain("on") + self.date(r),
            lambda: country() + plain("and") + country() + plain("signed an agreement within the") + self.alliance(r),
            lambda: plain("Members of the") + self.alliance(r) + plain("met in") + L(r),
            lambda: plain("The") + self.ministry(r) + plain("said that") + country() + plain("had not been told"),
            lambda: plain("commented the") + self.ministry(r),
            lambda: dem() + plain("troops and the") + O(r) + plain("clashed near") + L(r),
            lambda: plain(f"{office}") + P(r) + plain("met his") + dem() + plain("counterpart ,") + P(r),
            lambda: dem() + plain(office if office != "spokesman" else "officials") + P(r) + plain("told us that the talks in") + L(r) + plain("had failed"),
            lambda: country() + plain("officials told us to wait"),
            lambda: plain("They asked us whether") + country() + plain("would leave the") + self.alliance(r),
            lambda: plain("Both") + L(r) + plain("and") + L(r) + plain("put pressure on the") + O(r),
            lambda: plain("The exercises are to be held in the") + L(r) + plain(r.choice(["area", "district", "province", "region"])),
            lambda: capital() + plain(r.choice(["can", "must", "may"])) + plain("ignore complaints that it is moving closer to") + capital(),
            lambda: plain("The minister made his first visit to") + capital() + plain("on") + self.date(r),
            lambda: entity(r.choice(self.alliances)[1], "ORG") + plain("members will assist") + capital() + plain("in its efforts"),
            lambda: plain("It ensures that") + capital() + plain(r.choice(["never leaves", "remains under", "depends on"])) + plain("the influence of") + capital(),
            lambda: capital() + plain(r.choice(["denied the report", "is ready for talks", "has not replied", "wants more aid", "refused"])),
            lambda: plain("Neither") + capital() + plain("nor") + capital() + plain("trusts the") + self.alliance(r),
            lambda: dem() + plain(r.choice(["defense minister", "officers", "states", "donors", "officials", "personnel"])) + plain("came to") + capital(),
            lambda: plain("Training of") + dem() + plain("officers at schools of the") + self.ministry(r) + plain("will continue"),
            lambda: plain("Districts of central") + country() + plain("and") + L(r) + plain("will take part"),
            lambda: plain("Fighters of") + entity(r.choice(self.groups), "ORG") + plain("were arrested in") + L(r) + plain(",") + country(),
            lambda: dem() + plain("authorities want to add") + group() + plain("to the list of terrorist organizations"),
            lambda: plain("The court banned") + group() + plain("and its branches in") + country(),
            lambda: plain("alleged members of the banned") + group() + plain("were sentenced in") + L(r),
            lambda: group() + plain(r.choice(["is banned in", "is active in", "denied any role in", "has supporters in"])) + country(),
            lambda: plain(r.choice(RANKS)) + P(r) + plain(", commander of the") + self.unit(r) + plain(", told reporters in") + L(r),
            lambda: plain(r.choice(RANKS)) + P(r) + plain("and") + plain(r.choice(RANKS)) + P(r) + plain("inspected the border"),
            lambda: P(r, 1) + plain("justified the growing interest of") + country() + plain("in") + L(r),
            lambda: plain("According to") + entity(r.choice(self.outlets + self.journals), "ORG") + plain(",") + P(r) + plain("will visit") + L(r),
            lambda: entity(r.choice(self.outlets), "ORG") + plain("quoted") + P(r) + plain("of the") + O(r) + plain("as saying that") + L(r) + plain("was calm"),
            lambda: P(r, 1) + plain("told") + entity(r.choice(self.outlets), "ORG") + plain("that the") + O(r) + plain("was ready"),
            lambda: entity(r.choice(self.demonyms + ["US", "UN", "NATO"] * 9) + "-led", "MISC") + plain("forces entered") + L(r),
        ])()  # fmt: skip
        tail = r.random()
        if tail < 0.4:
            made = made + self.citation(r)
        elif tail < 0.5:
            made = made + self.bracket(r)
        return made + plain(".")

    def exchange(self, r: random.Random, sentence: Sentence) -> Sentence:
        """Names replaced by names of the same kind: states by states, demonyms by demonyms,
        people by people of as many words; some organisations and places by others."""
        out: Tagged = []
        for words, kind in mentions(sentence):
            name = " ".join(words)
            if kind == "LOC" and name in self.state_set:
                out += entity(r.choice(self.states), "LOC")
            elif kind == "LOC" and r.random() < 0.6:
                out += self.place(r)
            elif kind == "MISC" and name in self.demonym_set:
                out += entity(r.choice(self.demonyms), "MISC")
            elif kind == "PER" and len(words) <= 4 and r.random() < 0.7 and not name.isupper():
                out += self.person(r, len(words))
            elif kind == "ORG" and r.random() < 0.3:
                out += self.organisation(r)
            elif kind is None:
                out += [(words[0], "?")]
            else:
                out += entity(name, kind) if kind != "O" else [(words[0], "O")]
        return Sentence([w for w, _ in out], [None if t == "?" else t for _, t in out])

    def cite(self, r: random.Random, sentence: Sentence) -> Sentence:
        """A citation (or another bracket) before the closing full stop."""
        added = self.citation(r) if r.random() < 0.75 else self.bracket(r)
        words, tags = list(sentence.words), list(sentence.tags or [])
        words[-1:-1] = [w for w, _ in added]
        tags[-1:-1] = [t for _, t in added]
        return Sentence(words, tags)

    def epoch(self, base: list[Sentence], seed: int, share: float) -> list[Sentence]:
        """New sentences for one epoch, `share` of the size of `base`."""
        r = random.Random(seed)
        closed = [s for s in base if s.words[-1] == "."]
        out = []
        for _ in range(int(share * len(base))):
            kind = r.random()
            if kind < 0.40:
                made = self.exchange(r, r.choice(base))
            elif kind < 0.60:
                made = self.cite(r, r.choice(closed))
            elif kind < 0.95:
                pairs = self.template(r)
                made = Sentence([w for w, _ in pairs], [t for _, t in pairs])
            else:
                pairs = self.header(r)
                made = Sentence([w for w, _ in pairs], [t for _, t in pairs])
            out.append(surface(r, made))
        return out


# Shares of sentences that are seen once more in another case.
CASES: list[tuple[float, Callable[[str], str]]] = [
    (0.04, str.upper),
    (0.01, str.lower),
    (0.02, lambda w: w[:1].upper() + w[1:]),
]


def case_copies(r: random.Random, sentences: list[Sentence]) -> list[Sentence]:
    """Copies of some sentences in capitals, lower case and headline case: labels kept, except lemma scripts."""
    out = []
    for share, change in CASES:
        for s in r.sample(sentences, round(share * len(sentences))):
            classes = [[upos, IGNORE, head, relation] for upos, _, head, relation in s.classes]
            out.append(Sentence([change(w) for w in s.words], s.tags, classes=classes))
    return out


def mentions(sentence: Sentence) -> list[tuple[list[str], str | None]]:
    """Runs of words: each mention with its type, each other word alone with "O" or None (masked)."""
    out: list[tuple[list[str], str | None]] = []
    for word, tag in zip(sentence.words, sentence.tags or []):
        if tag and tag.startswith("I-") and out and out[-1][1] == tag[2:]:
            out[-1][0].append(word)
        else:
            out.append(([word], tag and (tag if tag == "O" else tag[2:])))
    return out


def surface(r: random.Random, sentence: Sentence) -> Sentence:
    """Changes that keep the words: curly quotes, U.S. as US, capitals, lower case, headline case."""
    words = list(sentence.words)
    if r.random() < 0.35:
        words = [w.replace("'", "’").replace("``", "“").replace("''", "”") for w in words]
    if r.random() < 0.5:
        words = [re.sub(r"^([A-Z])\.([A-Z])\.(?=$|-)", r"\1\2", w) for w in words]
    form = r.random()
    if form < 0.05:
        words = [w.upper() for w in words]
    elif form < 0.08:
        words = [w.lower() for w in words]
    elif form < 0.11:
        words = [w[:1].upper() + w[1:] for w in words]
    return Sentence(words, sentence.tags)
