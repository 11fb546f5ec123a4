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
from .lemmas import lemma_of
from .model import JointModel, sentence_features
from .regions import read_regions
from .syntax import UPOS, rows_of
from .transitions import best_path
from .tree import tree_of

# (ids, types, mask) -> (last hidden states, NER logits)
Forward = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]

DEV_SETS = {
    "conll2003": "CoNLL-2003 dev, strict span F1 over PER/ORG/LOC",
    "politics": "CrossNER politics dev, strict span F1 over PER/ORG/LOC",
    "uner_ewt": "UNER-EWT dev, strict span F1 over PER/ORG/LOC",
    "worldwide": "Worldwide Newswire dev, strict span F1 over PER/ORG/LOC",
    "sentiment": "NewsMTSC train, held-out tenth by article, macro-F1",
    "sentence": "NewsMTSC, the same tenth: sentences whose targets agree, macro-F1",
    "stance": "stance/valid.txt without the sentences of train, macro-F1 of 5 classes",
    "pairs": "pairs/, every tenth sentence: average precision of stances, direction and sign right",
    "ewt": "UD EWT dev, gold words, LAS",
    "gum": "UD GUM dev, gold words, LAS",
}
# The task of a dev part; NER if it is not here.
TASK_OF = {"sentiment": "sentiment", "stance": "stance", "pairs": "stance", "ewt": "syntax", "gum": "syntax"}


