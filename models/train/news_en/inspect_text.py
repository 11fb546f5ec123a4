"""Entities of a raw text, for looking at; the sentence splitter is a rough one."""

import numpy as np

from .encode import Encoder
from .evaluate import Forward, tag
from .readers import Sentence
from .words import sentences_of, words_of


def entities(forward: Forward, encoder: Encoder, transitions: np.ndarray | None, text: str) -> list[tuple[str, str, str]]:
    """(surface, type, sentence) in text order."""
    sentences = []
    for part in sentences_of(text):
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
