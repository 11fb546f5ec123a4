"""The head `attitude`: who is for or against whom or what, read with the holder marked.

It has the upper half of the encoder once more, as layers of its own, and goes on from the rows in the middle: once for
each holder of a sentence; all targets are read from that pass. The encoder stays as it is, so the head can be trained
anew without touching what ships beside it. `judge.py` calls this.

Layers on top of the last states were tried as well (two, 402 steps): they learn less, F1 of rows on dev 39.3, 34.0, 41.2
toward somebody by name, somebody without one, something; from the middle 40.1, 39.9, 44.2.
"""

import copy
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertLayer

from .encode import Encoder
from .export import load_package
from .readers import Sentence
from .words import words_of

LABELS = [f"{kind} {side}" for kind in ("somebody", "something") for side in ("neutral", "favor", "against")]
SIDES = 3
HOLDER, ABSENT = 1, 2  # rows of the holder; [CLS] of one whom the sentence does not name
AFTER = 3  # of the encoder's layers
MAX_LENGTH = 160
BATCH = 48
RATE = 1.5e-4
# Passes without a stance whose features give none a chance are learned from in this share.
EASY = 0.1
CHANCE = 0.1


class HolderHead(nn.Module):
    """x_t = H_t + role[r_t], H after some of the encoder's layers; y = layers of the encoder's kind over x;
    out = W_o gelu(W_i [mean y of the holder; mean y of the target; y_CLS] + b_i) + b_o"""

    def __init__(self, config: BertConfig, layers: int, classes: int) -> None:
        super().__init__()
        hidden = config.hidden_size
        self.role = nn.Embedding(ABSENT + 1, hidden)
        self.layers = nn.ModuleList(BertLayer(config) for _ in range(layers))
        self.inner = nn.Linear(3 * hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.dropout = nn.Dropout(0.1)

    def start_from(self, layers: list[nn.Module]) -> None:
        """Begins with the weights of some of the encoder's layers."""
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)
        nn.init.normal_(self.role.weight, std=0.05)
        with torch.no_grad():
            self.role.weight[0] = 0

    def forward(self, states: Tensor, mask: Tensor, roles: Tensor, holder: Tensor, targets: Tensor, of: Tensor) -> Tensor:
        """states [n, t, h]; mask, roles [n, t]; holder [n, t] averages its rows; targets [m, t] those of each target,
        `of` [m] the pass it belongs to. Scores [m, classes]."""
        x = states + self.role(roles).to(states.dtype)
        bias = (mask[:, None, None, :] == 0).to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)[0]
        held = torch.bmm(holder[:, None].to(x.dtype), x)[:, 0]
        aimed = torch.bmm(targets[:, None].to(x.dtype), x[of])[:, 0]
        features = self.dropout(torch.cat([held[of], aimed, x[of, 0]], 1))
        return self.out(self.dropout(nn.functional.gelu(self.inner(features)))).float()


@dataclass
class Question:
    """A holder and a target in one sentence, as character spans in it; no holder if it does not name him."""

    sentence: str
    holder: tuple[int, int] | None
    target: tuple[int, int]
    somebody: int  # side, or -1 where nobody knows
    something: int
    likely: float  # by features alone
    learned: bool  # whether it may be learned from


@dataclass
class Pass:
    """All questions with one holder in one sentence."""

    sentence: int
    holder: tuple[int, int] | None
    questions: list[int]
    targets: list[tuple[int, int]]


def rows_at(words: list[tuple[int, int]], ranges: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int] | None:
    """The wordpieces of the words that overlap characters."""
    hit = [r for (s, e), r in zip(words, ranges) if s < span[1] and span[0] < e]
    return (hit[0][0], hit[-1][1]) if hit else None


