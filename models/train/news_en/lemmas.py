"""Lemmas by edit scripts: a small class of how the end of a word changes, and a table of the commonest words that change.

A script `k|suffix` takes the lower-cased form, drops its last k characters and appends the suffix: `2|` makes `walk` of
`walked`, `3|y` makes `party` of `parties`, `0|` is the lower-cased form itself. Of a proper noun (PROPN) it takes the form in its
own case: `1|` makes `American` of `Americans`. The script `=` is the form in its own case.
The table gives the lemma of (lower-cased form, part of speech) and is looked up first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from .readers import Sentence

KEEP = "="
FORMS = 3  # a script serves at least so many forms; others are left to the table
EASY = ("0|", KEEP)
SEEN = 2  # times a form of the table is seen, if its script is rare
SURE = 0.95  # share of them that agree
TABLE_BYTES = 58_000


def _base(form: str, upos: str) -> str:
    return form if upos == "PROPN" else form.lower()


def script_of(form: str, lemma: str, upos: str) -> str:
    """The script that makes the lemma of the form."""
    lower = _base(form, upos)
    if lemma == form and (upos == "PROPN" or form != lower):
        return KEEP
    same = 0
    while same < min(len(lower), len(lemma)) and lower[same] == lemma[same]:
        same += 1
    return f"{len(lower) - same}|{lemma[same:]}"


def apply_script(script: str, form: str, upos: str) -> str:
    """The lemma; a script that leaves nothing, or drops more than there is, is not applied."""
    if script == KEEP:
        return form
    drop, suffix = script.split("|", 1)
    lower = _base(form, upos)
    if int(drop) > len(lower) or not lower[: len(lower) - int(drop)] + suffix:
        return lower
    return lower[: len(lower) - int(drop)] + suffix


def _known(sentences: Iterable[Sentence]) -> Iterable[tuple[str, str, str]]:
    for s in sentences:
        for form, upos, lemma in zip(s.words, s.upos, s.lemmas):
            if lemma is not None:
                yield form, upos, lemma


def scripts_of(sentences: Iterable[Sentence]) -> list[str]:
    """Scripts that serve FORMS forms or more, the commonest first."""
    forms: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for form, upos, lemma in _known(sentences):
        script = script_of(form, lemma, upos)
        forms[script].add(form.lower())
        counts[script] += 1
    kept = [s for s in counts if len(forms[s]) >= FORMS and not any(c.isdigit() for c in s.partition("|")[2])]
    return sorted(kept, key=lambda s: (-counts[s], s))


def exceptions_of(sentences: Iterable[Sentence], scripts: list[str]) -> dict[tuple[str, str], str]:
    """(lower-cased form, part of speech) -> lemma, the commonest forms first, as many as TABLE_BYTES hold.

    Only where the lemma is sure and is not just the form, in lower case or in its own: those two scripts are easy to tell.
    A form seen once counts if its script is one of `scripts`; else it may be a slip.
    """
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    used: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, upos, lemma in _known(sentences):
        key = (form.lower(), upos)
        lemmas[key][lemma] += 1
        used[key][script_of(form, lemma, upos)] += 1
    size, out = 0, {}
    for (form, upos), counts in sorted(lemmas.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        lemma, count = counts.most_common(1)[0]
        script = used[form, upos].most_common(1)[0][0]
        if script in EASY or count < SURE * sum(counts.values()) or (count < SEEN and script not in scripts):
            continue
        size += len(f"{form}\t{upos}\t{lemma}\n".encode())
        if size > TABLE_BYTES:
            break
        out[form, upos] = lemma
    return out


def lemma_of(form: str, upos: str, script: str, exceptions: dict[tuple[str, str], str]) -> str:
    """The table's lemma, or what the script makes."""
    return exceptions.get((form.lower(), upos)) or apply_script(script, form, upos)


def table_text(exceptions: dict[tuple[str, str], str]) -> str:
    """The lines of lemmas.tsv."""
    return "".join(f"{form}\t{upos}\t{lemma}\n" for (form, upos), lemma in sorted(exceptions.items()))


def read_table(text: str) -> dict[tuple[str, str], str]:
    """The table of lemmas.tsv."""
    rows = (line.split("\t") for line in text.splitlines())
    return {(form, upos): lemma for form, upos, lemma in rows}
