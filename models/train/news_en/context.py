"""The context: the encoder's upper half once more, over several sentences at a time, with heads over pairs of spans.

    x_t = H_t + place[s_t]         H: rows of single sentences after some of the encoder's layers; s_t: the sentence's number in its window
    y   = layers of the encoder's kind over x
    f_k = w_k gelu(A a + B b + C c + far[d] + bias) + (P_k a) (Q_k b) + b_k

a, b: means of y over two spans; c: y of [CLS] of the second's sentence; d: how many sentences lie between; P_k, Q_k:
matrices of RANK rows. So all that is costly is computed once a span, not once a pair. Three heads:
`stance` (holder, target), `event` (trigger, side), `antecedent` (word, earlier word), and one over single words,
`trigger`, the type of event that a word tells. One pass answers for all of them. The encoder stays as it is, so the
layers can be trained anew without touching what ships beside it.

A window holds whole sentences in order, WINDOW wordpieces at most. Each sentence has its rows once, so spans of different
windows can be compared.
"""

import copy
import json
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertLayer

from .encode import Encoder
from .export import load_package
from .readers import Sentence
from .words import words_of

AFTER = 3  # of the encoder's layers
WINDOW = 144
MAX_LENGTH = 160
PLACES = 11
FAR = (1, 2, 3, 5, 9)  # sentences between two spans, as bounds of classes; one more class for a span that is not there
RANK = 64
STANCE = [f"{kind} {side}" for kind in ("somebody", "something") for side in ("neutral", "favor", "against")]
SIDES = 3
ROLES = ["none", "actor", "recipient"]
TYPES = ["none", *"AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()]
TOKENS = 1900  # wordpieces of a step
RATE = 1.5e-4
NOBODY = -1
# The weights are the mean of those of every so many steps, from this share of all steps on (Wortsman et al. 2022).
EVERY = 25
AVERAGED = 0.4


class PairHead(nn.Module):
    """Scores of pairs of spans."""

    def __init__(self, hidden: int, classes: int) -> None:
        super().__init__()
        self.first = nn.Linear(hidden, hidden)
        self.second = nn.Linear(hidden, hidden, bias=False)
        self.sentence = nn.Linear(hidden, hidden, bias=False)
        self.far = nn.Embedding(len(FAR) + 2, hidden)
        self.out = nn.Linear(hidden, classes)
        self.left = nn.Linear(hidden, classes * RANK, bias=False)
        self.right = nn.Linear(hidden, classes * RANK, bias=False)
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.far.weight, std=0.02)
        nn.init.normal_(self.left.weight, std=0.02)
        nn.init.normal_(self.right.weight, std=0.02)

    def forward(self, spans: Tensor, sentences: Tensor, a: Tensor, b: Tensor, c: Tensor, far: Tensor) -> Tensor:
        """spans [n, h], the last one zeros; sentences [s, h]; a, b, c, far: indexes for each pair."""
        spans, sentences = self.dropout(spans), self.dropout(sentences)
        first, second, third = self.first(spans), self.second(spans), self.sentence(sentences)
        inner = first[a] + second[b] + third[c] + self.far(far).to(spans.dtype)
        left, right = self.left(spans)[a], self.right(spans)[b]
        product = (left * right).reshape(len(a), -1, RANK).sum(-1)
        return (self.out(self.dropout(gelu(inner))) + product).float()


class Context(nn.Module):
    def __init__(self, config: BertConfig, layers: int) -> None:
        super().__init__()
        hidden = config.hidden_size
        self.place = nn.Embedding(PLACES, hidden)
        self.layers = nn.ModuleList(BertLayer(config) for _ in range(layers))
        self.stance = PairHead(hidden, len(STANCE))
        self.event = PairHead(hidden, len(ROLES))
        self.antecedent = PairHead(hidden, 1)
        self.trigger_inner = nn.Linear(hidden, hidden)
        self.trigger_out = nn.Linear(hidden, len(TYPES))
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.place.weight, std=0.02)

    def start_from(self, layers: list[nn.Module]) -> None:
        """Begins with the weights of some of the encoder's layers."""
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)

    def rows(self, states: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """states [w, t, h], mask and places [w, t] to rows [w * t, h]."""
        x = states + self.place(places).to(states.dtype)
        bias = (mask[:, None, None, :] == 0).to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)[0]
        return x.reshape(-1, x.shape[-1])

    def triggers(self, spans: Tensor) -> Tensor:
        return self.trigger_out(self.dropout(gelu(self.trigger_inner(self.dropout(spans))))).float()


