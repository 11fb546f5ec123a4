"""Trains the judge of the stage `stance`: a logistic regression over the features that docmill writes.

    docmill run opinions/text -o opinions.jsonl --set stance.features=opinions.features
    docmill run pairs/sentences.jsonl -o pairs.out.jsonl --set stance.features=pairs.features
    python -m news_en.judge --opinions DIR --pairs DIR --features FOLDER --out crates/stages/stance/data/judge.tsv

FOLDER holds the four files. `python -m news_en.judge run ...` runs docmill too.

Two steps, since the model's own head has seen nine tenths of the pairs: named features are fitted on everything, in
folds; then how much they and the head's scores count is fitted on what the head has not seen. Both are linear, so one
table of weights comes out.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import unicodedata

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

HEAD = ["#neutral", "#favor", "#favored", "#against", "#opposed"]
STOP = set("the a an of and s mr mrs ms dr president minister prime general sir lord".split())
LEAST = 4


def tokens(name):
    name = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return {t for t in re.sub(r"[^a-z0-9 ]+", " ", name).split() if t not in STOP}


def same(a, b):
    x, y = tokens(a), tokens(b)
    return bool(x) and bool(y) and (x <= y or y <= x)


def rows(path):
    """(document, sentence, holder entity, target entity, four offsets, names, values) for each line."""
    with open(path, encoding="utf8") as lines:
        for line in lines:
            doc, *head = (fields := line.rstrip("\n").split("\t"))[:8]
            sentence, holder, target, *offsets = map(int, head)
            named, values = [], {}
            for field in fields[8:]:
                if field.startswith("#"):
                    name, value = field.split("=")
                    values[name] = float(value)
                else:
                    named.append(field)
            yield doc, sentence, holder, target, offsets, sorted(set(named)), [values.get(name, 0.0) for name in HEAD]


def find(text, words):
    pattern = re.escape(re.sub(r"\s+", " ", words or "").strip()).replace(r"\ ", r"\s+")
    found = re.search(pattern, text) if words else None
    return found.span() if found else None


class Opinions:
    """Labels rows by the gold of whole documents, as score.py does."""

    def __init__(self, folder, records):
        self.docs = {}
        for line in open(records, encoding="utf8"):
            record = json.loads(line)
            name = os.path.basename(record["source"]["path"]).rsplit(".", 1)[0]
            gold = json.load(open(os.path.join(folder, "gold", name + ".json"), encoding="utf8"))
            stances = [(find(record["text"], s["evidence"]), s) for s in gold["stances"] if s["target_kind"] == "entity"]
            self.docs[record["id"]] = (
                name,
                record["text"].encode(),
                [(s["start"], s["end"]) for s in record["sentences"]],
                record["entities"],
                [(span, s) for span, s in stances if span],
            )

    def label(self, row):
        doc, sentence, holder, target, (a, b, c, d), *_ = row
        name, text, sentences, entities, stances = self.docs[doc]
        def names(entity, start, end):
            found = [text[start:end].decode(errors="ignore")]
            if entity >= 0:
                found += [entities[entity]["text"], entities[entity]["canonical"] or ""]
            return found
        hs, ts = names(holder, a, b), names(target, c, d)
        start, end = sentences[sentence]
        label = 0
        for span, s in stances:
            if not (start < span[1] and span[0] < end):
                continue
            h = any(same(q, w) for q in hs for w in (s["holder"], s.get("holder_name")) if w)
            t = any(same(q, w) for q in ts for w in (s["target"], s.get("target_name")) if w)
            if h and t:
                label = 1 if s["polarity"] == "favor" else 2
        return name, label, True


class Pairs:
    """Labels rows by the pairs of single sentences."""

    def __init__(self, folder):
        self.sentences = {}
        for line in open(os.path.join(folder, "sentences.jsonl"), encoding="utf8"):
            row = json.loads(line)
            self.sentences[str(row["id"])] = (row["text"].encode(), row["text"], row["mentions"])
        self.stances = collections.defaultdict(dict)
        for line in list(open(os.path.join(folder, "stances.tsv"), encoding="utf8"))[1:]:
            number, holder, target, polarity, *_ = line.rstrip("\n").split("\t")
            self.stances[number][int(holder), int(target)] = 1 if polarity == "favor" else 2

    def label(self, row):
        doc, _, _, _, (a, b, c, d), *_ = row
        number = re.sub(r"^\D*", "", doc.rsplit("#", 1)[-1])
        text, _, mentions = self.sentences[number]
        place = lambda start, end: (len(text[:start].decode(errors="ignore")), len(text[:end].decode(errors="ignore")))
        def mention(start, end):
            start, end = place(start, end)
            return next((i for i, m in enumerate(mentions, 1) if m["start"] < end and start < m["end"]), None)
        holder, target = mention(a, b), mention(c, d)
        if holder is None or target is None or holder == target:
            return None
        return "pair-" + number, self.stances[number].get((holder, target), 0), int(number) % 10 == 0


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
    return LogisticRegression(C=c, max_iter=150, tol=1e-3).fit(x, y, sample_weight=weight)


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
    parser.add_argument("--features", required=True, help="folder of the features and records; made with --docmill")
    parser.add_argument("--docmill", help="program to run first")
    parser.add_argument("--set", action="append", default=[], help="a setting for docmill, such as model=DIR")
    parser.add_argument("--out", required=True)
    parser.add_argument("--c", type=float, default=0.1)
    args = parser.parse_args()
    at = lambda name: os.path.join(args.features, name)
    if args.docmill:
        os.makedirs(args.features, exist_ok=True)
        for name, source in (("opinions", os.path.join(args.opinions, "text")), ("pairs", os.path.join(args.pairs, "sentences.jsonl"))):
            if os.path.exists(at(name + ".features")):
                os.remove(at(name + ".features"))
            command = [args.docmill, "run", source, "-o", at(name + ".jsonl"), "--restart", "--cache", at("cache")]
            for setting in [*args.set, f"stance.features={at(name + '.features')}"]:
                command += ["--set", setting]
            subprocess.run(command, check=True)
    opinions, pairs = Opinions(args.opinions, at("opinions.jsonl")), Pairs(args.pairs)
    data = []
    for source, name in ((opinions, "opinions"), (pairs, "pairs")):
        for row in sorted(rows(at(name + ".features")), key=lambda row: (row[0], row[4])):
            label = source.label(row)
            if label:
                data.append((*label, row[5], row[6]))
    groups = np.array([row[0] for row in data])
    y = np.array([row[1] for row in data])
    honest = np.array([row[2] for row in data])
    dev = np.array([g.startswith("dev") for g in groups])
    train = ~dev
    named = [row[3] for row in data]
    head = np.array([row[4] for row in data], np.float32)
    index = table([named[i] for i in np.flatnonzero(train)])
    x = matrix(named, index)
    print(f"{train.sum()} rows, {(y[train] > 0).sum()} with a stance, {len(index)} features; dev {dev.sum()} rows, {(y[dev] > 0).sum()}")
    inner = np.zeros((len(y), 2))
    rest = np.flatnonzero(train)
    for learn, held in GroupKFold(4).split(rest, groups=groups[rest]):
        inner[rest[held]] = scores(x[rest[held]], *anchored(fit(x[rest[learn]], y[rest[learn]], args.c)))
    curve(probabilities(inner[train & honest]), y[train & honest], "train, in folds, no head")
    weights, bias = anchored(fit(x[rest], y[rest], args.c))
    inner[dev] = scores(x[dev], weights, bias)
    curve(probabilities(inner[dev]), y[dev], "dev, no head")
    both = np.hstack([inner, head])
    seen = train & honest
    top_weights, top_bias = anchored(fit(both[seen], y[seen], 1.0))
    outer = scores(both, top_weights, top_bias)
    curve(probabilities(outer[seen]), y[seen], "train, unseen by the head")
    curve(probabilities(outer[dev]), y[dev], "dev")
    # Both steps are linear: one table.
    mix, of_head = top_weights[:, :2], top_weights[:, 2:]
    folded = mix @ weights
    folded_bias = mix @ bias + top_bias
    with open(args.out, "w", encoding="utf8") as out:
        out.write("# Weights of the stances' judge, by models/train/news_en/judge.py: feature, favor, against.\n")
        out.write(f"bias\t{folded_bias[0]:.4f}\t{folded_bias[1]:.4f}\n")
        for i, name in enumerate(HEAD):
            out.write(f"{name}\t{of_head[0, i]:.4f}\t{of_head[1, i]:.4f}\n")
        for name, i in index.items():
            if np.abs(folded[:, i]).max() >= 0.02:
                out.write(f"{name}\t{folded[0, i]:.3f}\t{folded[1, i]:.3f}\n")


if __name__ == "__main__":
    main()
