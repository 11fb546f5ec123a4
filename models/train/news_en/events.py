"""Trains the weights of the stage `events`: logistic regressions over the features that docmill writes.

    python -m news_en.events --opinions DIR --work FOLDER --docmill PROGRAM --out crates/stages/events/data/weights.tsv

DIR holds `text` and `gold` (documents `dev-*` are measured on, all others are learned from). FOLDER keeps what docmill
wrote; without --docmill it is taken from there.

Four steps. Whether an event of the type is told is learned from every predicate; which actors and which recipients are
right, from predicates whose sentence tells an event of the type. How much the three scores count together is learned in
folds by documents, so that it is a probability.
"""

import argparse
import collections
import hashlib
import json
import os
import re
import subprocess

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .judge import tokens

FOLDS = 5
LEAST = 2
KEEP = 0.02


def same(a, b):
    return bool(a) and bool(b) and (a <= b or b <= a)


def find(text, words, context):
    pattern = lambda s: re.escape(re.sub(r"\s+", " ", s).strip()).replace(r"\ ", r"\s+")
    low, high = 0, len(text)
    if context and (around := re.search(pattern(context), text)):
        low, high = around.span()
    found = (m.span() for m in re.finditer(pattern(words), text)) if words else ()
    return next(((a, b) for a, b in found if a >= low and b <= high), None)


def gold_of(folder, record):
    """Name of the document and its events: type, sides as token sets, index of the sentence."""
    name = os.path.basename(record["source"]["path"]).rsplit(".", 1)[0]
    path = os.path.join(folder, "gold", name + ".json")
    if not os.path.exists(path):
        return name, None
    events = []
    for event in json.load(open(path, encoding="utf8"))["events"]:
        at = find(record["text"], event["trigger"], event.get("ctx"))
        inside = (i for i, s in enumerate(record["sentences"]) if at and s["start"] < at[1] and at[0] < s["end"])
        sides = [[tokens(n) for n in event[side]] for side in ("actors", "recipients")]
        events.append((event["type"], *sides, next(inside, None)))
    return name, events


def side_right(told, gold):
    return (not told and not gold) or any(same(a, b) for a in told for b in gold)


def predicates(folder, work):
    """Every predicate with its labels, and the number of gold events by document."""
    gold, count = {}, {}
    for line in open(os.path.join(work, "opinions.jsonl"), encoding="utf8"):
        record = json.loads(line)
        name, events = gold_of(folder, record)
        if events is not None:
            gold[record["id"]] = (name, events)
            count[name] = len(events)
    rows = []
    for line in open(os.path.join(work, "events.features"), encoding="utf8"):
        row = json.loads(line)
        if row["doc"] not in gold:
            continue
        row["name"], events = gold[row["doc"]]
        row["gold"] = [j for j, e in enumerate(events) if e[0] == row["type"] and e[3] == row["sentence"]]
        row["told"] = bool(row["gold"])
        for side, at in (("actors", 1), ("recipients", 2)):
            for option in row[side]:
                named = [tokens(n) for n in option["names"]]
                option["right"] = [side_right(named, events[j][at]) for j in row["gold"]]
                option["set"] = set(option["keys"])
        rows.append(row)
    rows.sort(key=lambda row: (row["name"], row["trigger"], row["type"]))
    return rows, count


class Regression:
    def __init__(self, features, labels, c):
        seen = collections.Counter(name for named in features for name in set(named))
        self.index = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= LEAST))}
        self.model = LogisticRegression(C=c, max_iter=500).fit(self.matrix(features), labels)

    def matrix(self, features):
        places, ends = [], [0]
        for named in features:
            places += sorted({self.index[name] for name in named if name in self.index})
            ends.append(len(places))
        return csr_matrix((np.ones(len(places)), places, ends), shape=(len(features), len(self.index)))

    def scores(self, features):
        return self.model.decision_function(self.matrix(features)) if features else np.zeros(0)

    def weights(self):
        """Rounded; the constant is the weight of the feature that everything has."""
        for name, weight in zip(self.index, self.model.coef_[0]):
            weight += self.model.intercept_[0] if name == "b" else 0
            if abs(weight) >= KEEP or name == "b":
                yield name, round(float(weight), 3)


def train(rows, c):
    models = [Regression([row["event"] for row in rows], [row["told"] for row in rows], c)]
    for side in ("actors", "recipients"):
        options = [option for row in rows if row["told"] for option in row[side]]
        models.append(Regression([o["features"] for o in options], [any(o["right"]) for o in options], c))
    return models


def logistic(x):
    return 1 / (1 + np.exp(-x))


