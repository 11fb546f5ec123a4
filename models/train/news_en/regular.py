"""Regular inflections of common words, for the table of lemmas.

The script head sees wordpieces and guesses how the end of a word changes; of `excluded` it cannot know the `e`. The base
model's vocabulary lists common words: a form is taken back to the one base that the treebanks or the vocabulary know.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from .lemmas import _known
from .readers import Sentence

DOUBLES = set("bdgklmnprtv")
EXTRA = {("i", "PRON"): "I"}


def _stems(form: str, ending: str) -> Iterator[str]:
    """What may stand before a vowel ending: `planned` of `plan`, `cried` of `cry`, `timed` of `time`."""
    stem = form.removesuffix(ending)
    if len(stem) < 3 or stem == form:
        return
    if ending != "ing" and stem.endswith("i"):
        yield stem[:-1] + "y"
    doubled = stem[-1] == stem[-2] and stem[-1] in DOUBLES
    if doubled:
        yield stem[:-1]
    if not doubled or stem[-1] == "l":
        yield stem
    yield stem + "e"


def _verb(form: str) -> Iterator[str]:
    for ending in ("ed", "ing"):
        yield from _stems(form, ending)


def _noun(form: str) -> Iterator[str]:
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
        yield form[:-1]
    elif form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield form[:-2]
        yield form[:-1]


def _adjective(form: str) -> Iterator[str]:
    for ending in ("est", "er"):
        yield from _stems(form, ending)


KINDS: dict[str, Callable[[str], Iterator[str]]] = {"VERB": _verb, "NOUN": _noun, "ADJ": _adjective}


def _base(form: str, stems: Callable[[str], Iterator[str]], lemmas: Collection[str], words: Collection[str]) -> str | None:
    """The one base that the treebanks know, or else the one that is a word; adjectives come from the treebanks alone."""
    for known in (lemmas, words):
        found = [stem for stem in stems(form) if stem in known and stem != form]
        if len(set(found)) == 1:
            return found[0]
        if found:
            return None
    return None


def regular_forms(words: Iterable[str], sentences: Iterable[Sentence]) -> dict[tuple[str, str], str]:
    """(form, part of speech) -> lemma for forms among `words` and in the treebanks, where there is one answer."""
    sentences = list(sentences)
    words = {word for word in words if word.isascii() and word.isalpha() and len(word) > 2}
    lemmas: dict[str, set[str]] = {upos: set() for upos in KINDS}
    used: dict[str, dict[str, Counter[str]]] = {upos: defaultdict(Counter) for upos in KINDS}
    for form, upos, lemma in _known(sentences):
        if upos in KINDS:
            lemmas[upos].add(lemma)
            used[upos][form.lower()][lemma] += 1
    out = dict(EXTRA)
    for upos, stems in KINDS.items():
        for form in sorted(words | used[upos].keys()):
            base = _base(form, stems, lemmas[upos], () if upos == "ADJ" else words)
            # A form that the treebanks have as its own lemma stays: `breed`, `series`; so does what they mostly say.
            mostly = used[upos][form].most_common(1)
            if base and form not in lemmas[upos] and (not mostly or mostly[0][0] == base):
                out[form, upos] = base
    return out
