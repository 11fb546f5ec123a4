"""Joint training: batches of the three tasks in random order, one linear schedule a stage."""

import copy
import random
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import nn

from . import readers
from .augment import Augmenter, case_copies
from .distil import LABELS, distillation_loss, give_soft_labels
from .encode import Batch, Encoded, Encoder, collate, orders
from .evaluate import TASK_OF, dev_sets, one_line, scores, torch_forward
from .inventory import read_inventory
from .gazetteer import read_gazetteer
from .labels import IGNORE, STANCE_LABELS
from .large import LargeTeacher, new_large
from .model import JointModel, base_folder, new_model, start_from
from .sentence import train_sentence_head
from .swap import Names, names_of, swapped
from .syntax import Classes, Inventory, inventory_of, syntax_loss
from .transitions import count_transitions


@dataclass(frozen=True)
class Stage:
    """One schedule: warm-up, then linear decay to `end` of the peak rates.

    Shares are of the sentences (or pairs) of a set that an epoch takes, drawn anew each time; above 1, whole rounds more.
    """

    name: str
    epochs: int
    lr: float
    head_lr: float
    end: float  # rate at the end, as a share of the peak
    syntax_lr: float = 1e-3
    augment: float = 0.25  # extra NER sentences, as a share of the real ones
    neutral: float = 1.0  # share of the stance sentences without opinion
    swap: float = 0.0  # share of the stance sentences whose names are exchanged
    average: bool = False  # end with the mean of the weights over the last part of the stage
    syntax: float = 2.0
    sentiment: float = 1.0
    pairs: float = 1.0  # of the sentences of pairs/
    worldwide: float = 1.0
    conll: float = 1.0
    politics: int = 8  # copies
    other: float = 1.0  # of the other domains and wikigold
    park: float = 0.4  # of the stance sentences of Park et al.; their labels are noisy
    pair_neutral: float = 0.4  # of the pairs of mentions without a stance
    pair_targets: float = 0.4  # of the sentences of pairs/ that also teach sentiment toward a mention


STAGES = [
    Stage("one", epochs=1, lr=1.2e-4, head_lr=5e-4, end=0.67),
    Stage("two", epochs=6, lr=8e-5, head_lr=3e-4, end=0.0, neutral=0.5, swap=0.3, average=True),
]
# From a package whose encoder and heads are trained: softer, and less of what it has learned already.
# An epoch is short: the treebanks once, 0.7 of Worldwide Newswire and half of pairs/.
_LESS = {"augment": 0.05, "neutral": 0.5, "swap": 0.2, "conll": 0.4, "politics": 3, "other": 0.25}
_LESS |= {"syntax": 1.0, "worldwide": 0.7, "sentiment": 0.6, "park": 0.2, "pairs": 0.5, "pair_targets": 0.2}
ON_FROM = [
    Stage("begin", epochs=1, lr=1e-4, head_lr=1.5e-4, end=0.8, **_LESS),
    Stage("go-on", epochs=8, lr=1e-4, head_lr=1.5e-4, end=0.0, average=True, **_LESS),
]
BEGIN_SHARE = 0.18  # of the minutes
CURVE = 3  # dev figures on the way are of every third sentence
# After them, where there are teachers.
TAUGHT = Stage("taught", epochs=8, lr=6e-5, head_lr=2e-4, end=0.0, neutral=0.5, swap=0.2, average=True)
# Of a large teacher.
LARGE = Stage("large", epochs=3, lr=4e-5, head_lr=3e-4, end=0.0, augment=0.1, neutral=0.35, swap=0.2, average=True)
TASKS = ("ner", "syntax", "sentiment", "stance")
BUDGET = {"ner": 1024, "syntax": 1024, "sentiment": 1024, "stance": 1024, "speeches": 1024}  # padded wordpieces a batch
KEPT_BEFORE = 0.25  # share of the weights before the stage TAUGHT; chosen on dev among 0, a quarter and a half
SPEECHES = 5000  # unlabelled sentences
MAX_LENGTH = 128  # of a training sentence, in wordpieces
EVAL_LENGTH = 512
WARMUP = 0.06
AVERAGE_FROM = 0.7  # the weights are averaged over the rest of the stage
AVERAGE_EVERY = 25  # steps
SAVE_EVERY = 250  # steps; a stopped stage goes on from there
PAIR_TARGET_NEUTRAL = 0.15  # share of the mentions that are no target
SEED = 20261123