class Material:
    """Questions as passes over encoded sentences."""

    def __init__(self, questions: list[Question], package: Path) -> None:
        self.questions = questions
        texts = sorted({q.sentence for q in questions})
        number = {text: i for i, text in enumerate(texts)}
        spans = [words_of(text) for text in texts]
        encoder = Encoder(str(package / "vocab.txt"), MAX_LENGTH)
        self.encoded = encoder.encode([Sentence([t[s:e] for s, e in w]) for t, w in zip(texts, spans)])
        passes: dict[tuple[int, tuple[int, int] | None], Pass] = {}
        for i, q in enumerate(questions):
            at = number[q.sentence]
            ranges = self.encoded[at].ranges
            target = rows_at(spans[at], ranges, q.target)
            holder = q.holder and rows_at(spans[at], ranges, q.holder)
            if target is None or (q.holder and holder is None):
                continue
            one = passes.setdefault((at, holder), Pass(at, holder, [], []))
            one.questions.append(i)
            one.targets.append(target)
        self.passes = list(passes.values())
        self.length = np.array([len(self.encoded[p.sentence].ids) for p in self.passes])
        self.states: list[Tensor] = []

    @torch.no_grad()
    def encode(self, package: Path) -> None:
        """The encoder's states of every sentence after some of its layers, once."""
        model = load_package(package).eval()
        order = sorted(range(len(self.encoded)), key=lambda i: len(self.encoded[i].ids))
        states: dict[int, Tensor] = {}
        for start in range(0, len(order), 64):
            chosen = order[start : start + 64]
            length = max(len(self.encoded[i].ids) for i in chosen)
            ids = torch.zeros(len(chosen), length, dtype=torch.long)
            types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
            for row, i in enumerate(chosen):
                n = len(self.encoded[i].ids)
                ids[row, :n] = torch.tensor(self.encoded[i].ids)
                types[row, :n] = torch.tensor(self.encoded[i].types)
                mask[row, :n] = 1
            with torch.autocast("cpu", torch.bfloat16):
                out = model.bert.embeddings(ids, token_type_ids=types)
                bias = (mask[:, None, None, :] == 0).float() * -1e4
                for layer in model.bert.encoder.layer[:AFTER]:
                    out = layer(out, bias)[0]
            for row, i in enumerate(chosen):
                states[i] = out[row, : len(self.encoded[i].ids)].bfloat16().clone()
        self.states = [states[i] for i in range(len(self.encoded))]

    def batch(self, chosen: np.ndarray) -> tuple[tuple[Tensor, ...], np.ndarray]:
        """Tensors of some passes, and the questions that they answer."""
        passes = [self.passes[i] for i in chosen]
        length = max(len(self.states[p.sentence]) for p in passes)
        states = torch.zeros(len(passes), length, self.states[0].shape[1])
        mask, roles = torch.zeros(len(passes), length, dtype=torch.long), torch.zeros(len(passes), length, dtype=torch.long)
        holder = torch.zeros(len(passes), length)
        count = sum(len(p.targets) for p in passes)
        targets, of, asked = torch.zeros(count, length), torch.zeros(count, dtype=torch.long), []
        for row, p in enumerate(passes):
            own = self.states[p.sentence]
            states[row, : len(own)] = own.float()
            mask[row, : len(own)] = 1
            if p.holder:
                roles[row, slice(*p.holder)] = HOLDER
                holder[row, slice(*p.holder)] = 1 / (p.holder[1] - p.holder[0])
            else:
                roles[row, 0] = ABSENT
            for i, (start, end) in zip(p.questions, p.targets):
                targets[len(asked), start:end] = 1 / (end - start)
                of[len(asked)] = row
                asked.append(i)
        return (states, mask, roles, holder, targets, of), np.array(asked)


def batches(material: Material, chosen: np.ndarray, rng: np.random.RandomState) -> Iterator[np.ndarray]:
    """The passes in random order, those of about equal length together."""
    chosen = rng.permutation(chosen)
    found = []
    for start in range(0, len(chosen), BATCH * 40):
        near = chosen[start : start + BATCH * 40]
        near = near[np.argsort(material.length[near], kind="stable")]
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    random.Random(int(rng.randint(1 << 30))).shuffle(found)
    return iter(found)


