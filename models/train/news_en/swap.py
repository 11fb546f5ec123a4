"""Stance sentences about other names, so that who is liked is not learned with the names."""

import random

from .readers import Sentence

Names = list[list[str]]


def names_of(sentences: list[Sentence]) -> Names:
    """The words of every p and q, each once, in fixed order."""
    found = {
        tuple(s.words[start:end]) for s in sentences for p, q, _ in s.pairs for start, end in (p, q)
    }
    return [list(name) for name in sorted(found)]


def swapped(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """One of the sentence's pairs with other names for p and q; its other pairs are left out."""
    p, q, label = rng.choice(sentence.pairs)
    first, second = sorted((p, q))
    if first[1] > second[0]:
        return sentence
    a, b = rng.choice(names), rng.choice(names)
    words = sentence.words
    made = words[: first[0]] + a + words[first[1] : second[0]] + b + words[second[1] :]
    moved = second[0] + len(a) - (first[1] - first[0])
    spans = {first: (first[0], first[0] + len(a)), second: (moved, moved + len(b))}
    return Sentence(made, pairs=[(spans[p], spans[q], label)])
