"""Trains the context layers, and the judges of the stage `stance` on the features that docmill writes.

    docmill run opinions/text -o opinions.jsonl --set stance.features=opinions.features --set output.tokens=true
    docmill run pairs/sentences.jsonl -o pairs.jsonl --set stance.features=pairs.features
    docmill run sentences.jsonl -o sentences.jsonl --set stance.features=sentences.features --set output.tokens=true
    docmill run texts/gum-train -o gum.jsonl --set output.tokens=true
    python -m news_en.judge --opinions DIR --pairs DIR --sentences FILE --gum gum-train.conllu.xz --texts texts/gum-train \\
        --features FOLDER --out crates/stages --package models/news-en

FOLDER holds the files of the four runs; `--docmill PROGRAM` makes them. FILE is what sentence_gold.py writes, `texts` what
coref.py writes. `--keep` leaves the context layers as they are and learns only what stands on them.

What comes out:
- `judge.tsv`, `groups.tsv`, `issues.tsv`: logistic regressions over named features, of stances toward somebody by name,
  somebody without one, something. They decide what the layers are asked about.
- `context.safetensors` in the package: the layers and their heads (context.py), also those of events and antecedents.
- `mix.tsv`: how much features and layers count, fitted on the documents that these have not learned from (a tenth).
- `toward.tsv`, whether anybody takes a side toward a mention: from the judge's likelihoods and the head `sentiment`.

What of events and antecedents stands on the layers is learned by events.py and coref.py. The documents `dev-*` are only
measured.
"""

import argparse
import collections
import os
import subprocess
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from . import context, context_gold
from .context_gold import held_out
from .judge_gold import UNKNOWN, Opinions, Pairs, Sentences, rows

LEAST = 4
# Head and features are joined on what has this likelihood by features; the program asks from there on too (LEAST in
# crates/stages/stance/src/open.rs).
ASKED = 0.03
# Of the questions without a stance that are less likely, this share is learned from in an epoch.
EASY = 0.15
# So much of a likelihood is taken for nothing, where no head was asked.
NOTHING = 1e-4
GOLD = Path(__file__).parent.parent / "gold" / "sentences.jsonl"


def table(values):
    index = {}
    for named in values:
        for name in named:
            index[name] = index.get(name, 0) + 1
    kept = sorted(name for name, count in index.items() if count >= LEAST)
    return {name: i for i, name in enumerate(kept)}


def matrix(values, index):
    places, ends = [], [0]
    for named in values:
        places += [index[name] for name in named if name in index]
        ends.append(len(places))
    return csr_matrix((np.ones(len(places), np.float32), places, ends), shape=(len(values), len(index)))


def fit(x, y, c, weight=None):
    return LogisticRegression(C=c, max_iter=100, tol=2e-3).fit(x, y, sample_weight=weight)


def anchored(model):
    """Weights and bias of favor and against, with neither at 0."""
    return model.coef_[1:] - model.coef_[0], model.intercept_[1:] - model.intercept_[0]


def scores(x, weights, bias):
    return np.asarray(x @ weights.T) + bias


def probabilities(s):
    full = np.hstack([np.zeros((len(s), 1)), s])
    full = np.exp(full - full.max(1, keepdims=True))
    return full / full.sum(1, keepdims=True)


