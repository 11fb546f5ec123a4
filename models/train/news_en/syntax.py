"""The syntax head: part of speech, lemma script, head and relation of each word (Dozat and Manning, 2017)."""

from collections import Counter
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .labels import IGNORE
from .lemmas import exceptions_of, script_of, scripts_of
from .readers import Sentence

UPOS = (
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
).split()
ARC, REL = 256, 96
# Weights of the four losses.
WEIGHTS = {"upos": 0.5, "lemma": 0.5, "arc": 1.0, "rel": 1.0}


@dataclass
class Inventory:
    """What the head tells apart beside the parts of speech."""

    deprel: list[str]
    scripts: list[str]
    exceptions: dict[tuple[str, str], str]


class _Arc(nn.Module):
    """score(j is the head of i) = a_i W b_j + head_bias b_j"""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width, width))
        self.head_bias = nn.Parameter(torch.zeros(width))
        nn.init.normal_(self.weight, std=width**-0.5 / 4)

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        """a [n, w, width], b [n, w + 1, width] to [n, w, w + 1]."""
        return (a @ self.weight) @ b.transpose(1, 2) + (b @ self.head_bias)[:, None]


class _Rel(nn.Module):
    """score(r | i, j) = [d_i; 1] W_r [e_j; 1]"""

    def __init__(self, width: int, relations: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(relations, width + 1, width + 1))
        nn.init.normal_(self.weight, std=width**-0.5 / 4)

    def forward(self, d: Tensor, e: Tensor) -> Tensor:
        """Rows of dependents and of their heads [m, width] to [m, relations]."""
        one = torch.ones(len(d), 1, dtype=d.dtype)
        d, e = torch.cat([d, one], 1), torch.cat([e, one], 1)
        relations, width, _ = self.weight.shape
        left = d @ self.weight.transpose(0, 1).reshape(width, relations * width)
        return torch.bmm(left.view(-1, relations, width), e[:, :, None])[:, :, 0]


class SyntaxHead(nn.Module):
    """Reads the rows of [CLS] (it stands for the root) and of the first wordpiece of each word."""

    def __init__(self, hidden: int, scripts: int, relations: int) -> None:
        super().__init__()
        self.upos = nn.Linear(hidden, len(UPOS))
        self.lemma = nn.Linear(hidden, scripts)
        self.arc_dep = nn.Linear(hidden, ARC)
        self.arc_head = nn.Linear(hidden, ARC)
        self.rel_dep = nn.Linear(hidden, REL)
        self.rel_head = nn.Linear(hidden, REL)
        self.arc = _Arc(ARC)
        self.rel = _Rel(REL, relations)
        self.dropout = nn.Dropout(0.2)

    def arcs(self, h: Tensor) -> Tensor:
        """Scores of heads [n, w, w + 1] from rows h [n, w + 1, hidden], [CLS] first."""
        h = self.dropout(h)
        a = self.dropout(self.arc_dep(h[:, 1:]).relu())
        b = self.dropout(self.arc_head(h).relu())
        return self.arc(a, b)

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of the relations between rows of dependents and of their heads."""
        d = self.dropout(self.rel_dep(self.dropout(dependents)).relu())
        e = self.dropout(self.rel_head(self.dropout(heads)).relu())
        return self.rel(d, e)


def rows_of(states: Tensor, first: Tensor) -> Tensor:
    """[CLS] and the first wordpieces: states [n, t, h], first [n, w] (0 where there is no word) to [n, w + 1, h]."""
    index = torch.cat([torch.zeros(len(first), 1, dtype=torch.long), first], 1)
    return states.gather(1, index[:, :, None].expand(-1, -1, states.shape[2]))


def syntax_loss(head: SyntaxHead, states: Tensor, first: Tensor, labels: Tensor) -> Tensor:
    """labels [n, w, 4]: classes of part of speech, script, head (0 root) and relation; IGNORE where unknown."""
    h = rows_of(states, first)
    words = head.dropout(h[:, 1:])
    arcs = head.arcs(h).float()
    absent = torch.cat([torch.zeros(len(first), 1, dtype=torch.bool), first == 0], 1)
    arcs = arcs.masked_fill(absent[:, None], -1e4)
    known = labels[:, :, 2] != IGNORE
    rows, at = known.nonzero(as_tuple=True)
    heads = labels[rows, at, 2]
    rels = head.relations(h[rows, at + 1], h[rows, heads])
    cross = nn.functional.cross_entropy
    losses = {
        "upos": cross(head.upos(words).float().flatten(0, 1), labels[:, :, 0].flatten(), ignore_index=IGNORE),
        "lemma": cross(head.lemma(words).float().flatten(0, 1), labels[:, :, 1].flatten(), ignore_index=IGNORE),
        "arc": cross(arcs.flatten(0, 1), labels[:, :, 2].flatten(), ignore_index=IGNORE),
        "rel": cross(rels.float(), labels[rows, at, 3], ignore_index=IGNORE),
    }
    return sum(WEIGHTS[name] * loss for name, loss in losses.items() if not loss.isnan())


class Classes:
    """Numbers of the labels of a sentence, for `syntax_loss`."""

    def __init__(self, inventory: Inventory) -> None:
        self.scripts = {s: i for i, s in enumerate(inventory.scripts)}
        self.relations = {r: i for i, r in enumerate(inventory.deprel)}
        self.upos = {u: i for i, u in enumerate(UPOS)}

    def fill(self, sentences: list[Sentence]) -> None:
        """Sets `classes` of each sentence; an unknown script is IGNORE, a rare relation the one it is a kind of."""
        for s in sentences:
            s.classes = [
                [
                    self.upos[upos],
                    IGNORE if lemma is None else self.scripts.get(script_of(word, lemma, upos), IGNORE),
                    head,
                    self.relations.get(relation, self.relations.get(relation.split(":")[0], IGNORE)),
                ]
                for word, upos, lemma, head, relation in zip(s.words, s.upos, s.lemmas, s.heads, s.deprels)
            ]  # fmt: skip


RELATION_SEEN = 10


def inventory_of(sentences: list[Sentence]) -> Inventory:
    """Relations (with their subtypes, where they are seen often enough), scripts and table of the training data."""
    counts = Counter(r for s in sentences for r in s.deprels)
    deprel = sorted(r for r, n in counts.items() if n >= RELATION_SEEN or ":" not in r)
    scripts = scripts_of(sentences)
    return Inventory(deprel, scripts, exceptions_of(sentences, scripts))
