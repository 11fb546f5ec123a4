"""Readers of the corpora: each gives sentences of words with their annotations."""

import hashlib
import json
import lzma
import random
import re
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

from .labels import coarse_tag
from .words import sentences_of, words_of

Span = tuple[int, int]  # words, end exclusive


@dataclass
class Sentence:
    """A sentence of words; any of the annotations may be there.

    `tags`: coarse BIO tags, None = not in the loss. `targets`: (span, class).
    `pairs`: (span of p, span of q, class). `text` and the character spans serve the gold files.
    `upos`, `lemmas` (None = unknown), `heads` (from 1, 0 the root), `deprels`: syntax, and `classes`
    their numbers (see syntax.py). `origin`: site of a news article, or id of a sentence.
    """

    words: list[str]
    tags: list[str | None] | None = None
    targets: list[tuple[Span, int]] = field(default_factory=list)
    pairs: list[tuple[Span, Span, int]] = field(default_factory=list)
    text: str = ""
    chars: list[tuple] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    lemmas: list[str | None] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    classes: list[list[int]] = field(default_factory=list)
    origin: str = ""


def _columns(path: Path, word: int, tag: int) -> Iterator[tuple[list[str], list[str]]]:
    """Sentences of a column file; a blank line ends one."""
    words: list[str] = []
    tags: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if line.startswith("# ") and not words:
            continue
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif len(cells) > max(word, tag):
            words.append(cells[word])
            tags.append(cells[tag])


def _to_bio(tags: list[str]) -> list[str]:
    """IOB1 (I- at the start of an entity) to BIO."""
    out: list[str] = []
    for before, tag in zip(["O"] + tags, tags):
        starts = tag.startswith("I-") and (before == "O" or before[2:] != tag[2:])
        out.append("B-" + tag[2:] if starts else tag)
    return out


def read_crossner(data: Path, domain: str, part: str) -> list[Sentence]:
    """A CrossNER file (conll2003, politics, ai, literature, music, science) in coarse types."""
    path = data / "ner" / "crossner" / domain / f"{part}.txt"
    return [Sentence(w, [coarse_tag(t) for t in tags]) for w, tags in _columns(path, 0, 1)]


def read_wikigold(data: Path) -> list[Sentence]:
    """Wikigold; its tags are I- only."""
    path = data / "ner" / "wikigold" / "wikigold.conll.txt"
    return [Sentence(w, [coarse_tag(t) for t in _to_bio(tags)]) for w, tags in _columns(path, 0, 1)]


def read_uner_dev(data: Path) -> list[Sentence]:
    """Universal NER, English Web Treebank, dev part."""
    path = data / "ner" / "uner_ewt" / "en_ewt-ud-dev.iob2"
    return [Sentence(w, [coarse_tag(t) for t in tags]) for w, tags in _columns(path, 1, 2)]


def read_worldwide(data: Path, part: str) -> list[Sentence]:
    """English Worldwide Newswire; `origin` is the site of the article. Lines of DOCSTART and of addresses are left out."""
    path = data / "ner" / "worldwide" / f"worldwide-{part}.conll"
    sentences, site, opened = [], "", False
    for words, tags in _columns(path, 0, 1):
        if words == ["-DOCSTART-"]:
            site, opened = "", True
            continue
        if opened and len(words) == 1 and words[0].startswith("http"):
            site = words[0].split("/")[2].removeprefix("www.")
            continue
        opened = False
        sentences.append(Sentence(words, [coarse_tag(t) for t in tags], origin=site))
    return sentences


def _conllu(text: str) -> Iterator[list[list[str]]]:
    """Rows of the syntactic words of each sentence: no ranges of contracted words, no empty nodes."""
    rows: list[list[str]] = []
    for line in text.splitlines() + [""]:
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)


def parse_conllu(text: str) -> list[Sentence]:
    """Universal Dependencies in CoNLL-U; a lemma `_` is unknown unless the word is one."""
    return [
        Sentence(
            [r[1] for r in rows],
            upos=[r[3] for r in rows],
            lemmas=[None if r[2] == "_" != r[1] else r[2] for r in rows],
            heads=[int(r[6]) for r in rows],
            deprels=[r[7] for r in rows],
        )
        for rows in _conllu(text)
    ]


def read_syntax(data: Path, part: str) -> list[Sentence]:
    """ewt-train, gum-train, gum-dev; ewt-dev lies with the segmentation gold."""
    if part == "ewt-dev":
        return parse_conllu((data / "segmentation" / "en_ewt-ud-dev.conllu").read_text(encoding="utf-8"))
    with lzma.open(data / "syntax" / f"{part}.conllu.xz", "rt", encoding="utf-8") as file:
        return parse_conllu(file.read())


def _word_span(spans: list[Span], start: int, end: int) -> Span | None:
    """The words that overlap the characters start..end."""
    hit = [i for i, (s, e) in enumerate(spans) if s < end and e > start]
    return (hit[0], hit[-1] + 1) if hit else None