@dataclass
class TrainData:
    """The training sentences of each task."""

    conll: list[readers.Sentence]
    politics: list[readers.Sentence]
    worldwide: list[readers.Sentence]
    other: list[readers.Sentence]
    syntax: list[readers.Sentence]
    sentiment: list[Encoded]
    stance: list[Encoded]  # Park et al.
    pairs: list[Encoded]
    speeches: list[Encoded]  # for lessons
    augmenter: Augmenter
    names: Names
    inventory: Inventory

    @property
    def ner_real(self) -> list[readers.Sentence]:
        """What the chain of labels is counted on, and what made sentences are made of."""
        return self.conll + 4 * self.politics + self.worldwide


def load_data(data: Path, encoder: Encoder, inventory: Inventory | None = None) -> TrainData:
    """Every training part; `inventory` of a package where training goes on from one."""
    other = readers.read_wikigold(data)
    for domain in ("ai", "literature", "music", "science"):
        for part in ("train", "dev"):
            other += readers.read_crossner(data, domain, part)
    stance = readers.read_stance(data, "train")
    syntax = readers.read_syntax(data, "ewt-train") + readers.read_syntax(data, "gum-train")
    inventory = inventory or inventory_of(syntax)
    Classes(inventory).fill(syntax)
    return TrainData(
        conll=readers.read_crossner(data, "conll2003", "train"),
        politics=readers.read_crossner(data, "politics", "train"),
        worldwide=readers.read_worldwide(data, "train"),
        other=other,
        syntax=syntax,
        sentiment=encoder.encode(readers.read_sentiment(data, dev=False)),
        stance=encoder.encode(stance),
        pairs=encoder.encode(readers.read_pairs(data, dev=False)),
        speeches=[],
        augmenter=Augmenter(read_gazetteer(data)),
        names=names_of(stance),
        inventory=inventory,
    )


def drawn(items: list, share: float, rng: random.Random) -> list:
    """A share of the items; above 1, all of them so many times and a share more."""
    whole = int(share)
    return items * whole + rng.sample(items, round((share - whole) * len(items)))


def ner_of_epoch(data: TrainData, stage: Stage, seed: int, rng: random.Random) -> list[readers.Sentence]:
    """Real sentences, made ones, and copies of some real ones in capitals, lower case and headline case."""
    real = (
        drawn(data.conll, stage.conll, rng)
        + data.politics * stage.politics
        + drawn(data.worldwide, stage.worldwide, rng)
        + drawn(data.other, stage.other, rng)
    )
    return real + data.augmenter.epoch(data.ner_real, seed, stage.augment) + case_copies(rng, real)


def syntax_of_epoch(data: TrainData, stage: Stage, rng: random.Random) -> list[readers.Sentence]:
    """The treebanks; copies in other case have no lemmas."""
    real = drawn(data.syntax, stage.syntax, rng)
    return real + case_copies(rng, real)


def sentiment_of_epoch(data: TrainData, stage: Stage, rng: random.Random) -> list[Encoded]:
    """NewsMTSC, and mentions of pairs/: few of the neutral ones."""
    out = drawn(data.sentiment, stage.sentiment, rng)
    for e in drawn(data.pairs, stage.pair_targets, rng):
        kept = [t for t in e.source.targets if t[1] != 1 or rng.random() < PAIR_TARGET_NEUTRAL]
        if kept:
            out.append(replace(e, source=readers.Sentence(e.source.words, targets=kept)))
    return out


def epoch_batches(
    data: TrainData, encoder: Encoder, stage: Stage, seed: int, only: Collection[str] = TASKS
) -> list[tuple[str, list[Encoded], list[int]]]:
    """The batches of one epoch, all tasks mixed (or those of `only`)."""
    rng = random.Random(seed)
    tasks = {}
    if "ner" in only:
        tasks["ner"] = encoder.encode(ner_of_epoch(data, stage, seed, rng))
    if "syntax" in only:
        tasks["syntax"] = encoder.encode(syntax_of_epoch(data, stage, rng))
    if "sentiment" in only:
        tasks["sentiment"] = sentiment_of_epoch(data, stage, rng)
    if "stance" in only:
        tasks["stance"] = stance_of_epoch(data, encoder, stage, rng) + pairs_of_epoch(data, stage, rng)
    if data.speeches:
        tasks["speeches"] = data.speeches
    batches = [
        (task, encoded, order)
        for task, encoded in tasks.items()
        for order in orders(encoded, BUDGET[task], rng)
    ]
    rng.shuffle(batches)
    return batches


