"""How labels follow each other: a chain over the tagger's scores, so that a name has one type from its first word on.

The tagger reads each word alone and may say B-ORG I-MISC I-ORG. Where a mention goes on, its type is fixed, and pairs of
labels that are rarer in text than their parts would make them cost something: half of log P(b | a) / P(b), counted in
the training data. (Half, because the tagger knows a good part of that already.) Decoding is Viterbi's.
"""

from collections.abc import Iterable

import numpy as np

from .labels import NER_ID, NER_LABELS
from .readers import Sentence

WEIGHT = 0.5
NEVER = -10_000.0


def never(before: str, label: str) -> bool:
    """Whether the label continues a name that was not begun."""
    return label.startswith("I-") and before[2:] != label[2:]


def count_transitions(sentences: Iterable[Sentence], weight: float = WEIGHT) -> np.ndarray:
    """Scores [label, next label]; O stands before the first word. Every pair is counted once more than it is seen."""
    labels = len(NER_LABELS)
    pairs = np.ones((labels, labels))
    for sentence in sentences:
        ids = [NER_ID["O"]] + [None if tag is None else NER_ID[tag] for tag in sentence.tags]
        for a, b in zip(ids, ids[1:]):
            if a is not None and b is not None:
                pairs[a, b] += 1
    scores = weight * np.log(pairs * pairs.sum() / np.outer(pairs.sum(1), pairs.sum(0)))
    for i, before in enumerate(NER_LABELS):
        for j, label in enumerate(NER_LABELS):
            if never(before, label):
                scores[i, j] = NEVER
    return scores.round(3)


def best_path(logits: np.ndarray, transitions: np.ndarray) -> list[int]:
    """The labels with the highest sum of scores [words, labels] and transitions."""
    best = np.full(len(transitions), -np.inf)
    best[NER_ID["O"]] = 0.0
    back = []
    for scores in logits:
        through = best[:, None] + transitions
        back.append(through.argmax(0))
        best = through.max(0) + scores
    path = []
    label = int(best.argmax())
    for before in reversed(back):
        path.append(label)
        label = int(before[label])
    return path[::-1]
