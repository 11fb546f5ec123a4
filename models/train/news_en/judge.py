"""Trains the judges of the stage `stance`: logistic regressions over the features that docmill writes.

    docmill run opinions/text -o opinions.jsonl --set stance.features=opinions.features
    docmill run pairs/sentences.jsonl -o pairs.out.jsonl --set stance.features=pairs.features
    python -m news_en.judge --opinions DIR --pairs DIR --features FOLDER --out crates/stages

FOLDER holds the four files. `python -m news_en.judge run ...` runs docmill too.

Four tables come out:
- `judge.tsv`, stances toward somebody by name. In two steps, since the model's own head has seen nine tenths of the pairs: named
  features are fitted on everything, in folds; then how much they and the head's scores count is fitted on what the head
  has not seen. Both are linear, so one table of weights comes out.
- `groups.tsv` and `issues.tsv`, stances toward somebody without a name and toward something: named features alone, on
  whole documents.
- `toward.tsv`, whether anybody takes a side toward a mention: from the judge's likelihoods and the head `sentiment`.
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
# This share of the pairs without a stance is learned from, each counting as many times as it stands for.
SHARE = 0.4


def tokens(name):
    name = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return {t for t in re.sub(r"[^a-z0-9 ]+", " ", name).split() if t not in STOP}


def same(a, b):
    x, y = tokens(a), tokens(b)
    return bool(x) and bool(y) and (x <= y or y <= x)


def rows(path):
    """(document, form, sentence, holder entity, target entity, four offsets, names, values) for each line."""
    with open(path, encoding="utf8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            doc, form = fields[:2]
            sentence, holder, target, *offsets = map(int, fields[2:9])
            named, values = [], {}
            for field in fields[9:]:
                if field.startswith("#"):
                    name, value = field.split("=")
                    values[name] = float(value)
                else:
                    named.append(field)
            yield doc, form, sentence, holder, target, offsets, sorted(set(named)), [values.get(name, 0.0) for name in HEAD]


def find(text, words):
    pattern = re.escape(re.sub(r"\s+", " ", words or "").strip()).replace(r"\ ", r"\s+")
    found = re.search(pattern, text) if words else None
    return found.span() if found else None


def places(text, words):
    """Everywhere that words stand."""
    pattern = re.escape(re.sub(r"\s+", " ", words or "").strip()).replace(r"\ ", r"\s+")
    return [found.span() for found in re.finditer(pattern, text)] if words else []


class Opinions:
    """Labels rows by the gold of whole documents, as score.py does."""

    def __init__(self, folder, records):
        self.docs, self.sentiment = {}, {}
        for line in open(records, encoding="utf8"):
            record = json.loads(line)
            name = os.path.basename(record["source"]["path"]).rsplit(".", 1)[0]
            gold = json.load(open(os.path.join(folder, "gold", name + ".json"), encoding="utf8"))
            stances = [(find(record["text"], s["evidence"]), s, places(record["text"], s["target"])) for s in gold["stances"]]
            self.docs[record["id"]] = (
                name,
                record["text"].encode(),
                [(s["start"], s["end"]) for s in record["sentences"]],
                record["entities"],
                [stance for stance in stances if stance[0]],
            )
            self.sentiment[record["id"]] = {int(s["entity"][1:]): s["score"] for s in record["sentiment"]["entities"]}

    def label(self, row):
        """Group, label toward somebody, label toward something, whether the head has not seen it."""
        doc, _, sentence, holder, target, (a, b, c, d), *_ = row
        name, text, sentences, entities, stances = self.docs[doc]
        def names(entity, start, end):
            found = [text[start:end].decode(errors="ignore")]
            if entity >= 0:
                found += [entities[entity]["text"], entities[entity]["canonical"] or ""]
            return found
        hs, ts = names(holder, a, b), names(target, c, d)
        start, end = sentences[sentence]
        place = len(text[:c].decode(errors="ignore")), len(text[:d].decode(errors="ignore"))
        somebody = something = 0
        for span, s, found in stances:
            if not (start < span[1] and span[0] < end):
                continue
            if not any(same(q, w) for q in hs for w in (s["holder"], s.get("holder_name")) if w):
                continue
            named = any(same(q, w) for q in ts for w in (s["target"], s.get("target_name")) if w)
            side = 1 if s["polarity"] == "favor" else 2
            if s["target_kind"] == "entity":
                somebody = side if named else somebody
            elif named or any(place[0] < e and b < place[1] for b, e in found):
                something = side
        return name, somebody, something, True

    def sides(self, doc, entity):
        """The sides that the gold has toward a mention, and what the head `sentiment` says of it."""
        _, _, sentences, entities, stances = self.docs[doc]
        mention = entities[entity]
        start, end = sentences[int(mention["sentence"][1:])]
        found = set()
        for span, s, _ in stances:
            if s["target_kind"] == "entity" and start < span[1] and span[0] < end:
                names = [mention["text"], mention["canonical"] or ""]
                if any(same(q, w) for q in names for w in (s["target"], s.get("target_name")) if w):
                    found.add(1 if s["polarity"] == "favor" else 2)
        return found, self.sentiment[doc].get(entity, 0.0)


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
        doc, _, _, _, _, (a, b, c, d), *_ = row
        number = re.sub(r"^\D*", "", doc.rsplit("#", 1)[-1])
        text, _, mentions = self.sentences[number]
        place = lambda start, end: (len(text[:start].decode(errors="ignore")), len(text[:end].decode(errors="ignore")))
        def mention(start, end):
            start, end = place(start, end)
            return next((i for i, m in enumerate(mentions, 1) if m["start"] < end and start < m["end"]), None)
        holder, target = mention(a, b), mention(c, d)
        if holder is None or target is None or holder == target:
            return None
        return "pair-" + number, self.stances[number].get((holder, target), 0), 0, int(number) % 10 == 0


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
    parser.add_argument("--features", required=True, help="folder of the features and records; made with --docmill")
    parser.add_argument("--docmill", help="program to run first")
    parser.add_argument("--set", action="append", default=[], help="a setting for docmill, such as model=DIR")
    parser.add_argument("--out", required=True, help="folder of the stages: crates/stages")
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
        for row in sorted(rows(at(name + ".features")), key=lambda row: (row[0], row[5], row[1])):
            # Pairs know of names only.
            label = source.label(row) if source is opinions or row[1] == "E" else None
            if label:
                data.append((*label, row[1], row[6], row[7], row[0], row[4]))
    everything = Data(data)
    inner = entities(everything, args)
    blind(everything, args, ["N"], everything.somebody, "stance/data/groups.tsv", "somebody without a name")
    blind(everything, args, ["N", "C"], everything.something, "stance/data/issues.tsv", "something")
    toward(everything, inner, opinions, args)


class Data:
    """Rows as arrays."""

    def __init__(self, data):
        self.group, self.somebody, self.something, self.honest, self.form = (np.array([row[i] for row in data]) for i in range(5))
        self.named = [row[5] for row in data]
        self.head = np.array([row[6] for row in data], np.float32)
        self.mention = [(row[7], row[8]) for row in data]
        self.dev = np.array([group.startswith("dev") for group in self.group])
        self.pair = np.array([group.startswith("pair") for group in self.group])


def out(args, name):
    return open(os.path.join(args.out, name), "w", encoding="utf8")


def write(file, note, bias, valued, index, weights):
    file.write(f"# {note}, by models/train/news_en/judge.py: feature, favor, against.\n")
    file.write(f"bias\t{bias[0]:.4f}\t{bias[1]:.4f}\n")
    for name, pair in valued:
        file.write(f"{name}\t{pair[0]:.4f}\t{pair[1]:.4f}\n")
    for name, i in index.items():
        if np.abs(weights[:, i]).max() >= 0.03:
            file.write(f"{name}\t{weights[0, i]:.3f}\t{weights[1, i]:.3f}\n")


def entities(data, args):
    """The judge of stances toward somebody; returns its likelihoods of all rows."""
    y, chance = data.somebody, np.random.RandomState(0).rand(len(data.somebody))
    used = data.form == "E"
    rest = np.flatnonzero(used & ~data.dev & (~data.pair | (y > 0) | (chance < SHARE)))
    count = np.where(data.pair & (y == 0), 1 / SHARE, 1.0)
    index = table([data.named[i] for i in rest])
    x = matrix(data.named, index)
    print(f"somebody: {len(rest)} rows, {(y[rest] > 0).sum()} with a stance, {len(index)} features")
    inner = np.zeros((len(y), 2))
    for learn, held in GroupKFold(3).split(rest, groups=data.group[rest]):
        learn, held = rest[learn], rest[held]
        inner[held] = scores(x[held], *anchored(fit(x[learn], y[learn], args.c, count[learn])))
    weights, bias = anchored(fit(x[rest], y[rest], args.c, count[rest]))
    others = np.setdiff1d(np.arange(len(y)), rest)
    inner[others] = scores(x[others], weights, bias)
    unseen = (data.head == 0).all(1, keepdims=True)
    both = np.hstack([inner, data.head, unseen])
    seen = rest[data.honest[rest]]
    top_weights, top_bias = anchored(fit(both[seen], y[seen], 1.0))
    outer = probabilities(scores(both, top_weights, top_bias))
    curve(outer[seen], y[seen], "somebody by name, train, unseen by the head")
    dev = data.dev & used
    curve(outer[dev], y[dev], "somebody by name, dev")
    mix, of_head, of_unseen = top_weights[:, :2], top_weights[:, 2:7], top_weights[:, 7]
    folded = mix @ weights
    if "no head" in index:
        folded[:, index["no head"]] += of_unseen
    with out(args, "stance/data/judge.tsv") as file:
        write(file, "Weights of the judge of stances toward somebody by name", mix @ bias + top_bias, zip(HEAD, of_head.T), index, folded)
    return outer


def blind(data, args, forms, y, name, note):
    """A judge that does not ask the head, of targets of some forms."""
    used = np.isin(data.form, forms) & ~data.pair
    rest = np.flatnonzero(used & ~data.dev)
    index = table([data.named[i] for i in rest])
    x = matrix(data.named, index)
    weights, bias = anchored(fit(x[rest], y[rest], args.c))
    dev = used & data.dev
    curve(probabilities(scores(x[dev], weights, bias)), y[dev], f"{note}, dev")
    with out(args, name) as file:
        write(file, f"Weights of the judge of stances toward {note}", bias, [], index, weights)


def toward(data, outer, opinions, args):
    """Whether somebody takes a side toward a mention: the greatest likelihoods of its rows and the head `sentiment`."""
    best = {}
    for i in np.flatnonzero((data.form == "E") & ~data.pair):
        doc, entity = data.mention[i]
        if entity >= 0:
            known = best.setdefault((doc, entity), [data.group[i], np.zeros(2)])
            known[1] = np.maximum(known[1], outer[i, 1:])
    x, y, dev, sets = [], [], [], []
    for (doc, entity), (group, sides) in sorted(best.items()):
        found, balance = opinions.sides(doc, entity)
        x.append([*np.log(np.clip(sides, 1e-4, 1)), max(balance, 0), max(-balance, 0)])
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