def stance_of_epoch(
    data: TrainData, encoder: Encoder, stage: Stage, rng: random.Random
) -> list[Encoded]:
    """Every sentence with an opinion, a share of the others; in some the names are exchanged."""
    found = [
        e
        for e in drawn(data.stance, stage.park, rng)
        if any(label for *_, label in e.source.pairs) or rng.random() < stage.neutral
    ]
    chosen = [rng.random() < stage.swap for _ in found]
    kept = [e for e, swap in zip(found, chosen) if not swap]
    return kept + encoder.encode(
        [swapped(e.source, data.names, rng) for e, swap in zip(found, chosen) if swap]
    )


def pairs_of_epoch(data: TrainData, stage: Stage, rng: random.Random) -> list[Encoded]:
    """Sentences of pairs/: every pair with a stance, a share of the others."""
    out = []
    for e in drawn(data.pairs, stage.pairs, rng):
        kept = [p for p in e.source.pairs if p[2] or rng.random() < stage.pair_neutral]
        if kept:
            out.append(replace(e, source=readers.Sentence(e.source.words, pairs=kept)))
    return out


def stance_mix(data: TrainData, stage: Stage) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights of the classes, and the share of each class that an epoch draws.

    Weights are the inverse square root of the drawn counts (both directions together), mean 1 over the rows.
    """
    park, pairs = torch.zeros(len(STANCE_LABELS)), torch.zeros(len(STANCE_LABELS))
    for counts, encoded in ((park, data.stance), (pairs, data.pairs)):
        for e in encoded:
            for *_, label in e.source.pairs:
                counts[label] += 1
    natural = stage.park * park + stage.pairs * pairs
    counts = natural.clone()
    counts[0] = stage.park * stage.neutral * park[0] + stage.pairs * stage.pair_neutral * pairs[0]
    share = counts / natural
    for a, b in ((1, 2), (3, 4)):
        counts[a] = counts[b] = (counts[a] + counts[b]) / 2
    weights = counts.rsqrt()
    return weights * counts.sum() / (weights * counts).sum(), share


def undo_weights(
    model: JointModel | LargeTeacher, data: TrainData, stage: Stage, again: bool = False
) -> None:
    """Folds the class weights and the drawing of neutral pairs back out of the stance scores.

    Training with weight w and share s of a class shifts its score by log(w s); taking that off
    (half of it in the bias, which the mirrored sum adds twice) gives scores for the natural mix.
    With `again` it is put back, to go on training.
    """
    weights, share = stance_mix(data, stage)
    with torch.no_grad():
        shift = (weights * share).log() / 2
        model.stance.out.bias += shift if again else -shift


def part_way(model: JointModel, before: dict[str, torch.Tensor]) -> None:
    """Mixes some of what the weights were into them: keeps most of what was learned and forgets less (Wortsman et al., 2022)."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            value.copy_((1 - KEPT_BEFORE) * value + KEPT_BEFORE * before[name])


def loss_of(
    model: JointModel | LargeTeacher, batch: Batch, weights: torch.Tensor, chosen: list[Encoded]
) -> torch.Tensor:
    """Cross entropy of the batch's task; of the sentences `chosen` that have a lesson, what teachers say too."""
    taught = torch.zeros(())
    with torch.autocast("cpu", torch.bfloat16):
        states = model.encode(batch.ids, batch.types, batch.mask)
        if batch.task == "syntax":
            return syntax_loss(model.syntax, states, batch.first, batch.labels)
        if batch.task == "ner":
            logits, labels = model.ner_logits(states).flatten(0, 1), batch.labels.flatten()
        else:
            head = model.sentiment_logits if batch.task == "sentiment" else model.stance_logits
            labels = batch.labels
            # Sentences of speeches have no items of their own.
            logits = head(states[batch.rows], batch.mask[batch.rows], batch.pool) if len(labels) else states[:0, 0]
            if any(e.lesson for e in chosen):
                taught = distillation_loss(model, states, logits, batch, chosen)
    if not len(labels):
        return taught
    own = nn.functional.cross_entropy(
        logits.float(),
        labels,
        weight=weights if batch.task == "stance" else None,
        ignore_index=IGNORE,
    )
    return LABELS * own + taught if taught.requires_grad else own


