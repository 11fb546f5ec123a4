"""Dev figures. `scores` takes any forward function, so PyTorch and ONNX Runtime share it."""

import random
from pathlib import Path
from typing import Callable, Sequence

import numpy as np
import torch
from seqeval.metrics import classification_report
from sklearn.metrics import f1_score
from torch import Tensor

from . import readers
from .encode import Encoded, Encoder, collate, orders
from .labels import COUNTED, NER_LABELS
from .model import JointModel

# (ids, types, mask) -> (last hidden states, NER logits)
Forward = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]

DEV_SETS = {
    "conll2003": "CoNLL-2003 dev, strict span F1 over PER/ORG/LOC",
    "politics": "CrossNER politics dev, strict span F1 over PER/ORG/LOC",
    "uner_ewt": "UNER-EWT dev, strict span F1 over PER/ORG/LOC",
    "sentiment": "NewsMTSC train, held-out tenth by article, macro-F1",
    "stance": "stance/valid.txt without the sentences of train, macro-F1 of 5 classes",
}


def dev_sets(data: Path, encoder: Encoder) -> dict[str, list[Encoded]]:
    """The encoded dev parts."""
    return {
        "conll2003": encoder.encode(readers.read_crossner(data, "conll2003", "dev")),
        "politics": encoder.encode(readers.read_crossner(data, "politics", "dev")),
        "uner_ewt": encoder.encode(readers.read_uner_dev(data)),
        "sentiment": encoder.encode(readers.read_sentiment(data, dev=True)),
        "stance": encoder.encode(readers.read_stance(data, "valid")),
    }


def torch_forward(model: JointModel, bf16: bool = False) -> Forward:
    """Forward pass of the PyTorch model."""

    def forward(ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            states = model.encode(ids, types, mask)
            return states.float(), model.ner_logits(states).float()

    return forward


def decode(logits: np.ndarray) -> list[str]:
    """Best label of each word by argmax; an I- that continues nothing of its type becomes B-."""
    tags: list[str] = []
    for label in (NER_LABELS[i] for i in logits.argmax(-1)):
        if label.startswith("I-") and (not tags or tags[-1][2:] != label[2:]):
            label = "B-" + label[2:]
        tags.append(label)
    return tags


def tag(forward: Forward, encoded: Sequence[Encoded], budget: int = 4096) -> list[list[str]]:
    """Tags of every word; words past the length limit get O."""
    out: list[list[str]] = [[] for _ in encoded]
    for order in orders(encoded, budget, None):
        batch = collate("ner", encoded, order)
        _, logits = forward(batch.ids, batch.types, batch.mask)
        for row, i in enumerate(order):
            first = [r[0] for r in encoded[i].ranges]
            tags = decode(logits[row, first].numpy()) if first else []
            out[i] = tags + ["O"] * (len(encoded[i].source.words) - len(tags))
    return out


def ner_report(gold: list[list[str]], found: list[list[str]]) -> dict[str, float]:
    """Strict span scores over the counted types, in percent."""
    keep = lambda tags: [t if t[2:] in COUNTED else "O" for t in tags]  # noqa: E731
    report = classification_report(
        [keep(t) for t in gold], [keep(t) for t in found], output_dict=True, zero_division=0
    )
    micro = report["micro avg"]
    out = {"f1": micro["f1-score"], "p": micro["precision"], "r": micro["recall"]}
    out |= {t: report[t]["f1-score"] for t in COUNTED if t in report}
    return {k: 100 * float(v) for k, v in out.items()}


def classify(
    model: JointModel, forward: Forward, task: str, encoded: Sequence[Encoded], budget: int = 4096
) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Gold classes, logits and item names of a span task."""
    gold, logits, items = [], [], []
    for order in orders(encoded, budget, None):
        batch = collate(task, encoded, order)
        states, _ = forward(batch.ids, batch.types, batch.mask)
        head = model.sentiment_logits if task == "sentiment" else model.stance_logits
        with torch.inference_mode():
            scores = head(states[batch.rows], batch.mask[batch.rows], batch.pool)
        gold.append(batch.labels.numpy())
        logits.append(scores.numpy())
        items += batch.items or []
    return np.concatenate(gold), np.concatenate(logits), items


def class_report(gold: np.ndarray, found: np.ndarray) -> dict[str, float]:
    """Macro-F1, accuracy and F1 of each class, in percent."""
    each = f1_score(gold, found, average=None, zero_division=0)
    out = {"f1": float(np.mean(each)), "accuracy": float((gold == found).mean())}
    out |= {str(i): float(v) for i, v in enumerate(each)}
    return {k: 100 * v for k, v in out.items()}


def interval(metric: Callable[[list[int]], float], n: int, rounds: int = 1000) -> tuple[float, float]:
    """Bootstrap 95% interval of a metric over the indices of n units, seed fixed."""
    rng = random.Random(1)
    values = sorted(metric(rng.choices(range(n), k=n)) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds)]


def scores(
    model: JointModel, forward: Forward, sets: dict[str, list[Encoded]]
) -> dict[str, dict[str, float]]:
    """Every dev figure; `model` gives the heads, `forward` the encoder."""
    model.eval()
    out = {}
    for name, encoded in sets.items():
        if name in ("sentiment", "stance"):
            gold, logits, _ = classify(model, forward, name, encoded)
            out[name] = class_report(gold, logits.argmax(-1))
        else:
            gold_tags = [e.source.tags for e in encoded]
            out[name] = ner_report(gold_tags, tag(forward, encoded))
    return out


def one_line(result: dict[str, dict[str, float]]) -> str:
    """The headline figures."""
    return "  ".join(f"{name} {values['f1']:.2f}" for name, values in result.items())
