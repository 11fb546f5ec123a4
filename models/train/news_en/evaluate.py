"""Dev figures. `scores` takes any forward function, so PyTorch and ONNX Runtime share it."""

from pathlib import Path
from typing import Callable, Sequence

import numpy as np
import torch
from seqeval.metrics import classification_report
from seqeval.metrics.sequence_labeling import get_entities
from sklearn.metrics import f1_score
from torch import Tensor

from . import readers
from .encode import Encoded, Encoder, collate, orders
from .labels import COUNTED, NER_LABELS
from .model import JointModel, sentence_features
from .transitions import best_path

# (ids, types, mask) -> (last hidden states, NER logits)
Forward = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]

DEV_SETS = {
    "conll2003": "CoNLL-2003 dev, strict span F1 over PER/ORG/LOC",
    "politics": "CrossNER politics dev, strict span F1 over PER/ORG/LOC",
    "uner_ewt": "UNER-EWT dev, strict span F1 over PER/ORG/LOC",
    "sentiment": "NewsMTSC train, held-out tenth by article, macro-F1",
    "sentence": "NewsMTSC, the same tenth: sentences whose targets agree, macro-F1",
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


def decode(logits: np.ndarray, transitions: np.ndarray | None) -> list[str]:
    """Best sequence of labels, or without transitions the best of each word; an I- that continues nothing becomes B-."""
    tags: list[str] = []
    path = logits.argmax(-1) if transitions is None else best_path(logits, transitions)
    for label in (NER_LABELS[i] for i in path):
        if label.startswith("I-") and (not tags or tags[-1][2:] != label[2:]):
            label = "B-" + label[2:]
        tags.append(label)
    return tags


def tag(
    forward: Forward, encoded: Sequence[Encoded], transitions: np.ndarray | None, budget: int = 4096
) -> list[list[str]]:
    """Tags of every word; words past the length limit get O."""
    out: list[list[str]] = [[] for _ in encoded]
    for order in orders(encoded, budget, None):
        batch = collate("ner", encoded, order)
        _, logits = forward(batch.ids, batch.types, batch.mask)
        for row, i in enumerate(order):
            first = [r[0] for r in encoded[i].ranges]
            tags = decode(logits[row, first].numpy(), transitions) if first else []
            out[i] = tags + ["O"] * (len(encoded[i].source.words) - len(tags))
    return out


def ner_report(gold: list[list[str]], found: list[list[str]]) -> dict[str, float]:
    """Strict span scores over the counted types, in percent."""
    keep = lambda tags: [t if t and t[2:] in COUNTED else "O" for t in tags]  # noqa: E731
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


def agreed(encoded: Sequence[Encoded]) -> list[tuple[Encoded, int]]:
    """Sentences whose targets all have one polarity, with that polarity."""
    labels = [{label for _, label in e.source.targets} for e in encoded]
    return [(e, *found) for e, found in zip(encoded, labels) if len(found) == 1]


def features_of(forward: Forward, encoded: Sequence[Encoded], budget: int = 4096) -> Tensor:
    """What the head for sentences reads, a row for each sentence."""
    rows: list[Tensor] = [torch.empty(0)] * len(encoded)
    for order in orders(encoded, budget, None):
        batch = collate("sentiment", encoded, order)
        states, _ = forward(batch.ids, batch.types, batch.mask)
        for i, row in zip(order, sentence_features(states, batch.mask)):
            rows[i] = row
    return torch.stack(rows)


def sentence_report(
    model: JointModel, forward: Forward, encoded: Sequence[Encoded]
) -> tuple[np.ndarray, np.ndarray]:
    """Gold and found classes of the sentences whose targets agree."""
    gold = agreed(encoded)
    with torch.inference_mode():
        logits = model.sentence(features_of(forward, [e for e, _ in gold]))
    return np.array([label for _, label in gold]), logits.argmax(1).numpy()


def _spans(tags: Sequence[str | None]) -> set[tuple[str, int, int]]:
    return {s for s in get_entities([t or "O" for t in tags]) if s[0] in COUNTED}


def span_interval(
    gold: list[list[str]], found: list[list[str]], rounds: int = 1000
) -> tuple[float, float]:
    """Bootstrap 95% interval of the micro F1, sentences drawn with replacement, seed fixed."""
    pairs = [(_spans(g), _spans(f)) for g, f in zip(gold, found)]
    counts = np.array([(len(g & f), len(g), len(f)) for g, f in pairs])
    rng = np.random.default_rng(1)
    values = []
    for _ in range(rounds):
        right, wanted, given = counts[rng.integers(0, len(counts), len(counts))].sum(0)
        values.append(200 * right / max(1, wanted + given))
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


def class_interval(
    gold: np.ndarray, found: np.ndarray, units: np.ndarray, rounds: int = 1000
) -> tuple[float, float]:
    """The same for macro-F1; `units` names the sentence of each item."""
    classes = int(max(gold.max(), found.max())) + 1
    table = np.zeros((units.max() + 1, classes, 3))
    for g, f, u in zip(gold, found, units):
        table[u, g, 0] += g == f
        table[u, g, 1] += 1
        table[u, f, 2] += 1
    rng = np.random.default_rng(1)
    values = []
    for _ in range(rounds):
        right, wanted, given = table[rng.integers(0, len(table), len(table))].sum(0).T
        values.append(100 * np.mean(2 * right / np.maximum(1, wanted + given)))
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


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
            out[name] = ner_report(gold_tags, tag(forward, encoded, model.transitions))
    return out


def full_scores(
    model: JointModel, forward: Forward, sets: dict[str, list[Encoded]]
) -> dict[str, dict]:
    """`scores` with a bootstrap interval of each headline figure under "interval"."""
    model.eval()
    out: dict[str, dict] = {}
    for name, encoded in sets.items():
        if name in ("sentiment", "stance"):
            gold, logits, items = classify(model, forward, name, encoded)
            found = logits.argmax(-1)
            units = np.array([sentence for sentence, _ in items])
            out[name] = class_report(gold, found)
            out[name]["interval"] = class_interval(gold, found, units)
        else:
            wanted, tags = [e.source.tags for e in encoded], tag(forward, encoded, model.transitions)
            out[name] = ner_report(wanted, tags)
            out[name]["interval"] = span_interval(wanted, tags)
    gold, found = sentence_report(model, forward, sets["sentiment"])
    out["sentence"] = class_report(gold, found)
    out["sentence"]["interval"] = class_interval(gold, found, np.arange(len(gold)))
    return out


def one_line(result: dict[str, dict[str, float]]) -> str:
    """The headline figures."""
    return "  ".join(f"{name} {values['f1']:.2f}" for name, values in result.items())