def dev_sets(data: Path, encoder: Encoder) -> dict[str, list[Encoded]]:
    """The encoded dev parts."""
    return {
        "conll2003": encoder.encode(readers.read_crossner(data, "conll2003", "dev")),
        "politics": encoder.encode(readers.read_crossner(data, "politics", "dev")),
        "uner_ewt": encoder.encode(readers.read_uner_dev(data)),
        "worldwide": encoder.encode(readers.read_worldwide(data, "dev")),
        "sentiment": encoder.encode(readers.read_sentiment(data, dev=True)),
        "stance": encoder.encode(readers.read_stance(data, "valid")),
        "pairs": encoder.encode(readers.read_pairs(data, dev=True)),
        "ewt": encoder.encode(readers.read_syntax(data, "ewt-dev")),
        "gum": encoder.encode(readers.read_syntax(data, "gum-dev")),
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


def ner_report(
    gold: list[list[str]], found: list[list[str]], counted: Sequence[str] = COUNTED
) -> dict[str, float]:
    """Strict span scores over the counted types, in percent."""
    keep = lambda tags: [t if t and t[2:] in counted else "O" for t in tags]  # noqa: E731
    report = classification_report(
        [keep(t) for t in gold], [keep(t) for t in found], output_dict=True, zero_division=0
    )
    micro = report["micro avg"]
    out = {"f1": micro["f1-score"], "p": micro["precision"], "r": micro["recall"]}
    out |= {t: report[t]["f1-score"] for t in counted if t in report}
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


def pairs_report(gold: np.ndarray, logits: np.ndarray) -> dict[str, float]:
    """Stances ranked by the probability of their best class other than neutral, in percent.

    A pair is right if direction and sign are; `f1` is the average precision, for the headline.
    """
    odds = np.exp(logits - logits.max(1, keepdims=True))
    odds /= odds.sum(1, keepdims=True)
    found, score = odds[:, 1:].argmax(1) + 1, odds[:, 1:].max(1)
    order = np.argsort(-score, kind="stable")
    right = (found == gold)[order]
    hits = right.cumsum()
    wanted = max(1, int((gold > 0).sum()))
    precision = hits / np.arange(1, len(gold) + 1)
    out = {"f1": float((precision * right).sum() / wanted)}
    for recall in (10, 20, 30, 40):
        at = np.searchsorted(hits, recall * wanted / 100)
        out[f"p at recall {recall}"] = float(precision[at]) if at < len(hits) else 0.0
    best = 2 * hits / (np.arange(1, len(gold) + 1) + wanted)
    out["best F"] = float(best.max())
    return {k: 100 * v for k, v in out.items()}


FUNCTION = {"aux", "case", "cc", "clf", "cop", "det", "mark", "punct"}


def parse(
    model: JointModel, forward: Forward, encoded: Sequence[Encoded], budget: int = 4096
) -> list[list[tuple[str, str, int, str]]]:
    """Part of speech, lemma, head and relation of every word read; heads are a tree (tree.py)."""
    out: list[list[tuple[str, str, int, str]]] = [[] for _ in encoded]
    head, inventory = model.syntax, model.inventory
    for order in orders(encoded, budget, None):
        batch = collate("syntax", encoded, order)
        states, _ = forward(batch.ids, batch.types, batch.mask)
        with torch.inference_mode():
            h = rows_of(states, batch.first)
            arcs = head.arcs(h)
            upos, scripts = head.upos(h).argmax(-1), head.lemma(h).argmax(-1)
            for row, i in enumerate(order):
                words = encoded[i].source.words[: len(encoded[i].ranges)]
                count = len(words)
                heads = tree_of(arcs[row, :count, : count + 1].double().numpy())
                of = head.relations(h[row, 1 : count + 1], h[row, torch.from_numpy(heads)])
                # The root's word, and no other, has the relation root.
                root = inventory.deprel.index("root")
                isroot = torch.from_numpy(heads == 0)
                of[:, root] = torch.where(isroot, 1e9, -1e9)
                for k, word in enumerate(words):
                    pos = UPOS[upos[row, k + 1]]
                    script = inventory.scripts[scripts[row, k + 1]]
                    lemma = lemma_of(word, pos, script, inventory.exceptions)
                    out[i].append((pos, lemma, int(heads[k]), inventory.deprel[of[k].argmax()]))
    return out


def syntax_counts(encoded: Sequence[Encoded], parsed: list[list[tuple[str, str, int, str]]]) -> np.ndarray:
    """A row a sentence: words, UAS, LAS, LAS with subtypes, content words, CLAS, UPOS, lemmas known, lemmas right."""
    rows = []
    for e, words in zip(encoded, parsed):
        s = e.source
        row = [len(s.words), 0, 0, 0, 0, 0, 0, 0, 0]
        row[7] = sum(lemma is not None for lemma in s.lemmas)
        row[4] = sum(d.split(":")[0] not in FUNCTION for d in s.deprels)
        for (pos, lemma, head, relation), upos, gold, at, wanted in zip(words, s.upos, s.lemmas, s.heads, s.deprels):
            same = head == at
            labelled = same and relation.split(":")[0] == wanted.split(":")[0]
            row[1] += same
            row[2] += labelled
            row[3] += same and relation == wanted
            row[5] += labelled and wanted.split(":")[0] not in FUNCTION
            row[6] += pos == upos
            row[8] += gold is not None and lemma == gold
        rows.append(row)
    return np.array(rows)


def syntax_report(counts: np.ndarray) -> dict[str, float]:
    """Percent of gold words; `f1` is LAS by universal relations, as in the CoNLL 2018 shared task. CLAS is over content words' gold."""
    n, uas, las, full, content, clas, upos, known, lemma = counts.sum(0)
    out = {"f1": las / n, "UAS": uas / n, "LAS with subtypes": full / n, "CLAS": clas / content}
    out |= {"UPOS": upos / n, "lemma": lemma / known}
    return {k: 100 * float(v) for k, v in out.items()}


def _interval(counts: np.ndarray, value: Callable[[np.ndarray], float], rounds: int = 1000) -> tuple[float, float]:
    """Bootstrap 95% interval of `value`, rows drawn with replacement, seed fixed."""
    rng = np.random.default_rng(1)
    values = [value(counts[rng.integers(0, len(counts), len(counts))]) for _ in range(rounds)]
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


def worldwide_more(encoded: Sequence[Encoded], tags: list[list[str]]) -> dict[str, float]:
    """Worldwide dev further: all four types, and each region (regions.tsv)."""
    gold = [e.source.tags for e in encoded]
    out = {"all four types": ner_report(gold, tags, (*COUNTED, "MISC"))["f1"]}
    regions = read_regions()
    of = [regions.get(e.source.origin, "other") for e in encoded]
    for region in sorted(set(of)):
        rows = [i for i, r in enumerate(of) if r == region]
        out[region] = ner_report([gold[i] for i in rows], [tags[i] for i in rows])["f1"]
    return out


def full_scores(
    model: JointModel, forward: Forward, sets: dict[str, list[Encoded]], intervals: bool = True
) -> dict[str, dict]:
    """Every dev figure, with a bootstrap interval of each headline figure under "interval"; `model` gives the heads, `forward` the encoder."""
    model.eval()
    out: dict[str, dict] = {}
    for name, encoded in sets.items():
        task = TASK_OF.get(name, "ner")
        if task == "syntax":
            if not model.syntax:
                continue
            counts = syntax_counts(encoded, parse(model, forward, encoded))
            out[name] = syntax_report(counts)
            if intervals:
                out[name]["interval"] = _interval(counts, lambda c: 100 * c[:, 2].sum() / c[:, 0].sum())
        elif task == "ner":
            wanted, tags = [e.source.tags for e in encoded], tag(forward, encoded, model.transitions)
            out[name] = ner_report(wanted, tags)
            if name == "worldwide":
                out[name] |= worldwide_more(encoded, tags)
            if intervals:
                out[name]["interval"] = span_interval(wanted, tags)
        else:
            gold, logits, items = classify(model, forward, task, encoded)
            found = logits.argmax(-1)
            units = np.array([sentence for sentence, _ in items])
            if name == "pairs":
                out[name] = pairs_report(gold, logits)
                if intervals:
                    groups = [np.flatnonzero(units == u) for u in np.unique(units)]
                    low_high = _interval(
                        np.arange(len(groups)),
                        lambda drawn: pairs_report(*(x[np.concatenate([groups[g] for g in drawn])] for x in (gold, logits)))["f1"],
                        200,
                    )
                    out[name]["interval"] = low_high
            else:
                out[name] = class_report(gold, found)
                if intervals:
                    out[name]["interval"] = class_interval(gold, found, units)
    if model.sentence and "sentiment" in sets:
        gold, found = sentence_report(model, forward, sets["sentiment"])
        out["sentence"] = class_report(gold, found)
        if intervals:
            out["sentence"]["interval"] = class_interval(gold, found, np.arange(len(gold)))
    return out


def scores(
    model: JointModel, forward: Forward, sets: dict[str, list[Encoded]]
) -> dict[str, dict[str, float]]:
    """`full_scores` without intervals."""
    return full_scores(model, forward, sets, intervals=False)


def one_line(result: dict[str, dict[str, float]]) -> str:
    """The headline figures."""
    more = {"ewt": ("UAS", "UPOS", "lemma"), "gum": ("UAS",), "pairs": ("p at recall 20",), "worldwide": ("all four types",)}
    parts = []
    for name, values in result.items():
        parts.append(f"{name} {values['f1']:.2f}" + "".join(f" {k} {values[k]:.2f}" for k in more.get(name, ())))
    return "  ".join(parts)