def curve(p, y, note):
    """Precision and recall of rows by threshold."""
    best = p[:, 1:].argmax(1) + 1
    score = p[:, 1:].max(1)
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told = score >= threshold
        right = (best == y) & told
        print(f"{note} at {threshold}: told {told.sum()}, precision {right.sum() / max(1, told.sum()):.3f}, recall {right.sum() / max(1, (y > 0).sum()):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opinions", required=True)
    parser.add_argument("--pairs", required=True)
    parser.add_argument("--sentences", required=True, help="documents, from sentence_gold.py")
    parser.add_argument("--gum", required=True, type=Path, help="gum-train.conllu.xz")
    parser.add_argument("--texts", help="folder of its texts, from coref.py; for --docmill")
    parser.add_argument("--features", required=True, help="folder of the features and records; made with --docmill")
    parser.add_argument("--docmill", help="program to run first")
    parser.add_argument("--set", action="append", default=[], help="a setting for docmill, such as model=DIR")
    parser.add_argument("--out", required=True, help="folder of the stages: crates/stages")
    parser.add_argument("--package", required=True, type=Path, help="folder of the model; gets context.safetensors")
    parser.add_argument("--keep", action="store_true", help="learn with the layers that are there")
    parser.add_argument("--start", type=Path, help="package whose context layers are trained further")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--rate", type=float, default=context.RATE)
    parser.add_argument("--c", type=float, default=0.1)
    args = parser.parse_args()
    at = lambda name: os.path.join(args.features, name)
    if args.docmill:
        run_docmill(args, at)
    kinds = [
        Opinions(args.opinions, at("opinions.jsonl")),
        Pairs(args.pairs, at("pairs.jsonl")),
        Sentences(GOLD, at("sentences.jsonl")),
    ]
    data = Data(kinds, at)
    print(f"{len(data.form)} questions, {(data.somebody > 0).sum() + (data.something > 0).sum()} with a stance")
    by_features = {
        name: features_alone(data, forms, y, args, f"stance/data/{file}.tsv", name)
        for name, forms, y, file in (
            ("names", ["E"], data.somebody, "judge"),
            ("groups", ["N"], data.somebody, "groups"),
            ("issues", ["N", "C"], data.something, "issues"),
        )
    }
    likely = np.maximum.reduce([likelihood(scores) for scores in by_features.values()])
    documents = list(material(args, kinds, at).all.values())
    context.prepare(documents, args.package)
    if args.keep:
        head = context.load(args.package)
    else:
        def keep(stance, drawn):
            sided = max(stance.somebody, stance.something) > 0
            return sided or likely[stance.number] > ASKED or drawn.rand() < EASY
        start = args.start and context.load(args.start)
        head = context.train(documents, args.package, args.epochs, keep, start=start, rate=args.rate)
        context.save(head, args.package)
    read = context.scores(head, documents, len(likely))
    outer = mix(data, by_features, read, likely, args)
    toward(data, outer, kinds[0], args)


def material(args, kinds, at):
    """All documents with what the layers learn of them."""
    found = context_gold.Collection()
    found.add_stances(kinds, lambda kind: rows(at(kind.name + ".features")))
    opinions, sentences = context_gold.read(at("opinions.jsonl")), context_gold.read(at("sentences.jsonl"))
    found.add_events(sentences)
    spans_of = collections.defaultdict(set)
    for row in rows(at("opinions.features")):
        if row.form in "EN":
            record = kinds[0].records[row.document]
            place = os.path.basename(record.path).rsplit(".", 1)[0], row.sentence
            spans_of[place] |= {record.characters(row.at)} if row.holder < 0 else set()
            spans_of[place] |= {record.characters(row.to)} if row.form == "N" else set()
    found.add_whole_events(args.opinions, opinions, spans_of)
    found.add_chains(sentences)
    found.add_gum(args.gum, context_gold.read(at("gum.jsonl")), True)
    return found


def run_docmill(args, at):
    """Writes features and records of the three kinds of gold."""
    os.makedirs(args.features, exist_ok=True)
    plain = [args.docmill, "run", args.texts, "-o", at("gum.jsonl"), "--restart", "--set", "output.tokens=true"]
    subprocess.run(plain, check=True)
    sources = {
        "opinions": os.path.join(args.opinions, "text"),
        "pairs": os.path.join(args.pairs, "sentences.jsonl"),
        "sentences": args.sentences,
    }
    for name, source in sources.items():
        if os.path.exists(at(name + ".features")):
            os.remove(at(name + ".features"))
        command = [args.docmill, "run", source, "-o", at(name + ".jsonl"), "--restart", "--cache", at("cache")]
        for setting in [*args.set, "output.tokens=true", f"stance.features={at(name + '.features')}"]:
            command += ["--set", setting]
        subprocess.run(command, check=True)


class Data:
    """Questions as arrays."""

    def __init__(self, kinds, at):
        found, kinds_of = [], []
        for kind in kinds:
            for row in rows(at(kind.name + ".features")):
                if label := kind.label(row):
                    found.append((row, label))
                    kinds_of.append(kind.name)
        self.group = np.array([label.group for _, label in found])
        self.kind = np.array(kinds_of)
        self.somebody = np.array([label.somebody for _, label in found])
        self.something = np.array([label.something for _, label in found])
        self.form = np.array([row.form for row, _ in found])
        self.named = [row.named for row, _ in found]
        self.words = [label.words for _, label in found]
        self.mention = [(row.document, row.target) for row, _ in found]
        self.dev = np.array([group.startswith("dev") for group in self.group])
        # What a tenth of the groups says is kept from the head, so that its scores there are honest.
        self.held = ~self.dev & np.array([held_out(group) for group in self.group])
        self.somebody[self.form == "C"] = UNKNOWN
        self.something[self.form == "E"] = UNKNOWN


def out(args, name):
    return open(os.path.join(args.out, name), "w", encoding="utf8")


def likelihood(scores):
    """Of either side, by the scores of both."""
    return probabilities(scores)[:, 1:].sum(1)


