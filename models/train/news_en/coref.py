"""Learns how the stage `mentions` ranks what a pronoun or a noun stands for, and scores it.

    python -m news_en.coref texts --gold gum-train.conllu.xz --out texts/gum-train      (the same for GAP's .tsv.xz)
    docmill run texts opinions/text documents.jsonl -o records.jsonl --set mentions.features=rows.tsv
    python -m news_en.coref train --rows rows.tsv --records records.jsonl --gum gum-train.conllu.xz \\
        --opinions opinions/gold --out crates/stages/clusters/data/mentions/weights.tsv
    python -m news_en.coref mix --rows rows.tsv --records records.jsonl --gum gum-train.conllu.xz \\
        --opinions opinions/gold --weights crates/stages/clusters/data/mentions/weights.tsv --out .../mix.tsv
    docmill run texts -o out.jsonl --set mentions.unnamed=all
    python -m news_en.coref score --gold gum-dev.conllu.xz --told out.jsonl             (the same for GAP's .tsv.xz)

Rows say what the stage chose among with the weights of before, so rows and weights are made in turns: twice is enough.
Only `train-*` documents of opinions are learned from, and GAP's development part if `--gap` gives it (the shipped weights
have not seen GAP). `BIAS` is taken from the weight of no link, so that more is found (GUM's mean of three measures). A log-linear model over the things and nothing, one set of
weights for each class of mention, by L-BFGS; where several things are right, their probabilities add up.

`mix` joins the scores of the features with what the context layers say of each thing, on the documents that these have
not learned from (`held_out`): GUM's, the project's own chains (gold/chains.jsonl), and holders, targets and speakers.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .context_gold import held_out
from .coref_gold import chains, find, gap, gum, opinions, same, write_texts
from .coref_score import score_gap, score_gum

CLASSES = (
    "he", "it", "they", "person", "body", "i", "we", "you", "this", "thing", "plural", "owned", "indefinite", "bare", "proper"
)
WEIGHT = {"gum": 1.0, "gap": 0.5, "opinions": 2.0}
L2 = 0.02
BIAS = 0.5
# A wrong `he` costs more than an open one: speakers of quotations get their name by other means too.
UNBIASED = ("he",)
# So many mentions all classes together count for beside those of one class.
TRUST = 20
CHAINS = Path(__file__).parent.parent / "gold" / "chains.jsonl"
MIX_HEADER = """# How much features and the language model's hints count together, by models/train/news_en/coref.py: class, weight of
# the features' score, weight of the hint, score added for nothing.
"""
HEADER = """# Weights of the stage `mentions`, by class of mention and feature. Learned: models/train/news_en/coref.py.
# class\tfeature\tweight
"""


@dataclass
class Mention:
    start: int
    head: int
    end: int
    kind: str
    sort: str
    thing: str
    name: str
    choices: list = field(default_factory=list)


@dataclass
class Example:
    weight: float
    mention: Mention
    right: list


def read_rows(path: Path):
    """Path and mentions of each document, positions in bytes."""
    document, mentions, choices = None, [], []
    for line in path.open(encoding="utf8"):
        kind, *fields = line.rstrip("\n").split("\t")
        if kind == "d":
            if document:
                yield document, mentions
            document, mentions, choices = fields[0], [], []
        elif kind == "r":
            values = (value.split("=") for value in fields[1:])
            choices.append((fields[0], {name: float(value) for name, value in values}))
        else:
            start, head, end = map(int, fields[:3])
            mentions.append(Mention(start, head, end, fields[4], fields[5], fields[6], fields[8], choices))
            choices = []
    if document:
        yield document, mentions


def in_code_points(mentions: list[Mention], text: str) -> None:
    at, places = 0, {}
    for i, letter in enumerate(text):
        places[at] = i
        at += len(letter.encode())
    places[at] = len(text)
    for mention in mentions:
        mention.start, mention.head, mention.end = (places[x] for x in (mention.start, mention.head, mention.end))


def of_gum(mentions, chains):
    """The chain that most mentions of a thing so far are of decides what the thing is."""
    gold = defaultdict(list)
    for chain, start, end, head in chains:
        gold[head].append((end - start, chain))
    of_thing = defaultdict(Counter)
    for mention in mentions:
        here = gold.get(mention.head)
        chain = (max(here) if mention.sort == "Pair" else min(here))[1] if here else None
        if mention.choices:
            right = [
                i for i, (thing, _) in enumerate(mention.choices)
                if chain and of_thing[thing] and of_thing[thing].most_common(1)[0][0] == chain
            ]
            yield Example(WEIGHT["gum"], mention, right or [len(mention.choices) - 1])
        of_thing[mention.thing][chain or ("none", mention.head)] += 1


def of_chains(mentions, pieces):
    """Mentions of the first piece of a document: of later ones nobody knows whether something before is meant."""
    start, end, labelled = min(pieces)
    chain_of = {place: chain for place, chain, _ in labelled}
    asked = {place for place, _, asked in labelled if asked}
    of_thing = defaultdict(Counter)
    for mention in mentions:
        chain = chain_of.get(mention.head)
        if mention.choices and mention.head in asked:
            right = [
                i for i, (thing, _) in enumerate(mention.choices)
                if of_thing[thing] and of_thing[thing].most_common(1)[0][0] == chain
            ]
            yield Example(1.0, mention, right or [len(mention.choices) - 1])
        if start <= mention.head < end:
            of_thing[mention.thing][("none", mention.head) if chain is None else chain] += 1


def of_gap(mentions, row):
    at, things = int(row["Pronoun-offset"]), {}
    for letter in "AB":
        start = int(row[letter + "-offset"])
        end = start + len(row[letter])
        things[letter] = {m.thing for m in mentions if m.name != "-" and m.start < end and m.end > start}
    good = set().union(*(things[x] for x in "AB" if row[x + "-coref"].upper() == "TRUE"))
    neither = not any(row[x + "-coref"].upper() == "TRUE" for x in "AB")
    for mention in mentions:
        if mention.head == at and mention.choices:
            bad = things["A"] | things["B"]
            names = [thing for thing, _ in mention.choices]
            right = [i for i, thing in enumerate(names) if (thing not in bad if neither else thing in good)]
            if right:
                yield Example(WEIGHT["gap"], mention, right)


def of_opinions(mentions, record, gold):
    """Holders, targets and speakers with their names; nobody with a name where the gold has none."""
    text, entities = record["text"], record["entities"]
    names = defaultdict(set)
    for mention in mentions:
        if mention.name != "-":
            entity = entities[int(mention.name)]
            names[mention.thing] |= {name for name in (entity["text"], entity.get("canonical")) if name}
    by_end = {mention.end: mention for mention in mentions if mention.choices}
    done = {}

    def label(places, name):
        for _, end in places:
            mention = by_end.get(end)
            if mention is None or mention.head in done:
                continue
            nothing = len(mention.choices) - 1
            fits = [any(same(known, name) for known in names[t]) if name else not names[t] for t, _ in mention.choices]
            right = [i for i, fit in enumerate(fits) if fit] or [nothing]
            done[mention.head] = Example(WEIGHT["opinions"], mention, right)

    for stance in gold["stances"]:
        for low, high in find(text, stance.get("evidence") or "\0")[:1]:
            for side in ("holder", "target"):
                if stance[side] and (side == "holder" or stance["target_kind"] == "entity"):
                    places = find(text, stance[side], low, high)
                    label(places[:1] if side == "holder" else places, stance.get(side + "_name"))
    for quote in gold["quotes"]:
        content = find(text, quote.get("content") or quote["content_start"])
        if content and quote["speaker"]:
            start, end = content[0]
            ends = [e for _, e in find(text, quote["content_end"]) if e > start] if not quote.get("content") else []
            end = min(ends, default=end)
            after = find(text, quote["speaker"], end, end + 40)
            before = find(text, quote["speaker"], max(0, start - 60), start)
            label((after + before[-1:])[:1], quote.get("speaker_name"))
    yield from done.values()


def examples(arguments):
    """All mentions with what is right, each with the name of its document."""
    records = {}
    for line in arguments.records.open(encoding="utf8"):
        record = json.loads(line)
        records[record["id"]] = {"text": record["text"], "entities": record["entities"]}
    of_text, own = gum(arguments.gum), chains(CHAINS)
    rows = gap(arguments.gap) if getattr(arguments, "gap", None) else {}
    for document, mentions in read_rows(arguments.rows):
        name = Path(document).stem
        record = records[document]
        in_code_points(mentions, record["text"])
        found = []
        if name in of_text:
            found.append(of_gum(mentions, of_text[name][1]))
        if name in rows:
            found.append(of_gap(mentions, rows[name]))
        if name.startswith("train-"):
            found.append(of_opinions(mentions, record, opinions(arguments.opinions / f"{name}.json")))
        if name in own:
            found.append(of_chains(mentions, own[name]))
        for examples in found:
            for example in examples:
                yield name, example


def fit(chosen: list[Example], features: list[str]):
    number = {name: i for i, name in enumerate(features)}
    rows, columns, filled, group, right = [], [], [], [], []
    for i, example in enumerate(chosen):
        for j, (_, choice) in enumerate(example.mention.choices):
            for name, value in choice.items():
                rows.append(len(group))
                columns.append(number[name])
                filled.append(value)
            group.append(i)
            right.append(j in example.right)
    values = csr_matrix((filled, (rows, columns)), (len(group), len(features)))
    starts = np.searchsorted(group, np.arange(len(chosen)))
    group, right = np.array(group), np.array(right)
    counts = np.array([example.weight for example in chosen])

    def log_sum(scores):
        most = np.maximum.reduceat(scores, starts)
        return most + np.log(np.add.reduceat(np.exp(scores - most[group]), starts))

    def loss(weights):
        scores = values @ weights
        all_of, right_of = log_sum(scores), log_sum(np.where(right, scores, -1e9))
        share = np.exp(scores - all_of[group]) - np.where(right, np.exp(scores - right_of[group]), 0.0)
        slope = values.T @ (share * counts[group]) / counts.sum() + 2 * L2 * weights / len(weights)
        return (counts * (all_of - right_of)).sum() / counts.sum() + L2 * (weights * weights).mean(), slope

    best = minimize(loss, np.zeros(len(features)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return best.x.tolist(), math.exp(-best.fun)


def train(arguments) -> None:
    # What the context layers say counts in `mix`, which takes the documents that are held out.
    known = [example for name, example in examples(arguments) if not held_out(own_name(name))]
    for example in known:
        for _, choice in example.mention.choices:
            choice.pop("read", None)
    features = sorted({name for example in known for _, choice in example.mention.choices for name in choice})
    lines = []
    for kind in CLASSES:
        chosen = [example for example in known if example.mention.kind == kind]
        weights, fitted = fit(chosen, features)
        print(f"{kind}: {len(chosen)} mentions, the right choice has a probability of {fitted:.2f} on average")
        bias = 0.0 if kind in UNBIASED else BIAS
        biased = [w - bias if name == "Nothing" else w for name, w in zip(features, weights)]
        lines += [f"{kind}\t{name}\t{w:.3f}\n" for name, w in zip(features, biased) if abs(w) >= 5e-4]
    arguments.out.write_text(HEADER + "".join(lines), encoding="utf8")


def read_weights(path: Path):
    weights = defaultdict(dict)
    for line in path.open(encoding="utf8"):
        if not line.startswith("#"):
            kind, name, weight = line.split("\t")
            weights[kind][name] = float(weight)
    return weights


def own_name(name: str) -> str:
    """What the context layers call a document."""
    return "own-" + name if name.startswith("ww-") else name


def mix(arguments) -> None:
    weights = read_weights(arguments.weights)
    by_class = defaultdict(list)
    for name, example in examples(arguments):
        if not held_out(own_name(name)) or not all("read" in choice for _, choice in example.mention.choices):
            continue
        kind = example.mention.kind
        score = [sum(weights[kind].get(n, 0) * v for n, v in choice.items()) for _, choice in example.mention.choices]
        read = [choice["read"] for _, choice in example.mention.choices]
        by_class[kind].append((np.array(score), np.array(read), example.right, example.weight))
    every = [one for examples in by_class.values() for one in examples]
    start = fit_mix(every, np.array([1.0, 0.5, 0.0]), 0.0)
    print(f"all: {len(every)} mentions, {start[0].round(2).tolist()}, {start[1]:.3f}")
    lines = []
    for kind in CLASSES:
        chosen = by_class[kind]
        found, loss = fit_mix(chosen, start[0], TRUST) if chosen else start
        before = mix_loss(np.array([1.0, 0.0, 0.0]), chosen) if chosen else 0
        print(f"{kind}: {len(chosen)} mentions, {found.round(2).tolist()}, loss {before:.3f} -> {loss:.3f}")
        lines.append(f"{kind}\t{found[0]:.4f}\t{found[1]:.4f}\t{found[2]:.4f}\n")
    arguments.out.write_text(MIX_HEADER + "".join(lines), encoding="utf8")


def mix_loss(values, examples) -> float:
    total = weight = 0.0
    for score, read, right, count in examples:
        joined = values[0] * score + values[1] * read
        joined[-1] = values[0] * score[-1] + values[2]
        most = joined.max()
        grown = np.exp(joined - most)
        total -= count * math.log(max(1e-9, grown[right].sum() / grown.sum()))
        weight += count
    return total / max(weight, 1e-9)


def fit_mix(examples, start, trust):
    """`trust`: how many examples the start counts for."""
    def loss(values):
        away = ((values - start) ** 2).sum() * trust / max(1, len(examples))
        return mix_loss(values, examples) + away
    best = minimize(loss, start, method="L-BFGS-B", bounds=[(0, 3), (0.01, 3), (-4, 4)])
    return best.x, mix_loss(best.x, examples)


def score(arguments) -> None:
    if ".tsv" in arguments.gold.name:
        p, r, f1 = score_gap(arguments.gold, arguments.told)
        print(f"GAP: precision {p:.1f}, recall {r:.1f}, F1 {f1:.1f}")
        return
    for kind, scores in score_gum(arguments.gold, arguments.told).items():
        for measure, (p, r, f1) in scores.items():
            print(f"{kind}, {measure}: precision {p:.1f}, recall {r:.1f}, F1 {f1:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run, paths in (
        ("texts", lambda a: write_texts(a.gold, a.out), ("gold", "out")),
        ("train", train, ("rows", "records", "gum", "opinions", "out")),
        ("mix", mix, ("rows", "records", "gum", "opinions", "weights", "out")),
        ("score", score, ("gold", "told")),
    ):
        command = commands.add_parser(name)
        for path in paths:
            command.add_argument("--" + path, type=Path, required=True)
        if run is train:
            command.add_argument("--gap", type=Path, help="learn from GAP's development part too")
        command.set_defaults(run=run)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
