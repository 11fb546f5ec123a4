"""Entities of a raw text, for looking at; the sentence splitter is a rough one."""

import re

import numpy as np

from .encode import Encoder
from .evaluate import Forward, tag
from .readers import Sentence
from .words import words_of

_END = re.compile(r"(?<=[.!?][”\"’)])\s+(?=[A-Z“\"(])|(?<=[a-z\d)][.!?])\s+(?=[A-Z“\"(])|\n+")


def entities(forward: Forward, encoder: Encoder, transitions: np.ndarray | None, text: str) -> list[tuple[str, str, str]]:
    """(surface, type, sentence) in text order."""
    sentences = []
    for part in _END.split(text):
        spans = words_of(part)
        if spans:
            words = [part[s:e] for s, e in spans]
            sentences.append((part, spans, Sentence(words)))
    tags = tag(forward, encoder.encode([s for *_, s in sentences]), transitions)
    out = []
    for (part, spans, _), row in zip(sentences, tags):
        start = None
        for i, label in enumerate(row + ["O"]):
            if start is not None and not label.startswith("I-"):
                out.append((part[spans[start][0] : spans[i - 1][1]], row[start][2:], part))
                start = None
            if label.startswith("B-"):
                start = i
    return out
