"""Teachers: what models of one task alone, large ones among them, say of a sentence, learned beside the labels.

After "BAM! Born-Again Multi-Task Networks" (Clark et al., 2019). A teacher knows its training items by heart, so most
is learned from what nobody labelled: the names in the sentences of the span tasks, which the tagging teacher marks, and
what the other two say of them. Each sentence is encoded once and asked by all three.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from seqeval.metrics.sequence_labeling import get_entities
from torch import Tensor, nn

from .encode import Batch, Encoded, Encoder, collate, orders, pool_rows
from .evaluate import Forward, classify, decode, torch_forward
from .labels import COUNTED, IGNORE
from .large import LargeTeacher
from .model import JointModel, new_model
from .readers import Sentence, Span

SPAN_TASKS = ("sentiment", "stance")
KEPT = {"sentiment": 3, "stance": 2}  # unlabelled items that are scored in a sentence; a large teacher takes 5 minutes for each
ASKED = {"sentiment": 0.5, "stance": 1.0}  # share of the sentences where one of them is asked about, drawn anew each time
LABELS = 0.5  # weight of the labels in the loss
SOFT = {"own": 0.5, "sentiment": 0.5, "stance": 1.0, "tags": 1.0}  # of what the teachers say


@dataclass
class Lesson:
    """What the teachers say of a sentence: probabilities."""

    tags: Tensor  # [words, labels]
    own: dict[int, Tensor] = field(default_factory=dict)  # of the labelled items, by number
    more: dict[str, list[tuple[tuple[Span, ...], Tensor]]] = field(default_factory=dict)  # of others


def names_in(tags: Tensor, transitions: np.ndarray | None) -> list[Span]:
    """Spans of the persons, organisations and places in a sentence; `tags` are probabilities of labels."""
    found = get_entities(decode(tags.log().numpy(), transitions))
    return [(start, end + 1) for kind, start, end in found if kind in COUNTED]


def _apart(a: Span, b: Span) -> bool:
    return a[1] <= b[0] or b[1] <= a[0]


def unlabelled(sentence: Sentence, names: list[Span], rng: random.Random) -> Sentence:
    """The sentence with some names that are no target, and some pairs that are no pair, of class IGNORE."""
    targets = [n for n in names if all(_apart(n, t) for t, _ in sentence.targets)]
    known = {frozenset((p, q)) for p, q, _ in sentence.pairs}
    pairs = [(p, q) if rng.random() < 0.5 else (q, p) for i, p in enumerate(names) for q in names[i + 1 :]]
    pairs = [pair for pair in pairs if frozenset(pair) not in known]
    targets = rng.sample(targets, min(KEPT["sentiment"], len(targets)))
    pairs = rng.sample(pairs, min(KEPT["stance"], len(pairs)))
    return Sentence(
        sentence.words,
        targets=[(span, IGNORE) for span in targets],
        pairs=[(p, q, IGNORE) for p, q in pairs],
    )


def read_teacher(checkpoint: Path, task: str) -> JointModel | LargeTeacher:
    """A model as `alone` or `large` left it, before `undo_weights`: as the pupil is while it learns.

    A large one is asked about (p, q) alone, not about (q, p) too: half the time.
    """
    weights = torch.load(checkpoint, weights_only=True)
    model = LargeTeacher(task) if "case.weight" in weights else new_model(0)
    # A teacher of entities, sentiment or stance has an untrained syntax head, or none.
    model.load_state_dict({name: w for name, w in weights.items() if not name.startswith("syntax.")})
    model.mirrored = False
    return model.eval()


def _ask(teacher: JointModel | LargeTeacher, task: str, encoded: list[Encoded]) -> dict[tuple[int, int], Tensor]:
    """Probabilities of every item, by sentence and number."""
    _, logits, items = classify(teacher, torch_forward(teacher, bf16=True), task, encoded)
    return dict(zip(items, torch.from_numpy(logits).softmax(1)))


def _tags(tagger: Forward, encoded: list[Encoded]) -> list[Tensor]:
    """Probabilities of the labels of each word."""
    out = [torch.empty(0)] * len(encoded)
    for order in orders(encoded, 4096, None):
        batch = collate("ner", encoded, order)
        _, logits = tagger(batch.ids, batch.types, batch.mask)
        for row, i in enumerate(order):
            out[i] = logits[row, [first for first, _ in encoded[i].ranges]].softmax(1)
    return out


def give_soft_labels(
    pupil: JointModel,
    teachers: dict[str, Path],
    tasks: dict[str, list[Encoded]],
    speeches: list[Encoded],
    encoder: Encoder,
    seed: int,
    kept: Path,
) -> None:
    """Adds a lesson to every sentence of the span tasks, and to those of `speeches`, which have no labels.

    `teachers` are checkpoints of `alone` or `large` by task. Where none is given for tagging, the pupil's own tags stand. `kept` is where lessons wait for a stage that goes on.
    """
    everything = [e for task in SPAN_TASKS for e in tasks[task]] + speeches
    if kept.exists():
        for e, (tags, own, more) in zip(everything, torch.load(kept, weights_only=True), strict=True):
            e.lesson = Lesson(tags, own, more)
        return
    rng = random.Random(seed)
    tagger = read_teacher(teachers["ner"], "ner") if "ner" in teachers else pupil.eval()
    tags = _tags(torch_forward(tagger, bf16=True), everything)
    others = encoder.encode([unlabelled(e.source, names_in(t, pupil.transitions), rng) for e, t in zip(everything, tags)])
    for e, t in zip(everything, tags):
        e.lesson = Lesson(t)
    for task in SPAN_TASKS:
        teacher = read_teacher(teachers[task], task)
        for (i, number), wanted in _ask(teacher, task, tasks[task]).items():
            tasks[task][i].lesson.own[number] = wanted
        asked = [i for i, e in enumerate(others) if (e.source.targets if task == "sentiment" else e.source.pairs)]
        for (j, number), wanted in _ask(teacher, task, [others[i] for i in asked]).items():
            item = others[asked[j]].source
            spans = (item.targets[number][0],) if task == "sentiment" else item.pairs[number][:2]
            everything[asked[j]].lesson.more.setdefault(task, []).append((spans, wanted))
    torch.save([(e.lesson.tags, e.lesson.own, e.lesson.more) for e in everything], kept)


def _cross_entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    return -(wanted * logits.float().log_softmax(1)).sum(1).mean()


def _more(chosen: Sequence[Encoded], task: str, length: int) -> tuple[Tensor, Tensor, Tensor] | None:
    """Rows, pools and wanted probabilities of the unlabelled items that are asked about this time."""
    rows, pools, wanted = [], [], []
    for row, e in enumerate(chosen):
        items = e.lesson.more.get(task, []) if e.lesson else []
        if items and random.random() < ASKED[task]:
            spans, soft = random.choice(items)
            rows.append(row)
            pools.append(pool_rows(spans, e, length))
            wanted.append(soft)
    return (torch.tensor(rows), torch.stack(pools), torch.stack(wanted)) if rows else None


def distillation_loss(
    model: JointModel, states: Tensor, logits: Tensor, batch: Batch, chosen: Sequence[Encoded]
) -> Tensor:
    """Distance from what the teachers say of the batch's sentences, in the weights of SOFT.

    `logits` are those of the batch's own items. Sentences without a lesson add nothing.
    """
    loss = torch.zeros(())
    lessons = [e.lesson for e in chosen]
    own = [(i, lessons[row].own.get(number)) for i, (row, number) in enumerate(batch.places) if lessons[row]]
    own = [(i, wanted) for i, wanted in own if wanted is not None]
    if own:
        wanted = torch.stack([wanted for _, wanted in own])
        loss = loss + SOFT["own"] * _cross_entropy(logits[[i for i, _ in own]], wanted)
    for task in SPAN_TASKS:
        if more := _more(chosen, task, states.shape[1]):
            rows, pool, wanted = more
            head = model.sentiment_logits if task == "sentiment" else model.stance_logits
            loss = loss + SOFT[task] * _cross_entropy(head(states[rows], batch.mask[rows], pool), wanted)
    taught = [(row, e) for row, e in enumerate(chosen) if e.lesson]
    if taught:
        rows = torch.tensor([row for row, e in taught for _ in e.ranges])
        first = torch.tensor([first for _, e in taught for first, _ in e.ranges])
        wanted = torch.cat([e.lesson.tags for _, e in taught])
        loss = loss + SOFT["tags"] * _cross_entropy(model.ner_logits(states[rows, first]), wanted)
    return loss