def train(material: Material, package: Path, epochs: float, seed: int = 0) -> HolderHead:
    """Learns from the questions that may be learned from."""
    torch.manual_seed(seed)
    model = load_package(package)
    layers = list(model.bert.encoder.layer)[AFTER:]
    head = HolderHead(model.config, len(layers), len(LABELS))
    head.start_from(layers)
    questions = material.questions
    learned = np.array([questions[p.questions[0]].learned for p in material.passes])
    chance = np.array([max(questions[i].likely for i in p.questions) for p in material.passes])
    sided = np.array([any(max(questions[i].somebody, questions[i].something) > 0 for i in p.questions) for p in material.passes])
    somebody = torch.tensor([q.somebody for q in questions])
    something = torch.tensor([q.something for q in questions])

    def chosen(epoch: int) -> np.ndarray:
        drawn = np.random.RandomState(epoch).rand(len(learned)) < EASY
        return np.flatnonzero(learned & (sided | (chance > CHANCE) | drawn))

    matrices = [p for p in head.parameters() if p.ndim > 1]
    vectors = [p for p in head.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}])
    total = int(len(chosen(0)) / BATCH * epochs)
    step, begun, losses = 0, time.time(), []
    for epoch in range(int(epochs + 1)):
        head.train()
        for passes in batches(material, chosen(epoch), np.random.RandomState(seed + epoch)):
            if step >= total:
                break
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, step / 100) * (1 - step / total) + 1e-7
            tensors, asked = material.batch(passes)
            with torch.autocast("cpu", torch.bfloat16):
                scores = head(*tensors)
            loss = sum(
                nn.functional.cross_entropy(part, labels[asked], ignore_index=-1, reduction="sum")
                for part, labels in ((scores[:, :SIDES], somebody), (scores[:, SIDES:], something))
            )
            optimizer.zero_grad()
            (loss / (2 * len(passes))).backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            step += 1
            losses.append(float(loss) / (2 * len(passes)))
            if step % 100 == 0:
                print(f"attitude: step {step} of {total}, loss {np.mean(losses[-100:]):.4f}, {(time.time() - begun) / step:.2f} s a step", flush=True)
    return head.eval()


@torch.no_grad()
def scores(head: HolderHead, material: Material) -> np.ndarray:
    """Scores of the questions that nothing was learned from; NaN for all others, and for those that no pass answers."""
    out = np.full((len(material.questions), len(LABELS)), np.nan, np.float32)
    unseen = np.flatnonzero([not material.questions[p.questions[0]].learned for p in material.passes])
    order = unseen[np.argsort(material.length[unseen], kind="stable")]
    for start in range(0, len(order), 64):
        tensors, asked = material.batch(order[start : start + 64])
        with torch.autocast("cpu", torch.bfloat16):
            out[asked] = head(*tensors).numpy()
    return out


def save(head: HolderHead, package: Path) -> None:
    """Writes the head beside the encoder, and what it is into config.json."""
    weights = {f"attitude.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
    save_file(weights, package / "attitude.safetensors", {"format": "pt"})
    config = json.loads((package / "config.json").read_text())
    config["docmill"]["heads"]["attitude"] = {
        "form": "holder-layers",
        "after": AFTER,
        "layers": len(head.layers),
        "labels": LABELS,
    }
    (package / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def load(package: Path) -> HolderHead:
    """The head of a package."""
    model = load_package(package)
    described = json.loads((package / "config.json").read_text())["docmill"]["heads"]["attitude"]
    head = HolderHead(model.config, described["layers"], len(described["labels"]))
    weights = load_file(package / "attitude.safetensors")
    head.load_state_dict({k.removeprefix("attitude."): v.float() for k, v in weights.items()})
    return head.eval()