def read(rows, models):
    """The best reading of each predicate: three scores, the gold events that it meets, what makes it one with another."""
    events, actors, recipients = models
    told = events.scores([row["event"] for row in rows])
    a_all = actors.scores([o["features"] for row in rows for o in row["actors"]])
    r_all = recipients.scores([o["features"] for row in rows for o in row["recipients"]])
    a_at = r_at = 0
    for row, score in zip(rows, told):
        a = a_all[a_at : (a_at := a_at + len(row["actors"]))]
        r = r_all[r_at : (r_at := r_at + len(row["recipients"]))]
        best = None
        for i, actor in enumerate(row["actors"]):
            for j, recipient in enumerate(row["recipients"]):
                if not actor["keys"] and not recipient["keys"] or actor["set"] & recipient["set"]:
                    continue
                both = logistic(a[i]) * logistic(r[j])
                if best is None or both > best[0]:
                    best = both, i, j
        if best is None:
            continue
        _, i, j = best
        actor, recipient = row["actors"][i], row["recipients"][j]
        hits = [g for g, x, y in zip(row["gold"], actor["right"], recipient["right"]) if x and y]
        key = row["name"], row["type"], tuple(sorted(actor["set"])), tuple(sorted(recipient["set"]))
        yield {"row": row, "scores": [score, a[i], r[j]], "hits": hits, "key": key, "word": (row["name"], *row["trigger"])}


def told_once(readings, last):
    """As the stage tells them: one event a word, each event once."""
    for reading in readings:
        reading["p"] = float(last.predict_proba([reading["scores"]])[0, 1])
    by_word, known, kept = {}, set(), []
    for reading in readings:
        before = by_word.get(reading["word"])
        if before is None or reading["p"] > before["p"]:
            by_word[reading["word"]] = reading
    for reading in sorted(by_word.values(), key=lambda r: -r["p"]):
        if reading["key"] not in known:
            known.add(reading["key"])
            kept.append(reading)
    return kept


def curve(kept, gold, note):
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        told = [r for r in kept if r["p"] >= threshold]
        right = sum(bool(r["hits"]) for r in told)
        found = len({(r["row"]["name"], hit) for r in told for hit in r["hits"]})
        p, r = right / max(1, len(told)), found / gold
        print(f"{note} from {threshold}: told {len(told)}, precision {100 * p:.1f}, recall {100 * r:.1f}, F1 {200 * p * r / max(1e-9, p + r):.1f}")


def fold(name):
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % FOLDS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opinions", required=True)
    parser.add_argument("--work", required=True, help="folder for what docmill writes")
    parser.add_argument("--docmill", help="program to run first")
    parser.add_argument("--set", action="append", default=[], help="a setting for docmill, such as model=DIR")
    parser.add_argument("--out")
    parser.add_argument("--c", type=float, default=0.1)
    args = parser.parse_args()
    if args.docmill:
        os.makedirs(args.work, exist_ok=True)
        at = lambda name: os.path.join(args.work, name)
        if os.path.exists(at("events.features")):
            os.remove(at("events.features"))
        command = [args.docmill, "run", os.path.join(args.opinions, "text"), "-o", at("opinions.jsonl"), "--restart"]
        for setting in [*args.set, f"events.features={at('events.features')}"]:
            command += ["--set", setting]
        subprocess.run(command, check=True)
    rows, count = predicates(args.opinions, args.work)
    learn = [row for row in rows if not row["name"].startswith("dev")]
    number = lambda dev: sum(n for name, n in count.items() if name.startswith("dev") == dev)
    held_out = []
    for k in range(FOLDS):
        models = train([row for row in learn if fold(row["name"]) != k], args.c)
        held_out += read([row for row in learn if fold(row["name"]) == k], models)
    last = LogisticRegression(C=1).fit([r["scores"] for r in held_out], [bool(r["hits"]) for r in held_out])
    curve(told_once(held_out, last), number(False), "train in folds")
    models = train(learn, args.c)
    dev = [row for row in rows if row["name"].startswith("dev")]
    curve(told_once(list(read(dev, models)), last), number(True), "dev")
    if args.out:
        with open(args.out, "w", encoding="utf8") as out:
            out.write("# Weights of the events, by models/train/news_en/events.py: table, feature, weight.\n")
            for table, model in zip(("event", "actor", "recipient"), models):
                for name, weight in sorted(model.weights()):
                    out.write(f"{table}\t{name}\t{weight}\n")
            for name, weight in zip(("event", "actor", "recipient"), last.coef_[0]):
                out.write(f"last\t{name}\t{weight:.4f}\n")
            out.write(f"last\tb\t{last.intercept_[0]:.4f}\n")


if __name__ == "__main__":
    main()