def rate(progress: float, end: float) -> float:
    """Share of the peak rate at a point of the stage."""
    if progress < WARMUP:
        return progress / WARMUP
    return end + (1 - end) * (1 - progress) / (1 - WARMUP)


def optimizer_of(model: JointModel | LargeTeacher, stage: Stage) -> torch.optim.AdamW:
    """AdamW; the heads learn faster, biases and norms do not decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        lr = stage.lr if name.startswith("bert.") else stage.head_lr
        lr = stage.syntax_lr if name.startswith("syntax.") else lr
        decay = 0.0 if parameter.ndim < 2 else 0.01
        groups.setdefault((lr, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": p, "lr": lr, "peak": lr, "weight_decay": d} for (lr, d), p in groups.items()],
        betas=(0.9, 0.98),
        fused=True,  # 10 times faster than the plain loop on CPU
    )


@dataclass
class Mean:
    """Running mean of the weights."""

    taken: int = 0
    weights: dict[str, torch.Tensor] = field(default_factory=dict)

    def add(self, model: nn.Module) -> None:
        """Counts the present weights in."""
        self.taken += 1
        for name, value in model.state_dict().items():
            old = self.weights.setdefault(name, value.clone())
            old += (value - old) / self.taken


def run_stage(
    model: JointModel | LargeTeacher,
    data: TrainData,
    encoder: Encoder,
    stage: Stage,
    dev: dict[str, list[Encoded]],
    seed: int,
    running: Path,
    minutes: float | None = None,
    only: Collection[str] = TASKS,
) -> None:
    """Trains in place; `running` keeps the state now and then and is picked up if it is there.

    With `minutes`, the rate falls with the clock where the clock is ahead of the steps, and the
    stage ends after that time.
    """
    optimizer = optimizer_of(model, stage)
    weights, _ = stance_mix(data, stage)
    mean = Mean()
    first_epoch = first_step = 0
    if running.exists():
        state = torch.load(running, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        mean = Mean(state["taken"], state["mean"])
        first_epoch, first_step = state["at"]
    begun, early = time.time(), None
    for epoch in range(first_epoch, stage.epochs):
        batches = epoch_batches(data, encoder, stage, seed + epoch, only)
        model.train()
        started = time.time()
        recent: dict[str, list[float]] = {}
        for step, (task, encoded, order) in enumerate(batches):
            if epoch == first_epoch and step < first_step:
                continue
            progress = (epoch + (step + 1) / len(batches)) / stage.epochs
            early = progress if early is None else early
            if minutes:
                clock = (time.time() - begun) / (60 * minutes)
                progress = max(progress, early + (1 - early) * clock)
            if progress > 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate(progress, stage.end)
            batch = collate(task, encoded, order)
            if not len(batch.labels) and task != "speeches":
                continue
            loss = loss_of(model, batch, weights, [encoded[i] for i in order])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            recent.setdefault(task, []).append(loss.item())
            if stage.average and progress >= AVERAGE_FROM and step % AVERAGE_EVERY == 0:
                mean.add(model)
            if step % 100 == 0:
                losses = {k: round(sum(v[-100:]) / len(v[-100:]), 4) for k, v in recent.items()}
                spent = time.time() - started
                print(f"{stage.name} {epoch + 1} {step}/{len(batches)} {spent:.0f}s {losses}", flush=True)
            if (step + 1) % SAVE_EVERY == 0:
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
                state |= {"taken": mean.taken, "mean": mean.weights, "at": (epoch, step + 1)}
                torch.save(state, running.with_suffix(".new"))
                running.with_suffix(".new").rename(running)
        result = scores(model, torch_forward(model, bf16=True), dev)
        print(f"EPOCH {stage.name} {epoch + 1}: {one_line(result)}", flush=True)
        if progress > 1:
            break
    if mean.taken:
        model.load_state_dict(mean.weights)
        result = scores(model, torch_forward(model, bf16=True), dev)
        print(f"STAGE {stage.name} mean of {mean.taken}: {one_line(result)}", flush=True)


def _prepare(
    data_folder: Path, only: Collection[str], start: Path | None = None
) -> tuple[Encoder, TrainData, dict[str, list[Encoded]]]:
    """Encoder, training data and the dev parts of the tasks `only`; sets up torch."""
    torch.set_num_threads(min(2, torch.get_num_threads()))
    torch.set_flush_denormal(True)
    vocab = str(base_folder() / "vocab.txt")
    encoder = Encoder(vocab, MAX_LENGTH)
    dev = dev_sets(data_folder, Encoder(vocab, EVAL_LENGTH))
    dev = {name: e[::CURVE] for name, e in dev.items() if TASK_OF.get(name, "ner") in only}
    return encoder, load_data(data_folder, encoder, read_inventory(start) if start else None), dev


def train_large(data_folder: Path, work: Path, task: str, minutes: float | None = None) -> LargeTeacher:
    """A large teacher of one task; its checkpoint is `work`/large.pt."""
    encoder, data, dev = _prepare(data_folder, [task])
    work.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    model = new_large(task, work, SEED)
    model.transitions = count_transitions(data.ner_real)
    run_stage(model, data, encoder, LARGE, dev, SEED, work / "running-large.pt", minutes, [task])
    torch.save(model.state_dict(), work / "large.pt")
    (work / "running-large.pt").unlink(missing_ok=True)
    if task == "stance":
        undo_weights(model, data, LARGE)
        undo_weights(model, data, LARGE)  # half each time, for models that add two scores
        print(f"END: {one_line(scores(model, torch_forward(model), dev))}", flush=True)
    return model


def train(
    data_folder: Path,
    work: Path,
    minutes: float | None = None,
    start: Path | None = None,
    only: Collection[str] = TASKS,
    teachers: dict[str, Path] | None = None,
    interim: Callable[[JointModel, str], None] | None = None,
) -> JointModel:
    """All stages; a stage whose checkpoint is in `work` is not run again.

    With `start`, a package from an earlier run, its encoder and heads are where the stages ON_FROM begin; the first takes
    BEGIN_SHARE of the minutes. Without it `minutes` bounds the last stage. With `teachers`, checkpoints of `only` runs
    or of `train_large` by task, the stage TAUGHT follows (with `start`, it alone is run). With `only`, other tasks are neither trained
    nor scored: one alone shows what training jointly costs it. `interim` gets a finished copy of the model after each stage but the last.
    """
    encoder, data, dev = _prepare(data_folder, only, start)
    model = new_model(SEED, data.inventory)
    model.transitions = count_transitions(data.ner_real)
    work.mkdir(parents=True, exist_ok=True)
    stages = ([TAUGHT] if teachers else ON_FROM) if start else STAGES + ([TAUGHT] if teachers else [])
    if start:
        start_from(model, start)
        undo_weights(model, data, stages[0], again=True)
    for number, stage in enumerate(stages):
        checkpoint = work / f"stage-{stage.name}.pt"
        last = stage is stages[-1]
        if checkpoint.exists():
            model.load_state_dict(torch.load(checkpoint, weights_only=True))
            continue
        seed = SEED + 1000 * (number + 1)
        torch.manual_seed(seed)
        random.seed(seed)
        if teachers and last:
            tasks = {"sentiment": data.sentiment, "stance": data.stance}
            data.speeches = encoder.encode(readers.read_speeches(data_folder, SPEECHES, seed))
            give_soft_labels(model, teachers, tasks, data.speeches, encoder, seed, work / "lessons.pt")
        before = {name: value.clone() for name, value in model.state_dict().items()}
        running = work / f"running-{stage.name}.pt"
        bound = minutes if last else None
        if minutes and stages is ON_FROM:
            bound = minutes * (1 - BEGIN_SHARE if last else BEGIN_SHARE)
        run_stage(model, data, encoder, stage, dev, seed, running, bound, only)
        if stage is TAUGHT:
            part_way(model, before)
        torch.save(model.state_dict(), checkpoint)
        running.unlink(missing_ok=True)
        if interim and not last:
            copied = copy.deepcopy(model)
            interim(finished(copied, data, stage), stage.name)
    if set(only) != set(TASKS):
        undo_weights(model, data, stages[-1])
        print(f"END: {one_line(scores(model, torch_forward(model), dev))}", flush=True)
        return model
    return finished(model, data, stages[-1])


def finished(model: JointModel, data: TrainData, stage: Stage) -> JointModel:
    """The class weights taken back, the head for sentences trained."""
    undo_weights(model, data, stage)
    train_sentence_head(model, data.sentiment, SEED)
    return model