def read_sentiment(data: Path, dev: bool) -> list[Sentence]:
    """NewsMTSC train; a tenth of the articles (by hash of the article id) is the dev part."""
    sentences = []
    path = data / "sentiment" / "train.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = "_".join(row["primary_gid"].split("_")[:3])
        if (int(hashlib.sha256(article.encode()).hexdigest(), 16) % 10 == 0) != dev:
            continue
        text = row["sentence_normalized"]
        spans = words_of(text)
        sentence = Sentence([text[s:e] for s, e in spans], text=text)
        for target in row["targets"]:
            label = {2.0: 0, 4.0: 1, 6.0: 2}[target["polarity"]]
            span = _word_span(spans, target["from"], target["to"])
            if span:
                sentence.targets.append((span, label))
                sentence.chars.append((target["from"], target["to"], label))
        if sentence.targets:
            sentences.append(sentence)
    return sentences


_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def _stance_row(line: str) -> tuple[str, Span, Span, int] | None:
    """Text without the brackets, characters of p and q, class."""
    marked, p, q, label = line.split("\t")
    found = list(_BRACKETS.finditer(marked))
    if len(found) != 2:
        return None
    spans = [(m.start() + 1 - (2 * i + 1), m.end() - 1 - (2 * i + 1)) for i, m in enumerate(found)]
    return _BRACKETS.sub(r"\1", marked), spans[0], spans[1], int(label)


def read_stance(data: Path, part: str) -> list[Sentence]:
    """Directed sentiment. `valid` keeps the rows whose sentence is not in train."""
    rows = {
        name: [
            row
            for line in (data / "stance" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
            if line.strip() and (row := _stance_row(line))
        ]
        for name in ("train", part)
    }
    seen = {text.strip() for text, *_ in rows["train"]} if part != "train" else set()
    merged: dict[str, Sentence] = {}
    for text, p, q, label in rows[part]:
        if text.strip() in seen:
            continue
        spans = words_of(text)
        sentence = merged.setdefault(text, Sentence([text[s:e] for s, e in spans], text=text))
        ps, qs = _word_span(spans, *p), _word_span(spans, *q)
        if ps and qs:
            sentence.pairs.append((ps, qs, label))
            sentence.chars.append((*p, *q, label))
    return [s for s in merged.values() if s.pairs]


PAIR_CLASS = {"favor": (1, 2), "against": (3, 4)}  # by direction: the first of the two mentions holds it, or the second


def pairs_sentence(row: dict, stances: list[list[str]]) -> Sentence | None:
    """A sentence of pairs/ with every two of its mentions as a pair, in order of the text, and its mentions as targets.

    Rows flagged `n` (said not to be) are no stance. Where a pair has stances in both directions the first row counts.
    A target of favour is positive, one of opposition negative, one of both left out, every other mention neutral.
    """
    text = row["text"]
    words = words_of(text)
    spans = [_word_span(words, m["start"], m["end"]) for m in row["mentions"]]
    found: dict[tuple[int, int], int] = {}
    liked: dict[int, set[int]] = {}
    for _, holder, target, polarity, flags in stances:
        if "n" in flags:
            continue
        h, t = int(holder) - 1, int(target) - 1
        key = (min(h, t), max(h, t))
        found.setdefault(key, PAIR_CLASS[polarity][h > t])
        liked.setdefault(t, set()).add(2 if polarity == "favor" else 0)
    sentence = Sentence([text[s:e] for s, e in words], text=text, origin=str(row["id"]))
    for i, p in enumerate(spans):
        if not p:
            continue
        if len(liked.get(i, {1})) == 1:
            sentence.targets.append((p, *liked.get(i, {1})))
        for j in range(i + 1, len(spans)):
            q = spans[j]
            if q and (p[1] <= q[0] or q[1] <= p[0]):
                sentence.pairs.append((p, q, found.get((i, j), 0)))
    return sentence if sentence.targets else None


def read_pairs(data: Path, dev: bool) -> list[Sentence]:
    """Who is for or against whom; every tenth sentence is the dev part."""
    stances: dict[str, list[list[str]]] = {}
    for line in (data / "pairs" / "stances.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        cells = (line.split("\t") + [""])[:5]
        stances.setdefault(cells[0], []).append(cells)
    out = []
    for line in (data / "pairs" / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["id"] % 10 == 0) == dev and (made := pairs_sentence(row, stances.get(str(row["id"]), []))):
            out.append(made)
    return out


def read_speeches(data: Path, count: int, seed: int) -> list[Sentence]:
    """Unlabelled sentences of UN General Debate speeches since 1990, those with two capitalised words or more after the first."""
    rng = random.Random(seed)
    found = []
    with tarfile.open(data / "bulk" / "un-general-debates.tar.xz") as archive:
        for member in archive:
            if not member.name.endswith(".txt") or int(member.name[-8:-4]) < 1990:
                continue
            content = archive.extractfile(member)
            text = content.read().decode("utf-8", "replace") if content else ""
            for part in sentences_of(" ".join(text.split())):  # older speeches are broken into lines
                words = [part[s:e] for s, e in words_of(part)]
                if 8 <= len(words) <= 50 and sum(w[0].isupper() for w in words[1:]) >= 2:
                    found.append(words)
    return [Sentence(words) for words in rng.sample(found, count)]