Span = tuple[int, int]


@dataclass
class Stance:
    """A holder, if the text names him, and a target, by characters of the document. A side of -1 is unknown."""

    holder: Span | None
    target: Span
    somebody: int
    something: int
    number: int  # of the question


@dataclass
class Told:
    """What a sentence tells: for each trigger its type and the role of each span (-1 unknown)."""

    sentence: Span
    spans: list[Span]
    events: list[tuple[Span, int, list[int]]]


@dataclass
class Mention:
    """`chain` of what it stands for; `asked` whether it is to be resolved; None where nobody knows."""

    span: Span
    chain: int | None
    asked: bool


@dataclass
class Document:
    name: str
    text: str
    sentences: list[Span]
    learned: bool
    stances: list[Stance] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    # Filled by `prepare`.
    encoded: list = field(default_factory=list)
    words: list[list[Span]] = field(default_factory=list)
    windows: list[list[int]] = field(default_factory=list)
    states: list[Tensor] = field(default_factory=list)

    def at(self, span: Span) -> tuple[int, int, int] | None:
        """Number of a span's sentence, and its wordpieces there."""
        starts = self._starts
        i = int(np.searchsorted(starts, span[0], side="right")) - 1
        if i < 0 or span[0] >= self.sentences[i][1]:
            return None
        base = self.sentences[i][0]
        hit = [r for (s, e), r in zip(self.words[i], self.encoded[i].ranges) if base + s < span[1] and span[0] < base + e]
        return (i, hit[0][0], hit[-1][1]) if hit and hit[-1][1] > hit[0][0] else None

    def index(self) -> None:
        self._starts = np.array([s for s, _ in self.sentences])


def windows_of(lengths: list[int]) -> list[list[int]]:
    """Sentences by their lengths to windows; one that is longer has a window to itself."""
    found: list[list[int]] = []
    total = 0
    for i, length in enumerate(lengths):
        if not found or total + length > WINDOW:
            found.append([])
            total = 0
        found[-1].append(i)
        total += length
    return found


def prepare(documents: list[Document], package: Path) -> None:
    """Wordpieces, windows and states of all documents."""
    encoder = Encoder(str(package / "vocab.txt"), MAX_LENGTH)
    for document in documents:
        document.index()
        document.words = [words_of(document.text[s:e]) for s, e in document.sentences]
    every = [(d, i) for d in documents for i in range(len(d.sentences))]
    encoded = encoder.encode([Sentence([d.text[d.sentences[i][0] + s : d.sentences[i][0] + e] for s, e in d.words[i]]) for d, i in every])
    for (document, _), one in zip(every, encoded):
        document.encoded.append(one)
    for document in documents:
        document.windows = windows_of([len(e.ids) for e in document.encoded])
        document.states = [torch.empty(0)] * len(document.encoded)
    encode(every, package)


@torch.no_grad()
def encode(every: list[tuple[Document, int]], package: Path) -> None:
    """The encoder's rows of every sentence after some of its layers, once."""
    model = load_package(package).eval()
    every = sorted(every, key=lambda at: len(at[0].encoded[at[1]].ids))
    for start in range(0, len(every), 64):
        chosen = every[start : start + 64]
        encoded = [d.encoded[i] for d, i in chosen]
        length = max(len(e.ids) for e in encoded)
        ids = torch.zeros(len(chosen), length, dtype=torch.long)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, e in enumerate(encoded):
            n = len(e.ids)
            ids[row, :n], types[row, :n], mask[row, :n] = torch.tensor(e.ids), torch.tensor(e.types), 1
        with torch.autocast("cpu", torch.bfloat16):
            out = model.bert.embeddings(ids, token_type_ids=types)
            bias = (mask[:, None, None, :] == 0).float() * -1e4
            for layer in model.bert.encoder.layer[:AFTER]:
                out = layer(out, bias)[0]
        for row, (document, i) in enumerate(chosen):
            document.states[i] = out[row, : len(encoded[row].ids)].bfloat16().clone()