def features_alone(data, forms, y, args, name, note):
    """Scores of favor and against by named features, of each question by a model that has not learned from its document."""
    used = np.isin(data.form, forms) & (y != UNKNOWN)
    rest = np.flatnonzero(used & ~data.dev)
    index = table([data.named[i] for i in rest])
    x = matrix(data.named, index)
    found = np.full((len(y), 2), -9.0)
    for learn, held in GroupKFold(3).split(rest, groups=data.group[rest]):
        found[rest[held]] = scores(x[rest[held]], *anchored(fit(x[rest[learn]], y[rest[learn]], args.c)))
    weights, bias = anchored(fit(x[rest], y[rest], args.c))
    dev = np.flatnonzero(used & data.dev)
    found[dev] = scores(x[dev], weights, bias)
    print(f"{note}: {len(rest)} rows, {(y[rest] > 0).sum()} with a stance, {len(index)} features")
    curve(probabilities(found[dev]), y[dev], f"{note}, features alone, dev")
    with out(args, name) as file:
        write(file, f"Scores by features of stances toward {note}", bias, [], index, weights)
    return found


def write(file, note, bias, valued, index, weights):
    file.write(f"# {note}, by models/train/news_en/judge.py: feature, favor, against.\n")
    file.write(f"bias\t{bias[0]:.4f}\t{bias[1]:.4f}\n")
    for name, pair in valued:
        file.write(f"{name}\t{pair[0]:.4f}\t{pair[1]:.4f}\n")
    for name, i in index.items():
        if np.abs(weights[:, i]).max() >= 0.03:
            file.write(f"{name}\t{weights[0, i]:.3f}\t{weights[1, i]:.3f}\n")


def mix(data, by_features, read, likely, args):
    """How much features and head count; returns the likelihoods of stances toward somebody by name."""
    asked = (likely >= ASKED) & ~np.isnan(read[:, 0])
    names = np.zeros((len(likely), 3))
    names[:, 0] = 1
    with out(args, "stance/data/mix.tsv") as file:
        file.write("# Head and features together, by models/train/news_en/judge.py: judge, side, weights of the head's three\n")
        file.write("# scores less their mean, of the features' scores of favor and against, bias.\n")
        for note, forms, y, part in (
            ("names", ["E"], data.somebody, slice(0, 3)),
            ("groups", ["N"], data.somebody, slice(0, 3)),
            ("issues", ["N", "C"], data.something, slice(3, 6)),
        ):
            own = read[:, part] - read[:, part].mean(1, keepdims=True)
            x = np.hstack([own, by_features[note]])
            used = np.isin(data.form, forms) & asked & (y != UNKNOWN)
            learn = used & data.held
            # Sentences chosen for their stances have more of them than documents: that goes into a bias of their own.
            chosen = np.stack([data.kind == kind for kind in ("pairs", "sentences")], 1).astype(np.float32)
            weights, bias = anchored(fit(np.hstack([x, chosen])[learn], y[learn], 1.0))
            weights = weights[:, : x.shape[1]]
            for side, row, own_bias in zip(("favor", "against"), weights, bias):
                file.write("\t".join([note, side, *(f"{w:.4f}" for w in [*row, own_bias])]) + "\n")
            p = probabilities(scores(x[used], weights, bias))
            dev = data.dev[used]
            curve(p[dev], y[used][dev], f"{note}, dev")
            if note == "names":
                names[used] = p
    return names


def toward(data, outer, opinions, args):
    """Whether somebody takes a side toward a mention: the greatest likelihoods of its rows and the head `sentiment`."""
    best = {}
    # Only documents that the head has not learned from: of the others it is too sure.
    for i in np.flatnonzero((data.form == "E") & (data.kind == opinions.name) & (data.dev | data.held)):
        doc, entity = data.mention[i]
        if entity >= 0:
            known = best.setdefault((doc, entity), [data.group[i], np.zeros(2)])
            known[1] = np.maximum(known[1], outer[i, 1:])
    x, y, dev, sets = [], [], [], []
    for (doc, entity), (group, sides) in sorted(best.items()):
        found, balance = opinions.sides(doc, entity)
        x.append([*np.log(np.clip(sides, NOTHING, 1)), max(balance, 0), max(-balance, 0)])
        y.append(min(found) if len(found) == 1 else (2 if found else 0))
        dev.append(group.startswith("dev"))
        sets.append(found)
    x, y, dev = np.array(x), np.array(y), np.array(dev)
    weights, bias = anchored(fit(x[~dev], y[~dev], 1.0))
    p = probabilities(scores(x[dev], weights, bias))
    curve(p, y[dev], "toward mentions, dev")
    with out(args, "sentiment/data/toward.tsv") as file:
        write(file, "Whether somebody takes a side toward a mention", bias, zip(["favor", "against", "positive", "negative"], weights.T), {}, weights)


if __name__ == "__main__":
    main()