def far_class(between: int) -> int:
    return sum(between >= bound for bound in FAR)


class Batch:
    """Windows of some documents as one tensor; spans by number."""

    def __init__(self, documents: list[Document], wanted: list[set[int]]) -> None:
        """`wanted`: the sentences of each document whose rows are needed."""
        chosen = [(d, own) for d, need in zip(documents, wanted) for own in d.windows if need.intersection(own)]
        parts = [[d.states[i] for i in own] for d, own in chosen]
        self.length = max(sum(map(len, part)) for part in parts)
        hidden = parts[0][0].shape[1]
        self.states = torch.zeros(len(chosen), self.length, hidden)
        self.mask = torch.zeros(len(chosen), self.length, dtype=torch.long)
        self.places = torch.zeros_like(self.mask)
        self.start: dict[tuple[int, int], int] = {}  # row of a sentence of a document
        for row, ((document, own), part) in enumerate(zip(chosen, parts)):
            place = 0
            for i, states in zip(own, part):
                end = place + len(states)
                self.states[row, place:end] = states.float()
                self.mask[row, place:end] = 1
                self.places[row, place:end] = min(PLACES - 1, i - own[0])
                self.start[id(document), i] = row * self.length + place
                place = end
        self.spans: dict[tuple[int, int, int], int] = {}
        self.sentences: dict[int, int] = {}

    def span(self, document: Document, span: Span) -> tuple[int, int] | None:
        """Number of a span, and its sentence."""
        at = document.at(span)
        if at is None or (id(document), at[0]) not in self.start:
            return None
        start = self.start[id(document), at[0]]
        return self.spans.setdefault((start + at[1], start + at[2]), len(self.spans)), at[0]

    def sentence(self, document: Document, i: int) -> int:
        return self.sentences.setdefault(self.start[id(document), i], len(self.sentences))

    def means(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Means of all spans with a zero behind them, and the rows of [CLS]."""
        sums = torch.cat([torch.zeros(1, rows.shape[1]), rows.float().cumsum(0)])
        ends = torch.tensor(list(self.spans), dtype=torch.long).reshape(-1, 2)
        means = (sums[ends[:, 1]] - sums[ends[:, 0]]) / (ends[:, 1] - ends[:, 0]).clamp(min=1)[:, None]
        means = torch.cat([means, torch.zeros(1, rows.shape[1])])
        return means, rows[torch.tensor(list(self.sentences) or [0], dtype=torch.long)]


class Asked:
    """Pairs of one head in a batch."""

    def __init__(self) -> None:
        self.a: list[int] = []
        self.b: list[int] = []
        self.c: list[int] = []
        self.far: list[int] = []
        self.labels: list = []

    def add(self, a: int | None, b: int, c: int, far: int, label) -> None:
        self.a.append(NOBODY if a is None else a)
        self.b.append(b)
        self.c.append(c)
        self.far.append(far)
        self.labels.append(label)

    def scores(self, head: PairHead, means: Tensor, sentences: Tensor) -> Tensor:
        index = lambda values: torch.tensor(values, dtype=torch.long)
        # The zeros stand last: -1 finds them.
        return head(means, sentences, index(self.a) % len(means), index(self.b), index(self.c), index(self.far))


def needed(document: Document) -> set[int]:
    """The sentences that questions are about."""
    if document.mentions:
        return set(range(len(document.sentences)))
    spans = [s.target for s in document.stances] + [s.holder for s in document.stances if s.holder]
    spans += [t.sentence for t in document.told]
    starts = document._starts
    return {max(0, int(np.searchsorted(starts, span[0], side="right")) - 1) for span in spans}


MOST_BEFORE = 40


class Questions:
    """All that is asked about the documents of a batch, with the answers."""

    def __init__(self, documents: list[Document], keep=lambda stance: True, learn: bool = True) -> None:
        self.batch = batch = Batch(documents, [needed(d) for d in documents])
        self.stance, self.event, self.antecedent = Asked(), Asked(), Asked()
        self.words: list[int] = []
        self.types: list[int] = []
        self.of_mention: list[int] = []  # which mention a pair of `antecedent` is of
        self.asked = 0
        self.keys: list = []
        for document in documents:
            for s in document.stances:
                if keep(s):
                    self.add_stance(document, s)
            for told in document.told:
                self.add_told(document, told)
            self.add_mentions(document)

    def add_stance(self, document: Document, s: Stance) -> None:
        target = self.batch.span(document, s.target)
        if target is None:
            return
        holder = s.holder and self.batch.span(document, s.holder)
        far = far_class(abs(holder[1] - target[1])) if holder else len(FAR) + 1
        self.stance.add(holder and holder[0], target[0], self.batch.sentence(document, target[1]), far, (s.somebody, s.something, s.number))

    def add_told(self, document: Document, told: Told) -> None:
        i = document.at(told.sentence)
        if i is None or (id(document), i[0]) not in self.batch.start:
            return
        base = document.sentences[i[0]][0]
        sides = [self.batch.span(document, span) for span in told.spans]
        labels: dict[int, int] = {}
        for trigger, kind, roles in told.events:
            at = self.batch.span(document, trigger)
            if at is None:
                continue
            labels[at[0]] = kind
            for side, role in zip(sides, roles):
                if side is not None and side[1] == i[0]:
                    self.event.add(at[0], side[0], self.batch.sentence(document, i[0]), 0, role)
        for start, end in document.words[i[0]]:
            if document.text[base + start].isalpha() and (at := self.batch.span(document, (base + start, base + end))):
                self.words.append(at[0])
                self.types.append(labels.get(at[0], 0))

    def add_mentions(self, document: Document) -> None:
        placed = [(m, self.batch.span(document, m.span)) for m in document.mentions]
        for k, (mention, at) in enumerate(placed):
            if at is None or not mention.asked:
                continue
            found = [
                (other, where) for other, where in placed[max(0, k - MOST_BEFORE) : k]
                if where is not None and other.span[1] <= mention.span[0]
            ]
            if not found:
                continue
            for other, where in found:
                right = mention.chain is not None and other.chain == mention.chain
                self.antecedent.add(at[0], where[0], self.batch.sentence(document, at[1]), far_class(at[1] - where[1]), right)
                self.of_mention.append(self.asked)
                self.keys.append((document.name, mention.span, other.span))
            self.asked += 1


def loss_of(head: Context, q: Questions, parts: dict[str, float]) -> Tensor:
    rows = head.rows(q.batch.states, q.batch.mask, q.batch.places)
    means, sentences = q.batch.means(rows)
    total = rows.sum() * 0
    def add(name: str, loss: Tensor) -> None:
        nonlocal total
        parts[name] = parts.get(name, 0) + float(loss.detach())
        total = total + loss
    if q.stance.a:
        scores = q.stance.scores(head.stance, means, sentences)
        labels = torch.tensor(q.stance.labels)
        for kind, part in ((0, scores[:, :SIDES]), (1, scores[:, SIDES:])):
            add("stance", cross_entropy(part, labels[:, kind], ignore_index=-1, reduction="sum"))
    if q.words:
        add("trigger", cross_entropy(head.triggers(means[q.words]), torch.tensor(q.types), reduction="sum"))
    if q.event.a:
        scores = q.event.scores(head.event, means, sentences)
        add("side", cross_entropy(scores, torch.tensor(q.event.labels), ignore_index=-1, reduction="sum"))
    if q.antecedent.a:
        scores = q.antecedent.scores(head.antecedent, means, sentences)[:, 0]
        of, right = torch.tensor(q.of_mention), torch.tensor(q.antecedent.labels)
        add("antecedent", marginal(scores, of, right, q.asked))
    return total / 60


def marginal(scores: Tensor, of: Tensor, right: Tensor, count: int) -> Tensor:
    """Minus the log of the likelihood of what is right, for each mention; nothing has the score 0."""
    most = torch.zeros(count).scatter_reduce(0, of, scores.detach(), "amax")
    grown = (scores - most[of]).exp()
    all_of = (-most).exp() + torch.zeros(count).index_add(0, of, grown)
    right_of = torch.zeros(count).index_add(0, of, grown * right)
    right_of = torch.where(right_of > 0, right_of, (-most).exp())
    return (all_of.log() - right_of.clamp(min=1e-30).log()).sum()


def batches(documents: list[Document], rng: np.random.RandomState) -> list[list[Document]]:
    """The documents in random order, of about equal windows together, TOKENS wordpieces each."""
    size = {id(d): sum(map(len, d.states)) for d in documents}
    width = {id(d): max(sum(len(d.states[i]) for i in own) for own in d.windows) for d in documents}
    order = [documents[i] for i in rng.permutation(len(documents))]
    found = []
    for start in range(0, len(order), 3000):
        now, total = [], 0
        for d in sorted(order[start : start + 3000], key=lambda d: width[id(d)] // 8):
            if now and total + size[id(d)] > TOKENS:
                found.append(now)
                now, total = [], 0
            now.append(d)
            total += size[id(d)]
        found.append(now)
    random.Random(int(rng.randint(1 << 30))).shuffle(found)
    return found


def train(documents: list[Document], package: Path, epochs: float, keep, seed: int = 0, start: Context | None = None, rate: float = RATE) -> Context:
    """Learns from the documents that may be learned from. `keep` says which stances an epoch asks about."""
    torch.manual_seed(seed)
    model = load_package(package)
    layers = list(model.bert.encoder.layer)[AFTER:]
    head = start or Context(model.config, len(layers))
    if not start:
        head.start_from(layers)
    learned = [d for d in documents if d.learned and (d.stances or d.told or d.mentions)]
    matrices = [p for p in head.parameters() if p.ndim > 1]
    vectors = [p for p in head.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}])
    total = int(len(batches(learned, np.random.RandomState(0))) * epochs)
    step, begun, parts = 0, time.time(), {}
    mean: dict[str, Tensor] = {}
    states = 0
    for epoch in range(int(epochs + 1)):
        head.train()
        drawn = np.random.RandomState(epoch)
        for chosen in batches(learned, np.random.RandomState(seed + epoch)):
            if step >= total:
                break
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, step / 100) * (1 - step / total) + 1e-7
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(head, Questions(chosen, lambda s: keep(s, drawn)), parts)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % EVERY == 0 and step >= AVERAGED * total:
                states += 1
                for name, value in head.state_dict().items():
                    mean[name] = mean.get(name, 0) + (value.double() - mean.get(name, 0)) / states
            if step % 100 == 0:
                told = ", ".join(f"{name} {value / 100:.2f}" for name, value in parts.items())
                print(f"context: step {step} of {total}, loss {told}, {(time.time() - begun) / step:.2f} s a step", flush=True)
                parts = {}
    if states:
        head.load_state_dict({name: value.float() for name, value in mean.items()})
    return head.eval()


@torch.no_grad()
def scores(head: Context, documents: list[Document], count: int) -> np.ndarray:
    """Scores of the stances of documents that nothing was learned from, by number; NaN for all others, and for those that
    no window answers."""
    found = np.full((count, len(STANCE)), np.nan, np.float32)
    unseen = [d for d in documents if not d.learned and d.stances]
    for chosen in batches(unseen, np.random.RandomState(0)):
        q = Questions(chosen)
        with torch.autocast("cpu", torch.bfloat16):
            rows = head.rows(q.batch.states, q.batch.mask, q.batch.places)
        if q.stance.a:
            means, sentences = q.batch.means(rows.float())
            found[[number for _, _, number in q.stance.labels]] = q.stance.scores(head.stance, means, sentences).numpy()
    return found


def save(head: Context, package: Path) -> None:
    """Writes the layers and their heads beside the encoder, and what they are into config.json."""
    weights = {f"context.{k}": v.half().contiguous() for k, v in head.state_dict().items()}
    save_file(weights, package / "context.safetensors", {"format": "pt"})
    config = json.loads((package / "config.json").read_text())
    config["docmill"]["heads"]["context"] = {
        "form": "context-layers",
        "after": AFTER,
        "layers": len(head.layers),
        "places": PLACES,
        "window": WINDOW,
        "stance": STANCE,
        "trigger": TYPES,
    }
    (package / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def load(package: Path) -> Context:
    """The layers and heads of a package."""
    model = load_package(package)
    described = json.loads((package / "config.json").read_text())["docmill"]["heads"]["context"]
    head = Context(model.config, described["layers"])
    weights = load_file(package / "context.safetensors")
    head.load_state_dict({k.removeprefix("context."): v.float() for k, v in weights.items()})
    return head.eval()
